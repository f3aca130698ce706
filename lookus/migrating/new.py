"""The migrations that the version before does not know, and the models that it does."""

from typing import Any

from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from lookus.migrating.released import RELEASED


def state_before() -> ProjectState:
    """The models of the version before."""
    state: ProjectState = MigrationLoader(None).project_state(list(RELEASED.items()))
    return state


def state_now() -> ProjectState:
    state: ProjectState = MigrationLoader(None).project_state()
    return state


def migrations_since(released: dict[str, str] = RELEASED) -> list[Migration]:
    """Those of our apps that are new, in the order in which they are applied."""
    loader = MigrationLoader(None)
    old = {key for node in released.items() for key in loader.graph.forwards_plan(node)}
    found: dict[tuple[str, str], Migration] = {}
    for app in released:
        for leaf in loader.graph.leaf_nodes(app):
            for key in loader.graph.forwards_plan(leaf):
                if key[0] in released and key not in old:
                    found[key] = loader.graph.nodes[key]
    return list(found.values())


def statements(migration: Migration, connection: Any) -> list[str]:
    """Its SQL, as `manage sqlmigrate` shows it; comments are left out."""
    loader = MigrationLoader(connection, replace_migrations=False)
    lines: list[str] = loader.collect_sql([(migration, False)])  # type: ignore[attr-defined]
    return [" ".join(line.split()) for line in lines if not line.startswith("--")]
