"""Which photos are held out: by group, by hash, the same on every machine and in every run."""

from __future__ import annotations

from hashlib import blake2b

from vision.training.sets import Row

TRAIN, CALIBRATE, TEST = "train", "calibrate", "test"
# shares of the groups; the rest trains
TEST_SHARE, CALIBRATE_SHARE = 0.14, 0.06
# the column that names what must not be torn apart: a sender's photos or a design's colourways
# resemble each other
GROUP_COLUMN = {"phone": "sender_id", "hm": "product_code", "myntra": "productDisplayName"}


def split_of(group: str) -> str:
    """The part ("train", "calibrate" or "test") of a group."""
    digest = blake2b(group.encode(), digest_size=8).digest()
    place = int.from_bytes(digest, "big") / 2**64
    if place < TEST_SHARE:
        return TEST
    return CALIBRATE if place < TEST_SHARE + CALIBRATE_SHARE else TRAIN


def group_of(name: str, row: Row) -> str:
    """The group of a row of set `name`; a set without a group column splits photo by photo."""
    column = GROUP_COLUMN.get(name) or ("file" if "file" in row else "photo")
    return f"{name}/{row[column]}"


def splits(name: str, rows: list[Row]) -> list[str]:
    """The part of each row."""
    return [split_of(group_of(name, row)) for row in rows]
