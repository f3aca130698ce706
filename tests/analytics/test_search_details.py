"""What each search keeps of what it looked for and found."""

import uuid
from typing import Any

import numpy as np
import pytest
from django.core.cache import cache

from analytics.good import LEAST_SCORE, is_good
from analytics.hashes import visitor_hash
from analytics.masking import MASK, masked
from analytics.models import DailyCount, DaySum, Dimension, Event, SearchDetail
from analytics.services import search_recorded
from catalog.models import Posting, VocabularyTerm
from lookus.ledger.work import work_of
from recommender.models import Rule
from recommender.searched import Kind, Searched
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_key, make_shop
from tests.recommender.stock import ask, picture, show, stocked
from vision.analyzer import Analyzer, get_analyzer

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyzer(settings: Any, tiny_bundle: Any) -> Analyzer:
    cache.clear()
    settings.VISION_BUNDLE = str(tiny_bundle)
    return get_analyzer(tiny_bundle, settings.VISION_THREADS)


@pytest.fixture
def shop(analyzer: Analyzer) -> Shop:
    shop = make_shop(language="en")
    stocked(shop, analyzer, product={"sku": "same", "title": "A linen shirt"})
    return shop


@pytest.fixture
def token(shop: Shop) -> str:
    return make_key("pk", shop=shop)[1]


def detail(shop: Shop, reply: Any) -> SearchDetail:
    """Of an answer."""
    assert reply.status_code == 200, reply.content
    with shop_scope(shop):
        return SearchDetail.objects.get(search_id=reply.json()["search_id"])


def test_a_photo(shop: Shop, token: str, analyzer: Analyzer) -> None:
    reply = show(token, picture("upper"), filters={"price": {"max": 50000}}, visitor="anna")
    kept, body = detail(shop, reply), reply.json()
    garment = body["query"]["garments"][0]
    assert (kept.kind, kept.text) == ("photo", "")
    assert kept.category == garment["category"]["id"]
    assert kept.color == garment["colors"][0]["family"]
    assert kept.filters == {"price": {"max": 50000}}
    assert (kept.results, kept.best_score) == (1, body["results"][0]["score"])
    assert kept.revision == analyzer.revision
    assert {"infer", "sql"} <= set(kept.parts_ms)
    assert kept.milliseconds >= kept.parts_ms["infer"]
    assert kept.month == kept.at.date().replace(day=1)
    assert np.linalg.norm(kept.embedding) == pytest.approx(1, abs=0.01)
    with shop_scope(shop):
        event = Event.objects.get()
        assert (event.search_id, event.category) == (kept.search_id, kept.category)
        assert event.visitor == visitor_hash("anna")


def test_a_product(shop: Shop, token: str, analyzer: Analyzer) -> None:
    stocked(shop, analyzer, data=picture("upper", stain=30), product={"sku": "near"})
    kept = detail(shop, ask(token, product_id="same"))
    assert (kept.kind, kept.results) == ("product", 1)
    assert kept.embedding is not None


def test_words_have_no_vector_and_no_score(shop: Shop, token: str) -> None:
    with shop_scope(shop):
        product_id = Posting.objects.values_list("product_id", flat=True).first()
        assert product_id is None
        for term in ("linen",):
            VocabularyTerm.objects.create(term=term, products=1)
    kept = detail(shop, ask(token, text="red dress  under 50000 for me@example.com"))
    assert (kept.kind, kept.category, kept.color) == ("words", "dress", "red")
    assert kept.text == f"red dress under 50000 for {MASK}"
    assert kept.embedding is None and kept.best_score is None
    assert not kept.good


def test_words_beside_a_photo_say_what_is_looked_for(shop: Shop, token: str) -> None:
    first = show(token, picture("upper")).json()["query"]["image_id"]
    kept = detail(shop, ask(token, image_id=first, text="in blue"))
    assert (kept.kind, kept.color) == ("photo+words", "blue")
    # Nothing of the shop is blue: the word gave way, and the answer is not a good one.
    assert kept.results and not kept.good


