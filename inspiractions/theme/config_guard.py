"""What ``mkdocs.yml`` may say: MkDocs would run a hook, a plugin or a YAML tag that a content tree brings, and publish HTML as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from inspiractions.model.source import yaml_outline

# Stop « mkdocs build » (theme/mkdocs_alone.py); our own build runs neither.
_OWN_HOOK, _OWN_PLUGIN = "hooks: [build_site.py]", ["inspiractions"]
_ACTING = frozenset(["hooks", "INHERIT", "extra_templates", "watch", "dev_addr", "copyright"])
# Those of which rules/sources.py judges the pages (and of MkDocs' own: toc, tables, fenced_code).
_EXTENSIONS = frozenset(["admonition", "attr_list", "tables", "toc", "fenced_code"])
_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.I)


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
