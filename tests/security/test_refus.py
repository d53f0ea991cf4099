"""Hostile values in every field of the schema, one at a time: refused in French at a line, or let in where it is a free text."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from inspiractions.base.files import PROJECT
from inspiractions.base.problem import FORMATS, Problem
from inspiractions.build.site import load_and_check
from inspiractions.cli.main import main
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.parse import parse_action
from inspiractions.model.source import read_fiche
from inspiractions.model.types import FicheField, ParseContext, champs_de
from inspiractions.rules.check import check_rules
from tests.conftest import Ecrire, fiche

from .hostile import PIEGES, texte, valeur

INVISIBLES = [chr(0), chr(7), "\x1b[2J", "\x7f", "\x9b", "\u202e", "\u2066", "\u061c", "\u200b", "\u200f", "\u2060", "\u2028", "\x85", "\ue000", "\ufeff", "\uffff", "\U000e0041", "\U0010fffd"]  # fmt: skip
# Never admitted where an id, a place, a date, an address or a file is expected.
PARTOUT = [
    *PIEGES.values(), *INVISIBLES, "../../etc/passwd", "/etc/passwd", "..\\..\\x", "%2e%2e%2fx", "a/../../b", "a\x00b", "__proto__", "constructor", "-", ".", "..",
    "javascript:window.__xss=1", "JaVa\tScRiPt:x", " javascript:x", "data:text/html,<script>x</script>", "vbscript:x", "file:///etc/passwd", "http://exemple.fr/",
    "//exemple.fr/", "https://", "https://x", "https://[::1", "https://ville.fr@evil.example/", "https://ville.fr\\@evil.example/", "https://a b.fr/", "９９９９-０１-０１", "x" * 5_000,
]  # fmt: skip
LIBRES = ("texte",)
TEMPS = 5.0


def feuilles(
    champs: dict[str, FicheField], place: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], FicheField]]:
    """Every key that takes a value, those of the groups included."""
    for champ in champs.values():
        if champ.genre == "groupe":
            yield from feuilles(dict(champ.enfants), (*place, champ.cle))
        else:
            yield (*place, champ.cle), champ


FEUILLES = list(feuilles(dict(champs_de(Action))))


@pytest.fixture(scope="module")
def verifier(contexte: ParseContext, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Problem]]:
    """What the check says of the text of one fiche."""
    root = tmp_path_factory.mktemp("refus")
    path = root / "actions" / "essai.md"
    path.parent.mkdir()
    (root / "actions" / "images" / "essai").mkdir(parents=True)
    Image.new("RGB", (9, 9)).save(root / "actions" / "images" / "essai" / "polyglotte.jpg")

    def verifier(text: str) -> list[Problem]:
        path.write_text(text, "utf-8")
        source, problems = read_fiche(root, path)
        action, faults = parse_action(source, contexte) if source else (None, [])
        banque = Banque(root, contexte.vocabulaires, contexte.referentiel, (action,) if action else ())
        return [*problems, *faults, *(check_rules(banque, [(source, action)]) if source else [])]

    return verifier


def avec(place: tuple[str, ...], champ: FicheField, hostile: str) -> str:
    """A sound fiche, but for one value."""
    return fiche(**{place[0]: texte(_avec(champs_de(Action)[place[0]], place[1:], hostile))})


def _avec(champ: FicheField, place: tuple[str, ...], hostile: str) -> object:
    """The value of a key where that of one key below it is hostile, and those beside it are sound."""
    value: object = hostile
    if place:
        autres = {c: valeur(e, "12 textes", "essai") for c, e in champ.enfants.items() if e.requis and c != place[0]}
        value = {**autres, place[0]: _avec(champ.enfants[place[0]], place[1:], hostile)}
    return [value] if champ.liste else value


# Rules that want the words of a free text somewhere else in the fiche, too.
TENUES = ("longueur", "doublons", "chiffre-cle", "montants")


@pytest.mark.parametrize(("place", "champ"), FEUILLES, ids=[".".join(place) for place, _ in FEUILLES])
def test_chaque_champ_refuse_ou_prend_comme_du_texte(verifier, place: tuple[str, ...], champ: FicheField) -> None:
    libre = champ.genre in LIBRES
    for hostile in INVISIBLES if libre else PARTOUT:
        if champ.genre == "id" and re.fullmatch("[a-z-]+", hostile) and hostile != "-":
            continue
        problems = verifier(avec(place, champ, hostile))
        assert problems, f"{hostile!r} passe"
        for problem in problems:
            assert problem.line > 1, problem
            assert re.search("[:;]|effacez|écrivez|est vide", problem.message), problem
    for piege in PIEGES.values() if libre else ():
        assert [p for p in verifier(avec(place, champ, piege)) if p.line < 2 or p.rule not in TENUES] == []


CORPS = [
    "<script>x</script>", "<b>x</b>", "<!-- x -->", "<?php x ?>", "<![CDATA[x]]>", "a <img\nsrc=x onerror=x>", "<ScRiPt >x",
    "[x](javascript:x)", "[x](JaVaScRiPt:x)", "[x](&#106;avascript:x)", "[x](java&Tab;script:x)", "[x](<javascript:x>)", "[x](\tjavascript:x)", "[x](vbscript:x)",
    "[x](data:text/html;base64,x)", "[x](data:image/svg+xml,x)", "[x](file:///etc/passwd)", "[x](//exemple.fr)", "[x](/etc)", "[x](../x)", "[x](http://a.fr)", "[x]()",
    "<javascript:x>", "<http://a.fr>", "<data:text/html,x>", "<ftp://a.fr>", "http://a.fr", "www.exemple.fr", "[x][r]\n\n[r]: javascript:x", "[x][r]\n\n[r]:\n  javascript:x",
    "[x][r]\n\n> [r]: javascript:x", "[x][r]\n\n- [r]: http://a.fr", "[x][r]\n\n   [r]: <vbscript:x>", "[x](https://a.fr@b.fr/)", "[x](https://a.fr\\@b.fr/)", "[x](https:a.fr)", "[x](https:///a.fr)",
    "![x](https://a.fr/x.png)", "![x](data:image/png;base64,x)", "![x][r]\n\n[r]: https://a.fr/x.png", "![x](javascript:x)", "# titre", "Titre\n=====",
    "&#x202E;", "&rlm;", "&#8206;", "&ZeroWidthSpace;", "&#xE000;", "&#x1b;", "&#xFFFF;", "&#65534;", "&#0;", "&#xD800;", "&NoBreak;", *INVISIBLES,
]  # fmt: skip


@pytest.mark.parametrize("corps", CORPS)
def test_le_recit_refuse(verifier, corps: str) -> None:
    problems = verifier(fiche(f"\n## Contexte\n\n{corps}\n"))
    assert problems, "accepté"
    assert all(13 <= problem.line <= 20 and len(problem.message) > 20 for problem in problems), problems


# — Longueurs et profondeurs : refusées, ou lues en un temps borné —

REPETES = ["`", "a`", "> ", "- ", "* ", "[", "![", "](", "[a](", "[a](b)\n", "*", "_a", "**a ", "~~", "|-\n", "|a|\n|-|\n", "\\", "<", "<a ", "<!--", "&", "&#1;", "1. ", "# a\n", "=\na\n", "> - ", "a@b.", "[a]: <", "M. ", "01 ", "«", "\n"]  # fmt: skip


@pytest.mark.parametrize("repete", REPETES)
def test_rien_ne_fait_attendre(verifier, repete: str) -> None:
    # A tenth of the heaviest fiche; quadratic, it would take minutes at full size, and more than this here.
    text = fiche("\n## Contexte\n\na" + repete * (20_000 // len(repete)) + "\nfin\n")
    start = time.process_time()
    verifier(text)
    assert time.process_time() - start < TEMPS


@pytest.mark.parametrize(
    ("nom", "text", "dit"),
    [
        ("titre d’un mégaoctet", fiche(titre="x" * 1_000_000), "une fiche ne dépasse pas"),
        ("titre de cent kilooctets", fiche(titre="x" * 100_000), "140 au plus"),
        ("un million de lignes", fiche("\n## Contexte\n" + "a\n" * 1_000_000), "une fiche ne dépasse pas"),
        ("dix mille valeurs", fiche(thematiques="[" + "sport-sante, " * 10_000 + "sport-sante]"), "6 au plus"),
        ("dix mille termes inconnus", fiche(ages="[" + "x, " * 10_000 + "y]"), "n’est pas dans vocabulaire"),
        ("crochets sans fond", fiche(titre="[" * 90_000), "niveaux d’imbrication"),
        ("adresse sans fin", fiche(documents="[{titre: t, url: 'https://" + "a." * 80_000 + " b'}]"), "lien sûr"),
    ],
)
def test_l_excessif_se_dit_vite(verifier, nom: str, text: str, dit: str) -> None:
    start = time.process_time()
    problems = verifier(text)
    assert time.process_time() - start < TEMPS
    assert any(dit in problem.message for problem in problems), problems[:3]
    assert all(len(problem.message) < 1000 for problem in problems)


# — Fichiers et dossiers —


def test_ce_qui_n_est_pas_un_fichier_est_dit(racine: Path, ecrire: Ecrire, problemes, tmp_path_factory) -> None:
    dehors = tmp_path_factory.mktemp("dehors")
    (dehors / "secret.md").write_text(fiche(titre="Secret"), "utf-8")
    (racine / "actions" / "dehors.md").symlink_to(dehors / "secret.md")
    (racine / "actions" / "passwd.md").symlink_to("/etc/passwd")
    (racine / "actions" / "boucle.md").symlink_to("boucle.md")
    (racine / "actions" / "dossier.md").mkdir()
    (racine / "dossiers").mkdir()
    (racine / "dossiers" / "rien.md").symlink_to(racine / "absent")
    (racine / "enquetes").mkdir()
    (racine / "enquetes" / "sej-2024").symlink_to(dehors)
    (dehors / "ville.yml").write_text("ville: Secret\n", "utf-8")
    os.mkfifo(racine / "actions" / "tube.md")
    by_path = {problem.path: problem.message for problem in problemes()}
    assert set(by_path) == {
        *(f"actions/{nom}.md" for nom in ("dehors", "passwd", "boucle", "dossier", "tube")),
        "dossiers/rien.md",
        "enquetes/sej-2024/ville.yml",
    }
    assert all("lien symbolique" in message for message in by_path.values())


def test_une_image_derriere_un_lien_n_est_pas_prise(ecrire: Ecrire, problemes, racine: Path, tmp_path_factory) -> None:
    dehors = tmp_path_factory.mktemp("images")
    Image.new("RGB", (9, 9)).save(dehors / "a.png")
    (racine / "actions" / "images" / "seule").mkdir(parents=True)
    (racine / "actions" / "images" / "seule" / "a.png").symlink_to(dehors / "a.png")
    (racine / "actions" / "images" / "toutes").symlink_to(dehors)
    for nom, titre in (("seule", "Une marche"), ("toutes", "Un jardin")):
        ecrire(nom, titre=titre, illustrations="[{fichier: a.png, alt: x}]")
    assert [(p.path, "lien symbolique" in p.message) for p in problemes()] == [
        ("actions/seule.md", True),
        ("actions/toutes.md", True),
    ]


@pytest.mark.parametrize(
    "octets", [b"x\xff", b"x\n::stop-commands::x", b"x\x1b[2J", "x\u202e".encode(), b"`x`", b"con\\x"]
)
def test_un_nom_de_fichier_hostile_se_dit_sur_une_ligne(racine: Path, partage: None, capfd, octets: bytes) -> None:
    (racine / "actions" / os.fsdecode(octets + b".md")).write_text(fiche(), "utf-8")
    for nom in FORMATS:
        assert main(["check", "--root", str(racine), "--format", nom]) == 1
        output = capfd.readouterr().out
        assert "identifiant" in output or "nom de fichier" in output
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\ud800-\udfff]", output)
        assert not any(line.startswith("::") and not line.startswith("::error file=") for line in output.split("\n"))


def test_une_ancienne_adresse_reste_dans_le_site(racine: Path, ecrire: Ecrire, problemes) -> None:
    noms = ["../../../x", "/etc/x", "a/b", "..", "%2e%2e", "A", "a" * 200, "piege", "a\\b"]
    ecrire()
    (racine / "dossiers").mkdir()
    head = "---\ntitre: Un dossier\nresume: Un résumé.\nselection: ?theme=sport-sante\ndate_publication: 2026-01-01\n"
    (racine / "dossiers" / "piege.md").write_text(f"{head}anciens_ids: {texte(noms)}\n---\nTexte.\n", "utf-8")
    shutil.copytree(PROJECT / "vocabulaire", racine / "vocabulaire")
    messages = {p.message.split("»")[0] for p in problemes() if p.rule == "anciens-ids"}
    assert messages == {f"« {nom[:100]}{'…' * (len(nom) > 100)} " for nom in noms}


@pytest.mark.parametrize("cle", ["id", "anciens_ids"])
def test_un_terme_ne_sort_pas_de_son_dossier(racine: Path, cle: str) -> None:
    shutil.copytree(PROJECT / "vocabulaire", racine / "vocabulaire")
    path = racine / "vocabulaire" / "thematiques.yml"
    real, ids = path.read_text("utf-8"), ("../../x", "/x", "..", "a/b", "A", "é", "a b", "%2e", "-", "x" * 90)
    entries = [
        {"id": "piege", "libelle": "a", "definition": "b", "source": "c"} | {cle: [i] if cle != "id" else i}
        for i in ids
    ]
    path.write_text(real + "".join(f"\n- {texte(entry)}" for entry in entries), "utf-8")
    problems = load_and_check(racine)[1]
    assert [p.line for p in problems] == [real.count("\n") + 2 + rang for rang in range(len(ids))]
    assert all("n’est pas un identifiant" in p.message for p in problems)
