"""Find what tells of a person in a text, as a reader sees it: after Markdown, entities, escapes and unusual signs.

Each finding says how sure it is: what is certain is refused, what is possible is told to whoever proofreads.
The words that decide are data: ``referentiels/boites-generiques.txt``, ``prenoms.txt``, ``mots-innocents.txt``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from inspiractions.base.kept_values import kept
from inspiractions.base.markdown import ReaderView
from inspiractions.base.personal_life import Lexicon, addresses, births, situations
from inspiractions.base.text import fold

Kind = Literal["phone", "email", "name", "nir", "birth", "address", "situation"]


@dataclass(frozen=True, order=True)
class PersonalDatum:
    """A piece of personal data: ``text`` stands from ``start`` to before ``end`` (in characters); ``certain``, or possible."""

    start: int
    end: int
    kind: Kind
    text: str
    certain: bool = True


@kept
class PersonalNote(NamedTuple):
    """The place of a piece of personal data (in characters), the French sentence on it, and whether it is only possible."""

    start: int
    message: str
    doubt: bool


def find_personal_data(text: str, lexicon: Lexicon, agreed: Collection[str] = ()) -> list[PersonalDatum]:
    """Each piece of personal data, in the order of the text; pieces of two kinds may overlap.

    ``agreed``: exact texts that the people concerned agreed to.
    """
    view = ReaderView(text)
    settled = [fold(ReaderView(one).text) for one in agreed]
    data: list[PersonalDatum] = []
    for start, end, kind, certain in _find(view.text, lexicon):
        folded = fold(" ".join(view.text[start:end].split()))
        if lexicon.innocent_texts.search(folded) and kind == "name":
            continue
        if folded in lexicon.innocent or any(folded == one or (kind == "name" and folded in one) for one in settled):
            continue
        first, last = view.origin(start), view.origin(end, closing=True)
        data.append(PersonalDatum(first, last, kind, text[first:last], certain))
    return sorted(data)


def names_a_person(file_name: str, lexicon: Lexicon) -> bool:
    """Whether the name of a file, without its extension, tells of a person: its words stand apart, capitals may be lost."""
    words = " ".join(re.split(r"[\W_]+", file_name))
    return any(datum.kind == "name" for form in (words, words.title()) for datum in find_personal_data(form, lexicon))


Span = tuple[int, int, Kind, bool]


def _find(text: str, lexicon: Lexicon) -> Iterator[Span]:
    """Each search is made only where a plain look says that it may find: nearly every text is clean."""
    low = text.lower()
    runs = _DIGITS.findall(text)
    numbers = [*_nirs(text)] if any(len(_NO_DIGIT.sub("", run)) >= _NIR_DIGITS for run in runs) else []
    yield from numbers
    emails = [*_emails(text, lexicon)] if any(sign in low for sign in _AT_SIGNS) else []
    yield from emails
    if runs or "zéro" in low or "zero" in low:
        yield from _apart(_phones(text, lexicon), (*numbers, *emails))
    yield from births(text)
    yield from addresses(text, low)
    yield from situations(text, lexicon)
    titled = [*_titled(text, lexicon)]
    titled += [*_apart(_ranked(text, lexicon), titled)]
    yield from titled
    yield from _apart(_untitled(text, lexicon), (*titled, *emails))


def _apart(spans: Iterator[Span], others: Iterable[Span]) -> Iterator[Span]:
    """Those that overlap none of the others, which do not overlap among themselves."""
    ordered = sorted(others)
    starts = [span[0] for span in ordered]
    for span in spans:
        last = bisect_left(starts, span[1]) - 1
        if last < 0 or ordered[last][1] <= span[0]:
            yield span


# — Numbers —

# Six or more; in the middle of a NIR, a letter may stand for one (Corsica: 2A, 2B).
_DIGITS = re.compile(r"\d(?:[ .\-/_()·•|\n\t]{0,3}[\dAB]){5,}")
_NO_DIGIT, _NIR_DIGITS = re.compile(r"[^\dAB]+"), 13
_SEP = r"[ .\-/_()·•|\n\t]{0,3}"
_NATIONAL = re.compile(
    rf"0(?<![\d+]0)(\)?{_SEP}[1-79](?:{_SEP}\d){{8}})(?![\w])(?! ?\d(?!\d[ .-]\d\d[ .-]\d\d[ .-]\d\d[ .-]\d\d\b))"
)
# Each opens with the sign itself and looks behind it after: the engine leaps from one such sign to the next.
_AFTER_CODE = rf"\)?{_SEP}(?:\(?0\)?)?{_SEP}\d(?:{_SEP}\d){{5,8}}(?![\w])"
_INTERNATIONAL = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\+[ .]?(?:33|262|508|590|594|596|681|687|689){_AFTER_CODE}",
        rf"\+(?:1|32|34|39|41|44|49|212|213|216|221|223|224|225|237|243|351|352|376|377)(?:{_SEP}\d){{8,10}}(?![\w])",
        rf"\((?:\+|00)?(?:33|262|508|590|594|596|681|687|689){_AFTER_CODE}",
        rf"00(?<!\d00)[ .]?(?:33|262|508|590|594|596|681|687|689){_AFTER_CODE}",
        r"33(?<![\d/.=-]33)\)? (?:\(0\) ?)?[1-79](?:[ .-]\d\d){4}(?![\w])",
        r"33(?<![\w/.=-]33)[67]\d{8}(?![\w])",
    )
)
# How French people cut ten digits; « 01/02/2023 12 » is a date and a time.
_GROUPS = frozenset(
    {(2, 2, 2, 2, 2), (10,), (4, 2, 2, 2), (4, 3, 3), (2, 4, 4), (2, 3, 3, 2), (3, 3, 4), (4, 6), (2, 8), (1, 3, 3, 3), (2, 2, 2, 2, 1, 1), (1, 1, 2, 2, 2, 2), (1, 9), (3, 7), (1,) * 10}
)  # fmt: skip
_NO_PHONE_BEFORE = re.compile(
    r"(?:\b(?:lots?|march[ée]s?|siret|siren|finess|rna|doi|isbn|issn|ean|code(?:-barres)?|dossier|r[ée]f(?:[ée]rence)?|facture|d[ée]lib[ée]ration|parcelle|identifiant|rpps|adeli|iban|commande|version|convention)\b\.?[ :]*(?:n[°o]|num[ée]ro)?[ :.]*|\b(?:r[ée]sultats?|scores?|effectifs?|tirages?|loto|combinaison|num[ée]ros gagnants|pages?|chapitres?|articles|d[ée]partements?|semaines?|s[ée]ries?|suites?|notes|valeurs?|bus|lignes|classes?|codes?|dates?)[^.;:\d]{0,30}: ?|\d\.|[=#$€]|\d,)$",
    re.I,
)
_NO_PHONE_AFTER = re.compile(
    r"\s?(?:€|%|k€|m€|euros?\b|habitants?\b|personnes?\b|[,.]\d|km\b|m²|lignes?\b|h\d|h \d|janv|f[ée]vr|mars\b|avril|mai\b|juin|juil|ao[uû]t|sept|oct|nov|d[ée]c|classes|[ée]coles)",
    re.I,
)
_SHORT = re.compile(
    r"[2-9](?<![\d,./-][2-9])(?:(?:(?<=4)0|(?<=8)[79])(?:[ .-]?\d\d){3}|\d(?:([ .-]?)\d\d)(?:\1\d\d))(?![\d]|[ .,-]\d|\s?(?:€|%|euros?|ans|personnes|habitants))"
)
_CALLS = re.compile(r"(?:\bt[ée]l(?:[ée]phon\w*)?\b|\bportable|\bmobile|\bgsm|\bvini|\bfax|\bappel\w*|\bjoi(?:ndre|gn\w+)|\bcompos\w+|\bnum[ée]ro|☎|\bSMS)[^.;!?\d]{0,25}(?:\b[Tt][ée]l\.\s*)?$|\bt[ée]l\.\s*:?\s*$|\b(?:Polyn[ée]sie|Papeete|Noum[ée]a|Tahiti|Moorea|Cal[ée]donie)\b[^;!?\n\d]{0,60}$", re.I)  # fmt: skip


_NUMBERED_THING = re.compile(
    r"\bn ?[°o] ?(?:d[eu] |d'|de la )?(?!t[ée]l|port|mob|fixe|fax|gsm|appel|contact|direct|ligne)[\w-]+(?: [\w-]+)? ?:? ?$",
    re.I,
)
_CALLS_CLOSELY = re.compile(
    r"(?:\bt[ée]l(?:[ée]ph\w*)?|\bportable|\bmobile|\bgsm|\bfax|\bappel\w*|\bjoi(?:ndre|gn\w+)|\bcompos\w+|\bnum[ée]ro|\bligne|☎|\bSMS|\bposte|\bstandard|\bport)\b[^;!?\n\d]{0,35}$",
    re.I,
)
_TEENS = r"(?:dix(?:-(?:sept|huit|neuf))?|onze|douze|treize|quatorze|quinze|seize|une?|deux|trois|quatre|cinq|six|sept|huit|neuf)"
_DIGIT = r"(?:z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf)"
_TENS = rf"(?:(?:vingt|trente|quarante|cinquante|soixante|quatre-vingts?)(?:[ -](?:et[ -])?{_TEENS})?|{_TEENS})"
_SPELLED = re.compile(
    rf"[zZ](?<!\w.)[ée]ro[ ,.-]{{1,3}}{_DIGIT}(?:[ ,.-]{{1,3}}(?:\d\d|z[ée]ro[ -]{_DIGIT}|{_TENS})){{4}}(?!\w)", re.I
)
_PUNCTUATED = re.compile(r"0(?<![\d,;:.]0)[67]([,;:])(?:\d\d\1){3}\d\d(?![\d,;:])")
_OVERSEAS_AFTER = re.compile(
    r"\s?(?:\((?:vini|mobile|portable|Papeete|Tahiti|Moorea|Noum[ée]a|Polyn[ée]sie|Nouvelle-Cal[ée]donie)|à (?:Papeete|Tahiti|Moorea|Noum[ée]a))",
    re.I,
)


def _phones(text: str, lexicon: Lexicon) -> Iterator[Span]:
    end = 0
    for span in sorted(_written_phones(text)):
        if span[0] >= end:
            end = span[1]
            if not _is_helpline(text, span[0], span[1], lexicon):
                yield span


def _is_helpline(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the number is a kept one, or that of a line whose name the same sentence tells; a mobile is somebody's."""
    digits = re.sub(r"\D", "", text[start:end])
    if digits in lexicon.helplines:
        return True
    if not re.match(r"0[1-589]", digits):
        return False
    before = re.split(r"[.;!?]\s|\n", text[max(0, start - 60) : start])[-1]
    after = re.match(r"[^.;!?\n\d]{0,50}", text[end:])
    around = re.findall(
        r"[\w-]+", fold(f"{before} {after[0] if after else ''}").replace("info service", "info-service")
    )
    return not lexicon.helplines.isdisjoint(around)


