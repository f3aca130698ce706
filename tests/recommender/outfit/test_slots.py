import pytest

from recommender.outfit.slots import LABELS, SLOTS, categories_of, fitting, missing, slot_of
from vision.taxonomy import taxonomy


def test_every_category_has_its_slot_or_is_worn_alone() -> None:
    alone = {one for one in taxonomy().categories if slot_of(one) is None}
    assert alone == {"swimwear", "underwear", "sleepwear"}
    placed = [one for slot in SLOTS for one in categories_of(slot)]
    assert sorted(placed) == sorted(set(taxonomy().categories) - alone)
    assert slot_of("cardigan") == "outer"
    assert set(LABELS) == set(SLOTS)


@pytest.mark.parametrize(
    ("owned", "ways"),
    [
        (["dress"], ["outer footwear bag headwear accessory"]),
        (["shirt"], ["bottom outer footwear bag headwear accessory"]),
        (["jeans"], ["top outer footwear bag headwear accessory"]),
        (
            ["coat"],
            [
                "top bottom footwear bag headwear accessory",
                "full-body footwear bag headwear accessory",
            ],
        ),
        (
            ["sneakers"],
            ["top bottom outer bag headwear accessory", "full-body outer bag headwear accessory"],
        ),
        (["shirt", "skirt", "bag"], ["outer footwear headwear accessory"]),
        (["dress", "coat"], ["footwear bag headwear accessory"]),
        (["swimwear"], ["footwear bag headwear"]),
        (["underwear"], []),
        (["a word of the shop's"], []),
    ],
)
def test_what_is_missing(owned: list[str], ways: list[str]) -> None:
    assert [" ".join(way) for way in missing(owned)] == ways


def test_no_boots_on_the_beach() -> None:
    assert fitting("footwear", ["swimwear"]) == ("sandals", "flats")
    assert "boots" in fitting("footwear", ["dress"])
