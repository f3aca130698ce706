"""Tags and answers counted into the day's small rows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from analytics.insights.tagging_count import tagging_count
from analytics.models import PhotoDay, TagDay
from catalog.models import ReviewDecision, Tag
from catalog.services.tags import tag_set
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import make_photo, make_product, make_shop, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    shop = make_shop()
    for number, (value, probability) in enumerate((("solid", 0.97), ("solid", 0.42), ("dot", 1.0))):
        product = make_product(shop, sku=f"P-{number}")
        make_photo(product, stored=False, state="done" if number else "failed")
        with shop_scope(shop):
            Tag.objects.create(
                product=product,
                kind="pattern",
                value=value,
                source="model",
                probability=probability,
                unsure=probability < 0.5,
            )
    return shop


def test_tags_by_source_and_probability(shop: Shop) -> None:
    today = timezone.localdate()
    with shop_scope(shop):
        assert tagging_count(shop=shop, day=today)
        row = TagDay.objects.get()
        photos = PhotoDay.objects.get()
    assert (row.kind, row.model, row.unsure) == ("pattern", 3, 1)
    assert row.steps == [0, 0, 0, 0, 1, 0, 0, 0, 0, 2]
    assert (photos.products, photos.photos, photos.tagged, photos.failed) == (3, 3, 2, 1)


def test_nothing_is_counted_again_until_something_changed(shop: Shop) -> None:
    today = timezone.localdate()
    with shop_scope(shop):
        assert tagging_count(shop=shop, day=today)
        assert not tagging_count(shop=shop, day=today)
        first, second, third = Tag.objects.order_by("pk")
        by = make_user("editor", mall=shop.mall)
        tag_set(product=first.product, kind="pattern", value="solid", by=by)
        tag_set(product=second.product, kind="pattern", value="dot", by=by)
        assert tagging_count(shop=shop, day=today)
        row = TagDay.objects.get()
        assert (row.person, row.confirmed, row.corrected) == (2, 1, 1)
        # An answer that is taken back is none.
        ReviewDecision.objects.filter(product=second.product).update(undone_at=timezone.now())
        assert tagging_count(shop=shop, day=today)
        row.refresh_from_db()
        assert (row.confirmed, row.corrected) == (1, 0)
        assert third.value == "dot"


def test_yesterdays_last_answers_are_added_to_yesterday(shop: Shop) -> None:
    today = timezone.localdate()
    with shop_scope(shop):
        tagging_count(shop=shop, day=today - timedelta(days=1))
        product = Tag.objects.order_by("pk")[0].product
        ReviewDecision.objects.create(
            product=product,
            kind="pattern",
            value="dot",
            model_value="solid",
            at=timezone.now() - timedelta(days=1),
        )
        tagging_count(shop=shop, day=today)
        rows = list(TagDay.objects.order_by("day").values_list("corrected", "model"))
    assert rows == [(1, 3), (0, 3)]


def test_the_page_shows_them(shop: Shop) -> None:
    with shop_scope(shop):
        product = Tag.objects.order_by("pk")[0].product
        ReviewDecision.objects.create(
            product=product, kind="pattern", value="dot", model_value="solid"
        )
        tagging_count(shop=shop, day=timezone.localdate())
    page = Desk(shop).page("insights/tagging/")
    assert "2 / 3" in page
    assert "66.7 %" in page
    assert "pattern=dot&amp;said=person" in page
