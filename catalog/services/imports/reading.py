"""Read a run's file in chunks: compared and written, or in a dry run only compared."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import IO, Any

from django.db.models import F
from django.utils import timezone

from catalog.imports.batches import batched
from catalog.imports.errors import Problem
from catalog.imports.items import CsvSource, Item, Source
from catalog.imports.text import count_lines
from catalog.models import ImportChange, ImportProblem, ImportRun, Photo
from catalog.services.import_rows import row_of, rows_put
from catalog.services.imports.claims import Claim
from catalog.services.products import Outcome, changes_of, outcome_of
from catalog.services.row_changes import ProductRow, held_by_sku
from catalog.services.row_writes import changes_keep
from tenants import outbox
from tenants.bulk import rows_insert
from tenants.scope import shop_scope

# Of a ZIP each row may be several photos.
CHUNK, ZIP_CHUNK = 5000, 32
# Kinds that are lines of a table.
LINES = (ImportRun.Kind.CSV, ImportRun.Kind.CAFE24, ImportRun.Kind.SHOPIFY)
# Of each sort of change, a dry run keeps so many to be looked at.
SHOWN_CHANGES = 100


class Named:
    """The SKUs that a file named. Hashes of this process, so that a million fit."""

    def __init__(self, wanted: bool) -> None:
        self._wanted = wanted
        self._hashes: set[int] = set()
        self.nameless = False
        """A row could not be read so far that its SKU was known: it may name any product."""
        self.broken = False
        """The file ended too early."""

    def __contains__(self, sku: str) -> bool:
        return hash(sku) in self._hashes

    def __bool__(self) -> bool:
        return bool(self._hashes)

    def note(self, item: Item) -> None:
        if not self._wanted:
            return
        if item.sku:
            self._hashes.add(hash(item.sku))
        elif item.problems:
            self.nameless = True


class Reading:
    """One claim's way through the file, from where the run stands."""

    def __init__(self, claim: Claim, source: Source, file: IO[bytes], kind: str) -> None:
        self.claim, self.source, self.file, self.kind = claim, source, file, kind
        self.named = Named(claim.run.complete)
        if isinstance(source, CsvSource):
            source.known = self._known
            source.done = claim.run.rows
            if source.done:
                with shop_scope(claim.shop):
                    # A photo that failed left its row in.
                    told = claim.run.problems.exclude(field="photo")
                    source.bad_lines = set(told.values_list("row", flat=True))

    def go_on(self) -> bool:
        """Chunk after chunk until the file ends (True) or the claim's time is up."""
        run = self.claim.run
        if run.total is None and self.kind in LINES:
            # The header is no row.
            run.total = max(0, count_lines(self.file) - 1)
            with shop_scope(self.claim.shop):
                ImportRun.objects.filter(pk=run.pk).update(total=run.total)
        size = ZIP_CHUNK if self.kind == ImportRun.Kind.ZIP else CHUNK
        for chunk in batched(self._from_where_it_stands(), size, _characters):
            self._chunk(chunk)
            if self.claim.tired:
                return False
        self.named.broken = self.source.broken
        return True

    def _known(self, skus: Sequence[str]) -> dict[str, str]:
        with shop_scope(self.claim.shop):
            held = held_by_sku([sku for sku in skus if sku])
        return {sku: one.digest for sku, one in held.items() if one.digest and not one.gone}

    def _from_where_it_stands(self) -> Iterator[Item]:
        """The rows before were written by former claims; what they name counts all the same."""
        for place, item in enumerate(self.source.items()):
            self.named.note(item)
            if place >= self.claim.run.rows:
                yield item

    def _chunk(self, items: Sequence[Item]) -> None:
        claim, run = self.claim, self.claim.run
        rows, problems = self._rows(items)
        fields = Counter(run.summary.get("fields", {}))
        with shop_scope(claim.shop):
            claim.hold()
            if run.dry:
                outcomes = self._look(rows, fields)
            else:
                outcomes, refused = rows_put(rows, claim.shop.currency, run, fields)
                by_sku = {item.sku: item for item in items if item.draft is not None}
                problems += [(by_sku[sku], problem) for sku, problem in refused]
            if run.look_again and not run.dry:
                _look_again([item.sku for item in items if item.sku])
            same = sum(item.unchanged for item in items)
            _problems_write(run, problems)
            counts = Counter(outcomes)
            claim.note(fields=dict(fields))
            ImportRun.objects.filter(pk=run.pk).update(
                rows=F("rows") + len(items),
                created=F("created") + counts[Outcome.CREATED],
                updated=F("updated") + counts[Outcome.UPDATED],
                unchanged=F("unchanged") + counts[Outcome.UNCHANGED] + same,
                bad=F("bad") + len(items) - len(outcomes) - same,
                # Attempts end a run that does not move, not a long one.
                attempts=0,
            )
            run.refresh_from_db(fields=["created", "updated"])

    def _rows(self, items: Sequence[Item]) -> tuple[list[ProductRow], list[tuple[Item, Problem]]]:
        problems = [(item, problem) for item in items for problem in item.problems]
        rows = []
        for item in items:
            row, faults = row_of(self.claim.shop, item, self.source, keep=not self.claim.run.dry)
            problems += [(item, fault) for fault in faults]
            if row is not None:
                rows.append(row)
        return rows, problems

    def _look(self, rows: Sequence[ProductRow], fields: Counter[str]) -> list[Outcome]:
        """What would happen; the first changes of each sort are kept to be shown."""
        run, kinds = self.claim.run, ImportChange.Action
        held = held_by_sku([row.sku for row in rows])
        changes = changes_of(rows, held)
        fields.update(name for one in changes if one.product for name in one.after)
        fresh = [one for one in changes if one.product is None]
        changed = [one for one in changes if one.product is not None and one.after]
        shown = ImportChange.objects.filter(run=run)
        left = {
            kind: max(0, SHOWN_CHANGES - shown.filter(action=kind).count())
            for kind in (kinds.CREATED, kinds.UPDATED)
        }
        kept = [*fresh[: left[kinds.CREATED]], *changed[: left[kinds.UPDATED]]]
        ids = {sku: one.pk for sku, one in held.items()}
        changes_keep(kept, run=run, ids=ids, at=timezone.now())
        found = {one.row.sku: outcome_of(one) for one in changes}
        return [found.get(row.sku, Outcome.UNCHANGED) for row in rows]


