"""Exports: everything of a shop in one ZIP, made by the worker.

`products.csv` and `photos/` are what our own importer reads back, from the ZIP as it is;
everything else lies in `lookus/`, a JSON Lines file a table. Rows are read in short scopes by
their ids, so memory stays flat and no transaction stays open; what changes meanwhile may or may
not be in it. A worker that dies leaves the export to another, which begins it anew.
"""

import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format

from catalog.imports.photo_names import EXPORTED
from catalog.models import Photo, Product
from lookus.leaving.archive import ShopArchive, archive_in_storage
from lookus.leaving.products_csv import photo_name, products_csv
from lookus.leaving.tables import Shown, chunks, exported_models, name_of, rows_count
from recommender.models import Look
from tenants import outbox
from tenants.audit import audit_record
from tenants.models import Shop, User
from tenants.models_leaving import ShopExport
from tenants.notices import EXPORT_READY, owners_tell
from tenants.scope import shop_scope

log = logging.getLogger(__name__)

State = ShopExport.State
ATTEMPTS = 3
LEASE = timedelta(minutes=5)


class ExportUnderWay(ValueError):
    """One export at a time."""


class _LeaseLost(Exception):
    """Another worker has the export now, or the shop is closed."""


def export_start(*, shop: Shop, by: User | None = None, photos: bool = True) -> ShopExport:
    """Let the worker make an export. Call it in the shop's scope. Raises ExportUnderWay."""
    Shop.objects.select_for_update(no_key=True).get(pk=shop.pk)
    if ShopExport.objects.filter(state__in=(State.PENDING, State.WORKING)).exists():
        raise ExportUnderWay("an export is being made already")
    export = ShopExport.objects.create(by=by, photos=photos)
    audit_record(actor=by, action="export", target=export, changes={"photos": photos})
    outbox.announce(shop_id=shop.pk, topic=outbox.EXPORT, object_ids=[export.pk])
    return export


def exports_make(*, shop_id: int) -> bool:
    """Make the shop's next export, all of it; False if there was none."""
    shop = Shop.objects.open().select_related("mall").filter(pk=shop_id).first()
    work = _Work.claim(shop) if shop else None
    if work is None:
        return False
    try:
        work.make()
    except _LeaseLost:
        log.info("export %s: the lease was lost", work.export.pk)
    return True


def exports_forget() -> int:
    """Delete the files of exports that are over, shop by shop: how many."""
    gone = 0
    for shop_id in list(Shop.objects.order_by("pk").values_list("pk", flat=True)):
        with shop_scope(shop_id):
            over = ShopExport.objects.filter(state=State.DONE, expires_at__lte=timezone.now())
            names = list(over.values_list("pk", "file"))
        for pk, name in names:
            default_storage.delete(name)
            with shop_scope(shop_id):
                ShopExport.objects.filter(pk=pk).update(state=State.EXPIRED, file="")
            gone += 1
    return gone


