"""Where the fiches live for those who mend them: addresses of the forge (GitHub, GitLab, Forgejo) and of the web form.

Read from ``mkdocs.yml``: ``repo_url``, ``edit_uri``, ``extra.forge`` (``genre``, ``branche``), ``extra.formulaire``,
``extra.courriel``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from inspiractions.base.kept_values import kept
from inspiractions.base.mail import mailto
from inspiractions.base.outputs import BASE

GENRES = ("github", "gitlab", "forgejo")
_BRANCHE = re.compile(r"/?(?:-/)?(?:_?edit|blob|src/branch)/(?P<branche>.+?)/docs/?")
_EDIT = {"github": "edit/{}/", "gitlab": "-/edit/{}/", "forgejo": "_edit/{}/"}
_ERREUR = "signaler-une-erreur"
# What whoever reports an error is asked for, as docs/contribuer/index.md says.
_TO_TELL = ("La phrase en cause :", "", "Ce qu’il faudrait écrire, et d’où vient l’information :", "")


class UnknownForge(ValueError):
    """What ``mkdocs.yml`` says of the forge makes no sense; the text says what to write."""


@kept
@dataclass(frozen=True)
class Forge:
    """``adresse`` is that of the repository, empty where there is none; ``formulaire``: whether the site has its web form.

    ``courriel``: the generic mailbox of the bank, empty where there is none.
    """

    adresse: str = ""
    genre: str = ""
    branche: str = "main"
    options: Mapping[str, object] = field(default_factory=dict)
    formulaire: bool = False
    courriel: str = ""

    def modifier(self, identifiant: str) -> str:
        """Where to mend a fiche: the web form, else the forge's editor, else the page that says how to ask."""
        if self.formulaire:
            return f"{BASE}admin/#/collections/actions/entries/{identifiant}"
        if self.adresse:
            return f"{self.adresse}/{_EDIT[self.genre].format(self.branche)}actions/{identifiant}.md"
        return f"{BASE}contribuer/"

    def signaler(self, titre: str, permalien: str) -> str:
        """Where to report an error: a form of the forge that names the page, else a letter, else the page that says how."""
        sujet = f"Erreur : {titre}"
        if self.genre == "gitlab":
            query = {"issuable_template": _ERREUR, "issue[title]": sujet, "issue[description]": f"Page : {permalien}"}
            return f"{self.adresse}/-/issues/new?{urlencode(query)}"
        if self.genre == "github":
            query = {"template": f"{_ERREUR}.yml", "title": sujet, "page": permalien}
            return f"{self.adresse}/issues/new?{urlencode(query)}"
        if self.genre == "forgejo":
            query = {"template": f".github/ISSUE_TEMPLATE/{_ERREUR}.yml", "title": sujet}
            return f"{self.adresse}/issues/new?{urlencode(query)}"
        if self.courriel:
            return mailto(self.courriel, sujet, (f"Page : {permalien}", "", *_TO_TELL))
        return f"{BASE}contribuer/#signaler-une-erreur"

    @property
    def repository(self) -> str:
        """``proprietaire/depot``."""
        return urlsplit(self.adresse).path.strip("/")

    @property
    def hote(self) -> str:
        """``https://forge.example``."""
        parts = urlsplit(self.adresse)
        return f"{parts.scheme}://{parts.netloc}"


def read_forge(config: Mapping[str, object], formulaire: bool = False) -> Forge:
    """The forge that ``mkdocs.yml`` names. Raises ``UnknownForge``."""
    adresse = str(config.get("repo_url") or "").rstrip("/").removesuffix(".git")
    extra = _mapping(config, "extra")
    forge, options = _mapping(extra, "forge"), _mapping(extra, "formulaire")
    courriel = str(extra.get("courriel") or "")
    if not adresse:
        return Forge(options=options, formulaire=formulaire, courriel=courriel)
    if not re.fullmatch(r"https://[^/\s]+/[^\s?#]+", adresse):
        raise UnknownForge(f"mkdocs.yml : repo_url « {adresse} » : écrivez https://forge.example/proprietaire/depot.")
    genre = str(forge.get("genre") or _genre(urlsplit(adresse).netloc))
    if genre not in GENRES:
        raise UnknownForge(
            f"mkdocs.yml : écrivez sous « extra: forge: » une ligne « genre: » parmi {', '.join(GENRES)}."
        )
    branch = _BRANCHE.fullmatch(str(config.get("edit_uri") or ""))
    branche = str(forge.get("branche") or (branch["branche"] if branch else "main"))
    return Forge(adresse, genre, branche, options, formulaire, courriel)


def _mapping(config: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = config.get(key)
    return value if isinstance(value, Mapping) else {}


def _genre(hote: str) -> str:
    if hote == "github.com":
        return "github"
    if "gitlab" in hote:
        return "gitlab"
    return "forgejo" if hote == "codeberg.org" or "forgejo" in hote else ""
