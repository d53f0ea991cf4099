"""What changes between two states of the fiches: only what the reader would see, and all of it."""

from __future__ import annotations

import pytest

from inspiractions.story.changes import Change, as_markdown, find_changes

NOM = "actions/a.md"
AVANT = """---
titre: Marcher au parc
resume: Une marche par semaine. Elle part de la mairie.
villes: [Lille, Dunkerque]
budget:
  fonctionnement: 8 500 € par an
date_publication: 2026-01-31
---

## Contexte

Premier fait. Deuxième fait, en **gras**. Voir [le bilan](https://ville.example/bilan).

## Déroulé

- Un point
- Un autre, 2 * 3 * 4

1. D’abord
2. Ensuite

| Année | Euros |
|---|---:|
| 2019 | 8 500 |

```
  garder   ceci
```
"""


def _changes(ancien: str, nouveau: str) -> list[Change]:
    (fiche,) = find_changes({NOM: AVANT.encode()}, {NOM: AVANT.replace(ancien, nouveau, 1).encode()})
    assert (fiche.path, fiche.titre, fiche.state) == (NOM, "Marcher au parc", "modifiée")
    return list(fiche.changes)


@pytest.mark.parametrize(
    ("ancien", "nouveau", "place", "avant", "apres"),
    [
        ("Deuxième fait", "Second fait", "récit, Contexte", "Deuxième fait, en **gras**.", "Second fait, en **gras**."),
        ("**gras**", "gras", "récit, Contexte", "Deuxième fait, en **gras**.", "Deuxième fait, en gras."),
        ("/bilan)", "/autre)", "récit, Contexte", "Voir [le bilan](https://ville.example/bilan).", "Voir [le bilan](https://ville.example/autre)."),
        ("2 * 3 * 4", "2 *3* 4", "récit, Déroulé", "• Un autre, 2 * 3 * 4", "• Un autre, 2 *3* 4"),
        ("- Un point", "Un point", "récit, Déroulé", "• Un point", "Un point"),
        ("1. D’abord\n2. Ensuite", "1. D’abord\n- Ensuite", "récit, Déroulé", "n° Ensuite", "• Ensuite"),
        ("  garder   ceci", "  garder ceci", "récit, Déroulé", "code :   garder   ceci", "code :   garder ceci"),
        ("Elle part de", "Elle quitte", "Résumé", "Elle part de la mairie.", "Elle quitte la mairie."),
        ("8 500 € par an", "9 000 € par an", "Budget", "Fonctionnement : 8 500 € par an", "Fonctionnement : 9 000 € par an"),
        ("## Contexte\n", "## Contexte\n\nNeuf. ", "récit, Contexte", "", "Neuf."),
        ("[Lille, Dunkerque]", "[Lille]", "Villes", "Dunkerque", ""),
    ],
)  # fmt: skip
def test_une_phrase_change(ancien: str, nouveau: str, place: str, avant: str, apres: str) -> None:
    wanted = Change(place, (avant,) if avant else (), (apres,) if apres else ())
    assert _changes(ancien, nouveau) == [wanted]


def test_l_alignement_d_un_tableau_se_voit() -> None:
    assert _changes("|---|---:|", "|---|---|") == [
        Change("récit, Déroulé", ("colonne (right) : Euros",), ("colonne : Euros",)),
        Change("récit, Déroulé", ("case (right) : 8 500",), ("case : 8 500",)),
    ]


@pytest.mark.parametrize(
    ("ancien", "nouveau"),
    [
        ("- Un point\n- Un autre", "* Un point\n* Un autre"),
        ("\n## Déroulé\n", "\n\n## Déroulé ##\n"),
        ("[Lille, Dunkerque]", "\n  - Lille\n  - 'Dunkerque'"),
        ("**gras**", "__gras__"),
    ],
)
def test_ce_que_le_lecteur_ne_voit_pas_ne_se_dit_pas(ancien: str, nouveau: str) -> None:
    assert _changes(ancien, nouveau) == []


def test_les_fiches_neuves_effacees_renommees_illisibles() -> None:
    fiche = AVANT.encode()
    renamed = AVANT.replace("date_pub", "anciens_ids: [a]\ndate_pub").replace("Deuxième", "Second").encode()
    changed = list(
        find_changes(
            {NOM: fiche, "actions/b.md": fiche, "actions/c.md": fiche, "actions/d.md": fiche},
            {"actions/z.md": renamed, "actions/c.md": b"---\ntitre: [\n---\n", "actions/d.md": fiche, "actions/n.md": fiche},
        )
    )  # fmt: skip
    assert [(one.path, one.state) for one in changed] == [
        ("actions/b.md", "effacée"),
        ("actions/c.md", "illisible avant ou après : la vérification dit pourquoi"),
        ("actions/n.md", "nouvelle"),
        ("actions/z.md", "renommée, elle était actions/a.md"),
    ]
    assert [change.place for change in changed[-1].changes] == ["Anciens identifiants", "récit, Contexte"]


def test_le_texte_du_commentaire() -> None:
    """What a fiche holds does not act in the comment, and what differs is in bold."""
    after = AVANT.replace("Deuxième fait", "Second <img src=x> fait").replace("Marcher au", "Marcher *vi\u202ete* au")
    text = as_markdown(find_changes({NOM: AVANT.encode()}, {NOM: after.encode()}))
    assert text.splitlines() == [
        "### Ce qui change : 1 fiche",
        "",
        "**Marcher \\*vi te\\* au parc** (`actions/a.md`), modifiée",
        "",
        "- Titre",
        "  - avant : Marcher au parc",
        "  - après : Marcher **\\*vi te\\*** au parc",
        "- récit, Contexte",
        "  - avant : **Deuxième** fait, en \\*\\*gras\\*\\*.",
        "  - après : **Second** fait, en \\*\\*gras\\*\\*.",
    ]
    assert as_markdown([]) == "### Ce qui change : aucune fiche"
    rewritten = AVANT.replace("[Lille, Dunkerque]", "['Lille', Dunkerque]").encode()
    assert "rien ne change pour le lecteur" in as_markdown(find_changes({NOM: AVANT.encode()}, {NOM: rewritten}))


def test_un_commentaire_se_lit_jusqu_au_bout() -> None:
    many = {f"actions/f{n:03}.md": AVANT.encode() for n in range(60)}
    lines = as_markdown(find_changes({}, many)).splitlines()
    assert lines[0] == "### Ce qui change : 60 fiches"
    assert sum(", nouvelle" in line for line in lines) == 40
    assert lines[-1].startswith("Et 20 autres : `actions/f040.md`, ")
