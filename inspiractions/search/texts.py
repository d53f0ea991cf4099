"""The words of an action by field, as the index weighs them and as the excerpts show them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.facette import Facette
from inspiractions.model.vocabulaire import Terme, Vocabulaire
from inspiractions.story import labels
from inspiractions.story.cost import COSTS, costs_of
from inspiractions.story.size import short_inhabitants

_START = re.compile(r" {0,3}(?:#{1,6} +|> ?|[-*+] +|\d+[.)] +)")
_INLINE = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<(https?://[^>]*)>|[*_`~|]+")


@dataclass(frozen=True)
class Field:
    """How much the words of a field weigh. ``longueur``: how many a field of the bank has on average, stop words apart;
    ``part``: how much a longer one dilutes them (the *b* of BM25F).
    """

    poids: float
    longueur: float
    part: float


TITRE, LIEUX, RESUME = Field(12, 5, 0.4), Field(8, 6, 0.3), Field(5, 20, 0.4)
LIBELLES, IDENTITE, CORPS = Field(5, 43, 0.5), Field(2, 12, 0.4), Field(1.5, 70, 0.4)


@dataclass(frozen=True)
class WeightedText:
    """Some text of an action, and the field that it stands in. A field may have several."""

    texte: str
    champ: Field


@lru_cache(maxsize=64)
def plain(markdown: str) -> str:
    """Markdown without its marks, on one line."""
    lines = markdown.split("\n")
    text = "\n".join([line[start.end() :] if (start := _START.match(line)) else line for line in lines])
    return " ".join(_INLINE.sub(lambda m: m[1] or m[2] or "", text).split())


def weighted_texts(action: Action, banque: Banque) -> list[WeightedText]:
    """Every field that the search looks into, title and summary first; the body rubrique by rubrique."""
    termes = termes_of(action, banque)
    weighted = [
        WeightedText(action.titre, TITRE),
        WeightedText(action.resume, RESUME),
        WeightedText(lieux(action, banque), LIEUX),
        WeightedText(" . ".join(t.libelle for t in termes), LIBELLES),
        WeightedText(" . ".join((action.porteur, action.perimetre or "", *action.partenaires)), IDENTITE),
    ]
    return weighted + [WeightedText(plain(r.texte), CORPS) for r in action.rubriques]


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
    return [terme for _, terme in bearings(action, banque)]


def bearings(action: Action, banque: Banque) -> list[tuple[Facette, Terme]]:
    """The terms that an action bears, parents included, with the facet of each."""
    return [
        (facette, terme)
        for facette in banque.facettes
        for terme in {
            t.id: t for i in facette.ids(action) for t in _lineage(banque.vocabulaire(facette), i) if t.id != "inconnu"
        }.values()
    ]


def _lineage(vocabulaire: Vocabulaire, identifiant: str) -> list[Terme]:
    terme = vocabulaire[identifiant]
    return [terme, vocabulaire[terme.parent]] if terme.parent else [terme]


# « Non » is an answer, « inconnu » is none.
_QPV = {"oui": True, "non": False, "inconnu": None}


def _money(action: Action) -> dict[str, object]:
    """What the table of a selection says of its amounts: euros, by what, year, what they cover; the order of its cost."""
    amounts = action.budget.montants if action.budget else ()
    if not amounts:
        return {}
    (cost,) = costs_of(action)
    return {"montants": [[m.euros, m.par, m.annee, m.objet] for m in amounts], "cout": COSTS[cost]}


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
        **({"chiffre": [action.chiffre_cle.valeur, action.chiffre_cle.compte]} if action.chiffre_cle else {}),
        **({"marques": marques} if (marques := banque.on_cards(action)) else {}),
        **_money(action),
        "dep": sorted({v.departement for v in action.villes if v.departement}),
    }
