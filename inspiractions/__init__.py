"""Inspir'Actions : de fiches Markdown à un site statique. Lire d'abord ``site.py``."""
