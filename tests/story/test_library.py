"""The library: every document that a fiche cites stands under its publisher, once, with all who cite it."""

from __future__ import annotations

from inspiractions.base.files import PROJECT
from inspiractions.model.banque import Banque
from inspiractions.story.citations import host, make_library, publisher_names, read_publishers


def test_chaque_source_y_est_avec_ses_recits(banque_reelle: Banque):
    cited = {(lien.url, action.id) for action in banque_reelle.actions for lien in (*action.sources, *action.documents)}
    publishers = make_library(banque_reelle.actions, PROJECT)
    listed = [(d.url, action.id) for p in publishers for d in p.documents for action in d.actions]
    assert len(listed) == len({*listed})
    assert {*listed} == cited
    urls = [d.url for p in publishers for d in p.documents]
    assert len(urls) == len({*urls})
    assert len({p.slug for p in publishers}) == len(publishers)
    assert all(d.editeur == p.nom for p in publishers for d in p.documents)


def test_le_nom_d_un_editeur():
    titles = {
        "tendanceouest.com": ["Un bus (Tendance Ouest, mai 2021)", "Un autre (Tendance Ouest)", "Sans nom"],
        "exemple.fr": ["Un récit (récit d’expérience)", "Daté (mai 2021)", "Repris (reprise de La Croix)"],
        "xn--caltesdesign-zdb.fr": ["Rien"],
        "20minutes.fr": ["À Nice (Un autre nom)"],
        "egal.fr": ["A (Zoé)", "B (Anne)"],
    }
    assert publisher_names(titles, {"20minutes.fr": "20 Minutes"}) == {
        "tendanceouest.com": "Tendance Ouest",
        "exemple.fr": "exemple.fr",
        "xn--caltesdesign-zdb.fr": "calètesdesign.fr",
        "20minutes.fr": "20 Minutes",
        "egal.fr": "Anne",
    }


def test_l_ordre_et_les_lettres(banque_reelle: Banque):
    publishers = make_library(banque_reelle.actions, PROJECT)
    by_name = {p.nom: p for p in publishers}
    assert by_name["La Gazette des communes"].lettre == "g"
    assert by_name["20 Minutes"].lettre == "0-9"
    assert by_name["L’Inspiration politique"].lettre == "i"
    letters = [p.lettre for p in publishers]
    assert letters == sorted(letters)
    assert host("https://www.Brest.fr/x") == host("https://brest.fr/") == "brest.fr"


def test_chaque_nom_du_referentiel_sert(banque_reelle: Banque):
    """A host that no fiche cites, or two lines for one, would only mislead who reads the file."""
    lines = (PROJECT / "referentiels/editeurs.csv").read_text("utf-8").splitlines()[1:]
    known = read_publishers(PROJECT)
    assert len(lines) == len(known)
    cited = {host(lien.url) for a in banque_reelle.actions for lien in (*a.sources, *a.documents)}
    assert {*known} - cited == set()
    assert all(known.values())
