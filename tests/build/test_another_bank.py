"""Another network's bank: its own name, colours, axes, themes and facet, without QPV; nothing of the first bank is left in it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdf
import pytest
import yaml

from inspiractions.base.files import PROJECT
from inspiractions.build.loading import load_and_check
from inspiractions.build.site import USUAL, build
from inspiractions.cli.main import main
from inspiractions.forms.reading.answers import extraire, ouvrir
from inspiractions.forms.reading.form_data import as_object
from inspiractions.pages.territoires import make_carte, region_lines
from inspiractions.theme.assets import read_colours
from tests.forms.remplir import Stylo

# The name, the address and the names of files of the first bank.
_TRACES = re.compile(
    r"inspir\W{1,3}actions|inspir(<[^>]*>)+\W?(<[^>]*>)*actions|inspiractions\.example|inspiractions-(?!carnet\")|villes pour la santé",
    re.I,
)
# What bears the name of the product, whoever the bank is: the protocol of frames, the format of carnets, the names in a
# server's settings, and where the comments of scripts send.
_PRODUCT = re.compile(
    r"data-inspiractions|\binspiractions(?=/|\b)|\$inspiractions_\w+|inspiractionsDonnee|\.inspiractions\b", re.I
)

_SETTINGS = """site_name: Santé Sud
site_description: La banque des communes du Sud.
site_url: https://sante-sud.example/banque/
theme: {name: material, logo: assets/soleil.svg}
extra:
  identifiant: sante-sud
  devise: [La banque, des communes du Sud]
  sujet: actions des communes du Sud
  courriel: contact@sante-sud.example
  editeur: Réseau Santé Sud
  licence: {nom: CC BY 4.0, adresse: https://creativecommons.org/licenses/by/4.0/deed.fr, code: CC-BY-4.0}
  mots_cles: [santé, communes]
  sans: [qpv]
  territoire: [Loire-Atlantique, Vendée]
  couleurs: {principale: '#7a1f5c', accent: '#4bc0f0'}
"""


def _terms(*ids: str) -> str:
    entries = [
        {"id": i, "libelle": i.title(), "definition": f"Ce qu’est {i}.", "source": "Rédaction ‹de nom›"} for i in ids
    ]
    return yaml.safe_dump(entries, allow_unicode=True)


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the bank, its site built whole in ``site/``."""
    root = tmp_path_factory.mktemp("autre") / "banque"
    assert main(["init", str(root), "--nom", "Santé Sud", "--phrase", "La banque des communes du Sud"]) == 0
    (root / "mkdocs.yml").write_text(_SETTINGS, "utf-8")
    (root / "docs/assets").mkdir()
    sun = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="12" fill="#4bc0f0"/></svg>'
    (root / "docs/assets/soleil.svg").write_text(sun, "utf-8")
    lists = root / "vocabulaire"
    axes = "facette: {titre: Façons d’agir, singulier: Façon d’agir}\ntermes:\n"
    (lists / "axes.yml").write_text(axes + _terms("prevenir", "soigner"), "utf-8")
    (lists / "thematiques.yml").write_text(_terms(*(f"theme-{n}" for n in range(1, 9))), "utf-8")
    saisons = (
        "facette: {titre: Saisons, singulier: Saison, ordre: 4, carte: oui, description: Quand elle a lieu.}\ntermes:\n"
    )
    (lists / "saisons.yml").write_text(saisons + _terms("hiver", "printemps"), "utf-8")
    for number, path in enumerate(sorted((root / "actions").glob("*.md"))):
        text = path.read_text("utf-8")
        text = re.sub(r"(?m)^qpv: .*\n", "", text)
        text = re.sub(r"(?m)^axes: .*$", f"axes: [{('prevenir', 'soigner')[number]}]\nsaisons: [hiver]", text)
        text = re.sub(r"(?m)^thematiques: .*$", f"thematiques: [theme-{number + 1}]", text)
        path.write_text(re.sub(r"(?m)^villes: .*$", "villes: [Nantes]", text), "utf-8")
    form = root / "formulaires/premier-recueil.yml"
    asked = "  - case:\n      - choix: Saisons (plusieurs choix possibles)\n        vers: saisons\n  - bandeau: Récit"
    form.write_text(form.read_text("utf-8").replace("  - bandeau: Récit", asked), "utf-8")
    assert load_and_check(root)[1] == []
    assert build(root, root / "site", root / "build", USUAL).problems == []
    return root


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file that holds text, by name: compressed ones opened, PDFs and Word forms read, the archive unpacked."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        yield from _texts_of(path.relative_to(folder).as_posix(), path.read_bytes())


def _texts_of(name: str, octets: bytes) -> Iterator[tuple[str, str]]:
    if name.endswith(".gz"):
        yield from _texts_of(name.removesuffix(".gz"), gzip.decompress(octets))
    elif name.endswith(".pdf"):
        reader = pypdf.PdfReader(io.BytesIO(octets))
        yield name, "\n".join([*(page.extract_text() for page in reader.pages), str(reader.metadata)])
    elif name.endswith((".zip", ".docx")):
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            for inside in archive.namelist():
                yield from _texts_of(f"{name}/{inside}", archive.read(inside))
    else:
        yield name, name + "\n" + octets.decode("utf-8", "replace")


def _traces(texts: Iterator[tuple[str, str]]) -> list[str]:
    return [
        f"{name}: {text[max(0, m.start() - 40) : m.end() + 40]!r}"
        for name, text in texts
        for m in _TRACES.finditer(_PRODUCT.sub("", text))
    ]


def test_nothing_of_the_first_bank_is_left(bank: Path, tmp_path: Path) -> None:
    assert _traces(_texts(bank / "site")) == []
    names = {path.name for path in (bank / "site").rglob("*")}
    assert {"exemple-marche-du-matin.pdf", "partage.png", "exemple-marche-du-matin-relecture.docx"} <= names
    # What is made to be sent or kept.
    said = ["--root", str(bank)]
    assert main(["archive", *said, "-o", str(tmp_path / "a.zip")]) == 0
    assert main(["lettre", "--depuis", "2020-01-01", *said, "-o", str(tmp_path / "lettre")]) == 0
    assert main(["recueil", "--campagne", "premier-recueil", *said, "-o", str(tmp_path / "r.pdf")]) == 0
    assert main(["relecture", "exemple-marche-du-matin", *said, "-o", str(tmp_path / "relecture")]) == 0
    sent = dict(_texts(tmp_path))
    assert _traces(iter(sent.items())) == []
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        folder = archive.namelist()[0].split("/")[0]
    assert folder.startswith("sante-sud-")
    assert 'name: "Réseau Santé Sud"' in sent[f"a.zip/{folder}/CITATION.cff"].replace('{"name":', "name:")
    assert "La lettre de Santé Sud" in next(
        text
        for name, text in sent.items()
        if name.endswith("lettre.txt") or (name.endswith(".txt") and "lettre-" in name)
    )
    assert "CC BY 4.0" in sent["r.pdf"]


def test_the_first_bank_would_leave_traces(bank: Path) -> None:
    """The search for traces finds those that there are, in each kind of file."""
    page = (bank / "site" / "index.html").read_text("utf-8")
    assert _traces(iter([("a", page.replace("Santé Sud", "Inspir’Actions", 1))]))
    mark = 'Inspir<span class="nom__apostrophe"></span>Actions'
    assert _traces(iter([("a", mark), ("b", "inspiractions-selection.csv"), ("c", "INSPIR'ACTIONS")]))
    assert not _traces(iter([("a", "data-inspiractions"), ("b", "// Twin: inspiractions/search/query.py")]))


def test_the_identity_is_everywhere(bank: Path) -> None:
    site = bank / "site"
    recit = (site / "actions/exemple-marche-du-matin/index.html").read_text("utf-8")
    assert '<meta name="citation_author" content="Réseau Santé Sud">' in recit
    assert '<meta property="og:site_name" content="Santé Sud">' in recit
    assert "La banque<br>des communes du Sud" in recit
    home = (site / "index.html").read_text("utf-8")
    assert '<h1 id="titre">La banque des communes du Sud.</h1>' in home
    assert "2015" not in home
    assert '<link rel="icon" href="./assets/soleil.svg">' in home
    assert '<img class="nom__logo" src="./assets/soleil.svg"' in home
    # It names no search to try: its themes are tried.
    essais = re.findall(r'explorer/(\?theme=[^"]*)">([^<]*)</a>', home.split('class="essais"')[1].split("</p>")[0])
    assert essais == [("?theme=theme-1", "theme-1"), ("?theme=theme-2", "theme-2")]
    assert "<dt>région</dt><dd>1</dd>" in home
    assert (site / "actions/exemple-marche-du-matin/exemple-marche-du-matin.ris").read_text("utf-8").count(
        "Santé Sud"
    ) == 3
    paquet = json.loads((site / "donnees/datapackage.json").read_text("utf-8"))
    assert (paquet["name"], paquet["licenses"][0]["name"]) == ("sante-sud", "CC-BY-4.0")
    assert "<oai:repositoryName>Santé Sud<" in (site / "donnees/oai.xml").read_text("utf-8")
    assert json.loads((site / "api/v1/index.json").read_text("utf-8"))["licence"] == "CC BY 4.0"


def test_its_own_axes_themes_and_facet_need_no_code(bank: Path) -> None:
    site = bank / "site"
    manifest = json.loads(gzip.decompress((site / "recherche/manifeste.json.gz").read_bytes()))
    filters = {
        facette["cle"]: (facette["titre"], [v["id"] for v in facette.get("valeurs", ())])
        for facette in manifest["facettes"]
    }
    assert filters["axe"] == ("Façon d’agir", ["prevenir", "soigner"])
    assert len(filters["theme"][1]) == 8
    assert filters["saisons"] == ("Saison", ["hiver", "printemps"])
    assert "qpv" not in filters
    assert (site / "saisons/hiver/index.html").is_file()
    assert not (site / "qpv").exists()
    # One département.
    assert sorted(p.name for p in (site / "departements").iterdir() if p.is_dir()) == ["44"]
    rows = list(csv.DictReader(io.StringIO((site / "donnees/actions.csv").read_text("utf-8"))))
    assert {(row["saisons"], row["saisons_libelle"]) for row in rows} == {("hiver", "Hiver")}
    assert "qpv" not in rows[0]
    assert (site / "couverture/couverture.csv").read_text("utf-8-sig").startswith('"Âge";"Axe";"Actions"')
    record = json.loads((site / "api/v1/actions/exemple-marche-du-matin.json").read_text("utf-8"))
    assert record["saisons"] == ["hiver"]
    assert "qpv" not in record
    schema = json.loads((site / "donnees/schema.json").read_text("utf-8"))
    assert schema["$defs"]["saisons"]["enum"] == ["hiver", "printemps"]
    assert "qpv" not in schema["properties"]
    assert 'href="../../saisons/hiver/"' in (site / "actions/exemple-marche-du-matin/index.html").read_text("utf-8")
    assert "Quand elle a lieu." in (site / "contribuer/champs/index.html").read_text("utf-8")
    # On the cards, as asked.
    assert "· Hiver</span>" in (site / "axes/prevenir/index.html").read_text("utf-8")
    form = (site / "actions/exemple-marche-du-matin/exemple-marche-du-matin-relecture.docx").read_bytes()
    assert any("Printemps" in text for _, text in _texts_of("f.docx", form))


def test_its_territory_bounds_map_and_lists(bank: Path, tmp_path: Path) -> None:
    """Two départements of a région: no other is drawn, listed or missed; a search knows that a place lies outside."""
    site = bank / "site"
    page = (site / "territoires/index.html").read_text("utf-8")
    assert page.count('<path class="d') == 2
    assert 'class="cadre"' not in page
    assert "(1 département) : Vendée." in re.sub(r"[\s\u202f]+", " ", page)
    assert [p.name for p in (site / "regions").iterdir() if p.is_dir()] == ["pays-de-la-loire"]
    manifest = json.loads(gzip.decompress((site / "recherche/manifeste.json.gz").read_bytes()))
    assert manifest["territoire"] == ["r-52", "d-44", "d-85"]
    # An action from elsewhere is refused; one that is led with a place of the territory is not.
    shutil.copytree(bank, tmp_path / "b", ignore=shutil.ignore_patterns("site", "build"))
    fiche = tmp_path / "b/actions/exemple-marche-du-matin.md"
    fiche.write_text(fiche.read_text("utf-8").replace("villes: [Nantes]", "villes: [Lyon]"), "utf-8")
    (problem,) = load_and_check(tmp_path / "b")[1]
    assert (problem.path, problem.rule) == ("actions/exemple-marche-du-matin.md", "territoire")
    assert "« Lyon » : hors du territoire de la banque" in problem.message
    fiche.write_text(fiche.read_text("utf-8").replace("villes: [Lyon]", "villes: [Lyon, Nantes]"), "utf-8")
    banque, problems = load_and_check(tmp_path / "b")
    assert problems == []
    assert [line.titre for line in region_lines(banque)] == ["Auvergne-Rhône-Alpes", "Pays de la Loire"]
    assert {shape.code for shape in make_carte(banque).formes} == {"44", "85"}


def test_what_a_fiche_lacks_is_told(bank: Path, tmp_path: Path) -> None:
    shutil.copytree(bank, tmp_path / "b", ignore=shutil.ignore_patterns("site", "build"))
    fiche = tmp_path / "b/actions/exemple-marche-du-matin.md"
    text = fiche.read_text("utf-8").replace("## Déroulé", "## Déroulement")
    fiche.write_text(text.replace("**Mobilisation du public** :", "**Trop de pluie** :"), "utf-8")
    problems = load_and_check(tmp_path / "b")[1]
    assert [(p.rule, p.doubt) for p in problems] == [("rubriques", True), ("rubriques", True), ("points", True)]
    absent, title, label = (p.message for p in problems)
    assert "le récit n’a pas de « ## Déroulé »" in absent
    assert "écrivez « ## Déroulé » si c’est elle" in title
    assert "« Trop de pluie » n’est pas dans vocabulaire/freins.yml" in label
    # What was drawn from public sources may say nothing of it.
    fiche.write_text(text.replace("declaratif", "sources-publiques").replace("## Déroulement", "## Récit"), "utf-8")
    assert load_and_check(tmp_path / "b")[1] == []


def test_its_facet_goes_out_and_comes_back_in_the_form_of_a_campaign(bank: Path, tmp_path: Path) -> None:
    blank = tmp_path / "vierge.docx"
    assert main(["formulaire", "premier-recueil", "--root", str(bank), "-o", str(blank)]) == 0
    banque, _ = load_and_check(bank)
    form = banque.questionnaires["premier-recueil"]
    document = docx.Document(str(blank))
    written = {bloc.vers or bloc.rubrique: text for bloc, text in Stylo(document, form).ecrit}
    assert written["saisons"] == ["hiver"]
    document.save(str(tmp_path / "rempli.docx"))
    (filled,) = extraire(*ouvrir(tmp_path / "rempli.docx", banque.questionnaires))
    answers = as_object(filled)
    assert answers["saisons"] == ["hiver"]
    assert answers["titre"] == written["titre"]
    assert not {"hors_formulaire", "doutes", "libelles_modifies", "lignes_ajoutees"} & set(answers["extra"])
    out = tmp_path / "b"
    shutil.copytree(bank, out, ignore=shutil.ignore_patterns("site", "build"))
    assert main(["import", str(tmp_path / "rempli.docx"), "--root", str(out)]) in (0, 1)
    (draft,) = (p for p in (out / "actions").glob("*.md") if not p.name.startswith("exemple-"))
    meta = yaml.safe_load(draft.read_text("utf-8").split("---\n")[1])
    assert meta["saisons"] == ["hiver"]
    assert "saisons" not in meta.get("a_verifier", [])


def test_its_colours_keep_the_contrasts(bank: Path) -> None:
    own, first = read_colours(bank), read_colours(PROJECT)
    assert own["petrole"] != first["petrole"]
    assert own["encre"] == first["encre"]
    css = (bank / "site/assets/css/tokens.css").read_text("utf-8")
    assert f"--petrole: {own['petrole']};" in css
    assert own["bandeau-carte-1"] != first["bandeau-carte-1"]
    for scheme in ("default", "slate"):
        own, first = read_colours(bank, scheme), read_colours(PROJECT, scheme)
        for name in ("petrole", "petrole-clair", "bandeau", "sur-petrole-2", "mirabelle", "carte-3", "bandeau-carte-1"):
            assert _luminance(own[name]) == pytest.approx(_luminance(first[name]), abs=0.006), (scheme, name)


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
