"""The lists of the site that partners follow by a feed or show on their own pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inspiractions.base.text import gettext
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque

FIL, FIL_JSON = "fil.atom", "fil.json"


@dataclass(frozen=True)
class FeedList:
    """A page that lists actions. ``chemin``: its address; ``selection``: the same choice in the explorer (``age=0-3``).

    ``court``: the title where ``genre``, the kind of list in the plural, is said; ``actions`` run from the newest to the oldest.
    """

    titre: str
    court: str
    genre: str
    chemin: str
    selection: str
    actions: Sequence[Action]

    @property
    def fil(self) -> str:
        """The address of its Atom feed."""
        return self.chemin + FIL

    @property
    def fil_json(self) -> str:
        """The address of the same as JSON Feed."""
        return self.chemin + FIL_JSON

    @property
    def integree(self) -> str:
        """The address of the page that other sites show in a frame."""
        return f"embed/{self.chemin}"


def make_feed_lists(banque: Banque) -> Iterator[FeedList]:
    """A list for each value of each vocabulary, for each région and département that has an action, for each dossier.

    None for the cities: they are many, and have few actions each; one follows their département.
    """
    for facette in banque.facettes:
        for terme in banque.vocabulaire(facette):
            yield FeedList(
                f"{facette.singulier} : {terme.court}",
                terme.court,
                facette.titre,
                f"{facette.adresse}/{terme.id}/",
                f"{facette.parametre}={terme.id}",
                banque.avec(facette, terme),
            )
    referentiel = banque.referentiel
    regions = {referentiel.slug_of_region(code): code for code in banque.par_region}
    for slug, code in sorted(regions.items()):
        nom = referentiel.regions[code]
        yield FeedList(
            gettext("Région : {nom}").format(nom=nom),
            nom,
            gettext("Régions"),
            f"regions/{slug}/",
            f"territoire=r-{code}",
            banque.par_region[code],
        )
    for code, actions in banque.par_departement.items():
        nom = referentiel.departements[code]
        yield FeedList(
            gettext("Département : {nom}").format(nom=nom),
            nom,
            gettext("Départements"),
            f"departements/{code}/",
            f"territoire=d-{code}",
            actions,
        )
    for dossier in banque.dossiers:
        titre, shown = dossier.entete.titre, {a.id for a in dossier.actions}
        newest = [a for a in banque.actions if a.id in shown]
        yield FeedList(
            gettext("Dossier : {titre}").format(titre=titre),
            titre,
            gettext("Dossiers"),
            dossier.chemin,
            dossier.adresse.removeprefix("?"),
            newest,
        )


def all_actions_list(banque: Banque) -> FeedList:
    """The whole bank: its feed stands at the root of the site."""
    return FeedList(gettext("Toutes les actions"), gettext("Toutes"), "", "", "", banque.actions)
