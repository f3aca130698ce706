"""The catalogue in a shop's admin."""

from catalog.admin import photos, products

__all__ = ["photos", "products"]
