"""The other engine: Zensical, by the makers of Material, on the same ``docs/`` and the same templates (docs/adr/002-le-cadre.md).

It is not among what the site needs: requirements-zensical.txt has it.
"""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from inspiractions.theme.settings import FrameError, Project

_MISSING = (
    "Le moteur « zensical » n’est pas installé : écrivez « make moteurs », "
    "ou « python -m pip install --require-hashes -r requirements-zensical.txt »."
)
# What it has no use for here, and what it does not read.
_OURS = ("docs_dir", "site_dir", "exclude_docs", "plugins", "hooks")
# No page loads its scripts nor its newer look; the generator has its own search and its own sitemap.
_UNUSED = ("assets/javascripts", "assets/stylesheets/modern", "search.json", "sitemap.xml", "objects.inv")
# « ./.. » and « ././ », for « .. » and « ./ ».
_DOTS = re.compile(r'(?<=\s)((?:href|src|action)=")\./(?=\.)')

_COLOUR = re.compile(r"\x1b\[[\d;]*m")


def render(project: Project, folder: Path) -> None:
    """Zensical, as ``settings.Engine`` asks. It wants to find all it reads and writes in one folder, which lies beside ``folder``."""
    if importlib.util.find_spec("zensical") is None:
        raise FrameError(_MISSING)
    place = folder.with_name(f"{folder.name}-zensical")
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(project.docs, place / "docs", ignore=_excluded(project))
    theme = {**project.written["theme"], "custom_dir": str(project.templates), "variant": "classic"}
    written = {key: value for key, value in project.written.items() if key not in _OURS}
    configuration = {**written, "theme": theme, "docs_dir": "docs", "site_dir": "site"}
    # JSON is YAML.
    (place / "mkdocs.yml").write_text(json.dumps(configuration, ensure_ascii=False, default=str), "utf-8")
    command = [sys.executable, "-I", "-m", "zensical", "build", "--strict", "-f", str(place / "mkdocs.yml")]
    run = subprocess.run(
        command,
        cwd=place,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if run.returncode:
        # Its warnings, then what it ended with, without the way there.
        warnings, _, way = _COLOUR.sub("", run.stderr).partition("Traceback (most recent call last)")
        raise FrameError(
            "\n".join([warnings.strip(), *way.splitlines()[-1:]]) or f"zensical a fini par {run.returncode}."
        )
    (place / "site").rename(folder)
    shutil.rmtree(place)
    for name in _UNUSED:
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    for path in folder.rglob("*.html"):
        path.write_text(_DOTS.sub(r"\1", path.read_text("utf-8")), "utf-8")


def _excluded(project: Project) -> Callable[[str, list[str]], Iterable[str]]:
    """What ``exclude_docs`` names, which Zensical does not read: for ``copytree``."""
    from pathspec import GitIgnoreSpec

    spec = GitIgnoreSpec.from_lines(str(project.written.get("exclude_docs") or "").splitlines())

    def excluded(folder: str, names: list[str]) -> Iterable[str]:
        for name in names:
            path = Path(folder, name)
            address = path.relative_to(project.docs).as_posix()
            if spec.match_file(f"{address}/" if path.is_dir() else address):
                yield name

    return lambda folder, names: set(excluded(folder, names))
