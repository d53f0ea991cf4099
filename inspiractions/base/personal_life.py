"""The words that decide whether a text tells of a person: data of ``referentiels/``, folded.

And what tells of somebody's life without a name: a birth date, a home, initials with an age or an illness. All of that is only
possible: a place may be a service's, and a thing may be born, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from inspiractions.base.files import find
from inspiractions.base.text import fold


@dataclass(frozen=True)
class Lexicon:
    """The words that decide, folded. ``mailboxes`` make a mailbox a service's, and ``common`` do where it holds nothing else, but for
    ``surnames``, common words that are surnames as well;
    ``places`` open the name of a place, ``links`` may stand between; ``roles`` after a title are no name, ``mascots`` that of
    no person, nor any word beside those of ``tales``; ``helplines`` go before a number that anybody may call; ``illnesses``:
    beginnings of words; ``innocent``: texts that look like a person and are none."""

    mailboxes: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    first_names: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    mascots: frozenset[str] = frozenset()
    tales: frozenset[str] = frozenset()
    helplines: frozenset[str] = frozenset()
    illnesses: frozenset[str] = frozenset()
    innocent: frozenset[str] = frozenset()

    @cached_property
    def innocent_texts(self) -> re.Pattern[str]:
        """What finds an innocent text, by whole words."""
        longest_first = sorted(self.innocent, key=len, reverse=True)
        whole = "|".join(re.escape(text) for text in longest_first if len(text) > 1) or "(?!)"
        # « Monsieur X » is nobody, « X. Modèle » is somebody.
        letters = "".join(re.escape(text) for text in longest_first if len(text) == 1)
        return re.compile(rf"(?<![\w-])(?:{whole})(?![\w-])" + (rf"|(?<= )[{letters}]\.?$" if letters else ""))

    @cached_property
    def illness(self) -> re.Pattern[str]:
        """What finds a word of illness in a folded text."""
        return re.compile(rf"\b(?:{'|'.join(sorted(self.illnesses)) or '(?!)'})(?!\w*olog)")

    def is_common(self, word: str) -> bool:
        """Whether a word is one of the trade, a place's, or a function: not the name of somebody."""
        folded = fold(word)
        return any(folded in words for words in (self.common, self.places, self.roles, self.mailboxes, self.links))

    def is_first_name(self, word: str) -> bool:
        """Whether a word, or the first part of a compound, is a first name."""
        return fold(word).split("-")[0] in self.first_names


def read_lexicon(root: Path) -> Lexicon:
    """The lists of ``referentiels/``."""
    folder = find(root, "referentiels")
    sections = _sections(_own(folder, "mots-innocents.txt"))
    trade = _sections(_own(folder, "mots-du-metier.txt"))

    def words(name: str, of: dict[str, list[str]] = sections) -> frozenset[str]:
        return frozenset(word for line in of.get(name, ()) for word in line.split())

    return Lexicon(
        frozenset(_lines(folder / "boites-generiques.txt")),
        words("", trade),
        words("noms de famille", trade),
        frozenset(name for line in _lines(_own(folder, "prenoms.txt")) for name in line.split()),
        words("lieux"),
        words("entre"),
        words("fonctions"),
        words("mascottes"),
        words("recit"),
        words("lignes"),
        words("maladies"),
        frozenset(fold(line) for line in sections.get("noms", ())),
    )


def _sections(path: Path) -> dict[str, list[str]]:
    """The lines under each « [title] »; those before any are under no title."""
    sections: dict[str, list[str]] = {"": []}
    section = ""
    for line in _lines(path):
        if line.startswith("["):
            section = line.strip("[]")
        else:
            sections.setdefault(section, []).append(line)
    return sections


def _own(folder: Path, name: str) -> Path:
    """The file of the content tree; that of the project where the tree has other references only."""
    return folder / name if (folder / name).exists() else find(folder.parent / "-", "referentiels") / name


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


LifeSpan = tuple[int, int, Literal["birth", "address", "situation"], bool]

_PERSONS = (
    r"dames?|monsieur|madame|mademoiselle|m\.|mme|patiente?s?|habitante?s?|bénéficiaires?|locataires?|personnes?|enfants?|mères?|pères?"
    r"|sœurs?|frères?|fils|filles?|garçons?|retraitée?s?|voisine?s?|couples?|hommes?|femmes?|usag[eè]re?s?|élèves?|résidente?s?|veu(?:f|ve)"
    r"|bébés?|aînée?s?|participante?s?|jeunes?|malades?|aidante?s?|témoins?|bénévoles?|salariée?s?|étudiante?s?|famille|foyer|grand-\w+"
)
_PERSON = re.compile(
    rf"\b(?:{_PERSONS}|je|j'|il|elle|ils|elles|nous|me|mes|mon|ma|qui)(?<!\bm)\b|[A-ZÀ-Þ]\. |^\s*$", re.I
)

