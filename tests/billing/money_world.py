"""Small plans, and moments of the installation's time zone, for tests about money."""

from datetime import datetime

import pytest
from django.utils import timezone

from billing.models import Kind
from billing.plans import MONTH, PLANS, YEAR, Plan

TINY = Plan(
    "tiny",
    "Tiny",
    {Kind.PHOTO: 3, Kind.SEARCH: 20},
    products=3,
    seats=2,
    features=frozenset(),
    prices={("KRW", MONTH): 30_000, ("KRW", YEAR): 300_000},
    unit_prices={(Kind.PHOTO, "KRW"): 5_000, (Kind.SEARCH, "KRW"): 600_000},
)


def tiny_plan(monkeypatch: pytest.MonkeyPatch) -> Plan:
    monkeypatch.setitem(PLANS, "tiny", TINY)
    return TINY


def at(*when: int) -> datetime:
    return timezone.make_aware(datetime(*when))  # type: ignore[misc]
