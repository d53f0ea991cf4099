"""Budgets: what the check says weighs what a browser downloads, and a build that exceeds one puts nothing in place."""

from __future__ import annotations

import gzip
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from inspiractions.base.files import MARK, PROJECT
from inspiractions.build import budgets
from inspiractions.build.budgets import KO, PAGES, WeightLimit, host_doubts, over_budget
from inspiractions.build.site import BuildOptions, SiteRefused, build
from inspiractions.theme.settings import HOSTS, FrameError

RECIT = "actions/a/index.html"


def _bruit(n: int) -> str:
    """Some ``n`` bytes that no compression makes smaller, all letters and figures."""
    return "".join(
        random.Random(7).choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", k=n * 4 // 3)
    )


@pytest.fixture
def petit(tmp_path: Path) -> Path:
    """A site of one récit: a style, a script that imports another, and what does not count."""
    files = {
        RECIT: '<link rel="canonical" href="https://x.fr/lourd.css"><link rel="stylesheet" href="../../a.css">'
        '<script src="../../js/a.js" type="module"></script><img loading="lazy" src="../../lourd.png">',
        "a.css": "a{}",
        "js/a.js": 'import { b } from "./b.js";\nexport { c } from "./c.js";\nimport("./plus-tard.js");',
        "js/b.js": 'import "./a.js";',
        "js/c.js": "",
        "js/plus-tard.js": _bruit(100_000),
        "lourd.png": _bruit(100_000),
        "lourd.css": _bruit(100_000),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def seul(monkeypatch: pytest.MonkeyPatch) -> WeightLimit:
    """One budget of 60 Ko, that of a récit."""
    monkeypatch.setattr(budgets, "PAGES", PAGES[:1])
    assert PAGES[0].limite == 60
    return PAGES[0]


def test_le_site_reel_tient_ses_budgets(site: Path) -> None:
    assert over_budget(site) == []


def test_chaque_budget_pese_des_pages_du_site(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is within its budget for want of a page: with no room at all, each is exceeded."""
    monkeypatch.setattr(budgets, "PAGES", [replace(budget, limite=1) for budget in PAGES])
    monkeypatch.setattr(budgets, "RECHERCHE_OUVERTE", ((10_000, 1),))
    monkeypatch.setattr(budgets, "RECHERCHE_UN_MOT", 1)
    messages = [problem.message for problem in over_budget(site)]
    assert len(messages) == len(PAGES) + 2
    # Most words open the terms of the vocabularies, and the first one fetches the script of words.
    assert "les termes des vocabulaires" in messages[-1]
    assert "assets/joints/mots-" in messages[-1]
    assert all(message.startswith(budget.quoi) for message, budget in zip(messages, PAGES, strict=False))


def test_ne_compte_que_ce_qui_se_charge_tout_de_suite(petit: Path, seul: WeightLimit) -> None:
    assert over_budget(petit) == []


@pytest.mark.parametrize("name", [RECIT, "a.css", "js/a.js", "js/b.js", "js/c.js"])
def test_chaque_partie_compte(petit: Path, seul: WeightLimit, name: str) -> None:
    with (petit / name).open("a", encoding="utf-8") as file:
        file.write(f"<!-- {_bruit(61 * KO)} -->")
    [problem] = over_budget(petit)
    assert problem.path == RECIT
    assert problem.message.startswith("un récit, avec tout ce qu’il charge : 6")
    assert f"octets), pour 60 Ko au plus. Le plus lourd : {name} 6" in problem.message


def test_la_limite_est_au_dernier_octet(petit: Path, seul: WeightLimit) -> None:
    rest = sum(
        len(gzip.compress((petit / n).read_bytes(), 9, mtime=0)) for n in ("a.css", "js/a.js", "js/b.js", "js/c.js")
    )
    html = (petit / RECIT).read_text("utf-8")
    low, high = 0, 80 * KO
    while low < high - 1:
        middle = (low + high) // 2
        (petit / RECIT).write_text(html + _bruit(high)[:middle], "utf-8")
        within = len(gzip.compress((petit / RECIT).read_bytes(), 9, mtime=0)) + rest <= 60 * KO
        assert (over_budget(petit) == []) == within
        low, high = (middle, high) if within else (low, middle)
    assert low > 50 * KO


def test_un_recit_trop_lourd_arrete_la_construction_et_garde_le_site(ecrire, partage: None, racine: Path) -> None:
    ecrire()
    last = racine / "site"
    last.mkdir()
    (last / MARK).touch()
    shutil.copytree(PROJECT / "docs", racine / "docs")
    with (racine / "docs" / "assets" / "css" / "composants.css").open("a", encoding="utf-8") as file:
        file.write(f'.bruit::after {{ content: "{_bruit(20 * KO)}"; }}\n')
    message = r"actions/aubervilliers-marche/index\.html:1: un récit, .* Le plus lourd : assets/joints/styles-"
    with pytest.raises(SiteRefused, match=message):
        build(racine, last, racine / "travail", BuildOptions(leger=True))
    assert [path.name for path in last.iterdir()] == [MARK]


def test_un_hebergeur_qu_on_approche_se_dit() -> None:
    """At four fifths of what the host takes: the day when it refuses is near."""
    cloudflare, github = HOSTS["cloudflare"], HOSTS["github"]
    assert list(host_doubts([10_000] * 15_999, cloudflare)) == []
    [doubt] = host_doubts([10_000] * 16_000, cloudflare)
    assert doubt.doubt
    assert "16 000 fichiers ; Cloudflare Pages en prend 20 000" in doubt.message
    [doubt] = host_doubts([22 * 1024 * 1024], cloudflare)
    assert "23,1 Mo pour le plus gros fichier ; Cloudflare Pages en prend 26,2" in doubt.message
    assert list(host_doubts([1_000] * 790_000, github)) == []
    [doubt] = host_doubts([1_000] * 1_200_000, github)
    assert "1 200,0 Mo en tout ; GitHub Pages en prend 1 000,0 au plus" in doubt.message


def test_la_construction_avertit_pres_des_limites_de_l_hebergeur(
    ecrire, partage: None, racine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Named in ``mkdocs.yml``; the site is made all the same. A name that is none stops before anything is written."""
    ecrire()
    settings = (PROJECT / "mkdocs.yml").read_text("utf-8")
    monkeypatch.setitem(HOSTS, "cloudflare", replace(HOSTS["cloudflare"], files=100))
    (racine / "mkdocs.yml").write_text(settings.replace("  # hebergeur: github", "  hebergeur: cloudflare"), "utf-8")
    built = build(racine, racine / "site", racine / "travail", BuildOptions(leger=True))
    assert built.problems == []
    [doubt] = built.doubts
    assert doubt.path == "mkdocs.yml"
    assert doubt.rule == "hebergeur"
    (racine / "mkdocs.yml").write_text(settings.replace("  # hebergeur: github", "  hebergeur: ovh"), "utf-8")
    with pytest.raises(FrameError, match="« hebergeur: ovh » n’est pas connu : écrivez github, gitlab"):
        build(racine, racine / "site", racine / "travail", BuildOptions(leger=True))


def test_la_page_des_hebergeurs_dit_chacun() -> None:
    page = (PROJECT / "docs" / "contribuer" / "hebergement.md").read_text("utf-8")
    assert [name for name in HOSTS if f"`{name}`" not in page] == []
