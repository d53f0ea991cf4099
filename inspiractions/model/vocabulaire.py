"""The controlled vocabularies of ``vocabulaire/*.yml``: closed lists that every other module reads here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from inspiractions.base.files import written_files
from inspiractions.base.paths import find
from inspiractions.base.problem import Problem
from inspiractions.base.text import nearest, slugify
from inspiractions.model.facette import FACETTES, Facette
from inspiractions.model.facette_file import FacetReader
from inspiractions.model.identity import Identity, read_identity
from inspiractions.model.source import Place, Source, Value, read_yaml

NOMS = (
    "ages",
    "axes",
    "qpv",
    "thematiques",
    "determinants",
    "publics",
    "campagnes",
    "echelles",
    "connaissance",
    "evaluations",
    "leviers",
    "freins",
    "rubriques",
)  # fmt: skip


SYNONYMES = ("anglais", "mots-courants", "sigles")
"""The files of ``vocabulaire/`` that are no closed list (``model/glossaire.py``)."""


@dataclass(frozen=True)
class Terme:
    """One entry. ``rang`` is its place in the file, which is the order of every list on the site.

    ``annee``, ``demande`` (what was asked), ``calendrier`` (when), ``cloture`` (the last day to answer, ``2027-01-31``) and
    ``reponses`` (how many) are a campaign's.
    """

    id: str
    libelle: str
    definition: str
    source: str
    rang: int
    libelle_court: str = ""
    parent: str = ""
    annee: str = ""
    demande: str = ""
    calendrier: str = ""
    cloture: str = ""
    reponses: str = ""
    synonymes: tuple[str, ...] = ()
    anciens_ids: tuple[str, ...] = ()
    variantes: tuple[str, ...] = ()

    @property
    def court(self) -> str:
        """The label for cards and lists."""
        return self.libelle_court or self.libelle


@dataclass(frozen=True)
class Vocabulaire:
    """A closed list of ``Terme``, in the order of its file."""

    nom: str
    termes: Mapping[str, Terme]

    def __getitem__(self, identifiant: str) -> Terme:
        return self.termes[identifiant]

    def __contains__(self, identifiant: object) -> bool:
        return identifiant in self.termes

    def __iter__(self) -> Iterator[Terme]:
        return iter(self.termes.values())

    @cached_property
    def enfants(self) -> Mapping[str, tuple[Terme, ...]]:
        """Children by parent id; the terms without a parent stand under ``""``."""
        return {p: tuple(t for t in self if t.parent == p) for p in ("", *self.termes)}

    @cached_property
    def rangs(self) -> Mapping[str, int]:
        """The place of each term in the file, by id."""
        return {t.id: t.rang for t in self}

    @cached_property
    def par_nom(self) -> Mapping[str, Terme]:
        """The terms by slug of their label, short label and id."""
        return {slugify(nom): t for t in self for nom in (t.libelle, t.court, t.id)}

    @cached_property
    def par_variante(self) -> Mapping[str, Terme]:
        """The same, and by the wordings of the forms."""
        return {**{slugify(nom): t for t in self for nom in t.variantes}, **self.par_nom}

    def suggest(self, value: str) -> Terme | None:
        """The term whose id, label or synonym looks most like ``value``."""
        by_name = {nom: t for t in self for nom in (*t.synonymes, t.libelle, t.court, t.id)}
        near = nearest(value, by_name)
        return by_name[near] if near else None


class Vocabulaires(dict[str, Vocabulaire]):
    """The closed lists by name; ``facettes``: the ways into the bank that they make; ``sans``: those that it does not have."""

    def __init__(
        self,
        vocabulaires: Mapping[str, Vocabulaire],
        facettes: tuple[Facette, ...] = FACETTES,
        sans: tuple[str, ...] = (),
    ) -> None:
        super().__init__(vocabulaires)
        self.facettes, self.sans = facettes, sans


# An id is a folder of the site.
_ID = re.compile(r"(?=.{1,80}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
_NO_FOLDER = re.compile(r"page|con|prn|aux|nul|(?:com|lpt)[1-9]")
_AGE = re.compile(r"[0-9]{1,3}-(?:[0-9]{1,3}|plus)|tous")
_JOUR = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_REQUIRED = ("id", "libelle", "definition", "source")
_TEXTS = (*_REQUIRED, "libelle_court", "parent", "annee", "demande", "calendrier", "cloture", "reponses")
_LISTS = ("synonymes", "variantes", "anciens_ids")


def load_vocabulaires(root: Path) -> tuple[Vocabulaires, list[Problem]]:
    """Read the vocabularies named in ``NOMS``, the product's where the tree has none of that name; a missing file or a faulty entry is a problem, never an exception."""
    vocabulaires: dict[str, Vocabulaire] = {}
    problems: list[Problem] = []
    identity = read_identity(root)
    facettes = {facette.nom_de_liste: facette for facette in FACETTES}
    for nom in (*NOMS, *_own_names(root)):
        path = find(root, f"vocabulaire/{nom}.yml")
        if path.is_file():
            value, source, faults = read_yaml(path.parents[1], path)
            reader = FacetReader(source, facettes.get(nom), nom not in NOMS, identity)
            entries, place = reader.split(value)
            if reader.facette:
                facettes[nom] = reader.facette
            termes, wrong = _termes(entries, place, source, identity)
            problems += faults + (reader.problems or wrong)
        else:
            termes = {}
            problems.append(
                Problem(f"vocabulaire/{nom}.yml", 1, "vocabulaire", "ce vocabulaire manque : remettez le fichier.")
            )
        vocabulaires[nom] = Vocabulaire(nom, termes)
    kept = tuple(facette for facette in facettes.values() if facette.cle not in identity.sans)
    return Vocabulaires(vocabulaires, kept, identity.sans), problems


