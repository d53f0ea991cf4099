"""Drawings made at build, as data that templates print as SVG."""
