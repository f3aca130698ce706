"""Another shop's ids in what a form sends, and in what the desk completes."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from catalog.models import OwnClass, OwnExample, Photo, Product, ReviewDecision
from recommender.models import Look
from tenants.admin_site import shop_admin
from tenants.models import Shop, User, WebhookDelivery, WebhookEndpoint
from tenants.scope import shop_scope
from tests.access.scene import SECRET, Scene
from tests.access.test_table import quiet  # noqa: F401

Ids = Mapping[str, int]
Form = Callable[[Ids], dict[str, Any]]

# A page, and a form whose ids are of products, photos … of whoever is named by them. Where the
# page's own address has an id, it is of the asker's shop.
FORMS: dict[str, tuple[str, Form]] = {
    "many products": (
        "catalog/product/bulk/",
        lambda ids: {"ids": ids["product"], "what": "delete", "step": "do"},
    ),
    "alike": (
        "catalog/product/alike/",
        lambda ids: {"product": [ids["product"], ids["newest"]], "answer": "apart"},
    ),
    "alike, one stays": (
        "catalog/product/alike/",
        lambda ids: {"product": [ids["product"], ids["newest"]], "keep": ids["product"]},
    ),
    "a photo again": ("catalog/photo/retry/", lambda ids: {"photo": ids["failed"]}),
    "photos again": (
        "catalog/photo/",
        lambda ids: {"action": "try_again", "_selected_action": ids["failed"]},
    ),
    "looks away": (
        "recommender/look/",
        lambda ids: {"action": "delete_selected", "_selected_action": ids["look"], "post": "yes"},
    ),
    "an answer back": ("review/undo/", lambda ids: {"decision": ids["decision"]}),
    "an answer": (
        "review/kind/category/",
        lambda ids: {"product": ids["product"], "value": "dress"},
    ),
    "one of the border": ("catalog/ownclass/{class}/", lambda ids: {"yes": ids["newest"]}),
    "an example away": (
        "catalog/ownclass/{class}/",
        lambda ids: {"action": "remove", "example": ids["example"]},
    ),
    "examples": ("catalog/ownclass/{class}/more/", lambda ids: {"product": ids["newest"]}),
    "a delivery again": (
        "tenants/webhookendpoint/{endpoint}/replay/",
        lambda ids: {"delivery": ids["delivery"]},
    ),
}


def ids_of(shop: Shop) -> dict[str, int]:
    with shop_scope(shop):
        return {
            "product": Product.objects.order_by("pk")[0].pk,
            "newest": Product.objects.order_by("-pk")[0].pk,
            "failed": Photo.objects.filter(state="failed").order_by("pk")[0].pk,
            "look": Look.objects.get().pk,
            "decision": ReviewDecision.objects.get().pk,
            "class": OwnClass.objects.get().pk,
            "example": OwnExample.objects.get().pk,
            "endpoint": WebhookEndpoint.objects.get().pk,
            "delivery": WebhookDelivery.objects.get().pk,
        }


def sent(user: User, shop: Shop, page: str, form: Mapping[str, Any]) -> Any:
    cache.clear()
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client.post(f"/admin/{shop.slug}/" + page.format(**ids_of(shop)), form)


@pytest.mark.parametrize("name", FORMS)
def test_ids_of_another_shop_change_nothing(name: str, scene: Scene) -> None:
    page, form = FORMS[name]
    before, ids = scene.kept(), ids_of(scene.victim)
    response = sent(scene.stranger, scene.own, page, form(ids))
    assert response.status_code < 500
    assert SECRET not in response.content.decode()
    assert scene.kept() == before
    # The victim's own people do change something by it.
    with transaction.atomic():
        assert sent(scene.owner, scene.victim, page, form(ids)).status_code < 400
        assert scene.kept() != before
        transaction.set_rollback(True)


def completed() -> Iterator[tuple[str, str, str]]:
    """Every field that the shop's admin completes."""
    for model, admin in shop_admin._registry.items():
        forms = [admin, *(inline(model, shop_admin) for inline in admin.inlines)]
        for one in forms:
            for name in one.get_autocomplete_fields(None):
                yield one.model._meta.app_label, one.model._meta.model_name, name


def test_the_desk_completes_with_ones_own_only(scene: Scene) -> None:
    client = Client()
    client.force_login(scene.stranger)
    for app, model, name in completed():
        asked = {"app_label": app, "model_name": model, "field_name": name, "term": SECRET}
        response = client.get("/admin/stranger/autocomplete/", asked)
        assert response.status_code == 200
        assert response.json()["results"] == []
    for term in (SECRET, f"SKU-{SECRET}"):
        found = client.get("/admin/stranger/catalog/product/find/", {"q": term})
        assert f"Title {SECRET}" not in found.content.decode()
