"""Construit la banque : ``python build_site.py --help``. MkDocs, appelé seul, s’arrête ici (« hooks » de mkdocs.yml)."""

import sys

from inspiractions.theme.settings import stop


def on_startup(command: str, **_: object) -> None:
    """Ce que MkDocs appelle d’abord."""
    stop(command, "python build_site.py")


if __name__ == "__main__":
    from inspiractions.cli.main import main

    sys.exit(main())
