"""Imports: a file comes in, and goes through in chunks under a lease.

`ImportRun.rows` is how far it is. A chunk's products, problems and the new place are one
transaction, so that a job that is doubled, or dies and is taken up by another, goes on where the
last chunk ended and doubles nothing.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import F
from django.utils import timezone

from catalog.imports.errors import FileRefused, Problem
from catalog.imports.items import CsvSource, Item, Source
from catalog.imports.zips import zip_source
from catalog.models import ImportProblem, ImportRun
from catalog.services.import_rows import row_of, rows_put
from catalog.services.products import Outcome
from tenants import outbox
from tenants.models import Shop, User
from tenants.scope import shop_scope

log = logging.getLogger(__name__)

CHUNK = {ImportRun.Kind.CSV: 500, ImportRun.Kind.ZIP: 32}
# After so long a job stands at the queue's end again, so that other shops come in between.
SLICE_SECONDS = 20
ZIP_MAGIC = b"PK\x03\x04"
EMPTY_ZIP_MAGIC = b"PK\x05\x06"

State = ImportRun.State


def import_start(
    *,
    shop: Shop,
    file: Any,
    filename: str,
    by: User | None = None,
    dry: bool = False,
    complete: bool = False,
    look_again: bool = False,
    mapping: Mapping[str, str] | None = None,
    kind: str | None = None,
    feed: Any = None,
) -> ImportRun:
    """Keep the file and let the worker read it. Call it outside any scope.

    What the file is, its first bytes and its name say, unless `kind` (of ImportRun.Kind) does.
    `dry` only looks; `complete`: what the file does not name is gone; `look_again`: photos of the
    same address are asked whether they changed; `mapping`: our column by the file's. Raises
    ValueError: empty, or larger than IMPORT_MAX_BYTES.
    """
    stored = file if isinstance(file, File) else File(file, name=filename)
    if not stored.size:
        raise ValueError("The file is empty.")
    if stored.size > settings.IMPORT_MAX_BYTES:
        limit = settings.IMPORT_MAX_BYTES / 2**20
        raise ValueError(f"The file has {stored.size / 2**20:,.0f} MB, at most {limit:,.0f} MB.")
    stored.seek(0)
    magic = stored.read(4)
    stored.seek(0)
    if kind is None:
        kind = ImportRun.Kind.ZIP if magic in (ZIP_MAGIC, EMPTY_ZIP_MAGIC) else ImportRun.Kind.CSV
    run = ImportRun(shop_id=shop.pk, kind=kind, filename=filename[-200:], by=by)
    run.dry, run.complete, run.look_again = dry, complete, look_again
    run.mapping = dict(mapping or {})
    if feed is not None:
        run.feed = feed  # type: ignore[attr-defined]  # the key comes with the feeds' own table
    # Storing first: it may take long, and a scope is a transaction.
    run.file.save(filename, stored, save=False)
    with shop_scope(shop):
        run.save()
        outbox.announce(shop_id=shop.pk, topic=outbox.IMPORT, object_ids=[run.pk])
    return run


def imports_run(*, shop_id: int) -> bool:
    """Take the shop's next import some way; False if there was nothing to do."""
    shop = Shop.objects.filter(pk=shop_id).first()
    work = _claim(shop) if shop else None
    if shop is None or work is None:
        return False
    run, until = work
    progress = _Progress(shop, run, until)
    try:
        with default_storage.open(str(run.file.name)) as file:
            progress.go_on(_source(run, file, shop))
    except FileRefused as refused:
        progress.fail(refused)
    except FileNotFoundError:
        progress.fail(FileRefused("file_missing", "The file is gone: upload it again."))
    outbox.ring(shop_id=shop_id, topic=outbox.IMPORT)
    return True


def _claim(shop: Shop) -> tuple[ImportRun, datetime] | None:
    now = timezone.now()
    until = now + timedelta(seconds=settings.PHOTO_LEASE_SECONDS)
    with shop_scope(shop):
        ids = outbox.take(shop_id=shop.pk, topic=outbox.IMPORT, limit=1, until=until)
        run = ImportRun.objects.filter(pk__in=ids).first()
        if run is None or run.state in (State.DONE, State.FAILED):
            outbox.done(shop_id=shop.pk, topic=outbox.IMPORT, object_ids=ids)
            return None
        if run.attempts >= settings.PHOTO_ATTEMPTS:
            _close(shop, run, State.FAILED, "The worker ended again and again at this place.")
            return None
        ImportRun.objects.filter(pk=run.pk).update(
            state=State.WORKING, attempts=F("attempts") + 1, leased_until=until
        )
    return run, until


