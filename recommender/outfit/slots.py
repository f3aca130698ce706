"""Where on a body a garment is worn, and what is missing beside it.

An outfit has at most one piece a slot, and a dress stands in the place of a top and a bottom.
"""

from collections.abc import Collection
from functools import cache
from typing import Literal, get_args

from vision.taxonomy import taxonomy

Slot = Literal["full-body", "top", "bottom", "outer", "footwear", "bag", "headwear", "accessory"]
SLOTS: tuple[Slot, ...] = get_args(Slot)
SEPARATES: tuple[Slot, ...] = ("top", "bottom")
DRESS: tuple[Slot, ...] = ("full-body",)
AROUND: tuple[Slot, ...] = ("outer", "footwear", "bag", "headwear", "accessory")
"""What is worn with either, the more telling first."""
BEACH: tuple[Slot, ...] = ("footwear", "bag", "headwear")

WORN_OVER = {"cardigan"}
"""Sold as a top, worn as a layer."""
BEACH_ONLY = {"footwear": ("sandals", "flats")}
"""What goes with swimwear."""
LABELS = {
    "full-body": ("Dress", "원피스"),
    "top": ("Top", "상의"),
    "bottom": ("Bottom", "하의"),
    "outer": ("Layer", "아우터"),
    "footwear": ("Shoes", "신발"),
    "bag": ("Bag", "가방"),
    "headwear": ("Hat", "모자"),
    "accessory": ("Accessory", "액세서리"),
}


@cache
def slot_of(category: str) -> Slot | None:
    """None for what is worn by itself (underwear, sleepwear, swimwear) and for unknown words."""
    known = taxonomy().categories.get(category)
    if known is None:
        return None
    if category in WORN_OVER:
        return "outer"
    return next((slot for slot in SLOTS if slot == known.group), None)


@cache
def categories_of(slot: Slot) -> tuple[str, ...]:
    """The categories that are worn in a slot, in the order of the taxonomy."""
    return tuple(one for one in taxonomy().categories if slot_of(one) == slot)


def missing(owned: Collection[str]) -> tuple[tuple[Slot, ...], ...]:
    """The ways to complete garments of these categories: each names the slots to fill.

    A coat, a shoe, a bag goes with a top and a bottom or with a dress; a top needs a bottom; a
    dress needs neither. Empty where the garments are worn by themselves.
    """
    if "swimwear" in owned:
        return (_left(BEACH, owned),)
    slots = {slot_of(one) for one in owned} - {None}
    if not slots:
        return ()
    if slots & set(DRESS):
        return (_left(AROUND, owned),)
    if slots & set(SEPARATES):
        return (_left((*SEPARATES, *AROUND), owned),)
    return _left((*SEPARATES, *AROUND), owned), _left((*DRESS, *AROUND), owned)


def fitting(slot: Slot, owned: Collection[str]) -> tuple[str, ...]:
    """The categories that may fill a slot beside garments of these categories."""
    allowed = BEACH_ONLY.get(slot) if "swimwear" in owned else None
    return allowed or categories_of(slot)


def slot_label(slot: Slot, lang: str) -> str:
    return LABELS[slot][lang == "ko"]


def _left(slots: tuple[Slot, ...], owned: Collection[str]) -> tuple[Slot, ...]:
    taken = {slot_of(one) for one in owned}
    return tuple(slot for slot in slots if slot not in taken)
