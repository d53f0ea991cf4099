"""From a ``Banque`` to ``Page`` objects: each module makes one kind; here, what each page depends upon."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from inspiractions.base.digests import digest
from inspiractions.base.memo import Memo
from inspiractions.base.outputs import Batch, DataFile, FileStats, Page
from inspiractions.model.banque import Banque
from inspiractions.model.facette import FACETTES, Facette
from inspiractions.pages import accueil, chiffres, dossiers, lists, paroles, recit, reference, territoires, tools
from inspiractions.pages.lists import CardRenderer, Crumb, FeedLinks
from inspiractions.pages.territoires import PlacePages
from inspiractions.story.citations import CitedDocument, make_library
from inspiractions.story.keys import Keys
from inspiractions.story.lists import FeedList, make_feed_lists
from inspiractions.story.permalinks import redirections
from inspiractions.story.recit import Recit
from inspiractions.story.review import TO_CHECK
from inspiractions.theme.figures.carte import FranceMap, LocatorMaps
from inspiractions.theme.frames import Frames
from inspiractions.theme.templates import Templates

_PAROLES = tuple(facette for facette in FACETTES if facette.cle in paroles.RUBRIQUES)


class Pages:
    """Every generated page.

    ``sizes``: in bytes, of each PDF and each blank form of the site, by address; ``docs``: digest of ``docs/``.
    """

    def __init__(
        self,
        banque: Banque,
        sizes: Mapping[str, int],
        frames: Frames,
        keys: Keys,
        memo: Memo,
        docs: bytes,
    ) -> None:
        self._banque, self._sizes = banque, sizes
        self._frame_pages = {name: frame.page for name, frame in frames.frames.items()}
        self._site_url = frames.settings.site_url
        self._keys, self._memo, self._docs = keys, memo, docs
        self._templates = Templates(banque.root, frames.settings.forge)
        self._cards = CardRenderer(banque, self._templates)
        self._entrees = Crumb(self._frame_pages["entrees"].titre, self._frame_pages["entrees"].chemin)

    def prepare(self) -> None:
        """Read what nearly every page needs, before copies of this process make some."""
        self._templates.load()

    def of_recit(self, own_recit: Recit, rereading: int = 0) -> Iterator[Page]:
        """The page of an action, and its card for other sites. ``rereading``: what the form of its city weighs, in bytes."""
        banque, templates, cards = self._banque, self._templates, self._cards
        situation = self._locator_maps.of_places(own_recit.action.villes)
        beside = recit.Beside(self._sizes.get(own_recit.pdf, 0), rereading, situation)
        yield recit.make_recit(own_recit, beside, banque, templates, cards, self._site_url)
        yield tools.make_embed_recit(own_recit.action, templates, cards, self._frame_pages["embed"])

    def lists(self) -> Iterator[Batch]:
        """What shows no more of fiches than their front matters, with the weights of the documents that lists lead to."""
        yield from self._of_the_whole()
        yield from self._of_facettes()
        yield from self._of_selections()
        yield from self._of_library()
        yield from self._of_lieux()
        yield from self._of_embeds()

    def batches(self) -> Iterator[Batch]:
        """All the others, but for those of ``of_donnees``."""
        yield from self._of_paroles()
        yield from self._of_review()

    def _batch(self, nom: str, key: bytes, make: Callable[..., Page | Iterable[Page]], *arguments: object) -> Batch:
        """Pages that depend on ``key``, made of some arguments; those that are lists have their feed."""

        def make_pages() -> Iterable[Page]:
            pages = make(*arguments)
            return map(self._feed_links.add, [pages] if isinstance(pages, Page) else pages)

        return Batch(f"pages/{nom}", self._keys.key(nom, key), make_pages)

    @cached_property
    def _listes(self) -> Sequence[FeedList]:
        return list(make_feed_lists(self._banque))

    @cached_property
    def _feed_links(self) -> FeedLinks:
        return FeedLinks(self._listes, self._templates)

    @cached_property
    def _locator_maps(self) -> LocatorMaps:
        return territoires.locator_maps(self._banque)

    @cached_property
    def _carte(self) -> FranceMap:
        counts = [(code, len(actions)) for code, actions in self._banque.par_departement.items()]
        return self._memo.get_or_make("carte", digest(repr(counts)), lambda: territoires.make_carte(self._banque))

    def of_donnees(self, fichiers: Sequence[tuple[DataFile, FileStats]]) -> Iterator[Batch]:
        """The two pages that tell the sizes of the ``fichiers`` to take at ``/donnees/``, which change with any action."""
        banque, templates, frame_pages, url = self._banque, self._templates, self._frame_pages, self._site_url
        key = digest(self._keys.all_whole, repr(fichiers))

        def make_home() -> Page:
            frame, une = frame_pages["accueil"], accueil.front_page(banque, self._keys.gists)
            shown = self._keys.key(self._keys.all_front_matters, self._docs, repr(une and (une.action.id, une.point)))
            # What a sentence changes there are the sizes of the files, in its head.
            contenu = self._memo.get_or_make(
                "accueil",
                shown,
                lambda: accueil.make_content(banque, templates, self._cards, self._carte, frame, une),
            )
            tete = templates.render("donnees_tete", lie=tools.json_ld(banque, fichiers, url))
            return accueil.make_home(banque, frame, contenu, tete)

        def make_donnees() -> Page:
            return tools.make_donnees(banque, templates, fichiers, frame_pages["donnees"], url)

        # No list: to know that, all lists would be gathered.
        for name, make in (("accueil", make_home), ("donnees", make_donnees)):
            yield Batch(f"pages/{name}", self._keys.key(name, key), partial(lambda make: [make()], make))

    def _of_the_whole(self) -> Iterator[Batch]:
        """The pages that count or list every action."""
        banque, templates, frame_pages, listes = self._banque, self._templates, self._frame_pages, self._listes
        makers: dict[str, Callable[[], Page | Iterable[Page]]] = {
            "explorer": lambda: tools.make_explorer(banque, templates, self._carte, frame_pages["explorer"]),
            "retirees": lambda: [recit.make_retiree(action, templates) for action in banque.retirees],
            "redirections": lambda: reference.make_redirections(redirections(banque), templates),
            "actions": lambda: lists.make_all_actions(banque, templates, frame_pages["actions"]),
            "entrees": lambda: lists.make_entrees(banque, templates, frame_pages["entrees"]),
            "territoires": lambda: territoires.make_apercus(banque, templates, self._carte, frame_pages["territoires"]),
            "dossiers": lambda: dossiers.make_apercu(banque, templates, frame_pages["dossiers"]),
            "enquetes": lambda: dossiers.make_enquetes(banque, templates, frame_pages["entrees"]),
            "couverture": lambda: chiffres.make_couverture(banque, self._sizes, templates, frame_pages["couverture"]),
            "chiffres": lambda: chiffres.make_chiffres(banque, templates, frame_pages["chiffres"]),
            "carnet": lambda: tools.make_carnet(banque, templates, frame_pages["carnet"]),
            "comparer": lambda: tools.make_comparer(templates, frame_pages["comparer"]),
            "fils": lambda: lists.make_feeds_page(listes, templates, self._site_url, frame_pages["fils"]),
            "integrer": lambda: tools.make_integrer(banque, listes, templates, frame_pages["integrer"]),
            "plan": lambda: reference.make_plan(banque, templates, frame_pages["plan"]),
            "champs": lambda: reference.make_champs(banque, templates, frame_pages["champs"]),
            "rgaa": lambda: reference.make_rgaa(banque.root, templates, frame_pages["rgaa"]),
            "verifications": lambda: reference.make_verifications(templates, frame_pages["verifications"]),
        }
        key = digest(self._keys.all_front_matters, self._docs)
        return (self._batch(nom, key, make) for nom, make in makers.items())

    def _of_facettes(self) -> Iterator[Batch]:
        """The overview of each vocabulary; for each value, its list."""
        banque, templates, cards, entrees = self._banque, self._templates, self._cards, self._entrees
        for facette in banque.facettes:
            if facette.cle in paroles.RUBRIQUES:
                continue
            counts, whole = self._counts(facette), self._keys.all_front_matters
            yield self._batch(facette.adresse, whole, lists.make_overview, banque, templates, facette, entrees)
            for terme in banque.vocabulaire(facette):
                chemin = facette.chemin(terme.id)
                key = digest(counts, self._keys.front_matters(banque.avec(facette, terme)))
                if facette == lists.CAMPAGNE:
                    key = digest(key, str(self._sizes.get(f"{chemin}{terme.id}.pdf", 0)))
                    yield self._batch(
                        chemin, key, lists.make_campagne, banque, terme, self._sizes, templates, cards, entrees
                    )
                else:
                    yield self._batch(chemin, key, lists.make_value, banque, templates, cards, facette, terme, entrees)

    def _of_paroles(self) -> Iterator[Batch]:
        """Levers and obstacles, which quote the récits."""
        banque, templates, entrees = self._banque, self._templates, self._entrees
        quotes = paroles.Quotes(banque)
        for facette in _PAROLES:
            rubrique, counts = paroles.RUBRIQUES[facette.cle], self._counts(facette)
            whole = self._keys.rubriques(banque.actions, rubrique)
            yield self._batch(
                facette.adresse, whole, paroles.make_quotes_overview, banque, quotes, templates, facette, entrees
            )
            for terme in banque.vocabulaire(facette):
                rubriques_key = self._keys.rubriques(banque.avec(facette, terme), rubrique)
                key = digest(counts, rubriques_key)
                chemin = facette.chemin(terme.id)
                yield self._batch(
                    chemin, key, paroles.make_quotes_page, quotes, templates, self._cards, facette, terme, entrees
                )

    def _of_selections(self) -> Iterator[Batch]:
        banque, templates, frame = self._banque, self._templates, self._frame_pages["dossiers"]
        for dossier in banque.dossiers:
            shown = self._keys.front_matters(dossier.actions)
            key = digest(self._keys.dossiers, shown, str(self._sizes.get(dossier.pdf, 0)))
            yield self._batch(
                dossier.chemin, key, dossiers.make_dossier, dossier, self._sizes, banque, templates, self._cards, frame
            )

    def _of_library(self) -> Iterator[Batch]:
        """What the fiches cite: the overview, a page a letter, a theme, a document that many cite."""
        publishers = make_library(self._banque.actions, self._banque.root)
        pages = paroles.LibraryPages(
            self._banque, publishers, self._templates, self._cards, self._frame_pages["bibliotheque"]
        )
        yield self._batch("bibliotheque", self._keys.all_front_matters, pages.overview)
        letters = digest(*pages.letters)
        for lettre in pages.letters:
            key = digest(letters, self._cited(pages.published_under(lettre)))
            yield self._batch(pages.chemin_of(lettre), key, pages.letter, lettre)
        for terme in pages.themes:
            yield self._batch(pages.chemin_of_theme(terme), self._cited(pages.cited_in(terme)), pages.theme, terme)
        for document in pages.much_cited:
            key = digest(document.titre, document.editeur, self._keys.front_matters(document.actions))
            yield self._batch(pages.chemin_of_document(document), key, pages.document, document)

    def _cited(self, documents: Sequence[CitedDocument]) -> bytes:
        """What the library shows of these documents."""
        shown = repr([(d.url, d.titre, d.editeur, len(d.actions)) for d in documents])
        return digest(shown, self._keys.front_matters(paroles.LibraryPages.citing(documents)))

    def _of_lieux(self) -> Iterator[Batch]:
        """Régions, départements and cities. All of them know how many actions the others have."""
        banque, frame = self._banque, self._frame_pages["territoires"]
        lieux = PlacePages(banque, self._templates, self._cards, Crumb(frame.titre, frame.chemin))
        regions, departements, villes = banque.par_region, banque.par_departement, banque.par_ville
        counts = repr(
            [[(code, len(some)) for code, some in group.items()] for group in (regions, departements, villes)]
        )
        for genre, codes, group, make in (
            ("regions", lieux.regions, regions, lieux.region),
            ("departements", departements, departements, lieux.departement),
            ("villes", villes, villes, lieux.ville),
        ):
            for code in codes:
                key = digest(counts, self._keys.front_matters(group.get(code, ())))
                yield self._batch(f"{genre}/{code}", key, make, code)

    def _of_embeds(self) -> Iterator[Batch]:
        """What other sites show of the lists."""
        templates, cards, frame = self._templates, self._cards, self._frame_pages["embed"]
        yield self._batch("embed", b"", tools.make_embed, self._banque, templates, frame)
        for liste in self._listes:
            shown = self._keys.front_matters(liste.actions[: tools.SHOWN_ACTIONS])
            key = digest(liste.titre, str(len(liste.actions)), shown)
            yield self._batch(liste.integree, key, tools.make_embed_liste, liste, templates, cards, frame)

    def _of_review(self) -> Iterator[Batch]:
        """What the secretariat has to look at, where ``docs/`` has a page for it."""
        banque, frame = self._banque, self._frame_pages.get("revue")
        if frame:
            listed = banque.root / "actions" / TO_CHECK
            key = digest(
                self._keys.all_whole, listed.read_bytes() if listed.is_file() else b"", str(len(banque.brouillons))
            )
            yield Batch(
                "pages/revue",
                self._keys.key("revue", key),
                lambda: reference.make_revue(banque, self._keys, self._memo, self._templates, frame),
            )

    def _counts(self, facette: Facette) -> bytes:
        """How many actions each value of a vocabulary has."""
        counts = (str(len(self._banque.avec(facette, terme))) for terme in self._banque.vocabulaire(facette))
        return digest(*counts)
