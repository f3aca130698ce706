"""The review's queue, answers, sheets and thresholds."""

import uuid
from typing import Any

import pytest
from django.db import connection

from catalog.models import (
    Garment,
    ProductSeen,
    ReviewDecision,
    ReviewThreshold,
    Tag,
)
from catalog.selectors import tags_of
from catalog.services.garments import garments_settle
from catalog.services.reviews import queue
from catalog.services.reviews.answers import (
    NothingToUndo,
    UnknownProduct,
    review_answer,
    review_undo,
    review_undo_last,
    sheet_approve,
    sheet_undo,
)
from catalog.services.reviews.priority import kind_remark, priority, products_remark
from catalog.services.reviews.queue import (
    questions_next,
    sample_next,
    sheet_next,
    waiting_counts,
)
from catalog.services.reviews.seen import products_seen
from catalog.services.reviews.thresholds import kinds_measured, sample_answers, threshold_set
from catalog.services.tag_rows import feed_tags_write
from catalog.services.tags import tag_clear, tag_set
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.catalog.reviewing import model_tag, said, seen
from tests.factories import make_shop, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return make_shop()


@pytest.fixture
def person(shop: Shop) -> Any:
    return make_user("editor", mall=shop.mall)


@pytest.fixture
def no_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the most uncertain ones: nothing is drawn by lot."""
    monkeypatch.setattr(queue, "SAMPLE_SHARE", 0.0)
    monkeypatch.setattr(queue, "sample_next", lambda **_: [])


def asked(kind: str = "category", count: int = 10, skip: tuple[int, ...] = ()) -> list[int]:
    found = questions_next(kind=kind, count=count, skip=skip)
    return [one.tag.product_id for one in sorted(found, key=lambda one: -(one.tag.review or 0))]


@pytest.mark.usefixtures("no_lots")
def test_the_most_uncertain_is_asked_first(shop: Shop) -> None:
    sure = seen(shop, category=said("shirt", 0.99))
    unsure = seen(shop, category=said("shirt", 0.4, unsure=True))
    middle = seen(shop, category=said("shirt", 0.6))
    with shop_scope(shop):
        assert asked() == [unsure.pk, middle.pk, sure.pk]
        assert asked(skip=(unsure.pk,)) == [middle.pk, sure.pk]
        first = questions_next(kind="category", count=1)
        assert first[0].tag.product_id == unsure.pk and not first[0].sampled


@pytest.mark.usefixtures("no_lots")
def test_what_shoppers_look_at_comes_before_what_nobody_sees(shop: Shop) -> None:
    unseen = seen(shop, category=said("shirt", 0.6))
    popular = seen(shop, category=said("shirt", 0.7))
    with shop_scope(shop):
        assert asked() == [unseen.pk, popular.pk]
        for _ in range(7):
            products_seen(skus=[popular.sku])
        assert ProductSeen.objects.get().seen == 7
        assert asked() == [popular.pk, unseen.pk]
        tag = model_tag(popular)
        assert tag.review == pytest.approx(priority(tag, seen=7))
        assert tag.review == pytest.approx((1 - 0.7 + 0.18) * 4)
        # What the worker writes later knows it too.
        garments_settle(product=popular)
        assert model_tag(popular).review == pytest.approx(tag.review)


def test_both_ways_to_the_formula_agree(shop: Shop) -> None:
    """Python where a tag is made, SQL where a threshold or a count changes."""
    product = seen(
        shop, category=said("shirt", 0.55, unsure=True), pattern=said("stripe-wide", 0.61)
    )
    with shop_scope(shop):
        products_seen(product_ids=[product.pk])
        before = dict(Tag.objects.values_list("kind", "review"))
        assert set(before) == {"category", "pattern", "color"} and None not in before.values()
        Tag.objects.update(review=None)
        products_remark(product_ids=[product.pk])
        after = dict(Tag.objects.values_list("kind", "review"))
        assert after == pytest.approx(before)


@pytest.mark.usefixtures("no_lots")
def test_what_people_or_the_feed_said_is_not_asked(shop: Shop, person: Any) -> None:
    fed, told, left = seen(shop), seen(shop), seen(shop)
    with shop_scope(shop):
        feed_tags_write(wanted={fed.pk: {"category": "coat"}}, held={})
        garments_settle(product=fed)
        tag_set(product=told, kind="category", value="dress", by=person)
        assert asked() == [left.pk]
        feed_tags_write(wanted={fed.pk: {}}, held={fed.pk: {"category": "coat"}})
        garments_settle(product=fed)
        tag_clear(product=told, kind="category")
        assert set(asked()) == {fed.pk, told.pk, left.pk}


def test_agreeing_makes_it_a_persons_word_and_undo_takes_it_back(shop: Shop, person: Any) -> None:
    product = seen(shop, category=said("shirt", 0.5, unsure=True), title="Fine dress")
    with shop_scope(shop):
        # The model is unsure, so the title's word held.
        assert Garment.objects.get(product=product).category == "dress"
        decision = review_answer(
            product_id=product.pk, kind="category", value="shirt", by=person, sampled=True
        )
        assert (decision.value, decision.model_value, decision.score) == ("shirt", "shirt", 0.5)
        assert (decision.revision, decision.by, decision.sampled) == ("full-1", person, True)
        assert Garment.objects.get(product=product).category == "shirt"
        tag = tags_of(product.pk)["category"]
        assert (tag.source, tag.by_id) == ("person", person.pk)
        assert model_tag(product).review is None
        review_undo(decision_id=decision.pk)
        assert tags_of(product.pk)["category"].source == "model"
        assert Garment.objects.get(product=product).category == "dress"
        assert model_tag(product).review is not None
        with pytest.raises(NothingToUndo):
            review_undo(decision_id=decision.pk)


def test_the_same_answer_twice_is_one(shop: Shop, person: Any) -> None:
    product = seen(shop)
    with shop_scope(shop):
        first = review_answer(product_id=product.pk, kind="pattern", value="dot", by=person)
        again = review_answer(product_id=product.pk, kind="pattern", value="dot", by=person)
        assert again.pk == first.pk and ReviewDecision.objects.count() == 1


def test_undo_brings_back_what_was_said_before(shop: Shop, person: Any) -> None:
    product, other = seen(shop), make_user("owner", mall=shop.mall)
    with shop_scope(shop):
        review_answer(product_id=product.pk, kind="pattern", value="dot", by=other)
        review_answer(product_id=product.pk, kind="pattern", value="stripe-wide", by=person)
        assert ReviewDecision.objects.filter(undone_at=None).get().before == "dot"
        review_undo_last(by=person)
        tag = tags_of(product.pk)["pattern"]
        assert (tag.value, tag.by_id) == ("dot", other.pk)
        with pytest.raises(NothingToUndo):
            review_undo_last(by=person)


def test_wrong_answers_are_refused(shop: Shop, person: Any) -> None:
    product, foreign = seen(shop), seen(make_shop())
    with shop_scope(shop):
        with pytest.raises(ValueError, match="no pattern"):
            review_answer(product_id=product.pk, kind="pattern", value="spaceship", by=person)
        with pytest.raises(UnknownProduct):
            review_answer(product_id=foreign.pk, kind="pattern", value="dot", by=person)
        assert not ReviewDecision.objects.exists()


def test_a_person_is_not_overwritten_by_retagging_feed_or_bundle(shop: Shop, person: Any) -> None:
    product = seen(shop)
    with shop_scope(shop):
        review_answer(product_id=product.pk, kind="pattern", value="dot", by=person)
        garment = Garment.objects.get(product=product)
        garment.revision = "full-2"
        garment.tags = {"category": said("shirt", 0.9), "pattern": said("animal", 1.0)}
        garment.save()
        garments_settle(product=product)
        feed_tags_write(wanted={product.pk: {"pattern": "check"}}, held={})
        garments_settle(product=product)
        tags = dict(product.tags.filter(kind="pattern").values_list("source", "value"))
        assert tags == {"person": "dot", "feed": "check", "model": "animal"}
        assert tags_of(product.pk)["pattern"].value == "dot"
        assert Garment.objects.get(product=product).pattern == "dot"


def test_agreeing_with_the_model_against_the_feed_reaches_what_is_searched(
    shop: Shop, person: Any
) -> None:
    product = seen(shop, pattern=said("dot", 0.8))
    with shop_scope(shop):
        feed_tags_write(wanted={product.pk: {"pattern": "check"}}, held={})
        garments_settle(product=product)
        assert Garment.objects.get(product=product).pattern == "check"
        tag_set(product=product, kind="pattern", value="dot", by=person)
        assert Garment.objects.get(product=product).pattern == "dot"


def test_a_sheet_approves_those_that_are_left_and_is_taken_back(shop: Shop, person: Any) -> None:
    stripes = [seen(shop, pattern=said("stripe-wide", 0.5 + n / 10)) for n in range(4)]
    dots = seen(shop, pattern=said("dot", 0.5))
    name = uuid.uuid4()
    with shop_scope(shop):
        shown = [tag.product_id for tag in sheet_next(kind="pattern", value="stripe-wide")]
        assert shown == [one.pk for one in stripes]
        assert waiting_counts(
            [("pattern", "stripe-wide"), ("pattern", "dot"), ("pattern", "")]
        ) == {
            ("pattern", "stripe-wide"): 4,
            ("pattern", "dot"): 1,
            ("pattern", ""): 5,
        }
        left = [*shown[:3], dots.pk]
        fields = {"kind": "pattern", "value": "stripe-wide", "product_ids": left, "by": person}
        assert sheet_approve(**fields, sheet=name) == 3
        assert sheet_approve(**fields, sheet=name) == 0, "sent twice, taken once"
        people = Tag.objects.filter(source="person", value="stripe-wide")
        assert set(people.values_list("product_id", flat=True)) == set(shown[:3])
        assert [t.product_id for t in sheet_next(kind="pattern", value="stripe-wide")] == shown[3:]
        assert sheet_undo(sheet=name) == 3
        assert not Tag.objects.filter(source="person").exists()
        assert len(sheet_next(kind="pattern", value="stripe-wide")) == 4
        with pytest.raises(NothingToUndo):
            sheet_undo(sheet=name)


def test_the_sample_goes_by_lot_and_not_by_doubt(shop: Shop, person: Any) -> None:
    products = [seen(shop, category=said("shirt", 0.3 + n / 20)) for n in range(12)]
    with shop_scope(shop):
        for place, product in enumerate(products):
            Tag.objects.filter(product=product, source="model").update(lot=place / 100)
        order = [product.pk for product in products]
        assert [t.product_id for t in sample_next(kind="category", skip=(), count=3)] == order[:3]
        # One of the first lots was answered because it was uncertain …
        review_answer(product_id=order[1], kind="category", value="shirt", by=person)
        assert sample_answers(["category"])["category"] == []
        for product_id in (order[0], order[2]):
            review_answer(
                product_id=product_id, kind="category", value="coat", by=person, sampled=True
            )
        # … and belongs to the sample all the same, as the lots before the furthest do.
        drawn = ReviewDecision.objects.filter(sampled=True).values_list("product_id", flat=True)
        assert set(drawn) == set(order[:3])
        right = [one.right for one in sample_answers(["category"])["category"]]
        assert sorted(right) == [False, False, True]
        assert [t.product_id for t in sample_next(kind="category", skip=(), count=1)] == order[3:4]


def test_every_fourth_question_is_drawn(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(10):
        seen(shop)
    draws = iter([0.9, 0.1, 0.9, 0.9])
    monkeypatch.setattr(queue.random, "random", lambda: next(draws))
    with shop_scope(shop):
        found = questions_next(kind="category", count=4)
    assert [one.sampled for one in found].count(True) == 1
    assert len({one.tag.product_id for one in found}) == 4


def answer_all(shop: Shop, person: Any, wrong_below: float) -> None:
    """The sample is answered as it is drawn: under that score the model is wrong."""
    with shop_scope(shop):
        while found := sample_next(kind="pattern", skip=(), count=1):
            tag = found[0]
            right = (tag.probability or 0) >= wrong_below
            value = tag.value if right else "dot"
            ReviewDecision.objects.create(
                product_id=tag.product_id,
                kind="pattern",
                value=value,
                model_value=tag.value,
                sampled=True,
                by=person,
            )
            Tag.objects.create(
                product_id=tag.product_id, kind="pattern", value=value, source="person", by=person
            )


def test_a_threshold_decides_what_waits_and_what_is_unsure(shop: Shop, person: Any) -> None:
    for place in range(24):
        seen(shop, pattern=said("stripe-wide", 0.4 + place / 40))
    answer_all(shop, person, wrong_below=0.55)
    fresh = {p: seen(shop, pattern=said("stripe-wide", p)) for p in (0.45, 0.7, 0.95)}
    with shop_scope(shop):
        told = threshold_set(kind="pattern", precision=0.8, by=person)
        assert told.answers == 24 and told.threshold is not None
        assert 0.45 < told.threshold <= 0.7
        waits = Tag.objects.filter(kind="pattern", review__isnull=False)
        assert [tag.product_id for tag in waits] == [fresh[0.45].pk]
        assert model_tag(fresh[0.45], "pattern").unsure
        assert not model_tag(fresh[0.95], "pattern").unsure
        # What is tagged later follows it too, as does the head's row on the page.
        later = seen(shop, pattern=said("stripe-wide", 0.5))
        assert model_tag(later, "pattern").unsure and model_tag(later, "pattern").review
        row = next(one for one in kinds_measured(["pattern"]))
        assert row.measured is not None and 0.5 < row.measured.covered < 1
        threshold_set(kind="pattern", precision=None, by=person)
        assert not ReviewThreshold.objects.exists()
        assert model_tag(fresh[0.95], "pattern").review is not None


def test_too_small_a_sample_changes_nothing_and_says_so(shop: Shop, person: Any) -> None:
    product = seen(shop, pattern=said("stripe-wide", 0.4, unsure=True))
    with shop_scope(shop):
        told = threshold_set(kind="pattern", precision=0.97, by=person)
        assert told.threshold is None
        assert told.measured is not None and told.measured.missing == 76
        assert model_tag(product, "pattern").unsure


@pytest.mark.parametrize("wanted", [0.0, 0.3, 1.0, float("nan")])
def test_a_share_that_cannot_be_asked_for_is_refused(
    shop: Shop, person: Any, wanted: float
) -> None:
    with shop_scope(shop), pytest.raises(ValueError, match="cannot be asked"):
        threshold_set(kind="pattern", precision=wanted, by=person)


def test_a_category_that_becomes_unsure_gives_way_to_the_title(shop: Shop, person: Any) -> None:
    product = seen(shop, category=said("shirt", 0.6), title="Fine dress")
    with shop_scope(shop):
        assert Garment.objects.get(product=product).category == "shirt"
        ReviewThreshold.objects.create(kind="category", precision=0.97, threshold=0.8)
        assert kind_remark(kind="category") == [product.pk]
        assert model_tag(product).unsure
        ReviewThreshold.objects.update(threshold=0.8)
        garments_settle(product=product)
        assert Garment.objects.get(product=product).category == "dress"


def test_settling_is_announced_where_more_than_the_queue_follows(shop: Shop, person: Any) -> None:
    seen(shop, pattern=said("stripe-wide", 0.4))
    with shop_scope(shop):
        ReviewThreshold.objects.create(kind="pattern", precision=0.9, threshold=0.3)
        kind_remark(kind="pattern")
        threshold_set(kind="pattern", precision=None, by=person)
    assert Outbox.objects.filter(shop=shop, topic="settle").count() == 1


def test_the_queue_reads_an_index_however_large_the_shop(shop: Shop) -> None:
    with shop_scope(shop), connection.cursor() as cursor:
        for slow in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{slow} = off")
        for statement, index in (
            ("kind = 'pattern' AND review IS NOT NULL ORDER BY review DESC, id", "tag_waits"),
            (
                "kind = 'pattern' AND value = 'dot' AND review IS NOT NULL"
                " ORDER BY review DESC, id",
                "tag_waits_by_value",
            ),
            ("kind = 'pattern' AND source = 'model' ORDER BY lot", "tag_lots"),
        ):
            cursor.execute(
                f"EXPLAIN SELECT * FROM catalog_tag WHERE shop_id = {shop.pk}"
                f" AND {statement} LIMIT 10"
            )
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert f"using {index} " in plan, plan
            assert "Sort" not in plan, plan