# — Birth —

_MONTH = r"(?:janvier|janv\.?|février|fév\.?|févr\.?|mars|avril|avr\.?|mai|juin|juillet|juil\.?|août|septembre|sept\.?|octobre|oct\.?|novembre|nov\.?|décembre|déc\.?)"
_YEAR = r"(?:(?:19|20)\d\d|(?:mille|mil|deux mille)[ -][a-zéè -]{4,45})"
_DAY = r"(?:\d{1,2}|1er|premier|[a-z]{4,8}(?:[ -](?:et[ -])?[a-z]{2,6})?)"
_DATE = rf"(?:(?:\d{{1,2}}|1er) ?[/. -] ?\d{{1,2}} ?[/. -] ?(?:\d{{4}}|\d\d)\b|(?:19|20)\d\d-\d\d-\d\d|{_DAY} {_MONTH} {_YEAR}|{_MONTH} {_YEAR})"
# Where a birth may be told: the engine leaps from one such sign to the next, but for signs whose case it ignores.
_BIRTH_AT = re.compile(
    r"[NDAFLndafl](?<!\w.)(?i:(?<=[ndaf])(?:[ée](?=e|s|\(|·|\.|-| )|aiss|\.?d\.?n\b|u monde|nniversaire|êt)|(?<=l)e jour(?= (?:le|un|en) ))"
)
_BIRTH = re.compile(
    r"(?:(n[ée](?:\((?:e|e?s)\)|[.·-]?e)?s?)(?: (?:à|au|aux|en) [^\d:;.\n]{2,30}?,?)?(?: ?(?:le|un|en|au mois de|vers|courant)\b)?"
    r"|naiss(?:ance(?: le| du)?|\.)?(?: [^:;.\n\d]{1,40})?|d\.?d\.?n\b\.?(?: [a-zà-ÿ' ]{1,25})?|(?:au monde|le jour) (?:le|un|en)|anniversaire(?:,| est| :| tombe)? (?:le|du)"
    rf"|fêt\w+ (?:ses|son|leurs) [\w'-]+ (?:ans|printemps|anniversaire) (?:le|en))[ :]{{0,4}}({_DATE})",
    re.I,
)
_THING = re.compile(
    r"\b(?:associations?|projets?|structures?|idées?|dispositifs?|réseaux?|collectifs?|maisons?|actions?|comités?|programmes?|centres?|services?|missions?|contrats?"
    r"|conseils?|ateliers?|groupes?|pôles?|labels?|chartes?|initiatives?|démarches?|agences?|fondations?|coopératives?|journées?|semaines?|mois|villes?|communes?|lois?|bus"
    r"|jardins?|épiceries?|cafés?|parcours|plans?|instances?|équipes?|consultations?|partenariats?|coopérations?|écoles?|fêtes?|festivals?|marches?|bourses?|métropole|intercommunalité"
    r"|agglomération|campagnes?|lignes?|sites?|plateformes?|lieux?|espaces?|guides?|outils?|mouvements?|unités?|cliniques?|crèches?|permanences?|expérimentations?|convention|fédération|club|stratégie|politique)\b",
    re.I,
)


def births(text: str) -> Iterator[LifeSpan]:
    """Each birth date, be it in words or a month alone."""
    for at in _BIRTH_AT.finditer(text):
        match = _BIRTH.match(text, at.start())
        if not match:
            continue
        before = _clause(text, match.start(), 90)
        is_born = match[1] and re.search(r"\b(?:est|sont|était|étaient|fut|soit)\s$", before)
        after = re.match(r",[^,.;\n]{0,40}", text[match.end() : match.end() + 50]) if not before.strip() else None
        thing = _is_thing(before) or (after and _THING.search(after[0])) or (is_born and not _PERSON.search(before))
        if "naiss" in match[0].lower() or not thing:
            yield match.start(2), match.end(2), "birth", False


def _is_thing(before: str) -> bool:
    """Whether a thing is what is born: « l’association de malades », but « l’aînée du groupe »."""
    thing, person = _THING.search(before), _SOMEBODY.search(before)
    return thing is not None and not (person and person.start() < thing.start())


def _clause(text: str, end: int, length: int) -> str:
    """What goes before in the same sentence, at most ``length`` characters."""
    before = text[max(0, end - length) : end]
    return re.split(r"[.;!?](?=\s[A-ZÀ-Þ«])|\n\s*\n|;", before)[-1]


# — Homes —

