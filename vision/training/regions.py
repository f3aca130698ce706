"""The parser's classes, and what the 59 classes of the street photos are among them."""

from __future__ import annotations

import numpy as np

from vision.taxonomy import taxonomy
from vision.training.sets import Pixels, Row

# mask values beside the classes: unknown, and "some class but not the ground"
IGNORE, NOT_GROUND = 255, 254

STREET = {
    "background": "null",
    "skin-hair": "skin hair",
    "upper": "blouse bodysuit bra intimate jumper shirt sweater sweatshirt t-shirt top hoodie",
    "outer": "blazer cape cardigan coat jacket suit vest",
    "full-body": "dress romper swimwear",
    "lower": "jeans leggings pants panties shorts skirt stockings tights",
    "footwear": "boots clogs flats heels loafers pumps sandals shoes sneakers socks wedges",
    "headwear": "hat",
    "bag": "accessories bag belt bracelet earrings glasses gloves necklace purse ring scarf "
    "sunglasses tie wallet watch",
}


def classes() -> tuple[str, ...]:
    """The parser's classes in the order of its output."""
    return taxonomy().regions


def street_table(rows: list[Row]) -> Pixels:
    """uint8 [256]: the parser's class of each value of a street mask, from the rows
    (`value`, `name`) of its class list. Raises KeyError for a name that has no class."""
    place = {word: region for region, words in STREET.items() for word in words.split()}
    table = np.full(256, IGNORE, np.uint8)
    for row in rows:
        table[int(row["value"])] = classes().index(place[row["name"]])
    return table
