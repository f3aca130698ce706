"""`product.tagged`: when a product's photos are all done, several products in one message."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Photo
from catalog.services import tagged_events
from catalog.services.photo_failures import photo_fail_for_good
from catalog.services.photo_sight import Failure
from catalog.services.tagged_events import tagged_announce, tagged_tell
from tenants import outbox
from tenants.models import Outbox, Shop, WebhookMessage
from tenants.scope import shop_scope
from tenants.webhooks.endpoints import endpoint_create
from tests.factories import make_photo, make_product, make_shop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop() -> Shop:
    return make_shop()


def listen(shop: Shop) -> None:
    with shop_scope(shop):
        endpoint_create(shop=shop, url="https://shop.example/hook", types=["product.tagged"])


def photo(shop: Shop, sku: str, state: str = "done") -> Photo:
    return make_photo(make_product(shop, sku=sku), stored=False, state=state)


def note(shop: Shop, *photos: Photo) -> None:
    with shop_scope(shop):
        tagged_announce(shop=shop, product_ids=[one.product_id for one in photos])


def gathered(shop: Shop) -> None:
    """As if the seconds in which products gather were over."""
    past = timezone.now() - timedelta(seconds=1)
    Outbox.objects.filter(shop=shop, topic=outbox.TAGGED).update(leased_until=past)


def messages(shop: Shop) -> list[list[str]]:
    with shop_scope(shop):
        return [one.data["skus"] for one in WebhookMessage.objects.order_by("pk")]


def test_products_gather_and_are_told_together(shop: Shop) -> None:
    listen(shop)
    note(shop, photo(shop, "A"))
    note(shop, photo(shop, "B"), photo(shop, "C"))
    assert tagged_tell(shop_id=shop.pk) == 0
    gathered(shop)
    assert tagged_tell(shop_id=shop.pk) == 3
    assert messages(shop) == [["A", "B", "C"]]
    assert outbox.idle(shop_id=shop.pk, topic=outbox.TAGGED)


def test_one_photo_that_waits_holds_its_product_back(shop: Shop) -> None:
    listen(shop)
    first = photo(shop, "A")
    with shop_scope(shop):
        second = Photo.objects.create(product_id=first.product_id, position=1)
    note(shop, first)
    assert outbox.idle(shop_id=shop.pk, topic=outbox.TAGGED)
    with shop_scope(shop):
        Photo.objects.filter(pk=second.pk).update(state="working")
        photo_fail_for_good(shop, second, Failure("url_failed", "no answer", False))
    gathered(shop)
    assert tagged_tell(shop_id=shop.pk) == 1


def test_a_product_of_which_no_photo_could_be_seen_is_not_told(shop: Shop) -> None:
    listen(shop)
    note(shop, photo(shop, "A", "failed"))
    gathered(shop)
    assert tagged_tell(shop_id=shop.pk) == 0
    assert messages(shop) == []


def test_nothing_is_written_where_nobody_listens(shop: Shop) -> None:
    note(shop, photo(shop, "A"))
    assert not Outbox.objects.filter(topic=outbox.TAGGED).exists()


def test_a_message_has_so_many_and_no_more(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagged_events, "MOST_SKUS", 2)
    listen(shop)
    note(shop, *(photo(shop, sku) for sku in "ABCDE"))
    gathered(shop)
    assert [tagged_tell(shop_id=shop.pk) for _ in range(4)] == [2, 2, 1, 0]
    assert sorted(sku for one in messages(shop) for sku in one) == list("ABCDE")
