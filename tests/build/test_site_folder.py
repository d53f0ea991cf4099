"""The folder of a site: files that are served at two addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspiractions.build import site_folder
from inspiractions.build.site import BuildOptions, build


@pytest.mark.parametrize("links", [True, False])
def test_les_donnees_d_un_recit_sont_servies_a_deux_adresses(
    ecrire, partage: None, racine: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    """One file where the disk has links, else two: the same bytes, and kept from one build to the next."""
    ecrire("un")
    ecrire("deux", titre="Une autre marche", villes="[Lyon]")
    if not links:

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError

        monkeypatch.setattr(site_folder.os, "link", refuse)
    site = racine / "site"
    for titre in ("Une autre marche", "Une marche de plus", "Une autre marche", "Une marche de plus"):
        ecrire("deux", titre=titre, villes="[Lyon]")
        assert build(racine, site, racine / "travail", BuildOptions(leger=True)).problems == []
        for stem in ("un", "deux"):
            here, there = site / "actions" / stem / "index.json", site / "api" / "v1" / "actions" / f"{stem}.json"
            assert here.read_bytes() == there.read_bytes()
            assert here.samefile(there) is links
        assert titre in (site / "api" / "v1" / "actions" / "deux.json").read_text("utf-8")
