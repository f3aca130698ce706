"""Review: people correct what the model is unsure of, and say how right it shall be."""

from catalog.admin.review import brands, overview, pointing, queue, retag, sheet

__all__ = ["brands", "overview", "pointing", "queue", "retag", "sheet"]
