"""What makes a fiche, a dossier or the whole bank unacceptable."""
