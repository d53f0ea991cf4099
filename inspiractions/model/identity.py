"""Whose bank this is: its name, tagline, publisher, licence and country, as ``mkdocs.yml`` says them; read here alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from inspiractions.base.files import find
from inspiractions.base.kept_values import kept
from inspiractions.base.problem import Problem
from inspiractions.base.text import decapitalise, nearest, slugify, translation
from inspiractions.model.facette import PEUT_MANQUER
from inspiractions.model.source import Place, Source, Value, read_yaml
from inspiractions.model.territoire import Referentiel, UnknownLieu

SITE_URL = re.compile(r"https?://[^/\s?#]+(?:/\S*)?")
_COULEUR = re.compile(r"#[0-9a-fA-F]{6}")
_PAYS = re.compile(r"[A-Z]{3}")
IDENTIFIANT = re.compile(r"(?=.{1,40}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
# What « de » and « que » lose their last letter before: vowels, and the h of « Habitat », not that of « Haut ».
_ELIDED = re.compile(r"[aeiouyâàäéèêëîïôöûüœæ]|h(?!aut)", re.I)


@kept
@dataclass(frozen=True)
class Licence:
    """``code``: its identifier at spdx.org."""

    nom: str = "Licence Ouverte 2.0"
    adresse: str = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
    code: str = "etalab-2.0"


@kept
@dataclass(frozen=True)
class Pays:
    """Where the actions are. ``code``: ISO 3166-1 alpha-3, as the authority tables of the European Union name countries."""

    nom: str = "France"
    code: str = "FRA"


@kept
@dataclass(frozen=True)
class Couleurs:
    """``#rrggbb`` from which the theme takes hue and saturation; empty: those of the product."""

    principale: str = ""
    accent: str = ""


@kept
@dataclass(frozen=True)
class Identity:
    """What a bank says of itself. ``devise``: the tagline, in the lines of the header; ``sujet``: what its actions are, in
    lower case; ``identifiant``: what names of files and keys of browsers begin with; ``sans``: the facets that the bank does not have;
    ``territoire``: the codes of the départements that it is about, none for all of them.
    """

    nom: str = "Banque d’actions"
    devise: tuple[str, ...] = ("La banque d’actions",)
    description: str = ""
    presentation: str = ""
    sujet: str = "actions"
    identifiant: str = "banque"
    editeur: str = ""
    mots_cles: tuple[str, ...] = ()
    sans: tuple[str, ...] = ()
    territoire: tuple[str, ...] = ()
    logo: str = ""
    licence: Licence = Licence()
    pays: Pays = Pays()
    couleurs: Couleurs = Couleurs()

    @property
    def de_nom(self) -> str:
        """« d’Inspir’Actions », « de Santé Sud », « du Réseau », « des Villes »; the name alone in another language than French."""
        if translation():
            return self.nom
        return self._de_in_french

    @property
    def que_nom(self) -> str:
        """« qu’Inspir’Actions », « que Santé Sud »; the name alone in another language than French."""
        if translation():
            return self.nom
        return self._que_in_french

    @property
    def tagline(self) -> str:
        """The tagline in one line."""
        return " ".join(self.devise)

    @property
    def full_name(self) -> str:
        """« Inspir’Actions, la banque d’expériences des villes pour la santé »."""
        return f"{self.nom}, {decapitalise(self.tagline)}"

    @property
    def home_title(self) -> str:
        """The title of the home page."""
        return f"{self.nom} – {decapitalise(self.tagline)}"

    @property
    def introduced(self) -> str:
        """The name, and what the bank is in a sentence of a letter: « X, la banque … de leurs habitants »."""
        return f"{self.nom}, {decapitalise(self.description.rstrip('.') or self.tagline)}"

    @property
    def data_title(self) -> str:
        """The title of the data: « X : actions des villes… »."""
        return f"{self.nom} : {self.sujet}"

    @property
    def subject(self) -> str:
        """What the actions are, at the head of a sentence."""
        return self.sujet[:1].upper() + self.sujet[1:]

    @property
    def name_parts(self) -> list[str]:
        """The name cut at its apostrophe, which the theme draws."""
        return self.nom.split("’")

    def fill(self, text: str) -> str:
        """A page or a vocabulary, which are written in French, with its marks replaced: ‹nom›, ‹de nom›, ‹que nom›, ‹devise›, ‹licence›, ‹identifiant›…"""
        if "‹" not in text:
            return text
        marks = {
            "nom": self.nom,
            "de nom": self._de_in_french,
            "que nom": self._que_in_french,
            "devise": self.tagline,
            "licence": self.licence.nom,
            "adresse de la licence": self.licence.adresse,
            "identifiant": self.identifiant,
            "sujet": self.sujet,
        }
        for mark, value in marks.items():
            text = text.replace(f"‹{mark}›", value)
        return text

    @property
    def _de_in_french(self) -> str:
        return f"{'d’' if self._elides else 'de '}{self.nom}" if not self._article else self._contracted

    @property
    def _que_in_french(self) -> str:
        return f"{'qu’' if self._elides else 'que '}{self.nom}"

    @property
    def _elides(self) -> bool:
        return bool(_ELIDED.match(self.nom))

    @property
    def _article(self) -> re.Match[str] | None:
        return re.match(r"(Les?) ", self.nom)

    @property
    def _contracted(self) -> str:
        rest = self.nom.partition(" ")[2]
        return f"{'des' if self.nom.startswith('Les ') else 'du'} {rest}"


