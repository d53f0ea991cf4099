"""A new bank: the folder that holds its content, from the model of ``templates/banque/`` and a few answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inspiractions.base.files import write_whole
from inspiractions.base.paths import PROJECT
from inspiractions.base.text import slugify
from inspiractions.model.identity import IDENTIFIANT, SITE_URL
from inspiractions.model.types import COURRIEL

MODEL = PROJECT / "templates" / "banque"
# Where a file of the model goes whose name would act where it lies.
_PLACES = {
    "gitignore": ".gitignore",
    "gitlab-ci.yml": ".gitlab-ci.yml",
    "github/site.yml": ".github/workflows/site.yml",
}


@dataclass(frozen=True)
class NewBank:
    """What is asked of whoever begins a bank. ``url`` and ``courriel`` may be unknown yet: an address of the model stands for them."""

    nom: str
    phrase: str = ""
    url: str = ""
    courriel: str = ""

    @property
    def identifiant(self) -> str:
        """What names of files begin with."""
        return slugify(self.nom)[:40].strip("-")

    def problems(self) -> Iterator[str]:
        """What is to be mended in the answers, in French."""
        for name, value in (("nom", self.nom), ("phrase", self.phrase)):
            if refused := next((sign for sign in value if sign in '<>"' or not sign.isprintable()), ""):
                yield f"« {name} » : ni « < », ni « > », ni guillemet droit, ni signe invisible ; ôtez {refused!r}."
        if not IDENTIFIANT.fullmatch(self.identifiant):
            yield f"« {self.nom} » n’est pas un nom : écrivez des lettres, comme « Santé en ville »."
        if self.url and not SITE_URL.fullmatch(self.url):
            yield f"« {self.url} » n’est pas une adresse : écrivez-la entière, https://www.exemple.fr/banque/."
        if self.courriel and not COURRIEL.fullmatch(self.courriel):
            yield f"« {self.courriel} » n’est pas une adresse de courriel : écrivez-en une seule, comme sante@ville.fr."

    def files(self, today: date, package: str) -> Iterator[tuple[str, bytes]]:
        """Name and content of each file; ``package``: what « pip install » is to be told."""
        marks = {
            "nom": self.nom,
            "phrase": self.phrase or "La banque d’expériences",
            "url": self.url or f"https://{self.identifiant}.example/",
            "courriel": self.courriel or f"contact@{self.identifiant}.example",
            "identifiant": self.identifiant,
            "annee": str(today.year),
            "jour": today.isoformat(),
            "paquet": package,
        }
        for path in sorted(path for path in MODEL.rglob("*") if path.is_file()):
            name = path.relative_to(MODEL).as_posix()
            text = path.read_text("utf-8")
            # The pages and the vocabularies keep their marks: a build fills them, whatever the name becomes.
            if not name.startswith("docs/"):
                quoted = name == "mkdocs.yml"
                for mark, value in marks.items():
                    text = text.replace(f"‹{mark}›", _scalar(value) if quoted else value)
            yield _PLACES.get(name, name), text.encode()


def _scalar(value: str) -> str:
    """A text of one line in YAML: JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)


def write_bank(folder: Path, bank: NewBank, today: date, package: str) -> list[str]:
    """Write the files of a bank to a folder that is empty, or not there; returns their names. Raises ``OSError``."""
    names = []
    for name, octets in bank.files(today, package):
        write_whole(folder / name, octets)
        names.append(name)
    return names
