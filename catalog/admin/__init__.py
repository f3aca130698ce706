"""The catalogue in a shop's admin."""

from catalog.admin import columns, imports, photos, products, review, start

__all__ = ["columns", "imports", "photos", "products", "review", "start"]
