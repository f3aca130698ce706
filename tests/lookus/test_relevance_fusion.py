"""Photo with a word: which questions are asked, and how each method is judged."""

import json
from math import log2

import pytest

from catalog.lexicon import cut
from lookus.relevance.fusion import METHODS, Sides, Tally, by_rank, by_score, ndcg
from lookus.relevance.photo_words import PHRASES, SEEN, Question, questions, said
from lookus.relevance.stock import Asked
from recommender.candidates import Candidate
from recommender.rank import Parts, Ranked
from recommender.words import WordMatch

DRESS, SHIRT = {"category": frozenset({"dress"})}, {"category": frozenset({"shirt"})}
PHOTO = Asked("a.webp", b"", DRESS)


def ranked(product_id: int, score: float) -> Ranked:
    blank = Candidate(product_id, 1, 1, 0.0, "dress", "solid", "navy")
    return Ranked(blank, Parts(score, score, score, score), score)


def order(fused: list[Ranked]) -> list[int]:
    return [one.candidate.product_id for one in fused]


def shop(pleated: int, dresses: int = 40) -> tuple[dict, dict]:
    truths = {f"d{at}": DRESS for at in range(dresses)} | {"s": SHIRT}
    texts = {sku: said("Dress in linen.") for sku in truths}
    texts |= {f"d{at}": said("Pleated dress.") for at in range(pleated)} | {"s": said("Pleated.")}
    return truths, texts


def test_a_word_is_asked_that_some_of_the_category_have() -> None:
    truths, texts = shop(pleated=6)
    (asked,) = questions(PHOTO, truths, texts)
    assert asked.text == "like this but pleated" and asked.kind == "literal"
    assert asked.alike == {f"d{at}" for at in range(40)}
    assert asked.having == {*(f"d{at}" for at in range(6)), "s"}


@pytest.mark.parametrize("pleated", [5, 13])
def test_a_word_that_few_or_most_have_is_not_asked(pleated: int) -> None:
    assert not [one for one in questions(PHOTO, *shop(pleated)) if "pleated" in one.text]


def test_a_word_with_a_meaning_is_found_by_its_other_names() -> None:
    truths, texts = shop(pleated=0)
    texts |= {f"d{at}": said("Wool dress") for at in range(6)}
    texts |= {f"d{at}": said("A woolen dress") for at in range(6, 8)}
    (asked,) = questions(PHOTO, truths, texts)
    assert asked.text == "like this but in wool" and asked.kind == "meant"
    assert len(asked.having) == 8


def test_each_phrase_says_its_word_alone_and_nothing_that_a_photo_shows() -> None:
    for word, text in json.loads(PHRASES.read_text(encoding="utf-8")).items():
        assert said(text) == said(word) != frozenset(), text
        assert not {one.kind for piece in cut(text) for one in piece.readings} & SEEN, text


def test_reciprocal_ranks_add_up_and_what_has_no_word_keeps_the_photos_term() -> None:
    photo = [ranked(1, 0.9), ranked(2, 0.8), ranked(3, 0.1)]
    fused = by_rank(photo, [WordMatch(3, 5.0), WordMatch(2, 1.0)], k=60)
    assert order(fused) == [3, 2, 1]
    assert {one.candidate.product_id: one.score for one in fused} == {
        1: pytest.approx(0.5 / 61),
        2: pytest.approx(1 / 62),
        3: pytest.approx(0.5 / 63 + 0.5 / 61),
    }
    assert order(by_rank(photo, [WordMatch(3, 5.0)], words_share=0.0)) == [1, 2, 3]


def test_scores_are_shared_out() -> None:
    photo = [ranked(1, 0.9), ranked(2, 0.8)]
    matches = [WordMatch(1, 4.0), WordMatch(2, 1.0)]
    half = by_score(photo, matches, words_share=0.5, power=0.5)
    assert [one.score for one in half] == [pytest.approx(0.95), pytest.approx(0.65)]
    known = by_score(photo, matches, words_share=0.5, known=1)
    assert known[1].score == pytest.approx(0.4)
    assert order(by_score(photo, [], words_share=0.5)) == [1, 2]


def test_what_is_served_is_the_root_at_its_share() -> None:
    photo = [ranked(at, 1 - at / 10) for at in range(9)]
    matches = [WordMatch(at, float(at + 1)) for at in range(3, 9)]
    root = by_score(photo, matches, words_share=0.3, power=0.5)
    assert order(METHODS["served"](photo, matches)) == order(root) != order(photo)


def test_right_results_are_worth_more_the_higher_they_stand() -> None:
    assert ndcg([True] * 6, 9) == ndcg([True, True], 2) == 1.0
    assert ndcg([False, True], 1) == pytest.approx(1 / log2(3))
    assert ndcg([False] * 6, 9) == 0.0


def test_a_result_is_right_that_has_the_category_and_the_word() -> None:
    question = Question(PHOTO, "", "literal", frozenset("ab"), frozenset("bc"))
    skus = {1: "a", 2: "b", 3: "c"}
    sides = Sides(question, "a", [ranked(1, 0.9), ranked(2, 0.6), ranked(3, 0.3)], [], skus)
    tally = Tally()
    tally.add(sides, METHODS["served"])
    assert tally.figures("x") == {
        "x_queries": 1,
        "x_category": 0.6667,
        "x_word": 0.6667,
        "x_both": 0.3333,
        "x_ndcg": 0.6309,
        "x_photo_score": 0.6,
    }