def _own_names(root: Path) -> list[str]:
    """The vocabularies that a bank declares by itself."""
    files = written_files(root / "vocabulaire", "*.yml")
    return [path.stem for path in files if path.stem not in (*NOMS, *SYNONYMES)]


def of_vocabularies(problems: Iterable[Problem]) -> list[Problem]:
    """Those of the vocabularies, out of all that a check found: while one remains, sound files look faulty."""
    return [problem for problem in problems if problem.path.startswith("vocabulaire/")]


def _termes(value: Value, place: Place, source: Source, identity: Identity) -> tuple[dict[str, Terme], list[Problem]]:
    termes: dict[str, Terme] = {}
    problems: list[Problem] = []
    entries = value if isinstance(value, list) else []
    if not entries:
        problems.append(source.problem(1, "vocabulaire", "un vocabulaire est une liste d’entrées « - id: … »."))
    for rang, entry in enumerate(entries):
        fault = _fault(entry, termes) or (_age_fault(entry) if source.stem == "ages" else "")
        if fault or not isinstance(entry, dict):
            problems.append(source.problem((*place, rang), "vocabulaire", fault))
            continue
        texts = {key: identity.fill(" ".join(str(entry[key]).split())) for key in _TEXTS if entry.get(key)}
        lists = {key: tuple(map(str, items)) for key in _LISTS if isinstance(items := entry.get(key), list)}
        termes[texts["id"]] = Terme(rang=rang, **texts, **lists)  # type: ignore[arg-type]
    owners = {identifiant: identifiant for identifiant in termes}
    for terme in termes.values():
        for ancien in terme.anciens_ids:
            if owners.setdefault(ancien, terme.id) != terme.id or ancien == terme.id:
                message = f"« {ancien} », ancien identifiant de « {terme.id} », est celui de « {owners[ancien]} » : gardez-le à un seul endroit."
                problems.append(source.problem((*place, terme.rang, "anciens_ids"), "anciens-ids", message))
        if terme.parent and terme.parent not in termes:
            message = f"« {terme.id} » a pour parent « {terme.parent} », qui n’existe pas dans cette liste."
            problems.append(source.problem((*place, terme.rang), "vocabulaire", message))
    return termes, problems


def _age_fault(entry: Value) -> str:
    """Ages are told from their ids: « 4-11 » and « 12-17 » together make « 4-17 ans »."""
    if isinstance(entry, dict) and not _AGE.fullmatch(str(entry["id"])):
        return (
            f"« {entry['id']} » n’est pas un âge : écrivez deux nombres, comme « 4-11 », ou « 65-plus », ou « tous »."
        )
    return ""


def _fault(entry: Value, termes: Mapping[str, Terme]) -> str:
    """What is wrong in one entry, or an empty text."""
    if not isinstance(entry, dict):
        return "chaque entrée s’écrit « - id: … », puis « libelle: », « definition: », « source: »."
    for key in entry:
        if key not in (*_TEXTS, *_LISTS):
            return f"clé inconnue « {key} » : écrivez l’une de {', '.join((*_TEXTS, *_LISTS))}."
    for key in _REQUIRED:
        if not isinstance(entry.get(key), str):
            return f"la clé « {key} » manque : ajoutez « {key}: … »."
    for key in _LISTS:
        if entry.get(key) is not None and not isinstance(entry[key], list):
            return f"« {key} » attend une liste : écrivez {key}: [a, b]."
    for identifiant in (entry["id"], *(entry.get("anciens_ids") or ())):
        if not isinstance(identifiant, str) or not _ID.fullmatch(identifiant) or _NO_FOLDER.fullmatch(identifiant):
            return f"« {identifiant} » n’est pas un identifiant : écrivez des minuscules sans accent, des chiffres et des tirets, 80 signes au plus."
    if entry.get("cloture") and not _JOUR.fullmatch(str(entry["cloture"])):
        return f"« cloture: {entry['cloture']} » n’est pas un jour : écrivez AAAA-MM-JJ, par exemple « cloture: 2027-01-31 »."
    if entry["id"] in termes:
        return f"l’identifiant « {entry['id']} » est écrit deux fois : gardez une entrée."
    return ""
