"""Inspir’Actions: from Markdown fiches to a static site. Read ``build/site.py`` first."""
