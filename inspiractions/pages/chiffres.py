"""Chiffres: the bank counted by year, région, axis, age, theme and answer, as bars that are tables.

Couverture: ages by axes, cell by cell, and what is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from inspiractions.base.outputs import FramePage, Page
from inspiractions.base.text import decapitalise, gettext, message, ngettext
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.pages.lists import HOME, Crumb, ListRow, list_rows, newest
from inspiractions.pages.territoires import region_lines
from inspiractions.story import labels
from inspiractions.story.coverage import CoverageCell, current, make_calls, make_matrices
from inspiractions.theme.figures.carte import make_shades
from inspiractions.theme.templates import Templates


@dataclass(frozen=True)
class _Bar:
    """A line and the length of its bar, in hundredths of the longest."""

    ligne: ListRow
    longueur: int


@dataclass(frozen=True)
class _BarChart:
    """A table of bars; ``cle`` names its anchor, ``note`` says how the actions are counted."""

    cle: str
    titre: str
    colonne: str
    note: str
    barres: tuple[_Bar, ...]


@dataclass(frozen=True)
class _YearBar:
    """A year of the chart; ``hauteur`` in hundredths of the highest; ``repere``: whether the axis names it."""

    annee: int
    nombre: int
    hauteur: int
    repere: bool


@dataclass(frozen=True)
class _FiveYears:
    """Five years as the explorer filters them, and the years of them that have an action."""

    debut: int
    annees: tuple[_YearBar, ...]

    @property
    def nombre(self) -> int:
        """How many actions started in these years."""
        return sum(annee.nombre for annee in self.annees)


_NOTES = {
    "axes": message("Une action compte dans chacun de ses axes."),
    "ages": message(
        "Une action compte dans chacun de ses âges. « Tous les âges » est une réponse à part, qui n’est pas ajoutée aux autres."
    ),
    "thematiques": message("Une action compte dans chacun de ses thèmes ; un thème réunit ses sous-thèmes."),
    "qpv": message(
        "Chaque action compte une fois. « Non renseigné » n’est pas « hors quartier prioritaire » : aucune source ne permet de trancher."
    ),
    "connaissance": message("Chaque action compte une fois. Ce n’est ni une note ni un classement."),
    "evaluation": message(
        "Une action compte dans chacune de ses évaluations ; la plupart des sources n’en disent rien."
    ),
}
_OWN_NOTE = message("Une action compte dans chacune de ses valeurs ; celles qui n’en disent rien n’y sont pas.")
_COLONNES = {
    "ages": message("Âge"),
    "thematiques": message("Thème"),
    "qpv": message("Quartiers prioritaires"),
    "connaissance": message("Sur quoi repose la fiche"),
    "evaluation": message("Évaluation"),
}


def make_chiffres(banque: Banque, templates: Templates, frame: FramePage) -> Page:
    """``/chiffres/``: a chart of the years, then a table of bars per way of counting."""
    annees = _annees(banque.actions)
    contenu = templates.render(
        "chiffres",
        cadre=frame,
        totaux=[
            (len(banque.actions), ngettext("action", "actions", len(banque.actions)), "actions/"),
            (
                len(banque.villes),
                ngettext("ville ou intercommunalité", "villes et intercommunalités", len(banque.villes)),
                "villes/",
            ),
            (
                len(banque.par_departement),
                ngettext("département", "départements", len(banque.par_departement)),
                "departements/",
            ),
            (len(banque.par_region), ngettext("région", "régions", len(banque.par_region)), "regions/"),
        ],
        annees=annees,
        lustres=_lustres(annees),
        dates=sum(annee.nombre for annee in annees),
        sans_date=sum(labels.annee_debut(action) is None for action in banque.actions),
        groupes=_groupes(banque),
        fil=[HOME, Crumb(frame.titre)],
    )
    return Page(frame.chemin, "chiffres", frame.titre, frame.description, contenu, maj=newest(banque.actions))


def _groupes(banque: Banque) -> list[_BarChart]:
    par_cle = {facette.cle: list_rows(banque, facette) for facette in banque.facettes}
    regions = gettext("Une action menée dans plusieurs régions compte une fois dans chacune.")
    return [
        _barres("regions", gettext("Par région"), gettext("Région"), regions, _most_first(region_lines(banque))),
        *(
            _barres(cle, titre, colonne, note, _most_first(rows) if cle == "thematiques" else rows)
            for cle, titre, colonne, note in _ways_of_counting(banque)
            for rows in [par_cle[cle]]
        ),
    ]


def _ways_of_counting(banque: Banque) -> Iterator[tuple[str, str, str, str]]:
    """Key, title, head of the column and note: what the page always counts, where the bank has it, then the bank's own facets."""
    titres = {
        "axes": gettext("Par axe"),
        "ages": gettext("Par âge"),
        "thematiques": gettext("Par thème"),
        "qpv": gettext("En quartier prioritaire"),
        "connaissance": gettext("Sur quoi reposent les fiches"),
        "evaluation": gettext("Qui a évalué les actions"),
    }
    for cle, titre in titres.items():
        if facette := banque.facette(cle):
            column = gettext(_COLONNES[cle]) if cle in _COLONNES else gettext(facette.par_valeur)
            yield cle, titre, column, gettext(_NOTES[cle])
    for facette in banque.facettes:
        if facette.propre:
            par = gettext("Par {facette}").format(facette=decapitalise(facette.singulier))
            yield facette.cle, par, facette.par_valeur, gettext(_OWN_NOTE)


