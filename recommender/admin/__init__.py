"""Finding in a shop's admin: each of these adds its own pages."""

from recommender.admin import by_photo, experiments, kept, looks, quality, rules

__all__ = ["by_photo", "experiments", "kept", "looks", "quality", "rules"]
