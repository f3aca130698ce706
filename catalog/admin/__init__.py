"""The catalogue in a shop's admin."""

from catalog.admin import columns, feeds, imports, photos, products, review, start

__all__ = ["columns", "feeds", "imports", "photos", "products", "review", "start"]
