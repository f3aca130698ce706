"""Imports: a file comes in, and goes through in chunks under a lease.

`ImportRun.rows` is how far it is. A chunk's products, problems and the new place are one
transaction, so that a job that is doubled, or dies and is taken up by another, goes on where the
last chunk ended and doubles nothing.
"""

import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import DataError, IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from catalog.imports.archive import EntryRefused
from catalog.imports.errors import FileRefused, Problem
from catalog.imports.items import CsvSource, Item, Source
from catalog.imports.zips import ZipSource
from catalog.models import ImportProblem, ImportRun
from catalog.services.photos import PhotoSource, photo_store
from catalog.services.products import Outcome, ProductRow, products_put
from tenants import outbox
from tenants.models import Shop, User
from tenants.scope import shop_scope
from vision.errors import ImageRejected

log = logging.getLogger(__name__)

CHUNK = {ImportRun.Kind.CSV: 500, ImportRun.Kind.ZIP: 32}
# After so long a job stands at the queue's end again, so that other shops come in between.
SLICE_SECONDS = 20
ZIP_MAGIC = b"PK\x03\x04"
EMPTY_ZIP_MAGIC = b"PK\x05\x06"

State = ImportRun.State


def import_start(*, shop: Shop, file: Any, filename: str, by: User | None = None) -> ImportRun:
    """Keep the file and let the worker read it. Call it outside any scope.

    What the file is, its first bytes say. Raises ValueError: empty, or larger than
    IMPORT_MAX_BYTES.
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
    kind = ImportRun.Kind.ZIP if magic in (ZIP_MAGIC, EMPTY_ZIP_MAGIC) else ImportRun.Kind.CSV
    run = ImportRun(shop_id=shop.pk, kind=kind, filename=filename[-200:], by=by)
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
    kind = {ImportRun.Kind.CSV: CsvSource, ImportRun.Kind.ZIP: ZipSource}
    return kind[ImportRun.Kind(run.kind)](file, currency=shop.currency)


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
            row, faults = _row(self.shop, item, source)
            problems += [(item, fault) for fault in faults]
            if row is not None:
                rows.append(row)
        with shop_scope(self.shop):
            self._hold()
            outcomes, refused = _put(rows, self.shop.currency, self.run)
            by_sku = {item.sku: item for item in items}
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


def _row(shop: Shop, item: Item, source: Source) -> tuple[ProductRow | None, list[Problem]]:
    """The product of an item with its photos stored; None where nothing is left of it."""
    draft = item.draft
    if draft is None:
        return None, []
    photos = None if draft.photos is None else [PhotoSource(url=url) for url in draft.photos]
    stored, problems = _stored(shop, item.names, source)
    if item.names:
        photos = stored
        if not stored and "price" not in draft.fields:
            return None, problems
    row = ProductRow(draft.sku, draft.fields, draft.tags, photos, item.row)
    return row, problems


def _stored(
    shop: Shop, names: Sequence[str], source: Source
) -> tuple[list[PhotoSource], list[Problem]]:
    stored, problems = [], []
    for name in names:
        try:
            stored.append(PhotoSource(stored=photo_store(shop_id=shop.pk, data=source.photo(name))))
        except (ImageRejected, EntryRefused) as refused:
            problems.append(Problem("photo", refused.code, refused.message, name))
    return stored, problems


def _put(
    rows: Sequence[ProductRow], currency: str, run: ImportRun
) -> tuple[list[Outcome], list[tuple[str, Problem]]]:
    """All rows at once; if the database refuses that, one by one to find those it refuses."""
    try:
        with transaction.atomic():
            return products_put(rows=rows, currency=currency, run=run), []
    except (DataError, IntegrityError, ValueError):
        log.warning("import %s: a chunk was refused, its rows go one by one", run.pk, exc_info=True)
    outcomes: list[Outcome] = []
    refused: list[tuple[str, Problem]] = []
    for row in rows:
        try:
            with transaction.atomic():
                outcomes += products_put(rows=[row], currency=currency, run=run)
        except (DataError, IntegrityError, ValueError) as error:
            words = str(error).splitlines()[0][:300]
            refused.append((row.sku, Problem("", "refused", f"Could not be kept: {words}")))
    return outcomes, refused


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