def _written_phones(text: str) -> Iterator[Span]:
    for pattern in _INTERNATIONAL:
        for match in pattern.finditer(text):
            if not _NO_PHONE_AFTER.match(text, match.end()):
                opened = match.start() - (text[match.start() - 1 : match.start()] == "(" and ")" in match[0])
                yield opened, match.end(), "phone", True
    last = -2
    for match in _NATIONAL.finditer(text):
        start = match.start()
        before = text[max(0, start - 40) : start]
        groups = tuple(len(group) for group in re.findall(r"\d+", match[0]))
        glued = bool(re.search(r"\w$|\w[/=-]$|/$", before)) and not re.search(r"(?:t[ée]l|fax|:)$", before, re.I)
        if (
            (groups not in _GROUPS and not _CALLS_CLOSELY.search(before))
            or _is_series(groups, match[0])
            or (glued and start - 1 != last)
            or _NO_PHONE_BEFORE.search(before)
            or (len(groups) == 1 and _NUMBERED_THING.search(before))
            or _NO_PHONE_AFTER.match(text, match.end())
            or re.search(r"\b(?:\d\d[/.-]){2}(?:19|20)\d\d", match[0])
        ):
            continue
        last = match.end()
        yield start - (before.endswith("(") and ")" in match[0]), match.end(), "phone", True
    for match in _SPELLED.finditer(text):
        yield match.start(), match.end(), "phone", True
    for match in _PUNCTUATED.finditer(text):
        yield match.start(), match.end(), "phone", True
    for match in _SHORT.finditer(text):
        around = text[max(0, match.start() - 70) : match.start()], text[match.end() : match.end() + 40]
        if _CALLS.search(around[0]) or _OVERSEAS_AFTER.match(around[1]):
            yield match.start(), match.end(), "phone", True


