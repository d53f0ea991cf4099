"""What one PDF holds, as plain data: a récit alone, or a recueil of several behind a cover and a table of contents.

Recueils are collections to read in one go: those that the site offers, and those that a reader asks for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from inspiractions.base.files import find
from inspiractions.base.text import decapitalise, nearest, slugify
from inspiractions.documents.pdf.markdown_tree import affichable
from inspiractions.model.action import Action, Lien
from inspiractions.model.banque import Banque
from inspiractions.model.facette import FACETTES
from inspiractions.story import labels
from inspiractions.story.identity_card import IdentityRow, IdentityValue
from inspiractions.story.recit import Recit, RecitPart, Recits, chemin_de, dossier_images
from inspiractions.theme.assets import read_colours

# A larger one would be hundreds of pages that nobody prints, and in time beyond what hosts take (25 MiB): the site offers the list
# of its actions instead, and the command « recueil » makes it whole when asked.
MAX_RECITS = 60


@dataclass(frozen=True)
class Recueil:
    """A campaign, a dossier, or any list of actions, in this order.

    ``introduction`` is Markdown; ``adresse`` the folder of the site that holds its page (``campagnes``), if it has one.
    """

    id: str
    titre: str
    introduction: str
    actions: Sequence[Action]
    adresse: str = ""

    @property
    def pdf(self) -> str:
        """The address of its PDF from the root of the site, beside its page."""
        return f"{self.adresse}/{self.id}/{self.id}.pdf"


class UnknownRecit(Exception):
    """A recueil or an action that is not in the bank: a French sentence that names the nearest."""


def is_whole(actions: Sequence[Action]) -> bool:
    """Whether the site offers a recueil of these récits whole, or the list of them."""
    return len(actions) <= MAX_RECITS


def recueils(banque: Banque) -> list[Recueil]:
    """Every recueil that the site may offer: the campaigns that have actions, and the dossiers."""
    facette = next(f for f in FACETTES if f.cle == "campagne")
    campagnes = [
        Recueil(terme.id, terme.libelle, terme.definition, actions, facette.adresse)
        for terme in banque.vocabulaire(facette)
        if (actions := banque.avec(facette, terme))
    ]
    return campagnes + [Recueil(d.id, d.entete.titre, d.introduction, d.actions, "dossiers") for d in banque.dossiers]


def named(banque: Banque, adresse: str, identifiant: str) -> Recueil:
    """The recueil of a campaign or of a dossier (``adresse``: ``campagnes``, ``dossiers``). Raises ``UnknownRecit``."""
    known = {r.id: r for r in recueils(banque) if r.adresse == adresse}
    if identifiant not in known:
        raise UnknownRecit(
            f"{_unknown('aucun récit sous', identifiant, known)} Il y a : {', '.join(known) or 'rien encore'}."
        )
    return known[identifiant]


def chosen(banque: Banque, ids: Sequence[str]) -> Recueil:
    """A recueil of these actions, each once, in this order. Raises ``UnknownRecit``."""
    for identifiant in ids:
        if identifiant not in banque.par_id:
            raise UnknownRecit(_unknown("aucune action publiée ne s’appelle", identifiant, banque.par_id))
    actions = [banque.par_id[identifiant] for identifiant in dict.fromkeys(ids)]
    return Recueil("recueil", "Recueil de récits d’expérience", "", actions)


def _unknown(sentence: str, identifiant: str, known: Iterable[str]) -> str:
    near = nearest(identifiant, known)
    return f"{sentence} « {identifiant} »{f' ; vouliez-vous « {near} » ?' if near else '.'}"


Donnees = dict[str, object]

_SYMBOLE = re.compile(r'<symbol id="i-([\w-]+)" viewBox="([^"]+)">(.*?)</symbol>', re.S)
_SYMBOLES = ("axe-1", "axe-2", "axe-3", "axe-4", "axe-5", "levier", "frein", "docs")


@dataclass(frozen=True)
class PdfDocument:
    """``jour`` dates the PDF; ``recits``: how many it holds; ``donnees``: what the template prints, ``{"md": …}`` for Markdown."""

    nom: str
    jour: date
    recits: int
    donnees: Donnees
    images: tuple[Path, ...] = ()
    # The fiche that it is made of, from the root, where it is that of one récit.
    source: str = ""

    @cached_property
    def empreinte(self) -> bytes:
        """The hash of all that it holds. Raises ``OSError`` where an image cannot be read."""
        digest = sha256(repr((self.nom, self.jour)).encode())
        digest.update(json.dumps(self.donnees, ensure_ascii=False, sort_keys=True).encode())
        for image in self.images:
            digest.update(sha256(image.read_bytes()).digest())
        return digest.digest()


class PdfDocuments:
    """Makes the ``PdfDocument`` of récits and recueils of one bank; ``site_url`` ends with ``/``."""

    def __init__(self, banque: Banque, recits: Recits, site_url: str) -> None:
        self._banque, self._recits, self._site_url = banque, recits, site_url
        # A récit alone and the same in a recueil are the same data.
        self._made: dict[str, Donnees] = {}

    def recit(self, recit: Recit) -> PdfDocument:
        """The PDF of one récit."""
        action = recit.action
        titre = f"{action.titre} ({recit.lieu})"
        self._made[action.id] = self._recit(recit)
        donnees = self._donnees(titre, action.resume, [action], action.date_maj) | {"recits": [self._of(action)]}
        return PdfDocument(action.id, action.date_maj, 1, donnees, tuple(self._images([action])), action.source.path)

    def recueil(self, recueil: Recueil) -> PdfDocument:
        """The PDF of several."""
        donnees = self._couverte(recueil) | {"recits": [self._of(action) for action in recueil.actions]}
        jour = _jour(recueil)
        return PdfDocument(recueil.id, jour, len(recueil.actions), donnees, tuple(self._images(recueil.actions)))

    def annuaire(self, recueil: Recueil) -> PdfDocument:
        """The PDF of many: what each is, by région, with the address of its récit."""
        regions = self._banque.referentiel.regions
        by_region: dict[str, list[Action]] = {}
        for action in recueil.actions:
            by_region.setdefault(action.chef_de_file.region, []).append(action)
        donnees = self._couverte(recueil) | {
            "annuaire": [
                {
                    "titre": regions[code],
                    "actions": [
                        self._autre(action) | {"ville": labels.lieux(action), "resume": action.resume}
                        for action in sorted(by_region[code], key=lambda a: (slugify(a.chef_de_file.nom), a.id))
                    ],
                }
                for code in sorted(by_region, key=self._banque.referentiel.slug_of_region)
            ]
        }
        return PdfDocument(recueil.id, _jour(recueil), 1, donnees)

    def _couverte(self, recueil: Recueil) -> Donnees:
        """What a document with a cover says of itself."""
        nombre, jour = len(recueil.actions), _jour(recueil)
        description = f"{nombre} récit{'s' * (nombre > 1)} d’expérience de la banque {self._banque.identity.nom}."
        return self._donnees(recueil.titre, description, recueil.actions, jour) | {
            "couverture": {
                "nombre": f"{nombre} récit{'s' * (nombre > 1)} d’expérience",
                "jour": f"À jour au {labels.jour(jour)}",
                "introduction": {"md": recueil.introduction, "adresse": self._site_url, "niveau": 1},
                "url": self._site_url,
            },
        }

    def _donnees(self, titre: str, description: str, actions: Iterable[Action], jour: date) -> Donnees:
        """What every document says of itself."""
        thematiques = self._banque.vocabulaires["thematiques"]
        used = {identifiant for action in actions for identifiant in action.thematiques}
        return {
            "titre": titre,
            "auteur": self._banque.identity.editeur,
            "description": description,
            "mots": [t.court for t in thematiques if t.id in used],
            "date": [jour.year, jour.month, jour.day],
            "licence": self._banque.identity.licence.adresse,
            "nom_licence": self._banque.identity.licence.nom,
            "couverture": None,
            "annuaire": [],
            "recits": [],
            **self._decor,
        }

    @cached_property
    def _decor(self) -> Donnees:
        """The colours and signs of the site's light scheme, read where the pages take them."""
        root = self._banque.root
        sprite = find(root, "templates/theme/partials/symboles.html").read_text("utf-8")
        teintes = read_colours(root)
        symboles = {nom: (boite, traces) for nom, boite, traces in _SYMBOLE.findall(sprite)}
        return {
            "couleurs": teintes,
            "symboles": {nom: _svg(nom, *symboles[nom], teintes) for nom in _SYMBOLES},
            "axes": len(list(self._banque.vocabulaires["axes"])),
        }

    def _of(self, action: Action) -> Donnees:
        return self._made.get(action.id) or self._recit(self._recits.of(action))

    def _recit(self, recit: Recit) -> Donnees:
        action = recit.action
        ressources = action.rubriques_par_id.get("ressources")
        return {
            "titre": action.titre,
            "lieu": f"{recit.lieu}, {recit.autour}" if recit.autour else recit.lieu,
            "ville": recit.lieu,
            "resume": action.resume,
            "chiffre": [action.chiffre_cle.valeur, action.chiffre_cle.compte] if action.chiffre_cle else [],
            "axes": [self._banque.vocabulaires["axes"][a].rang + 1 for a in action.axes],
            "identite": [self._ligne(ligne) for ligne in recit.identite],
            "parties": [self._partie(partie, recit.permalien) for partie in recit.parties if not partie.vide],
            "blancs": [decapitalise(partie.court) for partie in recit.blancs],
            "illustrations": [
                {
                    "chemin": f"/{dossier_images(action)}/{i.fichier}",
                    "alt": i.alt,
                    "legende": " ".join(filter(None, (i.legende, i.credit and f"© {i.credit}"))),
                }
                for i in action.illustrations
            ],
            "proches": [self._autre(p.action) | {"raison": p.raison} for p in recit.proches],
            "filiation": [
                {"titre": titre, "actions": [self._autre(autre) for autre in autres]}
                for titre, autres in (("Inspirée de", recit.inspirations), ("Reprise par", recit.reprises))
                if autres
            ],
            "ressources": {"md": ressources.texte if ressources else "", "adresse": recit.permalien},
            "liens": [_lien(lien, "") for lien in action.documents]
            + [_lien(lien, "Source de la fiche") for lien in action.sources],
            "contact": _contact(action),
            "citation": recit.citation,
            "fraicheur": f"Vérifié le {labels.jour(action.verifie_le)}"
            if action.verifie_le
            else f"Publié le {labels.jour(action.date_publication)}",
            "url": recit.permalien,
        }

    def _autre(self, action: Action) -> Donnees:
        return {
            "titre": action.titre,
            "ville": action.chef_de_file.nom,
            "url": self._site_url + chemin_de(action),
        }

    def _ligne(self, ligne: IdentityRow) -> Donnees:
        return {
            "nom": ligne.nom,
            "valeurs": [self._valeur(v) for v in ligne.valeurs],
            "forme": ligne.style,
            "connue": ligne.connue,
            "deduite": ligne.deduite,
            "etat": ligne.etat,
            "precision": [self._valeur(v) for v in ligne.precision],
        }

    def _valeur(self, valeur: IdentityValue) -> Donnees:
        return {
            "texte": valeur.texte,
            "url": self._site_url + valeur.chemin if valeur.chemin else "",
            "axe": valeur.axe,
        }

    def _partie(self, partie: RecitPart, permalien: str) -> Donnees:
        levier = partie.vocabulaire == "leviers"
        return {
            "titre": partie.titre,
            "contenu": {"md": "" if partie.points else partie.texte, "adresse": permalien},
            "deduite": partie.deduite,
            "symbole": "levier" if levier else "frein",
            "points": [
                {
                    "mot": "" if point.terme else point.mot,
                    "contenu": {"md": point.texte, "adresse": permalien, "ligne": True},
                    "terme": f"{'Levier' if levier else 'Difficulté'} : {point.terme.court}" if point.terme else "",
                    "url": f"{self._site_url}{partie.vocabulaire}/{point.terme.id}/" if point.terme else "",
                }
                for point in partie.points
            ],
        }

    def _images(self, actions: Iterable[Action]) -> Iterator[Path]:
        for action in actions:
            for illustration in action.illustrations:
                yield self._banque.root / dossier_images(action) / illustration.fichier


def _jour(recueil: Recueil) -> date:
    return max(action.date_maj for action in recueil.actions)


def _lien(lien: Lien, note: str) -> Donnees:
    return {"titre": lien.titre, "url": lien.url, "montree": affichable(lien.url), "note": note}


def _contact(action: Action) -> Donnees:
    contact = action.contact
    if contact:
        lignes = [part for part in (contact.fonction, contact.service) if part]
    else:
        lignes = [f"Porteur : {action.porteur}"] if action.porteur != "inconnu" else []
    return {"lignes": lignes, "url": contact.courriel if contact and contact.courriel else ""}


def _svg(nom: str, boite: str, traces: str, couleurs: Mapping[str, str]) -> str:
    """A sign of the sprite as a picture of its own: axes are filled, the others drawn."""
    couleur = couleurs.get(nom, couleurs["petrole"])
    style = (
        f'fill="{couleur}"'
        if nom.startswith("axe-")
        else f'fill="none" stroke="{couleur}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{boite}" {style}>{traces}</svg>'
