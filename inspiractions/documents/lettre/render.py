"""The letter as plain text for e-mail (72 columns, RFC 3676 without flowing), and as Markdown for the site.

The letter as an HTML e-mail: one file, nothing to load, styles inside, readable without them, light and dark.
The letters kept under ``docs/lettres/``, and the page that lists them.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from inspiractions.base.files import write_whole
from inspiractions.base.text import typography
from inspiractions.documents.lettre.content import LetterEntry, LetterList, Lettre
from inspiractions.model.source import read_fiche
from inspiractions.theme.colours import read_colours
from inspiractions.theme.templates import Templates

LARGEUR = 72
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def make_texte(lettre: Lettre) -> str:
    """Plain text: a link stands on a line of its own, which may be longer than the others."""
    lines = [*_wrapped(lettre.titre), *_wrapped(lettre.periode[:1].upper() + lettre.periode[1:]), "=" * LARGEUR, ""]
    lines += [*_wrapped(lettre.chapeau), ""]
    for partie in lettre.parties:
        lines += ["", *_wrapped(partie.titre.upper()), "-" * LARGEUR, ""]
        if partie.chapeau:
            lines += [*_wrapped(partie.chapeau), ""]
        for liste in partie.listes:
            lines += _liste(liste)
    lines += [
        "",
        "-" * LARGEUR,
        *_wrapped(f"Textes sous {lettre.identity.licence.nom}. La banque, les fils et toutes les données :"),
        lettre.site_url,
    ]
    return "\n".join(lines) + "\n"


def _liste(liste: LetterList) -> Iterator[str]:
    if liste.titre:
        yield from (*_wrapped(f"[ {liste.titre} ]"), "")
    for entree in liste.entrees:
        yield from _wrapped(f"* {entree.titre}", "  ")
        if entree.detail:
            yield from _wrapped(f"  {entree.detail}", "  ")
        if entree.texte:
            yield from _wrapped(f"  {entree.texte}", "  ")
        yield f"  {entree.adresse}"
        yield ""
    if liste.suite:
        yield from _wrapped(f"> {liste.suite.titre} :", "  ")
        yield from (f"  {liste.suite.adresse}", "")


def _wrapped(texte: str, suite: str = "") -> list[str]:
    # No-break spaces hold what typography binds.
    return textwrap.wrap(
        typography(texte), LARGEUR, subsequent_indent=suite, break_long_words=False, break_on_hyphens=False
    )


def make_markdown(lettre: Lettre) -> str:
    """A page for ``docs/lettres/``, with its front matter."""
    titre = f"Lettre {lettre.periode}"
    lines = ["---", f"title: {titre}", f"description: {_yaml(lettre.chapeau)}", "---", "", f"# {titre}", ""]
    lines += [_md(lettre.chapeau), ""]
    for partie in lettre.parties:
        lines += [f"## {_md(partie.titre)}", ""]
        if partie.chapeau:
            lines += [_md(partie.chapeau), ""]
        for liste in partie.listes:
            if liste.titre:
                lines += [f"### {_md(liste.titre)}", ""]
            lines += [_item(entree) for entree in liste.entrees]
            if liste.suite:
                lines += ["", f"[{_md(liste.suite.titre)}]({liste.suite.adresse})"]
            lines += [""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _item(entree: LetterEntry) -> str:
    detail = f" – {_md(entree.detail)}" if entree.detail else ""
    texte = f"  \n  {_md(entree.texte)}" if entree.texte else ""
    return f"- [{_md(entree.titre)}]({entree.adresse}){detail}{texte}"


def _md(texte: str) -> str:
    return _SPECIAL.sub(r"\\\1", typography(texte))


def _yaml(texte: str) -> str:
    return '"{}"'.format(texte.replace("\\", "\\\\").replace('"', '\\"'))


def make_courriel(lettre: Lettre, templates: Templates) -> str:
    """The document. Its colours are those of the site, whose two schemes mail programs choose from."""
    root = templates.root
    html = templates.render(
        "lettre", lettre=lettre, titre=lettre.titre, clair=read_colours(root), sombre=read_colours(root, "slate")
    )
    return typography(html)


_JOUR = re.compile(r"\d{4}-\d\d-\d\d")
_TETE = """---
title: Lettres
description: Ce qui est paru dans la banque, lettre par lettre.
---

# Lettres

Ce qui est paru dans la banque, de la lettre la plus récente à la plus ancienne.

"""


def keep(root: Path, lettre: Lettre) -> Path:
    """Write ``docs/lettres/<jusque>.md`` and the list of all letters; returns the path of the letter."""
    folder = root / "docs" / "lettres"
    path = folder / f"{lettre.jusque.isoformat()}.md"
    write_whole(path, make_markdown(lettre))
    lines = [f"- [{_titre(root, p)}]({p.name})\n" for p in sorted(folder.glob("*.md"), reverse=True) if _is_lettre(p)]
    write_whole(folder / "index.md", _TETE + "".join(lines))
    return path


def _is_lettre(path: Path) -> bool:
    if not _JOUR.fullmatch(path.stem):
        return False
    try:
        date.fromisoformat(path.stem)
    except ValueError:
        return False
    return True


def _titre(root: Path, path: Path) -> str:
    source, _ = read_fiche(root, path)
    return str(source.meta.get("title", path.stem)) if source else path.stem