def _is_series(groups: tuple[int, ...], written: str) -> bool:
    """« 06 08 10 12 14 » counts by twos; « 01 23 45 67 89 » is a number that people write."""
    steps = {int(b) - int(a) for a, b in pairwise(re.findall(r"\d+", written))} if len(groups) == 5 else set()
    return len(steps) == 1 and 0 < steps.pop() <= 10


_NIR = re.compile(
    r"([12])(?<![\d,][12])([ .-]?)(\d\d)([ .-]?)(0[1-9]|1[0-2]|[2-4]\d|[5-9]\d)([ .-]?)(\d\d|2[AB])([ .-]?)(\d{3})([ .-]?)(\d{3})(?:([ ./-]{0,3})(\d\d))?(?!\d|,\d)"
)
_HEALTH = re.compile(
    r"s[ée]cu(?:rit[ée])?\b|\bnir\b|vitale|immatricul|matricule|assur[ée]|\bn ?° ?ss\b|\binsee\b", re.I
)
_ANY_NIR = re.compile(r"[12](?<![\d,][12])(?:[ ./-]{0,3}\d){12}(?:(?:[ ./-]{0,3}\d){2})?(?![ .-]?\d|,\d)")


def _nirs(text: str) -> Iterator[Span]:
    """Cut as on the card, or with its key, or named as such: a bar code has thirteen digits, too. Named, it may be cut anyhow."""
    last = 0
    for match in _NIR.finditer(text):
        cut = all(match[group] for group in (2, 4, 6, 8, 10))
        digits = "".join(match[group] for group in (1, 3, 5, 7, 9, 11)).replace("2A", "19").replace("2B", "18")
        right_key = bool(match[13]) and 97 - int(digits) % 97 == int(match[13])
        if cut or right_key or _HEALTH.search(text[max(0, match.start() - 60) : match.end() + 40]):
            last = match.end()
            yield match.start(), last, "nir", True
    for match in _ANY_NIR.finditer(text):
        if match.start() >= last and _HEALTH.search(text[max(0, match.start() - 40) : match.start()]):
            yield match.start(), match.end(), "nir", True


# — E-mails —

