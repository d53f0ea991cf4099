"""How values read in French: ages, periods, dates, places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from inspiractions.base.text import enumerate_fr
from inspiractions.base.texts import gettext, message
from inspiractions.model.action import Action, Periode
from inspiractions.model.territoire import Lieu, Referentiel
from inspiractions.model.types import Mois
from inspiractions.model.vocabulaire import Vocabulaire

MOIS = (
    message("janvier"), message("février"), message("mars"), message("avril"), message("mai"), message("juin"),
    message("juillet"), message("août"), message("septembre"), message("octobre"), message("novembre"), message("décembre"),
)  # fmt: skip
# Up to so many places are all named.
_NAMED = 3


def jour(quand: date) -> str:
    """``1er mars 2024``."""
    jour = gettext("1er") if quand.day == 1 else quand.day
    return gettext("{jour} {mois} {annee}").format(jour=jour, mois=gettext(MOIS[quand.month - 1]), annee=quand.year)


def octets(taille: int) -> str:
    """A size in bytes as people read it: ``312 octets``, ``12 Ko``, ``1,4 Mo``."""
    if taille < 1000:
        return gettext("{n} octets").format(n=taille)
    if taille < 1_000_000:
        return gettext("{n} Ko").format(n=f"{taille / 1000:.0f}")
    return _megabytes(taille)


def mois(quand: Mois) -> str:
    """``novembre 2012``, or ``2012``."""
    if not quand.mois:
        return str(quand.annee)
    return gettext("{mois} {annee}").format(mois=gettext(MOIS[quand.mois - 1]), annee=quand.annee)


def ages(ids: Sequence[str], vocabulaire: Vocabulaire) -> str:
    """Adjoining bands are merged: ``4-17 ans``, ``26 ans et plus``, ``Tous les âges``."""
    bands = [t.id for t in vocabulaire if t.id != "tous"]
    ranks = sorted(bands.index(i) for i in ids if i in bands)
    if "tous" in ids or len(ranks) == len(bands):
        return vocabulaire["tous"].libelle
    runs: list[list[int]] = []
    for rank in ranks:
        if runs and rank == runs[-1][-1] + 1:
            runs[-1].append(rank)
        else:
            runs.append([rank])
    return enumerate_fr(_band(bands[run[0]], bands[run[-1]]) for run in runs)


def _band(first: str, last: str) -> str:
    start, end = first.split("-")[0], last.split("-")[1]
    if end == "plus":
        return gettext("{debut} ans et plus").format(debut=start)
    return gettext("{debut}-{fin} ans").format(debut=start, fin=end)


def periode_courte(periode: Periode | None) -> str:
    """For a card: ``2012–2014``, ``Depuis 2012``, ``2012``; empty where no date is known."""
    if not periode:
        return ""
    debut, fin = periode.debut, periode.fin
    if debut and isinstance(fin, Mois):
        return str(debut.annee) if debut.annee == fin.annee else f"{debut.annee}–{fin.annee}"
    if debut:
        since = gettext("À partir de {annee}") if fin == "inconnue" else gettext("Depuis {annee}")
        return since.format(annee=debut.annee)
    return gettext("Jusqu’en {annee}").format(annee=fin.annee) if isinstance(fin, Mois) else ""


def annee_debut(action: Action) -> int | None:
    """The year that an action started in, where one is known."""
    debut = action.periode.debut if action.periode else None
    return debut.annee if isinstance(debut, Mois) else None


def lustre(action: Action) -> str:
    """The first year of the five that an action started in: ``2015`` for 2015 to 2019; empty where no date is known."""
    annee = annee_debut(action)
    return "" if annee is None else str(annee - annee % 5)


def periode_longue(periode: Periode) -> str:
    """For the identity card, months included; empty where no date is known."""
    debut, fin = periode.debut, periode.fin
    if debut and isinstance(fin, Mois):
        return mois(debut) if debut == fin else gettext("de {debut} à {fin}").format(debut=mois(debut), fin=mois(fin))
    if debut:
        since = gettext("à partir de {debut}, fin non renseignée") if fin == "inconnue" else gettext("depuis {debut}")
        return since.format(debut=mois(debut))
    return gettext("jusqu’en {fin}").format(fin=mois(fin)) if isinstance(fin, Mois) else ""


def etat(action: Action) -> str:
    """``En cours``, ``Terminée``, or nothing where the fiche does not tell. Judged at the date of the fiche: no clock."""
    periode = action.periode
    if not periode or periode.fin == "inconnue":
        return ""
    if isinstance(periode.fin, Mois):
        over = (periode.fin.annee, periode.fin.mois or 12) < (action.date_maj.year, action.date_maj.month)
        return gettext("Terminée") if over else gettext("En cours")
    return gettext("En cours") if periode.debut else ""


def autour(lieux: Sequence[Lieu], referentiel: Referentiel) -> str:
    """What the places of an action lie in, all of it: ``Loire-Atlantique et Maine-et-Loire``; a place alone may bear its name.

    A département that is itself a place is told already. Where ``lieux`` names the first places only, so many are not told.
    """
    departements = {lieu.nom for lieu in lieux if lieu.genre == "departement"}
    wider = [
        name for name in dict.fromkeys(_wider(lieu, referentiel) for lieu in lieux) if name and name not in departements
    ]
    if wider == [lieux[0].nom] or (len(wider) > 1 and len(lieux) > _NAMED):
        return ""
    return enumerate_fr(wider)


def _wider(lieu: Lieu, referentiel: Referentiel) -> str:
    """The département of a city, the région of a département."""
    if lieu.genre == "departement":
        return referentiel.regions[lieu.region]
    return referentiel.departements.get(lieu.departement, "") if lieu.genre in ("commune", "epci") else ""


def poids(octets: int) -> str:
    """``83 ko``, ``8,3 Mo``."""
    if octets >= 1e6:
        return _megabytes(octets)
    return gettext("{n} ko").format(n=max(1, round(octets / 1000)))


def _megabytes(octets: int) -> str:
    return gettext("{n} Mo").format(n=f"{octets / 1e6:.1f}".replace(".", gettext(",")))


def lieux(action: Action) -> str:
    """``Grenoble et Échirolles``; beyond three, the first ones and how many more."""
    noms = [ville.nom for ville in action.villes]
    if len(noms) <= _NAMED:
        return enumerate_fr(noms)
    return gettext("{villes} et {n} autres").format(villes=", ".join(noms[:2]), n=len(noms) - 2)
