"""A page at each former address: it says where the récit or the value went, and goes there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from inspiractions.base.outputs import BASE, Page
from inspiractions.pages.cards import ACCUEIL, Fil
from inspiractions.story.permalinks import Deplacement
from inspiractions.theme.templates import Gabarits


def make_redirections(deplacements: Iterable[Deplacement], gabarits: Gabarits) -> Iterator[Page]:
    """One page a former address; its canonical address is the new one."""
    for d in deplacements:
        recit = d.ancienne.startswith("actions/")
        liste = Fil("Toutes les actions", "actions/") if recit else Fil("Thèmes et index", "entrees/")
        values = {"titre": d.nom, "recit": recit, "cible": BASE + d.nouvelle, "fil": [ACCUEIL, liste, Fil(d.nom)]}
        yield Page(
            d.ancienne,
            "actions" if recit else "entrees",
            f"{d.nom}, ancienne adresse",
            "Cette adresse a changé.",
            gabarits.render("redirection", **values),
            gabarits.render("redirection_tete", **values),
            indexable=False,
            canonique=d.nouvelle,
        )