# The keys of « extra: » that are ours, and what each holds.
_TEXTS = ("presentation", "sujet", "identifiant", "editeur")
_LISTS = ("devise", "mots_cles", "sans", "territoire")
_GROUPS = {"licence": ("nom", "adresse", "code"), "pays": ("nom", "code"), "couleurs": ("principale", "accent")}
_NEEDED: Mapping[str, tuple[str, ...]] = {"licence": ("nom", "adresse"), "pays": ("nom", "code")}
_SHAPES = {
    "identifiant": (IDENTIFIANT, "des minuscules sans accent, des chiffres et des tirets"),
    "adresse": (SITE_URL, "une adresse entière, https://…"),
    "pays code": (_PAYS, "trois capitales, comme FRA, BEL ou CAN"),
    "principale": (_COULEUR, "une couleur entre guillemets, comme '#0e4f55'"),
    "accent": (_COULEUR, "une couleur entre guillemets, comme '#f5bd45'"),
}


@lru_cache(8)
def _read(path: Path, root: Path, _state: tuple[int, int]) -> tuple[Identity, tuple[Problem, ...]]:
    value, source, faults = read_yaml(path.parent, path)
    # What is no YAML, or acts, MkDocs and ``check_configuration`` tell.
    if faults or not isinstance(value, dict):
        return Identity(), ()
    reader = _Reader(source, root)
    return reader.identity(value), tuple(sorted(reader.problems, key=lambda problem: problem.line))


def load_identity(root: Path) -> tuple[Identity, tuple[Problem, ...]]:
    """The identity of the bank under ``root``, and what its ``mkdocs.yml`` says that makes no sense; never an exception."""
    path = find(root, "mkdocs.yml")
    if not path.is_file():
        return Identity(), ()
    status = path.stat()
    return _read(path, root, (status.st_mtime_ns, status.st_size))


def read_identity(root: Path) -> Identity:
    """The same, without what is wrong: ``check`` tells it."""
    return load_identity(root)[0]


