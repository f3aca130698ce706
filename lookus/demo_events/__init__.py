"""Two months of made shoppers for the demo's shops, so that its pages of numbers show some.

Everything is drawn by lot, the same for the same shop: who looks for what, what is seen, clicked
and bought. Of each search `parts_ms` says `made`, and Insights says so. Nothing is made where a
shopper searched before, and no usage is counted: what nobody searched costs nothing.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils import timezone

from analytics.insights.tagging_count import tagging_count
from analytics.map.jobs import map_ask
from analytics.models import SearchDetail
from analytics.rollup import day_roll
from catalog.selectors import live_revision
from lookus.demo_events.shoppers import searches_drawn
from lookus.demo_events.telling import Told, told_write
from lookus.demo_events.trials import trials_make
from lookus.demo_events.wares import Wares, wares_of
from tenants.models import Shop
from tenants.scope import shop_scope

Say = Callable[[str], None]


def events_make(shops: Sequence[Shop], *, now: datetime, say: Say) -> int:
    """Make the weeks before now for each of these shops of one mall; how many searches.

    Outside every scope. A shop without tagged products, or with searches, is left as it is.
    """
    wares: dict[int, Wares] = {}
    for shop in shops:
        with shop_scope(shop):
            found = None if SearchDetail.objects.exists() else wares_of(live_revision(shop))
        if found is not None:
            wares[shop.pk] = found
    made = 0
    for shop in shops:
        if shop.pk not in wares:
            continue
        others = [one for pk, one in wares.items() if pk != shop.pk]
        made += _make(shop, wares[shop.pk], others[0] if others else None, now)
        say(f"{shop.name}: two months of made searches")
    return made


def _make(shop: Shop, wares: Wares, other: Wares | None, now: datetime) -> int:
    with shop_scope(shop):
        told = Told(shop, wares, trials_make(now=now))
        for search in searches_drawn(shop, wares, other, now=now):
            told.search(search, now=now)
        told.orders_without_search(now=now)
        told_write(told)
        tagging_count(shop=shop, day=timezone.localdate(now))
        # They are laid over the shop's map.
        map_ask(shop=shop)
    for day in sorted({day for day, _kind in told.counts}):
        day_roll(shop, day)
    return len(told.searches)
