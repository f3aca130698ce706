"""A mall hears once that most of its quota is used, and once that all is."""

from typing import Any

import pytest
from django.core import mail

from billing.plans import PLANS, Plan
from billing.services import subscription_set, usage_record
from billing.warnings import Warned, quota_warn
from tenants import outbox
from tenants.models import Outbox, Shop, WebhookMessage
from tenants.scope import shop_scope
from tenants.webhooks.endpoints import endpoint_create
from tests.factories import make_shop, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    small: dict[Any, int | None] = {"photo": 10, "search": 1000}
    monkeypatch.setitem(PLANS, "small", Plan("small", "Small", small))
    found = make_shop(language="en", name="Namu")
    subscription_set(mall=found.mall, plan="small")
    make_user("owner", mall=found.mall, email="owner@namu.example")
    with shop_scope(found):
        endpoint_create(shop=found, url="https://shop.example/hook", types=["quota.warning"])
    return found


def use(shop: Shop, *references: int) -> None:
    for one in references:
        with shop_scope(shop):
            usage_record(shop=shop, kind="photo", reference=str(one))


def told(shop: Shop) -> list[Any]:
    quota_warn(shop_id=shop.pk)
    with shop_scope(shop):
        return list(WebhookMessage.objects.order_by("pk").values_list("data__percent", flat=True))


def test_once_at_eighty_and_once_at_a_hundred(shop: Shop) -> None:
    use(shop, *range(7))
    assert told(shop) == []
    use(shop, 7, 7)
    assert told(shop) == [80]
    use(shop, 8)
    assert told(shop) == [80]
    use(shop, 9, 10, 11)
    assert told(shop) == [80, 100]
    assert [letter.subject for letter in mail.outbox] == [
        "Namu: 80% of this month's quota is used",
        "Namu: 100% of this month's quota is used",
    ]
    assert "8 of the 10 photos" in mail.outbox[0].body
    assert "All 10 photos" in mail.outbox[1].body
    with shop_scope(shop):
        data = WebhookMessage.objects.order_by("pk")[0].data
    assert (data["kind"], data["used"], data["allowed"], data["plan"]) == ("photo", 8, 10, "small")


def test_every_shop_of_the_mall_hears_and_its_owner_gets_one_mail(shop: Shop) -> None:
    other = make_shop(mall=shop.mall)
    with shop_scope(other):
        endpoint_create(shop=other, url="https://other.example/", types=["quota.warning"])
    use(other, *range(9))
    assert told(other) == [80]
    assert told(shop) == [80]
    assert len(mail.outbox) == 1


def test_a_change_that_is_rolled_back_warns_of_nothing(shop: Shop) -> None:
    use(shop, *range(7))

    def fails() -> None:
        with shop_scope(shop):
            usage_record(shop=shop, kind="photo", reference="x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert not Outbox.objects.filter(topic=outbox.QUOTA).exists()
    use(shop, 8)
    assert told(shop) == [80]


def test_a_larger_plan_has_bounds_of_its_own(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    use(shop, *range(8))
    assert told(shop) == [80]
    large: dict[Any, int | None] = {"photo": 20, "search": 1000}
    monkeypatch.setitem(PLANS, "large", Plan("large", "Large", large))
    subscription_set(mall=shop.mall, plan="large")
    use(shop, *range(8, 15))
    assert told(shop) == [80]
    use(shop, 15)
    assert told(shop) == [80, 80]


def test_without_a_limit_nothing_is_said(shop: Shop) -> None:
    subscription_set(mall=shop.mall, plan="unlimited")
    use(shop, *range(12))
    assert told(shop) == []


def test_a_number_says_what_is_told() -> None:
    for percent in (80, 100):
        for kind in ("photo", "search"):
            warned = Warned(202611, kind, percent)  # type: ignore[arg-type]
            assert Warned.of(warned.number) == warned
