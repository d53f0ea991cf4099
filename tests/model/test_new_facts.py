"""Each fiche of 2026 says the numbers, the months and the partners of the facts that it was written from."""

from __future__ import annotations

import pytest
import yaml

from inspiractions.base.files import PROJECT
from tests.model import facts

# How many a fiche leaves out, and why. No value: the first reason would be lost by writing it here.
LEFT_OUT = {
    ("ariege-pole-habitat-indigne", "nombres"): (1, "vie privée : l’âge d’une personne"),
    ("chize-ordonnance-verte-village", "nombres"): (1, "vie privée : un petit effectif, dans un village"),
    ("concarneau-cornouaille-radon-dosimetres", "nombres"): (1, "un sur quatre, dit « 25 % »"),
    ("hauts-de-seine-bilans-sante-maternelle", "nombres"): (2, "huit sur dix, dit « 82 % »"),
    ("loire-atlantique-transports-solidaires-pannece", "nombres"): (3, "vie privée : deux personnes et leurs âges"),
    ("valenciennes-maraude-infirmiers-hopital", "nombres"): (1, "vie privée : un petit effectif"),
}
# How many digests are kept: fewer would be facts that nobody compares any more.
COUNTS = {"nombres": 2194, "dates": 315, "partenaires": 1731}
# Keys that tell something else than the action: their years and ages would be taken for those of the facts.
_ASIDE = frozenset({"sources", "ages", "axes", "date_publication", "campagne", "chiffre_cle"})


def _digests_of_fiche(identifiant: str) -> dict[str, set[str]]:
    _, header, body = (PROJECT / "actions" / f"{identifiant}.md").read_text("utf-8").split("---\n", 2)
    kept = {key: value for key, value in yaml.safe_load(header).items() if key not in _ASIDE}
    text = yaml.safe_dump(kept, allow_unicode=True, width=10**6) + body
    return {kind: facts.digests(identifiant, texts) for kind, texts in facts.of_text(text, text).items()}


def test_numbers_months_and_partners_of_the_facts_stand_in_each_fiche() -> None:
    missing: dict[tuple[str, str], int] = {}
    for identifiant, kept in facts.read():
        present = _digests_of_fiche(identifiant)
        for kind, wanted in kept.items():
            if absent := len(wanted - present[kind]):
                missing[identifiant, kind] = missing.get((identifiant, kind), 0) + absent
    assert missing == {key: count for key, (count, _) in LEFT_OUT.items()}


def test_the_digests_are_those_of_all_the_facts() -> None:
    kept = [entry for _, entry in facts.read()]
    assert len(kept) == 425
    assert {kind: sum(len(entry[kind]) for entry in kept) for kind in facts.KINDS} == COUNTS


def test_a_number_taken_out_of_a_fiche_is_missed() -> None:
    identifiant, kept = next((i, entry) for i, entry in facts.read() if i == "agen-adopte-ton-externe")
    assert kept["nombres"] <= _digests_of_fiche(identifiant)["nombres"]
    assert not kept["nombres"] <= facts.digests(identifiant, facts.numbers("Trois contrats, quatre maisons de santé."))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vingt et une classes, 1 200 m² et 2,5 tonnes", {"21", "1200", "2,5"}),
        ("Une quarantaine de dix-huit selfs, la deuxième année", {"40", "18", "2"}),
        ("Soixante-dix visites, cent repas", {"70", "100"}),
        ("La première fois, un soir", set()),
    ],
)
def test_numbers_are_read_in_figures_and_in_words(text: str, expected: set[str]) -> None:
    assert facts.numbers(text) == expected


def test_months_are_read_in_words_and_in_a_header() -> None:
    assert facts.dates("Ouvert le 13 janvier 2025, annoncé en août 2023 ; debut: 2019-09") == {
        "2025-1",
        "2023-8",
        "2019-9",
    }


def test_a_partner_is_known_whatever_the_plural_and_the_accents() -> None:
    assert facts.words("Les Écoles du Département") == {"ecole", "departement"}
