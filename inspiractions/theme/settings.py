"""What a bank sets in ``mkdocs.yml``: what the site takes from it (``Settings``), and what it may not say.

- The host (``extra.hebergeur``), and how much it takes.
- The forge where the fiches live for those who mend them (GitHub, GitLab, Forgejo), its addresses and those of the web form, from
  ``repo_url``, ``edit_uri``, ``extra.forge`` (``genre``, ``branche``), ``extra.formulaire``, ``extra.courriel``.
- What would act is refused: MkDocs would run a hook, a plugin or a YAML tag that a content tree brings, and publish HTML as it is.
  ``check`` tells of it without MkDocs, which is slow to read and says it in English. MkDocs called by itself in the folder of a bank
  would publish frames without actions: it is stopped.
- The contract of the engine that renders ``docs/``; ``mkdocs.py`` and ``zensical.py`` are the two (docs/adr/002-le-cadre.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlencode, urlsplit

from inspiractions.base.files import docs_files, find
from inspiractions.base.kept_values import kept
from inspiractions.base.outputs import BASE
from inspiractions.base.problem import Problem, Stop
from inspiractions.base.text import mailto, nearest
from inspiractions.model.identity import Identity
from inspiractions.model.source import Place, Value, read_yaml, yaml_outline


class UnknownHost(ValueError):
    """What ``mkdocs.yml`` says of the host makes no sense; the text says what to write."""


@kept
@dataclass(frozen=True)
class Host:
    """How much a host takes, 0 where it sets no limit: files, bytes in all, bytes of one file."""

    nom: str
    files: int = 0
    total: int = 0
    largest: int = 0


# docs/contribuer/hebergement.md tells the same with what follows from it. Looked up on 2026-11-28.
HOSTS = {
    # docs.github.com, « GitHub Pages limits ».
    "github": Host("GitHub Pages", total=1_000_000_000),
    # docs.gitlab.com, « GitLab.com settings » and « GitLab application limits »; an instance of one's own starts at 100 MB.
    "gitlab": Host("GitLab Pages (gitlab.com)", 200_000, 1_000_000_000),
    "gitlab-interne": Host("GitLab Pages (instance de la collectivité)", 200_000, 100_000_000),
    # developers.cloudflare.com, « Pages, Limits »: of the free plan; 100,000 files on the others.
    "cloudflare": Host("Cloudflare Pages", 20_000, largest=25 * 1024 * 1024),
    # docs.netlify.com, « Build gotchas »: larger files are likely to fail.
    "netlify": Host("Netlify", largest=10_000_000),
}


def read_host(config: Mapping[str, object]) -> Host | None:
    """The host that ``mkdocs.yml`` names, if it names one. Raises ``UnknownHost``."""
    extra = config.get("extra")
    name = extra.get("hebergeur") if isinstance(extra, Mapping) else None
    if name is None:
        return None
    if not isinstance(name, str) or name not in HOSTS:
        raise UnknownHost(
            f"mkdocs.yml : « hebergeur: {name} » n’est pas connu : écrivez {', '.join(HOSTS)}, ou ôtez la ligne."
        )
    return HOSTS[name]


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


# Stop « mkdocs build » (theme/settings.py); our own build runs neither.
_OWN_HOOK, _OWN_PLUGIN = "hooks: [build_site.py]", ["inspiractions"]


@kept
@dataclass(frozen=True)
class Settings:
    """What the site takes from ``mkdocs.yml``. ``site_url`` ends with « / », and is nothing else where the file has none."""

    identity: Identity
    site_url: str
    forge: Forge
    host: Host | None = None

    @property
    def site_name(self) -> str:
        """The name of the bank."""
        return self.identity.nom

    @property
    def base_path(self) -> str:
        """The path of the site's address: ``/`` or ``/sous/chemin/``."""
        return urlsplit(self.site_url).path


