from __future__ import annotations

from pathlib import Path

from inspiractions.model.banque import load_banque
from inspiractions.model.facette import FACETTES

PAR_CLE = {facette.cle: facette for facette in FACETTES}


def test_les_actions_se_rangent_par_terme_et_par_lieu(ecrire, partage: None, racine: Path) -> None:
    ecrire("a", thematiques="[sport-sante]", villes="[Grenoble, Échirolles]", date_publication="2026-01-01")
    ecrire("b", thematiques="[acces-aux-droits]", villes="[Martinique (région)]", date_publication="2026-02-01")
    ecrire("c", statut="brouillon")
    ecrire("d", statut="retiree")
    banque, fiches, problems = load_banque(racine)
    assert problems == []
    assert len(fiches) == 4
    assert [a.id for a in banque.actions] == ["b", "a"]
    assert [a.id for a in banque.retirees] == ["d"]
    assert {k: len(v) for k, v in banque.par_departement.items()} == {"38": 1, "972": 1}
    assert list(banque.par_ville) == ["echirolles", "grenoble"]
    themes = banque.vocabulaires["thematiques"]
    for identifiant in ("acces-aux-droits", "acces-aux-soins"):
        assert [a.id for a in banque.avec(PAR_CLE["thematiques"], themes[identifiant])] == ["b"]
    assert [a.id for a in load_banque(racine, drafts=True)[0].actions] == ["b", "c", "a"]
