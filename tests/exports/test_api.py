"""The static API: its description is valid OpenAPI, and every served file is what the description says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from inspiractions.base.files import PROJECT
from inspiractions.build.site import build
from inspiractions.model.banque import Banque
from inspiractions.model.facette import FACETTES

URL = "https://inspiractions.example/"


@pytest.fixture(scope="session")
def api(site: Path) -> Path:
    return site / "api" / "v1"


@pytest.fixture(scope="session")
def description(api: Path) -> dict[str, object]:
    return json.loads((api / "openapi.json").read_text("utf-8"))


def _faults(api: Path, description: dict[str, object]) -> list[tuple[str, str]]:
    """Each file that its path's schema refuses, or that no path describes."""
    registry = Registry().with_resource("urn:api", DRAFT202012.create_resource(description))
    routes = []
    for path, item in description["paths"].items():
        schema = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validator = Draft202012Validator({"$ref": f"urn:api{schema['$ref']}"}, registry=registry)
        routes.append((re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))), validator))
    faults = []
    for file in sorted(api.rglob("*.json")):
        path = "/" + file.relative_to(api).as_posix()
        validators = [validator for route, validator in routes if route.fullmatch(path)]
        if len(validators) != 1:
            faults.append((path, f"{len(validators)} descriptions"))
            continue
        faults += [(path, e.message[:200]) for e in validators[0].iter_errors(json.loads(file.read_text("utf-8")))]
    return faults


def test_la_description_est_de_l_openapi(description: dict[str, object]) -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(description).iter_errors()] == []
    assert description["openapi"].startswith("3.1")


def test_chaque_fichier_suit_la_description(api: Path, description: dict[str, object]) -> None:
    assert _faults(api, description) == []


def test_une_cle_de_trop_se_voit(api: Path, description: dict[str, object], tmp_path: Path) -> None:
    """The proof that the check above can fail."""
    index = json.loads((api / "index.json").read_text("utf-8"))
    (tmp_path / "index.json").write_text(json.dumps({**index, "cle": 1}), "utf-8")
    (tmp_path / "ailleurs.json").write_text("{}", "utf-8")
    assert [path for path, _ in _faults(tmp_path, description)] == ["/ailleurs.json", "/index.json"]


def test_chaque_adresse_donnee_mene_a_un_fichier(api: Path, site: Path) -> None:
    """Every « url » and « json » of every file, followed."""
    addresses = set()
    for file in api.rglob("*.json"):
        addresses |= set(re.findall(rf'"{URL}([^"]*)"', file.read_text("utf-8")))
    addresses = {path for path in addresses if not path.endswith("/api/v1") and path != "api/v1"}
    assert len(addresses) > 1000
    assert sorted(p for p in addresses if not (site / p / "index.html").is_file() and not (site / p).is_file()) == []


def test_les_listes_disent_les_memes_actions_que_les_pages(api: Path, banque_reelle: Banque) -> None:
    for facette in FACETTES:
        for terme in banque_reelle.vocabulaire(facette):
            listing = json.loads((api / "facettes" / facette.adresse / f"{terme.id}.json").read_text("utf-8"))
            assert [a["id"] for a in listing["actions"]] == [a.id for a in banque_reelle.avec(facette, terme)]
            assert listing["nombre"] == len(listing["actions"])
    assert {p.stem for p in (api / "territoires" / "villes").iterdir()} == set(banque_reelle.par_ville)
    changes = json.loads((api / "changements.json").read_text("utf-8"))["changements"]
    assert [c["date"] for c in changes] == sorted((c["date"] for c in changes), reverse=True)
    assert sorted(i for c in changes for i in c["publiees"]) == sorted(a.id for a in banque_reelle.actions)


def test_une_action_retiree_ou_deplacee_repond(ecrire, partage: None, racine: Path) -> None:
    ecrire("en-place", anciens_ids="[avant]")
    ecrire("otee", titre="Une autre action", statut="retiree")
    assert build(racine, racine / "site", racine / "travail").problems == []
    api = racine / "site" / "api" / "v1"
    description = json.loads((api / "openapi.json").read_text("utf-8"))
    assert _faults(api, description) == []
    moved = json.loads((api / "actions" / "avant.json").read_text("utf-8"))
    assert (moved["statut"], moved["nouvel_id"], moved["url"]) == ("deplacee", "en-place", f"{URL}actions/en-place/")
    assert json.loads((api / "actions" / "otee.json").read_text("utf-8"))["statut"] == "retiree"
    assert (racine / "site" / "actions" / "avant" / "index.json").read_bytes() == (
        api / "actions" / "avant.json"
    ).read_bytes()


def test_une_banque_vide_se_construit(partage: None, racine: Path) -> None:
    """Nothing to tell yet: the files are there, and empty."""
    assert build(racine, racine / "site", racine / "travail").problems == []
    assert json.loads((racine / "site" / "donnees" / "actions.json").read_text("utf-8")) == []
    assert not (racine / "site" / "donnees" / "oai.xml").exists()
    api = racine / "site" / "api" / "v1"
    assert _faults(api, json.loads((api / "openapi.json").read_text("utf-8"))) == []


def test_les_adresses_promises_sont_servies(site: Path) -> None:
    """What « engagements » promises: a file of this list never goes, a new one is added to it."""
    promised = (Path(__file__).parent / "promised.txt").read_text("utf-8").split()
    assert [nom for nom in promised if not (site / nom).is_file()] == []
    served = {
        f"donnees/{line.split('  ')[1]}" for line in (site / "donnees/sha256sums.txt").read_text("utf-8").splitlines()
    }
    served |= {p.relative_to(site).as_posix() for p in (site / "api" / "v1").glob("*.json")}
    assert sorted(served - set(promised)) == []


def test_la_page_des_engagements_nomme_chaque_dossier() -> None:
    page = (PROJECT / "docs" / "donnees" / "engagements.md").read_text("utf-8")
    assert [facette.adresse for facette in FACETTES if f"`/{facette.adresse}/…`" not in page] == []
