"""Forget what searches kept for half an hour: what was seen in photos, and lists of results; and
the photos that shoppers let the shop keep, when their days are over."""

from recommender import memory, pages
from recommender.kept import services as kept
from tenants.models import Shop
from tenants.scope import shop_scope


def searches_forget() -> int:
    """Delete what has expired, shop by shop, each in its own scope; how many rows.

    Reads never use an expired row, so a clock that is late makes nothing live longer than its
    half hour but the row itself.
    """
    forgotten = 0
    for shop_id in list(Shop.objects.order_by("pk").values_list("pk", flat=True)):
        with shop_scope(shop_id):
            forgotten += memory.forget_expired() + pages.forget_expired()
            forgotten += kept.forget_expired()
    return forgotten
