"""The site in one ZIP that opens from a disk."""