_WAYS = (
    r"(?:rue|avenue|av\.|boulevard|bd|bld|impasse|allées?|chemin|place|square|cours|quai|route|résidence|passage|sente|sentier|lotissement|cité|venelle|ruelle|mail|voie"
    r"|faubourg|montée|traverse|hameau|lieu-dit|villas?|clos|esplanade|côte|rond-point|chaussée|rampe|promenade|domaine)\s"
)
_FLAT = r"\b(?:(?:appt|appart|apt|appartement|interphone|digicode|porte)\b\.? ?(?:n ?° ?)?|(?:logement|lgt)\.? n ?° ?)(?![TF]\d)[A-Z]?-?\d{1,4}\b"
_FLOOR = r"(?:\d{1,2}(?:er|e|ème) étage(?: (?:gauche|droite|face))?|(?:esc(?:alier|\.)|bât(?:iment|\.)?|porte|code|hall|boîte|étage) [A-Z\d]{1,6}\b|(?:au )?rez-de-chaussée)"
_NUMBERED = re.compile(
    rf"\d(?<![\d,.]\d)\d{{0,3}}(?: ?(?:bis|ter|quater|[A-D]\b))?,? (?:d(?:e la|e l'|u|e) ?)?{_WAYS}[^,.;\n)]{{2,50}}(?:,? {_FLAT}|,? {_FLOOR})*(?:, \d{{5}} [\w'-]+)?",
    re.I,
)
_ANY_FLAT = re.compile(rf"[ALIDalid](?<!\w.)(?i:(?<=(?=({_FLAT})).))")
# What each of them holds, in lower case.
_FLATS = ("appt", "appart", "apt ", "apt.", "apt-", "interphone", "digicode", "logement n", "logement. n", "lgt")
_RESIDENCE = re.compile(r"\b(?:résidence|immeuble|bât(?:iment|\.)|tour|escalier|hlm|cité)\b.*$", re.I)
_OWNERS = rf"(?:d(?:u|e la|es|e l'|e)? ?(?:{_PERSONS}|demandeu[rs]e?|assurée?|adhérente?|parents?|proches?))"
_HOME = re.compile(
    rf"\b(?:habit(?:e|es|ais|ait|aient|ons|ions|ez|é)|habitant(?:e|s|es)?(?= \d|,? (?:au|du) \d| à)|domicili(?:ée?s?|ation)|demeur\w+|(?:re|dé)?log(?:ée?s?|e|eait)|héberg(?:ée?s?|eait)"
    rf"|vi(?:t|vait|vaient|vent|s|vais|vant|vons)|résid(?:e|ait|ant|ent|aient)|emménag\w+|déménag\w+|(?:ma|sa|leur) maison|mon logement|son logement"
    rf"|(?:chez|visite à) (?:moi|elle|lui|eux|sa|son|ses|ma|mon|mes|leur|leurs|une?|la|les?|l'|m\.|mme|monsieur|madame)|(?:mon|son|leur|notre|votre) adresse|(?<!à )(?<!à leur )(?<!à son )domicile(?! partagé)"
    rf"|(?:adresses?|coordonnées|domicile|courrier|colis)(?: postale| complète)? (?:personnelles?|privées?|{_OWNERS})|(?:logement|appartement|domicile|immeuble) (?:du|au|situé)|je suis(?! né)|lieu de vie|mes coordonnées|locataire|occupante?|propriétaire|voisine?|rend\w* chaque)"
    r"(?!\w)[^.;\n\d]{0,45}$",
    re.I,
)
_BESIDE = re.compile(
    rf"\b(?:d'|à |une? |chez |mon |ma |mes |son |sa |leur |notre |le |la |l'|du )(?:\w+ )?(?:{_PERSONS})(?:,| du| au)? $",
    re.I,
)
_OF_HOME_ALONE = re.compile(r"\b(?:adresse (?:personnelle|privée)|domicile|habite|habitais|mes coordonnées)\b", re.I)
_SERVICE = re.compile(
    r"\b(?:associations?|permanences?|structures?|ccas|centres?|maisons?|services?|ateliers?|siège|loca(?:l|ux)|équipes?|antennes?|pôles?|écoles?|crèches?|clubs?|mairies?|hôtels?|bureaux?"
    r"|salles?|consultations?|séances?|réunions?|agences?|cabinets?|pharmacies?|médiathèques?|bibliothèques?|gymnases?|dispensaires?|épiceries?|cafés?|jardins?|ehpad|rendez-vous|accueil|projets?"
    r"|programmes?|dispositifs?|collectifs?|guichets?|espaces?|cours|fêtes?|bourses?|boutiques?|coopératives?|fondations?|comités?|mission|réseaux?)\b",
    re.I,
)
_SOMEBODY = re.compile(rf"\b(?:je|j'|il|elle|{_PERSONS})(?!\w)", re.I)