def test_the_rules_that_held(shop: Shop, token: str) -> None:
    with shop_scope(shop):
        rule = Rule.objects.create(name="Pin", action="pin", skus=["same"], place=1)
        Rule.objects.create(name="Off", action="hide", skus=["same"], active=False)
    assert detail(shop, show(token, picture("upper"))).rules == [rule.pk]


def test_the_next_page_is_no_second_search(shop: Shop, token: str, analyzer: Analyzer) -> None:
    stocked(shop, analyzer, data=picture("upper", stain=30), product={"sku": "near"})
    cursor = show(token, picture("upper"), limit=1).json()["next_cursor"]
    assert ask(token, cursor=cursor).status_code == 200
    with shop_scope(shop):
        assert SearchDetail.objects.count() == 1


def test_a_search_without_an_answer_is_counted_by_why(shop: Shop, token: str) -> None:
    for _ in range(2):
        assert show(token, b"no photo").status_code == 415
    assert ask(token, product_id="none").status_code == 404
    with shop_scope(shop):
        assert not SearchDetail.objects.exists()
        errors = DaySum.objects.filter(dimension=Dimension.ERROR).values_list("value", "searches")
        assert dict(errors) == {"not_an_image": 2, "product_not_found": 1}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("me@example.co.kr shoes", f"{MASK} shoes"),
        ("call 010-1234-5678 now", f"call {MASK} now"),
        ("+82 10 1234 5678", MASK),
        ("(02) 123-4567", MASK),
        ("900101-1234567", MASK),
        ("4111 1111 1111 1111", MASK),
        ("원피스 50,000원~100,000원", "원피스 50,000원~100,000원"),
        ("under 1,500,000 won", "under 1,500,000 won"),
        ("size 230 235  240 245", "size 230 235 240 245"),
        ("long " * 50, ("long " * 50)[:120]),
    ],
)
def test_what_names_a_person_is_masked(text: str, kept: str) -> None:
    assert masked(text) == kept


def test_a_mask_is_made_before_the_text_is_cut() -> None:
    assert masked("a" * 110 + " 010-1234-5678") == "a" * 110 + f" {MASK}"


@pytest.mark.parametrize("kind", LEAST_SCORE)
def test_a_good_answer_by_its_score(kind: Kind) -> None:
    least = LEAST_SCORE[kind]
    assert is_good(Searched(kind=kind, found=1, best_score=least))
    assert not is_good(Searched(kind=kind, found=1, best_score=least - 0.001))
    assert not is_good(Searched(kind=kind, found=0))
    assert not is_good(Searched(kind=kind, found=9, seen=False))
    assert not is_good(Searched(kind=kind, found=9, best_score=1.0, missed=True))


def test_a_vector_survives_as_halves(shop: Shop) -> None:
    vector = np.random.default_rng(7).normal(size=256).astype(np.float32)
    vector /= np.linalg.norm(vector)
    with shop_scope(shop):
        search_recorded(
            shop=shop,
            search_id=uuid.uuid4(),
            results=1,
            category="",
            milliseconds=1,
            searched=Searched(kind="photo", found=1, embedding=vector),
        )
        kept = np.array(SearchDetail.objects.get().embedding)
    assert np.abs(kept - vector).max() < 0.001


ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def test_a_robots_search_is_answered_and_counted_apart(shop: Shop, token: str) -> None:
    reply = ask(token, text="a red dress", agent=ROBOT, visitor="robby")
    assert reply.status_code == 200 and reply.json()["search_id"]
    ask(make_key("sk", shop=shop)[1], text="a red skirt", agent=ROBOT)
    with shop_scope(shop):
        assert [kept.text for kept in SearchDetail.objects.all()] == ["a red skirt"]
        assert Event.objects.count() == 1
    days = DailyCount.objects.filter(shop=shop).values_list("type", "quantity")
    assert dict(days) == {"robot": 1, "search": 1}
    # It was paid for, so the check of the ledger must find that it was answered.
    with shop_scope(shop):
        assert list(work_of(shop)) == []