_AT_SIGN = r"(?:@|[-_]at[-_]|[\[({<]\s?(?:at|a|arobase?|arobas|chez|@)\s?[\])}>])"
# What all that _EMAIL finds holds, in lower case.
_AT_SIGNS = ("@", "arobas", " at ", "-at-", "_at_", "at)", "at>", "(a", "( a", "(chez", "[", "]", "{", "}")
_DOT = r"(?:\.|\s?[\[({]\s?(?:\.|dot|point)\s?[\])}]\s?|\s(?:point|dot)\s)"
_EMAIL = re.compile(
    rf"(?<![\w.+-])([\w+-][\w.+'-]*(?:\s?[\[({{]\s?(?:\.|dot|point)\s?[\])}}]\s?[\w+-]+)*)"
    rf"(\s?{_AT_SIGN}\s?|\s(?:arobase|arobas)\s|\s(?:at|AT)\s)"
    rf"[a-z0-9](?:[\w-]*\w)?(?:{_DOT}[a-z0-9][\w-]*)*{_DOT}[a-z]{{2,}}\b",
    re.I,
)
_SPACED_EMAIL = re.compile(
    r"(?<![\w.+-])(\w+(?: ?[._-] ?\w+)*) ?(?:@|\[at\]|\(at\)) ?\w+(?:-\w+)* ?\. ?[a-z]{2,}\b(?! ?@)", re.I
)
_SEPARATORS = re.compile(r"[._+'-]+|(?<=\D)(?=\d)|(?<=\d)(?=\D)")


def _emails(text: str, lexicon: Lexicon) -> Iterator[Span]:
    for match in _EMAIL.finditer(text):
        # « suivez @ville.fr » is no address: a space on one side only.
        if re.fullmatch(r"\s@", match[2]) and not re.search(r"[._\d-]", match[1]):
            continue
        if not is_generic(re.sub(r"\s?[\[({]\s?(?:\.|dot|point)\s?[\])}]\s?", ".", match[1]), lexicon):
            yield match.start(), match.end(), "email", True
    for match in _SPACED_EMAIL.finditer(text) if " . " in text and " @ " in text else ():
        if not is_generic(match[1].replace(" ", ""), lexicon):
            yield match.start(), match.end(), "email", True


def is_generic(local_part: str, lexicon: Lexicon) -> bool:
    """Whether the part before « @ » names a service: one of its words does, or its only word starts with one of five letters
    or more; so are words that are all common ones, glued or not. A first name or an initial at its head makes it a person's."""
    boites = lexicon.mailboxes
    words = [word for word in (fold(part) for part in _SEPARATORS.split(local_part)) if word and not word.isdigit()]
    whole = fold(local_part)
    if whole in boites:
        return True
    if not words:
        return False
    if len(words) > 1 and words[0] in lexicon.first_names and words[0] not in boites:
        return False
    if len(words) > 1 and len(words[0]) == 1:
        return all(word in boites for word in words[1:])
    # « centresocial » is a mailbox, but « marie.villeneuve » a person: a start is enough only where it is alone.
    alone = len(words) == 1 and any(len(boite) >= 5 and words[0].startswith(boite) for boite in boites)
    return alone or any(word in boites for word in words) or _are_common(words, lexicon)


_SMALL_WORDS = frozenset(
    [
        "a",
        "au",
        "aux",
        "d",
        "de",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "ne",
        "pas",
        "par",
        "pour",
        "sur",
        "un",
        "une",
        "nos",
        "vos",
        "ma",
        "mon",
        "s",
        "se",
    ]
)


def _are_common(words: list[str], lexicon: Lexicon) -> bool:
    """Whether the words of a mailbox are common ones, not all of them surnames as well, and no first name is among them."""
    known = [word for word in words if word not in lexicon.surnames]
    return bool(known) and all(_is_common(word, lexicon) for word in known)


def _is_common(word: str, lexicon: Lexicon) -> bool:
    """Whether a word of a mailbox is a common one, or two glued."""
    common = lexicon.common
    return (
        word in common
        or word in lexicon.mascots
        or word in _SMALL_WORDS
        or word in lexicon.mailboxes
        or _is_glued(word, lexicon)
    )


def _is_glued(word: str, lexicon: Lexicon) -> bool:
    """« bienvieillir », « lapetiteferme »: common words of four letters or more, two or of ten letters in all, and small words.

    « delaporte » is a surname, as « porte » is."""
    # How many letters of common words lead to each place, and how many such words; -1: none do.
    best = [(-1, 0)] * (len(word) + 1)
    best[0] = (0, 0)
    for end in range(2, len(word) + 1):
        for start in range(max(0, end - 15), end - 1):
            letters, count = best[start]
            piece = word[start:end]
            if letters < 0:
                continue
            if len(piece) > 3 and (piece in lexicon.common or piece in lexicon.mailboxes):
                best[end] = max(best[end], (letters + len(piece), count + 1))
            elif piece in _SMALL_WORDS:
                best[end] = max(best[end], (letters, count))
    letters, count = best[-1]
    return count > 1 or (count == 1 and letters > 5)


# — Names —