class _Reader:
    def __init__(self, source: Source, root: Path) -> None:
        self._source, self._root = source, root
        self.problems: list[Problem] = []

    def identity(self, config: dict[str, Value]) -> Identity:
        """The identity; what is missing has its plain value, what is wrong is told and left out."""
        extra = config.get("extra")
        extra = extra if isinstance(extra, dict) else {}
        theme = config.get("theme")
        nom = str(config.get("site_name") or Identity.nom).strip().replace("'", "’")
        description = str(config.get("site_description") or "").strip()
        texts = {key: text for key in _TEXTS if (text := self._text((key,), extra))}
        lists = {key: texts_of for key in _LISTS if (texts_of := self._list(key, extra))}
        return Identity(
            nom=nom,
            devise=lists.get("devise") or ((description.rstrip("."),) if description else Identity.devise),
            description=description,
            presentation=texts.get("presentation") or description,
            sujet=texts.get("sujet") or Identity.sujet,
            identifiant=texts.get("identifiant") or slugify(nom)[:40].strip("-") or Identity.identifiant,
            editeur=texts.get("editeur") or nom,
            mots_cles=lists.get("mots_cles", ()),
            sans=self._known_facets(lists.get("sans", ())),
            territoire=self._departements(lists.get("territoire", ())),
            logo=str(theme.get("logo") or "") if isinstance(theme, dict) else "",
            licence=Licence(**group) if (group := self._group("licence", extra)) else Licence(),
            pays=Pays(**group) if (group := self._group("pays", extra)) else Pays(),
            couleurs=Couleurs(**self._group("couleurs", extra)),
        )

    def _tell(self, place: Place, message: str) -> None:
        self.problems.append(self._source.problem(("extra", *place), "identite", message))

    def _text(self, place: tuple[str, ...], values: dict[str, Value]) -> str:
        key = place[-1]
        value = values.get(key)
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip():
            self._tell(place, f"« {key} » attend un texte.")
            return ""
        text = " ".join(value.split())
        shape = _SHAPES.get(" ".join(place)) or _SHAPES.get(key)
        if shape and not shape[0].fullmatch(text):
            self._tell(place, f"« {key}: {text[:60]} » : écrivez {shape[1]}.")
            return ""
        return text

    def _list(self, key: str, extra: dict[str, Value]) -> tuple[str, ...]:
        value = extra.get(key)
        items = [value] if isinstance(value, str) else value
        if items is None:
            return ()
        if not isinstance(items, list) or not all(isinstance(item, str) and item.strip() for item in items):
            self._tell((key,), f"« {key} » attend un texte, ou une liste de textes : écrivez {key}: [a, b].")
            return ()
        return tuple(" ".join(str(item).split()) for item in items)

    def _known_facets(self, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if name not in PEUT_MANQUER:
                self._tell(
                    ("sans",), f"« {name} » sous « sans » : une banque peut se passer de {', '.join(PEUT_MANQUER)}."
                )
        return tuple(name for name in PEUT_MANQUER if name in names)

    def _departements(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The codes of what some names are, each once; nothing is read where there are none."""
        if not names:
            return ()
        codes: set[str] = set()
        referentiel = Referentiel(self._root)
        for i, name in enumerate(names):
            try:
                codes.update(referentiel.departements_of(name))
            except UnknownLieu as fault:
                self._tell(("territoire", i), str(fault))
        return tuple(sorted(codes))

    def _group(self, key: str, extra: dict[str, Value]) -> dict[str, str]:
        """The texts under a key; nothing where one that is needed is missing."""
        value, known, needed = extra.get(key), _GROUPS[key], _NEEDED.get(key, ())
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._tell((key,), f"« {key} » attend des clés : écrivez-y {', '.join(f'{name}: …' for name in known)}.")
            return {}
        for name in value:
            if name not in known:
                near = nearest(name, known)
                hint = f"vouliez-vous « {near} » ?" if near else f"écrivez l’une de {', '.join(known)}."
                self._tell((key, name), f"clé inconnue « {name} » sous « {key} » : {hint}")
        for name in needed:
            if value.get(name) is None:
                self._tell((key,), f"sous « {key} », il manque « {name} ».")
        texts = {name: self._text((key, name), value) for name in known}
        return {} if any(not texts[name] for name in needed) else texts
