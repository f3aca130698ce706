"""What only the whole knows: a shop's way out."""

from lookus.leaving import pages

__all__ = ["pages"]
