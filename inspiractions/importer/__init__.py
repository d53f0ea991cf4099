"""From a filled Word form to a draft fiche (docs/adr/007-formulaires-en-donnees.md)."""