def addresses(text: str, low: str) -> Iterator[LifeSpan]:
    """Each numbered street where the sentence says that somebody lives there, and each numbered flat; ``low``: in lower case."""
    end = -1
    for match in _NUMBERED.finditer(text):
        before = _clause(text, match.start(), 110)
        home = _HOME.search(before)
        has_flat = re.search(_FLAT, match[0], re.I) or re.match(
            rf",? {_FLAT}", text[match.end() : match.end() + 30], re.I
        )
        if (
            has_flat
            or _BESIDE.search(before)
            or (home and (not _SERVICE.search(before) or _SOMEBODY.search(before) or _OF_HOME_ALONE.search(before)))
        ):
            end = match.end()
            yield match.start(), end, "address", False
    for match in _ANY_FLAT.finditer(text) if any(word in low for word in _FLATS) else ():
        # « porte 12 » of a hall is no home; beside a street, it is.
        if match.start() >= end and match[1][0] in "aAiIlLdD":
            residence = _RESIDENCE.search(_clause(text, match.start(), 90))
            yield match.start() - (len(residence[0]) if residence else 0), match.end(1), "address", False


# — Initials or a first name, with an age or an illness —

_TITLE = r"(?:M\.|Mme|Mlle|Mr|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle)"
_UP = r"[A-ZÀ-ÖØ-ÞŒ]"
_FIRST = rf"{_UP}[a-zà-ÿ]+(?:-{_UP}[a-zà-ÿ]+)?"
_AGE = re.compile(r"\d(?<!\d\d)\d{0,2} ?(?:ans|mois)\b")
_INITIALED = rf"{_TITLE} {_UP}\b\.?(?: ?{_UP}\.)?|{_FIRST} {_UP}\.|{_UP}\.(?:[ -]?{_UP}\.){{1,2}}"
# Before an age: a few letters, one letter alone, a first name.
_OF_THAT_AGE = re.compile(
    rf"(?<![\w.'-])(?:(?:{_INITIALED})(?: ?, ?| ?\(| - | |,? [a-zà-ÿ][a-zà-ÿ' -]{{2,40}}(?P<ill>,| âgée? de| de|\() ?)"
    rf"|(?:{_UP}\.|(?P<first>{_FIRST}))(?: ?, ?| ?\(| a | est | qui a ))(?:(?:alors |seulement |aujourd'hui |tout juste )?(?:âgée?s? )?(?:alors |seulement )?de |(?:est âgée? de|qui a|a) (?:aujourd'hui )?|aujourd'hui |tout juste )?$"
)
_AFTER_AGE = re.compile(rf"(?: passés| à peine)?, (?:(?:{_INITIALED})(?!\w)|(?P<first>{_FIRST})(?![\w'-]))")
# A letter that stands alone after a title, a first name or another letter.
_LETTER = re.compile(rf"{_UP}(?<![\w'].)(?![\w'-])\.?")
_BEFORE_LETTER = re.compile(rf"(?<![\w.'-])(?:{_TITLE} |{_FIRST} |{_UP}\.[ -]?)$")


def situations(text: str, lexicon: Lexicon) -> Iterator[LifeSpan]:
    """Each person of whom a few letters, or the first name, stand with an age; a few letters with an illness, too."""
    end = 0
    for age in _AGE.finditer(text) if " ans" in text or " mois" in text else ():
        before = text[max(0, age.start() - 70) : age.start()]
        after = _AFTER_AGE.match(text, age.end())
        if after and _is_somebody(after, lexicon):
            end = after.end()
            yield age.start(), end, "situation", False
        elif (who := _OF_THAT_AGE.search(before)) and _is_somebody(who, lexicon):
            end = age.end()
            yield age.start() - len(before) + who.start(), end, "situation", False
    for letter in _LETTER.finditer(text):
        opening = (
            _BEFORE_LETTER.search(text[max(0, letter.start() - 30) : letter.start()]) if letter.start() >= end else None
        )
        if opening:
            near = re.split(r"[.;:!?\n]", text[letter.end() : letter.end() + 50])[0]
            if ill := lexicon.illness.search(fold(near)):
                yield letter.start() - len(opening[0]), letter.end() + ill.end(), "situation", False


def _is_somebody(who: re.Match[str], lexicon: Lexicon) -> bool:
    if who.re is _OF_THAT_AGE and who["ill"]:
        return bool(lexicon.illness.search(fold(who[0])))
    return not who["first"] or lexicon.is_first_name(who["first"])
