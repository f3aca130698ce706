"""Which shops a round of the clock visits, where there are more than one round has time for."""

import time

from django.db.models import F, QuerySet

from tenants.models import Shop

MOST = 500
"""Shops of one round: at some 15 to 50 ms each it ends within half a minute of its own."""


def shops_of_round(*, seconds: float, most: int = MOST, now: float | None = None) -> QuerySet[Shop]:
    """The open shops whose turn it is in the round that begins every `seconds`.

    Of up to `most` shops it is everybody's turn each time; of n times as many, every n-th's. The
    turn follows from the clock alone, so that a round which is left out is no shop's for ever.
    """
    shops = Shop.objects.open().order_by("pk")
    turns = max(1, -(-shops.count() // most))
    if turns == 1:
        return shops
    turn = int((time.time() if now is None else now) // seconds) % turns
    return shops.annotate(turn=F("pk") % turns).filter(turn=turn)
