"""The lease on a run, which is also the proof that it is ours."""

import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from catalog.models import ImportProblem, ImportRun
from tenants import outbox
from tenants.models import Shop
from tenants.notices import IMPORT_ASKS, owners_tell
from tenants.scope import shop_scope
from tenants.webhooks.events import event_announce

State = ImportRun.State
# After so long a job stands at the queue's end again, so that other shops come in between.
SLICE_SECONDS = 20
OURS = (State.WORKING, State.UNDOING)
OVER = (State.DONE, State.FAILED, State.ASKING, State.UNDONE)
SHOP_CLOSED = "The shop is closed."


class LeaseLost(Exception):
    """Another worker has the run now, or it is gone."""


class ShopClosed(Exception):
    """Nothing may be written any more."""


class Claim:
    """One claim on a run."""

    def __init__(self, shop: Shop, run: ImportRun, until: datetime) -> None:
        self.shop, self.run, self.until = shop, run, until
        self._ends = time.monotonic() + SLICE_SECONDS

    @property
    def tired(self) -> bool:
        return time.monotonic() > self._ends

    def hold(self) -> None:
        """Move the lease on, and hold the run until the scope's transaction ends.

        Raises LeaseLost, ShopClosed.
        """
        until = timezone.now() + timedelta(seconds=settings.PHOTO_LEASE_SECONDS)
        held = ImportRun.objects.filter(pk=self.run.pk, state__in=OURS, leased_until=self.until)
        if not held.update(leased_until=until):
            raise LeaseLost
        if not Shop.objects.open().filter(pk=self.shop.pk).exists():
            raise ShopClosed
        outbox.extend(
            shop_id=self.shop.pk, topic=outbox.IMPORT, object_ids=[self.run.pk], until=until
        )
        self.until = until

    def note(self, **summary: Any) -> None:
        """Write further entries of the summary; the run must be held."""
        self.run.summary |= summary
        ImportRun.objects.filter(pk=self.run.pk).update(summary=self.run.summary)

    def pause(self, until: datetime | None = None) -> None:
        """Give the run back, so that it goes on behind the other shops', when the shop is open
        again, or not before `until`."""
        with shop_scope(self.shop):
            rows = ImportRun.objects.filter(pk=self.run.pk, leased_until=self.until)
            if rows.update(leased_until=None, attempts=0):
                outbox.later(
                    shop_id=self.shop.pk, topic=outbox.IMPORT, object_ids=[self.run.pk], at=until
                )

    def fail(self, *, code: str, message: str, field: str = "") -> None:
        """The whole file is of no use, or no further."""
        with shop_scope(self.shop):
            held = ImportRun.objects.filter(pk=self.run.pk, state__in=OURS, leased_until=self.until)
            if not held.exists():
                return
            ImportProblem.objects.create(
                run=self.run, row=1, field=field, code=code, message=message[:500]
            )
            run_close(shop=self.shop, run=self.run, state=State.FAILED, detail=message)


def run_claim(*, shop: Shop) -> Claim | None:
    """Lease the shop's next run; None where there is nothing to do."""
    now = timezone.now()
    until = now + timedelta(seconds=settings.PHOTO_LEASE_SECONDS)
    with shop_scope(shop):
        ids = outbox.take(shop_id=shop.pk, topic=outbox.IMPORT, limit=1, until=until)
        run = ImportRun.objects.filter(pk__in=ids).first()
        if run is None or run.state in OVER:
            outbox.done(shop_id=shop.pk, topic=outbox.IMPORT, object_ids=ids)
            return None
        if run.attempts >= settings.PHOTO_ATTEMPTS:
            words = "The worker ended again and again at this place."
            run_close(shop=shop, run=run, state=State.FAILED, detail=words)
            return None
        state = State.UNDOING if run.state == State.UNDOING else State.WORKING
        ImportRun.objects.filter(pk=run.pk).update(
            state=state, attempts=F("attempts") + 1, leased_until=until
        )
        run.state = state
    return Claim(shop, run, until)


def run_close(*, shop: Shop, run: ImportRun, state: str, detail: str = "") -> None:
    """The run's work is over for now: done, failed, asking or undone. In the shop's scope."""
    asking = state == State.ASKING
    ImportRun.objects.filter(pk=run.pk).update(
        state=state,
        detail=detail[:500],
        leased_until=None,
        attempts=0,
        finished_at=None if asking else timezone.now(),
    )
    outbox.done(shop_id=shop.pk, topic=outbox.IMPORT, object_ids=[run.pk])
    after = ImportRun.objects.get(pk=run.pk)
    if asking:
        owners_tell(
            shop=shop,
            subject=IMPORT_ASKS,
            template="import_asks",
            page=f"catalog/importrun/{run.pk}/change/",
            filename=run.filename,
            gone=after.summary.get("going", 0),
        )
    elif not run.dry:
        event_announce(shop=shop, type="import.finished", data=run_words(after))


def run_words(run: ImportRun) -> dict[str, Any]:
    """A run as the API shows it."""
    counts = ("rows", "created", "updated", "unchanged", "bad", "gone")
    return {
        "id": run.pk,
        "kind": run.kind,
        "filename": run.filename,
        "state": run.state,
        "detail": run.detail,
        **{name: getattr(run, name) for name in counts},
        "created_at": run.created_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
    }