_UP = r"[A-ZÀ-ÖØ-ÞŒ]"
_PARTICLE = r"(?:(?:[Dd]e|[Dd]u|[Dd]es|[Ll]e|[Ll]a|[Ll]es|[Vv]an|[Vv]on|[Dd]en|[Dd]er|[Tt]en|[Tt]er|[Zz]u[mr]?|[Dd]ella|[Dd]al|[Dd]o|[Aa]bd|[Ee]l|[Aa]l|[Bb]en|[Bb]in|[Dd]a|[Dd]os|[Dd]i|[Dd]el|[Oo]uld)\s|[DdLl]')"
_WORD = rf"(?:{_UP}[\w]*(?:['-][\w]+)*[\w])"
_INITIALS = rf"(?:{_UP}\.(?:[ -]?{_UP}\.){{0,2}})"
_NAME = re.compile(
    rf"\s*((?:{_INITIALS} ?)?)((?:{_PARTICLE}){{0,3}})({_WORD})((?: (?:{_PARTICLE}){{0,3}}{_WORD}){{0,2}})"
)
_MALE_FEMALE = (
    r"(?:M\. ?M\.|M\.|MM\b\.?|M(?= [A-ZÀ-Þ][a-zà-ÿ])|(?:[Mm]mes?|[Mm]lles?|[Mm]rs?|MMES?|MLLES?|MR|[Dd]rs?|DR|[Dd]res?|Prs?|Pre|Me|Mgr|Prof|Melle|MELLE|[Mm]elle)\b\.?"
    r"|\b(?i:monsieur|messieurs|madame|mesdames|mademoiselle|docteure?s?|doctoresses?|professeure?s?|ma[iî]tre)\b)"
)
_TITLE = re.compile(
    rf"[MDPmdp](?<![\w.][MDPmdp])(?<!\d [MDPmdp])(?:(?<=[Mm])(?=[\WaegolmrAEGOLMR])|(?<=[Dd])(?=[orOR])|(?<=[Pp])(?=[rR]))(?<=(?=({_MALE_FEMALE}(?:\s+(?:et|ou|&)\s+{_MALE_FEMALE})?)).)"
)
_PLURAL = re.compile(
    r"MM|[Mm]mes|MMES|[Mm]lles|[Mm]esdames|[Mm]essieurs|[Dd]rs|Prs|[Dd]res|docteure?s\b|professeure?s\b|\set\s|\sou\s",
    re.I,
)
_OF_STUDIES = re.compile(r"docteur|professeur|ma[iî]tre", re.I)
_ROLE = re.compile(r"\s+(?:(?:le|la|les)\s+|l')([\w-]+)\.?", re.I)
_AND_NAME = re.compile(r"(?:\s*,\s*|\s+(?:et|ou|&)\s+)(?=\S)")
_LOWER_NAME = re.compile(r"\s([a-zà-ÿ][a-zà-ÿ'-]{2,})\b")
_DETERMINED = re.compile(
    r"\b(?:ce|cette|un|une|le|la|du|au|les|des|ces|cet|quel|quelle|deux|jeune|vieux|vieille|pauvre) $", re.I
)
_COURTESY = re.compile(r"mmes?\b|mlles?\b|mrs?\b|madame|monsieur|mademoiselle|dr\b", re.I)


def _titled(text: str, lexicon: Lexicon) -> Iterator[Span]:
    for match in _TITLE.finditer(text):
        title, start = match[1], match.start()
        at = start + len(title)
        plural = bool(_PLURAL.search(title))
        end, certain = _name_end(text, at, title, lexicon), True
        if end is None and (role := _ROLE.match(text, at)) and fold(role[1]) in lexicon.roles:
            # « M. le maire Paul Modèle »: where a name follows at once.
            after = role.end()
            end = _name_end(text, after, "", lexicon) if re.match(rf" {_UP}", text[after:]) else None
            certain = bool(end) and (role[1][0] in "Dd" or _has_first_name(text[after:end], lexicon))
        if end is None:
            lower = _LOWER_NAME.match(text, at)
            first_word = lower and fold(lower[1]).split("'")[0]
            if (
                lower
                and not _DETERMINED.search(text[max(0, start - 9) : start])
                and _COURTESY.fullmatch(title.rstrip("."))
                and title != "Dr"
                and first_word not in lexicon.roles
            ):
                end, certain = lower.end(), False
        if end is None or _of_a_place(text, start, lexicon, 2) or _is_character(text, start, end, title, lexicon):
            continue
        while plural and (more := _AND_NAME.match(text, end)):
            following = _name_end(text, more.end(), "", lexicon)
            if following is None:
                break
            end = following
        yield start, end, "name", certain and title != "M"


# As for titles, the engine leaps from one letter that may begin a word of rank to the next.
_RANK = re.compile(
    r"([SFPMARICLBGDsfpmariclbgd](?<!\w.)(?:(?<=[Ss])(?:(?:œ|oe)ur|ergente?)|(?<=[Ff])rère|(?<=[Pp])(?:ère|asteure?)"
    r"|(?<=[Mm])(?:ère|aréchal|ajor)|(?<=[Aa])(?:bbé|djudante?(?:-cheffe?)?)|(?<=[Rr])abbin|(?<=[Ii])mam"
    r"|(?<=[Cc])(?:apitaine|ommandante?|olonelle?)|(?<=[Ll])ieutenante?|(?<=[Bb])rigadi(?:er|ère)|(?<=[Gg])énérale?"
    r"|(?<=[Dd])octoresse)) "
    rf"(?={_UP}|[dD][eu] {_UP})"
)
# A capital after the end of such a word: few texts have one, and capitals are soon found.
_RANK_ENDS = "œur|eur|ure|ère|ent|nte|bbé|hal|jor|ant|hef|ffe|bin|mam|ine|nel|lle|ier|ral|ale|sse"
_AFTER_RANK = re.compile(rf"{_UP}(?<= .)(?:(?<=(?:{_RANK_ENDS}) .)|(?<=(?:{_RANK_ENDS}) [dD][eu] .))")


