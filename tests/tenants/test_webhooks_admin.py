"""The pages of a shop's webhooks."""

import re
from typing import Any

import pytest

from tenants.models import Shop, WebhookDelivery, WebhookEndpoint
from tenants.scope import shop_scope
from tenants.webhooks import event_announce
from tenants.webhooks.endpoints import endpoint_create
from tests.admin.desk import Desk
from tests.factories import make_shop

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "tenants/webhookendpoint/"
FORM = {
    "url": "https://shop.example/hook",
    "types": ["import.finished", "product.tagged"],
    "description": "stock",
    "enabled": "on",
}


@pytest.fixture
def shop() -> Shop:
    return make_shop(language="en")


def made(shop: Shop) -> WebhookEndpoint:
    with shop_scope(shop):
        return endpoint_create(shop=shop, url=FORM["url"], types=FORM["types"])[0]  # type: ignore[arg-type]


def told(shop: Shop) -> WebhookDelivery:
    with shop_scope(shop):
        event_announce(shop=shop, type="import.finished", data={"id": 1})
        WebhookDelivery.objects.update(
            state="failed", attempts=8, status=500, answer="<b>oops</b>", duration_ms=12
        )
        return WebhookDelivery.objects.get()


def test_an_owner_makes_one_and_sees_its_secret_once(shop: Shop) -> None:
    desk = Desk(shop)
    page = desk.post(f"{PAGE}add/", **FORM).content.decode()
    (secret,) = re.findall(r"whsec_[\w+/=]+", page)
    with shop_scope(shop):
        endpoint = WebhookEndpoint.objects.get()
    assert endpoint.types == FORM["types"]
    for path in (PAGE, f"{PAGE}{endpoint.pk}/change/", f"{PAGE}{endpoint.pk}/deliveries/"):
        shown = desk.page(path)
        assert secret not in shown
        assert endpoint.secret not in shown
    assert FORM["url"] in desk.page(PAGE)


def test_what_cannot_be_is_said_at_its_field(shop: Shop) -> None:
    desk = Desk(shop)
    refused = desk.post(f"{PAGE}add/", **(FORM | {"url": "http://10.0.0.1/"})).content.decode()
    assert "only public addresses" in refused
    assert (
        "This field is required"
        in desk.post(f"{PAGE}add/", url="https://x.example").content.decode()
    )
    with shop_scope(shop):
        assert not WebhookEndpoint.objects.exists()


def test_it_is_changed_switched_and_deleted(shop: Shop) -> None:
    desk, endpoint = Desk(shop), made(shop)
    fields = {key: value for key, value in FORM.items() if key != "enabled"}
    assert desk.post(f"{PAGE}{endpoint.pk}/change/", **fields).status_code == 302
    with shop_scope(shop):
        endpoint.refresh_from_db()
    assert not endpoint.enabled
    assert endpoint.description == "stock"
    assert desk.post(f"{PAGE}{endpoint.pk}/delete/", post="yes").status_code == 302
    with shop_scope(shop):
        assert not WebhookEndpoint.objects.exists()


def test_a_new_secret_is_shown_once_and_the_former_signs_on(shop: Shop) -> None:
    endpoint = made(shop)
    page = Desk(shop).post(f"{PAGE}{endpoint.pk}/secret/").content.decode()
    assert "whsec_" in page
    assert "The former secret signs too until" in page


def test_the_log_shows_what_happened_and_sends_again(shop: Shop) -> None:
    endpoint, delivery = made(shop), None
    delivery = told(shop)
    desk = Desk(shop)
    page = desk.page(f"{PAGE}{endpoint.pk}/deliveries/")
    assert "import.finished" in page
    assert "8 attempts" in page
    assert "answered 500" in page
    assert "&lt;b&gt;oops&lt;/b&gt;" in page
    assert "import.finished" not in desk.page(f"{PAGE}{endpoint.pk}/deliveries/?state=delivered")
    for fields in ({"delivery": delivery.pk}, {"hours": "24"}):
        with shop_scope(shop):
            WebhookDelivery.objects.update(state="failed")
        replayed = desk.post(f"{PAGE}{endpoint.pk}/replay/", follow=True, **fields)
        assert "1 message is sent again." in replayed.content.decode()
        with shop_scope(shop):
            assert WebhookDelivery.objects.get().state == "waiting"
    assert desk.post(f"{PAGE}{endpoint.pk}/test/").status_code == 302
    with shop_scope(shop):
        assert WebhookDelivery.objects.count() == 2


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_others_than_owners_see_and_do_nothing(shop: Shop, role: str) -> None:
    endpoint, desk = made(shop), Desk(shop, role)
    told(shop)
    paths = ["", "add/", f"{endpoint.pk}/change/", f"{endpoint.pk}/deliveries/"]
    for path in paths:
        assert desk.get(PAGE + path).status_code in (403, 404), path
    posts: dict[str, dict[str, Any]] = {
        "add/": FORM,
        f"{endpoint.pk}/change/": FORM,
        f"{endpoint.pk}/secret/": {},
        f"{endpoint.pk}/test/": {},
        f"{endpoint.pk}/replay/": {"hours": "24"},
        f"{endpoint.pk}/delete/": {"post": "yes"},
    }
    for path, fields in posts.items():
        assert desk.post(PAGE + path, **fields).status_code in (403, 404), path
    with shop_scope(shop):
        assert WebhookEndpoint.objects.get().secret == endpoint.secret
        assert WebhookDelivery.objects.get().state == "failed"
