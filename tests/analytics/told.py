"""Telling the API what shoppers did, as a storefront or a server does."""

import json
import uuid
from typing import Any

from django.test import Client

from analytics.services import search_recorded
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_product, make_shop

SESSION = "a-random-name-1"


def make_selling_shop(*skus: str, **fields: Any) -> Shop:
    shop = make_shop(**({"language": "en"} | fields))
    for sku in skus or ("one", "two", "three"):
        make_product(shop, sku=sku)
    return shop


def make_search(shop: Shop) -> uuid.UUID:
    """A search that the shop answered."""
    search_id = uuid.uuid4()
    with shop_scope(shop):
        search_recorded(
            shop=shop, search_id=search_id, results=2, category="dress", milliseconds=80
        )
    return search_id


def tell(token: str, event: Any, **headers: str) -> Any:
    """The reply to one event, or to whatever else stands for it."""
    return Client().post(
        "/api/v1/events",
        json.dumps(event, default=str),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}", **headers},
    )


def tell_all(token: str, *events: Any, **of_all: Any) -> dict[str, Any]:
    """The reply to a batch that was taken."""
    reply = tell(token, {"events": list(events), **of_all})
    assert reply.status_code == 202, reply.content
    body: dict[str, Any] = reply.json()
    return body


def outcomes(reply: dict[str, Any]) -> list[str]:
    """Of each event of a batch: its outcome, or the code that it was refused with."""
    return [row["outcome"] or row["errors"][0]["code"] for row in reply["results"]]
