"""What ``mkdocs.yml`` may say: MkDocs would run a hook, a plugin or a YAML tag that a content tree brings, and publish HTML as it is.

And what ``check`` tells of it without MkDocs, which is slow to read and says it in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from inspiractions.base.paths import docs_files, find
from inspiractions.base.problem import Problem
from inspiractions.base.text import nearest
from inspiractions.model.source import Place, Value, read_yaml, yaml_outline

# Stop « mkdocs build » (theme/mkdocs_alone.py); our own build runs neither.
_OWN_HOOK, _OWN_PLUGIN = "hooks: [build_site.py]", ["inspiractions"]
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
