"""What the memory holds outlives builds that need little of it, and not those that never need it again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.base.memo import Memo
from inspiractions.build.site import BuildOptions, build
from tests.faults.atelier import arbre

pytestmark = pytest.mark.timeout(900)

_NOMBRE = 12


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The names of the values that were made anew and kept."""
    names: list[bytes] = []
    keep = Memo._keep
    # Believe what files written a moment ago look like: else it depends on how long the first build took.
    monkeypatch.setattr("inspiractions.base.memo._COARSE", -(10**12))
    monkeypatch.setattr(Memo, "_keep", lambda self, name, octets: (names.append(name), keep(self, name, octets))[1])
    return names


def test_une_construction_ou_rien_n_a_change_ne_fait_rien_oublier(tmp_path: Path, kept: list[bytes]) -> None:
    """Then a changed fiche costs what it costs without it."""
    costs = []
    for idle in (0, 3):
        root = tmp_path / str(idle)
        (root / "actions").mkdir(parents=True)
        for path in sorted((PROJECT / "actions").glob("*.md"))[:_NOMBRE]:
            shutil.copy2(path, root / "actions" / path.name)
        _build(root)
        for _ in range(idle):
            site = arbre(root / "site")
            kept.clear()
            _build(root)
            assert kept == []
            assert arbre(root / "site") == site
        path = sorted((root / "actions").glob("*.md"))[0]
        path.write_text(path.read_text("utf-8") + "\nUne phrase de plus.\n", "utf-8")
        kept.clear()
        _build(root)
        costs.append(len(kept))
    assert costs[0] == costs[1]
    assert costs[0] > 0


def _build(root: Path) -> None:
    assert build(root, root / "site", root / "build", BuildOptions(leger=True)).problems == []


def _tour(path: Path, socle: bytes, asked: range) -> int:
    """A build that asks for some values; how many it had to make."""
    computed: list[int] = []
    memoire = Memo(path, socle)
    for n in asked:
        memoire.get_or_make("valeur", str(n).encode(), lambda n=n: (computed.append(n), bytes(1000)))
    assert memoire.commit()
    memoire.sweep()
    memoire.close()
    return len(computed)


def test_ce_que_beaucoup_de_constructions_ne_demandent_plus_s_en_va(tmp_path: Path) -> None:
    path = tmp_path / "memoire.sqlite"
    assert _tour(path, b"socle", range(1000)) == 1000
    full = path.stat().st_size
    # Each learns something; none asks for the thousand.
    for n in range(1000, 1090):
        assert _tour(path, b"socle", range(n, n + 1)) == 1
    assert _tour(path, b"socle", range(0)) == 0
    assert path.stat().st_size >= full
    for n in range(1090, 1110):
        _tour(path, b"socle", range(n, n + 1))
    assert path.stat().st_size < full / 4
    assert _tour(path, b"socle", range(1000)) == 1000


def test_ce_qui_depend_d_autre_chose_s_en_va_plus_tot(tmp_path: Path) -> None:
    """The values of other vocabularies: those of the last ones stay, to go back to; the file stays of one size."""
    path = tmp_path / "memoire.sqlite"
    sizes = []
    for n in range(20):
        assert _tour(path, b"socle %d" % n, range(200)) == 200
        sizes.append(path.stat().st_size)
    assert _tour(path, b"socle 18", range(200)) == 0
    assert max(sizes) < 8 * sizes[0]
