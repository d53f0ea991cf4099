"""Récits and recueils as accessible PDFs, by Typst."""
