"""The lead-in of a new shop: four steps from its name to the lens on its pages."""

from catalog.admin.start import views

__all__ = ["views"]
