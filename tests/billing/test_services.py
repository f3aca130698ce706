from datetime import datetime

import pytest
from django.utils import timezone

from billing import services
from billing.models import Kind, LedgerEntry, MonthlyUsage
from billing.selectors import ledger_newest, usage_of
from tenants.scope import shop_scope
from tests.factories import make_mall, make_shop

pytestmark = pytest.mark.django_db


def at(*when: int) -> datetime:
    """A moment of the installation's time zone."""
    return timezone.make_aware(datetime(*when))  # type: ignore[misc]


def test_a_reference_is_counted_once() -> None:
    shop = make_shop()
    with shop_scope(shop):
        assert services.usage_record(shop=shop, kind=Kind.PHOTO, reference="1:abc") is True
        assert services.usage_record(shop=shop, kind=Kind.PHOTO, reference="1:abc") is False
        assert services.usage_record(shop=shop, kind=Kind.SEARCH, reference="1:abc") is True
        assert LedgerEntry.objects.count() == 2
    assert services.used_in_month(mall_id=shop.mall_id, kind=Kind.PHOTO) == 1
    assert services.used_in_month(mall_id=shop.mall_id, kind=Kind.SEARCH) == 1


def test_shops_of_a_mall_share_the_quota(monkeypatch: pytest.MonkeyPatch) -> None:
    mall = make_mall(plan="free")
    monkeypatch.setitem(services_free_limits(), Kind.SEARCH, 3)
    first, second = make_shop(mall), make_shop(mall)
    for shop, quantity in ((first, 2), (second, 1)):
        services.quota_check(mall_id=mall.pk, kind=Kind.SEARCH)
        with shop_scope(shop):
            services.usage_record(shop=shop, kind=Kind.SEARCH, reference="a", quantity=quantity)
    with pytest.raises(
        services.OverQuota, match="allows 3 searches a month and 3 are used"
    ) as over:
        services.quota_check(mall_id=mall.pk, kind=Kind.SEARCH)
    assert (over.value.plan, over.value.limit, over.value.used) == ("free", 3, 3)
    assert services.quota_left(mall_id=mall.pk, kind=Kind.SEARCH) == 0
    services.quota_check(mall_id=make_mall().pk, kind=Kind.SEARCH)


def services_free_limits() -> dict[Kind, int | None]:
    from billing.plans import FREE

    return FREE.monthly


def test_a_new_month_begins_at_nothing() -> None:
    shop = make_shop()
    last, next_one = at(2031, 1, 31, 23, 59, 59), at(2031, 2, 1)
    with shop_scope(shop):
        services.usage_record(shop=shop, kind=Kind.PHOTO, reference="a", at=last)
        used = {"mall_id": shop.mall_id, "kind": Kind.PHOTO}
        assert services.used_in_month(**used, at=last) == 1
        assert services.used_in_month(**used, at=next_one) == 0
        services.usage_record(shop=shop, kind=Kind.PHOTO, reference="b", at=next_one)
    assert MonthlyUsage.objects.filter(mall=shop.mall).count() == 2


def test_a_mall_without_a_subscription_or_with_a_plan_that_is_gone_is_on_the_default() -> None:
    mall = make_mall()
    assert services.plan_name(mall_id=mall.pk) == "free"
    services.subscription_set(mall=mall, plan="unlimited")
    assert services.quota_left(mall_id=mall.pk, kind=Kind.PHOTO) is None
    mall.subscription.plan = "sold-in-2019"
    mall.subscription.save()
    assert services.plan_name(mall_id=mall.pk) == "free"
    with pytest.raises(ValueError, match="no plan 'gold'"):
        services.subscription_set(mall=mall, plan="gold")


def test_the_page_shows_used_and_allowed_and_the_last_entries() -> None:
    shop = make_shop(make_mall(plan="starter"))
    with shop_scope(shop):
        services.usage_record(shop=shop, kind=Kind.PHOTO, reference="a", quantity=5_000)
        services.usage_record(shop=shop, kind=Kind.SEARCH, reference="b")
        assert [entry.reference for entry in ledger_newest()] == ["b", "a"]
    photos, searches = usage_of(shop.mall).lines
    assert (photos.used, photos.allowed, photos.share) == (5_000, 20_000, 0.25)
    assert (searches.label, searches.used) == ("Query answered", 1)


def test_a_failed_transaction_counts_nothing() -> None:
    shop = make_shop()

    def count_and_fail() -> None:
        with shop_scope(shop):
            services.usage_record(shop=shop, kind=Kind.PHOTO, reference="a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        count_and_fail()
    assert services.used_in_month(mall_id=shop.mall_id, kind=Kind.PHOTO) == 0


def test_another_shop_reads_none_of_the_ledger() -> None:
    shop, stranger = make_shop(), make_shop()
    with shop_scope(shop):
        services.usage_record(shop=shop, kind=Kind.PHOTO, reference="a")
    with shop_scope(stranger):
        assert not ledger_newest().exists()
