"""Measures: our build beside that of plain MkDocs with Material, on the same generated actions (``python -m bench``)."""
