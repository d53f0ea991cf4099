"""The page of the fields: every key of the schema is on it, with the values of its closed list."""

from __future__ import annotations

from pathlib import Path

from inspiractions.model.action import Action
from inspiractions.model.types import champs_de
from inspiractions.model.vocabulaire import Vocabulaires


def test_chaque_cle_du_schema_est_decrite(site: Path, vocabulaires: Vocabulaires) -> None:
    page = (site / "contribuer" / "champs" / "index.html").read_text("utf-8")
    for champ in champs_de(Action).values():
        assert f'<h2 id="{champ.cle}">' in page
        assert champ.description.split("«")[0].split(" : ")[0].split(" ;")[0].split(" ?")[0][:20] in page
        for enfant in champ.enfants.values():
            assert f"<code>{enfant.cle}</code>" in page
        for terme in vocabulaires[champ.vocabulaire] if champ.vocabulaire else ():
            assert f"<code>{terme.id}</code>" in page
