"""The shop's taxonomy: names, synonyms, what is hidden or merged, and its history."""

from catalog.admin.taxonomy import pages

__all__ = ["pages"]
