"""Back a whole installation up, and bring it back into an empty database.

Postgres' own tools do it: `pg_dump` as the role that row-level security does not bind, `pg_restore`
as the owner of the tables, in one transaction.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from psycopg.conninfo import conninfo_to_dict

from lookus import osuser
from lookus.backup import folder as backups
from lookus.backup.about import manifest_new
from lookus.backup.folder import ALL, BackupRefused, Manifest, writing
from lookus.backup.media import SHOPS, files_in, files_out
from lookus.embedded import APP_ROLE, MAJOR_VERSION

DUMP = "database.dump"
OWNER = "owner"
# As lookus/roles.sql has it.
GIVEN = {"TABLES": "SELECT, INSERT, UPDATE, DELETE", "SEQUENCES": "USAGE"}


def installation_backup(*, out: Path, photos: bool = True) -> Manifest:
    """Database and files into the new folder `out`. Raises BackupRefused."""
    address = settings.BACKUP_DATABASE_URL
    if not address:
        raise BackupRefused(
            "BACKUP_DATABASE_URL is not set: it names the role lookus_backup, which may read "
            "every shop's rows (docs/operations.md, Backup and restore)"
        )
    _may_read_all(address)
    manifest = manifest_new(ALL)
    manifest.facts = {"photos": photos, "postgres": MAJOR_VERSION}
    with writing(out, manifest) as work:
        words = ("--format=custom", "--no-owner", "--no-comments", f"--file={work.folder / DUMP}")
        _run(address, "pg_dump", *words)
        work.note(DUMP)
        # After the rows: what they name is there, for files are named by content and kept.
        if photos:
            files_out(work, SHOPS)
    return manifest


def installation_restore(*, source: Path) -> Manifest:
    """Everything of a backup into an empty database and the storage. Raises BackupRefused; nothing
    is restored then."""
    manifest = backups.read(source)
    if manifest.kind != ALL:
        raise BackupRefused("this backup is of one shop, not of a whole installation")
    if OWNER not in connections.settings:
        raise BackupRefused("restoring needs OWNER_DATABASE_URL, the role that owns the tables")
    address = _owner_address()
    with psycopg.connect(address) as connection:
        found = connection.execute("SELECT to_regclass('django_migrations')").fetchone()
    if found is None or found[0] is not None:
        raise BackupRefused(
            "the database has tables already: nothing was restored. Restore into an empty one: a "
            "new LOOKUS_HOME, or CREATE DATABASE and lookus/roles.sql on a server of your own"
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    newer = sorted(set(manifest.migrations) - known)
    if newer:
        raise BackupRefused(
            f"the backup is of a newer version ({manifest.version}, with {newer[0]}): restore it "
            "with that version or a later one"
        )
    names = backups.check(source, manifest)
    words = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-comments", "--dbname=")
    with files_in(source, names), _nothing_given(address):
        _run(address, "pg_restore", *words, str(source / DUMP))
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ANALYZE")
    return manifest


@contextmanager
def _nothing_given(address: str) -> Iterator[None]:
    """In the block a new table is nobody's but the owner's: the dump says who may do what.

    It only ever grants. What a role was denied, as to change the audit trail, would be its own
    again by the privileges that new tables have.
    """
    revoke = "ALTER DEFAULT PRIVILEGES REVOKE ALL ON {} FROM " + APP_ROLE
    with psycopg.connect(address, autocommit=True) as owner:
        for kind in GIVEN:
            owner.execute(revoke.format(kind))
    try:
        yield
    finally:
        with psycopg.connect(address, autocommit=True) as owner:
            for kind, rights in GIVEN.items():
                owner.execute(f"ALTER DEFAULT PRIVILEGES GRANT {rights} ON {kind} TO {APP_ROLE}")


def _may_read_all(address: str) -> None:
    with psycopg.connect(address) as connection:
        row = connection.execute(
            "SELECT current_user, rolbypassrls OR rolsuper FROM pg_roles"
            " WHERE rolname = current_user"
        ).fetchone()
    if row is None or not row[1]:
        raise BackupRefused(
            f"the role {row[0] if row else '?'} is bound by row-level security and would back up "
            "no shop: BACKUP_DATABASE_URL must name one with BYPASSRLS"
        )


def _owner_address() -> str:
    found = connections[OWNER]
    told = found.get_connection_params()
    names = ("host", "port", "user", "password", "dbname", "sslmode", "sslrootcert")
    return psycopg.conninfo.make_conninfo(**{one: told[one] for one in names if told.get(one)})


def _run(address: str, program: str, *words: str) -> None:
    """One of Postgres' tools. Its address goes by the environment, for arguments are public."""
    variables = {
        one.keyword.decode(): (one.envvar or b"").decode()
        for one in psycopg.pq.Conninfo.get_defaults()
    }
    told = {variables[name]: str(value) for name, value in conninfo_to_dict(address).items()}
    program_path = osuser.readable_binaries(MAJOR_VERSION, None) / program
    done = subprocess.run(
        [program_path, *words],
        env={**os.environ, **told},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise BackupRefused(f"{program} failed: {said[0] if said else done.returncode}")
