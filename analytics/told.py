"""What a storefront or a shop's server tells, once its form is checked, and what became of it."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from analytics.models import EventType
from tenants.months import STRAY

Outcome = Literal["counted", "repeated", "left_out", ""]
"""Kept and counted; known before; not wanted; empty where it was refused."""


@dataclass(frozen=True, slots=True)
class Line:
    """One product of an event. `price` is that of one piece, in the currency's smallest unit;
    `position` counts from 1."""

    sku: str
    quantity: int | None = None
    price: int | None = None
    search_id: uuid.UUID | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One event. `order`, `session` and `visitor` are as they were sent: only hashes are kept.
    `month` is its partition, known once the shop's own rows were asked."""

    kind: EventType
    event_id: uuid.UUID
    lines: tuple[Line, ...]
    at: datetime
    currency: str = ""
    order: str = ""
    total: int | None = None
    session: str = ""
    visitor: str = ""
    month: date = STRAY


@dataclass(frozen=True, slots=True)
class Taken:
    """`code` and `field` say why an event was refused."""

    outcome: Outcome
    code: str = ""
    field: str = ""
