"""Grounds, shadows, hangers, clutter and the camera."""
