"""A table that is partitioned by hash, written as one: Citus' shards take the partitions' place.

Its columns, defaults, checks, keys, indexes, policies, rights and sequence keep their names and
are what they were, so that later migrations find them. What stands on a partition alone, an HNSW
index of a large shop, goes: a job builds it anew on the shard, and searches are exact until then.
"""

from typing import Any

import psycopg
from psycopg import sql

from catalog.models import SearchIndex
from lookus.citus.facts import Table

# Everything but indexes, which would get other names, and keys, which are not copied anyway.
LIKE = "INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING CONSTRAINTS INCLUDING GENERATED"
LIKE += " INCLUDING STORAGE INCLUDING COMPRESSION INCLUDING COMMENTS INCLUDING STATISTICS"
_COLUMNS = """
SELECT quote_ident(attname) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
ORDER BY attnum
"""
_CONSTRAINTS = """
SELECT format('ALTER TABLE %%I ADD CONSTRAINT %%I %%s', %s::text, conname,
              pg_get_constraintdef(oid))
FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('p', 'u', 'f', 'x')
ORDER BY contype DESC, conname
"""
_INDEXES = """
SELECT replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') FROM pg_index
WHERE indrelid = %s::regclass AND NOT EXISTS (
    SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
ORDER BY indexrelid::regclass::text
"""
_POLICIES = """
SELECT format('CREATE POLICY %%I ON %%I FOR %%s TO %%s', policyname, tablename, cmd,
              array_to_string(roles, ', '))
    || coalesce(' USING (' || qual || ')', '')
    || coalesce(' WITH CHECK (' || with_check || ')', '')
FROM pg_policies WHERE schemaname = 'public' AND tablename = %s ORDER BY policyname
"""
_RIGHTS = """
SELECT coalesce(nullif(grantee, 0)::regrole::text, 'PUBLIC'),
    string_agg(privilege_type, ', ' ORDER BY privilege_type)
FROM pg_class, aclexplode(relacl) WHERE oid = %s::regclass AND grantee <> relowner
GROUP BY 1 ORDER BY 1
"""
_DEFAULT_RIGHTS = """
SELECT DISTINCT coalesce(nullif(grantee, 0)::regrole::text, 'PUBLIC')
FROM pg_default_acl, aclexplode(defaclacl)
WHERE defaclobjtype = 'r' AND grantee <> defaclrole ORDER BY 1
"""
_SEQUENCE = """
SELECT a.attname, split_part(pg_get_serial_sequence(%s, a.attname), '.', 2)
FROM pg_attribute a WHERE a.attrelid = %s::regclass AND a.attidentity <> ''
"""


def whole_statements(connection: psycopg.Connection[Any], table: Table) -> list[str]:
    """What turns `table` into a plain one, to be run in one transaction by its owner.

    The owner must see its rows and those that they point to: no row-level security is forced.
    """
    name, new = table.name, f"{table.name}_whole"

    def read(query: str, *words: str) -> list[Any]:
        return connection.execute(sql.SQL(query), list(words)).fetchall()

    columns = ", ".join(one for (one,) in read(_COLUMNS, name))
    options = read("SELECT unnest(reloptions) FROM pg_class WHERE oid = %s::regclass",
                   table.partitions[0])  # fmt: skip
    stored = f" WITH ({', '.join(one for (one,) in options)})" if options else ""
    statements = [
        f'LOCK TABLE "{name}" IN ACCESS EXCLUSIVE MODE',
        f'CREATE TABLE "{new}" (LIKE "{name}" {LIKE}){stored}',
        f'INSERT INTO "{new}" ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM "{name}"',  # noqa: S608
    ]
    for column, sequence in read(_SEQUENCE, name, name):
        made = f"{new}_{column}_seq"
        statements.append(
            f"SELECT setval('{made}', last_value, is_called) FROM \"{sequence}\""  # noqa: S608
        )
    statements += [f'DROP TABLE "{name}"', f'ALTER TABLE "{new}" RENAME TO "{name}"']
    for column, sequence in read(_SEQUENCE, name, name):
        statements.append(f'ALTER SEQUENCE "{new}_{column}_seq" RENAME TO "{sequence}"')
    statements += [one for (one,) in read(_CONSTRAINTS, name, name)]
    statements += [one for (one,) in read(_INDEXES, name)]
    statements += [f'REVOKE ALL ON "{name}" FROM {role}' for (role,) in read(_DEFAULT_RIGHTS)]
    statements += [f'GRANT {what} ON "{name}" TO {role}' for role, what in read(_RIGHTS, name)]
    statements.append(f'ALTER TABLE "{name}" ENABLE ROW LEVEL SECURITY')
    statements += [one for (one,) in read(_POLICIES, name)]
    state = SearchIndex.State.EXACT
    return [
        *statements,
        f"UPDATE {SearchIndex._meta.db_table} SET state = '{state}', indexed_revision = ''"  # noqa: S608
        f" WHERE state <> '{state}'",
        f'ANALYZE "{name}"',
    ]
