"""The pages of lists, and the card that they all show.

The thematic indexes: all actions, an overview per vocabulary, a page per value.

The card of an action: made once, shown on every page that lists it.

The collections: a page per campaign, with what was asked, when, how many answered, and its récits.
The feeds, as pages show them: what a feed is, and below each list the way to follow it or to show it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from markupsafe import Markup, escape

from inspiractions.base.outputs import FramePage, Page
from inspiractions.base.text import DONE, gettext, mailto, typography
from inspiractions.documents.pdf.document import is_whole
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.facette import FACETTES, Facette
from inspiractions.model.vocabulaire import Terme
from inspiractions.story import labels
from inspiractions.story.coverage import make_calls
from inspiractions.story.labels import short_inhabitants
from inspiractions.story.lists import FeedList
from inspiractions.story.related import RelatedAction
from inspiractions.theme.templates import Templates


@dataclass(frozen=True)
class Crumb:
    """A step of the breadcrumb; without an address it is the page itself."""

    titre: str
    chemin: str | None = None


# Its word is that of the breadcrumb (templates/parts/macros.html.j2).
HOME = Crumb("", "")
# Where the reason goes in a card that is kept: a sign of private use, which no content may hold (rules/privacy.py).
_RAISON = "\ue004"


class CardRenderer:
    """Cards by action id."""

    def __init__(self, banque: Banque, templates: Templates) -> None:
        self._banque, self._templates = banque, templates
        self._made: dict[str, str] = {}
        self._lines: dict[str, str] = {}
        self._cut: dict[str, tuple[str, str]] = {}

    def list(self, actions: Iterable[Action]) -> Markup:
        """The cards of these actions, each a list item."""
        return Markup(DONE + "".join(map(self._of, actions)) + DONE)

    def lines(self, actions: Iterable[Action]) -> Markup:
        """The same in a line each: title, place, period."""
        return Markup(DONE + "".join(map(self._line_of, actions)) + DONE)

    def proches(self, proches: Iterable[RelatedAction]) -> Markup:
        """The same for close actions: without summary, with the reason."""
        return Markup("".join(map(self._proche, proches)))

    def _proche(self, proche: RelatedAction) -> str:
        identifiant = proche.action.id
        if identifiant not in self._cut:
            html = self._templates.render("carte", **short(proche.action, self._banque), raison=_RAISON)
            before, _, after = typography(html).partition(_RAISON)
            self._cut[identifiant] = (DONE + before + DONE, DONE + after + DONE)
        before, after = self._cut[identifiant]
        return f"{before}{escape(proche.raison)}{after}"

    def _of(self, action: Action) -> str:
        if action.id not in self._made:
            self._made[action.id] = typography(self._templates.render("carte", **short(action, self._banque)))
        return self._made[action.id]

    def _line_of(self, action: Action) -> str:
        if action.id not in self._lines:
            lieux, periode = labels.lieux(action), labels.periode_courte(action.periode)
            line = self._templates.render("ligne", action=action, lieux=lieux, periode=periode)
            self._lines[action.id] = typography(line)
        return self._lines[action.id]


def short(action: Action, banque: Banque) -> dict[str, object]:
    """What a card or a line says of an action."""
    return {
        "action": action,
        "lieux": labels.lieux(action),
        "autour": labels.autour(action.villes, banque.referentiel),
        "axes": list(banque.vocabulaires["axes"]),
        "ages": labels.ages(action.ages, banque.vocabulaires["ages"]),
        "periode": labels.periode_courte(action.periode),
        "habitants": short_inhabitants(action),
        "marques": banque.on_cards(action),
    }


# A page of a list weighs 150 KB at most: the newest as cards (1.4 KB each), the others as lines (0.25), on pages of their own
# where they are many. Who looks for more filters them in the explorer.
CARDS, LINES_BELOW, LINES_A_PAGE = 40, 220, 400
# A line of ``/actions/`` shows the axes, too, and can be kept: 1 KB.
ROWS_A_PAGE = 130


@dataclass(frozen=True)
class ListRow:
    """A line of a list with leader dots: a label, its address, its number of actions."""

    titre: str
    chemin: str
    nombre: int
    terme: Terme | None = None
    enfants: tuple[ListRow, ...] = ()


@dataclass(frozen=True)
class ListSlice:
    """A page of a long list: ``numero`` of ``total``, with the addresses around it. After ``actions``, ``lignes`` in a line each."""

    actions: Sequence[Action]
    numero: int
    total: int
    racine: str
    lignes: Sequence[Action] = ()

    @property
    def shown(self) -> Sequence[Action]:
        """All that this page shows."""
        return (*self.actions, *self.lignes)

    @property
    def chemin(self) -> str:
        """The address: the first page bears that of the list itself."""
        return self.adresse(self.numero)

    def adresse(self, numero: int) -> str:
        """The address of another page of the list."""
        return self.racine if numero == 1 else f"{self.racine}page/{numero}/"


def slices(actions: Sequence[Action], racine: str, size: int) -> Iterator[ListSlice]:
    """Cut a list; an empty one still makes a page."""
    total = max(1, -(-len(actions) // size))
    for numero in range(1, total + 1):
        yield ListSlice(actions[(numero - 1) * size : numero * size], numero, total, racine)


def card_slices(actions: Sequence[Action], racine: str) -> Iterator[ListSlice]:
    """Cut a list of which the first page shows cards and lines below them, the next ones lines alone."""
    first = CARDS + LINES_BELOW
    total = 1 + max(0, -(-(len(actions) - first) // LINES_A_PAGE))
    yield ListSlice(actions[:CARDS], 1, total, racine, actions[CARDS:first])
    for numero in range(2, total + 1):
        start = first + (numero - 2) * LINES_A_PAGE
        yield ListSlice((), numero, total, racine, actions[start : start + LINES_A_PAGE])


def list_rows(banque: Banque, facette: Facette, parent: str = "") -> tuple[ListRow, ...]:
    """The terms of a vocabulary with their counts, children under their parent."""
    vocabulaire = banque.vocabulaire(facette)
    return tuple(
        ListRow(
            t.court, f"{facette.adresse}/{t.id}/", len(banque.avec(facette, t)), t, list_rows(banque, facette, t.id)
        )
        for t in vocabulaire.enfants[parent]
    )


def poids_de(pdfs: Mapping[str, int], adresse: str) -> str:
    """How heavy a PDF of the site is, in words; nothing where there is none."""
    return labels.poids(pdfs[adresse]) if adresse in pdfs else ""


def newest(actions: Sequence[Action]) -> date | None:
    """The date that a list of actions bears in the sitemap."""
    return max((a.date_maj for a in actions), default=None)


def make_all_actions(banque: Banque, templates: Templates, frame: FramePage) -> Iterator[Page]:
    """``/actions/``: every action, a line each."""
    for tranche in slices(banque.actions, frame.chemin, ROWS_A_PAGE):
        contenu = templates.render(
            "actions",
            cadre=frame,
            tranche=tranche,
            total=len(banque.actions),
            actions=[short(a, banque) for a in tranche.actions],
            fil=[HOME, Crumb(frame.titre)],
        )
        yield Page(
            tranche.chemin,
            "actions",
            numbered(frame.titre, tranche),
            described(frame.description, tranche),
            contenu,
            maj=newest(tranche.shown),
        )


def make_entrees(banque: Banque, templates: Templates, frame: FramePage) -> Page:
    """``/entrees/``: every vocabulary with its values."""
    groupes = [(facette, list_rows(banque, facette)) for facette in banque.facettes]
    projets = [d for d in banque.dossiers if d.entete.genre == "projet"]
    contenu = templates.render("entrees", cadre=frame, groupes=groupes, projets=projets, fil=[HOME, Crumb(frame.titre)])
    return Page(frame.chemin, "entrees", frame.titre, frame.description, contenu, maj=newest(banque.actions))


def make_overview(
    banque: Banque, templates: Templates, facette: Facette, entrees: Crumb, nom: str = "apercu", **values: object
) -> Page:
    """Every value of a vocabulary with its definition; ``nom`` is the template, ``values`` what it shows besides."""
    termes, fil = list_rows(banque, facette), [HOME, entrees, Crumb(facette.titre)]
    contenu = templates.render(nom, facette=facette, lignes=termes, fil=fil, **values)
    description = gettext("{facette} : chaque valeur avec sa définition et le nombre d’actions {de_nom}.").format(
        facette=facette.titre, de_nom=banque.identity.de_nom
    )
    return Page(f"{facette.adresse}/", "entrees", facette.titre, description, contenu, maj=newest(banque.actions))


def make_value(
    banque: Banque, templates: Templates, cards: CardRenderer, facette: Facette, terme: Terme, entrees: Crumb
) -> Iterator[Page]:
    """The actions that bear a term; ``entrees``: the step of ``/entrees/`` in the breadcrumb."""
    fil = [HOME, entrees, Crumb(facette.titre, f"{facette.adresse}/")]
    actions = banque.avec(facette, terme)
    vocabulaire = banque.vocabulaire(facette)
    parent = vocabulaire[terme.parent] if terme.parent else None
    steps = [*fil, Crumb(parent.court, f"{facette.adresse}/{parent.id}/")] if parent else fil
    enfants = list_rows(banque, facette, terme.id)
    autres = [ligne for ligne in list_rows(banque, facette, terme.parent) if ligne.terme != terme]
    for tranche in card_slices(actions, f"{facette.adresse}/{terme.id}/"):
        contenu = templates.render(
            "valeur",
            facette=facette,
            terme=terme,
            total=len(actions),
            tranche=tranche,
            cartes=cards.list(tranche.actions),
            lignes=cards.lines(tranche.lignes),
            enfants=enfants,
            autres=autres,
            parent=parent,
            selection=f"{facette.parametre}={terme.id}",
            fil=[*steps, Crumb(terme.court)],
        )
        titre = numbered(f"{terme.court} – {facette.singulier}", tranche)
        description = described(terme.definition, tranche)
        yield Page(tranche.chemin, "entrees", titre, description, contenu, maj=newest(tranche.shown))


def numbered(titre: str, tranche: ListSlice) -> str:
    """The title of one page of a long list."""
    return _of_page(gettext("{titre}, page {n} sur {total}"), tranche, titre=titre) if tranche.numero > 1 else titre


def described(description: str, tranche: ListSlice) -> str:
    """What one page of a long list says of itself to search engines: no two pages say the same."""
    return (
        _of_page(gettext("{titre} Page {n} sur {total}."), tranche, titre=description)
        if tranche.numero > 1
        else description
    )


def _of_page(text: str, tranche: ListSlice, titre: str) -> str:
    return text.format(titre=titre, n=tranche.numero, total=tranche.total)


CAMPAGNE = next(facette for facette in FACETTES if facette.cle == "campagne")


def make_campagne(
    banque: Banque, terme: Terme, sizes: Mapping[str, int], templates: Templates, cards: CardRenderer, entrees: Crumb
) -> Iterator[Page]:
    """The page of a campaign, with its recueil where ``sizes`` holds ``campagnes/<id>/<id>.pdf``, and its blank form."""
    call = make_calls(banque, sizes).get(terme.id)
    actions = banque.avec(CAMPAGNE, terme)
    chemin = CAMPAGNE.chemin(terme.id)
    for tranche in card_slices(actions, chemin):
        contenu = templates.render(
            "campagne",
            terme=terme,
            total=len(actions),
            tranche=tranche,
            cartes=cards.list(tranche.actions),
            lignes=cards.lines(tranche.lignes),
            recueil=f"{chemin}{terme.id}.pdf",
            entier=is_whole(actions),
            enquete=banque.enquetes.get(terme.id),
            pdf=poids_de(sizes, f"{chemin}{terme.id}.pdf"),
            appel=call,
            lettre=_answer_letter(terme, templates.forge.courriel),
            autres=[ligne for ligne in list_rows(banque, CAMPAGNE) if ligne.terme != terme],
            fil=[HOME, entrees, Crumb(CAMPAGNE.titre, f"{CAMPAGNE.adresse}/"), Crumb(terme.court)],
        )
        titre = numbered(f"{terme.court} – {CAMPAGNE.singulier}", tranche)
        description = described(terme.definition, tranche)
        yield Page(tranche.chemin, "entrees", titre, description, contenu, maj=newest(tranche.shown))


def _answer_letter(terme: Terme, courriel: str) -> str:
    """The message that takes a form back to the secretariat; empty without a box."""
    lines = (
        gettext("Bonjour,"),
        "",
        gettext("Vous trouverez ci-joint notre réponse."),
        "",
        gettext("Notre collectivité et notre service :"),
        "",
    )
    return (
        mailto(courriel, gettext("Réponse au recueil : {recueil}").format(recueil=terme.court), lines)
        if courriel
        else ""
    )


class FeedLinks:
    """Adds to each page that is a list its feed, in the head and in words."""

    def __init__(self, listes: Iterable[FeedList], templates: Templates) -> None:
        self._listes = {liste.chemin: liste for liste in listes}
        self._templates = templates

    def add(self, page: Page) -> Page:
        """The page, with the feed of the list that it is; as it was where it is none."""
        liste = self._listes.get(page.chemin)
        if not liste:
            return page
        tete = self._templates.render("fil_tete", liste=liste)
        suite = self._templates.render("fil_suite", liste=liste)
        return replace(page, tete=page.tete + tete, contenu=page.contenu + suite)


def make_feeds_page(listes: Iterable[FeedList], templates: Templates, site_url: str, frame: FramePage) -> Page:
    """``/fils/``: what a feed is, and all of them."""
    groupes = [(genre, list(some)) for genre, some in groupby(listes, key=lambda liste: liste.genre)]
    contenu = templates.render("fils", cadre=frame, fil=[HOME, Crumb(frame.titre)], groupes=groupes, site_url=site_url)
    return Page(frame.chemin, frame.name, frame.titre, frame.description, contenu)
