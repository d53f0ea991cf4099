"""Where things lie: a content tree, and behind it the project's own folders for what the tree does not bring."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def find(root: Path, name: str) -> Path:
    """``root/name``, or the project's own where the content tree has none."""
    own = root / name
    return own if own.exists() else PROJECT / name
