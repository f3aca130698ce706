"""Colour families against what the catalogue filed."""

from __future__ import annotations

from collections.abc import Sequence

from vision.training.predictions import Served
from vision.training.scores import Judged
from vision.training.sets import Row
from vision.types import Garment

# the families that are right for each of hm's master colours; `Unknown` and `undefined` are none
MASTER = {
    "Black": "black",
    "White": "white",
    "Grey": "grey",
    "Beige": "beige",
    "Mole": "brown grey beige khaki",
    "Brown": "brown",
    "Red": "red",
    "Pink": "pink",
    "Orange": "orange",
    "Yellow": "yellow",
    "Green": "green mint",
    "Yellowish Green": "green yellow khaki",
    "Khaki green": "khaki green",
    "Turquoise": "mint blue sky green",
    "Blue": "blue navy sky",
    "Lilac Purple": "purple",
    "Metal": "gold silver grey",
}
# hm files a colour twice; where its finer group names another family, that one is right as well
GROUP = {
    "Dark Grey": "grey",
    "Light Grey": "grey",
    "Grey": "grey",
    "Black": "black",
    "White": "white",
    "Off White": "white",
    "Light Beige": "beige",
    "Beige": "beige",
    "Dark Beige": "beige brown",
    "Greyish Beige": "beige grey",
    "Yellowish Brown": "brown",
    "Greenish Khaki": "khaki",
    "Dark Yellow": "yellow",
    "Yellow": "yellow",
    "Light Yellow": "yellow",
    "Dark Orange": "orange",
    "Orange": "orange",
    "Light Orange": "orange",
    "Dark Red": "red",
    "Red": "red",
    "Dark Pink": "pink",
    "Pink": "pink",
    "Light Pink": "pink",
    "Dark Purple": "purple",
    "Purple": "purple",
    "Light Purple": "purple",
    "Dark Blue": "blue navy",
    "Light Blue": "blue sky",
    "Dark Green": "green",
    "Green": "green",
    "Light Green": "green mint",
    "Turquoise": "mint blue",
    "Light Turquoise": "mint sky",
    "Dark Turquoise": "green blue",
    "Bronze/Copper": "brown orange",
    "Gold": "gold",
    "Silver": "silver",
}


def master_families(row: Row) -> frozenset[str]:
    """The families that a catalogue row's master colour allows; empty where it names none."""
    return frozenset(MASTER.get(row["perceived_colour_master_name"], "").split())


def filed_families(row: Row) -> frozenset[str]:
    """... with those of its colour group."""
    master = master_families(row)
    return master | frozenset(GROUP.get(row["colour_group_name"], "").split()) if master else master


def color_answers(served: Served) -> list[Judged]:
    """The first colour's family against the master colour, as strict as MASTER says."""
    return [
        Judged(
            served.name,
            int(index),
            row["perceived_colour_master_name"],
            families(garment)[0],
            garment.palette[0].share,
            families(garment)[0] in master_families(row),
        )
        for index, row, garment in zip(served.indices, served.rows, served.main, strict=True)
        if master_families(row)
    ]


def color_scores(served: Served) -> dict[str, float]:
    """Shares of photos whose family is right in the first colour, and in one of the first two:
    against the master colour, and against either of the two names that are filed."""
    pairs = zip(served.rows, served.main, strict=True)
    kept = [(row, families(garment)) for row, garment in pairs if master_families(row)]

    def share(count: int, by_either: bool) -> float:
        allowed = filed_families if by_either else master_families
        return sum(any(f in allowed(row) for f in said[:count]) for row, said in kept) / max(
            1, len(kept)
        )

    return {
        "photos": len(kept),
        "first": share(1, False),
        "first_two": share(2, False),
        "first_by_either": share(1, True),
        "first_two_by_either": share(2, True),
    }


def families(garment: Garment) -> Sequence[str]:
    """The families of a garment's colours, the one named first first."""
    return [color.family for color in garment.palette]
