"""The figures of the built page are those of the fiches."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from inspiractions.model.banque import Banque
from inspiractions.story import labels

_LIGNE = re.compile(r'<th scope="row"><a href="\.\./([^"]+)">.*?</a></th><td>.*?<span>(\d+)</span></td>', re.S)


@pytest.fixture(scope="module")
def page(site: Path) -> str:
    return (site / "chiffres" / "index.html").read_text("utf-8")


def _tableau(page: str, cle: str) -> dict[str, int]:
    section = page[page.index(f'<h2 id="h-{cle}">') :].split("</section>")[0]
    return {chemin.rstrip("/").split("/")[-1]: int(n) for chemin, n in _LIGNE.findall(section)}


@pytest.mark.parametrize("cle", ["ages", "axes", "qpv", "connaissance"])
def test_les_barres_comptent_les_fiches(page: str, banque_reelle: Banque, cle: str) -> None:
    borne = [getattr(a, cle) for a in banque_reelle.actions]
    counts = Counter(i for value in borne for i in (value if isinstance(value, tuple) else (value,)))
    assert _tableau(page, cle) == {terme.id: counts[terme.id] for terme in banque_reelle.vocabulaires[cle]}


def test_les_regions_et_les_themes_vont_du_plus_grand_au_plus_petit(page: str, banque_reelle: Banque) -> None:
    regions, themes = _tableau(page, "regions"), _tableau(page, "thematiques")
    for table in (regions, themes):
        assert list(table.values()) == sorted(table.values(), reverse=True)
    slug = banque_reelle.referentiel.slug_of_region
    assert {s: n for s, n in regions.items() if n} == {slug(c): len(a) for c, a in banque_reelle.par_region.items()}
    vocabulaire = banque_reelle.vocabulaires["thematiques"]
    assert set(themes) == {t.id for t in vocabulaire.enfants[""]}
    for identifiant, nombre in themes.items():
        below = {identifiant, *(t.id for t in vocabulaire.enfants[identifiant])}
        assert nombre == sum(bool(below & set(a.thematiques)) for a in banque_reelle.actions)


def test_les_annees_sont_toutes_dites(page: str, banque_reelle: Banque) -> None:
    annees = Counter(a for action in banque_reelle.actions if (a := labels.annee_debut(action)))
    bars = re.findall(r'<span class="lustres__an">(\d{4})[\s ]: (\d+)</span>', page)
    assert {int(annee): int(n) for annee, n in bars} == annees
    periodes = re.findall(r'explorer/\?debut=(\d+)">.*?<td class="num">(\d+)</td>', page, re.S)
    assert {debut: int(n) for debut, n in periodes} == Counter(
        lustre for action in banque_reelle.actions if (lustre := labels.lustre(action))
    )
    dates = sum(annees.values())
    assert f"{dates} actions disent quand elles ont commencé" in page
    assert f"{len(banque_reelle.actions) - dates} autres ne le disent pas" in page
