from dataclasses import replace

import pytest

from recommender.outfit.compose import Choice
from recommender.outfit.harmony import Rule
from recommender.outfit.pieces import Piece
from recommender.outfit.words import why
from tests.recommender.outfit.clothes import piece


def said(mine: Piece, other: Piece, rule: Rule, lang: str, **fields: float) -> str:
    values = {"color": 0.9, "style": 0.5, "season": 0.9, "together": 0.0, "score": 0.8} | fields
    return why([mine], Choice(piece=other, rule=rule, **values), lang)


RED = piece("dress", "red")
FLOWERS = piece("dress", "red", "green", pattern="floral")


@pytest.mark.parametrize(
    ("mine", "other", "rule", "english", "korean"),
    [
        (
            RED,
            piece("bag", "black"),
            Rule.ACCENT,
            "Black lets red stand out.",
            "black-ko가 red-ko를 돋보이게 해요.",
        ),
        (
            piece("bag", "black"),
            RED,
            Rule.ACCENT,
            "Red is the one accent beside black.",
            "red-ko가 black-ko 옆에서 포인트가 돼요.",
        ),
        (RED, piece("bag", "red"), Rule.SET, "Both are red.", "둘 다 red-ko 색이에요."),
        (
            FLOWERS,
            piece("bag", "green"),
            Rule.ECHO,
            "Green picks up a colour of the floral pattern and it leaves the floral pattern room.",
            "green-ko가 꽃무늬 속 색과 이어지고, 무늬가 없어 꽃무늬가 더 살아요.",
        ),
        (
            piece("bag", "green"),
            FLOWERS,
            Rule.ECHO,
            "Its floral pattern picks up green.",
            "꽃무늬 속에 green-ko가 있어요.",
        ),
        (
            RED,
            piece("bag", "green", pattern="check"),
            Rule.CONTRAST,
            "Its check pattern is the one that speaks.",
            "체크 무늬가 포인트가 돼요.",
        ),
        (RED, piece("bag", "green"), Rule.CONTRAST, "It completes the look.", "룩을 완성해 줘요."),
    ],
)
def test_the_reason_in_both_languages(
    mine: Piece, other: Piece, rule: Rule, english: str, korean: str
) -> None:
    assert said(mine, other, rule, "en") == english
    assert said(mine, other, rule, "ko") == korean


@pytest.mark.parametrize("rule", list(Rule))
@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("mine", [RED, FLOWERS, piece("bag", "red", palette=())])
def test_every_rule_makes_a_whole_sentence(mine: Piece, rule: Rule, lang: str) -> None:
    sentence = said(mine, piece("bag", "orange"), rule, lang, style=0.9, together=0.4)
    assert sentence.endswith(".") and (lang == "ko" or sentence[0].isupper())
    assert "{" not in sentence and "/" not in sentence and "  " not in sentence
    assert ("took both" in sentence) == (lang == "en")


def test_a_shared_style_is_named_only_where_it_is_shared() -> None:
    bag = piece("bag", "black")
    assert said(RED, bag, Rule.ACCENT, "en", style=0.9) == (
        "Black lets red stand out and both are casual."
    )
    assert said(RED, bag, Rule.ACCENT, "ko", style=0.9) == (
        "black-ko가 red-ko를 돋보이게 하고, 둘 다 캐주얼 스타일이에요."
    )
    party = piece("bag", "black", styles={"party": 1.0})
    assert said(RED, party, Rule.ACCENT, "en", style=0.9) == "Black lets red stand out."


def test_particles_follow_the_sound_of_the_word() -> None:
    red = replace(RED, palette=(replace(RED.palette[0], name_ko="빨강"),))
    bag = piece("bag", "black")
    bag = replace(bag, palette=(replace(bag.palette[0], name_ko="검정"),))
    assert said(red, bag, Rule.ACCENT, "ko") == "검정이 빨강을 돋보이게 해요."