_ACTING = frozenset(["hooks", "INHERIT", "extra_templates", "watch", "dev_addr", "copyright"])
# Those of which rules/sources.py judges the pages (and of MkDocs' own: toc, tables, fenced_code).
_EXTENSIONS = frozenset(["admonition", "attr_list", "tables", "toc", "fenced_code"])
# Those of MkDocs (www.mkdocs.org/user-guide/configuration); what acts is refused besides.
_KEYS = frozenset([
    "site_name", "site_url", "site_description", "site_author", "repo_url", "repo_name", "edit_uri", "edit_uri_template", "remote_branch",
    "remote_name", "docs_dir", "site_dir", "use_directory_urls", "exclude_docs", "draft_docs", "not_in_nav", "nav", "validation", "strict",
    "theme", "plugins", "markdown_extensions", "mdx_configs", "extra", "extra_css", "extra_javascript", *_ACTING,
])  # fmt: skip
_ADDRESS = re.compile(r"https?://[^/\s?#]+(?:/[^\s?#]*)?")
_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.I)


def check_configuration(root: Path) -> Iterator[Problem]:
    """What a build would refuse of the ``mkdocs.yml`` of a content tree: its YAML, its keys, its address, the pages of its menu."""
    path, pages = find(root, "mkdocs.yml"), docs_files(root)
    if not path.is_relative_to(root):
        return
    written, source, problems = read_yaml(root, path)
    yield from problems
    if problems or not isinstance(written, dict):
        if not problems:
            yield source.problem(1, "mkdocs", "ce fichier doit être une suite de lignes « clé: valeur ».")
        return
    for key in written.keys() - _KEYS:
        near = nearest(key, _KEYS)
        advice = f"vouliez-vous « {near} » ?" if near else "ôtez-la, ou rangez-la sous « extra: »."
        yield source.problem((key,), "mkdocs", f"clé inconnue « {key} » : {advice}")
    address = written.get("site_url")
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
        message = "« site_url: » doit donner l’adresse entière du site, https://www.exemple.fr/chemin/ : elle entre dans les adresses permanentes."
        # Without one the site can be made, and read from a disk; a wrong one is refused.
        yield source.problem(("site_url",), "mkdocs", message, doubt=address is None)
    for place, page in _pages(written.get("nav"), ("nav",)):
        if page not in pages:
            message = f"« {page} » n’est pas une page de docs/ : écrivez-la, ou ôtez cette ligne du menu."
            yield source.problem(place, "mkdocs", message)


def _pages(nav: Value, place: Place) -> Iterator[tuple[Place, str]]:
    """Each page of a menu, with its place in the file; addresses of elsewhere are none."""
    if isinstance(nav, str) and not _ELSEWHERE.match(nav):
        yield place, nav
    elif isinstance(nav, dict):
        for key, part in nav.items():
            yield from _pages(part, (*place, key))
    elif isinstance(nav, list):
        for index, part in enumerate(nav):
            yield from _pages(part, (*place, index))


def refusals_before_reading(text: str) -> Iterator[tuple[int, str]]:
    """Line and French sentence of each tag, and of each key that acts. Raises nothing: what is no YAML is told by who reads it."""
    tags, keys = yaml_outline(text)
    for line, tag in tags:
        yield line, f"étiquette « {tag[:60]} » refusée : écrivez la valeur elle-même."
    lines = text.splitlines()
    for key, line in keys.items():
        if (key in _ACTING or key == "<<") and lines[line - 1].rstrip() != _OWN_HOOK:
            yield line, f"« {key} » refusé : il ferait agir le contenu, ou en prendrait d’ailleurs ; ôtez-le."


