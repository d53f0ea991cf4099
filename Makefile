# Two commands: « make site » builds, « make test » checks. Each does its own set-up in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

.DEFAULT_GOAL := help
.PHONY: help site check serve test lint bench chromium clean

help: ## montrer cette aide
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

site: $(VENV)/site.ok ## construire le site dans site/
	$(BIN)/python build_site.py

check: $(VENV)/site.ok ## vérifier les fiches, sans rien écrire
	$(BIN)/python build_site.py check

serve: $(VENV)/site.ok ## montrer le site et le refaire à chaque changement
	$(BIN)/python build_site.py serve --port $(PORT)

test: lint chromium ## tout vérifier : style, types, tests, navigateur
	$(BIN)/python -m pytest

lint: $(VENV)/dev.ok
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/dev.ok ## mesurer la construction et la recherche, à côté de leurs pairs
	$(BIN)/python -m bench
	$(BIN)/python -m bench recherche

clean: ## effacer tout ce qui est fait
	rm -rf $(VENV) build site .site.*

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Il faut Python 3.11 ou plus récent : make PYTHON=python3.11 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/site.ok: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev.ok: requirements-dev.txt requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $(VENV)/site.ok $@

# The browser tests drive Debian's Chromium; another may be named: make test CHROMIUM=/usr/bin/google-chrome
chromium:
	@if [ -z "$(CHROMIUM)" ] && ! command -v chromium >/dev/null; then \
	  command -v apt-get >/dev/null || { echo "Installez Chromium, ou dites où il est : make test CHROMIUM=…"; exit 1; }; \
	  run=""; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$run apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	fi
