"""A page per région, département and city, each with a small map of where it is.

Territoires: the map of France and its table, and the lists of régions, départements and cities.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from inspiractions.base.files import find
from inspiractions.base.outputs import FramePage, Page
from inspiractions.base.text import enumerate_fr, gettext
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.territoire import Lieu
from inspiractions.pages.lists import HOME, CardRenderer, Crumb, ListRow, card_slices, described, newest, numbered
from inspiractions.theme.figures.carte import FranceMap, LocatorMap, LocatorMaps, draw
from inspiractions.theme.figures.contours import read_outlines
from inspiractions.theme.templates import Templates

# The overseas régions and collectivities end every list: their codes are the lowest, or have three digits.
_METROPOLE = range(11, 100)


@dataclass(frozen=True)
class _Place:
    """What the page of a place shows. ``blocs``: titled lists of other places; ``autour``: the place that holds it."""

    titre: str
    genre: str
    chemin: str
    actions: Sequence[Action]
    fil: tuple[Crumb, ...]
    situation: LocatorMap | None
    legende: str
    blocs: tuple[tuple[str, tuple[ListRow, ...]], ...] = ()
    autour: ListRow | None = None


def region_lines(banque: Banque) -> tuple[ListRow, ...]:
    """Every région of the bank's territory, its départements below it, overseas last; what lies elsewhere where it has an action."""
    referentiel = banque.referentiel
    own = {referentiel.region_of[code] for code in banque.departements}
    codes = [c for c in referentiel.regions if (len(c) == 2 and c in own) or c in banque.par_region]
    ordered = sorted(codes, key=lambda code: (int(code) not in _METROPOLE, referentiel.slug_of_region(code)))
    return tuple(
        ListRow(
            referentiel.regions[code],
            f"regions/{referentiel.slug_of_region(code)}/",
            len(banque.par_region.get(code, ())),
            enfants=_departement_lines(banque, [c for c, r in referentiel.region_of.items() if r == code]),
        )
        for code in ordered
    )


def _departement_lines(banque: Banque, codes: Sequence[str]) -> tuple[ListRow, ...]:
    """Those of some départements that have an action, by code; their cities below them."""
    return tuple(
        ListRow(
            banque.referentiel.departements[code],
            f"departements/{code}/",
            len(actions),
            enfants=ville_lines(banque, actions, code),
        )
        for code, actions in banque.par_departement.items()
        if code in codes
    )


def ville_lines(banque: Banque, actions: Sequence[Action], departement: str = "") -> tuple[ListRow, ...]:
    """The cities of these actions, by name; only those of a département where one is given."""
    return tuple(
        ListRow(v.nom, f"villes/{v.slug}/", len(banque.par_ville[v.slug]))
        for v in _villes_of(banque, actions, departement)
    )


def _villes_of(banque: Banque, actions: Sequence[Action], departement: str) -> list[Lieu]:
    slugs = {
        v.slug for a in actions for v in a.villes if v.slug in banque.villes and departement in ("", v.departement)
    }
    return [banque.villes[slug] for slug in sorted(slugs)]


class PlacePages:
    """Makes the pages of every région, and of each département and city that has an action. ``racine``: the step above."""

    def __init__(self, banque: Banque, templates: Templates, cards: CardRenderer, racine: Crumb) -> None:
        self._banque, self._templates, self._cards, self._racine = banque, templates, cards, racine

    @cached_property
    def regions(self) -> Mapping[str, ListRow]:
        """The lines of the régions by code."""
        codes = {f"regions/{self._banque.referentiel.slug_of_region(c)}/": c for c in self._banque.referentiel.regions}
        return {codes[ligne.chemin]: ligne for ligne in region_lines(self._banque)}

    def region(self, code: str) -> Iterator[Page]:
        """The pages of a région."""
        ligne = self.regions[code]
        return self._render(
            _Place(
                ligne.titre,
                gettext("Région"),
                ligne.chemin,
                self._banque.par_region.get(code, ()),
                (HOME, self._racine),
                self._situations.of_region(code),
                gettext("Carte : nombre d’actions par département, {region}").format(region=ligne.titre),
                ((gettext("Départements"), ligne.enfants),),
            )
        )

    def departement(self, code: str) -> Iterator[Page]:
        """The pages of a département."""
        banque, referentiel = self._banque, self._banque.referentiel
        actions = banque.par_departement[code]
        titre, region = referentiel.departements[code], _region_line(banque, referentiel.region_of[code])
        voisins = self._situations.contours.voisins.get(code, ())
        return self._render(
            _Place(
                titre,
                gettext("Département {code}").format(code=code),
                f"departements/{code}/",
                actions,
                (HOME, self._racine, Crumb(region.titre, region.chemin)),
                self._situations.of_departement(code, _villes_of(banque, actions, code)),
                gettext("Carte de situation : {lieu}, région {region}").format(lieu=titre, region=region.titre),
                (
                    (gettext("Villes"), ville_lines(banque, actions, code)),
                    (gettext("Départements voisins"), _departement_lines(banque, voisins)),
                ),
                region,
            )
        )

    def ville(self, slug: str) -> Iterator[Page]:
        """The pages of a city or an EPCI."""
        banque, lieu = self._banque, self._banque.villes[slug]
        region, departement = _region_line(banque, lieu.region), self._departements[lieu.departement]
        genre = gettext("Commune") if lieu.genre == "commune" else gettext("Intercommunalité")
        return self._render(
            _Place(
                lieu.nom,
                f"{genre}, {banque.referentiel.departements[lieu.departement]}",
                f"villes/{slug}/",
                banque.par_ville[slug],
                (HOME, self._racine, Crumb(region.titre, region.chemin), Crumb(departement.titre, departement.chemin)),
                self._situations.of_ville(lieu),
                gettext("Carte de situation : {lieu}, {departement}").format(
                    lieu=lieu.nom, departement=departement.titre
                ),
                autour=departement,
            )
        )

    @cached_property
    def _situations(self) -> LocatorMaps:
        return locator_maps(self._banque)

    @cached_property
    def _departements(self) -> Mapping[str, ListRow]:
        """The lines of the départements that have an action, by code."""
        codes = list(self._banque.par_departement)
        return dict(zip(codes, _departement_lines(self._banque, codes), strict=True))

    def _render(self, endroit: _Place) -> Iterator[Page]:
        genre = endroit.genre
        for tranche in card_slices(endroit.actions, endroit.chemin):
            contenu = self._templates.render(
                "lieu",
                endroit=endroit,
                blocs=[bloc for bloc in endroit.blocs if bloc[1]],
                total=len(endroit.actions),
                tranche=tranche,
                cartes=self._cards.list(tranche.actions),
                lignes=self._cards.lines(tranche.lignes),
                fil=[*endroit.fil, Crumb(endroit.titre)],
            )
            description = gettext("Les {sujet} racontées par {nom} : {lieu} ({genre}).").format(
                sujet=self._banque.identity.sujet, nom=self._banque.identity.nom, lieu=endroit.titre, genre=genre
            )
            nom = numbered(f"{endroit.titre} ({genre})", tranche)
            yield Page(
                tranche.chemin,
                "territoires",
                nom,
                described(description, tranche),
                contenu,
                maj=newest(tranche.shown),
            )


