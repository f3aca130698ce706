"""Finding in a shop's admin: each of these adds its own pages."""

from recommender.admin import experiments, looks, quality, rules

__all__ = ["experiments", "looks", "quality", "rules"]
