"""The host that ``mkdocs.yml`` names (``extra.hebergeur``), and how much it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inspiractions.base.kept_values import kept


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
