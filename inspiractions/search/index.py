"""The search index: what ``docs/assets/js/search/engine.js`` reads. See docs/adr/004-recherche.md for its shape.

Every file is gzip of a JSON or binary content and bears the hash of what it holds in its name; the manifest names them.

The index of the last build, put right for the documents that changed: most words of most documents did not.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import accumulate, chain

from inspiractions.base.digests import digest
from inspiractions.base.files import find
from inspiractions.base.memo import Memo
from inspiractions.base.outputs import SiteFile, as_json, compressed, compressed_parts, numbered, serie, zipped
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.facette import FACETTES
from inspiractions.model.territoire import Referentiel
from inspiractions.search import prepared
from inspiractions.search.facets import Told, city_order, facet_contents
from inspiractions.search.known_words import known_words_files
from inspiractions.search.places import NEAR_PART, NameReader, france_files, names_told, table_parts
from inspiractions.search.postings import (
    MANY_ACTIONS,
    DocumentWords,
    Index,
    hashed,
    words_of_action,
    words_of_annexe,
)
from inspiractions.search.query import BOUNDS
from inspiractions.search.stems import STOP_WORDS, WEAK_WORDS
from inspiractions.search.suggestions import suggestions_file
from inspiractions.search.texts import (
    Expressions,
    HandWrittenPage,
    all_cards,
    expressions_of,
    joined,
    names_of,
    text_of,
    weighted_texts,
    words_typed,
)
from inspiractions.story.keys import Keys

IndexedDocument = tuple[bytes, Callable[[], DocumentWords]]
"""The digest of what the words of a document depend upon, and what finds them."""

# Beyond one document changed in so many, a new index is sooner made.
_FEW = 20
_KIND = "index"


def update_index(documents: Sequence[IndexedDocument], memo: Memo) -> Index:
    """The index of these documents, the same bytes whether it is made or put right."""
    keys = [key for key, _ in documents]
    index = _patched(documents, keys, memo) or _built(documents, memo)
    memo.keep_last(_KIND, (keys, index))
    return index


def _built(documents: Sequence[IndexedDocument], memo: Memo) -> Index:
    index = Index()
    for document in documents:
        index.add(memo.get_or_make("mots", *document))
    return index


def _patched(documents: Sequence[IndexedDocument], keys: list[bytes], memo: Memo) -> Index | None:
    """Nothing where the documents are others, or where what one of them said is not known any more."""
    last: tuple[list[bytes], Index] | None = memo.last(_KIND)
    if last is None or len(last[0]) != len(keys):
        return None
    known, index = last
    changed = [i for i, key in enumerate(keys) if key != known[i]]
    if len(changed) * _FEW > len(keys):
        return None
    for i in changed:
        before: DocumentWords | None = memo.peek("mots", known[i])
        if before is None:
            return None
        index.replace(i, before, memo.get_or_make("mots", *documents[i]))
    return index


MANIFEST = "manifeste.json.gz"
FORMAT = 3
"""How the files are to be read. One more where an engine of before would read them wrong: that of a page that a cache has kept, or
that stays open while the site changes, says that it must be loaded again (``FORMAT`` of ``engine.js``).
"""
CARDS_A_FILE, CARDS_A_FILE_OF_MANY = 48, 5
"""Up to ``MANY_ACTIONS``, one file has all the cards, too (some 150 bytes each): it is opened by who looks further than a first answer."""
NEWEST = 10
"""What the explorer shows first comes with the facets that it unfolds."""
OPENING = 36_000
"""Bytes, compressed, of the facets that are unfolded: a first visit opens them. What does not hold is folded, and opened by who unfolds it."""
TEXTS = 12_000
"""Signs of the texts of a file: some 5 KB after compression."""


Description = Mapping[str, object]
"""Some keys of the manifest."""


@dataclass(frozen=True)
class IndexPart:
    """Some files of ``recherche/`` and what the manifest says of them."""

    files: Sequence[SiteFile]
    description: Description


def make_search(banque: Banque, annexes: Sequence[HandWrittenPage], keys: Keys, memo: Memo) -> Iterator[SiteFile]:
    """Every file of ``recherche/``, the manifest last. Documents are numbered as ``banque.actions``, pages after them."""
    parts = (
        make_cards(banque, annexes, keys.told),
        make_texts(banque, keys, memo),
        make_words(banque, annexes, keys, memo),
        make_france(banque.referentiel, banque.identity.territoire),
    )
    for part in parts:
        yield from part.files
    yield make_manifest(part.description for part in parts)


def make_cards(banque: Banque, annexes: Sequence[HandWrittenPage], told: Told = ()) -> IndexPart:
    """Result cards, which say what front matters do, and facets, of which one asks what the récits tell."""
    cards, groups = all_cards(banque, annexes), card_groups(banque, len(annexes))
    cartes = numbered("c", (as_json([cards[document] for document in group]) for group in groups))
    toutes = [hashed("c", as_json(cards))] if len(banque.actions) <= MANY_ACTIONS else []
    file_of = {document: rank for rank, group in enumerate(groups) for document in group}
    named = {"suggestions": suggestions_file(banque), "ordre_villes": city_order(banque)}
    contents = list(facet_contents(banque, told))
    facettes = [(description, hashed("f", *parts)) for description, parts in contents]
    fold_heaviest(facettes)
    # Two facets that say the same are one file.
    others = {f.name: f for f in (*named.values(), *(fichier for _, fichier in facettes))}
    newest = (cartes.fichiers[file] for file in sorted({file_of[i] for i in range(min(NEWEST, len(banque.actions)))}))
    ouverture, parties = opening_file(
        {
            fichier.name: parts
            for (description, fichier), (_, parts) in zip(facettes, contents, strict=True)
            if description["ouverte"]
        },
        {fichier.name: gzip.decompress(fichier.content) for fichier in newest},
    )
    description = {
        "n": len(banque.actions),
        "documents": len(banque.actions) + len(annexes),
        "facettes": [description | {"fichier": fichier.name} for description, fichier in facettes],
        "cartes": {
            "debut": cartes.debut,
            "taille": CARDS_A_FILE_OF_MANY,
            "toutes": toutes[0].name if toutes else "",
            "fichiers": [file_of[document] for document in range(len(cards))] if toutes else [],
        },
        **{nom: fichier.name for nom, fichier in named.items()},
        "ouverture": {"fichier": ouverture.name, "parties": parties},
    }
    alone = [f for f in (*cartes.fichiers, *toutes, *others.values()) if f.name not in parties]
    return IndexPart([*alone, ouverture], description)


def fold_heaviest(facettes: Iterable[tuple[dict[str, object], SiteFile]]) -> None:
    """Leave unfolded, of the facets that are, those whose files hold in ``OPENING``, in order: they grow with the bank."""
    room = OPENING
    for description, fichier in facettes:
        if description["ouverte"]:
            description["ouverte"] = len(fichier.content) <= room
            room -= len(fichier.content) if description["ouverte"] else 0


def opening_file(
    facets: Mapping[str, Sequence[bytes]], cards: Mapping[str, bytes]
) -> tuple[SiteFile, Mapping[str, Sequence[int]]]:
    """What a first visit needs of several files, as one, and which bytes of it stand for each: from, to.

    ``facets``, ``cards``: by the name of each file, its content; that of a facet in parts.
    """
    sizes = {name: sum(map(len, parts)) for name, parts in facets.items()} | {name: len(cards[name]) for name in cards}
    ends = list(accumulate(sizes.values()))
    parties = {name: [end - size, end] for (name, size), end in zip(sizes.items(), ends, strict=True)}
    return hashed("d", *chain.from_iterable(facets.values()), b"".join(cards.values())), parties


def card_groups(banque: Banque, annexes: int = 0) -> list[Sequence[int]]:
    """The documents of each file of cards: the newest, then those of a theme together, then pages.

    What a query brings is mostly of some themes, and opens few files. Beyond ``MANY_ACTIONS`` they stand as numbered.
    """
    actions = banque.actions
    documents = range(len(actions) + annexes)
    if len(actions) > MANY_ACTIONS:
        return _cut(documents, CARDS_A_FILE_OF_MANY)
    facette = next(facette for facette in FACETTES if facette.parametre == "theme")
    vocabulaire = banque.vocabulaire(facette)

    def themes(document: int) -> list[tuple[str, str]]:
        """As the fiche orders them, each after the one that holds it."""
        return [(vocabulaire[theme].parent or theme, theme) for theme in facette.ids(actions[document])]

    by_theme = sorted(documents[NEWEST : len(actions)], key=themes)
    groups = (
        documents[: min(NEWEST, len(actions))],
        *_cut(by_theme, CARDS_A_FILE),
        *_cut(documents[len(actions) :], CARDS_A_FILE),
    )
    return [sorted(group) for group in groups if group]


def _cut(documents: Sequence[int], size: int) -> list[Sequence[int]]:
    return [documents[start : start + size] for start in range(0, len(documents), size)]


def make_texts(banque: Banque, keys: Keys, memo: Memo) -> IndexPart:
    """The texts of the actions, for excerpts and exact phrases, as many a file as make some ``TEXTS`` signs."""
    actions = [banque.actions[document] for group in card_groups(banque) for document in group]
    signs = sum(keys.gists[action.id].signs for action in actions)
    taille = max(1, round(TEXTS * len(actions) / max(1, signs)))

    def text_file(some: Sequence[Action]) -> bytes:
        key = keys.key(*(action.source.digest for action in some))
        return memo.get_or_make("textes", key, lambda: compressed(as_json([text_of(action) for action in some])))

    textes = serie("x", (text_file(actions[start : start + taille]) for start in range(0, len(actions), taille)))
    return IndexPart(textes.fichiers, {"textes": {"debut": textes.debut, "taille": taille}})


def make_words(banque: Banque, annexes: Sequence[HandWrittenPage], keys: Keys, memo: Memo) -> IndexPart:
    """The inverted index, with the places that any query may name; the list of its stems, and which words exist besides."""
    names = NameReader(banque, memo)

    def words_of(action: Action) -> DocumentWords:
        texts = weighted_texts(action, banque)
        names.read(action, texts)
        return words_of_action(action, banque, texts)

    documents = [(keys.key(action.source.digest), partial(words_of, action)) for action in banque.actions]
    documents += [(keys.key(repr(annexe)), partial(words_of_annexe, annexe)) for annexe in annexes]
    index = update_index(documents, memo)
    near = names.near_table()
    expressions, termes = memo.get_or_make("expressions", b"", lambda: _expressions_and_terms(banque))
    typed = memo.get_or_make("typed", b"", lambda: words_typed(banque))
    first_names, parts = zip(*table_parts(near, NEAR_PART), strict=True)
    lieux = numbered("n", parts)
    premiers, contents = zip(*index.shards(expressions, termes), strict=True)
    tranches, liste = serie("s", _compressed(contents, memo)), hashed("t", index.term_list(typed.split()))
    folder = find(banque.root, "referentiels/mots.txt").parent
    connus = serie("w", prepared.get_or_make("connus", folder, partial(known_words_files, banque.root)))
    description = {
        "tranches": {"debut": tranches.debut, "premiers": " ".join(premiers)},
        "termes": liste.name,
        "connus": connus.debut,
        "lieux": {"debut": lieux.debut, "premiers": first_names, **names_told(near)},
    }
    return IndexPart([*tranches.fichiers, liste, *connus.fichiers, *lieux.fichiers], description)


def _compressed(contents: Iterable[Sequence[bytes]], memo: Memo) -> list[bytes]:
    """Each file of words, compressed; one that says what it said last time is taken from there."""
    known: Mapping[str, bytes] = memo.last("tranches") or {}
    keys = [(digest(*parts).hex(), parts) for parts in contents]
    files = {key: known.get(key) or compressed_parts(parts) for key, parts in keys}
    if files.keys() != known.keys():
        memo.keep_last("tranches", files)
    return [files[key] for key, _ in keys]


def _expressions_and_terms(banque: Banque) -> tuple[Expressions, Mapping[str, str]]:
    names, termes = names_of(banque)
    return joined(expressions_of(banque), names), termes


def make_france(referentiel: Referentiel, territory: Sequence[str] = ()) -> IndexPart:
    """All the communes, EPCI, EPT and postcodes, for the words that the bank does not know.

    ``territory``: the départements that the bank is about, where these are not all; their codes and those of their régions
    tell which of the others lie outside.
    """
    france, premiers = france_files(referentiel)
    regions = sorted({referentiel.region_of[code] for code in territory})
    codes = [*(f"r-{code}" for code in regions), *(f"d-{code}" for code in territory)]
    description = {"france": {"debut": france.debut, "premiers": premiers}}
    return IndexPart(france.fichiers, description | ({"territoire": codes} if codes else {}))


def make_manifest(descriptions: Iterable[Description]) -> SiteFile:
    """The file that names the others. Words that have no space are one string: their quotes and commas would weigh."""
    manifest: dict[str, object] = {
        "format": FORMAT,
        "bounds": asdict(BOUNDS),
        "mots_vides": " ".join(sorted(STOP_WORDS)),
        "mots_faibles": " ".join(sorted(WEAK_WORDS)),
    }
    for description in descriptions:
        manifest |= description
    return zipped(MANIFEST, as_json(manifest))
