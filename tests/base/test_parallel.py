"""Several processes at one work: the same results in the same order, and every end told."""

from __future__ import annotations

import errno
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from inspiractions.base.memo import Memo
from inspiractions.base.parallel import _TASKS, WorkerLost, map_forked, no_collection

TACHES = range(100)

pytestmark = pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2, reason="il faut deux processeurs"
)


@pytest.fixture
def memoire(tmp_path: Path) -> Memo:
    return Memo(tmp_path / "memoire.sqlite", b"socle")


@pytest.fixture(autouse=True)
def sans_fils(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test runner has threads of its own; what is made here does not depend on them."""
    monkeypatch.setattr("inspiractions.base.parallel.threading.active_count", lambda: 1)


def _partage(taches: Sequence[int], memoire: Memo) -> list[tuple[int, int]]:
    def make(n: int) -> tuple[int, int]:
        time.sleep(0.02 if n == 0 else 0)
        return n, os.getpid()

    return list(map_forked(make, taches, memoire))


def test_dans_l_ordre_par_plusieurs(memoire: Memo) -> None:
    results = _partage(TACHES, memoire)
    assert [n for n, _ in results] == list(TACHES)
    makers = {pid for _, pid in results}
    assert len(makers) == len(os.sched_getaffinity(0))
    assert os.getpid() not in makers


class _Ring:
    """Holds itself, so that only the collector takes it away."""

    alive = 0

    def __init__(self) -> None:
        self.me = self
        _Ring.alive += 1

    def __del__(self) -> None:
        _Ring.alive -= 1


def test_les_copies_ne_gardent_pas_ce_que_rien_ne_tient(memoire: Memo) -> None:
    def make(_: int) -> int:
        _Ring()
        return _Ring.alive

    with no_collection():
        assert max(map_forked(make, TACHES, memoire)) <= _TASKS


def test_peu_de_taches_restent_ici(memoire: Memo) -> None:
    assert {pid for _, pid in _partage(range(10), memoire)} == {os.getpid()}


def test_avec_d_autres_fils_tout_reste_ici(memoire: Memo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspiractions.base.parallel.threading.active_count", lambda: 2)
    assert {pid for _, pid in _partage(TACHES, memoire)} == {os.getpid()}


def test_ce_que_les_copies_apprennent_se_retient(memoire: Memo, tmp_path: Path) -> None:
    assert memoire.get_or_make("carre", b"3", lambda: 9) == 9
    memoire.commit()

    def make(n: int) -> int:
        return memoire.get_or_make("carre", str(n).encode(), lambda: n * n)

    assert list(map_forked(make, TACHES, memoire)) == [n * n for n in TACHES]
    memoire.close()
    again = Memo(tmp_path / "memoire.sqlite", b"socle")
    assert [again.peek("carre", str(n).encode()) for n in TACHES] == [n * n for n in TACHES]
    again.close()


def test_une_faute_revient_telle_quelle(memoire: Memo) -> None:
    def make(n: int) -> int:
        if n == 70:
            raise OSError(errno.ENOSPC, "plein", "site/page.html")
        return n

    with pytest.raises(OSError, match="plein") as raised:
        list(map_forked(make, TACHES, memoire))
    assert (raised.value.errno, raised.value.filename) == (errno.ENOSPC, "site/page.html")
    assert "make" in raised.value.__notes__[0]


def test_une_copie_tuee_se_dit(memoire: Memo) -> None:
    def make(n: int) -> int:
        if n == 70:
            os.kill(os.getpid(), signal.SIGKILL)
        return n

    with pytest.raises(WorkerLost, match="recommencez"):
        list(map_forked(make, TACHES, memoire))


def test_qui_n_attend_pas_la_fin_ne_laisse_personne(memoire: Memo) -> None:
    def make(n: int) -> int:
        time.sleep(0.01)
        return os.getpid()

    results = map_forked(make, TACHES, memoire)
    first = next(iter(results))
    results.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
