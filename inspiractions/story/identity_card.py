"""The identity card of a récit: every field in one fixed order, known or not. Page and PDF print the same lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from inspiractions.base.text import decapitalise, gettext
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.territoire import Lieu, Referentiel
from inspiractions.model.vocabulaire import Terme
from inspiractions.story import labels
from inspiractions.story.labels import COSTS, costs_of, inhabitants_of_all

Style = Literal["suite", "liste", "lignes", "axes", "connaissance"]


@dataclass(frozen=True)
class IdentityValue:
    """A text, and the address from the root of the site that it leads to, if any. ``axe``: the rank of an axis, from 1."""

    texte: str
    chemin: str = ""
    axe: int = 0


@dataclass(frozen=True)
class IdentityRow:
    """A field. ``style``: how its values stand: one after the other, a list, a line each, with the signs of the axes…

    ``etat``: « En cours » or « Terminée », for the period; ``precision``: what is said below in smaller type.
    """

    cle: str
    nom: str
    valeurs: tuple[IdentityValue, ...] = ()
    style: Style = "suite"
    deduite: bool = False
    etat: str = ""
    precision: tuple[IdentityValue, ...] = ()

    @property
    def connue(self) -> bool:
        """Whether there is anything to print but « Non renseigné »."""
        return bool(self.valeurs or self.etat or self.precision)


def identite(action: Action, banque: Banque) -> tuple[IdentityRow, ...]:
    """The lines of the card, in order."""
    return tuple(
        replace(ligne, deduite=True) if ligne.cle in action.champs_deduits and ligne.connue else ligne
        for ligne in _lignes(action, banque)
    )


def situation(lieu: Lieu, referentiel: Referentiel) -> tuple[IdentityValue, ...]:
    """Where a place lies, from the widest to itself: région, département, city, with their pages."""
    steps = [IdentityValue(referentiel.regions[lieu.region], f"regions/{referentiel.slug_of_region(lieu.region)}/")]
    if lieu.departement:
        steps.append(IdentityValue(referentiel.departements[lieu.departement], f"departements/{lieu.departement}/"))
    if lieu.genre in ("commune", "epci"):
        steps.append(IdentityValue(lieu.nom, f"villes/{lieu.slug}/"))
    # In overseas régions with one département, both bear the same name: say it once.
    return tuple(step for i, step in enumerate(steps) if i == 0 or step.texte != steps[i - 1].texte)


def _lignes(action: Action, banque: Banque) -> Iterator[IdentityRow]:
    vocabulaires = banque.vocabulaires
    places = {lieu.nom for lieu in action.villes}
    # Départements first, then régions, each once: those of all the places.
    autour = dict.fromkeys(
        sorted(
            (pas for lieu in action.villes for pas in situation(lieu, banque.referentiel) if pas.texte not in places),
            key=lambda pas: pas.chemin.startswith("regions/"),
        )
    )
    yield IdentityRow("villes", gettext("Territoire"), tuple(_place(v) for v in action.villes), precision=tuple(autour))
    if populations := tuple(inhabitants_of_all(action)):
        yield IdentityRow(
            "population", gettext("Population"), _textes(populations), "lignes" if len(populations) > 1 else "suite"
        )
    if action.perimetre:
        yield IdentityRow("perimetre", gettext("Périmètre"), _texte(action.perimetre))
    if action.quartiers:
        yield IdentityRow(
            "quartiers",
            gettext("Quartiers"),
            _textes(f"{q.nom} ({q.code})" if q.code else q.nom for q in action.quartiers),
        )
    periode, etat = action.periode, labels.etat(action)
    quand = labels.periode_longue(periode) if periode else ""
    yield IdentityRow(
        "periode",
        gettext("Période"),
        _texte(quand if etat else quand[:1].upper() + quand[1:]),
        etat=etat,
        precision=_texte(periode.precision if periode else None),
    )
    yield _termes("ages", gettext("Âges"), action.ages, banque)
    axes = tuple(
        IdentityValue(t.court, f"axes/{t.id}/", t.rang + 1) for t in map(vocabulaires["axes"].__getitem__, action.axes)
    )
    of_axes = banque.facette("axes")
    yield IdentityRow("axes", of_axes.titre if of_axes else "", axes, "axes")
    qpv = vocabulaires["qpv"][action.qpv]
    if banque.facette("qpv"):
        yield IdentityRow(
            "qpv", gettext("Quartiers prioritaires (QPV)"), _lien(qpv, "qpv") if action.qpv != "inconnu" else ()
        )
    yield _termes("thematiques", gettext("Thématiques"), action.thematiques, banque)
    yield _termes("publics", gettext("Publics"), action.publics, banque)
    if determinants := banque.facette("determinants"):
        yield _termes("determinants", gettext(determinants.titre), action.determinants, banque)
    yield from (
        _termes(f.cle, f.singulier if f.maximum == 1 else f.titre, f.ids(action), banque)
        for f in banque.facettes
        if f.propre
    )
    yield IdentityRow(
        "echelle",
        gettext("Échelle"),
        _texte(vocabulaires["echelles"][action.echelle].libelle if action.echelle else None),
    )
    yield IdentityRow("porteur", gettext("Porteur"), _texte(action.porteur if action.porteur != "inconnu" else None))
    yield IdentityRow("service_pilote", gettext("Service pilote"), _texte(action.service_pilote))
    yield IdentityRow("role_collectivite", gettext("Rôle de la collectivité"), _texte(action.role_collectivite))
    yield IdentityRow("role_service_sante", gettext("Rôle du service santé"), _texte(action.role_service_sante))
    yield IdentityRow("services_elus", gettext("Services et élus"), _textes(action.services_elus), "liste")
    yield IdentityRow("partenaires", gettext("Partenaires"), _textes(action.partenaires), "liste")
    order = (gettext("Ordre de coût : {cout}").format(cout=decapitalise(gettext(COSTS[i]))) for i in costs_of(action))
    yield IdentityRow("budget", gettext("Budget"), _textes(_budget(action)), "lignes", precision=_textes(order))
    yield IdentityRow(
        "evaluation",
        gettext("Évaluation"),
        tuple(v for i in action.evaluation for v in _lien(vocabulaires["evaluations"][i], "evaluations")),
    )
    campagne = vocabulaires["campagnes"][action.campagne] if action.campagne else None
    yield IdentityRow("campagne", gettext("Campagne"), _lien(campagne, "campagnes") if campagne else ())
    connaissance = vocabulaires["connaissance"][action.connaissance]
    yield IdentityRow(
        "connaissance",
        gettext("Sur quoi repose cette fiche"),
        _lien(connaissance, "connaissance"),
        "connaissance",
        precision=_texte(connaissance.definition),
    )


def _termes(cle: str, nom: str, ids: Sequence[str], banque: Banque) -> IdentityRow:
    vocabulaire = banque.vocabulaires[cle]
    return IdentityRow(cle, nom, tuple(v for i in ids for v in _lien(vocabulaire[i], cle)))


def _lien(terme: Terme, adresse: str) -> tuple[IdentityValue, ...]:
    return (IdentityValue(terme.court, f"{adresse}/{terme.id}/"),)


def _place(lieu: Lieu) -> IdentityValue:
    folder, name = {
        "region": ("regions", lieu.slug),
        "departement": ("departements", lieu.code),
    }.get(lieu.genre, ("villes", lieu.slug))
    return IdentityValue(lieu.nom, f"{folder}/{name}/")


def _texte(texte: str | None) -> tuple[IdentityValue, ...]:
    return (IdentityValue(texte),) if texte else ()


def _textes(textes: Iterable[str]) -> tuple[IdentityValue, ...]:
    return tuple(map(IdentityValue, textes))


def _budget(action: Action) -> Iterator[str]:
    budget = action.budget
    if not budget:
        return
    if budget.precision:
        yield budget.precision
    for nom, texte in (
        (gettext("Fonctionnement"), budget.fonctionnement),
        (gettext("Investissement"), budget.investissement),
        (gettext("Contribution de la collectivité"), budget.contribution),
        (gettext("Financeurs"), budget.financeurs),
    ):
        if texte:
            yield f"{nom} : {texte}"
