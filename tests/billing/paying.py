"""Malls that pay, for the tests of invoices and providers."""

from datetime import UTC, date, datetime
from typing import Any

from billing.models import Kind, Overage, Subscription
from tenants.models import Mall
from tests.factories import make_mall

START, END = datetime(2026, 10, 31, 15, tzinfo=UTC), datetime(2026, 11, 30, 15, tzinfo=UTC)
"""November 2026 in Seoul, the installation's time zone."""


def paying_mall(plan: str = "starter", **fields: Any) -> Mall:
    mall = make_mall(name="Namu & Sons")
    values: dict[str, Any] = {
        "plan": plan,
        "period_start": START,
        "period_end": END,
        "bill_name": "주식회사 나무",
        "bill_address": "서울특별시 성동구 왕십리로 1",
        "bill_tax_number": "123-45-67890",
        "bill_email": "money@namu.example",
    }
    Subscription.objects.update_or_create(mall=mall, defaults=values | fields)
    mall.refresh_from_db()
    return mall


def beyond(mall: Mall, quantity: int, *, month: date = date(2026, 10, 1), **fields: Any) -> Overage:
    values: dict[str, Any] = {"kind": Kind.SEARCH, "plan": "starter", "currency": "KRW"}
    return Overage.objects.create(mall=mall, month=month, quantity=quantity, **(values | fields))
