"""What people ask of an import: start it, answer it, take it back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files import File
from django.utils import timezone

from catalog.imports.kinds import HEAD_BYTES, TABLES, kind_of
from catalog.models import ImportChange, ImportRun
from catalog.services.imports.claims import SHOP_CLOSED, run_close
from catalog.services.mappings import mapping_recall
from tenants import outbox
from tenants.audit import audit_record
from tenants.models import Shop, User
from tenants.scope import shop_scope

State = ImportRun.State
GONE_PHASE = "gone"


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

    What the file is, its first bytes say, unless `kind` (of ImportRun.Kind) does. `dry` only
    looks; `complete`: what the file does not name is gone; `look_again`: photos of the same
    address are asked whether they changed; `mapping`: our column by the file's, None for what the
    shop said of this header before. Raises
    ValueError: empty, larger than IMPORT_MAX_BYTES, the shop is closed.
    """
    stored = file if isinstance(file, File) else File(file, name=filename)
    if not stored.size:
        raise ValueError("The file is empty.")
    if stored.size > settings.IMPORT_MAX_BYTES:
        limit = settings.IMPORT_MAX_BYTES / 2**20
        raise ValueError(f"The file has {stored.size / 2**20:,.0f} MB, at most {limit:,.0f} MB.")
    if not Shop.objects.open().filter(pk=shop.pk).exists():
        raise ValueError(SHOP_CLOSED)
    stored.seek(0)
    kind = kind or kind_of(stored.read(HEAD_BYTES), filename)
    stored.seek(0)
    if mapping is None and kind in TABLES:
        known = mapping_recall(shop=shop, file=stored, filename=filename, taken=True)
        mapping = known.columns
    run = ImportRun(
        shop_id=shop.pk,
        kind=kind,
        filename=filename[-200:],
        by=by,
        dry=dry,
        complete=complete,
        look_again=look_again,
        mapping=dict(mapping or {}),
    )
    if feed is not None:
        run.feed = feed
    # Storing first: it may take long, and a scope is a transaction.
    run.file.save(filename, stored, save=False)
    _begin(shop, run, by)
    return run


def import_again(*, run: ImportRun, by: User | None = None, dry: bool = False) -> ImportRun:
    """Read a run's stored file once more, as when a dry run was looked at and found right.

    Call it outside any scope.
    """
    again = ImportRun(
        shop_id=run.shop_id,
        kind=run.kind,
        file=run.file.name,
        filename=run.filename,
        by=by,
        dry=dry,
        complete=run.complete,
        look_again=run.look_again,
        mapping=run.mapping,
        total=run.total,
    )
    if hasattr(run, "feed_id"):
        again.feed_id = run.feed_id
    _begin(Shop.objects.get(pk=run.shop_id), again, by)
    return again


def _begin(shop: Shop, run: ImportRun, by: User | None) -> None:
    with shop_scope(shop):
        run.save()
        if not run.dry:
            audit_record(actor=by, action="import", target=run)
        outbox.announce(shop_id=shop.pk, topic=outbox.IMPORT, object_ids=[run.pk])


def import_answer(*, run: ImportRun, yes: bool, by: User | None = None) -> None:
    """A person says whether the products that a file no longer names shall go.

    In the shop's scope. Raises ValueError where the run asks nothing (any more).
    """
    held = ImportRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if held.state != State.ASKING:
        raise ValueError("This import asks nothing any more.")
    waiting = ImportChange.objects.filter(run=held, result=ImportChange.Result.WAITING)
    if yes:
        ImportRun.objects.filter(pk=held.pk).update(state=State.PENDING)
        outbox.announce(shop_id=held.shop_id, topic=outbox.IMPORT, object_ids=[held.pk])
    else:
        held.summary |= {"kept": waiting.count(), "phase": ""}
        waiting.delete()
        held.save(update_fields=["summary"])
        run_close(shop=Shop.objects.get(pk=held.shop_id), run=held, state=State.DONE)
    answer = {"gone": [None, "yes" if yes else "no"]}
    audit_record(actor=by, action="import answer", target=held, changes=answer)


def undoable(run: ImportRun) -> bool:
    """Whether what the run did can still be taken back."""
    since = timezone.now() - timedelta(days=settings.IMPORT_UNDO_DAYS)
    ended = run.state in (State.DONE, State.FAILED, State.ASKING)
    wrote = run.created or run.updated or run.gone
    return bool(ended and wrote and not run.dry and run.created_at > since)


def import_undo(*, run: ImportRun, by: User | None = None) -> None:
    """Take back what a run did, as far as nobody changed it since; the worker does it.

    In the shop's scope. Raises ValueError where it cannot be undone (any more).
    """
    held = ImportRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if not undoable(held):
        raise ValueError("This import cannot be undone.")
    ImportChange.objects.filter(run=held, result=ImportChange.Result.WAITING).delete()
    ImportRun.objects.filter(pk=held.pk).update(
        state=State.UNDOING, attempts=0, leased_until=None, finished_at=None
    )
    outbox.announce(shop_id=held.shop_id, topic=outbox.IMPORT, object_ids=[held.pk])
    audit_record(actor=by, action="import undo", target=held)
