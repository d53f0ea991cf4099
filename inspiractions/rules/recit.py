"""Rules on the body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inspiractions.base import markdown
from inspiractions.base.problem import Problem
from inspiractions.base.text import nearest, slugify
from inspiractions.model.action import Action, rubrique_de
from inspiractions.model.banque import Banque
from inspiractions.model.source import Source
from inspiractions.model.types import LIEN_SUR, MAX_URL
from inspiractions.model.vocabulaire import VOCABULAIRE_DE, parse_points

_HTTP = re.compile(
    r"\]\(\s*+<?+(?!https://|#)([^)\s>]*)"
    r"|^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*+<?+(?!https://|#)(\S+)"
    r"|<(http://[^>\s]*)>|(?<![(<\w])((?:http://|ftp://)\S+)|(?<![\w./@-])(www\.[\w-]+\.\S+)",
    re.M,
)
_NOT_TITLE = re.compile(r"\||[-*+#>]|\d+[.)] ")
_IMAGE_LEFT = re.compile(r"(?<!\\)!\[[^\]\n]{0,300}\]\[")
# The rubrique that tells what was done, and the fiches that say only what others published.
_DONE, _PUBLIC_SOURCES = "deroule", "sources-publiques"
_SETEXT = re.compile(r"^\S.*\n {0,3}(?:-{2,}|=+) *$", re.M)


def recit(source: Source, banque: Banque) -> Iterator[Problem]:
    """Le récit se range sous des titres « ## », chacun une seule fois ; rien ne reste avant le premier."""
    if source.preamble.strip():
        offset = len(source.preamble) - len(source.preamble.lstrip())
        line = source.body_line + source.preamble[:offset].count("\n")
        yield source.problem(
            line,
            "rubriques",
            "ce texte n’est sous aucune rubrique : placez-le sous un titre, par exemple « ## Contexte ».",
        )
    first_lines: dict[str, int] = {}
    for section in source.sections:
        canonical = rubrique_de(section.titre, banque.vocabulaires["rubriques"])
        key = canonical.id if canonical else slugify(section.titre)
        if not key:
            yield source.problem(section.line, "rubriques", "titre vide : écrivez par exemple « ## Contexte ».")
        elif key in first_lines:
            yield source.problem(
                section.line,
                "rubriques",
                f"la rubrique « {section.titre} » est écrite deux fois (déjà ligne {first_lines[key]}) : réunissez les deux textes.",
            )
        first_lines.setdefault(key, section.line)
    prose = markdown.without_code(source.body)
    for title in re.finditer(r"^ {0,3}#(?!#)[ \t].*$", prose, re.M):
        yield source.problem(
            source.line_at(title.start()),
            "rubriques",
            "titre de niveau 1 dans le récit : écrivez « ## » et le nom d’une rubrique.",
        )
    for title in _SETEXT.finditer(prose):
        if not _NOT_TITLE.match(title[0]):
            yield source.problem(
                source.line_at(title.start()),
                "rubriques",
                "titre souligné : écrivez « ## » devant le nom de la rubrique.",
            )


def rubriques_proches(source: Source, banque: Banque) -> Iterator[Problem]:
    """Un titre qui ressemble à une rubrique sans en être une est sans doute une faute de frappe ; celui qui commence par son nom, comme « Déroulement », est à relire."""
    rubriques = banque.vocabulaires["rubriques"]
    for section in source.sections:
        if slugify(section.titre) in rubriques.par_variante:
            continue
        near = nearest(slugify(section.titre), rubriques.par_variante, floor=0.82)
        if near:
            libelle = rubriques.par_variante[near].libelle
            yield source.problem(
                section.line,
                "rubriques",
                f"« {section.titre} » ressemble à une rubrique ; écrivez « ## {libelle} », ou un titre bien différent.",
            )
        elif begun := next((r for r in rubriques if slugify(section.titre).startswith(slugify(r.court))), None):
            message = f"« {section.titre} » n’est pas une rubrique, la page la garde à part : écrivez « ## {begun.libelle} » si c’est elle."
            yield source.problem(section.line, "rubriques", message, doubt=True)


def deroule_absent(source: Source, action: Action, banque: Banque) -> Iterator[Problem]:
    """Un récit que la ville a raconté elle-même dit ce qui a été fait, sous « Déroulé » ; une source publique peut n’en rien dire."""
    rubriques = banque.vocabulaires["rubriques"]
    if _DONE not in rubriques or _DONE in action.rubriques_par_id or action.connaissance == _PUBLIC_SOURCES:
        return
    message = f"le récit n’a pas de « ## {rubriques[_DONE].libelle} » : dites-y ce qui a été fait, par qui et dans quel ordre."
    yield source.problem(source.body_line, "rubriques", message, doubt=True)


def html_brut(source: Source, banque: Banque) -> Iterator[Problem]:
    """Le récit est en Markdown : aucune balise HTML."""
    for line, excerpt in markdown.raw_html(source.body, source.body_line):
        yield source.problem(
            line,
            "html",
            f"balise HTML « {excerpt} » : écrivez en Markdown (**gras**, [texte](https://…), listes « - »).",
        )


