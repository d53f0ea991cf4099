"""``python -m inspiractions``: the same as ``build_site.py``."""

import sys

from inspiractions.cli.main import main

sys.exit(main())
