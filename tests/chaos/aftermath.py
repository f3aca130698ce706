"""What must hold when the dust has settled."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from billing.models import LedgerEntry
from catalog.models import Garment, Photo
from lookus.processes import wait_until
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope

# The machine may be busy with other things.
PATIENCE = 150


def states(shop: Shop) -> Counter[str]:
    with shop_scope(shop):
        return Counter(Photo.objects.values_list("state", flat=True))


def wait_until_tagged(shop: Shop, count: int) -> None:
    done = wait_until(
        lambda: states(shop) == {"done": count} and not waiting(shop), seconds=PATIENCE, pause=0.1
    )
    assert done, (states(shop), waiting(shop))


def waiting(shop: Shop) -> list[tuple[str, Any, Any]]:
    rows = Outbox.objects.filter(shop=shop).values_list("topic", "published_at", "leased_until")
    return list(rows)


def time_passes(shop: Shop) -> None:
    """Ten minutes, for leases and for messages on their way: nobody lives who holds them."""
    with shop_scope(shop), connection.cursor() as cursor:
        for table in ("catalog_photo", "catalog_importrun", "tenants_outbox"):
            cursor.execute(
                f"UPDATE {table} SET leased_until = leased_until - interval '10 minutes' "
                "WHERE shop_id = %s",
                [shop.pk],
            )
    messages_are_late(shop)


def messages_are_late(shop: Shop) -> None:
    """Ten minutes, for messages on their way alone: who works goes on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tenants_outbox SET published_at = published_at - interval '10 minutes' "
            "WHERE shop_id = %s AND leased_until IS NULL",
            [shop.pk],
        )


def everything_once(shop: Shop, count: int, media: Path) -> None:
    """Each of the shop's `count` photos was tagged and paid for once, and nothing lies about."""
    with shop_scope(shop):
        photos = list(Photo.objects.order_by("pk"))
        garments = Counter(Garment.objects.values_list("photo_id", flat=True))
        paid = Counter(LedgerEntry.objects.values_list("reference", "quantity"))
    assert [photo.state for photo in photos] == ["done"] * count
    assert garments == {photo.pk: 1 for photo in photos}
    assert paid == {(f"{photo.pk}:{photo.digest[:40]}", 1): 1 for photo in photos}
    call_command("ledger", "check", "--mall", shop.mall.slug)
    assert photo_files(shop, media) == {str(photo.file) for photo in photos}


def photo_files(shop: Shop, media: Path) -> set[str]:
    """Names in the storage of all that lies in the folder of the shop's photos."""
    folder = media / "shops" / str(shop.pk) / "photos"
    return {str(path.relative_to(media)) for path in folder.rglob("*") if path.is_file()}
