"""What a récit d'expérience says, in its fixed order: what the page and the PDF print, and neither decides.

The letters that it begins for its reader: to be put in touch, to complete what it does not say, to re-read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from inspiractions.base.text import decapitalise, enumerate_fr, gettext, mailto
from inspiractions.model.action import Action, Rubrique
from inspiractions.model.banque import Banque
from inspiractions.model.identity import Identity
from inspiractions.model.vocabulaire import VOCABULAIRE_DE, ListedPoint, parse_points
from inspiractions.story import labels
from inspiractions.story.identity_card import IdentityRow, IdentityValue, identite, situation
from inspiractions.story.permalinks import chemin_de_recit
from inspiractions.story.related import ParId, RelatedAction, find_all_related

_BREF = ("population", "ages", "periode", "budget")
# What is made of a récit is made at once: a large bank need not fill the memory with them.
_KEPT = 256


@dataclass(frozen=True)
class RecitPart:
    """One heading of the récit: its text, or its points, or nothing (« Non renseigné »). ``court``: its title in lists."""

    id: str
    titre: str
    texte: str = ""
    points: tuple[ListedPoint, ...] = ()
    vocabulaire: str = ""
    deduite: bool = False
    court: str = ""

    @property
    def vide(self) -> bool:
        """Whether nothing is known."""
        return not (self.texte or self.points)


@dataclass(frozen=True)
class Recit:
    """An action as it is told. ``situation``: région, département, city; ``permalien``: the absolute address of the page.

    ``origine``: a sentence on what the fiche rests on; ``mots_cles``: its themes, then its axes.
    """

    action: Action
    lieu: str
    autour: str
    situation: tuple[IdentityValue, ...]
    identite: tuple[IdentityRow, ...]
    parties: tuple[RecitPart, ...]
    inspirations: tuple[Action, ...]
    reprises: tuple[Action, ...]
    proches: tuple[RelatedAction, ...]
    chemin: str
    permalien: str
    citation: str
    origine: str
    mots_cles: tuple[str, ...]

    @property
    def pdf(self) -> str:
        """The address of its PDF from the root of the site, where one is made."""
        return chemin_du_pdf(self.action)

    @property
    def permalien_pdf(self) -> str:
        """The same, absolute."""
        return f"{self.permalien}{self.action.id}.pdf"

    @cached_property
    def blancs(self) -> tuple[RecitPart, ...]:
        """The parts that nobody told: a page says them together, once."""
        return tuple(partie for partie in self.parties if partie.vide)

    @cached_property
    def bref(self) -> tuple[IdentityRow, ...]:
        """What a small screen says before the story, known or not: the rest of the identity card comes after it."""
        return tuple(ligne for ligne in self.identite if ligne.cle in _BREF)


class Recits:
    """Makes the ``Recit`` of each action of a bank; ``site_url`` ends with ``/``; ``proches``, where they are known."""

    def __init__(self, banque: Banque, site_url: str, proches: ParId | None = None) -> None:
        self._banque, self._site_url = banque, site_url
        self._reprises = _reprises(banque)
        self._proches = find_all_related(banque) if proches is None else proches
        self._kept = lru_cache(_KEPT)(self._make)

    def __iter__(self) -> Iterator[Recit]:
        """The récits of all published actions, each made when it is asked for."""
        return map(self.of, self._banque.actions)

    def proches(self, action: Action) -> tuple[RelatedAction, ...]:
        """The close actions of an action."""
        return tuple(RelatedAction(self._banque.par_id[i], raison) for i, raison in self._proches[action.id])

    def reprises(self, action: Action) -> tuple[Action, ...]:
        """The actions that say that they take after this one."""
        return self._reprises.get(action.id, ())

    def inspirations(self, action: Action) -> tuple[Action, ...]:
        """The published actions that this one takes after."""
        return tuple(self._banque.par_id[i] for i in action.inspiree_de if i in self._banque.par_id)

    def of(self, action: Action) -> Recit:
        """All that is told of an action; kept, for pages, citations and PDFs each go through all."""
        return self._kept(action.id)

    def _make(self, identifiant: str) -> Recit:
        banque, action = self._banque, self._banque.par_id[identifiant]
        lieu = labels.lieux(action)
        chemin = chemin_de(action)
        connaissance = banque.vocabulaires["connaissance"][action.connaissance].libelle
        return Recit(
            action=action,
            lieu=lieu,
            autour=labels.autour(action.villes, banque.referentiel),
            situation=situation(action.chef_de_file, banque.referentiel),
            identite=identite(action, banque),
            parties=tuple(_parties(action, banque)),
            inspirations=self.inspirations(action),
            reprises=self.reprises(action),
            proches=self.proches(action),
            chemin=chemin,
            permalien=self._site_url + chemin,
            citation=_citation(action, connaissance, lieu, banque.identity),
            origine=gettext("Sur quoi repose la fiche : {connaissance}. {licence}.").format(
                connaissance=connaissance.lower(), licence=banque.identity.licence.nom
            ),
            mots_cles=tuple(
                banque.vocabulaires[nom][i].court for nom in ("thematiques", "axes") for i in getattr(action, nom)
            ),
        )


def dossier_images(action: Action) -> str:
    """Where the illustrations of an action lie, in the content and on the site alike."""
    return f"actions/images/{action.id}"


def chemin_de(action: Action) -> str:
    """The address of a récit from the root of the site."""
    return chemin_de_recit(action.id)


def chemin_du_pdf(action: Action) -> str:
    """The address of the PDF of a récit from the root of the site."""
    return f"{chemin_de(action)}{action.id}.pdf"


def chemin_de_relecture(action: Action) -> str:
    """The address of the Word form that the city of an action re-reads, from the root of the site."""
    return f"{chemin_de(action)}{action.id}-relecture.docx"


def _parties(action: Action, banque: Banque) -> Iterator[RecitPart]:
    """The canonical rubriques in order, each followed by the headings that the city added after it."""
    followers: dict[str, list[Rubrique]] = {}
    canonical = banque.vocabulaires["rubriques"]
    last = ""
    for rubrique in action.rubriques:
        if rubrique.id in canonical:
            last = rubrique.id
        else:
            followers.setdefault(last, []).append(rubrique)
    yield from (_partie(r, action, banque) for r in followers.get("", ()))
    for terme in canonical:
        if terme.id != "ressources":
            written = action.rubriques_par_id.get(terme.id)
            yield _partie(written, action, banque) if written else RecitPart(terme.id, terme.libelle, court=terme.court)
        yield from (_partie(r, action, banque) for r in followers.get(terme.id, ()))


def _partie(rubrique: Rubrique, action: Action, banque: Banque) -> RecitPart:
    canonical = banque.vocabulaires["rubriques"]
    court = canonical[rubrique.id].court if rubrique.id in canonical else rubrique.titre
    nom = VOCABULAIRE_DE.get(rubrique.id, "")
    points = parse_points(rubrique.texte, rubrique.line + 1, banque.vocabulaires[nom]) if nom else []
    deduite = rubrique.id in action.champs_deduits or (bool(nom) and nom in action.champs_deduits)
    if any(point.terme for point in points):
        return RecitPart(rubrique.id, rubrique.titre, "", tuple(points), nom, deduite, court)
    return RecitPart(rubrique.id, rubrique.titre, rubrique.texte, deduite=deduite, court=court)


def _reprises(banque: Banque) -> Mapping[str, tuple[Action, ...]]:
    by_origin: dict[str, list[Action]] = {}
    for action in banque.actions:
        for source in action.inspiree_de:
            by_origin.setdefault(source, []).append(action)
    return {identifiant: tuple(actions) for identifiant, actions in by_origin.items()}


def _citation(action: Action, connaissance: str, lieu: str, identity: Identity) -> str:
    verifie = (
        gettext("vérifié le {jour}").format(jour=labels.jour(action.verifie_le))
        if action.verifie_le
        else gettext("publié le {jour}").format(jour=labels.jour(action.date_publication))
    )
    titre = action.titre.replace("« ", "“").replace(" »", "”")
    return gettext("« {titre} » ({lieu}), {nom}, récit ({connaissance}), {verifie}. {licence}.").format(
        titre=titre,
        lieu=lieu,
        nom=identity.nom,
        connaissance=connaissance.lower(),
        verifie=verifie,
        licence=identity.licence.nom,
    )


def contact_letter(recit: Recit, courriel: str, nom: str) -> str:
    """The letter to the city's generic box where the fiche gives one, else to the bank's; empty without a box.

    ``courriel``: that of the bank, or empty; ``nom``: the name of the bank.
    """
    contact = recit.action.contact
    direct = contact.courriel if contact else None
    asked = (
        gettext("J’ai lu votre action sur {nom} et j’aimerais en parler avec vous :").format(nom=nom)
        if direct
        else gettext("J’aimerais être mis en relation avec l’équipe qui mène cette action :")
    )
    who = (gettext("Ma collectivité et ma fonction :"), "", gettext("Ce que j’aimerais savoir :"), "")
    return _letter(
        direct or courriel, gettext("Mise en relation : {titre}").format(titre=recit.action.titre), recit, asked, who
    )


def completing_letter(recit: Recit, courriel: str) -> str:
    """The letter that tells the bank what the récit leaves out; empty without a box."""
    blanks = enumerate_fr(decapitalise(partie.court) for partie in recit.blancs)
    asked = (gettext("Voici ce que la fiche ne dit pas ({blancs}) :").format(blancs=blanks), "", "")
    return _letter(
        courriel,
        gettext("Compléter : {titre}").format(titre=recit.action.titre),
        recit,
        gettext("Je connais cette action :"),
        asked,
    )


def rereading_letter(recit: Recit, courriel: str) -> str:
    """The letter by which a city asks for the form, already filled, that it re-reads; empty without a box."""
    asked = gettext("Je travaille dans cette collectivité et je voudrais relire cette fiche :")
    rest = (gettext("Pouvez-vous m’envoyer le formulaire déjà rempli ?"), "", gettext("Mon service :"), "")
    return _letter(courriel, gettext("Relire : {titre}").format(titre=recit.action.titre), recit, asked, rest)


def _letter(courriel: str, sujet: str, recit: Recit, asked: str, rest: tuple[str, ...]) -> str:
    if not courriel:
        return ""
    lines = (gettext("Bonjour,"), "", asked, f"{recit.action.titre}, {recit.lieu}", recit.permalien, "", *rest)
    return mailto(courriel, sujet, lines)
