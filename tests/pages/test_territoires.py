"""Places: an action counts once at each level, whatever the number of its cities."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from inspiractions.model.banque import Banque, load_banque
from inspiractions.pages.territoires import region_lines, ville_lines


@pytest.fixture
def banque(ecrire, partage: None, racine: Path) -> Banque:
    # Two cities of one département; an EPCI and one of its own communes; two régions; a whole région; overseas.
    ecrire("a", villes="[Grenoble, Échirolles]")
    ecrire("b", villes="[Grenoble-Alpes-Métropole, Grenoble]")
    ecrire("c", villes="[Lyon, Marseille, Villeurbanne]")
    ecrire("d", villes='["Bretagne (région)"]')
    ecrire("e", villes='["Martinique (région)", Fort-de-France]')
    banque, _, problems = load_banque(racine)
    assert problems == []
    return banque


def test_une_action_compte_une_fois_a_chaque_niveau(banque: Banque) -> None:
    regions = {ligne.titre: ligne for ligne in region_lines(banque)}
    assert {titre: ligne.nombre for titre, ligne in regions.items() if ligne.nombre} == {
        "Auvergne-Rhône-Alpes": 3,
        "Bretagne": 1,
        "Martinique": 1,
        "Provence-Alpes-Côte d’Azur": 1,
    }
    assert {d.titre: d.nombre for r in regions.values() for d in r.enfants} == {
        "Bouches-du-Rhône": 1,
        "Isère": 2,
        "Martinique": 1,
        "Rhône": 1,
    }
    assert regions["Bretagne"].enfants == ()
    villes = {v.titre: v.nombre for d in regions["Auvergne-Rhône-Alpes"].enfants for v in d.enfants}
    assert villes == {"Grenoble": 2, "Grenoble-Alpes-Métropole": 1, "Échirolles": 1, "Lyon": 1, "Villeurbanne": 1}
    assert [v.titre for v in ville_lines(banque, [banque.par_id["c"]], "13")] == ["Marseille"]


def test_la_banque_reelle_se_compte_comme_ses_fiches(banque_reelle: Banque) -> None:
    """Counted here by sets, from the places of each fiche."""
    regions: Counter[str] = Counter()
    departements: Counter[str] = Counter()
    for action in banque_reelle.actions:
        regions.update({v.region for v in action.villes})
        departements.update({v.departement for v in action.villes} - {""})
    noms = banque_reelle.referentiel
    lines = region_lines(banque_reelle)
    assert {r.titre: r.nombre for r in lines if r.nombre} == {noms.regions[c]: n for c, n in regions.items()}
    assert {d.chemin: d.nombre for r in lines for d in r.enfants} == {
        f"departements/{c}/": n for c, n in departements.items()
    }


def test_un_departement_dit_ses_villes_et_ses_voisins(site: Path) -> None:
    html = (site / "departements" / "38" / "index.html").read_text("utf-8")
    blocs = dict(re.findall(r'<h2 id="h-lieux-\d">(.*?)</h2>(.*?)</section>', html, re.S))
    assert list(blocs) == ["Villes", "Départements voisins"]
    assert "../../villes/grenoble/" in blocs["Villes"]
    assert "../../departements/69/" in blocs["Départements voisins"]
    assert 'role="img" aria-label="Carte de situation : Isère, région Auvergne-Rhône-Alpes"' in html.replace(
        "\xa0", " "
    )
