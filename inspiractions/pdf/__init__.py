"""The récits on paper: one accessible PDF each, and whole collections of them (docs/adr/006-pdf.md)."""
