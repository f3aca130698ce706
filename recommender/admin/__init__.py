"""Finding in a shop's admin: each of these adds its own pages."""

from recommender.admin import quality, rules

__all__ = ["quality", "rules"]
