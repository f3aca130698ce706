"""Sees: a photo in, its garments with tags, colours and vectors out. No Django anywhere in it."""
