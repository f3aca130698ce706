"""A page of what an import did: the changes, and behind all of them what it made."""

from typing import Any

from catalog.api.cursors import cursor_of
from catalog.models import ImportChange, ImportRun
from catalog.services.import_chunks import created_by

SEEN = ("sku", "action", "before", "after")
# Cursors from here on are of products that an import made, which have no row of their own.
MADE = 2**62


def changes_page(run: ImportRun, *, after: int, limit: int) -> dict[str, Any]:
    """In the shop's scope."""
    shown: list[dict[str, Any]] = []
    if after < MADE:
        rows = list(run.changes.filter(pk__gt=after).order_by("pk")[: limit + 1])
        shown = [{name: getattr(row, name) for name in SEEN} for row in rows[:limit]]
        if len(rows) > limit:
            return {"results": shown, "next_cursor": cursor_of(rows[limit - 1].pk)}
        after = MADE
    room = limit - len(shown)
    made = created_by(run=run, after=after - MADE, limit=room + 1)
    what = {"action": ImportChange.Action.CREATED.value, "before": {}, "after": {}}
    shown += [{"sku": sku} | what for _, sku in made[:room]]
    more = None
    if len(made) > room:
        more = cursor_of(MADE + (made[room - 1][0] if room else 0))
    return {"results": shown, "next_cursor": more}
