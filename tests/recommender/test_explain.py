import itertools

import numpy as np
import pytest

from recommender.candidates import Candidate
from recommender.explain import copula, explain
from recommender.query import Named, Query, QueryGarment, Shade
from recommender.rank import Parts, Ranked

NAVY = Shade("navy", "네이비", "navy", "#1f2a44", 1.0, (17.0, 3.0, -17.0))


def query(found: bool = True) -> Query:
    garment = QueryGarment(
        box=(0, 0, 1, 1),
        tags={"category": Named("shirt", 1.0, False), "pattern": Named("solid", 1.0, False)},
        palette=(NAVY,),
        embedding=np.zeros(256, np.float32),
        categories={"shirt": 1.0},
        patterns={"solid": 1.0},
    )
    return Query(1, 1, (garment,), found)


def said(lang: str, shape: float, color: float, pattern: float, category: float) -> str:
    candidate = Candidate(1, 1, 1, 0.1, "t-shirt", "stripe-fine", "navy", palette=(NAVY,))
    ranked = Ranked(candidate, Parts(shape, color, pattern, category), 0.5)
    return explain(query(), ranked, lang)


@pytest.mark.parametrize(
    ("parts", "english", "korean"),
    [
        (
            (0.9, 0.9, 1.0, 1.0),
            "The same kind of garment (T-shirt), nearly the same colour (navy) "
            "and a very similar shape.",
            "같은 티셔츠이고, 색(네이비)이 거의 같고, 모양이 아주 비슷해요.",
        ),
        (
            (0.6, 0.1, 1.0, 0.7),
            "A related kind of garment (T-shirt), a similar shape and the same pattern "
            "(fine stripe), but the colour is navy.",
            "비슷한 종류인 티셔츠이고, 모양이 비슷하고, 무늬(가는 줄무늬)가 같아요. "
            "다만 색은 네이비예요.",
        ),
        (
            (0.1, 0.6, 0.4, 0.4),
            "A similar colour (navy), but the cut differs.",
            "색(네이비)이 비슷해요. 다만 모양은 달라요.",
        ),
        (
            (0.9, 0.9, 0.0, 1.0),
            "The same kind of garment (T-shirt), nearly the same colour (navy) "
            "and a very similar shape, but the pattern is fine stripe.",
            "같은 티셔츠이고, 색(네이비)이 거의 같고, 모양이 아주 비슷해요. "
            "다만 무늬는 가는 줄무늬예요.",
        ),
        (
            (0.2, 0.1, 0.0, 0.0),
            "The nearest that this shop has.",
            "이 쇼핑몰에서 가장 가까운 상품이에요.",
        ),
    ],
)
def test_the_sentence_says_the_numbers(
    parts: tuple[float, float, float, float], english: str, korean: str
) -> None:
    assert said("en", *parts) == english
    assert said("ko", *parts) == korean


def test_every_combination_is_a_whole_sentence() -> None:
    for parts in itertools.product((0.0, 0.4, 0.6, 0.95), repeat=4):
        english, korean = said("en", *parts), said("ko", *parts)
        assert english[0].isupper() and english.endswith(".")
        assert korean.endswith("요.")
        assert not {"{", "}"} & set(english + korean)


def test_a_whole_photo_is_said_so() -> None:
    ranked = Ranked(Candidate(1, 1, 1, 0.1, "x", "x", "x"), Parts(1, 1, 1, 1), 1.0)
    assert "as a whole" in explain(query(found=False), ranked, "en")
    assert "사진 전체" in explain(query(found=False), ranked, "ko")


def test_the_korean_copula_follows_the_last_sound() -> None:
    assert [copula(word) for word in ("셔츠", "갈색", "빨강", "네이비", "XL")] == [
        "예요",
        "이에요",
        "이에요",
        "예요",
        "예요",
    ]
