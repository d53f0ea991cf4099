"""From the bytes of a file to its text: its size, its encoding, its ends of line."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from inspiractions.base.problem import Problem

MAX_BYTES = 200_000
_NOT_A_FILE = "ceci est un dossier ou un lien symbolique : mettez à cette place le fichier lui-même."
# YAML ends a line at these, no editor does: the lines of the problems would be wrong.
_LINE_BREAKS = re.compile("[\u0085\u2028\u2029]")


@dataclass(frozen=True)
class Octets:
    """A file as it lies: its name from the root of the content, its first bytes (hardly more than ``MAX_BYTES``), its size.

    ``propre`` is false for what is no file of that folder: a folder, a link that leads elsewhere.
    """

    nom: str
    octets: bytes
    taille: int
    propre: bool = True


def read_octets(root: Path, path: Path) -> Octets:
    """Read a file once: what is decoded and what is told of it are the same bytes, whoever writes in it meanwhile."""
    relative = path.relative_to(root)
    nom = relative.as_posix()
    # Only what lies below the root is looked at: to resolve all of the path, for each file, costs more than to read it.
    below = (path, *path.parents)[: len(relative.parts)]
    if not path.is_file() or ".." in relative.parts or any(map(os.path.islink, below)):
        return Octets(nom, b"", 0, propre=False)
    with path.open("rb") as file:
        octets = file.read(MAX_BYTES + 1)
    return Octets(nom, octets, len(octets) if len(octets) <= MAX_BYTES else path.stat().st_size)


def decode(fichier: Octets) -> tuple[str | None, list[Problem]]:
    """The text of a file, its lines ended as Unix does, and what is wrong with how it was saved."""
    name, size = fichier.nom, fichier.taille
    if not fichier.propre:
        return None, [Problem(name, 1, "fichier", _NOT_A_FILE)]
    if size > MAX_BYTES:
        message = f"le fichier pèse {size / 1_000_000:.1f} Mo ; une fiche ne dépasse pas {MAX_BYTES // 1000} Ko : mettez les annexes en ligne et citez-les dans « documents »."
        return None, [Problem(name, 1, "taille", message.replace(".", ",", 1))]
    data, problems = fichier.octets, []
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        problems.append(
            Problem(
                name,
                1,
                "encodage",
                "le fichier commence par une marque d’octets (BOM) : enregistrez-le en « UTF-8 sans BOM ».",
            )
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"octet 0x{data[error.start]:02X} illisible : le fichier n’est pas en UTF-8 (Latin-1 ?) ; enregistrez-le en « UTF-8 »."
        return None, [*problems, Problem(name, line, "encodage", message)]
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        problems.append(
            Problem(
                name,
                line,
                "fins-de-ligne",
                "fins de ligne Windows (CRLF) : enregistrez le fichier avec des fins de ligne Unix (LF).",
            )
        )
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _LINE_BREAKS.search(text):
        line = text.count("\n", 0, found.start()) + 1
        message = f"saut de ligne invisible U+{ord(found[0]):04X} : remplacez-le par une espace."
        problems.append(Problem(name, line, "caracteres", message))
        text = _LINE_BREAKS.sub(" ", text)
    return text, problems
