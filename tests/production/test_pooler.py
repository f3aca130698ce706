"""Behind PgBouncer in transaction mode: what one leaves on a connection, the next would find."""

import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import ProgrammingError, connection, connections, transaction
from pytest_django import Settings

from catalog.models import Product
from lookus import settings as ours
from lookus.doctor import database as doctor
from lookus.watching.parts import database_ask
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.database import Databases
from tests.factories import make_product, make_shop
from tests.support.daemons import pgbouncer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pooled(
    databases: Databases, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Django's connections go through one connection of Postgres; the pooler's address."""
    parts = urlsplit(databases.app_url)
    name, place = parts.path.lstrip("/"), databases.app_url.partition("host=")[2]
    if not place:
        pytest.skip("the database is not ours to put a pooler before")
    host, _, port = place.partition("&port=")
    to = {name: f"host={host} port={port} dbname={name}"}
    with pgbouncer({"pool_mode": "transaction", "default_pool_size": 1}, to) as server:
        monkeypatch.setattr(ours, "DATABASE_POOLER", "transaction")
        address = server.url.format(user="lookus_app", database=name)
        connections["default"].close()
        databases.point("default", address)
        yield address
        connections["default"].close()
        monkeypatch.undo()
        databases.point("default", databases.app_url)


@pytest.fixture
def other(pooled: str) -> Iterator[psycopg.Connection[Any]]:
    """Somebody else, on the same connection of Postgres."""
    with psycopg.connect(pooled, autocommit=True, prepare_threshold=None) as found:
        yield found


def backend(somebody: Any) -> int:
    row = somebody.execute("SELECT pg_backend_pid()").fetchone()
    return int(row[0])


def test_both_are_served_by_one_connection(other: psycopg.Connection[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone()[0] == backend(other)


def test_a_probe_leaves_no_time_limit(other: psycopg.Connection[Any]) -> None:
    with database_ask() as asked:
        pid = backend(asked)
        assert asked.execute("SHOW statement_timeout").fetchone() == ("3s",)
    assert backend(other) == pid
    assert other.execute("SHOW statement_timeout").fetchone() == ("0",)


def test_a_scope_ends_with_its_transaction(other: psycopg.Connection[Any]) -> None:
    shop = make_shop()
    make_product(shop)
    with shop_scope(shop):
        assert Product.objects.count() == 1
    assert other.execute("SELECT count(*) FROM catalog_product").fetchone() == (0,)
    with pytest.raises(ProgrammingError), shop_scope(shop):
        connection.cursor().execute("SELECT 1 FROM nothing")
    assert other.execute("SELECT count(*) FROM catalog_product").fetchone() == (0,)


def test_rows_are_read_in_parts_while_others_use_the_connection(
    other: psycopg.Connection[Any],
) -> None:
    for _ in range(5):
        make_shop()
    found = []
    for shop in Shop.objects.order_by("pk").iterator(2):
        found.append(shop.pk)
        held = other.execute("SELECT count(*) FROM pg_cursors WHERE is_holdable").fetchone()
        assert held == (0,), "a cursor that is held belongs to whoever has the connection next"
    assert found == sorted(found)
    assert len(found) >= 5


def test_the_same_statement_again_and_again_is_nobodys(other: psycopg.Connection[Any]) -> None:
    shop = make_shop()
    for _ in range(12):
        with shop_scope(shop):
            Product.objects.filter(sku="none").exists()
        other.execute("SELECT 1")
    assert other.execute("SELECT count(*) FROM pg_prepared_statements").fetchone() == (0,)


def test_who_waits_for_the_connection_is_served(other: psycopg.Connection[Any]) -> None:
    """Two transactions, one connection: the second comes when the first has ended."""
    served = threading.Event()

    def ask() -> None:
        other.execute("SELECT 1")
        served.set()

    waiting = threading.Thread(target=ask)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        waiting.start()
        assert not served.wait(0.2)
    assert served.wait(60)
    waiting.join()


def test_doctor_sees_a_pooler(pooled: str, databases: Databases, settings: Settings) -> None:
    with database_ask() as asked:
        assert doctor.is_pooled(asked)
        settings.DATABASE_POOLER = "none"
        assert [one.check for one in doctor._pooler(asked)] == ["pooler"]
        settings.DATABASE_POOLER = "transaction"
        assert not list(doctor._pooler(asked))
    with psycopg.connect(databases.app_url) as straight:
        assert not doctor.is_pooled(straight)
