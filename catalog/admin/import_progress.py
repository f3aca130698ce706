"""How far an import is: rows, rate, what is left, and the photos that it brought."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from catalog.models import ImportRun, Photo

State = ImportRun.State
RESTING = (State.DONE, State.FAILED, State.ASKING, State.UNDONE)
# Before so many seconds a rate says nothing.
RATE_FROM_SECONDS = 3
MINUTE, HOUR = 60, 3600
COUNTS = ("rows", "created", "updated", "unchanged", "bad", "gone")


@dataclass(frozen=True)
class Progress:
    """`share` of the file that was read, None where nobody knows; `text` says how far in words."""

    share: float | None
    text: str


def progress_of(run: ImportRun) -> Progress:
    if run.state == State.UNDOING:
        done = run.summary.get("undone", 0) + run.summary.get("left", 0)
        total = run.created + run.updated + run.gone
        words = gettext("%(done)s of %(total)s changes undone")
        share = min(1.0, done / total) if total else None
        return Progress(share, words % {"done": f"{done:,}", "total": f"{total:,}"})
    if not run.total:
        return Progress(None, gettext("%(rows)s rows read") % {"rows": f"{run.rows:,}"})
    # Lines inside cells are counted too: there are never more rows than that.
    share = 1.0 if run.state in RESTING else min(1.0, run.rows / run.total)
    said = {"rows": f"{run.rows:,}", "total": f"{max(run.total, run.rows):,}"}
    words = gettext("%(rows)s of about %(total)s rows read") % said
    pace = _pace(run)
    return Progress(share, f"{words} · {pace}" if pace else words)


def _pace(run: ImportRun) -> str:
    """Rows a second, and how long it still takes at that rate."""
    spent = (timezone.now() - run.created_at).total_seconds()
    if run.state != State.WORKING or spent < RATE_FROM_SECONDS or not run.rows:
        return ""
    rate = run.rows / spent
    left = timedelta(seconds=max(0, (run.total or 0) - run.rows) / rate).total_seconds()
    said = {"rate": f"{rate:,.0f}", "left": _duration(left)}
    return gettext("%(rate)s a second · %(left)s left") % said


def _duration(seconds: float) -> str:
    if seconds < MINUTE:
        count = max(1, round(seconds))
        return ngettext("%(count)d second", "%(count)d seconds", count) % {"count": count}
    if seconds < HOUR:
        count = round(seconds / MINUTE)
        return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}
    count = round(seconds / HOUR)
    return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}


def photos_of(run: ImportRun) -> dict[str, Any]:
    """How far the photos of a run are."""
    is_done, is_failed = Q(state=Photo.State.DONE), Q(state=Photo.State.FAILED)
    counts = Photo.objects.filter(import_run=run).aggregate(
        total=Count("pk"), done=Count("pk", filter=is_done), failed=Count("pk", filter=is_failed)
    )
    total, done, failed = counts["total"], counts["done"], counts["failed"]
    text = ngettext(
        "%(done)d of %(total)d photo tagged", "%(done)d of %(total)d photos tagged", total
    )
    return {
        "total": total,
        "failed": failed,
        "waiting": total - done - failed,
        "share": (done + failed) / total if total else 0,
        "text": text % {"done": done, "total": total},
    }


def ended(run: ImportRun, photos: dict[str, Any]) -> bool:
    """Nothing will change any more by itself."""
    return run.state == State.UNDONE or (run.state in RESTING and not photos["waiting"])


def progress_reply(run: ImportRun, state_name: Any) -> dict[str, Any]:
    """What the run's page writes in its places every two seconds."""
    photos, progress = photos_of(run), progress_of(run)
    texts = {key: f"{getattr(run, key):,}" for key in COUNTS}
    return {
        "texts": texts
        | {"state": str(state_name), "photos": photos["text"], "progress": progress.text},
        "shares": {"photos": photos["share"], "rows": progress.share or 0},
        "ended": ended(run, photos),
    }