def _source(run: ImportRun, file: Any, shop: Shop) -> Source:
    read = CsvSource if run.kind == ImportRun.Kind.CSV else zip_source
    return read(file, currency=shop.currency)


def _close(shop: Shop, run: ImportRun, state: str, detail: str = "") -> None:
    ImportRun.objects.filter(pk=run.pk).update(
        state=state, detail=detail[:500], leased_until=None, finished_at=timezone.now()
    )
    outbox.done(shop_id=shop.pk, topic=outbox.IMPORT, object_ids=[run.pk])


class _LeaseLost(Exception):
    """Another worker has the import now."""


class _Progress:
    """One claim on a run."""

    def __init__(self, shop: Shop, run: ImportRun, until: datetime) -> None:
        self.shop, self.run, self.until = shop, run, until

    def go_on(self, source: Source) -> None:
        """Chunk after chunk from where the run stands, until it ends or its time is up."""
        ends = time.monotonic() + SLICE_SECONDS
        items = islice(source.items(), self.run.rows, None)
        size = CHUNK[ImportRun.Kind(self.run.kind)]
        try:
            while chunk := list(islice(items, size)):
                self._chunk(chunk, source)
                if time.monotonic() > ends:
                    self._pause()
                    return
            with shop_scope(self.shop):
                self._hold()
                _close(self.shop, self.run, State.DONE)
        except _LeaseLost:
            log.info("import %s: the lease was lost, nothing is written", self.run.pk)

    def fail(self, refused: FileRefused) -> None:
        """The whole file is of no use, or no further."""
        with shop_scope(self.shop):
            try:
                self._hold()
            except _LeaseLost:
                return
            ImportProblem.objects.create(
                run=self.run,
                row=1,
                field=refused.field,
                code=refused.code,
                message=refused.message[:500],
            )
            _close(self.shop, self.run, State.FAILED, refused.message)

    def _chunk(self, items: Sequence[Item], source: Source) -> None:
        problems = [(item, problem) for item in items for problem in item.problems]
        rows = []
        for item in items:
            row, faults = row_of(self.shop, item, source)
            problems += [(item, fault) for fault in faults]
            if row is not None:
                rows.append(row)
        with shop_scope(self.shop):
            self._hold()
            outcomes, refused = rows_put(rows, self.shop.currency, self.run)
            by_sku = {item.sku: item for item in items if item.draft is not None}
            problems += [(by_sku[sku], problem) for sku, problem in refused]
            ImportProblem.objects.bulk_create(
                _problem(self.run, item, problem) for item, problem in problems
            )
            ImportRun.objects.filter(pk=self.run.pk).update(
                rows=F("rows") + len(items),
                created=F("created") + outcomes.count(Outcome.CREATED),
                updated=F("updated") + outcomes.count(Outcome.UPDATED),
                unchanged=F("unchanged") + outcomes.count(Outcome.UNCHANGED),
                bad=F("bad") + len(items) - len(outcomes),
                # Attempts end a run that does not move, not a long one.
                attempts=0,
            )

    def _hold(self) -> None:
        """Move the lease on, and hold the run until the transaction ends."""
        until = timezone.now() + timedelta(seconds=settings.PHOTO_LEASE_SECONDS)
        held = ImportRun.objects.filter(
            pk=self.run.pk, state=State.WORKING, leased_until=self.until
        )
        if not held.update(leased_until=until):
            raise _LeaseLost
        outbox.extend(
            shop_id=self.shop.pk, topic=outbox.IMPORT, object_ids=[self.run.pk], until=until
        )
        self.until = until

    def _pause(self) -> None:
        with shop_scope(self.shop):
            self._hold()
            ImportRun.objects.filter(pk=self.run.pk).update(leased_until=None, attempts=0)
            outbox.later(
                shop_id=self.shop.pk, topic=outbox.IMPORT, object_ids=[self.run.pk], at=None
            )


def _problem(run: ImportRun, item: Item, problem: Problem) -> ImportProblem:
    return ImportProblem(
        run=run,
        row=item.row,
        sku=item.sku[:100],
        field=problem.field[:60],
        code=problem.code,
        message=problem.message[:500],
        value=problem.value[:200].replace("\0", ""),
    )
