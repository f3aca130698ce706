"""Shows how far each shop is on its way to the configured bundle, and how it is searched.

With --now it takes each shop a step on, as the clock does: announces photos that the bundle has not
seen, switches shops whose photos are all seen, builds and drops indexes, removes former garments.
With --live no owner's look at what would change is waited for.
"""

from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog import seeing
from catalog.models import SearchIndex
from catalog.services.retagging import NothingToSwitch, revision_choose
from catalog.services.revisions import revision_progress, searchable_keep
from tenants.models import Shop
from tenants.scope import shop_scope


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--shop", metavar="SLUG", help="only this shop")
        parser.add_argument("--now", action="store_true", help="do not wait for the clock")
        parser.add_argument(
            "--live", action="store_true", help="with --now: do not wait for the owner either"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        shops = Shop.objects.order_by("pk")
        if options["shop"]:
            shops = shops.filter(slug=options["shop"])
            if not shops:
                raise CommandError(f"There is no shop {options['shop']!r}.")
        self.stdout.write(f"The configured bundle is {seeing.revision()}.")
        for shop in shops:
            if options["now"]:
                searchable_keep(shop=shop)
            if options["now"] and options["live"]:
                live(shop)
            self.stdout.write(f"{shop.slug}: {told(shop)}")


def live(shop: Shop) -> None:
    """Say in the owner's place that the new bundle may go live, where it is ready."""
    with suppress(NothingToSwitch):
        with shop_scope(shop):
            revision_choose(shop=shop)
        searchable_keep(shop=shop)


def told(shop: Shop) -> str:
    held = SearchIndex.objects.filter(shop=shop).first()
    if held is None:
        return "nothing is tagged yet"
    with shop_scope(shop):
        progress = revision_progress(shop)
    state = f"searched by {held.live_revision}, {held.get_state_display().lower()}"
    if progress is None:
        return state
    if progress.ready:
        return f"{state}; {progress.coming} is ready and waits for the owner"
    return f"{state}; {progress.coming} has seen {progress.seen} of {progress.photos} photos"
