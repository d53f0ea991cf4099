"""From French text to the stems that the search compares. Twin: ``docs/assets/js/search/stems.js`` (same vectors).

Unicode NFC, words, lower case, ligatures and accents folded, elision, stop words, Snowball French (snowballstem.org; libstemmer 3.1, generated JavaScript 3.0.1: same stems).
Folding comes before stemming, so that « santé » and « sante » meet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain
from typing import TypeVar

import Stemmer

from inspiractions.base.text import fold

# Signs that readers do not see: soft hyphens, zero-width spaces and joiners.
_UNSEEN_SIGNS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_UNSEEN = re.compile(f"[{_UNSEEN_SIGNS}]")
# Stands for a space inside a word; a sign of private use, which no content may hold (rules/privacy.py).
_SPACE = "\ue005"
_IN_NUMBER = re.compile("([0-9])[ \u00a0\u202f](?=[0-9]{3})")
# An acronym with dots, a number in groups of three, « cet été » with what tells the noun from « a été », else a word.
# What stands between words is passed over at once, and each form is tried only where its first signs are there: half of the time.
_ACRONYM_WITH_DOTS = r"(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W_])"
_WORD = re.compile(
    r"[\W_]*+("
    rf"(?=.\.){_ACRONYM_WITH_DOTS}"
    r"|(?=[0-9])[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?![^\W_])"
    r"|(?=[CcEeUuPpBb])(?:[Cc]et|[Ee]n|[Uu]n|[Cc]haque|[Pp]lein|[Bb]el)[ \u00a0]été(?![^\W_])"
    rf"|[^\W_]++(?:['’ʼ]{_ACRONYM_WITH_DOTS}|(?:['’ʼ][^\W_]++)*+))"
)
# Written so, a stop word is another word: « mémé » is no « même », « l’été » no « a été », « nouveau-né » no « ne ».
_MEANT = re.compile(r".+été|mémés?|né", re.S)
_ELISION = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu)'")

_CUT = re.compile("[' ]")

# Words too common to search. The manifest of the index carries them to the browser.
STOP_WORDS = frozenset(
    """
    a ai ainsi alors apres au aucun aussi autre autres aux avant avec avoir c ca car ce ceci cela celle celles celui
    ces cet cette ceux chaque chez ci comme comment d dans de des donc dont du elle elles en encore entre est et etait
    etaient etant ete etre eu eux faire fait faut fois font il ils je jusque l la le les leur leurs lors lorsque lui ma mais meme
    memes mes moi moins mon n ne ni nos notre nous on ont or ou par parce pas pendant peu peut peuvent plus plusieurs
    pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa se selon sera seront ses si sinon soit son
    sont sous sur ta te tes toi ton tous tout toute toutes tres tu un une vers via voir vos votre vous y
    """.split()  # noqa: SIM905
)

# What people say around what they look for: these words count, and none is required. The manifest carries them, too.
WEAK_WORDS = frozenset(
    """
    aider aimerais aimeraient aller arrive arrivent arriver assez autour beaucoup besoin besoins cas certain certaine certaines certains
    cherche cherchent chercher chez chose choses connaitre deja devenir dire disent dit doit doivent donne donnent donner envie
    exemple exemples existe existent exister explique expliquent expliquer facon gens idee idees jamais laisse laissent laisser
    lance lancer maniere met mettent mettre montre montrer montrent moyen moyens obtenir organise organiser peur pouvoir prend
    prendre prennent pres probleme problemes propose proposent proposer quelqu quelque quelques question sait sans savent savoir sert
    servent servir souvent surtout toujours tres trop trouve trouvent trouver truc trucs utilise utiliser vais va venir veulent
    veut veux vient viennent vont voudrais vouloir vraiment
    """.split()  # noqa: SIM905
)

# Stop words that make another thing of what they stand beside: « pas de bus », « tout seul », « les vieux chez le docteur ». An
# expression has them or not, and so has the query. Twin: ``TELLING`` of query.js.
TELLING_WORDS = frozenset(
    """
    apres avant chaque chez entre faire fait fois moins pas pendant peu plus plusieurs tous tout toute toutes voir
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True)
class WordInContext:
    """A word folded, its stem, and the ``TELLING_WORDS`` right before and right after it, each with ``_`` behind."""

    part: str
    racine: str
    before: str
    after: str


