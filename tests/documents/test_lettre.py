from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.build.site import load_and_check
from inspiractions.cli.main import main
from inspiractions.documents.lettre import LARGEUR, Lettre, make_courriel, make_lettre, make_markdown, make_texte
from inspiractions.model.banque import Banque
from inspiractions.theme.templates import Templates
from tests.conftest import Ecrire

SITE = "https://banque.example/sous/"
GOLDEN = Path(__file__).parent / "goldens"


class _Lecteur(HTMLParser):
    """Every tag with its attributes, and whether each one was closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for nom, attributes in self.tags if nom == tag]


@pytest.fixture(scope="module")
def entiere() -> tuple[Banque, Lettre]:
    """The letter of the whole real bank."""
    banque, problems = load_and_check(PROJECT)
    assert problems == []
    return banque, make_lettre(banque, SITE, date(2000, 1, 1), date(2999, 12, 31))


@pytest.fixture
def lettre(racine: Path, partage: None) -> Callable[..., Lettre]:
    def lettre(depuis: str = "2026-01-01", jusque: str = "2026-03-01") -> Lettre:
        banque, problems = load_and_check(racine)
        assert problems == []
        return make_lettre(banque, SITE, date.fromisoformat(depuis), date.fromisoformat(jusque))

    return lettre


def test_beaucoup_d_actions_se_lisent_par_theme(entiere: tuple[Banque, Lettre]) -> None:
    banque, lettre = entiere
    nouvelles = lettre.parties[0]
    *themes, regions = nouvelles.listes
    addresses = [entree.adresse for theme in themes for entree in theme.entrees]
    assert 12 < len(addresses) == len(set(addresses)) <= 24
    assert lettre.nouvelles == len(banque.actions)
    villes = [banque.par_id[adresse.split("/")[-2]].chef_de_file.slug for adresse in addresses]
    assert len(set(villes)) > 0.9 * len(villes)
    for theme in themes:
        shown, total = len(theme.entrees), int(theme.titre.rpartition("(")[2].rstrip(")"))
        assert theme.suite is not None
        assert f"les {total - shown} autres" in theme.suite.titre
    assert [int(e.detail.split()[0]) for e in regions.entrees] == sorted(
        (len(actions) for actions in banque.par_region.values()), reverse=True
    )


def test_le_courriel_ne_charge_rien(entiere: tuple[Banque, Lettre]) -> None:
    html = make_courriel(entiere[1], Templates(PROJECT))
    lecteur = _Lecteur(html)
    assert lecteur.open == []
    assert len(html.encode()) <= 100_000
    assert {tag for tag, _ in lecteur.tags} & {"script", "link", "img", "iframe", "table", "object"} == set()
    assert [a for _, a in lecteur.tags if {"src", "background", "srcset"} & set(a)] == []
    assert "url(" not in html
    assert "@import" not in html
    assert lecteur.all("html") == [{"lang": "fr"}]
    links = [a["href"] or "" for a in lecteur.all("a")]
    assert len(links) > 40
    assert [link for link in links if not link.startswith((SITE, "https://www.etalab.gouv.fr/"))] == []


def test_les_liens_menent_a_des_pages(entiere: tuple[Banque, Lettre], site: Path) -> None:
    chemins = {e.adresse.removeprefix(SITE).partition("?")[0] for e in _entrees(entiere[1])}
    assert len(chemins) > 30
    assert [chemin for chemin in chemins if not (site / chemin / "index.html").is_file()] == []


def _entrees(lettre: Lettre):
    for partie in lettre.parties:
        for liste in partie.listes:
            yield from (*liste.entrees, *([liste.suite] if liste.suite else []))


def test_le_texte_tient_en_72_colonnes(entiere: tuple[Banque, Lettre]) -> None:
    lines = make_texte(entiere[1]).splitlines()
    assert [line for line in lines if len(line) > LARGEUR and not line.strip().startswith("https://")] == []


def test_une_petite_lettre(ecrire: Ecrire, lettre: Callable[..., Lettre], racine: Path) -> None:
    ecrire("neuve", titre="Marcher [ensemble] * le mardi", date_publication="2026-02-01")
    ecrire("revue", titre="Cuisines partagées", date_publication="2025-02-01", verifie_le="2026-03-01")
    ecrire("hors", titre="Jardin du port", date_publication="2026-03-02")
    letter = lettre()
    forms = {
        "petite.md": make_markdown(letter),
        "petite.txt": make_texte(letter),
        "petite.html": make_courriel(letter, Templates(racine)),
    }
    for nom, text in forms.items():
        assert text == (GOLDEN / nom).read_text("utf-8"), nom
    assert _Lecteur(forms["petite.html"]).open == []


def test_rien_de_nouveau_se_dit(ecrire: Ecrire, lettre: Callable[..., Lettre]) -> None:
    ecrire("ancienne", date_publication="2020-01-01")
    letter = lettre()
    assert letter.chapeau.startswith("Rien de nouveau sur cette période")
    assert [partie.titre for partie in letter.parties] == ["Ce qui nous manque"]


def test_une_banque_vide_se_dit(lettre: Callable[..., Lettre]) -> None:
    letter = lettre()
    assert letter.chapeau == "Rien de nouveau sur cette période : aucune action n’a été publiée ni revue."
    assert letter.parties == ()


def test_une_campagne_en_cours_est_annoncee(ecrire: Ecrire, racine: Path) -> None:
    ecrire()
    folder = racine / "vocabulaire"
    folder.mkdir()
    for path in sorted((PROJECT / "vocabulaire").glob("*.yml")):
        text = path.read_text("utf-8")
        if path.name == "campagnes.yml":
            text = text.replace("- id: sdtp-2025\n", '- id: sdtp-2025\n  cloture: "2026-02-17"\n')
        (folder / path.name).write_text(text, "utf-8")
    banque, problems = load_and_check(racine)
    assert problems == []
    titles = {
        jusque: [p.titre for p in make_lettre(banque, SITE, date(2026, 1, 1), jusque).parties]
        for jusque in (date(2026, 2, 17), date(2026, 2, 18))
    }
    assert "Recueil en cours" in titles[date(2026, 2, 17)]
    assert "Recueil en cours" not in titles[date(2026, 2, 18)]
    campagnes = folder / "campagnes.yml"
    campagnes.write_text(campagnes.read_text("utf-8").replace("2026-02-17", "17 février"), "utf-8")
    assert any("écrivez AAAA-MM-JJ" in problem.message for problem in load_and_check(racine)[1])


def test_garder_tient_la_liste(ecrire: Ecrire, racine: Path, partage: None, capsys: pytest.CaptureFixture[str]) -> None:
    ecrire()
    for jour in ("2026-01-31", "2026-02-28"):
        command = ["lettre", "--root", str(racine), "--depuis", "2026-01-01", "--jusque", jour, "--garder"]
        assert main(command) == 0
    liste = (racine / "docs/lettres/index.md").read_text("utf-8")
    assert [line for line in liste.splitlines() if line.startswith("- ")] == [
        "- [Lettre du 1er janvier au 28 février 2026](2026-02-28.md)",
        "- [Lettre du 1er janvier au 31 janvier 2026](2026-01-31.md)",
    ]
    assert (racine / "build/lettre/lettre-2026-02-28.html").is_file()


@pytest.mark.parametrize(
    ("mots", "dit"),
    [
        (["--depuis", "hier"], "AAAA-MM-JJ"),
        (["--depuis", "2026-02-01", "--jusque", "2026-01-01"], "avant de commencer"),
    ],
)
def test_un_appel_fautif_se_dit(capsys: pytest.CaptureFixture[str], mots: list[str], dit: str) -> None:
    assert main(["lettre", *mots]) == 2
    assert dit in capsys.readouterr().err


@pytest.mark.parametrize(
    ("adresse", "averti"), [("https://inspiractions.example/", True), ("https://actions.sante.fr/", False), ("", True)]
)
def test_la_commande_dit_que_l_adresse_est_celle_du_modele(
    racine: Path, partage: None, capsys: pytest.CaptureFixture[str], adresse: str, averti: bool
) -> None:
    (racine / "mkdocs.yml").write_text(f"site_name: Essai\nsite_url: {adresse}\n", "utf-8")
    assert main(["lettre", "--depuis", "2026-01-01", "--root", str(racine)]) == 0
    assert ("n’est pas encore une adresse" in capsys.readouterr().err) is averti


def test_une_adresse_sans_barre_a_la_fin_ne_colle_pas_les_liens(ecrire: Ecrire, racine: Path, partage: None) -> None:
    ecrire()
    (racine / "mkdocs.yml").write_text("site_name: Essai\nsite_url: https://exemple.fr/banque\n", "utf-8")
    assert main(["lettre", "--depuis", "2026-01-01", "--jusque", "2026-02-28", "--root", str(racine)]) == 0
    for extension in ("html", "txt", "md"):
        lettre = (racine / f"build/lettre/lettre-2026-02-28.{extension}").read_text("utf-8")
        assert "https://exemple.fr/banque/actions/aubervilliers-marche/" in lettre
        assert "https://exemple.fr/banqueactions" not in lettre
