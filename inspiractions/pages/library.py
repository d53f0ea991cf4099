"""``/bibliotheque/``: what the fiches cite, by publisher (a page a letter) and by theme; each document with its récits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby

from inspiractions.base.outputs import FramePage, Page
from inspiractions.base.texts import gettext
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.facette import FACETTES
from inspiractions.model.vocabulaire import Terme
from inspiractions.pages.cards import HOME, Crumb
from inspiractions.pages.lists import ListRow, ListSlice, described, newest, numbered
from inspiractions.story import labels
from inspiractions.story.library import CitedDocument, Publisher
from inspiractions.theme.templates import Templates

DOCUMENTS_A_PAGE = 150
"""What bounds the weight of a page: some 60 KB before compression."""
THEME = next(facette for facette in FACETTES if facette.cle == "thematiques")
_NAMED = 24


class LibraryPages:
    """The pages of the library; ``frame``: that of its overview."""

    def __init__(self, banque: Banque, publishers: Sequence[Publisher], templates: Templates, frame: FramePage) -> None:
        self._banque, self._templates, self._frame = banque, templates, frame
        self.publishers = publishers
        self.documents = [document for publisher in publishers for document in publisher.documents]
        self._fil = [HOME, Crumb(frame.titre, frame.chemin)]

    def overview(self) -> Page:
        """The publishers with most documents, the letters, the themes."""
        most = sorted(self.publishers, key=lambda p: (-len(p.documents), p.nom))[:_NAMED]
        contenu = self._templates.render(
            "bibliotheque",
            cadre=self._frame,
            total=len(self.documents),
            editeurs=len(self.publishers),
            nommes=[ListRow(p.nom, self._place_of(p), len(p.documents)) for p in most],
            lettres=[(lettre, self.chemin_of(lettre)) for lettre in self.letters],
            themes=[ListRow(t.court, self.chemin_of_theme(t), len(self.cited_in(t))) for t in self.themes],
            fil=[HOME, Crumb(self._frame.titre)],
        )
        frame, maj = self._frame, newest(self._banque.actions)
        return Page(frame.chemin, frame.name, frame.titre, frame.description, contenu, maj=maj)

    @property
    def letters(self) -> list[str]:
        """Those that have a publisher, in the order of the index."""
        return list(dict.fromkeys(publisher.lettre for publisher in self.publishers))

    @cached_property
    def themes(self) -> list[Terme]:
        """Those whose récits cite a document, parents included."""
        return [terme for terme in self._banque.vocabulaire(THEME) if terme.id in self._by_theme]

    @cached_property
    def _by_theme(self) -> dict[str, list[CitedDocument]]:
        """The documents that the récits of a theme cite, by its id."""
        themes_of: dict[str, list[str]] = {}
        for terme in self._banque.vocabulaire(THEME):
            for action in self._banque.avec(THEME, terme):
                themes_of.setdefault(action.id, []).append(terme.id)
        by_theme: dict[str, list[CitedDocument]] = {}
        for document in self.documents:
            themes = (theme for action in document.actions for theme in themes_of.get(action.id, ()))
            for theme in dict.fromkeys(themes):
                by_theme.setdefault(theme, []).append(document)
        return by_theme

    def letter(self, lettre: str) -> Iterator[Page]:
        """The publishers of a letter, each with its documents."""
        documents = self.published_under(lettre)
        titre = (
            gettext("Éditeurs : chiffres")
            if lettre == "0-9"
            else gettext("Éditeurs : {lettre}").format(lettre=lettre.upper())
        )
        description = gettext("Ce que les récits citent des éditeurs classés à « {lettre} ».").format(
            lettre=lettre.upper()
        )
        yield from self._pages(documents, self.chemin_of(lettre), titre, description)

    def theme(self, terme: Terme) -> Iterator[Page]:
        """The documents that the récits of a theme cite, by publisher."""
        description = gettext("Ce que citent les récits du thème « {theme} ».").format(theme=terme.court)
        yield from self._pages(self.cited_in(terme), self.chemin_of_theme(terme), terme.court, description, terme)

    def published_under(self, lettre: str) -> list[CitedDocument]:
        """The documents of the publishers of a letter."""
        return [d for p in self.publishers if p.lettre == lettre for d in p.documents]

    def cited_in(self, terme: Terme) -> list[CitedDocument]:
        """The documents that an action of a theme cites."""
        return self._by_theme.get(terme.id, [])

    def _pages(
        self, documents: Sequence[CitedDocument], racine: str, titre: str, description: str, theme: Terme | None = None
    ) -> Iterator[Page]:
        total = max(1, -(-len(documents) // DOCUMENTS_A_PAGE))
        slugs = {p.nom: p.slug for p in self.publishers}
        for numero in range(1, total + 1):
            tranche = ListSlice((), numero, total, racine)
            shown = documents[(numero - 1) * DOCUMENTS_A_PAGE : numero * DOCUMENTS_A_PAGE]
            contenu = self._templates.render(
                "bibliotheque_liste",
                titre=titre,
                description=description,
                total=len(documents),
                tranche=tranche,
                groupes=[(nom, slugs[nom], list(some)) for nom, some in groupby(shown, key=lambda d: d.editeur)],
                lieux={action.id: labels.lieux(action) for d in shown for action in d.actions},
                theme=theme,
                lettres=[] if theme else [(lettre, self.chemin_of(lettre)) for lettre in self.letters],
                fil=[*self._fil, Crumb(titre)],
            )
            heading = numbered(gettext("{titre} – Bibliothèque").format(titre=titre), tranche)
            cited_by = [action for d in shown for action in d.actions]
            yield Page(
                tranche.chemin,
                self._frame.name,
                heading,
                described(description, tranche),
                contenu,
                maj=newest(cited_by),
            )

    def _place_of(self, publisher: Publisher) -> str:
        """Where the page of its letter has a publisher."""
        racine = self.chemin_of(publisher.lettre)
        first = self.published_under(publisher.lettre).index(publisher.documents[0])
        numero = first // DOCUMENTS_A_PAGE + 1
        return f"{ListSlice((), numero, numero, racine).chemin}#e-{publisher.slug}"

    def chemin_of(self, lettre: str) -> str:
        """The address of a letter."""
        return f"{self._frame.chemin}editeurs/{lettre}/"

    def chemin_of_theme(self, terme: Terme) -> str:
        """The address of a theme."""
        return f"{self._frame.chemin}{THEME.adresse}/{terme.id}/"

    @staticmethod
    def citing(documents: Sequence[CitedDocument]) -> list[Action]:
        """The actions that these documents are cited by, each once."""
        return list({action.id: action for d in documents for action in d.actions}.values())
