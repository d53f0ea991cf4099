"""The language of the site: French, as the texts are written, or another one of ``locales/`` (docs/adr/020-une-autre-langue.md).

One a process: a build, a command. Without another language nothing is looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """What translates a message, and a word that is counted; both give the French where there is no translation."""

    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]


def _french(one: str, many: str, number: int) -> str:
    return one if number < 2 else many


_in_french = Language(str, _french)
_language = _in_french


def speak(language: Language | None) -> None:
    """From now on, texts are in ``language``; ``None``: in French."""
    global _language
    _language = language or _in_french


def translation() -> Callable[[str], str] | None:
    """What translates a message; ``None`` in French."""
    return None if _language is _in_french else _language.gettext


def gettext(message: str) -> str:
    """The text in the language of the site."""
    return _language.gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """The text for so many, in the language of the site."""
    return _language.ngettext(one, many, number)


def message(text: str) -> str:
    """Marks a text, kept in French, that ``gettext`` is asked for where it is shown: a constant is made before the language is known."""
    return text
