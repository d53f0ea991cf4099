"""No test is passed over: pytest skips folders by their names, and « build », by default, is one of them."""

from __future__ import annotations

from fnmatch import fnmatch

import pytest

from inspiractions.base.files import PROJECT


def test_every_folder_of_tests_is_read(pytestconfig: pytest.Config) -> None:
    skipped = pytestconfig.getini("norecursedirs")
    folders = {
        part
        for path in (PROJECT / "tests").rglob("test_*.py")
        for part in path.relative_to(PROJECT / "tests").parent.parts
        if "node_modules" not in path.parts
    }
    assert "build" in folders
    assert [folder for folder in folders if any(fnmatch(folder, name) for name in skipped)] == []