def _region_line(banque: Banque, code: str) -> ListRow:
    slug = banque.referentiel.slug_of_region(code)
    return ListRow(banque.referentiel.regions[code], f"regions/{slug}/", len(banque.par_region[code]))


_MAX_NOMS = 8


@dataclass(frozen=True)
class _RegionRow:
    """A row of the table: a département and its cities in words."""

    ligne: ListRow
    villes: str


def make_apercus(banque: Banque, templates: Templates, carte: FranceMap, frame: FramePage) -> Iterator[Page]:
    """``/territoires/``, then the list of régions, of départements and of cities."""
    regions = region_lines(banque)
    contenu = templates.render(
        "territoires",
        cadre=frame,
        regions=regions,
        tableau=[(region, [_RegionRow(d, _noms(d)) for d in region.enfants]) for region in regions if region.nombre],
        absents=enumerate_fr(forme.nom for forme in carte.formes if not forme.nombre),
        nombre_absents=sum(not forme.nombre for forme in carte.formes),
        banque=banque,
        carte=carte,
        fil=[HOME, Crumb(frame.titre)],
    )
    yield Page(frame.chemin, "territoires", frame.titre, frame.description, contenu, maj=newest(banque.actions))
    racine = Crumb(frame.titre, frame.chemin)
    yield from _overviews(banque, templates, regions, racine)


def locator_maps(banque: Banque) -> LocatorMaps:
    """What draws the small maps of a bank."""
    contours = read_outlines(find(banque.root, "referentiels"))
    nombres = {code: len(actions) for code, actions in banque.par_departement.items()}
    return LocatorMaps(contours, banque.referentiel.departements, banque.referentiel.region_of, nombres)


def make_carte(banque: Banque) -> FranceMap:
    """The map of the bank."""
    counts = {code: len(actions) for code, actions in banque.par_departement.items()}
    outlines = read_outlines(find(banque.root, "referentiels")).only(banque.departements)
    return draw(outlines, counts, banque.referentiel.departements)


def _noms(departement: ListRow) -> str:
    """The first cities of a département, and how many more."""
    noms = [ville.titre for ville in departement.enfants]
    more = len(noms) - _MAX_NOMS
    return (
        ", ".join(noms)
        if more < 2
        else gettext("{villes} et {n} de plus").format(villes=", ".join(noms[:_MAX_NOMS]), n=more)
    )


def _overviews(banque: Banque, templates: Templates, regions: tuple[ListRow, ...], racine: Crumb) -> Iterator[Page]:
    departements = [ligne for region in regions for ligne in region.enfants]
    villes = ville_lines(banque, banque.actions)
    for chemin, titre, lignes in (
        ("regions/", gettext("Régions"), regions),
        ("departements/", gettext("Départements"), tuple(sorted(departements, key=lambda ligne: ligne.chemin))),
        ("villes/", gettext("Villes et intercommunalités"), villes),
    ):
        contenu = templates.render("lieux", titre=titre, lignes=lignes, fil=[HOME, racine, Crumb(titre)])
        description = gettext("{lieux} dont {nom} raconte une action, avec leur nombre d’actions.").format(
            lieux=titre, nom=banque.identity.nom
        )
        yield Page(chemin, "territoires", titre, description, contenu, maj=newest(banque.actions))