class _Work:
    """One claim on an export."""

    def __init__(self, shop: Shop, export: ShopExport, until: datetime) -> None:
        self.shop, self.export, self.until = shop, export, until

    @classmethod
    def claim(cls, shop: Shop) -> "_Work | None":
        until = timezone.now() + LEASE
        with shop_scope(shop):
            ids = outbox.take(shop_id=shop.pk, topic=outbox.EXPORT, limit=1, until=until)
            export = ShopExport.objects.filter(pk__in=ids).first()
            if export is None or export.state not in (State.PENDING, State.WORKING):
                outbox.done(shop_id=shop.pk, topic=outbox.EXPORT, object_ids=ids)
                return None
            work = cls(shop, export, until)
            if export.attempts >= ATTEMPTS:
                work.close(State.FAILED, detail="The worker ended again and again.")
                return None
            ShopExport.objects.filter(pk=export.pk).update(
                state=State.WORKING, attempts=F("attempts") + 1, leased_until=until, rows=0
            )
        return work

    def make(self) -> None:
        models = exported_models()
        counts = {model: rows_count(self.shop, model) for model in models}
        total = sum(counts.values()) + counts.get(Product, 0)
        total += counts.get(Photo, 0) if self.export.photos else 0
        self._update(total=total)
        name = f"shops/{self.shop.pk}/exports/{self.export.pk}.zip"
        with archive_in_storage(name, self._report) as (archive, stored):
            self._fill(archive)
        with shop_scope(self.shop):
            self._hold()
            days = timedelta(days=settings.EXPORT_DAYS)
            self.close(
                State.DONE,
                file=stored,
                bytes=archive.bytes,
                contents=archive.contents,
                rows=F("total"),
                expires_at=timezone.now() + days,
            )
            owners_tell(
                shop=self.shop,
                subject=EXPORT_READY,
                template="exported",
                page="export/",
                until=date_format(timezone.localdate() + days, "Y-m-d"),
            )

    def close(self, state: str, **fields: object) -> None:
        """In the shop's scope."""
        ShopExport.objects.filter(pk=self.export.pk).update(
            state=state, leased_until=None, part="", finished_at=timezone.now(), **fields
        )
        outbox.done(shop_id=self.shop.pk, topic=outbox.EXPORT, object_ids=[self.export.pk])

    def _fill(self, archive: ShopArchive) -> None:
        archive.text("products.csv", products_csv(self.shop, names=self.export.photos))
        archive.text(f"{EXPORTED}/shop.jsonl", [(_line(self._shop()), 1)])
        for model in exported_models():
            archive.text(f"{EXPORTED}/{name_of(model)}.jsonl", self._lines(model))
        if self.export.photos:
            self._photos(archive)

    def _lines(self, model: type) -> Iterator[tuple[str, int]]:
        shown = Shown(self.shop, model)
        for rows in chunks(self.shop, lambda: shown.rows):
            with shop_scope(self.shop):
                lines = [_line(shown(row)) for row in rows]
            yield "".join(lines), len(rows)

    def _photos(self, archive: ShopArchive) -> None:
        """Each photo once, named by its content, though several products show it."""
        # Hashes, so that a million fit.
        seen: set[int] = set()
        for rows in chunks(self.shop, lambda: Photo.objects.exclude(file="")):
            for row in rows:
                name = photo_name(row)
                if hash(name) not in seen:
                    seen.add(hash(name))
                    archive.file(name, str(row.file.name), "photos")
        prefix = f"shops/{self.shop.pk}/"
        for looks in chunks(self.shop, lambda: Look.objects.exclude(photo="")):
            for look in looks:
                stored = str(look.photo.name)
                archive.file(f"{EXPORTED}/{stored.removeprefix(prefix)}", stored, "look photos")

    def _shop(self) -> dict[str, object]:
        names = ("name", "slug", "tagline", "translations", "site", "currency", "language")
        told = {name: getattr(self.shop, name) for name in (*names, "allowed_origins")}
        return {"mall": self.shop.mall.name, **told, "exported_at": timezone.now()}

    def _report(self, part: str, rows: int) -> None:
        self._update(part=part[:40], rows=rows)

    def _update(self, **fields: object) -> None:
        with shop_scope(self.shop):
            self._hold()
            ShopExport.objects.filter(pk=self.export.pk).update(**fields)

    def _hold(self) -> None:
        """Move the lease on. Raises _LeaseLost, for a shop that was closed too."""
        until = timezone.now() + LEASE
        held = ShopExport.objects.filter(
            pk=self.export.pk, state=State.WORKING, leased_until=self.until
        )
        is_open = Shop.objects.open().filter(pk=self.shop.pk).exists()
        if not is_open or not held.update(leased_until=until):
            raise _LeaseLost
        outbox.extend(
            shop_id=self.shop.pk, topic=outbox.EXPORT, object_ids=[self.export.pk], until=until
        )
        self.until = until


def _line(row: object) -> str:
    return json.dumps(row, ensure_ascii=False, cls=DjangoJSONEncoder) + "\n"
