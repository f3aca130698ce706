"""A run's way: its rows are read, what it does not name goes, and the run is closed."""

import logging
from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from catalog.imports.errors import FileRefused
from catalog.imports.kinds import HEAD_BYTES, kind_of, source_of
from catalog.models import ImportRun
from catalog.services.imports.claims import (
    Claim,
    LeaseLost,
    ShopClosed,
    run_claim,
    run_close,
)
from catalog.services.imports.garbage import held_apart
from catalog.services.imports.leaving import gone_find, gone_take
from catalog.services.imports.reading import Reading
from catalog.services.imports.start import GONE_PHASE
from catalog.services.imports.undoing import undo_on
from catalog.shop_taxonomy import spoken_for
from tenants import outbox
from tenants.models import Shop
from tenants.scope import shop_scope
from tenants.storage import StorageAway

log = logging.getLogger(__name__)

State = ImportRun.State
# Kinds that say where a file came from, and not what it is.
BY_CONTENT = (ImportRun.Kind.FEED, ImportRun.Kind.API)
# How long a storage that failed is left alone.
STORAGE_PAUSE = timedelta(seconds=30)


def imports_run(*, shop_id: int) -> bool:
    """Take the shop's next import some way; False if there was nothing to do."""
    shop = Shop.objects.filter(pk=shop_id).first()
    claim = run_claim(shop=shop) if shop else None
    if claim is None:
        return False
    try:
        with held_apart():
            through = _go_on(claim)
        if through:
            with shop_scope(claim.shop):
                claim.hold()
                undone = claim.run.state == State.UNDOING
                state = State.UNDONE if undone else State.DONE
                run_close(shop=claim.shop, run=claim.run, state=state)
        elif claim.run.state != State.ASKING:
            claim.pause()
    except LeaseLost:
        log.info("import %s: the lease was lost, nothing is written", claim.run.pk)
    except ShopClosed:
        log.info("import %s: the shop is closed, it goes on when it is open again", claim.run.pk)
        claim.pause()
    except StorageAway as away:
        log.warning("import %s: the storage failed", claim.run.pk, exc_info=away)
        claim.pause(timezone.now() + STORAGE_PAUSE)
    except FileRefused as refused:
        claim.fail(code=refused.code, message=refused.message, field=refused.field)
    except FileNotFoundError:
        claim.fail(code="file_missing", message="The file is gone: upload it again.")
    outbox.ring(shop_id=shop_id, topic=outbox.IMPORT)
    return True


def _go_on(claim: Claim) -> bool:
    """True when the run is through; False where its time is up, or a person is asked."""
    run = claim.run
    if run.state == State.UNDOING:
        return undo_on(claim)
    if run.summary.get("phase") != GONE_PHASE:
        with default_storage.open(str(run.file.name)) as file:
            kind = run.kind
            if kind in BY_CONTENT:
                kind = kind_of(file.read(HEAD_BYTES), run.filename)
                file.seek(0)
            source = source_of(kind, file, currency=claim.shop.currency, mapping=run.mapping)
            reading = Reading(claim, source, file, kind)
            with spoken_for(claim.shop, fresh=True):
                if not reading.go_on():
                    return False
        if not run.complete:
            return True
        if not gone_find(claim, reading.named):
            return False
    return run.dry or gone_take(claim)