def refusals(written: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Key and French sentence of each value that acts or comes from elsewhere, of what the file itself says. What MkDocs refuses is
    left to it."""
    if written.get("plugins") not in (None, [], {}, _OWN_PLUGIN):
        yield "plugins", "un greffon est un programme : laissez « plugins: [] »."
    extensions = written.get("markdown_extensions")
    for extension in _names(extensions):
        if extension not in _EXTENSIONS:
            yield "markdown_extensions", f"« {extension} » : seules le sont {', '.join(sorted(_EXTENSIONS))}."
    for key in ("extra_css", "extra_javascript"):
        for path in _texts(written.get(key)):
            if _ELSEWHERE.match(path):
                yield key, f"« {path[:60]} » vient d’ailleurs : déposez le fichier dans docs/assets/."
    for key in ("site_name", "site_description", "site_author", "repo_name", "nav", "extra"):
        for text in _texts(written.get(key)):
            if re.search(r"[<>\"]", text):
                yield key, f"« {text[:60]} » : ni « < », ni « > », ni guillemet droit ; écrivez en texte simple."
    yield from _of_theme(written.get("theme"))
    for link in _links(written.get("nav")):
        if _ELSEWHERE.match(link) and not link.startswith("https://"):
            yield "nav", f"« {link[:60]} » : un lien du menu mène à une page .md, ou commence par https://."
    yield from _of_extra(written.get("extra"))


def _of_extra(extra: object) -> Iterator[tuple[str, str]]:
    if isinstance(extra, Mapping) and (
        acting := {"analytics", "consent", "social", "alternate", "homepage"} & extra.keys()
    ):
        yield "extra", f"« {min(acting)} » : le site n’appelle personne et n’a pas ces liens ; ôtez-le."


def _of_theme(theme: object) -> Iterator[tuple[str, str]]:
    if not isinstance(theme, Mapping):
        return
    if theme.get("font"):
        yield "theme", "« font » : le site ne prend pas de police ailleurs ; écrivez « font: false »."
    if not isinstance(theme.get("palette", []), list | Mapping):
        yield "theme", "« palette » : ôtez la ligne, le site a ses couleurs (extra: couleurs:)."
    for key in ("favicon", "logo"):
        if isinstance(path := theme.get(key), str) and _ELSEWHERE.match(path):
            yield "theme", f"« {key}: {path[:60]} » vient d’ailleurs : déposez le fichier dans docs/assets/."


def _names(extensions: object) -> Iterator[str]:
    """A list of names, of which some bring settings; or a group of those."""
    for one in extensions if isinstance(extensions, list) else [extensions]:
        yield from map(str, one) if isinstance(one, Mapping) else [one] if isinstance(one, str) else ()


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from (*_texts(key), *_texts(part))
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _links(nav: object) -> Iterator[str]:
    """The addresses of a menu: what is no title."""
    if isinstance(nav, str):
        yield nav
    for part in nav.values() if isinstance(nav, Mapping) else nav if isinstance(nav, list) else ():
        yield from _links(part)


_WHY = "« mkdocs {} » ne rendrait que les pages de docs/ et des cadres vides, sans une action : rien n’a été fait."
_INSTEAD = {
    "build": "Pour construire le site : {} build",
    "serve": "Pour voir le site et le refaire à chaque changement : {} serve",
    "gh-deploy": "Pour le mettre en ligne, construisez-le ({} build) et publiez le dossier site/ : docs/contribuer/hebergement.md dit comment.",
}


def stop(command: str, program: str) -> NoReturn:
    """End the process of MkDocs with a French sentence. ``command``: ``build``, ``serve`` or ``gh-deploy``; ``program``: what to write."""
    instead = _INSTEAD.get(command, _INSTEAD["build"]).format(program)
    raise SystemExit(f"{_WHY.format(command)}\n{instead}")


ENGINES = ("mkdocs", "zensical")
USUAL_ENGINE = "mkdocs"


class FrameError(Stop):
    """The engine refused, or warned: its messages."""

    sentence = "mkdocs.yml ou les pages de docs/ ont été refusés :\n{}"


@dataclass(frozen=True)
class Project:
    """What is rendered.

    ``path``: ``mkdocs.yml``; ``written``: what it says, and ``extra.lettres``, whether there is a page of past letters;
    ``docs``: the folder of the pages, in Markdown; ``templates``: the folder of ``main.html``, in the part of Jinja that both
    engines read: no attribute of what may be missing, pages compared by ``url``, ``nav.items``, sections known by their children.
    """

    path: Path
    written: Mapping[str, Any]
    docs: Path
    templates: Path


Engine = Callable[[Project, Path], None]
"""Puts every page at its address (``a/b.md`` at ``a/b/index.html``) into a folder that is not there yet, with ``404.html``, the
other files of ``docs/`` and the theme's styles. Raises ``FrameError`` on an error and on any warning."""
