"""Ask what is publicly known of the packages that the site depends upon; say plainly what could not be asked.

``python .ci/audit.py PIP-AUDIT``. Ends with 0 where all was asked and nothing is known, 1 where a fault is known, 2 where some
package or list could not be asked, which is no good news.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

PYTHON_LISTS = ("requirements.txt", "requirements-dev.txt")
NPM_FOLDERS = ("tests/admin", "tests/js")
_PATIENCE = 600
_SHOWN = 8


class Answer(NamedTuple):
    """How many packages were asked of a list, the faults that are known, and what could not be asked, with the reason."""

    asked: int
    faults: list[str]
    unasked: list[str]


def main(pip_audit: str) -> int:
    """Ask of each list, print the answers, and the sum of them."""
    lists = [(name, ask_python(pip_audit, name)) for name in PYTHON_LISTS]
    lists += [(f"{folder}/package-lock.json", ask_npm(folder)) for folder in NPM_FOLDERS]
    for name, answer in lists:
        print(f"— {name} : {answer.asked} paquets vérifiés, {len(answer.faults)} avec une faille connue")
        for fault in answer.faults:
            print(f"    faille : {fault}")
        for reason in answer.unasked[:_SHOWN]:
            print(f"    non vérifié : {reason}")
        if len(answer.unasked) > _SHOWN:
            print(f"    non vérifié : et {len(answer.unasked) - _SHOWN} autres")
    if any(answer.faults for _, answer in lists):
        print("Audit : une faille est connue ; mettez le paquet à jour.")
        return 1
    if unasked := [name for name, answer in lists if answer.unasked]:
        print(f"Audit incomplet : {', '.join(unasked)} ; ce qui n’a pas pu être vérifié n’est pas réputé sain.")
        return 2
    print("Audit : aucune faille connue.")
    return 0


def ask_python(pip_audit: str, name: str) -> Answer:
    """What pip-audit knows of a list with hashes."""
    command = [pip_audit, "--disable-pip", "--require-hashes", "--format", "json", "-r", name]
    report, reason = _report(command)
    packages = report.get("dependencies")
    if packages is None:
        return Answer(0, [], [reason])
    faults = [
        f"{package['name']} {package['version']} ({', '.join(fault['id'] for fault in package['vulns'])})"
        for package in packages
        if package.get("vulns")
    ]
    skipped = [f"{package['name']} : {package['skip_reason']}" for package in packages if "skip_reason" in package]
    return Answer(len(packages) - len(skipped), faults, skipped)


def ask_npm(folder: str) -> Answer:
    """What npm knows of a lock file."""
    report, reason = _report(["npm", "audit", "--json", "--prefix", folder])
    if "vulnerabilities" not in report:
        return Answer(0, [], [str(report.get("message") or "") or reason])
    faults = [f"{name} ({fault['severity']})" for name, fault in report["vulnerabilities"].items()]
    return Answer(report["metadata"]["dependencies"]["total"], faults, [])


def _report(command: list[str]) -> tuple[dict[str, Any], str]:
    """The JSON that a command prints; where it prints none, why."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except FileNotFoundError:
        return {}, f"« {Path(command[0]).name} » n’est pas installé"
    except subprocess.TimeoutExpired:
        return {}, f"« {Path(command[0]).name} » n’a pas répondu en {_PATIENCE // 60} minutes"
    try:
        report = json.loads(run.stdout)
        assert isinstance(report, dict)
        return report, ""
    except (ValueError, AssertionError):
        last = (run.stderr.strip() or run.stdout.strip() or "sans message").splitlines()[-1]
        return {}, f"« {Path(command[0]).name} » a échoué ({run.returncode}) : {last[:300]}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
