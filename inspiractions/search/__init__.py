"""The search index, its facets, and the Python twin of the engine."""
