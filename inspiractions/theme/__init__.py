"""What the site looks like: Jinja, MkDocs, colours, maps and share images."""
