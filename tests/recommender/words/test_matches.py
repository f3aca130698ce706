"""Products by words: BM25 over the shop's own postings, under the filters."""

import pytest

from recommender.filters import Filters
from recommender.words import word_matches
from recommender.words.matches import rarities
from recommender.words.vocabulary import Vocabulary
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import REVISION, make_product, make_shop
from tests.recommender.words.shelf import by_terms, found, matches, shelve, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sent")]


@pytest.fixture
def shop() -> Shop:
    made = make_shop(currency="KRW")
    shelve(made, "gown", "Evening gown", category="dress", color="red", product={"price": 90000})
    shelve(made, "onepiece", "체크 원피스", category="dress", pattern="check", color="navy")
    shelve(made, "linen-shirt", "린넨셔츠", category="shirt", color="white")
    shelve(made, "shirt", "Office shirt", category="shirt", color="white")
    shelve(made, "boots", "Rain boots", category="boots", color="black")
    shelve(made, "shoes", "Derby shoes", category="shoes", color="black")
    make_product(made, sku="untagged", title="Linen dress waiting for its photo")
    write(made)
    return made


def test_one_word_finds_both_languages_and_what_only_the_tag_says(shop: Shop) -> None:
    shelve(shop, "no-words", "No. 7", category="dress", color="red")
    write(shop)
    for text in ("dress", "gown", "원피스", "드레스"):
        assert set(found(shop, text)) == {"gown", "onepiece", "no-words"}


def test_what_has_more_and_rarer_of_the_words_comes_first(shop: Shop) -> None:
    assert found(shop, "linen shirt") == ["linen-shirt", "shirt"]
    assert found(shop, "린넨 셔츠") == ["linen-shirt", "shirt"]
    assert by_terms(shop, "office", "#category:shirt")[0] == "shirt"


def test_filters_of_the_words_hold(shop: Shop) -> None:
    assert found(shop, "red dress") == ["gown"]
    assert found(shop, "dress under 50,000") == ["onepiece"]
    assert found(shop, "yellow dress") == []
    assert found(shop, "boots 말고 신발") == ["shoes"]
    assert set(found(shop, "신발")) == {"shoes", "boots"}
    assert found(shop, "신발")[0] == "shoes"


def test_a_refused_word_leaves_products_out(shop: Shop) -> None:
    assert set(by_terms(shop, "#category:shirt", "-#material:linen")) == {"shirt"}
    assert "linen-shirt" not in by_terms(shop, "-#material:linen")


def test_without_terms_everything_that_passes_comes_the_newest_first(shop: Shop) -> None:
    assert by_terms(shop, filters=Filters(values={"category": ("dress",)})) == ["onepiece", "gown"]
    assert by_terms(shop, filters=Filters(price_min=80000)) == ["gown"]


def test_words_that_nothing_has_find_nothing(shop: Shop) -> None:
    assert by_terms(shop, "zzyzx") == []
    assert found(shop, "zzyzx qwfpgj") == []
    assert by_terms(shop, "zzyzx", "office") == ["shirt"]


def test_what_is_not_tagged_yet_is_not_found(shop: Shop) -> None:
    assert "untagged" not in found(shop, "waiting dress")


def test_the_order_is_the_same_each_time_and_ties_stand_by_id(shop: Shop) -> None:
    for number in range(5):
        shelve(shop, f"tie-{number}", "Plain tee", category="t-shirt", color="white")
    write(shop)
    first = found(shop, "tee")
    assert first == [f"tie-{number}" for number in range(5)]
    assert found(shop, "tee") == first
    assert found(shop, "tee", limit=2) == first[:2]


def test_scores_fall_and_are_never_negative(shop: Shop) -> None:
    scores = [one.score for one in matches(shop, "linen office shirt")]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


def test_an_adjective_is_found_as_it_is_typed(shop: Shop) -> None:
    shelve(
        shop, "soft", "니트", category="sweater", product={"description": "아주 부드럽고 가벼워요"}
    )
    write(shop)
    assert found(shop, "부드러운") == ["soft"]
    assert found(shop, "부드럽게") == ["soft"]
    assert found(shop, "가벼운 거") == ["soft"]


def test_a_rare_term_weighs_more_and_a_common_one_never_less_than_nothing() -> None:
    vocabulary = Vocabulary({"#": 100, "#length": 1000, "rare": 1, "common": 99, "all": 100})
    found = rarities(["rare", "common", "all", "absent"], vocabulary)
    assert found["rare"] > found["common"] > found["all"] > 0
    assert "absent" not in found


def test_only_those_among_some_are_found_and_score_as_among_all(shop: Shop) -> None:
    every = {one.product_id: one for one in matches(shop, "dress")}
    asked = sorted(every)[0]
    with shop_scope(shop):
        only = word_matches(
            ["#category:dress"], filters=Filters(), revision=REVISION, limit=9, among=[asked]
        )
    assert only == [every[asked]] and len(every) == 2


@pytest.mark.django_db(transaction=True)
def test_a_stranger_finds_nothing_of_this_shop(shop: Shop) -> None:
    stranger = make_shop()
    assert found(stranger, "dress") == []
    with shop_scope(stranger):
        assert (
            word_matches(["#category:dress"], filters=Filters(), revision=REVISION, limit=9) == []
        )
