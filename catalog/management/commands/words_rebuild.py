"""Lets the worker write the terms of all products anew, and counts them anew, shop by shop.

For catalogues from before products could be found by words, and after the taxonomy or the lexicon
changed. Safe to run while the shops work, and to run twice.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.models import Product
from catalog.services.postings import postings_due, postings_run, vocabulary_recount
from tenants.models import Shop
from tenants.scope import shop_scope


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--shop", metavar="SLUG", help="only this shop")
        parser.add_argument("--now", action="store_true", help="write them here, not in the worker")

    def handle(self, *args: Any, **options: Any) -> None:
        shops = Shop.objects.order_by("pk")
        if options["shop"]:
            shops = shops.filter(slug=options["shop"])
            if not shops:
                raise CommandError(f"There is no shop {options['shop']!r}.")
        for shop in shops:
            with shop_scope(shop):
                terms = vocabulary_recount()
                ids = list(Product.objects.order_by("pk").values_list("pk", flat=True))
                postings_due(product_ids=ids)
            done = "due"
            if options["now"]:
                while postings_run(shop_id=shop.pk):
                    done = "written"
            self.stdout.write(f"{shop.slug}: {len(ids)} products {done}, {terms} terms counted")
