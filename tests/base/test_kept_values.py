"""What is kept is data: it comes back as it was, and nothing of it is run."""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
import subprocess
import sys
import typing
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import inspiractions
from inspiractions.base.files import PROJECT
from inspiractions.base.kept_values import _BY_CLASS, NotData, dump, kept, load
from inspiractions.model.action import Action, Lien


@kept
@dataclass(frozen=True, slots=True)
class _Point:
    x: int
    de: object = None


@kept
@dataclass
class _Releve:
    nom: str
    points: list[_Point] = field(default_factory=list)

    def __post_init__(self) -> None:
        # To make it again calls nothing of its own.
        assert self.nom != "lu"


@kept
class _Couple(NamedTuple):
    a: object
    b: object


class _Compteur(Counter[str]):
    pass


_plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary() | st.dates()
_hashable = st.recursive(
    _plain,
    lambda inner: st.tuples(inner, inner) | st.frozensets(inner) | st.builds(_Point, st.integers(), inner),
    max_leaves=6,
)
_values = st.recursive(
    _hashable,
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        # Rows of plain parts, which are kept end to end.
        | st.lists(st.tuples(st.text(), st.integers(), st.booleans()), min_size=2)
        | st.lists(st.tuples(st.none() | st.floats(allow_nan=False)), min_size=2).map(tuple)
        | st.dictionaries(st.text(), inner)
        | st.dictionaries(_hashable, inner)
        | st.sets(_hashable)
        | st.builds(_Couple, inner, inner)
        | st.binary().map(bytearray)
        | st.lists(st.text()).map(Counter)
    ),
    max_leaves=20,
)


def _typed(value: object) -> object:
    """With the type of each part: ``True == 1``, and a list is no tuple."""
    if isinstance(value, dict):
        return type(value), [(_typed(key), _typed(one)) for key, one in value.items()]
    if isinstance(value, list | tuple):
        return type(value), [_typed(one) for one in value]
    if isinstance(value, set | frozenset):
        return type(value), sorted(repr(_typed(one)) for one in value)
    return (type(value), _typed(value.x), _typed(value.de)) if isinstance(value, _Point) else (type(value), repr(value))


@given(_values)
def test_ce_qui_est_garde_revient_tel_quel(value: Any) -> None:
    assert _typed(load(dump(value))) == _typed(value)


@pytest.mark.parametrize(
    "value",
    [
        [list(range(9001)), {"a": [("x", 1)] * 5000, "b": {}}, [], {}, "é", b"zz"],
        {("a", n): n for n in range(5000)},
        [[["x"] * 4001] * 3, []],
    ],
)
def test_de_longues_listes_reviennent(value: Any) -> None:
    assert load(dump(value)) == value


def test_un_objet_qui_est_deux_fois_la_l_est_encore() -> None:
    point = _Point(1, b"octets")
    releve = _Releve("r", [point, _Point(2, [point, b"autres"]), point])
    lu = load(dump((releve, point, b"fin")))
    assert lu == (releve, point, b"fin")
    assert lu[1] is lu[0].points[0] is lu[0].points[2] is lu[0].points[1].de[0]


def test_un_objet_est_refait_sans_rien_appeler_de_lui() -> None:
    releve = _Releve("ecrit")
    releve.nom = "lu"
    assert load(dump(releve)) == releve


def test_les_octets_ne_dependent_pas_de_l_ordre_des_hachages() -> None:
    """Where they stand in the repository, they are written again as they were."""
    code = "import sys; from inspiractions.base.kept_values import dump; sys.stdout.buffer.write(dump({*'abcdefgh'}))"

    def written(seed: str) -> bytes:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)}
        return subprocess.run([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, check=True).stdout

    assert written("1") == written("2")


def test_un_modele_et_un_chemin_reviennent() -> None:
    lien = Lien(titre="Le bilan", url="https://ville.exemple/bilan")
    values = [lien, Path("actions/x.md"), date(2024, 2, 29), {"": 1}, "\ud800"]
    assert load(dump(values)) == values


@pytest.mark.parametrize("value", [object(), _Compteur("a"), print, Action, 1j, range(3), lambda: 0])
def test_rien_d_autre_n_est_garde(value: object) -> None:
    with pytest.raises(TypeError, match="is not kept"):
        dump([value])


def test_des_octets_abimes_ne_sont_pas_une_valeur() -> None:
    octets = dump(({"a": [_Point(1), b"abc"]}, {1: {2}}, Path("x"), date(2024, 1, 1)))
    for end in range(len(octets)):
        with pytest.raises(NotData):
            load(octets[:end])


@pytest.mark.parametrize(
    "json",
    [
        '{"":["o","Popen",["ls"]]}', '{"":["o","_Point",1]}', '{"":["o","_Point",1,2,3]}', '{"":["=",0]}', '{"":["b",9]}',
        '{"":["b",-1]}', '{"":["?"]}', '{"":[]}', '{"":3}', '{"":["m",1]}', '{"":["s",[]]}', '{"":["d","hier"]}', '{"":["o"]}',
        '{"":["t"]', "[" * 100_000, "", "nan", '{"":["o","os.system","true"]}', '{"":["o","Source",3]}', '{"":["p",3]}',
    ],
)  # fmt: skip
def test_ce_qui_n_a_pas_la_forme_n_est_pas_une_valeur(json: str) -> None:
    head = json.encode()
    with pytest.raises(NotData):
        load(len(head).to_bytes(4, "little") + head)


def test_aucun_module_ne_lit_ce_qui_s_execute() -> None:
    forbidden = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "jsonpickle"}
    for path in (PROJECT / "inspiractions").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            assert forbidden.isdisjoint(name.split(".")[0] for name in names), path


def test_ce_qu_un_objet_garde_contient_est_garde_aussi() -> None:
    for module in pkgutil.walk_packages(inspiractions.__path__, "inspiractions."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    ours = {cls for cls in _BY_CLASS if cls.__module__.startswith("inspiractions.")}
    assert len(ours) > 25
    missing = {
        f"{cls.__name__} → {part.__name__}"
        for cls in ours
        for hint in typing.get_type_hints(cls).values()
        for part in _classes(hint)
        if part.__module__.startswith("inspiractions.") and part not in _BY_CLASS
    }
    assert missing == set()


def _classes(hint: Any) -> Iterator[type]:
    """The classes that a type names; a registry of the class itself, not what its values are, is left out."""
    if typing.get_origin(hint) is typing.ClassVar:
        return
    if isinstance(hint, type) and not typing.get_args(hint):
        yield hint
    for part in typing.get_args(hint):
        yield from _classes(part)
