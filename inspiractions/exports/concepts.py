"""The stable URI of every vocabulary and term: its page, or a fragment of its Turtle file where it has none."""

from __future__ import annotations

from inspiractions.model.banque import FACETTES, Banque

DOSSIER = "donnees/vocabulaires/"
_TITRES = {"echelles": "Échelles", "rubriques": "Rubriques du récit"}


class Adresses:
    """The URI of each scheme and concept; ``site_url`` ends with ``/``."""

    def __init__(self, banque: Banque, site_url: str) -> None:
        self._site_url = site_url
        self._facettes = {banque.vocabulaire(facette).nom: facette for facette in FACETTES}

    def titre(self, nom: str) -> str:
        """What a vocabulary is called."""
        return self._facettes[nom].titre if nom in self._facettes else _TITRES[nom]

    def ensemble(self, nom: str) -> str:
        """The URI of a vocabulary."""
        return self._site_url + (f"{self._facettes[nom].adresse}/" if nom in self._facettes else f"{DOSSIER}{nom}.ttl")

    def terme(self, nom: str, identifiant: str) -> str:
        """The URI of a term."""
        if nom in self._facettes:
            return self._site_url + self._facettes[nom].chemin(identifiant)
        return f"{self.ensemble(nom)}#{identifiant}"
