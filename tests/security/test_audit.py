"""``make audit`` says what is known, what is not, and what it could not ask."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT

SAIN = json.dumps({"dependencies": [{"name": "yaml", "version": "6", "vulns": []}], "fixes": []})
FAILLE = json.dumps({"dependencies": [{"name": "yaml", "version": "6", "vulns": [{"id": "PYSEC-1"}]}], "fixes": []})
SAUTE = json.dumps({"dependencies": [{"name": "yaml", "skip_reason": "inconnu de l’index"}], "fixes": []})
NPM = json.dumps({"vulnerabilities": {}, "metadata": {"dependencies": {"total": 7}}})
NPM_FAILLE = json.dumps(
    {"vulnerabilities": {"eslint": {"severity": "high"}}, "metadata": {"dependencies": {"total": 7}}}
)
NPM_MUET = json.dumps({"message": "request failed, reason: ENOTFOUND", "error": {"summary": ""}})


def _command(folder: Path, name: str, stdout: str, stderr: str = "", code: int = 0) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\ncat <<'FIN'\n{stdout}\nFIN\necho '{stderr}' >&2\nexit {code}\n", "utf-8")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("pip", "npm", "code", "dit"),
    [
        ((SAIN,), (NPM,), 0, ["requirements.txt : 1 paquets vérifiés, 0 avec", "aucune faille connue."]),
        ((FAILLE, "Found 1", 1), (NPM,), 1, ["faille : yaml 6 (PYSEC-1)", "une faille est connue"]),
        ((SAUTE,), (NPM,), 2, ["0 paquets vérifiés", "non vérifié : yaml : inconnu de l’index", "Audit incomplet : requirements.txt"]),
        (("", "a\nConnectionError: réseau fermé", 1), (NPM,), 2, ["non vérifié : « pip-audit » a échoué (1) : ConnectionError: réseau fermé"]),
        ((SAIN,), (NPM_FAILLE, "", 1), 1, ["faille : eslint (high)"]),
        ((SAIN,), (NPM_MUET, "", 1), 2, ["non vérifié : request failed, reason: ENOTFOUND", "Audit incomplet : tests/admin/package-lock.json"]),
        ((SAIN,), None, 2, ["non vérifié : « npm » n’est pas installé", "n’est pas réputé sain"]),
        (None, (NPM,), 2, ["non vérifié : « pip-audit » n’est pas installé"]),
        (("[]",), (NPM,), 2, ["non vérifié : « pip-audit » a échoué"]),
    ],
)  # fmt: skip
def test_ce_qui_n_a_pas_pu_etre_demande_est_dit(
    tmp_path: Path, pip: tuple[str, ...] | None, npm: tuple[str, ...] | None, code: int, dit: list[str]
) -> None:
    for name, answer in (("pip-audit", pip), ("npm", npm)):
        if answer:
            _command(tmp_path, name, *answer)  # type: ignore[arg-type]
    (tmp_path / "cat").symlink_to("/bin/cat")
    run = subprocess.run(
        [sys.executable, ".ci/audit.py", str(tmp_path / "pip-audit")],
        cwd=PROJECT,
        env={"PATH": str(tmp_path), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert [run.returncode, [part for part in dit if part not in run.stdout]] == [code, []], run.stdout + run.stderr
