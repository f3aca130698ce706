"""What a complete file does not name goes at its end; where that is much, a person is asked."""

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from catalog.models import ImportChange, ImportRun, Product
from catalog.services.gone import products_hide
from catalog.services.imports.claims import Claim, run_close
from catalog.services.imports.reading import SHOWN_CHANGES, Named
from catalog.services.imports.start import GONE_PHASE
from tenants.bulk import rows_insert
from tenants.scope import shop_scope

State, Result = ImportRun.State, ImportChange.Result
CHUNK = 500
READ_AT_ONCE = 10_000


def gone_find(claim: Claim, named: Named) -> bool:
    """Note the products that the file does not name. False: too many, and a person is asked.

    Nothing goes where the file was not read to its end, or a row could not be read so far that
    its SKU was known: it may be any product's.
    """
    run = claim.run
    with shop_scope(claim.shop):
        claim.hold()
        if named.broken or named.nameless:
            claim.note(not_gone="broken" if named.broken else "nameless")
            return True
        gone, total = [], 0
        for pk, sku in Product.objects.values_list("pk", "sku").iterator(READ_AT_ONCE):
            total += 1
            if sku not in named:
                gone.append((pk, sku))
        before = total if run.dry else total - run.created
        asks = bool(gone) and (not named or too_many(len(gone), before))
        _keep(run, gone)
        if run.dry:
            ImportRun.objects.filter(pk=run.pk).update(gone=len(gone))
            claim.note(would_ask=asks)
            return True
        claim.note(phase=GONE_PHASE, going=len(gone), of=before)
        if asks:
            run_close(shop=claim.shop, run=run, state=State.ASKING)
            run.state = State.ASKING
    return not asks


def too_many(gone: int, before: int) -> bool:
    """Whether a file takes so much away that it is more likely broken than right."""
    enough = before >= settings.IMPORT_ASK_LEAST
    return enough and gone > before * settings.IMPORT_ASK_PERCENT / 100


def _keep(run: ImportRun, gone: list[tuple[int, str]]) -> None:
    shown = gone[:SHOWN_CHANGES] if run.dry else gone
    rows_insert(
        ImportChange,
        ("product_id", "sku"),
        shown,
        fixed={
            "run_id": run.pk,
            "action": ImportChange.Action.REMOVED.value,
            "result": "" if run.dry else Result.WAITING.value,
            "at": timezone.now(),
        },
    )


def gone_take(claim: Claim) -> bool:
    """Take out what was noted, in chunks; False where the claim's time is up.

    A product that somebody changed since it was noted stays.
    """
    while True:
        with shop_scope(claim.shop):
            claim.hold()
            waiting = ImportChange.objects.filter(run=claim.run, result=Result.WAITING)
            chunk = dict(waiting.order_by("pk").values_list("product_id", "at")[:CHUNK])
            if not chunk:
                claim.note(phase="")
                return True
            found = Product.objects.select_for_update(no_key=True).filter(pk__in=list(chunk))
            there = dict(found.order_by("pk").values_list("pk", "updated_at"))
            going = [pk for pk, updated in there.items() if updated <= chunk[pk]]
            now = timezone.now()
            products_hide(product_ids=going, at=now)
            ours = ImportChange.objects.filter(run=claim.run, product_id__in=list(chunk))
            waiting_ones = ours.filter(result=Result.WAITING)
            waiting_ones.filter(product_id__in=going).update(result="", at=now)
            waiting_ones.delete()
            ImportRun.objects.filter(pk=claim.run.pk).update(
                gone=F("gone") + len(going), attempts=0
            )
        if claim.tired:
            return False