def _most_first(rows: Iterable[ListRow]) -> list[ListRow]:
    return sorted(rows, key=lambda ligne: -ligne.nombre)


def _barres(cle: str, titre: str, colonne: str, note: str, rows: Sequence[ListRow]) -> _BarChart:
    most = max((ligne.nombre for ligne in rows), default=0) or 1
    barres = tuple(_Bar(ligne, round(100 * ligne.nombre / most)) for ligne in rows)
    return _BarChart(cle, titre, colonne, note, barres)


def _annees(actions: Iterable[Action]) -> list[_YearBar]:
    """Every year from the first to the last, those without an action included."""
    counts = Counter(annee for action in actions if (annee := labels.annee_debut(action)) is not None)
    if not counts:
        return []
    most = max(counts.values())
    return [
        _YearBar(annee, counts[annee], round(100 * counts[annee] / most), annee % 5 == 0)
        for annee in range(min(counts), max(counts) + 1)
    ]


def _lustres(annees: Sequence[_YearBar]) -> list[_FiveYears]:
    """The newest first; only those that have an action."""
    debuts = sorted({a.annee - a.annee % 5 for a in annees if a.nombre}, reverse=True)
    return [_FiveYears(d, tuple(a for a in annees if d <= a.annee < d + 5 and a.nombre)) for d in debuts]


_APPELS = 3


@dataclass(frozen=True)
class _MissingCase:
    """A call for actions: a cell with few or none, in a priority neighbourhood or anywhere."""

    case: CoverageCell
    precision: str


def make_couverture(banque: Banque, sizes: Mapping[str, int], templates: Templates, frame: FramePage) -> Page:
    """``/couverture/``: a matrix for all actions and one for each answer about priority neighbourhoods.

    What is missing leads to the blank form of today's campaign (``sizes``: of the files to take, by address).
    """
    toutes, *par_qpv = make_matrices(banque)
    en_qpv = [m for m in par_qpv if m.qpv and m.qpv.id == "oui"]
    contenu = templates.render(
        "couverture",
        cadre=frame,
        total=len(banque.actions),
        axes=list(banque.vocabulaires["axes"]),
        toutes=toutes,
        par_qpv=par_qpv,
        facette=banque.facette("axes"),
        paliers=make_shades(case.nombre for case in toutes.cases),
        appels=[
            *(_MissingCase(case, "") for case in toutes.rarest(_APPELS)),
            *(_MissingCase(case, gettext("en quartier prioritaire")) for m in en_qpv for case in m.rarest(_APPELS)),
        ],
        appel_en_cours=current(make_calls(banque, sizes)),
        fil=[HOME, Crumb(frame.titre)],
    )
    return Page(frame.chemin, "couverture", frame.titre, frame.description, contenu, maj=newest(banque.actions))
