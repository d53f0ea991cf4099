"""From what a form says to the draft of a fiche and a report."""