def _ranked(text: str, lexicon: Lexicon) -> Iterator[Span]:
    """« Sœur Marie Modèle », « le père Modèle »: certain where a first name follows a word in capital."""
    for match in _RANK.finditer(text) if _AFTER_RANK.search(text) else ():
        title, after = match[1], match.end() - 1
        end = _name_end(text, after, "", lexicon)
        if (
            end is None
            or _of_a_place(text, match.start(), lexicon, 2)
            or _is_character(text, match.start(), end, title, lexicon)
        ):
            continue
        words = re.findall(r"[\w-]+", text[after:end])
        if not any(lexicon.is_common(word) for word in words):
            yield match.start(), end, "name", title[0].isupper() and lexicon.is_first_name(words[0])


def _name_end(text: str, at: int, title: str, lexicon: Lexicon) -> int | None:
    match = _NAME.match(text, at)
    if not match or (title and not match[0][0].isspace() and not title.endswith(".")):
        return None
    particle, word = match[2], match[3]
    if word.lower() != word and len(word) < 2:
        return None
    if _OF_STUDIES.match(title) and re.match(r"d|l'", particle):
        return None
    if fold(word) in lexicon.roles:
        return None
    if title == "DR" and not (word.isupper() and len(word) > 3):
        return None
    end = match.end(3)
    for extra in re.finditer(rf" (?:{_PARTICLE})*({_WORD})", match[4]):
        if fold(extra[1]) in lexicon.roles or fold(extra[1]) in lexicon.places:
            break
        end = match.end(3) + extra.end()
    return end


def _has_first_name(words: str, lexicon: Lexicon) -> bool:
    return any(lexicon.is_first_name(word) for word in re.findall(r"[\w-]+", words))


_DEEDS = re.compile(
    r"(?:bross|croqu|mang|boug|saut|lav|trie|casse|tout|bien|brin|super|mini|maxi|touch|gout|souffl|vide|range|ramass|dor|rit|glou|tourn|chass|gard|attrap|frott)"
)


def _is_mascot(word: str, lexicon: Lexicon) -> bool:
    """A mascot's word, or one glued to what it does: « Brossadent », « Croquepomme »."""
    if word in lexicon.mascots:
        return True
    deed = _DEEDS.match(word)
    rest = word[deed.end() :] if deed else ""
    return any(len(rest[cut:]) > 3 and rest[cut:] in lexicon.mascots for cut in range(4))


def _is_character(text: str, start: int, end: int, title: str, lexicon: Lexicon) -> bool:
    """« Monsieur Sommeil » is in a tale: a mascot's word, or any in quotes or beside a word of tales, without a first name."""
    words = [fold(word) for word in re.findall(r"[\w-]+", text[start + len(title) : end])]
    if 0 < len(words) <= 2 and all(_is_mascot(word, lexicon) or word in lexicon.links for word in words):
        return True
    if len(words) == 1 and not re.search(
        r"\b(?:de|d'|par|avec|à|selon|chez) (?:la |l')?$", text[max(0, start - 9) : start]
    ):
        clause = (
            re.split(r"[.;!?]\s|\n", text[max(0, start - 60) : start])[-1]
            + re.split(r"[.;!?\n]", text[end : end + 50])[0]
        )
        if not lexicon.tales.isdisjoint(re.findall(r"[\w-]+", fold(clause))):
            return True
    quoted = re.search(r"[«\"“]\s?$", text[max(0, start - 2) : start]) and re.match(r"\s?[»\"”]", text[end : end + 2])
    return bool(quoted) and len(title) > 5 and not _has_first_name(text[start + len(title) : end], lexicon)


_TOKENS_BEFORE = re.compile(r"(?:(?:\b(?:av|bd|bld|boul|pl|imp|all|chem|ch)\.|[\w°]+(?:-[\w]+)*)[ '\"«“-]+){1,6}$")


def _of_a_place(text: str, start: int, lexicon: Lexicon, between: int) -> bool:
    """Whether a word before makes the name that of a place, with at most ``between`` words of their own in the middle."""
    before = _TOKENS_BEFORE.search(text[max(0, start - 70) : start])
    # « rue du Docteur… » is a street, « l’école de Mme… » has a teacher.
    if not before or (before[0].endswith(" de ") and _COURTESY.match(text, start)):
        return False
    unknown = 0
    for word in reversed([fold(word) for word in re.findall(r"[\w-]+", before[0])]):
        word = word.strip("-")
        if word in lexicon.places or word.split("-")[0] in lexicon.places:
            return True
        if word in _BREAKS:
            return False
        if word not in lexicon.links:
            unknown += 1
            if unknown >= between:
                return False
    return False


_BREAKS = frozenset(
    [
        "avec",
        "par",
        "que",
        "qui",
        "selon",
        "chez",
        "a",
        "est",
        "sont",
        "ou",
        "dit",
        "anime",
        "porte",
        "par",
        "remercie",
        "merci",
        "et",
    ]
)

