"""Pages for those who write and keep the fiches.

The fields of a fiche, as the schema itself describes them: nothing of it is written twice.
What the check refuses: the docstrings of the rules, published as they are.
What there is to look at again, in no menu. Without a clock: dates, never ages.

Plan du site.
The grid of accessibility.
A page at each former address: it says where the récit or the value went, and goes there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from inspiractions.base.memo import Memo
from inspiractions.base.outputs import BASE, FramePage, Page, SiteFile
from inspiractions.base.text import gettext, message
from inspiractions.model.action import fiche_model
from inspiractions.model.banque import Banque
from inspiractions.model.types import champs_de
from inspiractions.pages.lists import HOME, Crumb, list_rows, newest
from inspiractions.pages.territoires import region_lines
from inspiractions.rules.check import ACTION_RULES, CROSS_FILE_RULES, SOURCE_RULES, WHOLE_BANK_RULES
from inspiractions.rules.dossiers import DOSSIER_RULES
from inspiractions.story.keys import Keys
from inspiractions.story.permalinks import Redirection
from inspiractions.story.review import CSV_NAME, MATTERS, make_review, review_csv, twins_in
from inspiractions.story.rgaa import KINDS, STATES, read_grid
from inspiractions.theme.templates import Templates

# How the value of each kind is called, for who writes it.
GENRES = {
    "texte": message("texte"),
    "terme": message("identifiant"),
    "lieu": message("commune ou intercommunalité"),
    "jour": message("date, AAAA-MM-JJ"),
    "mois": message("année ou mois, 2019 ou 2019-09"),
    "annee": message("année, 2019"),
    "nombre": message("nombre entier, en chiffres"),
    "url": message("adresse en https://"),
    "courriel": message("adresse de courriel"),
    "quartier": message("code de quartier, QP… ou QN…"),
    "fiche": message("identifiant d’une fiche"),
    "cle": message("clé de l’en-tête ou rubrique"),
    "image": message("nom d’un fichier"),
    "id": message("identifiant"),
    "choix": message("un mot de la liste"),
    "groupe": message("plusieurs clés, en retrait"),
}


def make_champs(banque: Banque, templates: Templates, frame: FramePage) -> Page:
    """A block a key, in the order of a fiche; closed lists with their values and the pages that define them."""
    adresses = {f.nom_de_liste: f.adresse for f in banque.facettes}
    contenu = templates.render(
        "champs",
        cadre=frame,
        champs=list(champs_de(fiche_model(banque.vocabulaires)).values()),
        genres={kind: gettext(words) for kind, words in GENRES.items()},
        vocabulaires=banque.vocabulaires,
        adresses=adresses,
        fil=[HOME, Crumb(gettext("Contribuer"), "contribuer/"), Crumb(frame.titre)],
    )
    return Page(frame.chemin, frame.name, frame.titre, frame.description, contenu)


def make_plan(banque: Banque, templates: Templates, frame: FramePage) -> Page:
    """Every page but the récits and the cities, which have their own lists."""
    campagnes = banque.vocabulaires["campagnes"]
    contenu = templates.render(
        "plan",
        cadre=frame,
        groupes=[(facette, list_rows(banque, facette)) for facette in banque.facettes],
        dossiers=banque.dossiers,
        enquetes=[(campagnes[e.form.campagne], e.chemin) for e in banque.enquetes.values()],
        regions=region_lines(banque),
        fil=[HOME, Crumb(frame.titre)],
    )
    return Page(frame.chemin, "plan", frame.titre, frame.description, contenu, maj=newest(banque.actions))


def make_verifications(templates: Templates, frame: FramePage) -> Page:
    """One line a rule, in the order in which they run."""
    ordered = (*SOURCE_RULES, *ACTION_RULES, *CROSS_FILE_RULES, *WHOLE_BANK_RULES, *DOSSIER_RULES)
    regles = [(regle.__doc__ or "").strip() for regle in ordered]
    fil = [HOME, Crumb(gettext("Contribuer"), "contribuer/"), Crumb(frame.titre)]
    contenu = templates.render("verifications", cadre=frame, regles=regles, fil=fil)
    return Page(frame.chemin, frame.name, frame.titre, frame.description, contenu)


def make_rgaa(root: Path, templates: Templates, frame: FramePage) -> Page:
    """``/accessibilite/grille/``: each criterion with its states; no rate. Raises ``UnreadableGrid``."""
    criteria = read_grid(root)
    states = {kind: Counter(criterion.state_of(kind) for criterion in criteria) for kind in KINDS}
    contenu = templates.render(
        "rgaa",
        cadre=frame,
        types=KINDS,
        noms=STATES,
        etats=list(STATES.values()),
        bilan=[(nom, [states[kind][state] for state in STATES]) for kind, nom in KINDS.items()],
        themes=[(theme, list(some)) for theme, some in groupby(criteria, key=lambda criterion: criterion.theme)],
        fil=[HOME, Crumb(gettext("Accessibilité"), "accessibilite/"), Crumb(frame.titre)],
    )
    return Page(frame.chemin, frame.name, frame.titre, frame.description, contenu)


def make_redirections(deplacements: Iterable[Redirection], templates: Templates) -> Iterator[Page]:
    """One page a former address; its canonical address is the new one."""
    for d in deplacements:
        recit = d.ancienne.startswith("actions/")
        liste = (
            Crumb(gettext("Toutes les actions"), "actions/") if recit else Crumb(gettext("Thèmes et index"), "entrees/")
        )
        values = {"titre": d.nom, "recit": recit, "cible": BASE + d.nouvelle, "fil": [HOME, liste, Crumb(d.nom)]}
        yield Page(
            d.ancienne,
            "actions" if recit else "entrees",
            gettext("{titre}, ancienne adresse").format(titre=d.nom),
            gettext("Cette adresse a changé."),
            templates.render("redirection", **values),
            templates.render("redirection_tete", **values),
            indexable=False,
            canonique=d.nouvelle,
        )


# A page of a hundred and fifty lines is long enough; the CSV has them all.
_MOST = 150


def make_revue(
    banque: Banque, keys: Keys, memo: Memo, templates: Templates, frame: FramePage
) -> Iterator[Page | SiteFile]:
    """Fiches by age of their last check, sources to open, twins to compare, drafts that wait; and the table as CSV."""
    rows = make_review(banque, memo, keys.gists)
    yield SiteFile(f"{frame.chemin}{CSV_NAME}", review_csv(rows).encode())
    contenu = templates.render(
        "revue",
        cadre=frame,
        lignes=rows[:_MOST],
        total=len(rows),
        jamais=sum(not row.reread for row in rows),
        manques=[(gettext(label), sum(gettext(label) in row.missing for row in rows)) for label in MATTERS.values()],
        sources=[(row.action, row.sources) for row in rows if row.sources],
        paires=twins_in(rows),
        brouillons=len(banque.brouillons),
        connaissance=banque.vocabulaires["connaissance"],
        csv=CSV_NAME,
        fil=[HOME, Crumb(frame.titre)],
    )
    yield Page(frame.chemin, frame.name, frame.titre, frame.description, contenu, indexable=False)
