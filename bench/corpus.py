"""A deterministic bank of any size: valid, plausible French actions of some 900 words under the real schema."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bench import phrases
from inspiractions.base.files import PROJECT, find
from inspiractions.base.text import slugify
from inspiractions.model.vocabulaire import Terme, Vocabulaires, load_vocabulaires

_COMMUNES = 2500
_MAX_ID = 80


@dataclass(frozen=True)
class Commune:
    """A real commune; ``cle`` is how ``villes`` spells it without ambiguity."""

    nom: str
    departement: str

    @property
    def cle(self) -> str:
        return f"{self.nom} ({self.departement})"


def write_corpus(folder: Path, number: int, seed: int = 0) -> None:
    """Write ``number`` actions to ``folder/actions/*.md``; the same seed always writes the same files."""
    actions = folder / "actions"
    actions.mkdir(parents=True, exist_ok=True)
    for identifiant, text in make_actions(number, seed):
        (actions / f"{identifiant}.md").write_text(text, "utf-8")


def make_actions(number: int, seed: int = 0) -> Iterator[tuple[str, str]]:
    """The id and the text of each action."""
    rng = random.Random(seed)
    vocabulaires, problems = load_vocabulaires(PROJECT)
    if problems:
        raise ValueError("\n".join(map(str, problems)))
    communes = _largest_communes()
    titres: set[tuple[str, ...]] = set()
    ids: set[str] = set()
    while len(ids) < number:
        commune = rng.choice(communes)
        mots = (rng.choice(phrases.DISPOSITIFS), rng.choice(phrases.PUBLICS), rng.choice(phrases.QUARTIERS))
        # Two actions of a city differ by two of the three words at least: no near-identical titles.
        if any((commune.cle, str(i), *mots[:i], *mots[i + 1 :]) in titres for i in range(3)):
            continue
        titres.update((commune.cle, str(i), *mots[:i], *mots[i + 1 :]) for i in range(3))
        identifiant = slugify(f"{commune.nom}-{commune.departement}-{mots[0]}-{mots[2]}")[:_MAX_ID].strip("-")
        if identifiant not in ids:
            ids.add(identifiant)
            yield identifiant, _Fiche(rng, vocabulaires, commune, mots).text()


def _largest_communes() -> Sequence[Commune]:
    with (find(PROJECT, "referentiels") / "communes.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: (-int(row["population"] or 0), row["code"]))
    return [Commune(row["nom"].replace("'", "’"), row["departement"]) for row in rows[:_COMMUNES]]


def _de(nom: str) -> str:
    """« de Lyon », « d’Aubervilliers », « du Mans », « des Ulis »."""
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if nom.startswith(article):
            return contracted + nom.removeprefix(article)
    return f"d’{nom}" if slugify(nom)[0] in "aeiouy" else f"de {nom}"


class _Fiche:
    """One action being written."""

    def __init__(
        self, rng: random.Random, vocabulaires: Vocabulaires, commune: Commune, mots: tuple[str, str, str]
    ) -> None:
        self._rng = rng
        self._vocabulaires = vocabulaires
        self._commune = commune
        self._dispositif, self._public, self._quartier = mots
        self._themes = rng.sample([t for t in vocabulaires["thematiques"] if t.parent], rng.randint(1, 3))
        self._leviers = self._some("leviers", 3)
        self._freins = self._some("freins", 3)
        self._debut = rng.randint(2012, 2022)
        self._slots = {
            "commune": commune.nom,
            "public": self._public,
            "quartier": self._quartier,
            "theme": f"« {self._themes[0].libelle} »",
            "debut": str(self._debut),
            "milieu": str(self._debut + rng.randint(1, 3)),
            "petit": str(rng.randint(3, 8)),
            "n": str(rng.randint(9, 24)),
            "moitie": str(rng.randint(26, 68)),
            "grand": str(rng.randint(120, 980)),
            "budget": f"{rng.randint(8, 60)} 000",
        }

    def text(self) -> str:
        """The whole file."""
        head = yaml.safe_dump(self._head(), allow_unicode=True, sort_keys=False, width=120)
        return f"---\n{head}---\n\n{self._body()}"

    def _some(self, nom: str, number: int) -> list[Terme]:
        return self._rng.sample(list(self._vocabulaires[nom]), number)

    def _ids(self, nom: str, number: int) -> list[str]:
        return [terme.id for terme in self._some(nom, number)]

    def _head(self) -> Mapping[str, object]:
        rng, lieu = self._rng, self._commune.nom
        theme = self._themes[0].libelle
        return {
            "titre": f"{self._dispositif} pour {self._public} du quartier {self._quartier}",
            "resume": f"La ville et ses partenaires proposent, dans le quartier {self._quartier}, un rendez-vous régulier pour {self._public} : {theme[0].lower()}{theme[1:]}, entraide et accès aux services.",
            "villes": [self._commune.cle],
            "echelle": "quartier",
            "perimetre": f"Quartier {self._quartier} et ses abords",
            "ages": ["tous"] if rng.random() < 0.3 else rng.sample(["0-3", "4-11", "12-17", "18-25", "26-64"], 2),
            "axes": self._ids("axes", rng.randint(1, 3)),
            "qpv": rng.choice(["oui", "non", "inconnu"]),
            "thematiques": [terme.id for terme in self._themes],
            "determinants": self._ids("determinants", rng.randint(1, 4)),
            "publics": self._ids("publics", rng.randint(1, 3)),
            "campagne": self._ids("campagnes", 1)[0],
            "periode": {"debut": f"{self._debut}-{rng.randint(1, 12):02d}", "fin": rng.choice(["inconnue", "2025"])},
            "porteur": f"Ville {_de(lieu)}",
            "service_pilote": rng.choice(phrases.SERVICES),
            "services_elus": rng.sample(phrases.SERVICES, 2),
            "partenaires": rng.sample(phrases.PARTENAIRES, rng.randint(3, 6)),
            "budget": {"fonctionnement": f"{self._slots['budget']} € par an", "financeurs": "ARS, ville"},
            "leviers": [terme.id for terme in self._leviers],
            "freins": [terme.id for terme in self._freins],
            "connaissance": self._ids("connaissance", 1)[0],
            "sources": [{"titre": f"Bilan de l’action ({lieu})", "url": f"https://www.exemple.fr/bilan/{self._debut}"}],
            "date_publication": f"{rng.randint(2023, 2025)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
        }

    def _body(self) -> str:
        parts = (
            ("Contexte", self._paragraphs(phrases.CONTEXTE, 4)),
            ("Objectifs", "\n".join(f"- {phrase}" for phrase in self._pick(phrases.OBJECTIFS, 4))),
            ("Déroulé", self._paragraphs(phrases.DEROULE, 8)),
            ("Résultats", self._results()),
            ("Facteurs favorables", self._points(self._leviers, phrases.LEVIERS)),
            ("Difficultés", self._points(self._freins, phrases.FREINS)),
            ("Inégalités sociales et territoriales", self._paragraphs(phrases.INEGALITES, 2)),
            ("Enseignements", self._paragraphs(phrases.ENSEIGNEMENTS, 3)),
            ("Évaluation", self._paragraphs(phrases.EVALUATION, 2)),
            ("Perspectives", self._paragraphs(phrases.PERSPECTIVES, 1)),
            ("Reprendre cette action chez vous", self._paragraphs(phrases.REPRENDRE, 2)),
        )
        return "\n".join(f"## {titre}\n\n{texte}\n" for titre, texte in parts)

    def _results(self) -> str:
        return (
            f"{self._paragraphs(phrases.RESULTATS[:3], 3)}\n\n"
            f"### Habitants\n\n{self._paragraphs(phrases.RESULTATS[3:], 2)}\n\n"
            f"### Professionnels\n\n{self._paragraphs(phrases.PROFESSIONNELS, 1)}\n\n"
            f"### Politiques publiques\n\n{self._paragraphs(phrases.POLITIQUES, 1)}"
        )

    def _points(self, termes: Sequence[Terme], pool: Sequence[str]) -> str:
        texts = self._pick(pool, len(termes))
        return "\n".join(f"- **{terme.libelle}** : {text}" for terme, text in zip(termes, texts, strict=True))

    def _paragraphs(self, pool: Sequence[str], number: int) -> str:
        """Sentences in the order of the pool, three a paragraph."""
        sentences = self._pick(pool, number)
        return "\n\n".join(" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3))

    def _pick(self, pool: Sequence[str], number: int) -> list[str]:
        chosen = sorted(self._rng.sample(range(len(pool)), number))
        return [pool[i].format(**self._slots) for i in chosen]
