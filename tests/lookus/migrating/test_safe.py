"""What this version's migrations leave to the version before, which serves while they run."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.db import connections, transaction

from lookus.migrating.fits import misfits
from lookus.migrating.locks import lock_faults, tables_made
from lookus.migrating.new import migrations_since, state_before, state_now, statements

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


BEFORE, NOW = cache(state_before), cache(state_now)


def reviewed(migration: Any) -> dict[str, str]:
    """The rules that a person answered in the migration itself, each with the reason."""
    found: dict[str, str] = getattr(migration, "reviewed", {})
    assert all(len(reason) > 20 for reason in found.values()), f"{migration}: say why"
    return found


def test_no_new_migration_holds_a_table_for_long() -> None:
    new = migrations_since()
    sql = {str(one): statements(one, connections["owner"]) for one in new}
    made = {name for one in sql.values() for name in tables_made(one)}
    found = [
        f"{migration}: {fault}"
        for migration in new
        for fault in lock_faults(sql[str(migration)], made)
        if fault.rule not in reviewed(migration)
    ]
    assert not found, "\n".join(found)


def test_what_is_concurrent_is_in_no_transaction() -> None:
    for migration in migrations_since():
        concurrent = any(
            "CONCURRENTLY" in one for one in statements(migration, connections["owner"])
        )
        assert not (concurrent and migration.atomic), f"{migration}: atomic = False"


def test_the_version_before_fits_the_migrated_database() -> None:
    answered = {rule for one in migrations_since() for rule in reviewed(one)}
    found = [
        str(one)
        for one in misfits(BEFORE(), NOW(), connections["owner"])
        if one.rule not in answered
    ]
    assert not found, "\n".join(found)


class Undone(Exception):
    pass


@pytest.fixture
def as_owner() -> Iterator[Any]:
    """What is done to the tables is undone after the test."""
    try:
        with transaction.atomic(using="owner"):
            yield connections["owner"]
            raise Undone
    except Undone:
        pass


@pytest.mark.parametrize(
    ("statement", "rule", "named"),
    [
        ("ALTER TABLE catalog_product RENAME COLUMN title TO name", "column", "product.title"),
        ("ALTER TABLE catalog_photo DROP COLUMN etag", "column", "catalog_photo.etag"),
        ("ALTER TABLE catalog_tag RENAME TO catalog_label", "table", "catalog_tag"),
        ("DROP TABLE catalog_importproblem", "table", "catalog_importproblem"),
        ("ALTER TABLE tenants_mall ADD COLUMN tier int NOT NULL", "new_column", "mall.tier"),
        (
            "ALTER TABLE tenants_outbox ALTER COLUMN published_at SET NOT NULL",
            "null",
            "published_at",
        ),
    ],
)
def test_what_the_version_before_still_needs_is_missed(
    as_owner: Any, statement: str, rule: str, named: str
) -> None:
    with as_owner.cursor() as cursor:
        cursor.execute(statement)
    found = [one for one in misfits(BEFORE(), NOW(), as_owner) if one.rule == rule]
    assert any(named in one.says for one in found), found


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE tenants_mall ADD COLUMN tier int NOT NULL DEFAULT 1",
        "ALTER TABLE tenants_mall ADD COLUMN tier int",
        "CREATE TABLE tenants_something (id bigint NOT NULL)",
    ],
)
def test_what_only_adds_is_let_pass(as_owner: Any, statement: str) -> None:
    before = set(misfits(BEFORE(), NOW(), as_owner))
    with as_owner.cursor() as cursor:
        cursor.execute(statement)
    assert set(misfits(BEFORE(), NOW(), as_owner)) == before


def test_a_type_and_a_constraint_that_the_version_before_does_not_know() -> None:
    before, now = BEFORE(), NOW().clone()
    from django.db import models
    from django.db.migrations import AddConstraint, AlterField

    AlterField("apikey", "hint", models.IntegerField()).state_forwards("tenants", now)
    unique = models.UniqueConstraint(fields=["name"], name="one_name")
    AddConstraint("mall", unique).state_forwards("tenants", now)
    AlterField("mall", "name", models.TextField()).state_forwards("tenants", now)
    found = {one.rule: one.says for one in misfits(before, now, connections["owner"])}
    assert "hint" in found["type"]
    assert "one_name" in found["constraint"]


@pytest.mark.parametrize(
    ("rule", "statement"),
    [
        ("index", 'CREATE INDEX "a" ON "catalog_product" ("shop_id")'),
        ("index", 'CREATE UNIQUE INDEX "a" ON "catalog_product" ("shop_id") WHERE "x"'),
        ("index_dropped", 'DROP INDEX IF EXISTS "a"'),
        ("reindex", "REINDEX TABLE catalog_product"),
        ("check_or_key", 'ALTER TABLE "catalog_tag" ADD CONSTRAINT "a" CHECK ("x" > 0)'),
        ("check_or_key", 'ALTER TABLE "catalog_tag" ADD COLUMN "n" int NULL CHECK ("n" > 0)'),
        (
            "check_or_key",
            'ALTER TABLE "catalog_tag" ADD CONSTRAINT "a" FOREIGN KEY ("x") REFERENCES "y" ("id")',
        ),
        ("unique", 'ALTER TABLE "catalog_tag" ADD CONSTRAINT "a" UNIQUE ("x")'),
        ("unique", 'ALTER TABLE "catalog_tag" ADD PRIMARY KEY (shop_id, id)'),
        ("not_null", 'ALTER TABLE "catalog_tag" ALTER COLUMN "x" SET NOT NULL'),
        ("type", 'ALTER TABLE "catalog_tag" ALTER COLUMN "x" TYPE bigint USING "x"::bigint'),
        (
            "written_anew",
            'ALTER TABLE "catalog_tag" ADD COLUMN "u" uuid DEFAULT gen_random_uuid() NOT NULL',
        ),
        ("whole_table", "TRUNCATE catalog_tag"),
        ("rows", 'UPDATE "catalog_tag" SET "x" = 1'),
    ],
)
def test_a_statement_that_holds_a_table_is_found(rule: str, statement: str) -> None:
    assert [one.rule for one in lock_faults([statement])] == [rule]
    table = 'CREATE TABLE "catalog_tag" ("id" bigint)'
    other = 'CREATE TABLE "catalog_product" ("id" bigint)'
    if rule not in ("index_dropped", "reindex"):
        assert not [*lock_faults([table, other, statement])]


@pytest.mark.parametrize(
    "statement",
    [
        'CREATE INDEX CONCURRENTLY "a" ON "catalog_product" ("shop_id")',
        'DROP INDEX CONCURRENTLY IF EXISTS "a"',
        'ALTER TABLE "catalog_tag" ADD COLUMN "x" varchar(55) DEFAULT \'\' NOT NULL',
        'ALTER TABLE "catalog_tag" ADD COLUMN "at" timestamptz DEFAULT now() NOT NULL',
        'ALTER TABLE "catalog_tag" ADD CONSTRAINT "a" CHECK ("x" > 0) NOT VALID',
        'ALTER TABLE "catalog_tag" VALIDATE CONSTRAINT "a"',
        'ALTER TABLE "catalog_tag" ADD CONSTRAINT "a" UNIQUE USING INDEX "b"',
    ],
)
def test_a_statement_that_holds_none_is_let_pass(statement: str) -> None:
    assert not [*lock_faults([statement])]


def test_the_rules_see_what_was_written_before_there_were_any() -> None:
    everything = {"tenants": "0001_initial", "catalog": "0001_initial", "billing": "0001_initial"}
    sql = [
        statement
        for migration in migrations_since(everything)
        if str(migration) in ("catalog.0010_desk", "catalog.0008_reviews")
        for statement in statements(migration, connections["owner"])
    ]
    assert {"index", "index_dropped"} <= {one.rule for one in lock_faults(sql)}
