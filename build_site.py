"""Construit Inspir'Actions : ``python build_site.py --help``."""

import sys

from inspiractions.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
