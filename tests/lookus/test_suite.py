"""The suite's own ground: the role it runs as, and how its tables are emptied."""

from typing import Any

import psycopg
import pytest
from django.contrib.auth.models import Permission
from django.db import connection

from lookus.embedded import THROWAWAY, EmbeddedPostgres
from tenants.models import Mall
from tests.database import Databases, refuse_privileged_role


def test_the_suite_runs_as_the_applications_role(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("lookus_app",)
        refuse_privileged_role(cursor)


def test_the_suite_refuses_the_tables_owner(owner_db: psycopg.Connection[Any]) -> None:
    with pytest.raises(pytest.exit.Exception, match="lookus_owner: it owns tables"):
        refuse_privileged_role(owner_db.cursor())


def test_the_suite_refuses_a_superuser_and_a_role_above_row_security(tmp_path: Any) -> None:
    server = EmbeddedPostgres(tmp_path / "home", settings=THROWAWAY)
    try:
        addresses = server.start()
        with psycopg.connect(addresses.url("postgres"), autocommit=True) as superuser:
            with pytest.raises(pytest.exit.Exception, match="postgres: it is a superuser"):
                refuse_privileged_role(superuser.cursor())
            superuser.execute("CREATE ROLE backup LOGIN BYPASSRLS")
        with (
            psycopg.connect(addresses.url("backup")) as backup,
            pytest.raises(pytest.exit.Exception, match="backup: it has BYPASSRLS"),
        ):
            refuse_privileged_role(backup.cursor())
    finally:
        server.destroy()


def test_real_transactions_are_emptied_and_the_migrations_rows_stay(
    transactional_db: None, databases: Databases, owner_db: psycopg.Connection[Any]
) -> None:
    permissions = Permission.objects.count()
    assert permissions > 0
    Mall.objects.create(name="Mall", slug="mall")
    databases.empty()
    assert owner_db.execute("SELECT count(*) FROM tenants_mall").fetchone() == (0,)
    assert Permission.objects.count() == permissions
    assert owner_db.execute("SELECT count(*) > 0 FROM django_migrations").fetchone() == (True,)
