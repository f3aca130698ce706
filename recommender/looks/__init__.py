"""Looks: a title, a story, a photo whose garments can be searched, and the pieces that make it."""
