"""What the photo sets call a colour, as the taxonomy's families."""

from __future__ import annotations

from vision.training.sets import Row

Ids = frozenset[str]

# by hm's master colour, and where it is given by its colour group too
HM = {
    "Black": "black",
    "White": "white",
    "Grey": "grey",
    "Beige": "beige",
    "Brown": "brown",
    "Mole": "brown beige grey",
    "Red": "red",
    "Pink": "pink",
    "Orange": "orange",
    "Yellow": "yellow",
    "Green": "green",
    "Green/Light Green": "green mint",
    "Khaki green": "khaki",
    "Khaki green/Green": "khaki green",
    "Khaki green/Dark Green": "khaki green",
    "Yellowish Green": "green",
    "Turquoise": "mint sky blue green",
    "Turquoise/Light Turquoise": "mint sky",
    "Blue": "blue",
    "Blue/Dark Blue": "navy",
    "Blue/Light Blue": "sky",
    "Blue/Light Turquoise": "sky mint",
    "Lilac Purple": "purple",
    "Metal/Gold": "gold",
    "Metal/Silver": "silver",
}
MYNTRA = {
    "Black": "black",
    "White": "white",
    "Off White": "white",
    "Grey": "grey",
    "Charcoal": "grey",
    "Grey Melange": "grey",
    "Steel": "silver grey",
    "Silver": "silver",
    "Metallic": "silver",
    "Gold": "gold",
    "Copper": "brown gold",
    "Bronze": "brown gold",
    "Beige": "beige",
    "Cream": "beige white",
    "Nude": "beige",
    "Skin": "beige",
    "Taupe": "beige brown grey",
    "Tan": "brown beige",
    "Brown": "brown",
    "Coffee Brown": "brown",
    "Mushroom Brown": "brown",
    "Rust": "orange brown",
    "Red": "red",
    "Maroon": "red",
    "Burgundy": "red",
    "Pink": "pink",
    "Magenta": "pink",
    "Rose": "pink",
    "Peach": "orange pink",
    "Orange": "orange",
    "Yellow": "yellow",
    "Mustard": "yellow",
    "Green": "green mint",
    "Lime Green": "green",
    "Fluorescent Green": "green",
    "Sea Green": "green mint",
    "Olive": "khaki",
    "Khaki": "khaki beige",
    "Teal": "green blue mint",
    "Turquoise Blue": "mint sky blue",
    "Blue": "blue sky",
    "Navy Blue": "navy",
    "Purple": "purple",
    "Lavender": "purple",
    "Mauve": "purple",
    "Multi": "multicolour",
}
# metals are a colour of jewellery, buckles and shoes; a garment's "gold" is a dye
METAL_WARE = frozenset(["accessory", "belt", "bag", "heels", "sandals", "shoes", "flats"])


def hm(row: Row, kinds: Ids) -> Ids:
    master = row.get("perceived_colour_master_name", "")
    group = row.get("colour_group_name", "")
    if master == "Metal" and not kinds & METAL_WARE:
        return frozenset()
    return frozenset(HM.get(f"{master}/{group}", HM.get(master, "")).split())


def myntra(row: Row) -> Ids:
    return frozenset(MYNTRA.get(row.get("baseColour", ""), "").split())
