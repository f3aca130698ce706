"""What is kept in the cache of one shop is never answered to another."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tenants.models import User
from tests.access.scene import SECRET, SKU, Scene
from tests.access.table import table
from tests.access.test_locks import search
from tests.access.test_table import WHOLE, quiet  # noqa: F401
from tests.tenants.url_map import address

# Pages that keep something; `make chaos` asks for all.
KEEPING = ("", "catalog/product/", "catalog/photo/", "quality/", "map/", "insights/")
# Every name in the cache, and whose it is.
NAMES = (
    r"desk-(brands|without):\d+",  # a shop's
    r"lines:\w+",  # a photo's, whose name says its shop
    r"throttle:\w+:\d+(:.+)?",  # a key's
    r"rate:\w+:.+",  # whom it counts
    r"allauth:.+",  # a person's or an address's
)


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


def names() -> list[str]:
    """Of what the process keeps, without Django's prefix and version."""
    return [name.split(":", 2)[2] for name in cache._cache]


def pages(scene: Scene, user: User, below: str, whole: bool) -> dict[str, Any]:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    lines = table("shop_admin").lines
    routes = dict.fromkeys(line.route for line in lines if "GET" in line.methods)
    found = {}
    for route in routes if whole else KEEPING:
        response = client.get(below + address(route, scene.values(route)))
        content = b"".join(response) if response.streaming else response.content
        found[route] = content.decode(errors="replace")
    return found


@pytest.mark.parametrize("whole", WHOLE)
def test_what_one_shops_pages_left_is_in_no_page_of_another(whole: bool, scene: Scene) -> None:
    seen = pages(scene, scene.owner, "/admin/victim/", whole)
    assert SECRET in seen["catalog/product/"]
    kept = names()
    assert any(name.startswith("desk-brands:") for name in kept)
    unknown = [name for name in kept if not any(re.fullmatch(one, name) for one in NAMES)]
    assert unknown == [], "whose is it? Let its name say so, and name it here"
    told = pages(scene, scene.stranger, "/admin/stranger/", whole)
    assert [page for page, said in told.items() if SECRET in said.replace(SKU, "")] == []


def test_the_same_question_is_answered_to_each_from_its_own(scene: Scene) -> None:
    asked = {kind: search(scene, key=kind, product_id=SKU) for kind in ("sk", "sk'", "pk", "pk'")}
    told = {kind: response.status_code for kind, response in asked.items()}
    assert told == {"sk": 200, "pk": 200, "sk'": 404, "pk'": 404}
