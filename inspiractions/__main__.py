"""``python -m inspiractions``: the same as ``build_site.py``."""

from inspiractions.cli.main import run_alone

run_alone()
