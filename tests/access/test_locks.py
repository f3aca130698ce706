"""Either of the two locks holds alone: one is taken away, and nothing of another shop is read.

That both gone do show the victim's rows proves that the questions would find them.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client
from psycopg import sql

from tests.access.scene import SECRET, Scene
from tests.database import Databases

# A comparison with the shop in scope, as the managers and our own statements write it.
SHOP = re.compile(r'((?:"?\w+"?\.)?"?shop_id"?) = (\(?\d+\)?|%s|%\(shop\)s)')
LOCKED = """
    SELECT oid::regclass::text FROM pg_class WHERE relrowsecurity
      AND relnamespace = 'public'::regnamespace ORDER BY relispartition, oid
"""


@contextmanager
def first_lock_off() -> Iterator[None]:
    """No statement that reads says which shop it is for."""

    def opened(execute: Any, statement: Any, *rest: Any) -> Any:
        if isinstance(statement, str) and statement.lstrip().startswith(("SELECT", "WITH")):
            statement = SHOP.sub(r"(\1 = \2 OR \1 > 0)", statement)
        return execute(statement, *rest)

    with connection.execute_wrapper(opened):
        yield


@contextmanager
def second_lock_off(databases: Databases) -> Iterator[None]:
    """Postgres shows every row to everybody."""
    with psycopg.connect(databases.owner_url, autocommit=True) as owner:
        tables = [name for (name,) in owner.execute(LOCKED).fetchall()]
        assert len(tables) > 100
        _each(owner, tables, "DISABLE")
        try:
            yield
        finally:
            _each(owner, tables, "ENABLE")
            assert [name for (name,) in owner.execute(LOCKED).fetchall()] == tables


def _each(owner: psycopg.Connection[Any], tables: list[str], verb: str) -> None:
    for name in tables:
        statement = "ALTER TABLE {} " + verb + " ROW LEVEL SECURITY"
        owner.execute(sql.SQL(statement).format(sql.Identifier(name)))


def search(scene: Scene, *, key: str = "sk'", **asked: Any) -> Any:
    return Client(headers={"Authorization": f"Bearer {scene.tokens[key]}"}).post(
        "/api/v1/search", json.dumps(asked), content_type="application/json"
    )


def listed(scene: Scene) -> Any:
    token = scene.tokens["sk'"]
    return Client(headers={"Authorization": f"Bearer {token}"}).get("/api/v1/products")


def desk(scene: Scene) -> Any:
    client = Client()
    client.force_login(scene.stranger)
    return client.get("/admin/stranger/catalog/product/?as=list")


ASKED: dict[str, Callable[[Scene], Any]] = {
    "by a product": lambda scene: search(scene, product_id=scene.own_product.sku),
    "by words": lambda scene: search(scene, text=SECRET),
    "the catalogue's API": listed,
    "the desk": desk,
}


def told(scene: Scene) -> dict[str, bool]:
    """Whether each answer says something of the victim."""
    found = {}
    for name, ask in ASKED.items():
        response = ask(scene)
        assert response.status_code == 200, name
        # Words that nothing has are said again.
        text = response.content.decode()
        found[name] = f"Title {SECRET}" in text
    return found


@pytest.mark.parametrize(
    ("first", "second"), [(True, True), (False, True), (True, False), (False, False)]
)
def test_one_lock_is_enough(first: bool, second: bool, scene: Scene, databases: Databases) -> None:
    with ExitStack() as off:
        if not first:
            off.enter_context(first_lock_off())
        if not second:
            off.enter_context(second_lock_off(databases))
        assert told(scene) == dict.fromkeys(ASKED, not first and not second)
