"""Shows how far the tagging of all shops' photos is, and ends when no photo waits."""

import sys
import time
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count

from catalog.models import Photo
from tenants.models import Shop
from tenants.scope import shop_scope

PAUSE_SECONDS = 1.0
BAR_CELLS = 30
# Where nobody watches (a log), a line now and then is enough.
LOGGED_SHARE = 0.1


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        watched = sys.stdout.isatty()
        logged = -1.0
        while True:
            states = photo_states()
            total = states.total()
            ended = states[Photo.State.DONE] + states[Photo.State.FAILED]
            share = ended / total if total else 1.0
            text = f"{ended} of {total} photos tagged"
            if failed := states[Photo.State.FAILED]:
                text += f", {failed} failed"
            if watched:
                bar = "█" * round(share * BAR_CELLS)
                self.stdout.write(f"\r{bar:░<{BAR_CELLS}} {text}", ending="")
            elif share - logged >= LOGGED_SHARE or share == 1.0:
                logged = share
                self.stdout.write(text)
            self.stdout.flush()
            if ended == total:
                break
            time.sleep(PAUSE_SECONDS)
        if watched:
            self.stdout.write("")


def photo_states() -> Counter[str]:
    """How many photos are in each state, over all shops, each visited in its own scope."""
    found: Counter[str] = Counter()
    for shop in Shop.objects.all():
        with shop_scope(shop):
            counts = Photo.objects.order_by().values_list("state").annotate(Count("pk"))
            found.update(dict(counts))
    return found
