"""One embedded Postgres for the session, served to Django as the application's role.

`django_db`'s plain tests run inside a transaction. Tests of isolation and of jobs use real ones
(`transactional_db`): their tables are emptied by the owner's role, for the application's may not.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase, override_settings
from django.utils import translation

from tests.database import Databases, refuse_privileged_role
from tests.stack import LiveStack

# Products of each of the demo's two shops in `live_stack`.
LIVE_PRODUCTS = 12


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """`make test` asks for files."""
    from tests.sharing import LongestFirst

    return LongestFirst(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """The server: the one that DATABASE_URL and OWNER_DATABASE_URL name, or an embedded one."""
    with Databases.serve(tmp_path_factory.mktemp("home")) as served:
        yield served


@pytest.fixture(scope="session")
def django_db_setup(
    databases: Databases,
    django_test_environment: None,
    django_db_blocker: Any,
) -> Iterator[None]:
    """Migrate a new database as its owner and point Django's aliases at it."""
    databases.create()
    for alias, address in (("default", databases.app_url), ("owner", databases.owner_url)):
        databases.point(alias, address)
    os.environ["DATABASE_URL"] = databases.app_url
    os.environ["OWNER_DATABASE_URL"] = databases.owner_url
    with django_db_blocker.unblock():
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        with connections["default"].cursor() as cursor:
            refuse_privileged_role(cursor)
    databases.remember_rows_of_migrations()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: databases.empty())
        yield
    with django_db_blocker.unblock():
        connections.close_all()
    databases.drop()


@pytest.fixture
def owner_db(django_db_setup: None, databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    """An autocommitting connection as the owner of the tables.

    It is bound by row-level security too, and sees nothing that a plain `db` test wrote.
    """
    with psycopg.connect(databases.owner_url, autocommit=True) as connection:
        yield connection


@pytest.fixture(autouse=True, scope="session")
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test writes in the checkout's `var`, nor rings the doorbell of a running worker."""
    from lookus.celery import app

    home = tmp_path_factory.mktemp("lookus")
    app.conf.update(broker_url="memory://", broker_transport_options={})
    # Tests ask with more threads than a web process has.
    with override_settings(LOOKUS_HOME=home, MEDIA_ROOT=home / "media", WEB_THREADS=1000):
        yield home


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """A slow hash is worth its time to no test: a stack of its own has the real one."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=hashers):
        yield


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A request's language is its thread's: no test hears the one before it."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def tiny_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Networks that know garments by their paint, for every test that needs no better eyes."""
    from tests.support.tiny_bundle import build_tiny_bundle

    return build_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny")


@pytest.fixture(scope="session")
def live_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveStack]:
    """Real web, worker, clock and database on a port of their own, with a small tagged demo."""
    stack = LiveStack(tmp_path_factory.mktemp("live") / "home", products=LIVE_PRODUCTS)
    try:
        stack.wait_until_ready()
        yield stack
    finally:
        stack.stop()