def words_in_context(texte: str) -> list[WordInContext]:
    """Each word of a text as ``words`` has it, with the telling words around it."""
    found: list[WordInContext] = []
    before = ""
    for token in tokens(texte):
        pairs = _of_word(token)
        telling = "".join(f"{part}_" for part in parts_of_word(token) if part in TELLING_WORDS)
        if telling and found:
            found[-1] = replace(found[-1], after=found[-1].after + telling)
        before += telling
        for part, racine in pairs:
            found.append(WordInContext(part, racine, before, ""))
            before = ""
    return found


def stems(texte: str) -> list[str]:
    """The stems of a text, in order, stop words left out."""
    return [racine for _, racine in words(texte)]


def words(texte: str) -> list[tuple[str, str]]:
    """Each word folded, with its stem, in order, stop words left out."""
    return list(chain.from_iterable(map(_of_word, tokens(texte))))


def tokens(texte: str) -> list[str]:
    """The words of a text as they are written, in order: « l’École », « S.A.R.L. », « 2 897 »."""
    return _WORD.findall(clean(texte))


def pieces(texte: str) -> list[str]:
    """A text cut at its spaces, but those that a word may hold: « 2 897 », « cet été ».

    Texts share most of theirs, and what they hold is found once each: ``STEMS_OF``, ``PARTS_OF``.
    """
    texte = _IN_NUMBER.sub(rf"\1{_SPACE}", clean(texte))
    for before_summer in (" été", "\u00a0été"):
        texte = texte.replace(before_summer, f"{_SPACE}été")
    return texte.split()


Found = TypeVar("Found")


class ByPiece(dict[str, Found]):
    """What ``find`` finds in each of the ``pieces``, once: texts share most of theirs."""

    def __init__(self, find: Callable[[str], Found]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, piece: str) -> Found:
        self[piece] = found = self._find(piece)
        return found


STEMS_OF: ByPiece[Sequence[str]] = ByPiece(lambda piece: tuple(racine for _, racine in _words_of(piece)))
"""The stems of each of the ``pieces``."""
PARTS_OF: ByPiece[Sequence[str]] = ByPiece(lambda piece: tuple(part for part, _ in _words_of(piece)))
"""The folded words of each of the ``pieces``."""


def _words_of(piece: str) -> Iterator[tuple[str, str]]:
    return chain.from_iterable(map(_of_word, _WORD.findall(piece.replace(_SPACE, " "))))


def clean(texte: str) -> str:
    """NFC, without the signs that nobody sees: a word cut by a soft hyphen is one word."""
    texte = unicodedata.normalize("NFC", texte)
    # To look for each sign is sooner done than to go through a text that has none.
    return _UNSEEN.sub("", texte) if any(sign in texte for sign in _UNSEEN_SIGNS) else texte


@lru_cache(maxsize=200_000)
def _of_word(word: str) -> tuple[tuple[str, str], ...]:
    """« L’école » gives one pair, « aujourd’hui » two, « les » none."""
    meant = _MEANT.fullmatch(word.lower())
    return tuple(
        (part, stem(part))
        for part in parts_of_word(word)
        if part not in STOP_WORDS or (meant and part in ("ete", "meme", "memes", "ne"))
    )


def parts_of_word(word: str) -> list[str]:
    """A word folded, without its elision, cut at its other apostrophes; acronyms and numbers in one piece."""
    folded = fold(word)
    if "." in folded or folded[:1].isdigit():
        folded = folded.replace(".", "").replace(" ", "")
    while elision := _ELISION.match(folded):
        folded = folded[elision.end() :]
    return [part for part in _CUT.split(folded) if part]


