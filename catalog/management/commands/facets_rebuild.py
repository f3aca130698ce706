"""Writes the facets, variant groups and look-alikes of all products anew, shop by shop.

For catalogues from before there were any, and after FOLD_DISTANCE or the taxonomy changed. Safe to
run while the shops work, and to run twice.
"""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.models import Garment, Product
from catalog.services.facets import facets_write
from catalog.services.folds import fold_settle
from catalog.services.garments import garments_follow_products
from tenants.models import Shop
from tenants.scope import shop_scope

# Products in one transaction.
CHUNK = 200


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--shop", metavar="SLUG", help="only this shop")

    def handle(self, *args: Any, **options: Any) -> None:
        shops = Shop.objects.order_by("pk")
        if options["shop"]:
            shops = shops.filter(slug=options["shop"])
            if not shops:
                raise CommandError(f"There is no shop {options['shop']!r}.")
        for shop in shops:
            products = changed = 0
            for chunk in _chunks(shop):
                changed += rebuild(shop, chunk)
                products += len(chunk)
            with shop_scope(shop):
                folded = Garment.objects.filter(is_product=True, fold__isnull=False)
                alike = folded.values("product_id").distinct().count()
            self.stdout.write(
                f"{shop.slug}: {products} products, {changed} facets changed, {alike} look-alikes"
            )


def rebuild(shop: Shop, product_ids: list[int]) -> int:
    """Bring these products in step, in one transaction: how many facets changed."""
    with shop_scope(shop):
        # Locked as a worker locks them that finishes a photo.
        locked = Product.objects.select_for_update(no_key=True).filter(pk__in=product_ids)
        held = [product.pk for product in locked.order_by("pk").only("pk")]
        garments_follow_products(product_ids=held)
        changed = facets_write(product_ids=held)
        for product_id in held:
            fold_settle(product_id=product_id)
    return changed


def _chunks(shop: Shop) -> Iterator[list[int]]:
    """Ids of the shop's products with garments, in order."""
    last = 0
    while True:
        with shop_scope(shop):
            seen = Garment.objects.filter(product_id__gt=last, is_product=True)
            ids = list(
                seen.order_by("product_id").values_list("product_id", flat=True).distinct()[:CHUNK]
            )
        if not ids:
            return
        yield ids
        last = ids[-1]
