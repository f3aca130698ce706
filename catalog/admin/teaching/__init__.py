"""Teaching: the shop's own heads from what people corrected, and its own classes from examples."""

from catalog.admin.teaching import class_photos, classes, heads, picking

__all__ = ["class_photos", "classes", "heads", "picking"]