@cache
def stem(part: str) -> str:
    """The Snowball stem of a folded word; where it would leave next to nothing of it, the word in the masculine singular.

    Snowball makes « zona » and « zone », « aide » and « aidants » one word, « amie » and « amiante », « logement » and « loge ». An acronym of three
    letters (« CPS ») keeps its last one. It knows « infirmière » by its accent, and « médiatrice » not at all: each is read in the masculine.
    """
    if _ACRONYM.fullmatch(part):
        return part
    # To look for what each changes is sooner done than to try it.
    if "ere" in part:
        part = _IERE.sub(r"\1", part)
    if "trice" in part:
        part = _TRICE.sub(r"\1teur", part)
    if "ive" in part:
        part = _IVE.sub(r"\1if", part)
    if "ee" in part:
        part = _EE.sub(r"\1", part)
    if part.endswith("ent"):
        part = _VERB.sub(r"\1", part)
    if apart := _APART.fullmatch(part):
        # The plural: the singular of « don » is the stem of « donner ».
        return f"{apart[1]}s"
    french_stem: str = _STEMMER.stemWord(part)
    if f"{french_stem}s" == part or (french_stem == part and _PLURAL.fullmatch(part)):
        # The stem of a plural is that of its singular: « cancer » is « canc ».
        part = part[:-1]
        french_stem = _STEMMER.stemWord(part)
    singular = part[:-1] if part[-1:] in ("s", "x") else part
    return (
        singular.removesuffix("e")
        if len(french_stem) <= _SHORT and len(singular) - len(french_stem) >= _SHORT
        else french_stem
    )


_SHORT = 3
_ACRONYM = re.compile("(?!ans)[a-z][b-df-hj-np-tv-xz]s")
# « Gère » and « préfère » are verbs; « matrice » has no masculine.
_IERE = re.compile("^(.{4,}ier|boulanger|etranger|leger|maraicher|menager|passager|usager)es?$")
_TRICE = re.compile("^(?!(?:cica|ma)trice)(.+)trices?$")
# Who is so: without its accent, « isolée » is no « isolé » to Snowball. For all words (« soirée », « durée »), needs find their récit less often.
_EE = re.compile(
    "^((?:ain|defavoris|eloign|employ|exil|fragilis|handicap|hospitalis|immigr|isol|marginalis|prostitu|refugi|retrait|salari|vaccin)e)es?$"
)
_IVE = re.compile("^((?:in)?act|sport)ives?$")
# « Visitent » is « visite », which Snowball leaves; « patient » and « moment » are nouns.
_VERB = re.compile(
    r"^(?!(?:.*(?:consci|consequ|curr|oher|differ|flu|compet|sc|[iy]val|pertin|[tv]i|ai)|(?:im|in)?(?:abs|acc|accid|adher|"
    r"anteced|appar|arg|auv|cli|coeffici|confid|cont|contin|conting|couv|dec|decad|defici|deterg|dissid|effici|evid|exced|"
    r"excell|ferv|frequ|gradi|incid|inconveni|ingredi|inher|innoc|insol|intellig|intermitt|lat|laur|lori|mecont|neglig|occid|ori|"
    r"par|penit|perman|preced|pres|presid|prud|rec|recipi|refer|reg|rel|resid|serg|serp|tal|tang|transpar|turbul|urg|viol|"
    r"virul))ent$)((?:.{2,}[^m]|.*(?:ai|ani|ar|dor|esti|fer|fir|for|fu|om|pri|yth)m)e)nt$"
)
# Words whose stem is that of words that mean something else: « aires » and « air », « mères » and « mer », « répit » and « repas »,
# « préservatif » and « préserver », « communication » and « commune », « environnement » and « environ », « sein » and « Seine ».
_APART = re.compile(
    "(aine|aire|allait|ambroisie|ambulance|application|assurance|attente|audit|boite|cafe|case|chaleureux|collecte"
    "|colonie|communication|complication|courir|don|dose|environnement|foie|habit|loyer|maine|mamie|mere|navet|nourrisson|opera|papa"
    "|pays|pere|poux|preservatif|publication|rat|repit|seine|selle|stationnement|taxi|tennis|terrasse|testament|vente|ventilation|vue"
    "|zona)s?"
)
# After these vowels Snowball leaves the s of a plural: « vélos », « élus », « emplois » are no other words than « vélo », « élu », « emploi »;
# « exclus » and « lillois » keep theirs, which is that of « exclusion » and « lilloise ».
_PLURAL = re.compile(
    "(?!(?:gro|.*clo|(?:ex|in|re)clu|abu|confu|diffu|intru|obtu|refu)s)"
    "(?:.{2,}[aou]|.+ui|abri|ami|balai|convoi|delai|emploi|(?:r?en)?voi|essai|loi|paroi|quai|tournoi|tri|vrai)s"
    "|(?:aveu|cheveu|feu|(?:en)?jeu|milieu|neveu|voeu)x"
)
_STEMMER = Stemmer.Stemmer("french")
