"""The commands of ``build_site.py``, by what they are about. Each module adds its own to the parser (``inspiractions/cli.py``)."""
