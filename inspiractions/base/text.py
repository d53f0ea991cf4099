"""French text: folding, addresses, nearest word, typography.

The letters that a link begins: the reader's own program opens them, and sends them or not (RFC 6068).

The language of the site: French, as the texts are written, or another one of ``locales/`` (docs/adr/020-une-autre-langue.md). One
a process: a build, a command. Without another language nothing is looked up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from urllib.parse import quote


def mailto(address: str, subject: str, lines: Iterable[str]) -> str:
    """The link that begins a letter to ``address``, with its subject and its lines."""
    body = "%0D%0A".join(map(_quoted, lines))
    return f"mailto:{quote(address, safe='@')}?subject={_quoted(subject)}&body={body}"


# Most lines are those of every letter.
@lru_cache(256)
def _quoted(text: str) -> str:
    return quote(text, safe="")


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


# A sign of private use, which no content may hold (rules/privacy.py).
DONE = "\ue003"

# Commands (C0, C1), zero-width spaces, what turns the way of writing, marks of lines and of blocks, private use, and what
# is no character at all: XML refuses some, terminals obey others, and readers see none. Joiners stay: emoji need them.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ue000-\uf8ff\ufeff\ufff0-\uffff\U000e0000-\U0010ffff]"
)

_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "ʼ": "'"}
_NOT_WORD = re.compile(r"[^a-z0-9]+")
# A block that is no text, up to the « > » of its end, and the name of its tag.
_OPAQUE = re.compile(r"(<(script|style|code|pre|textarea)\b.*?(?:</\2(?=>)|\Z))", re.S)
# A text, from the end of the tag before it, that holds a sign which typography may concern. Millions are looked at: the sign
# at the start lets the engine leap from one to the next.
_TEXT = re.compile(r">[^<;!?:«»'%€&0-9]*[;!?:«»'%€&0-9][^<]*")
# How many are kept in mind.
_TEXTS = 20_000
_OPENING, _CLOSING = re.compile(r"«[ \u00a0\u202f]?"), re.compile(r"[ \u00a0\u202f]?»")
_HIGH = re.compile(r"[ \u00a0]([;!?])")
_COLON = re.compile(r" (:)(?=\s|$)")
_THOUSANDS = re.compile(r"(?<!\d)(\d{1,3}) (?=\d{3}(?!\d))")
_DIGITS = re.compile(r" (?<=\d )(?=\d)")
_UNIT = re.compile(r"(?<=\d) (?=[%€])")
# « 6e », « 18e », but neither « 3e-4 » nor « /6e ».
_ORDINAL = re.compile(r"(?<![\w.,/-])(\d{1,3})e(?![\w-])")
_HYPHENATED = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
_APOSTROPHE = re.compile(r"'(?<=\w')(?=\w)")


def invisible(sign: str) -> str:
    """What to tell whoever wrote such a sign."""
    return f"caractère invisible U+{ord(sign):04X} : effacez-le."


def fold(text: str) -> str:
    """Lower case ASCII, without accents or ligatures: what two spellings of a word have in common."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    # Not by « translate », which looks up every letter that has an accent: five hundred times as long.
    for sign, letters in _LIGATURES.items():
        lowered = lowered.replace(sign, letters)
    decomposed = unicodedata.normalize("NFKD", lowered)
    return decomposed.encode("ascii", "ignore").decode("ascii")


# Most are labels and headings, the same in every fiche.
@lru_cache(_TEXTS)
def slugify(text: str) -> str:
    """A part of an address: ``Saint-Denis (974)`` → ``saint-denis-974``."""
    return _NOT_WORD.sub("-", fold(text)).strip("-")


def nearest(value: str, known: Iterable[str], floor: float = 0.6) -> str | None:
    """The known word that looks most like ``value``, accents and case apart; ``None`` where nothing comes near."""
    wanted, best, best_ratio = fold(value), None, floor
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    for candidate in known:
        matcher.set_seq1(fold(candidate))
        if (
            matcher.real_quick_ratio() >= best_ratio
            and matcher.quick_ratio() >= best_ratio
            and matcher.ratio() > best_ratio
        ):
            best, best_ratio = candidate, matcher.ratio()
    return best


def enumerate_fr(words: Iterable[str], last: str = "") -> str:
    """``a, b et c``; ``last``: what stands in the place of « et »."""
    items = list(words)
    return f"{', '.join(items[:-1])} {last or gettext('et')} {items[-1]}" if len(items) > 1 else "".join(items)


def decapitalise(label: str) -> str:
    """A label inside a sentence: « Santé sexuelle, VIH » → « santé sexuelle, VIH »; an acronym stays as it is."""
    return label[:1].lower() + label[1:] if not label[1:2].isupper() else label


def hyphenated_words(text: str) -> list[tuple[str, bool]]:
    """A text cut into pieces, each with whether it is a word that holds a hyphen: ``Loué-Brûlon``, ``sport-santé``."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for match in _HYPHENATED.finditer(text):
        pieces += [(text[end : match.start()], False), (match[0], True)]
        end = match.end()
    return [piece for piece in (*pieces, (text[end:], False)) if piece[0]]


def typography(html: str) -> str:
    """Set the no-break spaces and apostrophes of French typography in the text of HTML, never in tags or code.

    U+202F before ``; ! ?`` and between thousands, U+00A0 before ``:`` and inside « », « 6ᵉ » (Imprimerie nationale). What stands
    between two ``DONE`` has been through it already; the marks go.
    """
    pieces = html.split(DONE)
    pieces[::2] = map(_typography_of_html, pieces[::2])
    return "".join(pieces)


def _typography_of_html(html: str) -> str:
    # The text at the start has no tag before it.
    pieces = _OPAQUE.split(f">{html}")
    del pieces[2::3]
    pieces[::2] = (_TEXT.sub(lambda match: _typography_of_text(match[0]), piece) for piece in pieces[::2])
    return "".join(pieces)[1:]


# Six texts of seven are those of another page, too.
@lru_cache(_TEXTS)
def _typography_of_text(text: str) -> str:
    """To look for a sign costs a fraction of a pattern that does not find it."""
    if "&#" in text:
        text = text.replace("&#39;", "'").replace("&#x27;", "'")
    if "«" in text:
        text = _OPENING.sub("«\u00a0", text)
    if "»" in text:
        text = _CLOSING.sub("\u00a0»", text)
    if ";" in text or "!" in text or "?" in text:
        text = _HIGH.sub("\u202f\\1", text)
    if ":" in text:
        text = _COLON.sub("\u00a0\\1", text)
    if _DIGITS.search(text):
        text = _THOUSANDS.sub("\\1\u202f", text)
    if "e" in text:
        text = _ORDINAL.sub("\\1ᵉ", text)
    if "%" in text or "€" in text:
        text = _UNIT.sub("\u00a0", text)
    return _APOSTROPHE.sub("’", text) if "'" in text else text
