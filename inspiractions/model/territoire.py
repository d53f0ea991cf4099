"""From a name as people write it to a commune, an EPCI, a département or a région of ``referentiels/``."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from inspiractions.base.digests import digest
from inspiractions.base.files import find
from inspiractions.base.kept_values import kept
from inspiractions.base.memo import Memo
from inspiractions.base.text import fold, nearest, slugify

_CATEGORIES = {
    "CC": "Communauté de communes",
    "CA": "Communauté d’agglomération",
    "CU": "Communauté urbaine",
    "METRO": "Métropole",
    "MET69": "Métropole",
}
_PREFIX = re.compile(
    r"^(?:cc|ca|cu|ept|etablissement public territorial|communaute de communes|communaute d agglomeration|communaute urbaine|metropole)\b\s*"
    r"(?:(?:du|de la|de l|des|de|d)\b\s*)?"
)
_SAYS_CATEGORY = re.compile(r"agglo|metropole|communaute|intercom")
_QUALIFIED = re.compile(r"^(.*?)\s*\(([^()]+)\)$")
_NOT_WORD, _SAINT = re.compile(r"[^a-z0-9\n]+"), re.compile(r"\bst(e?)\b")


@kept
@dataclass(frozen=True)
class Lieu:
    """A place that leads an action. Codes: INSEE (commune, département, région) or SIREN (EPCI).

    ``population`` in inhabitants, 0 where unknown; ``lon``/``lat`` in degrees WGS 84, of the town hall (of the most
    populous commune for an EPCI), ``None`` where unknown. ``departement`` is empty for a région of several départements.
    """

    genre: str
    code: str
    nom: str
    slug: str
    departement: str
    region: str
    population: int = 0
    lon: float | None = None
    lat: float | None = None


class UnknownLieu(ValueError):
    """A name that the reference does not know, or that several places bear. The text says what to write."""


class Referentiel:
    """The places of France (Etalab, découpage administratif 2026: see ``referentiels/NOTICE.md``).

    ``memo`` keeps the names that were found: the 35,000 communes are read when another one is asked for. ``folder``:
    where the files are.
    """

    def __init__(self, root: Path, memo: Memo | None = None) -> None:
        self._memo = memo or Memo(None, b"")
        folder = find(root, "referentiels")
        self.regions: Mapping[str, str] = {r["code"]: r["nom"].replace("'", "’") for r in _rows(folder / "regions.csv")}
        departements = list(_rows(folder / "departements.csv"))
        self.departements: Mapping[str, str] = {d["code"]: d["nom"].replace("'", "’") for d in departements}
        self.region_of: Mapping[str, str] = {d["code"]: d["region"] for d in departements}
        self.folder = folder
        self._found: dict[str, Lieu] = {}

    def read_communes(self) -> None:
        """Read them now: copies of this process that look for places need not read them each."""
        _ = self._communes_by_name

    def resolve(self, nom: str) -> Lieu:
        """The place that bears this name; ``Nom (93)`` and ``Nom (région)`` tell homonyms apart.

        Raises ``UnknownLieu``.
        """
        if nom not in self._found:
            self._found[nom] = self._memo.get_or_make("lieu", digest(nom), lambda: self._resolve(nom))
        return self._found[nom]

    def departements_of(self, nom: str) -> tuple[str, ...]:
        """The codes of a département, or of all those of a région: by name, or as the explorer writes them (``d-93``, ``r-11``).

        Raises ``UnknownLieu``.
        """
        for prefix, names in (("r", self.regions), ("d", self.departements)):
            for code, official in names.items():
                if nom.lower() == f"{prefix}-{code}".lower() or name_key(nom) == name_key(official):
                    return (code,) if prefix == "d" else tuple(d for d, r in self.region_of.items() if r == code)
        near = nearest(nom, [*self.regions.values(), *self.departements.values()])
        hint = f" ; vouliez-vous « {near} » ?" if near else " : écrivez-en un, comme « Bretagne » ou « Gard »."
        raise UnknownLieu(f"« {nom} » n’est le nom d’aucune région ni d’aucun département{hint}")

    def slug_of_region(self, code: str) -> str:
        """The part of the address of a région."""
        return slugify(self.regions[code])

    def _resolve(self, nom: str) -> Lieu:
        # Runs of spaces would cost the expression the square of their length.
        nom = " ".join(nom.split())
        qualified = _QUALIFIED.match(nom)
        bare, qualifier = (qualified[1], qualified[2].strip()) if qualified else (nom, "")
        if fold(qualifier) in ("region", "departement"):
            return self._area(bare, fold(qualifier))
        communes = self._communes_by_name.get(name_key(bare), [])
        if qualifier:
            communes = [c for c in communes if c["departement"].lower() == qualifier.lower()]
        if len(communes) > 1:
            raise UnknownLieu(_ambiguous(bare, communes))
        if communes:
            return self._commune(communes[0])
        named = self._epci_by_name.get(name_key(bare)) or self._epci_by_name.get(bare_name_key(bare)) or []
        epci = [self._intercommunalite(row) for row in named]
        if qualifier:
            epci = [lieu for lieu in epci if lieu.departement.lower() == qualifier.lower()]
        if len(epci) > 1:
            noms = ", ".join(f"« {lieu.nom} ({lieu.departement}) »" for lieu in epci[:6])
            raise UnknownLieu(f"« {bare} » : plusieurs intercommunalités portent ce nom ; écrivez l’une de {noms}.")
        if epci:
            return epci[0]
        raise UnknownLieu(self._unknown(nom, bare, qualifier))

    def _area(self, nom: str, genre: str) -> Lieu:
        names = self.regions if genre == "region" else self.departements
        for code, official in names.items():
            if name_key(official) == name_key(nom):
                region = self.region_of[code] if genre == "departement" else code
                inside = [d for d, r in self.region_of.items() if r == region]
                # Overseas, a région of one département is that département, too.
                departement = code if genre == "departement" else inside[0] if len(inside) == 1 else ""
                return Lieu(genre, code, official, slugify(official), departement, region)
        near = nearest(nom, names.values())
        word = "région" if genre == "region" else "département"
        hint = f" ; vouliez-vous « {near} ({word}) » ?" if near else "."
        raise UnknownLieu(
            f"« {nom} » n’est le nom d’aucun·e {word}".replace("aucun·e région", "aucune région").replace(
                "aucun·e", "aucun"
            )
            + hint
        )

    def _commune(self, row: Mapping[str, str]) -> Lieu:
        # The same slug is the same words, hence the same key: no need to make the slugs of all of France.
        slugs = [slugify(other["nom"]) for other in self._communes_by_name[name_key(row["nom"])]]
        homonyms = slugs.count(slugify(row["nom"])) > 1
        slug = f"{row['nom']} {row['departement']}" if homonyms else row["nom"]
        return Lieu(
            "commune",
            row["code"],
            row["nom"].replace("'", "’"),
            slugify(slug),
            row["departement"],
            row["region"],
            *_measures(row),
        )

    def _intercommunalite(self, row: Mapping[str, str]) -> Lieu:
        centre = self.centre_of(row["code"])
        nom = official_name(row["nom"], row["type"])
        lieu = self._commune(centre)
        homonyms = sum(official_name(e["nom"], e["type"]) == nom for e in self._epci_by_name[name_key(nom)]) > 1
        return Lieu(
            "epci",
            row["code"],
            nom,
            slugify(f"{nom} {lieu.departement}" if homonyms else nom),
            lieu.departement,
            lieu.region,
            int(row["population"] or 0),
            lieu.lon,
            lieu.lat,
        )

    def _unknown(self, nom: str, bare: str, qualifier: str) -> str:
        same = self._communes_by_name.get(name_key(bare))
        if same:
            return f"« {nom} » : aucune commune de ce nom dans « {qualifier} » ; écrivez {_choices(same)}."
        key = name_key(bare)
        near = [k for k in self._communes_by_name if k[:1] == key[:1] and abs(len(k) - len(key)) <= 3]
        near += [k for k in self._epci_by_name if k[:1] == key[:1] and abs(len(k) - len(key)) <= 3]
        neighbour = nearest(key, near, floor=0.7)
        if not neighbour:
            return f"« {nom} » n’est ni une commune ni une intercommunalité connue : écrivez le nom officiel, ou « … (département) », « … (région) »."
        rows = self._communes_by_name.get(neighbour)
        best = _choices(rows) if rows else f"« {self._epci_by_name[neighbour][0]['nom']} »"
        return f"« {nom} » n’est ni une commune ni une intercommunalité connue ; vouliez-vous {best} ?"

    @cached_property
    def communes(self) -> list[dict[str, str]]:
        """A row a commune or municipal arrondissement: the columns of ``communes.csv``, and ``cle``, the key of its name."""
        rows = _rows(self.folder / "communes.csv")
        for row, key in zip(rows, name_keys(row["nom"] for row in rows), strict=True):
            row["cle"] = key
        return rows

    @cached_property
    def intercommunalites(self) -> list[dict[str, str]]:
        """A row an EPCI or an établissement public territorial of the Métropole du Grand Paris."""
        return _rows(self.folder / "epci.csv") + self._ept

    @cached_property
    def codes_postaux(self) -> list[dict[str, str]]:
        """The postcodes of each commune: ``code``, and ``codes_postaux`` separated by spaces."""
        return _rows(self.folder / "codes_postaux.csv")

    @cached_property
    def noms_usuels(self) -> list[dict[str, str]]:
        """Former régions, short names, « lyonnaise »: ``nom``; ``territoires`` (``d-67 d-68``, or an INSEE or SIREN code) separated by spaces; ``rare``: « 1 », or empty."""
        return _rows(self.folder / "noms_usuels.csv")

    def around(self, commune: str) -> tuple[str, ...]:
        """The SIREN of the EPCI and of the EPT of a commune, given its INSEE code; nothing for another code."""
        return self._memo.get_or_make("autour", digest(commune), lambda: self._around.get(commune, ()))

    def centre_of(self, intercommunalite: str) -> Mapping[str, str]:
        """The row of the most populous commune of an EPCI or EPT, given its SIREN."""
        return max(self._members[intercommunalite], key=lambda c: int(c["population"] or 0))

    @cached_property
    def _ept(self) -> list[dict[str, str]]:
        return _rows(self.folder / "ept.csv")

    @cached_property
    def _around(self) -> Mapping[str, tuple[str, ...]]:
        ept = {code: (row["code"],) for row in self._ept for code in row["membres"].split()}
        return {row["code"]: (row["epci"], *ept.get(row["code"], ())) for row in self.communes if row["epci"]}

    @cached_property
    def _communes_by_name(self) -> Mapping[str, list[dict[str, str]]]:
        return _group(self.communes, lambda row: row["cle"])

    @cached_property
    def _members(self) -> Mapping[str, list[dict[str, str]]]:
        members = _group(self.communes, lambda row: row["epci"])
        by_code = {row["code"]: row for row in self.communes}
        # Their communes belong to the Métropole du Grand Paris as well.
        return members | {row["code"]: [by_code[code] for code in row["membres"].split()] for row in self._ept}

    @cached_property
    def _epci_by_name(self) -> Mapping[str, list[dict[str, str]]]:
        by_name: dict[str, list[dict[str, str]]] = {}
        for row in self.intercommunalites:
            full = official_name(row["nom"], row["type"])
            for key in sorted({name_key(row["nom"]), name_key(full), bare_name_key(row["nom"])}):
                by_name.setdefault(key, []).append(row)
        return by_name


def official_name(nom: str, genre: str) -> str:
    """``CC Faucigny - Glières`` → ``Communauté de communes Faucigny - Glières``; the category is not said twice."""
    nom = nom.replace("'", "’")
    head, _, tail = nom.partition(" ")
    if head != genre or head not in _CATEGORIES:
        return nom
    return tail if _SAYS_CATEGORY.search(fold(tail)) else f"{_CATEGORIES[head]} {tail}"


def _rows(path: Path) -> list[dict[str, str]]:
    # Not by « DictReader », which takes four times as long.
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        columns = next(rows)
        return [dict(zip(columns, row, strict=True)) for row in rows if row]


def _group(rows: list[dict[str, str]], key: Callable[[dict[str, str]], str]) -> dict[str, list[dict[str, str]]]:
    grouped: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        grouped.setdefault(key(row), []).append(row)
    return grouped


def _measures(row: Mapping[str, str]) -> tuple[int, float | None, float | None]:
    return (
        int(row["population"] or 0),
        float(row["lon"]) if row["lon"] else None,
        float(row["lat"]) if row["lat"] else None,
    )


@lru_cache(maxsize=100_000)
def name_key(nom: str) -> str:
    """What two spellings of a name have in common: « St-Étienne » and « Saint Etienne »."""
    return name_keys([nom.replace("\n", " ")])[0]


def name_keys(noms: Iterable[str]) -> list[str]:
    """The keys of names that are each on one line: of all at once, for 35,000 one by one take ten times as long."""
    text = _SAINT.sub(r"saint\1", _NOT_WORD.sub(" ", fold("\n".join(noms))))
    return [key.strip(" ") for key in text.split("\n")]


def bare_name_key(nom: str) -> str:
    """The name of an EPCI without its category."""
    return _PREFIX.sub("", name_key(nom))


def _choices(rows: list[dict[str, str]]) -> str:
    biggest = sorted(rows, key=lambda c: -int(c["population"] or 0))[:8]
    noms = [f"« {c['nom']} ({c['departement']}) »" if len(rows) > 1 else f"« {c['nom']} »" for c in biggest]
    return ", ".join(noms[:-1]) + " ou " + noms[-1] if len(noms) > 1 else noms[0]


def _ambiguous(nom: str, rows: list[dict[str, str]]) -> str:
    return f"« {nom} » : {len(rows)} communes portent ce nom ; écrivez {_choices(rows)}."
