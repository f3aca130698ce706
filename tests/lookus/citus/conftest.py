"""A database of its own with our schema and two shops in it, and what stands in for Citus.

No Citus runs here: `stub.sql` holds its catalogs and the rules by which its functions refuse a
table, as its documentation and its own tests have them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connections
from psycopg import sql

from tenants.models import Shop
from tests.database import Databases
from tests.factories import make_shop
from tests.tenants.rows import fill

STUB = Path(__file__).with_name("stub.sql")


@dataclass
class Cluster:
    """A copy of the test's database, which Django's connections lead to."""

    owner_url: str
    app_url: str
    superuser_url: str
    shops: list[Shop]

    def owner(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.owner_url, autocommit=True)

    def superuser(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.superuser_url, autocommit=True)


@pytest.fixture
def cluster(transactional_db: None, databases: Databases) -> Iterator[Cluster]:
    if not databases.superuser_url:
        pytest.skip("only the embedded server lets a test make Citus' catalogs")
    shops = [make_shop(), make_shop()]
    for shop in shops:
        fill(shop)
    name = f"{urlsplit(databases.owner_url).path.lstrip('/')}_cluster"
    copy = sql.Identifier(name)
    connections.close_all()
    with psycopg.connect(databases.server_url, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(copy))
        template = sql.Identifier(urlsplit(databases.owner_url).path.lstrip("/"))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(copy, template))
    urls = [
        urlunsplit(urlsplit(one)._replace(path=f"/{name}"))
        for one in (databases.owner_url, databases.app_url, databases.superuser_url)
    ]
    made = Cluster(*urls, shops)
    with made.superuser() as server:
        server.execute(STUB.read_bytes())
        server.execute(sql.SQL("ALTER DATABASE {} SET search_path = public, stub").format(copy))
    databases.point("default", made.app_url)
    databases.point("owner", made.owner_url)
    try:
        yield made
    finally:
        connections.close_all()
        databases.point("default", databases.app_url)
        databases.point("owner", databases.owner_url)
        with psycopg.connect(databases.server_url, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(copy))
