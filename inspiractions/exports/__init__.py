"""Files for machines: open data, API, feeds, vocabularies, what hosts and robots read."""
