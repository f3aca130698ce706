"""Verbs of the catalogue. Call them inside the shop's scope unless they say otherwise."""
