"""The way back to the city: a Word form already filled with what a fiche says, and what its answer changes in the fiche."""
