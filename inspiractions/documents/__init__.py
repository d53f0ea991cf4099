"""What leaves the site to be kept or sent: PDFs, the newsletter, the archive."""
