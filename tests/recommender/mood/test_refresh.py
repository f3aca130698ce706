"""Moods follow the catalogue: when its last photo is tagged, and by the clock."""

from typing import Any

import pytest
from django.conf import settings

from catalog import seeing
from catalog.models import Product, Tag
from catalog.services.tagging import photos_tag
from recommender.models import ShopMood
from recommender.mood.selectors import mall_moods, shop_mood
from recommender.mood.services import mood_refresh, moods_refresh
from recommender.tasks import refresh_mood, refresh_moods
from tenants import doorbell, outbox
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_mall, make_photo, make_product, make_shop
from tests.recommender.mood.wardrobe import Source, hang, wardrobe
from tests.recommender.stock import picture
from vision.analyzer import Analyzer

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_is_counted_again_without_a_change() -> None:
    shop = wardrobe(make_shop(), casual=3, street=1)
    row = ShopMood.objects.get(shop=shop)
    assert (row.head, row.products, row.counts) == ("style", 4, {"casual": 3.0, "street": 1.0})
    assert mood_refresh(shop=shop) is False
    with shop_scope(shop):
        Product.objects.filter(pk=row.picks["street"][0]).delete()
    assert mood_refresh(shop=shop) is True
    row.refresh_from_db()
    assert row.counts == {"casual": 3.0}


def test_the_clock_sees_a_tag_that_a_person_set() -> None:
    shop, quiet = wardrobe(make_shop(), casual=2), wardrobe(make_shop(), party=1)
    with shop_scope(shop):
        product = Product.objects.earliest("pk")
        Tag.objects.create(product=product, kind="style", value="formal", source=Source.PERSON)
    assert moods_refresh() == 1
    assert ShopMood.objects.get(shop=shop).counts == {"casual": 1.0, "formal": 1.0}
    assert ShopMood.objects.get(shop=quiet).counts == {"party": 1.0}
    refresh_moods()
    assert settings.CELERY_BEAT_SCHEDULE["moods"]["task"] == refresh_moods.name


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The messages (task, shop id) instead of a broker."""
    messages: list[tuple[str, int]] = []

    def send_task(name: str, args: list[int], **_: Any) -> None:
        messages.append((name, args[0]))

    monkeypatch.setattr(doorbell.current_app, "send_task", send_task)
    return messages


def test_the_last_photo_tagged_lets_the_mood_be_counted(
    analyzer: Analyzer, sent: list[tuple[str, int]]
) -> None:
    shop = make_shop()
    photo = make_photo(make_product(shop), data=picture("upper"))
    outbox.announce(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=[photo.pk])
    assert photos_tag(shop_id=shop.pk) == 1
    assert (refresh_mood.name, shop.pk) in sent
    refresh_mood(shop.pk)
    row = ShopMood.objects.get(shop=shop)
    assert (row.products, row.revision) == (1, analyzer.revision)
    assert 0 < sum(row.counts.values()) <= 1.001


def test_while_a_photo_waits_nothing_is_announced(
    analyzer: Analyzer, settings: Any, sent: list[tuple[str, int]]
) -> None:
    settings.PHOTO_CHUNK = 1
    shop = make_shop()
    photos = [make_photo(make_product(shop), data=picture("upper", stain=one)) for one in (5, 9)]
    outbox.announce(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=[photo.pk for photo in photos])
    photos_tag(shop_id=shop.pk)
    assert refresh_mood.name not in dict(sent)
    photos_tag(shop_id=shop.pk)
    assert (refresh_mood.name, shop.pk) in sent


def test_a_broker_that_is_down_does_not_fail_the_tagging(
    analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise ConnectionError("no broker")

    monkeypatch.setattr(doorbell.current_app, "send_task", refuse)
    shop = make_shop()
    photo = make_photo(make_product(shop), data=picture("upper"))
    outbox.announce(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=[photo.pk])
    assert photos_tag(shop_id=shop.pk) == 1
    assert moods_refresh() == 1
    assert ShopMood.objects.get().products == 1


def test_one_shops_trouble_is_not_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    broken, whole = make_shop(), make_shop()
    hang(broken, "casual")
    hang(whole, "party")

    def refuse(shop: Shop) -> str:
        if shop == broken:
            raise RuntimeError("no bundle")
        return seeing.revision()

    monkeypatch.setattr("recommender.mood.services.live_revision", refuse)
    assert moods_refresh() == 1
    assert ShopMood.objects.get().shop == whole


def test_a_shop_that_is_gone_is_left() -> None:
    refresh_mood(999_999)
    assert not ShopMood.objects.exists()


def test_only_shops_that_joined_stand_in_the_malls_average() -> None:
    mall = make_mall()
    joined = wardrobe(make_shop(mall, discoverable=True), casual=30, street=10)
    other = wardrobe(make_shop(mall, discoverable=True), casual=40)
    alone = wardrobe(make_shop(mall), party=40)
    wardrobe(make_shop(discoverable=True), formal=40)  # Of another mall.
    moods = mall_moods(mall)
    assert [mood.shop for mood in moods.moods] == [joined, other]
    assert moods.average["party"] < 0.01 and moods.average["formal"] < 0.01
    assert [mood.style for mood in moods.moods] == ["street", "casual"]
    assert moods.of_style("party") == []
    own = shop_mood(alone)
    assert own is not None and own.style == "party"
    assert own.average == moods.average


def test_a_shop_whose_styles_are_another_heads_is_not_compared() -> None:
    shop = wardrobe(make_shop(discoverable=True), casual=3)
    ShopMood.objects.update(head="kfashion-style")
    assert mall_moods(shop.mall).moods == ()
    assert shop_mood(shop) is None
    assert shop_mood(make_shop()) is None


def test_the_styles_of_a_parent_count_together() -> None:
    mall = make_mall()
    tender = wardrobe(make_shop(mall, discoverable=True), romantic=3, party=3, casual=20)
    wardrobe(make_shop(mall, discoverable=True), casual=26)
    moods = mall_moods(mall)
    (mood,) = [one for one in moods.moods if one.shop == tender]
    assert mood.is_of_parent("party") and mood.is_of_parent("romantic")
    assert not any(one.is_of_parent("party") for one in moods.moods if one is not mood)
