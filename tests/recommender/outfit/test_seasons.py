from typing import Any

import pytest

from recommender.outfit.seasons import COLD, HOT, seasons


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("summer", {"summer"}),
        ("봄, 가을", {"spring", "autumn"}),
        ("SS24", {"spring", "summer"}),
        ("25 F/W", {"autumn", "winter"}),
        ("AW-2025", {"autumn", "winter"}),
        ("dress", set()),
        ("", set()),
    ],
)
def test_the_shops_own_word(text: str, named: set[str]) -> None:
    assert set(seasons("shirt", text=text)) == named


@pytest.mark.parametrize(
    ("category", "said", "expected"),
    [
        ("coat", {}, COLD),
        ("sandals", {}, HOT),
        ("shorts", {"cloth": {"wool": 0.8}}, COLD),
        ("trousers", {"cloth": {"linen": 0.6}}, HOT),
        ("trousers", {"cloth": {"linen": 0.2, "wool": 0.2}}, {}),
        ("hat", {"cloth": {"knit": 0.9}}, COLD),
        ("polo", {"cloth": {"knit": 0.9}}, {}),
        ("dress", {"sleeve": "sleeveless"}, HOT),
        ("dress", {"sleeve": "long"}, {}),
        ("dress", {"sleeve": "short", "cloth": {"velvet": 0.7}}, COLD),
        ("jacket", {"sleeve": "short"}, {}),
        ("bag", {}, {}),
        ("bag", {"seen": "winter"}, {"winter": 1.0}),
        ("sandals", {"seen": "winter"}, HOT),
        ("sandals", {"text": "winter"}, {"winter": 1.0}),
        ("a word of the shop's", {"sleeve": "short"}, {}),
    ],
)
def test_what_kind_cloth_and_sleeves_say(
    category: str, said: dict[str, Any], expected: dict[str, float]
) -> None:
    assert seasons(category, **said) == expected
