"""The catalogue in a shop's admin."""

from catalog.admin import imports, photos, products

__all__ = ["imports", "photos", "products"]
