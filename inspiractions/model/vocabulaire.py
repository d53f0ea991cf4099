"""The controlled vocabularies of ``vocabulaire/*.yml``: closed lists that every other module reads here, with what stands in files
beside them or is written with their terms.

What people type and no récit says (``GLOSSAIRES``): everyday words, English and acronyms, for the search alone.

The lists of « Facteurs favorables » and « Difficultés », whose points name a lever or an obstacle:
``- **Portage politique** : texte``. Under « Difficultés », « → » parts what stood in the way from what was done about it:
``- **Frein** : constat → réponse``.

What a file says of its facet, above its terms: « facette: » then « termes: ».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from inspiractions.base.files import PROJECT, find, written_files
from inspiractions.base.problem import Problem
from inspiractions.base.text import nearest, slugify
from inspiractions.model.facette import FACETTES, Facette
from inspiractions.model.identity import Identity, read_identity
from inspiractions.model.source import Place, Source, Value, read_yaml

GLOSSAIRES = ("anglais", "mots-courants", "sigles")

Glossaire = Mapping[str, tuple[str, ...]]
"""By expression as people type it, the expressions that the récits use."""


def load_glossaire(root: Path) -> tuple[Glossaire, list[Problem]]:
    """Read the three files; one that is missing has no entry, a faulty entry is a problem."""
    meanings: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for nom in GLOSSAIRES:
        path = find(root, f"vocabulaire/{nom}.yml")
        if path.is_file():
            value, source, faults = read_yaml(path.parents[1], path)
            problems += faults
            for rang, entry in enumerate(value if isinstance(value, list) else []):
                problems += _add(entry, rang, meanings, source)
    return meanings, problems


def _add(entry: Value, rang: int, meanings: dict[str, tuple[str, ...]], source: Source) -> list[Problem]:
    typed = _texts(entry.get("dit")) if isinstance(entry, dict) else ()
    meant = _texts(entry.get("cherche")) if isinstance(entry, dict) else ()
    if not typed or not meant:
        message = "écrivez « - dit: ce que l’on tape » puis « cherche: [ce que disent les récits] »."
        return [source.problem((rang,), "vocabulaire", message)]
    twice = [text for text in typed if text in meanings]
    if twice:
        return [source.problem((rang,), "vocabulaire", f"« {twice[0]} » est déjà dit plus haut : gardez une entrée.")]
    meanings.update(dict.fromkeys(typed, meant))
    return []


def _texts(value: Value) -> tuple[str, ...]:
    """A text, or a list of texts."""
    items = value if isinstance(value, list) else [value]
    return tuple(" ".join(str(item).split()) for item in items if isinstance(item, str | int) and str(item).strip())


_FACET_TEXTS = ("titre", "singulier", "entier", "ensemble", "presentation", "description")
_SWITCHES = ("carte", "obligatoire", "ouverte")
_NUMBERS = ("ordre", "maximum")
_KEYS = (*_FACET_TEXTS, *_SWITCHES, *_NUMBERS)
# A key of YAML, of Python, of an address and of a column at once.
_CLE = re.compile(r"[a-z][a-z0-9]{2,30}")
# The folders of the site that no page of docs/ holds.
_FOLDERS = frozenset(["admin", "api", "assets", "communes", "departements", "oembed", "recherche", "regions", "villes"])
# After the product's own, before what tells the state of a fiche.
_ORDRE = 8


class FacetReader:
    """Reads the head of one file. ``facette``: that of the product, with what the file changes; or a new one (``is_own``); or none."""

    def __init__(self, source: Source, facette: Facette | None, is_own: bool, identity: Identity) -> None:
        self._source, self._is_own, self._identity = source, is_own, identity
        self.facette = facette
        self.problems: list[Problem] = []

    def split(self, value: Value) -> tuple[Value, Place]:
        """The entries, and where they stand in the file."""
        if not isinstance(value, dict):
            if self.facette is None and self._is_own:
                self._tell(
                    (),
                    "ce vocabulaire n’est pas de ceux du produit : commencez par « facette: {titre: …, singulier: …} », puis « termes: ».",
                )
            return value, ()
        head = value.get("facette")
        for key in value:
            if key not in ("facette", "termes"):
                self._tell(
                    (key,),
                    f"clé inconnue « {key} » : un vocabulaire est une liste d’entrées « - id: … », ou « facette: » puis « termes: ».",
                )
        if self.facette is None and not self._is_own:
            self._tell(("facette",), "ce vocabulaire n’est pas une facette : ôtez « facette: ».")
        elif not isinstance(head, dict):
            self._tell(("facette",), "« facette » attend des clés : titre: …, singulier: …")
        else:
            self._read(head)
        return value.get("termes"), ("termes",)

    def _tell(self, place: Place, message: str) -> None:
        self.problems.append(self._source.problem(place or 1, "vocabulaire", message))

    def _read(self, head: Mapping[str, Value]) -> None:
        values: dict[str, Any] = {key: self._value(key, value) for key, value in head.items() if self._is_known(key)}
        values = {key: value for key, value in values.items() if value not in (None, "")}
        ordre = values.pop("ordre", None)
        changes: dict[str, Any] = {**values, **({"rang": ordre} if ordre is not None else {})}
        if self.facette:
            self.facette = replace(self.facette, **changes)
        elif self._is_free():
            for key in ("titre", "singulier"):
                if key not in values:
                    self._tell(("facette",), f"sous « facette », il manque « {key} ».")
                    return
            cle = self._source.stem
            self.facette = Facette(cle=cle, adresse=cle, parametre=cle, **{"rang": _ORDRE, **changes}, propre=True)

    def _is_known(self, key: str) -> bool:
        if key in _KEYS:
            return True
        near = nearest(key, _KEYS)
        self._tell(
            ("facette", key),
            f"clé inconnue « {key} » : "
            + (f"vouliez-vous « {near} » ?" if near else f"écrivez l’une de {', '.join(_KEYS)}."),
        )
        return False

    def _value(self, key: str, value: Value) -> object:
        if key in _FACET_TEXTS and isinstance(value, str) and not re.search(r"[<>\"]", value):
            return self._identity.fill(" ".join(value.split()))
        if key in _SWITCHES and value in ("oui", "non", True, False):
            return value in ("oui", True)
        if key in _NUMBERS and str(value).isdecimal():
            return int(str(value))
        wanted = (
            "un texte sans « < », « > » ni guillemet droit"
            if key in _FACET_TEXTS
            else "oui ou non"
            if key in _SWITCHES
            else "un nombre"
        )
        self._tell(("facette", key), f"« {key} » attend {wanted}.")
        return None

    def _is_free(self) -> bool:
        """Whether the name of the file may be a key of the fiches and a folder of the site."""
        # Here, not above: the model of a fiche reads its closed lists, and so this file.
        from inspiractions.model.action import Action

        name = self._source.stem
        known = {facette.parametre for facette in FACETTES} | {facette.adresse for facette in FACETTES}
        taken = name in (*Action.model_fields, *known, *_FOLDERS) or (PROJECT / "docs" / name).exists()
        if not _CLE.fullmatch(name) or taken or hasattr(Action, name):
            self._tell(
                (),
                f"« {name} » ne peut être le nom d’une facette : renommez le fichier, en minuscules sans accent ni tiret, d’un mot qui ne soit pas déjà une clé ou une adresse.",
            )
            return False
        return True


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
)


SYNONYMES = ("anglais", "mots-courants", "sigles")
"""The files of ``vocabulaire/`` that are no closed list (``model/vocabulaire.py``)."""


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
    if missing := [key for key in _REQUIRED if not isinstance(entry.get(key), str)]:
        names, lines = (", ".join(f"« {key}{end} »" for key in missing) for end in ("", ": …"))
        return f"{'la clé' if len(missing) == 1 else 'les clés'} {names} {'manque' if len(missing) == 1 else 'manquent'} : ajoutez {lines}."
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


_ITEM = re.compile(r"[-*+] +(?:\*\*(?P<mot>[^*]+?)\s*:?\*\*\s*:?\s+)?(?P<texte>\S.*)")

_TYPED = re.compile(r"(?<!\S)->(?!\S)")
_ARROW = re.compile(r"(?:^|\s+)→(?:\s+|$)")

# Which vocabulary names the points of which rubrique.
VOCABULAIRE_DE = {"facteurs-favorables": "leviers", "difficultes": "freins"}


@dataclass(frozen=True)
class ListedPoint:
    """One item. ``mot`` is the bold label as written, ``terme`` what it names if the vocabulary knows it.

    ``texte`` is all that follows, answer included; an arrow typed « -> » is kept as « → ».
    """

    mot: str
    terme: Terme | None
    texte: str
    line: int

    @property
    def parts(self) -> list[str]:
        """The text cut at its arrows: one part, or what stood in the way and what was done about it."""
        return _ARROW.split(self.texte) if "→" in self.texte else [self.texte]

    @property
    def constat(self) -> str:
        """What is said first: all of it where there is no arrow."""
        return self.parts[0]

    @property
    def reponse(self) -> str:
        """What was done about it, or nothing: a text without an arrow may tell it, too, but not apart."""
        return self.parts[1] if len(self.parts) == 2 else ""


def parse_points(texte: str, first_line: int, vocabulaire: Vocabulaire) -> list[ListedPoint]:
    """The items of a rubrique that is one plain list; an empty list where it is anything else."""
    points: list[ListedPoint] = []
    for number, line in enumerate(texte.split("\n"), first_line):
        if not line.strip():
            continue
        item = _ITEM.fullmatch(line)
        if item:
            mot = item["mot"] or ""
            points.append(
                ListedPoint(mot, vocabulaire.par_nom.get(slugify(mot)) if mot else None, item["texte"], number)
            )
        elif points and line.startswith("  ") and not line.lstrip().startswith(("-", "*", "+", "#", ">", "```")):
            last = points[-1]
            points[-1] = ListedPoint(last.mot, last.terme, f"{last.texte} {line.strip()}", last.line)
        else:
            return []
    return [replace(point, texte=_TYPED.sub("→", point.texte)) for point in points]
