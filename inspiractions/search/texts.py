"""The words of an action by field, as the index weighs them and as the excerpts show them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from inspiractions.model.action import Action
from inspiractions.model.banque import FACETTES, Banque
from inspiractions.model.vocabulaire import Terme, Vocabulaire
from inspiractions.story import labels
from inspiractions.story.size import short_inhabitants

_START = re.compile(r" {0,3}(?:#{1,6} +|> ?|[-*+] +|\d+[.)] +)")
_INLINE = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<(https?://[^>]*)>|[*_`~|]+")


@dataclass(frozen=True)
class WeightedText:
    """Some text of an action, its weight, and the rubrique where the body has it (0 outside the body)."""

    texte: str
    poids: int
    rubrique: int = 0


TITRE, LIEUX, LIBELLES, SYNONYMES, RESUME, IDENTITE, CORPS = 12, 8, 5, 3, 5, 2, 1


@lru_cache(maxsize=64)
def plain(markdown: str) -> str:
    """Markdown without its marks, on one line."""
    lines = markdown.split("\n")
    text = "\n".join([line[found.end() :] if (found := _START.match(line)) else line for line in lines])
    return " ".join(_INLINE.sub(lambda m: m[1] or m[2] or "", text).split())


def weighted_texts(action: Action, banque: Banque) -> list[WeightedText]:
    """Every field that the search looks into, the body rubrique by rubrique."""
    termes = termes_of(action, banque)
    found = [
        WeightedText(action.titre, TITRE),
        WeightedText(lieux(action, banque), LIEUX),
        WeightedText(" . ".join(t.libelle for t in termes), LIBELLES),
        WeightedText(" . ".join(s for t in termes for s in t.synonymes), SYNONYMES),
        WeightedText(action.resume, RESUME),
        WeightedText(" . ".join((action.porteur, action.perimetre or "", *action.partenaires)), IDENTITE),
    ]
    return found + [WeightedText(plain(r.texte), CORPS, min(rang, 15)) for rang, r in enumerate(action.rubriques, 1)]


def lieux(action: Action, banque: Banque) -> str:
    """The places of an action, with the département and the région around each."""
    referentiel = banque.referentiel
    parts = [
        (
            v.nom,
            referentiel.departements.get(v.departement, ""),
            v.departement,
            referentiel.regions[v.region],
            *(q.nom for q in action.quartiers),
        )
        for v in action.villes
    ]
    return " . ".join(dict.fromkeys(part for some in parts for part in some if part))


def termes_of(action: Action, banque: Banque) -> list[Terme]:
    """The terms of its vocabularies, parents included; « inconnu » says nothing."""
    found: dict[str, Terme] = {}
    for facette in FACETTES:
        vocabulaire = banque.vocabulaire(facette)
        for identifiant in facette.ids(action):
            for terme in _lineage(vocabulaire, identifiant):
                if terme.id != "inconnu":
                    found[f"{facette.cle}/{terme.id}"] = terme
    return list(found.values())


def _lineage(vocabulaire: Vocabulaire, identifiant: str) -> list[Terme]:
    terme = vocabulaire[identifiant]
    return [terme, vocabulaire[terme.parent]] if terme.parent else [terme]


# « Non » is an answer, « inconnu » is none.
_QPV = {"oui": True, "non": False, "inconnu": None}


def carte(action: Action, banque: Banque) -> dict[str, object]:
    """What a result card shows."""
    return {
        "id": action.id,
        "titre": action.titre,
        "resume": action.resume,
        "lieux": labels.lieux(action),
        "autour": labels.autour(action.villes, banque.referentiel),
        "axes": list(action.axes),
        "ages": labels.ages(action.ages, banque.vocabulaires["ages"]),
        "periode": labels.periode_courte(action.periode),
        "habitants": short_inhabitants(action),
        "qpv": _QPV[action.qpv],
        "dep": sorted({v.departement for v in action.villes if v.departement}),
    }
