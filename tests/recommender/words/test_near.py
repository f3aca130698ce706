"""Spelling."""

import pytest

from recommender.words.near import Words, distance, known_words, nearest


def test_a_word_of_the_shop_is_as_near_as_the_lexicons() -> None:
    shop = Words.of([("alpine", 3), ("제주감귤", 1)])
    assert nearest("alpnie", [known_words(), shop]) == "alpine"
    assert nearest("제주감굴", [known_words(), shop]) == "제주감귤"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("블라우수", "블라우스"),
        ("원피쓰", "원피스"),
        ("가디겐", "가디건"),
        ("꽃문의", "꽃무늬"),
        ("스트라이푸", "스트라이프"),
        ("레깅쓰", "레깅스"),
        ("blouze", "blouse"),
        ("jaket", "jacket"),
        ("purpel", "purple"),
        ("trowsers", "trouser"),
    ],
)
def test_common_slips_are_mended(wrong: str, right: str) -> None:
    assert nearest(wrong, [known_words()]) == right


@pytest.mark.parametrize("word", ["나이키", "zara", "xyz", "12345", "qq", "ㅋㅋㅋ", ""])
def test_what_is_near_nothing_stays(word: str) -> None:
    assert nearest(word, [known_words()]) is None


def test_of_two_equally_near_words_the_commoner_is_meant() -> None:
    words = Words.of([("corda", 1), ("cords", 50)])
    assert nearest("cordx", [words]) == "cords"


def test_faults_are_counted() -> None:
    assert distance("abcd", "abcd", 3) == 0
    assert distance("abcd", "abxd", 3) == 1
    assert distance("abcd", "abc", 3) == 1
    assert distance("abcd", "acbd", 3) == 0.5
    assert distance("abcd", "wxyz", 2) > 2


def test_an_empty_shop_has_no_words() -> None:
    assert nearest("blouze", [Words.of([])]) is None
