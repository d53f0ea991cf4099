"""Drawings: maps and share images."""