_PERSON = re.compile(
    rf"{_UP}(?<![\w-].)(?:(?<=(.))([a-zà-ÿ]+(?:-{_UP}?[a-zà-ÿ]+)*)(?: {_INITIALS})?(?: {_UP}[a-zà-ÿ]+(?:-{_UP}[a-zà-ÿ]+)?)?? ((?:{_PARTICLE}){{0,3}})({_WORD})((?:[ -]{_WORD})?)"
    rf"|(?<=(.))({_UP}{{2,}}(?:[ '-]{_UP}{{2,}})*) ({_UP}[a-zà-ÿ]+(?:-{_UP}[a-zà-ÿ]+)*)(?! ?{_UP}[a-zà-ÿ]))"
)
# Who is asked for, who made, who signs: before « : », with or without what it is about.
_LABELS = (
    r"contacts?|personnes?(?: ressources?| référentes?)? à (?:contacter|joindre)|r[ée]f[ée]rente?s?|interlocut\w+|nom(?: et prénom)?|prénom(?: et nom)?|responsables?|élue?s?|répondante?s?|porteu[rs]e?"
    r"|photos?(?:graphies?|graphes?)?|crédits?(?: photos?)?|illustrations?|illustrat\w+|dessins?|textes?(?: et photos?)?|auteure?s?|autrices?|signé|rédaction|rédact\w+|mise en page|relecture"
    r"|suivi|dossier suivi|pilotes?|pilotage|cheff?e?s? d[eu] (?:projet|service)|coordinat\w+|coordonnat\w+|chargée?s? d[e'] ?\w+|direct(?:eur|rice)|animat\w+|intervenante?s?|format(?:eur|rice)s?|appui|présidente?"
    r"|médiat(?:eur|rice)|infirmi(?:er|ère)|médecin|psychologue|réalisation|réalisat\w+|vidéo|montage|secrétaire|assistante?"
)
_BY = r"(?:(?:rédigée?|écrite?|remplie?|saisie?|établie?|photographiée?|illustrée?|proposée?|transmise?|réalisée?|filmée?|dessinée?|suivie?|relue?|validée?|signée?|conçue?|animée?)s? par |(?:renseignements|inscriptions?) auprès de |(?:photographies?|photos?|dessins?|textes?|illustrations?|vidéo) de |à l'attention de |de la part de )"
_CLOSING = r"(?:cordialement|amicalement|bien à (?:vous|toi)|salutations(?: \w+){0,3}|sincèrement|respectueusement|à bientôt|bonne réception|bises|merci d'avance)"
_ABOUT = r"(?: (?:d[eu]|d'|pour|technique|presse)[^:;.\n]{0,40})?"
_CONTACT = re.compile(
    rf"(?:\b(?:{_LABELS}){_ABOUT}\s?[:©]\s*|\b(?:{_LABELS}|À l'attention de|de)\s?[:,-]\s*|©\s*|{_BY}|{_CLOSING}[,.!]?\s+|pour l[ea] (?:maire|présidente?|ville), )$",
    re.I,
)
# « Contact : P. Modèle », « contact : julie modèle »; then « JULIE MODÈLE »; then « Nom : Modèle Prénom : Julie ».
# What may be a name after a label, a credit or a closing; the engine leaps to the sign that ends it.
_AFTER_SIGN = re.compile(
    rf"[:©-](?<!\S-)\s*(?:([a-zà-ÿ]+(?:-[a-zà-ÿ]+)?) ([a-zà-ÿ'-]{{3,}}|{_WORD})|({_WORD} {_WORD}(?: {_WORD})?)(?![\w'-]| {_UP}| d[eu']))"
)
_BY_WHOM = re.compile(rf"par ({_WORD} {_WORD})(?![\w'-]| {_UP}| d[eu'])")
_INITIALED = re.compile(rf"{_UP}(?<![\w.-].)\.(?:[ -]?{_UP}\.){{0,2}} ?(?:{_PARTICLE})?{_WORD}")
_SIGNED = re.compile(rf"\b(?i:{_CLOSING})[,.!]?\s+({_UP}[a-zà-ÿ]+(?:-{_UP}[a-zà-ÿ]+)?(?: {_WORD})?)\s*(?:$|[\n,(])")
_CLOSINGS = (
    "ordialement",
    "micalement",
    "ien à ",
    "alutations",
    "incèrement",
    "espectueusement",
    "bientôt",
    "onne réception",
    "ises",
    "erci d'avance",
)
_SURNAME_FIELD = re.compile(
    rf"[NPnp](?:(?<=N)(?:om|OM)|(?<=n)om(?= [^:\n]{{0,40}}:)|(?<=P)RÉNOM|(?<=[Pp])rénoms?)(?: de famille| de naissance| d'usage)?(?: d(?:u|e la|e l') ?(?i:référente?|contact|bénéficiaire|patiente?|responsable|répondante?|personne|déclarante?|enfant|parent|participante?|élue?|interlocut\w+|porteu\w+)(?: [\wà-ÿ]+)?)? ?: ?({_WORD}(?: {_WORD})?)"
)
_ASKED = re.compile(
    rf"\b(?:contacts?|personnes? à (?:contacter|joindre)|référente?s?|interlocut\w+|responsables?|nom et prénom|rédact(?:eur|rice)s?|dossier suivi par|(?:renseignements?|inscriptions?)|chargée?s? d[e'] ?\w+|cheff?e?s? d[eu] \w+|coord\w+(?:eur|rice)s?|animat(?:eur|rice)s?|médiat(?:eur|rice)s?|direct(?:eur|rice)|intervenante?s?|format(?:eur|rice)s?|présidente?){_ABOUT} ?: ?$",
    re.I,
)
_CAPITALS = re.compile(rf"({_UP}(?<![\w-].){_UP}+(?:-{_UP}{{2,}})?) ({_UP}{{3,}}(?:-{_UP}{{2,}})?)(?![\w])")
_CREDIT_LINE = re.compile(r"©|\b(?:crédits?|photos?|photographies?)\b", re.I)