def images_du_recit(source: Source, banque: Banque) -> Iterator[Problem]:
    """Les images passent par « illustrations », qui demande un texte de remplacement."""
    message = "image dans le récit : déclarez-la sous « illustrations » avec « fichier » et « alt »."
    images = markdown.images(source.body)
    # « ![plan][1] » that nothing defines is no image yet: the reader would see its signs.
    for offset in images or (left.start() for left in _IMAGE_LEFT.finditer(markdown.without_code(source.body))):
        yield source.problem(source.line_at(offset), "images", message)


def liens(source: Source, banque: Banque) -> Iterator[Problem]:
    """Les liens du récit sont en https."""
    # A definition counts in its section, where each is made apart, and in the whole, where the first counts.
    parts = [source.body, *(section.texte for section in source.sections if "]:" in section.texte)]
    targets = dict.fromkeys(target for part in parts for target in markdown.targets(part))
    links = [
        (max(0, source.body.find(target)), target or "…")
        for target in targets
        if not (LIEN_SUR.fullmatch(target) or target.startswith(("#", "mailto:")))
    ]
    for target in (target for target in targets if len(target) > MAX_URL):
        message = f"lien « {target[:60]}… » de {len(target)} signes : une adresse en a {MAX_URL} au plus, citez la page qui y mène."
        yield source.problem(source.line_at(max(0, source.body.find(target[:200]))), "liens", message)
    # The page decides; as it was written, it is easier to find.
    written = [
        (address.start(), next((g for g in address.groups() if g is not None), ""))
        for address in (_HTTP.finditer(source.body) if links else ())
    ]
    for offset, target in written or links:
        yield source.problem(
            source.line_at(offset),
            "liens",
            f"lien « {target[:60]} » refusé : écrivez une adresse complète en https://.",
        )


def points(source: Source, action: Action, banque: Banque) -> Iterator[Problem]:
    """Un point qui s’ouvre par « **Levier** : » nomme un levier ou un frein déclaré dans l’en-tête."""
    for rubrique in action.rubriques:
        key = VOCABULAIRE_DE.get(rubrique.id)
        if not key:
            continue
        vocabulaire = banque.vocabulaires[key]
        for point in parse_points(rubrique.texte, rubrique.line + 1, vocabulaire):
            if point.terme and point.terme.id not in getattr(action, key):
                yield source.problem(
                    point.line,
                    "points",
                    f"« {point.mot} » manque dans l’en-tête : ajoutez {point.terme.id} à « {key} ».",
                )
            elif point.mot and not point.terme:
                near = nearest(point.mot, [t.libelle for t in vocabulaire], floor=0.75)
                advice = (
                    f"vouliez-vous « {near} » ?"
                    if near
                    else "le site le montre, mais aucune de ses pages n’y mène. Prenez un nom de la liste, ou ôtez le gras."
                )
                message = f"« {point.mot} » n’est pas dans vocabulaire/{key}.yml ; {advice}"
                yield source.problem(point.line, "points", message, doubt=not near)


def fleches(source: Source, action: Action, banque: Banque) -> Iterator[Problem]:
    """Sous « Difficultés », une flèche « → » sépare la difficulté de ce qui a été fait : une par point, un texte de chaque côté."""
    for rubrique in action.rubriques:
        if not (key := VOCABULAIRE_DE.get(rubrique.id)):
            continue
        for point in parse_points(rubrique.texte, rubrique.line + 1, banque.vocabulaires[key]):
            if len(point.parts) == 1:
                continue
            if key == "leviers":
                message = "une flèche « → » n’a de sens que sous « Difficultés » : écrivez ici une phrase sans flèche."
            elif len(point.parts) > 2:
                message = (
                    "ce point a plusieurs flèches « → » : gardez-en une, entre la difficulté et ce qui a été fait."
                )
            elif not all(point.parts):
                message = "il manque un texte d’un côté de la flèche « → » : écrivez « la difficulté → ce qui a été fait », ou ôtez la flèche."
            else:
                continue
            yield source.problem(point.line, "fleches", message)


def a_la_une(source: Source, action: Action, banque: Banque) -> Iterator[Problem]:
    """Le récit de la page d’accueil donne des résultats, et une difficulté avec ce qui a été fait."""
    if not action.a_la_une:
        return
    parts = action.rubriques_par_id
    obstacles = parts.get("difficultes")
    points = parse_points(obstacles.texte, obstacles.line + 1, banque.vocabulaires["freins"]) if obstacles else []
    if "resultats" not in parts or not any(point.reponse for point in points):
        message = "la page d’accueil raconte un résultat, une difficulté et ce qui a été fait : complétez le récit (« ## Résultats », « la difficulté → ce qui a été fait »), ou ôtez « a_la_une »."
        yield source.problem(("a_la_une",), "a-la-une", message)
