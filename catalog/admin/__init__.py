"""The catalogue in a shop's admin."""

from catalog.admin import (
    columns,
    duplicates,
    feeds,
    imports,
    photos,
    products,
    review,
    start,
    taxonomy,
    teaching,
)

__all__ = [
    "columns",
    "duplicates",
    "feeds",
    "imports",
    "photos",
    "products",
    "review",
    "start",
    "taxonomy",
    "teaching",
]
