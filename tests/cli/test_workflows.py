"""The scheduled workflow on links: its rights, its pins, and its script that gathers the addresses, which is run here."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import yaml

from inspiractions.base.files import PROJECT

LIENS: dict[Any, Any] = yaml.safe_load((PROJECT / ".github/workflows/liens.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = LIENS["jobs"]["essayer"]["steps"]


def test_droits_et_empreintes() -> None:
    assert LIENS["permissions"] == {"contents": "read"}
    assert LIENS["jobs"]["essayer"]["permissions"] == {"contents": "read", "issues": "write"}
    # YAML 1.1 reads the key « on » as true.
    assert LIENS[True]["schedule"]
    used = [step["uses"] for step in STEPS if "uses" in step]
    foreign = [name for name in used if not name.startswith("actions/")]
    assert len(foreign) == 1
    assert re.fullmatch(r"lycheeverse/lychee-action@[0-9a-f]{40}", foreign[0])


def test_les_adresses_reunies(tmp_path: Path) -> None:
    """One file a fiche, every address of it, once; what is only an example is left."""
    for folder in ("actions", "dossiers", "docs/contribuer", "docs/donnees"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "actions" / "a.md").write_text(
        "---\nsources:\n  - titre: X\n    url: https://exemple.fr/a?b=1\n  - {titre: Y, url: 'https://exemple.fr/b'}\n---\n\n"
        "Voir [le bilan](https://exemple.fr/bilan), <https://exemple.fr/c> et https://exemple.fr/a?b=1.\n",
        "utf-8",
    )
    (tmp_path / "docs" / "b.md").write_text("Le site : https://inspiractions.example/\n", "utf-8")
    (script,) = [step["run"] for step in STEPS if "run" in step]
    subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, check=True, timeout=60)
    assert [path.name for path in (tmp_path / "liens").iterdir()] == ["actions-a.txt"]
    assert (tmp_path / "liens" / "actions-a.txt").read_text("utf-8").split() == [
        "https://exemple.fr/a?b=1",
        "https://exemple.fr/b",
        "https://exemple.fr/bilan",
        "https://exemple.fr/c",
    ]
