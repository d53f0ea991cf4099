"""The open data of the real bank, read by readers that are not ours."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path

import bibtexparser
import frictionless
import pytest
import rispy
from jsonschema import Draft202012Validator
from lxml import etree
from rdflib import DCTERMS, RDF, SKOS, Graph, Namespace, URIRef

from inspiractions.exports.inventory import Adresses
from inspiractions.exports.records import fiche_schema
from inspiractions.exports.tables import csv_line, table_columns
from inspiractions.model.banque import Banque
from inspiractions.model.vocabulaire import NOMS, Vocabulaires

URL = "https://inspiractions.example/"
DCAT = Namespace("http://www.w3.org/ns/dcat#")
OAI = Path(__file__).parent / "oai"


@pytest.fixture(scope="session")
def donnees(site: Path) -> Path:
    return site / "donnees"


@pytest.fixture(scope="session")
def actions(donnees: Path) -> list[dict[str, object]]:
    return json.loads((donnees / "actions.json").read_text("utf-8"))


def test_le_paquet_de_donnees_est_valide(donnees: Path) -> None:
    """Frictionless reads every file: sizes, checksums, columns, types, unique ids."""
    report = frictionless.validate(str(donnees / "datapackage.json"))
    assert [error.message for task in report.tasks for error in task.errors] + [e.message for e in report.errors] == []
    assert report.stats["tasks"] == len(json.loads((donnees / "datapackage.json").read_text("utf-8"))["resources"])


def test_une_somme_fausse_se_voit(donnees: Path, tmp_path: Path) -> None:
    """The proof that the validation above can fail."""
    paquet = json.loads((donnees / "datapackage.json").read_text("utf-8"))
    paquet["resources"] = paquet["resources"][:1]
    (tmp_path / "datapackage.json").write_text(json.dumps(paquet), "utf-8")
    (tmp_path / "actions.csv").write_bytes(
        (donnees / "actions.csv").read_bytes().replace(b",2026-11-", b",2026/11/", 1)
    )
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert {error.type for task in report.tasks for error in task.errors} >= {"hash-count", "type-error"}


def test_le_tableau_dit_la_meme_chose_que_le_json(donnees: Path, actions: list[dict[str, object]]) -> None:
    with (donnees / "actions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (donnees / "actions-tableur.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.DictReader(file, delimiter=";")) == rows
    assert [row["id"] for row in rows] == [action["id"] for action in actions]
    for row, action in zip(rows, actions, strict=True):
        assert row["thematiques"].split("|") == action["thematiques"]
        assert row["villes_nom"].split("|") == [ville["nom"] for ville in action["villes"]]
        assert row["titre"].lstrip("'") == action["titre"]
        amounts = action["budget"]["montants"] if action["budget"] else []
        assert row["budget_montants_euros"] == "|".join(str(amount["euros"]) for amount in amounts)
        assert row["budget_montants_par"] == "|".join(amount["par"] or "" for amount in amounts)
        assert row["cout"] == (action["cout"] or "")
        assert bool(row["cout"]) == bool(amounts)
        assert row["lon"] == ("" if action["villes"][0]["lon"] is None else str(action["villes"][0]["lon"]))


@pytest.mark.parametrize(
    ("cell", "written"),
    [("=1+1", "'=1+1"), ("+33", "'+33"), ("-2+3", "'-2+3"), ("@SUM", "'@SUM"), ("\t=1", "'\t=1"), ("-1.5", "-1.5"), ("a=1", "a=1")],
)  # fmt: skip
def test_aucune_cellule_n_est_une_formule(cell: str, written: str) -> None:
    (row,) = csv.reader([csv_line([cell, "fin"]).decode()])
    assert row == [written, "fin"]


def test_chaque_colonne_est_decrite(vocabulaires: Vocabulaires) -> None:
    columns = table_columns(vocabulaires)
    assert len({c.nom for c in columns}) == len(columns)
    assert [c.nom for c in columns if not c.description.endswith((".", "?"))] == []


def test_le_json_de_tous_est_celui_de_chacun(
    donnees: Path, actions: list[dict[str, object]], banque_reelle: Banque
) -> None:
    assert [action["id"] for action in actions] == [action.id for action in banque_reelle.actions]
    lines = (donnees / "actions.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == actions
    for action in actions:
        assert json.loads((donnees.parent / "actions" / action["id"] / "index.json").read_text("utf-8")) == action
        assert action["url"] == f"{URL}actions/{action['id']}/"


def test_rien_de_prive_ne_sort(actions: list[dict[str, object]]) -> None:
    assert [action["id"] for action in actions if "consentements" in action] == []


def test_chaque_ville_a_son_point(donnees: Path, banque_reelle: Banque) -> None:
    carte = json.loads((donnees / "actions.geojson").read_text("utf-8"))
    assert carte["type"] == "FeatureCollection"
    expected = [(a.id, v.code, v.lon, v.lat) for a in banque_reelle.actions for v in a.villes]
    points = [
        (f["properties"]["id"], f["properties"]["code"], *(f["geometry"]["coordinates"] if f["geometry"] else (None, None)))
        for f in carte["features"]
    ]  # fmt: skip
    assert points == expected
    assert sum(f["properties"]["porteuse"] for f in carte["features"]) == len(banque_reelle.actions)
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for _, _, lon, lat in points if lon is not None)


def test_les_references_se_relisent(donnees: Path, actions: list[dict[str, object]]) -> None:
    ids = [action["id"] for action in actions]
    assert list(bibtexparser.loads((donnees / "actions.bib").read_text("utf-8")).entries_dict) == ids
    assert [r["id"] for r in rispy.loads((donnees / "actions.ris").read_text("utf-8"))] == ids
    assert [r["id"] for r in json.loads((donnees / "actions.csl.json").read_text("utf-8"))] == ids


@pytest.mark.parametrize("nom", NOMS)
def test_chaque_vocabulaire_est_un_thesaurus(donnees: Path, banque_reelle: Banque, site: Path, nom: str) -> None:
    graph = Graph().parse(donnees / "vocabulaires" / f"{nom}.ttl", format="turtle")
    plain = json.loads((donnees / "vocabulaires" / f"{nom}.json").read_text("utf-8"))
    adresses = Adresses(banque_reelle, URL)
    (scheme,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
    assert str(scheme) == plain["uri"] == adresses.ensemble(nom)
    vocabulaire = banque_reelle.vocabulaires[nom]
    assert {str(c) for c in graph.subjects(RDF.type, SKOS.Concept)} == {t["uri"] for t in plain["termes"]}
    for terme in vocabulaire:
        concept = URIRef(adresses.terme(nom, terme.id))
        assert graph.value(concept, SKOS.prefLabel).toPython() == terme.libelle
        assert graph.value(concept, SKOS.definition).language == "fr"
        assert str(graph.value(concept, SKOS.notation)) == terme.id
        broader = graph.value(concept, SKOS.broader)
        assert broader == (URIRef(adresses.terme(nom, terme.parent)) if terme.parent else None)
        assert broader is None or (broader, SKOS.narrower, concept) in graph
        assert (graph.value(concept, SKOS.topConceptOf) is None) == bool(terme.parent)
        page = str(concept).removeprefix(URL)
        assert "#" in page or (site / page / "index.html").is_file()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib, of itself
def test_le_catalogue_est_du_dcat(donnees: Path) -> None:
    """What DCAT-AP 3 requires: title, description and publisher of the catalogue, title and description of each data set."""
    graph = Graph().parse(donnees / "catalog.jsonld", format="json-ld")
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    datasets = set(graph.objects(catalogue, DCAT.dataset))
    assert datasets == set(graph.subjects(RDF.type, DCAT.Dataset))
    assert len(datasets) == 2
    for subject in (catalogue, *datasets):
        assert {graph.value(subject, p) for p in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher)} - {None}
    distributions = {d for dataset in datasets for d in graph.objects(dataset, DCAT.distribution)}
    assert distributions == set(graph.subjects(RDF.type, DCAT.Distribution))
    for distribution in distributions:
        path = donnees.parent / str(graph.value(distribution, DCAT.downloadURL)).removeprefix(URL)
        assert graph.value(distribution, DCAT.accessURL) is not None
        assert graph.value(distribution, DCAT.byteSize).toPython() == path.stat().st_size


def test_le_schema_d_une_fiche_accepte_toutes_les_fiches(donnees: Path, banque_reelle: Banque) -> None:
    schema = json.loads((donnees / "schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    wrong = [(a.id, e.message) for a in banque_reelle.actions for e in validator.iter_errors(a.source.meta)]
    assert wrong == []


@pytest.mark.parametrize(
    "change",
    [{"ages": ["0-4"]}, {"qpv": "peut-être"}, {"inconnue": "x"}, {"titre": ""}, {"titre": None}, {"thematiques": ["sante-mentale"] * 7}, {"periode": {"debut": "mars"}}],
)  # fmt: skip
def test_le_schema_d_une_fiche_refuse_les_fautes(
    vocabulaires: Vocabulaires, banque_reelle: Banque, change: dict[str, object]
) -> None:
    meta = {**banque_reelle.actions[0].source.meta, **change}
    assert not Draft202012Validator(fiche_schema(vocabulaires)).is_valid(meta)


def test_le_schema_est_en_francais(vocabulaires: Vocabulaires) -> None:
    schema = fiche_schema(vocabulaires)
    parts = [schema, *(part for part in schema["$defs"].values() if "properties" in part)]
    silent = [key for part in parts for key, value in part["properties"].items() if "description" not in value]
    assert silent == []
    assert schema["$defs"]["ages"]["enum"] == [terme.id for terme in vocabulaires["ages"]]
    assert {"const": "0-3", "title": "0-3 ans"}.items() <= schema["$defs"]["ages"]["oneOf"][0].items()


def test_l_entrepot_oai_suit_la_specification(donnees: Path, banque_reelle: Banque) -> None:
    schema = etree.XMLSchema(etree.parse(OAI / "statique.xsd"))
    tree = etree.parse(donnees / "oai.xml")
    schema.assertValid(tree)
    names = {"oai": "http://www.openarchives.org/OAI/2.0/", "dc": "http://purl.org/dc/elements/1.1/"}
    assert tree.xpath("//dc:identifier/text()", namespaces=names) == [
        f"{URL}actions/{a.id}/" for a in banque_reelle.actions
    ]
    stamps = tree.xpath("//oai:datestamp/text()", namespaces=names)
    assert tree.xpath("//oai:earliestDatestamp/text()", namespaces=names) == [min(stamps)]


def test_un_entrepot_fautif_se_voit(donnees: Path) -> None:
    schema = etree.XMLSchema(etree.parse(OAI / "statique.xsd"))
    text = (donnees / "oai.xml").read_bytes()
    for old, new in ((b"<dc:title>", b"<dc:titre>"), (b">no<", b">transient<"), (b"@inspiractions", b" inspiractions")):
        broken = text.replace(old, new).replace(
            b"</dc:title>", b"</dc:titre>" if old == b"<dc:title>" else b"</dc:title>"
        )
        assert not schema.validate(etree.fromstring(broken))


def test_les_sommes_sont_justes(donnees: Path) -> None:
    lines = (donnees / "sha256sums.txt").read_text("utf-8").splitlines()
    wrong = [nom for somme, nom in (line.split("  ") for line in lines) if hashlib.sha256((donnees / nom).read_bytes()).hexdigest() != somme]  # fmt: skip
    assert wrong == []
    listed = {line.split("  ")[1] for line in lines}
    files = {p.relative_to(donnees).as_posix() for p in donnees.rglob("*") if p.is_file()}
    pages = {nom for nom in files if nom.endswith(".html")} | {"exemple-lunr.js", "sha256sums.txt"}
    assert files - pages == listed


def test_la_page_dit_chaque_fichier(donnees: Path) -> None:
    page = (donnees / "index.html").read_text("utf-8")
    for line in (donnees / "sha256sums.txt").read_text("utf-8").splitlines():
        somme, nom = line.split("  ")
        assert f'href="../donnees/{nom}"' in page
        assert somme in page or nom.startswith("vocabulaires/")


@pytest.mark.parametrize("page", ["index.html", "donnees/index.html"])
def test_les_moteurs_trouvent_le_jeu_de_donnees(site: Path, page: str) -> None:
    """schema.org: what Google Dataset Search asks for, with files that are there."""
    html = (site / page).read_text("utf-8")
    catalogue = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1])
    assert (catalogue["@type"], catalogue["@context"]) == ("DataCatalog", "https://schema.org")
    (dataset,) = catalogue["dataset"]
    assert 50 <= len(dataset["description"]) <= 5000
    assert {"name", "license", "creator", "url"} <= set(dataset)
    for distribution in dataset["distribution"]:
        content = (site / distribution["contentUrl"].removeprefix(URL)).read_bytes()
        assert hashlib.sha256(content).hexdigest() == distribution["sha256"]
