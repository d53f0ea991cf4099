"""The dossiers: the overview, then an introduction and its selection a page.

The surveys of the campaigns: question by question, what the cities that agreed to it answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from inspiractions.base.markdown import to_html
from inspiractions.base.outputs import BASE, FramePage, Page
from inspiractions.base.text import gettext
from inspiractions.documents.pdf.document import is_whole
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque, Dossier
from inspiractions.model.enquete import Enquete, synthese
from inspiractions.model.facette import FACETTES, Facette
from inspiractions.model.territoire import Lieu
from inspiractions.pages.lists import HOME, CardRenderer, Crumb, ListRow, card_slices, described, numbered, poids_de
from inspiractions.theme.templates import Templates

_AXES, _AGES = (next(f for f in FACETTES if f.cle == cle) for cle in ("axes", "ages"))


def make_apercu(banque: Banque, templates: Templates, frame: FramePage) -> Page:
    """``/dossiers/``."""
    fil = [HOME, Crumb(frame.titre)]
    sujets, projets = ([d for d in banque.dossiers if d.entete.genre == genre] for genre in ("sujet", "projet"))
    contenu = templates.render("dossiers", cadre=frame, sujets=sujets, projets=projets, fil=fil)
    maj = max((d.date_maj for d in banque.dossiers), default=None)
    return Page(frame.chemin, "dossiers", frame.titre, frame.description, contenu, maj=maj)


def make_dossier(
    dossier: Dossier,
    pdfs: Mapping[str, int],
    banque: Banque,
    templates: Templates,
    cards: CardRenderer,
    frame: FramePage,
) -> Iterator[Page]:
    """A dossier, with its recueil where ``pdfs`` holds it."""
    racine = Crumb(frame.titre, frame.chemin)
    entete = dossier.entete
    for tranche in card_slices(dossier.autres, dossier.chemin):
        contenu = templates.render(
            "dossier",
            dossier=dossier,
            entete=entete,
            pdf=poids_de(pdfs, dossier.pdf),
            entier=is_whole(dossier.actions),
            introduction=_introduction(dossier),
            total=len(dossier.actions),
            tranche=tranche,
            epinglees=cards.list(dossier.epinglees),
            autres=cards.list(tranche.actions),
            lignes=cards.lines(tranche.lignes),
            axes=_counts(banque, _AXES, dossier.actions),
            ages=_counts(banque, _AGES, dossier.actions),
            fil=[HOME, racine, Crumb(entete.titre)],
        )
        titre = numbered(gettext("{titre} – Dossier").format(titre=entete.titre), tranche)
        description = described(entete.resume, tranche)
        yield Page(tranche.chemin, "dossiers", titre, description, contenu, maj=dossier.date_maj)


def _introduction(dossier: Dossier) -> Markup:
    """HTML whose links to fiches lead to their récits."""
    return Markup(to_html(dossier.introduction).replace('href="actions/', f'href="{BASE}actions/'))


def _counts(banque: Banque, facette: Facette, actions: Sequence[Action]) -> list[ListRow]:
    """How many of these actions bear each value, those of none left out."""
    counts = Counter(i for action in actions for i in facette.ids(action))
    return [
        ListRow(terme.court, f"{facette.adresse}/{terme.id}/", counts[terme.id], terme)
        for terme in banque.vocabulaire(facette)
        if counts[terme.id]
    ]


def make_enquetes(banque: Banque, templates: Templates, frame: FramePage) -> Iterator[Page]:
    """``/enquetes/<campagne>/``, for each survey that has a public answer; none where no city agreed."""
    villes = {lieu: f"villes/{slug}/" for slug, lieu in banque.villes.items()}
    for campagne, enquete in banque.enquetes.items():
        yield _enquete(campagne, enquete, villes, banque, templates, frame)


def _enquete(
    campagne: str, enquete: Enquete, villes: dict[Lieu, str], banque: Banque, templates: Templates, frame: FramePage
) -> Page:
    terme = banque.vocabulaires["campagnes"][campagne]
    contenu = templates.render(
        "enquete",
        terme=terme,
        enquete=enquete,
        questions=synthese(enquete.form, enquete.reponses),
        villes=villes,
        fil=[
            HOME,
            Crumb(frame.titre, frame.chemin),
            Crumb(gettext("Campagnes"), "campagnes/"),
            Crumb(terme.court, f"campagnes/{terme.id}/"),
            Crumb(gettext("L’enquête")),
        ],
    )
    description = gettext(
        "Ce que des villes ont répondu à l’enquête de la campagne « {campagne} », question par question."
    ).format(campagne=terme.libelle)
    return Page(
        enquete.chemin,
        "entrees",
        gettext("L’enquête – {campagne}").format(campagne=terme.libelle),
        description,
        contenu,
    )
