"""What the colouring network is told of a drawing's category."""

from vision.taxonomy import taxonomy

KINDS = ("top", "outer", "full-body", "trousers", "skirt", "headwear", "footwear", "bag", "other")
"""The taxonomy's groups, bottoms in two: trousers and skirts."""


def kind_of(category: str) -> str:
    """The kind, one of `KINDS`, of a category of the taxonomy."""
    if category == "skirt":
        return "skirt"
    one = taxonomy().categories.get(category)
    group = {"bottom": "trousers"}.get(one.group, one.group) if one else "other"
    return group if group in KINDS else "other"
