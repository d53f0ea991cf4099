"""Rules on the figures of a fiche: each stands in its words, too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inspiractions.base.problem import Problem
from inspiractions.base.text import enumerate_fr
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.source import Source
from inspiractions.story.cost import amounts_in, words_of

# The rubriques that a key figure is taken from.
_RESULTS = ("resultats", "r-chiffres")
_NUMBER = re.compile(r"(?<!\w)\d+(?:[  ]\d{3})*(?:,\d+)?")
# Below, an amount is rather a price than a budget.
_PRICE = 2_000


def chiffre_cle(source: Source, action: Action, banque: Banque) -> Iterator[Problem]:
    """Le chiffre clé et les nombres qui l’expliquent sont écrits, tels quels, sous « Résultats »."""
    if not action.chiffre_cle:
        return
    results = _plain(" ".join(action.rubriques_par_id[i].texte for i in _RESULTS if i in action.rubriques_par_id))
    valeur, compte = action.chiffre_cle.valeur, action.chiffre_cle.compte
    if not _NUMBER.search(valeur):
        yield source.problem(
            ("chiffre_cle", "valeur"),
            "chiffre-cle",
            f"« {valeur} » ne contient aucun nombre en chiffres : écrivez le chiffre et son unité, par exemple « 86 % ».",
        )
    elif not _stands_in(valeur, results):
        yield source.problem(
            ("chiffre_cle", "valeur"),
            "chiffre-cle",
            f"« {valeur} » n’est pas sous « Résultats » : écrivez le chiffre comme il y est, ou racontez-le d’abord dans le récit.",
        )
    for number in _NUMBER.findall(_plain(compte)):
        if not _stands_in(number, results):
            yield source.problem(
                ("chiffre_cle", "compte"),
                "chiffre-cle",
                f"le nombre « {number} » n’est pas sous « Résultats » : gardez ceux que le récit donne.",
            )


def montants(source: Source, action: Action, banque: Banque) -> Iterator[Problem]:
    """Un montant est une somme que les lignes du budget disent ; une somme de 2 000 € ou plus qui n’y est pas est à relire."""
    if not action.budget:
        return
    written = [euros for words in words_of(action.budget) for euros in amounts_in(words)]
    given = [montant.euros for montant in action.budget.montants]
    for i, euros in enumerate(given):
        if euros not in written:
            read = f" ; on y lit {enumerate_fr(map(_in_words, written))}" if written else ""
            yield source.problem(
                ("budget", "montants", i, "euros"),
                "montants",
                f"« {euros} » n’est dans aucune ligne du budget{read} : écrivez-y la somme dans les mots de la ville.",
            )
    for euros in dict.fromkeys(written):
        if euros >= _PRICE and euros not in given:
            yield source.problem(
                ("budget",),
                "montants",
                f"la somme de {_in_words(euros)} n’est pas sous « montants » : ajoutez « - euros: {euros} », avec « par: an » ou « par: total », pour que le filtre « Ordre de coût » la trouve.",
                doubt=True,
            )


def _in_words(euros: int) -> str:
    return f"{euros:,} €".replace(",", " ")


def _plain(texte: str) -> str:
    """One line, with one kind of space."""
    return " ".join(texte.split())


def _stands_in(words: str, texte: str) -> bool:
    """Whether some words stand in a text, no longer number around them."""
    pattern = rf"(?<![\w])(?<!\d[,. ]){re.escape(_plain(words))}(?!\w)(?![,. ]\d)"
    return bool(re.search(pattern, texte, re.I))
