"""`manage migrate` beside a version that serves: real locks, real migrations, two at once."""

import threading
from collections.abc import Iterator
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections

from lookus.migrating import patience
from lookus.migrating.patience import TURN
from lookus.processes import wait_until
from tests.database import Databases

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
SECONDS = 60


class Migrating(threading.Thread):
    """The command in a thread with connections of its own; what it says is in `said`."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.out, self.error = StringIO(), None
        self.start()

    def run(self) -> None:
        try:
            call_command("migrate", "tenants", database="owner", interactive=False, stdout=self.out)
        except Exception as error:  # the test asks for it
            self.error = error
        finally:
            connections.close_all()

    @property
    def said(self) -> str:
        return self.out.getvalue()


@pytest.fixture
def undone(owner_db: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """A database that lacks one migration; whatever happens, it has it afterwards."""
    row = "app = 'tenants' AND name = '0010_outbox_trace'"
    owner_db.execute(f"DELETE FROM django_migrations WHERE {row}")
    owner_db.execute("ALTER TABLE tenants_outbox DROP COLUMN trace")
    yield owner_db
    if not migrated(owner_db):
        call_command("migrate", "tenants", database="owner", interactive=False, verbosity=0)


def migrated(owner: psycopg.Connection[Any]) -> bool:
    return bool(
        owner.execute(
            "SELECT 1 FROM pg_attribute WHERE attrelid = 'tenants_outbox'::regclass"
            " AND attname = 'trace' AND NOT attisdropped"
        ).fetchone()
    )


def test_a_held_table_is_let_go_between_tries_and_migrated_when_it_is_free(
    undone: psycopg.Connection[Any],
    databases: Databases,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.MIGRATE_LOCK_SECONDS = 1
    monkeypatch.setattr(patience, "PAUSE_SECONDS", 0.2)
    with (
        psycopg.connect(databases.app_url) as reader,
        psycopg.connect(databases.app_url, autocommit=True) as request,
    ):
        reader.execute("SELECT 1 FROM tenants_outbox LIMIT 1")
        migrating = Migrating()
        assert wait_until(lambda: "trying again" in migrating.said, seconds=SECONDS)
        # Queued behind the migration, and answered as soon as that gives up.
        request.execute("SET statement_timeout = '30s'")
        assert request.execute("SELECT count(*) FROM tenants_outbox").fetchone()
        assert not migrated(undone)
        reader.rollback()
        migrating.join(SECONDS)
    assert migrating.error is None
    assert migrated(undone)
    assert "Applying tenants.0010_outbox_trace... OK" in migrating.said


def test_the_second_migrator_waits_for_the_first(
    undone: psycopg.Connection[Any], databases: Databases
) -> None:
    with psycopg.connect(databases.owner_url, autocommit=True) as first:
        first.execute(f"SELECT pg_advisory_lock({TURN})")
        migrating = Migrating()
        assert wait_until(lambda: "waiting for its end" in migrating.said, seconds=SECONDS)
        assert not migrated(undone)
    migrating.join(SECONDS)
    assert migrating.error is None
    assert migrated(undone)


def test_two_at_once_both_end_well(undone: psycopg.Connection[Any]) -> None:
    both = [Migrating(), Migrating()]
    for one in both:
        one.join(SECONDS)
    assert [one.error for one in both] == [None, None]
    assert sum("Applying tenants.0010_outbox_trace... OK" in one.said for one in both) == 1
    assert migrated(undone)


def test_what_is_concurrent_may_wait_and_the_patience_ends_with_the_command(
    django_db_setup: None, settings: Any
) -> None:
    settings.MIGRATE_LOCK_SECONDS = 7
    owner = connections["owner"]

    def shown() -> str:
        with owner.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            return str(cursor.fetchone()[0])

    seen: list[str] = []

    def watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if "tried_index" in str(sql):
            with owner.connection.cursor() as cursor:
                seen.append(str(cursor.execute("SHOW lock_timeout").fetchone()[0]))
        return execute(sql, params, many, context)

    before = shown()
    with patience.short_locks(owner), owner.execute_wrapper(watch), owner.cursor() as cursor:
        assert shown() == "7s"
        cursor.execute("CREATE INDEX CONCURRENTLY tried_index ON tenants_sign (at)")
        assert shown() == "7s"
        cursor.execute("DROP INDEX tried_index")
    assert seen == ["0", "7s"]
    assert shown() == before
