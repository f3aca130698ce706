"""How well a shop's own search does, from its own second photos and its reviewed tags."""