def _characters(item: Item) -> int:
    """About as many as the item holds."""
    if item.draft is None:
        return 0
    fields = item.draft.fields
    length = len(fields.get("description") or "")
    for one in (fields.get("attributes") or {}).values():
        if isinstance(one, str):
            length += len(one)
    return length


def _look_again(skus: Sequence[str]) -> None:
    """Ask the addresses of photos that are tagged already whether they show another photo now."""
    photos = Photo.objects.filter(
        product_id__in=[one.pk for one in held_by_sku(skus).values()], state=Photo.State.DONE
    ).exclude(source_url="")
    ids = list(photos.values_list("pk", "shop_id"))
    if ids:
        outbox.announce(shop_id=ids[0][1], topic=outbox.RECHECK, object_ids=[pk for pk, _ in ids])


def _problems_write(run: ImportRun, problems: Sequence[tuple[Item, Problem]]) -> None:
    rows_insert(
        ImportProblem,
        ("row", "sku", "field", "code", "message", "value"),
        [_problem(item, problem) for item, problem in problems],
        fixed={"run_id": run.pk},
    )


def _problem(item: Item, problem: Problem) -> tuple[Any, ...]:
    value = problem.value[:200].replace("\0", "")
    texts = (item.sku[:100], problem.field[:60], problem.code, problem.message[:500], value)
    return (item.row, *texts)