def _untitled(text: str, lexicon: Lexicon) -> Iterator[Span]:
    """« Prénom Nom »: certain where the text says whom to call, whom to thank for a picture, or who signs; else possible."""
    at = 0
    while match := _PERSON.search(text, at):
        span = _person(text, match, lexicon)
        # « Maire Julie Modèle »: what is no first name may stand before one.
        at = span[1] if span else (match.end(2) if match[2] else match.end(7))
        if span:
            yield span
    for match in _CAPITALS.finditer(text):
        known = lexicon.is_first_name(match[1]) and not _no_surname(match[2], lexicon)
        if known and not _of_a_place(text, match.start(), lexicon, 3):
            yield match.start(1), match.end(), "name", False
    yield from _asked_for(text, lexicon)


def _asked_for(text: str, lexicon: Lexicon) -> Iterator[Span]:
    """Names that only what stands before tells: a label, a credit, a closing, the field of a form; possible."""
    for match in _SURNAME_FIELD.finditer(text) if "om" in text or "OM" in text else ():
        yield from _unknown(match, 1, lexicon)
    for match in _SIGNED.finditer(text) if any(word in text for word in _CLOSINGS) else ():
        yield from _unknown(match, 1, lexicon)
    for match in _BY_WHOM.finditer(text):
        if _CONTACT.search(text[max(0, match.start() - 20) : match.start(1)]):
            yield from _unknown(match, 1, lexicon)
    for match in _AFTER_SIGN.finditer(text):
        before = text[max(0, match.start() - 70) : match.start() + 1]
        if match[3]:
            yield from _unknown(match, 3, lexicon) if _ASKED.search(before) else ()
        elif lexicon.is_first_name(match[1]) and not _no_surname(match[2], lexicon) and _CONTACT.search(before):
            yield match.start(1), match.end(), "name", False
    for match in _INITIALED.finditer(text):
        before = text[max(0, match.start() - 70) : match.start()]
        if _CONTACT.search(before) and not _of_a_place(text, match.start(), lexicon, 3):
            yield match.start(), match.end(), "name", False


def _unknown(match: re.Match[str], group: int, lexicon: Lexicon) -> Iterator[Span]:
    """A name where one is asked for: no word of it is a common one."""
    if not any(lexicon.is_common(part) for word in match[group].split() for part in (word, *word.split("-"))):
        yield match.start(group), match.end(group), "name", False


def _person(text: str, match: re.Match[str], lexicon: Lexicon) -> Span | None:
    start, end = match.span()
    if match[2]:
        if not lexicon.is_first_name(match[1] + match[2]) or _no_surname(match[4], lexicon):
            return None
        if match[5] and _no_surname(match[5].strip(" -"), lexicon):
            end = match.end(4)
    elif not lexicon.is_first_name(match[8]) or _no_surname(match[6] + match[7], lexicon):
        return None
    line = text[max(text.rfind("\n", 0, start) + 1, start - 200) : start]
    word = re.search(r"([\w-]+) $", line)
    if word and word[1][0].isupper() and not (fold(word[1]) in lexicon.roles or fold(word[1]) in _OPENINGS):
        return None
    if _of_a_place(text, start, lexicon, 3) or re.search(r"\b[Ss]ainte?s?[ -]$", line):
        return None
    certain = bool(_CONTACT.search(text[max(0, start - 40) : start]) or _CREDIT_LINE.search(line[-80:]))
    return start, end, "name", certain


def _no_surname(word: str, lexicon: Lexicon) -> bool:
    return fold(word) in lexicon.roles or fold(word) in lexicon.places


_OPENINGS = frozenset(["demander", "contacter", "joindre", "appeler", "photos", "photographies", "illustrations", "dessins", "textes", "texte", "graphisme", "credit", "credits", "video", "legende", "interlocutrice", "interlocuteur", "mon", "ma", "avec", "selon", "pour", "par", "chez", "contact", "photo", "merci", "de", "a", "et", "notre", "avant", "apres", "cordialement", "le", "la", "d", "l", "dont", "comme", "mais", "quand", "illustration", "referent", "referente", "signe", "signee", "contactez", "appelez", "ecrivez", "demandez"])  # fmt: skip
