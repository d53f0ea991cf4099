"""The built site as one file that opens from a disk, without a server (docs/adr/011-archive-hors-ligne.md)."""
