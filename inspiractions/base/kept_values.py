"""Values as data, to be kept in a file: to read them makes values of the types named here, calls nothing else, runs nothing.

JSON, and after it the bytes that it counts. What JSON has no sign for is an object of one key, ``""``, whose list opens with
the sign of a type. Objects are of classes that bear ``@kept``: their fields, by position; one that stands twice is kept once.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import chain
from pathlib import Path, PosixPath, WindowsPath
from typing import Any, NamedTuple, TypeVar

Class = TypeVar("Class", bound=type)

_HEAD = 4
# As many parts are encoded at once.
_LONG = 4_000
# How many lists and mappings, one in the other, are taken apart for that: a mapping of records, in a pair, is.
_DEEP = 4
_PLAIN = frozenset({str, int, float, bool, type(None)})
_STRINGS, _TUPLES = frozenset({str}), frozenset({tuple})
_TUPLE, _BYTES, _PAIRS, _SET, _FROZEN, _COUNTER, _ARRAY, _DATE, _PATH, _OBJECT, _AGAIN, _ROWS = "tbmsfcadpo=r"


class NotData(ValueError):
    """The bytes are no value that this version keeps."""


class _Kept(NamedTuple):
    """A class of that name: ``take`` takes from an object what is kept of it, ``make`` makes it again."""

    name: str
    take: Callable[[Any], list[Any]]
    make: Callable[[list[Any]], Any]


_BY_NAME: dict[str, _Kept] = {}
_BY_CLASS: dict[type, _Kept] = {}


def kept(cls: Class) -> Class:
    """Let the objects of a class be kept: a ``NamedTuple``, a dataclass, a model, or what its ``__getstate__`` gives.

    Nothing of its own code is called to make them again, but for a ``__setstate__`` that it has.
    """
    assert cls.__name__ not in _BY_NAME, f"two classes of the name {cls.__name__}"
    if issubclass(cls, tuple):
        known = _Kept(cls.__name__, list, cls._make)  # type: ignore[attr-defined]
    elif is_dataclass(cls) and cls.__getstate__ is object.__getstate__:
        names = [field.name for field in fields(cls)]
        known = _Kept(cls.__name__, lambda one: [getattr(one, name) for name in names], _with_fields(cls, names))
    elif hasattr(cls, "model_fields"):
        known = _of_model(cls)
    else:
        known = _Kept(cls.__name__, lambda one: [one.__getstate__()], _with_state(cls))
    _BY_NAME[cls.__name__] = _BY_CLASS[cls] = known
    return cls


def _with_fields(cls: type, names: list[str]) -> Callable[[list[Any]], Any]:
    def make(values: list[Any]) -> Any:
        one: Any = object.__new__(cls)
        for name, value in zip(names, values, strict=True):
            object.__setattr__(one, name, value)
        return one

    def make_at_once(values: list[Any]) -> Any:
        one: Any = object.__new__(cls)
        one.__dict__.update(zip(names, values, strict=True))
        return one

    return make if "__slots__" in cls.__dict__ else make_at_once


# Which of its keys a fiche gave, nobody asks for once it is read: a set by model would be a tenth of what a bank takes.
_NONE_GIVEN: set[str] = set()


def _of_model(cls: type) -> _Kept:
    """Of a model of pydantic: its fields, then its private attributes, by position; what it computed of them is not kept."""
    names, private = list(cls.model_fields), list(cls.__private_attributes__)  # type: ignore[attr-defined]

    def take(one: Any) -> list[Any]:
        return [one.__dict__[name] for name in names] + [one.__pydantic_private__[name] for name in private]

    def make(values: list[Any]) -> Any:
        one: Any = object.__new__(cls)
        if len(values) != len(names) + len(private):
            raise NotData(f"{cls.__name__} has other fields")
        object.__setattr__(one, "__dict__", dict(zip(names, values, strict=False)))
        object.__setattr__(one, "__pydantic_fields_set__", _NONE_GIVEN)
        object.__setattr__(one, "__pydantic_extra__", None)
        kept_apart = dict(zip(private, values[len(names) :], strict=True)) if private else None
        object.__setattr__(one, "__pydantic_private__", kept_apart)
        return one

    return _Kept(cls.__name__, take, make)


def _with_state(cls: type) -> Callable[[list[Any]], Any]:
    def make(values: list[Any]) -> Any:
        one: Any = object.__new__(cls)
        (state,) = values
        if hasattr(cls, "__setstate__"):
            one.__setstate__(state)
        else:
            one.__dict__.update(state)
        return one

    return make


def dump(value: object) -> bytes:
    """The bytes of a value. Raises ``TypeError`` where one of its parts is of a type that is not kept."""
    writer = _Writer()
    part = writer.part(value)
    head = [text.encode("utf-8", "surrogatepass") for text in (_in_slices(part) if writer.long else (_json(part),))]
    return b"".join((sum(map(len, head)).to_bytes(_HEAD, "little"), *head, *writer.octets))


def _json(part: Any) -> str:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":"))


def _in_slices(part: Any, depth: int = 0) -> Iterator[str]:
    """The same text, piece by piece: the encoder holds each of its small parts until the end.

    What lies deep is small, or one long list.
    """
    if part.__class__ is dict and part and depth < _DEEP:
        for n, (key, value) in enumerate(part.items()):
            yield f"{',' if n else '{'}{_json(key)}:"
            yield from _in_slices(value, depth + 1)
        yield "}"
    elif part.__class__ is list and len(part) > _LONG:
        for start in range(0, len(part), _LONG):
            yield f"{',' if start else '['}{_json(part[start : start + _LONG])[1:-1]}"
        yield "]"
    elif part.__class__ is list and part and depth < _DEEP:
        for n, value in enumerate(part):
            yield "," if n else "["
            yield from _in_slices(value, depth + 1)
        yield "]"
    else:
        yield _json(part)


def load(octets: bytes | memoryview) -> Any:
    """The value of some bytes. Raises ``NotData``."""
    octets = memoryview(octets)
    end = _HEAD + int.from_bytes(octets[:_HEAD], "little")
    reader = _Reader(octets, end)
    try:
        text = str(octets[_HEAD:end], "utf-8", "surrogatepass")
        return json.loads(text, object_hook=reader.part)
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise NotData(str(error)) from error


class _Writer:
    def __init__(self) -> None:
        self.octets: list[bytes] = []
        # Whether a list is long.
        self.long = False
        # The number of each object by its place in memory; none may go, or another would have its place.
        self._numbers: dict[int, int] = {}
        self._objects: list[object] = []

    def part(self, value: Any) -> Any:
        """What JSON is to write."""
        cls = value.__class__
        if cls in _PLAIN:
            return value
        if (cls is tuple or cls is list) and (width := _width(value)):
            row = list(chain.from_iterable(value))
            self.long = self.long or len(row) > _LONG
            return {"": [_ROWS, cls is tuple, width, *row]}
        if cls is tuple:
            return {"": [_TUPLE, *self._parts(value)]}
        if cls is list:
            return self._parts(value)
        if cls is dict:
            if _STRINGS.issuperset(map(type, value)) and "" not in value:
                return dict(zip(value, self._parts(value.values()), strict=True))
            return {"": [_PAIRS, *self._parts([part for pair in value.items() for part in pair])]}
        return {"": self._signed(value, cls)}

    def _parts(self, values: Any) -> list[Any]:
        self.long = self.long or len(values) > _LONG
        # Most parts are plain, all of them: to look at their types first is soonest done.
        if _PLAIN.issuperset(map(type, values)):
            return list(values)
        return [one if one.__class__ in _PLAIN else self.part(one) for one in values]

    def _signed(self, value: Any, cls: type) -> list[Any]:
        if cls is bytes or cls is bytearray:
            self.octets.append(value)
            return [_BYTES if cls is bytes else _ARRAY, len(value)]
        if cls is set or cls is frozenset:
            # Strings in their order: the order of a set is another one in each process.
            ordered = sorted(value) if _STRINGS.issuperset(map(type, value)) else value
            return [_SET if cls is set else _FROZEN, *self._parts(ordered)]
        if cls is Counter:
            return [_COUNTER, *self._parts([part for pair in value.items() for part in pair])]
        if cls is date:
            return [_DATE, value.isoformat()]
        if cls is PosixPath or cls is WindowsPath:
            return [_PATH, str(value)]
        known = _BY_CLASS.get(cls)
        if known is None:
            raise TypeError(f"{cls.__module__}.{cls.__qualname__} is not kept: @kept would say that it may be")
        if (number := self._numbers.get(id(value))) is not None:
            return [_AGAIN, number]
        written = [_OBJECT, known.name, *self._parts(known.take(value))]
        self._numbers[id(value)] = len(self._objects)
        self._objects.append(value)
        return written


def _width(values: Any) -> int:
    """How many parts each of them has, where all are tuples of as many plain ones: these are kept end to end; else 0."""
    widths = set(map(len, values)) if len(values) > 1 and set(map(type, values)) == _TUPLES else ()
    return next(iter(widths)) if len(widths) == 1 and _PLAIN.issuperset(map(type, chain.from_iterable(values))) else 0


class _Reader:
    """JSON is read from the inside out, in its order: the bytes, too, and the objects are numbered so."""

    def __init__(self, octets: memoryview, start: int) -> None:
        self._octets, self._at = octets, start
        self._objects: list[Any] = []

    def part(self, read: dict[str, Any]) -> Any:
        """The value that one JSON object stands for."""
        if "" not in read:
            return read
        signed = read[""]
        sign = signed[0]
        if sign == _TUPLE:
            return tuple(signed[1:])
        if sign == _OBJECT:
            one = _BY_NAME[signed[1]].make(signed[2:])
            self._objects.append(one)
            return one
        values = signed[1:]
        if sign in (_BYTES, _ARRAY):
            start, self._at = self._at, self._at + values[0]
            octets = bytes(self._octets[start : self._at])
            if len(octets) != values[0]:
                raise NotData("some bytes are missing")
            return octets if sign == _BYTES else bytearray(octets)
        if sign == _ROWS:
            is_tuple, width, *row = values
            rows = zip(*[iter(row)] * width, strict=True)
            return tuple(rows) if is_tuple else list(rows)
        if sign in (_PAIRS, _COUNTER):
            pairs = dict(zip(values[::2], values[1::2], strict=True))
            return pairs if sign == _PAIRS else Counter(pairs)
        if sign == _AGAIN:
            return self._objects[values[0]]
        return _OTHERS[sign](values)


_OTHERS: dict[str, Callable[[list[Any]], Any]] = {
    _SET: set,
    _FROZEN: frozenset,
    _DATE: lambda values: date.fromisoformat(values[0]),
    _PATH: lambda values: Path(values[0]),
}
