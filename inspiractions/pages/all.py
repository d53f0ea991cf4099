"""From a ``Banque`` to ``Page`` objects: each module makes one kind; here, what each page depends upon."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from inspiractions.base.digests import digest
from inspiractions.base.memo import Memo
from inspiractions.base.outputs import Batch, Donnee, Empreinte, Page
from inspiractions.model.banque import FACETTES, Banque, Facette
from inspiractions.pages import (
    accueil,
    chiffres,
    donnees,
    dossiers,
    library,
    lists,
    paroles,
    recit,
    reference,
    territoires,
    tools,
)
from inspiractions.pages.cards import CardRenderer, Crumb
from inspiractions.pages.territoires import PlacePages
from inspiractions.story.keys import Keys
from inspiractions.story.library import CitedDocument, make_library
from inspiractions.story.lists import make_feed_lists
from inspiractions.story.permalinks import redirections
from inspiractions.story.recit import Recit
from inspiractions.theme.figures.carte import FranceMap
from inspiractions.theme.mkdocs import Frames
from inspiractions.theme.templates import Templates

_PAROLES = tuple(facette for facette in FACETTES if facette.cle in paroles.RUBRIQUES)


class Pages:
    """Every generated page. ``pdfs``: the size in bytes of each PDF of the site, by address; ``docs``: digest of ``docs/``."""

    def __init__(
        self,
        banque: Banque,
        pdfs: Mapping[str, int],
        frames: Frames,
        dependances: Keys,
        memoire: Memo,
        docs: bytes,
    ) -> None:
        self._banque, self._pdfs = banque, pdfs
        self._cadres, self._site_url = frames.cadres, frames.settings.site_url
        self._dependances, self._memoire, self._docs = dependances, memoire, docs
        self._gabarits = Templates(banque.root, frames.settings.forge)
        self._cartes = CardRenderer(banque, self._gabarits)
        self._listes = list(make_feed_lists(banque))
        self._suites = lists.FeedLinks(self._listes, self._gabarits)
        self._entrees = Crumb(self._cadres["entrees"].titre, self._cadres["entrees"].chemin)

    def of_recit(self, found: Recit) -> Iterator[Page]:
        """The page of an action, and its card for other sites."""
        banque, gabarits, cartes = self._banque, self._gabarits, self._cartes
        yield recit.make_recit(found, self._pdfs.get(found.pdf, 0), banque, gabarits, cartes, self._site_url)
        yield tools.make_embed_recit(found.action, gabarits, cartes, self._cadres["embed"])

    def lots(self) -> Iterator[Batch]:
        """All the others, but for those of ``of_donnees``."""
        yield from self._of_the_whole()
        yield from self._of_facettes()
        yield from self._of_paroles()
        yield from self._of_selections()
        yield from self._of_library()
        yield from self._of_lieux()
        yield from self._of_embeds()

    def _lot(self, nom: str, cle: bytes, make: Callable[..., Page | Iterable[Page]], *arguments: object) -> Batch:
        """Pages that depend on ``cle``, made of some arguments; those that are lists have their feed."""

        def made() -> Iterable[Page]:
            found = make(*arguments)
            return map(self._suites.add, [found] if isinstance(found, Page) else found)

        return Batch(f"pages/{nom}", self._dependances.cle(nom, cle), made)

    @cached_property
    def _carte(self) -> FranceMap:
        counts = [(code, len(actions)) for code, actions in self._banque.par_departement.items()]
        return self._memoire.get("carte", digest(repr(counts)), lambda: territoires.make_carte(self._banque))

    def of_donnees(self, fichiers: Sequence[tuple[Donnee, Empreinte]]) -> Iterator[Batch]:
        """The two pages that tell the sizes of the ``fichiers`` to take at ``/donnees/``, which change with any action."""
        b, g, c, url = self._banque, self._gabarits, self._cadres, self._site_url
        cle = digest(self._dependances.toutes_fiches, repr(fichiers))

        def make_home() -> Page:
            return accueil.make_home(b, g, self._cartes, self._carte, c["accueil"], donnees.json_ld(b, fichiers, url))

        yield self._lot("accueil", cle, make_home)
        yield self._lot("donnees", cle, donnees.make_donnees, b, g, fichiers, c["donnees"], url)

    def _of_the_whole(self) -> Iterator[Batch]:
        """The pages that count or list every action."""
        b, g, c, listes = self._banque, self._gabarits, self._cadres, self._listes
        made: dict[str, Callable[[], Page | Iterable[Page]]] = {
            "explorer": lambda: tools.make_explorer(b, g, self._carte, c["explorer"]),
            "retirees": lambda: [recit.make_retiree(action, g) for action in b.retirees],
            "redirections": lambda: reference.make_redirections(redirections(b), g),
            "actions": lambda: lists.make_all_actions(b, g, c["actions"]),
            "entrees": lambda: lists.make_entrees(b, g, c["entrees"]),
            "territoires": lambda: territoires.make_apercus(b, g, self._carte, c["territoires"]),
            "dossiers": lambda: dossiers.make_apercu(b, g, c["dossiers"]),
            "enquetes": lambda: dossiers.make_enquetes(b, g, c["entrees"]),
            "couverture": lambda: chiffres.make_couverture(b, g, c["couverture"]),
            "chiffres": lambda: chiffres.make_chiffres(b, g, c["chiffres"]),
            "carnet": lambda: tools.make_carnet(b, g, c["carnet"]),
            "comparer": lambda: tools.make_comparer(g, c["comparer"]),
            "fils": lambda: lists.make_feeds_page(listes, g, self._site_url, c["fils"]),
            "integrer": lambda: tools.make_integrer(b, listes, g, c["integrer"]),
            "plan": lambda: reference.make_plan(b, g, c["plan"]),
            "champs": lambda: reference.make_champs(b, g, c["champs"]),
            "verifications": lambda: reference.make_verifications(g, c["verifications"]),
        }
        cle = digest(self._dependances.toutes_entetes, self._docs)
        return (self._lot(nom, cle, make) for nom, make in made.items())

    def _of_facettes(self) -> Iterator[Batch]:
        """The overview of each vocabulary; for each value, its list."""
        b, g, cartes, entrees = self._banque, self._gabarits, self._cartes, self._entrees
        for facette in FACETTES:
            if facette in _PAROLES:
                continue
            counts, whole = self._counts(facette), self._dependances.toutes_entetes
            yield self._lot(facette.adresse, whole, lists.make_overview, b, g, facette, entrees)
            for terme in b.vocabulaire(facette):
                chemin = facette.chemin(terme.id)
                cle = digest(counts, self._dependances.entetes(b.avec(facette, terme)))
                if facette == lists.CAMPAGNE:
                    cle = digest(cle, str(self._pdfs.get(f"{chemin}{terme.id}.pdf", 0)))
                    yield self._lot(chemin, cle, lists.make_campagne, b, terme, self._pdfs, g, cartes, entrees)
                else:
                    yield self._lot(chemin, cle, lists.make_value, b, g, cartes, facette, terme, entrees)

    def _of_paroles(self) -> Iterator[Batch]:
        """Levers and obstacles, which quote the récits."""
        b, g, entrees = self._banque, self._gabarits, self._entrees
        said = paroles.Quotes(b)
        for facette in _PAROLES:
            rubrique, counts = paroles.RUBRIQUES[facette.cle], self._counts(facette)
            whole = self._dependances.rubriques(b.actions, rubrique)
            yield self._lot(facette.adresse, whole, paroles.make_quotes_overview, b, said, g, facette, entrees)
            for terme in b.vocabulaire(facette):
                told = self._dependances.rubriques(b.avec(facette, terme), rubrique)
                cle = digest(counts, told)
                chemin = facette.chemin(terme.id)
                yield self._lot(chemin, cle, paroles.make_quotes_page, said, g, self._cartes, facette, terme, entrees)

    def _of_selections(self) -> Iterator[Batch]:
        b, g, cadre = self._banque, self._gabarits, self._cadres["dossiers"]
        for dossier in b.dossiers:
            shown = self._dependances.entetes(dossier.actions)
            cle = digest(self._dependances.dossiers, shown, str(self._pdfs.get(dossier.pdf, 0)))
            yield self._lot(dossier.chemin, cle, dossiers.make_dossier, dossier, self._pdfs, b, g, self._cartes, cadre)

    def _of_library(self) -> Iterator[Batch]:
        """What the fiches cite: the overview, a page a letter and a theme."""
        publishers = make_library(self._banque.actions, self._banque.root)
        pages = library.LibraryPages(self._banque, publishers, self._gabarits, self._cadres["bibliotheque"])
        yield self._lot("bibliotheque", self._dependances.toutes_entetes, pages.overview)
        letters = digest(*pages.letters)
        for lettre in pages.letters:
            cle = digest(letters, self._cited(pages.published_under(lettre)))
            yield self._lot(pages.chemin_of(lettre), cle, pages.letter, lettre)
        for terme in pages.themes:
            yield self._lot(pages.chemin_of_theme(terme), self._cited(pages.cited_in(terme)), pages.theme, terme)

    def _cited(self, documents: Sequence[CitedDocument]) -> bytes:
        """What the library shows of these documents."""
        shown = repr([(d.url, d.titre, d.editeur) for d in documents])
        return digest(shown, self._dependances.entetes(library.LibraryPages.citing(documents)))

    def _of_lieux(self) -> Iterator[Batch]:
        """Régions, départements and cities. All of them know how many actions the others have."""
        banque, cadre = self._banque, self._cadres["territoires"]
        lieux = PlacePages(banque, self._gabarits, self._cartes, Crumb(cadre.titre, cadre.chemin))
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
                cle = digest(counts, self._dependances.entetes(group.get(code, ())))
                yield self._lot(f"{genre}/{code}", cle, make, code)

    def _of_embeds(self) -> Iterator[Batch]:
        """What other sites show of the lists."""
        g, cartes, cadre = self._gabarits, self._cartes, self._cadres["embed"]
        yield self._lot("embed", b"", tools.make_embed, self._banque, g, cadre)
        for liste in self._listes:
            shown = self._dependances.entetes(liste.actions[: tools.ACTIONS])
            cle = digest(liste.titre, str(len(liste.actions)), shown)
            yield self._lot(liste.integree, cle, tools.make_embed_liste, liste, g, cartes, cadre)

    def _counts(self, facette: Facette) -> bytes:
        """How many actions each value of a vocabulary has."""
        counts = (str(len(self._banque.avec(facette, terme))) for terme in self._banque.vocabulaire(facette))
        return digest(*counts)
