"""Indexes of what the fiches hold, across all of them.

Levers and obstacles: what each récit says of one, in its own words, and what was done about it.
``/bibliotheque/``: what the fiches cite, by publisher (a page a letter) and by theme; each document with its récits, the
first ones where they are many: all of them have a page of their own then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby

from markupsafe import Markup

from inspiractions.base.digests import digest
from inspiractions.base.outputs import FramePage, Page
from inspiractions.base.text import gettext, ngettext, slugify
from inspiractions.model.action import Action
from inspiractions.model.banque import Actions, Banque
from inspiractions.model.facette import FACETTES, Facette
from inspiractions.model.vocabulaire import VOCABULAIRE_DE, ListedPoint, Terme, parse_points
from inspiractions.pages.lists import (
    HOME,
    CardRenderer,
    Crumb,
    ListRow,
    ListSlice,
    card_slices,
    described,
    list_rows,
    make_overview,
    newest,
    numbered,
    short,
    slices,
)
from inspiractions.story import labels
from inspiractions.story.citations import CitedDocument, Publisher, host
from inspiractions.theme.templates import Templates

RUBRIQUES = {nom: rubrique for rubrique, nom in VOCABULAIRE_DE.items()}
_EN_FACE = {"leviers": "freins", "freins": "leviers"}
_CITED = 8
# Quotes are what one reads here: each is shown, on pages of 150 KB at most.
QUOTES_A_PAGE = 75


@dataclass(frozen=True)
class Quote:
    """All that one action says of one lever or obstacle; ``points`` may be empty: declared, not told."""

    action: Action
    points: tuple[ListedPoint, ...]

    @property
    def repond(self) -> bool:
        """Whether it tells, apart, what was done about it."""
        return any(point.reponse for point in self.points)

    @property
    def rang(self) -> tuple[bool, bool]:
        """Sorts those that answer before those that only tell, and these before those that only declare."""
        return (not self.repond, not self.points)


class Quotes:
    """What the actions of a bank say of levers and obstacles; an action is read when it is first asked for."""

    def __init__(self, banque: Banque) -> None:
        self.banque = banque
        self._points = cache(self._read)

    def of(self, facette: Facette, terme: Terme) -> list[Quote]:
        """What each action of a term says of it: answers first, then from the newest to the oldest."""
        quotes = [
            Quote(action, tuple(point for point in self._points(action.id, facette) if point.terme == terme))
            for action in self.banque.avec(facette, terme)
        ]
        return sorted(quotes, key=lambda parole: parole.rang)

    def _read(self, identifiant: str, facette: Facette) -> list[ListedPoint]:
        rubrique = self.banque.par_id[identifiant].rubriques_par_id.get(RUBRIQUES[facette.cle])
        return parse_points(rubrique.texte, rubrique.line + 1, self.banque.vocabulaire(facette)) if rubrique else []


def make_quotes_overview(
    banque: Banque, paroles: Quotes, templates: Templates, facette: Facette, entrees: Crumb
) -> Page:
    """``/leviers/`` or ``/freins/``, with the words of one action on each value."""
    extraits = {terme.id: _first(paroles.of(facette, terme)) for terme in banque.vocabulaire(facette)}
    return make_overview(banque, templates, facette, entrees, "apercu_paroles", extraits=extraits)


def _first(paroles: Sequence[Quote]) -> dict[str, object] | None:
    """The words that the overview quotes: the first, which answer where any do."""
    if not paroles or not paroles[0].points:
        return None
    first = paroles[0]
    point = next((p for p in first.points if p.reponse), first.points[0])
    return {"point": point, "lieu": first.action.chef_de_file.nom}


def make_quotes_page(
    quotes: Quotes, templates: Templates, cards: CardRenderer, facette: Facette, terme: Terme, entrees: Crumb
) -> Iterator[Page]:
    """What is said of a lever or an obstacle; ``entrees``: the step of ``/entrees/`` in the breadcrumb."""
    banque, paroles = quotes.banque, quotes.of(facette, terme)
    fil = [HOME, entrees, Crumb(facette.titre, f"{facette.adresse}/")]
    par_id = {parole.action.id: parole for parole in paroles}
    actions = tuple(parole.action for parole in paroles)
    autre = next(f for f in FACETTES if f.cle == _EN_FACE[facette.cle])
    # The same on every page of a long list.
    whole = {
        "facette": facette,
        "terme": terme,
        "rubrique": RUBRIQUES[facette.cle],
        "total": len(actions),
        "resume": _resume(paroles),
        "deduite": all(facette.cle in a.champs_deduits for a in actions),
        "nombre_muettes": sum(not p.points for p in paroles),
        "en_face": _cited(banque, autre, actions),
        "autre": autre,
        "autres": [ligne for ligne in list_rows(banque, facette) if ligne.terme != terme],
        "fil": [*fil, Crumb(terme.court)],
    }
    for tranche in slices(actions, f"{facette.adresse}/{terme.id}/", QUOTES_A_PAGE):
        shown = [par_id[action.id] for action in tranche.actions]
        contenu = templates.render(
            "parole",
            **whole,
            tranche=tranche,
            paroles=[short(p.action, banque) | {"parole": p} for p in shown if p.points],
            muettes=[p for p in shown if not p.points] and cards.list(p.action for p in shown if not p.points),
        )
        yield _page(facette, terme, tranche, contenu)


def _page(facette: Facette, terme: Terme, tranche: ListSlice, contenu: str) -> Page:
    titre = numbered(f"{terme.court} – {facette.singulier}", tranche)
    description = described(terme.definition, tranche)
    return Page(tranche.chemin, "entrees", titre, description, contenu, maj=newest(tranche.actions))


def _resume(paroles: Sequence[Quote]) -> str:
    """``6 actions, dont 5 disent ce qui a été fait``."""
    total, answers = len(paroles), sum(parole.repond for parole in paroles)
    label = f"{total} {ngettext('action', 'actions', total)}"
    if not answers:
        return label
    of_which = ngettext(
        "{actions}, dont {n} dit ce qui a été fait", "{actions}, dont {n} disent ce qui a été fait", answers
    )
    return of_which.format(actions=label, n=answers)


def _cited(banque: Banque, facette: Facette, actions: Actions) -> list[ListRow]:
    """The terms of another vocabulary that these actions bear most, with how many of them do."""
    borne = Counter(identifiant for action in actions for identifiant in {*facette.ids(action)})
    rows = [
        ListRow(terme.court, f"{facette.adresse}/{terme.id}/", borne[terme.id], terme)
        for terme in banque.vocabulaire(facette)
    ]
    return sorted((ligne for ligne in rows if ligne.nombre), key=lambda ligne: -ligne.nombre)[:_CITED]


DOCUMENTS_A_PAGE = 150
"""What bounds the weight of a page: some 60 KB before compression."""
CITING_SHOWN = 12
"""A document that more récits cite has a page of its own, which lists them all."""
THEME = next(facette for facette in FACETTES if facette.cle == "thematiques")
_NAMED = 24


class LibraryPages:
    """The pages of the library; ``frame``: that of its overview."""

    def __init__(
        self,
        banque: Banque,
        publishers: Sequence[Publisher],
        templates: Templates,
        cards: CardRenderer,
        frame: FramePage,
    ) -> None:
        self._banque, self._templates, self._cards, self._frame = banque, templates, cards, frame
        self.publishers = publishers
        self.documents = [document for publisher in publishers for document in publisher.documents]
        self._fil = [HOME, Crumb(frame.titre, frame.chemin)]
        self._citing_lines: dict[str, Markup] = {}

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
                citants={d.url: Markup(" ; ").join(map(self._citing, d.actions[:CITING_SHOWN])) for d in shown},
                chemins={d.url: self.chemin_of_document(d) for d in shown if len(d.actions) > CITING_SHOWN},
                montres=CITING_SHOWN,
                theme=theme,
                lettres=[] if theme else [(lettre, self.chemin_of(lettre)) for lettre in self.letters],
                fil=[*self._fil, Crumb(titre)],
            )
            heading = numbered(gettext("{titre} – Bibliothèque").format(titre=titre), tranche)
            yield Page(
                tranche.chemin,
                self._frame.name,
                heading,
                described(description, tranche),
                contenu,
                maj=newest(self.citing(shown)),
            )

    @property
    def much_cited(self) -> list[CitedDocument]:
        """The documents of which the other pages do not show all the récits."""
        return [d for d in self.documents if len(d.actions) > CITING_SHOWN]

    def document(self, document: CitedDocument) -> Iterator[Page]:
        """Every récit that cites a document."""
        titre = gettext("{titre} – Cité par les récits").format(titre=document.titre)
        description = gettext("Les récits qui citent « {titre} » ({editeur}).").format(
            titre=document.titre, editeur=document.editeur
        )
        for tranche in card_slices(document.actions, self.chemin_of_document(document)):
            contenu = self._templates.render(
                "bibliotheque_document",
                document=document,
                tranche=tranche,
                cartes=self._cards.list(tranche.actions),
                lignes=self._cards.lines(tranche.lignes),
                fil=[*self._fil, Crumb(document.titre)],
            )
            yield Page(
                tranche.chemin,
                self._frame.name,
                numbered(titre, tranche),
                described(description, tranche),
                contenu,
                maj=newest(tranche.shown),
            )

    def _citing(self, action: Action) -> Markup:
        """The récit that cites a document: most stand under several, and on several pages."""
        if action.id not in self._citing_lines:
            html = self._templates.render("citant", action=action, lieux=labels.lieux(action))
            self._citing_lines[action.id] = Markup(html)
        return self._citing_lines[action.id]

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

    def chemin_of_document(self, document: CitedDocument) -> str:
        """The address of a document that many récits cite: it does not change with the title that they give it."""
        return f"{self._frame.chemin}documents/{slugify(host(document.url))}-{digest(document.url).hex()[:8]}/"

    @staticmethod
    def citing(documents: Sequence[CitedDocument]) -> list[Action]:
        """The actions that the pages show beside these documents, each once."""
        return list({action.id: action for d in documents for action in d.actions[:CITING_SHOWN]}.values())
