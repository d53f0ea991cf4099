"""Puts the site together: what is made, what is kept, links, weights, the swap."""
