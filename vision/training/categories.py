"""What the photo sets call a garment, as taxonomy categories.

A label is the set of ids it allows: `phone` says Longsleeve for four kinds of garment, and a
photo labelled so teaches only that it is one of the four. An empty set teaches nothing.
"""

from __future__ import annotations

import re

from vision.taxonomy import taxonomy
from vision.training.kinds import HM, MYNTRA, PHONE
from vision.training.sets import Row

Ids = frozenset[str]


def _says(pattern: str, text: str) -> bool:
    return re.search(rf"\b(?:{pattern})", text.lower()) is not None


def _hm(row: Row) -> str:
    kind, text = row["product_type_name"], row["detail_desc"]
    strappy = _says("sleeveless|(?:shoulder|spaghetti) straps|vest top|bandeau", text)
    sleeved = _says("jersey|t-shirt", text) and _says("sleeve|long-sleeved|short-sleeved", text)
    rules = (
        (kind == "Trousers" and row["garment_group_name"] == "Trousers Denim", "jeans"),
        (kind == "Trousers" and _says(r"jeans\b|denim\b", text), "jeans"),
        (kind == "Trousers" and _says("leggings", text), "leggings"),
        (kind in ("Sweater", "Top") and _says("hood", text), "hoodie"),
        (kind == "Sweater" and _says("t-shirt", text), "t-shirt sweater"),
        (kind == "Sweater" and _says("cardigan", text), "cardigan"),
        (kind == "Sweater" and _says("sweatshirt", text), "sweatshirt"),
        (kind == "Sweater" and _says("tops? in", text), "sweatshirt t-shirt sweater"),
        (kind == "Top" and strappy, "tank-top blouse"),
        (kind == "Top" and sleeved, "t-shirt"),
        (kind == "Blouse" and _says("shirt", text), "blouse shirt"),
        (kind == "Jacket" and _says("blazer", text), "blazer"),
        (kind == "Jacket" and _says("parka|coat", text), "jacket coat"),
    )
    return next((found for holds, found in rules if holds), HM.get(kind, ""))


def _myntra(row: Row) -> str:
    kind, name = row["articleType"], row["productDisplayName"].replace("-", " ")
    rules = (
        (kind == "Tshirts" and _says("polo t|polo neck|polo$|collar", name), "polo"),
        (kind == "Tshirts" and _says("polo", name), "polo t-shirt"),
        (kind == "Sweatshirts" and _says("hood", name), "hoodie sweatshirt"),
        (kind == "Sweatshirts", "sweatshirt hoodie jacket"),
        (kind == "Sweaters" and _says("vest|sleeveless", name), "vest sweater"),
        (kind == "Sweaters" and _says("cardigan", name), "cardigan"),
        (kind == "Casual Shoes" and _says("sneaker|canvas", name), "sneakers"),
    )
    return next((found for holds, found in rules if holds), MYNTRA.get(kind, ""))


def categories(name: str, row: Row) -> Ids:
    """The categories that the label of a row of set `name` allows."""
    if name == "phone":
        return frozenset(PHONE.get(row["label"], "").split())
    return frozenset((_hm(row) if name == "hm" else _myntra(row)).split())


def region(name: str, row: Row) -> str | None:
    """The parser class of the garment that a row names; None when its label leaves it open."""
    found = {taxonomy().categories[c].regions[0] for c in categories(name, row)}
    if name == "hm" and found & {"upper", "lower", "full-body", "outer"}:
        found = _intimate_region(row["product_type_name"]) or found
    if name == "myntra":
        found = _intimate_region(row["articleType"]) or found
    return found.pop() if len(found) == 1 else None


def _intimate_region(kind: str) -> set[str] | None:
    """Where underwear, swimwear and nightwear are worn, which their category does not say."""
    if _says("underwear bottom|swimwear bottom|pyjama bottom|briefs|trunk|boxers|sarong", kind):
        return {"lower"}
    if _says("bra$|bikini top|kids underwear top|camisoles|innerwear", kind):
        return {"upper"}
    if _says("swimsuit|underwear body|bodysuit|night|robe|kurt|saree|tunic", kind):
        return {"full-body"}
    if _says("swimwear set|pyjama set|underwear set|swimwear$", kind):
        return set()
    return None
