"""Take what storefronts and shops' servers tell: many events, a few statements.

Call in the shop's scope: all of it is one transaction. Told again, it changes nothing.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from analytics.hashes import order_hash, session_hash, visitor_hash
from analytics.held import odd_held, orders_held, searches_held
from analytics.models import Event, EventType
from analytics.months import event_month
from analytics.orders import orders_settle
from analytics.services import count
from analytics.told import Line, Taken, Told
from analytics.visits import TAKEN, Held, order_paired, session_paired, visits_held
from catalog.models import Product
from catalog.services.reviews.seen import products_seen
from recommender.experiments import arm_clicked
from tenants.bulk import rows_insert
from tenants.models import Shop
from tenants.months import month_of

OF_A_SEARCH = (EventType.IMPRESSION, EventType.CLICK)
"""They mean nothing without the search that showed the product."""
SEEN = (EventType.CLICK, EventType.VIEW, EventType.PURCHASE)
"""What says that a person looked at the product itself."""

_COLUMNS = (
    *("type", "event_id", "sku", "search_id", "position", "quantity", "price", "currency"),
    *("order_ref", "order_total", "visitor", "at", "month"),
)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the shop has of all that was told: ids by SKU, the months of the searches, of orders and
    of ids with an odd time, and open sessions."""

    products: dict[str, int]
    searches: dict[uuid.UUID, date]
    orders: dict[str, date]
    odd: dict[uuid.UUID, date]
    held: Held


def events_take(*, shop: Shop, told: Sequence[Told], by_server: bool) -> list[Taken]:
    """Keep, count and pair what is new; what became of each, in their order.

    1. Products and searches that the shop does not have are found out, in one statement each.
    2. What is left is inserted; what was there before stays as it is.
    3. Orders that were told twice are settled: see `orders_settle`.
    4. Days, pairs, and what a running test counts.
    """
    known = _known(told)
    taken: dict[int, Taken] = {}
    fit: dict[int, Told] = {}
    for index, one in enumerate(told):
        fitting = _fitting(one, known)
        if isinstance(fitting, Taken):
            taken[index] = fitting
        else:
            fit[index] = fitting
    new = _kept(fit.values(), by_server)
    fresh: list[Told] = []
    again: list[Told] = []
    for index, one in fit.items():
        lines = tuple(line for line in one.lines if _take(new, one, line))
        taken[index] = Taken("counted" if lines else "repeated")
        if lines:
            fresh.append(replace(one, lines=lines))
        if one.order and len(lines) < len(one.lines):
            again.append(replace(one, lines=tuple(set(one.lines) - set(lines))))
    orders_settle(again, by_server=by_server)
    _follow(shop, fresh, known)
    return [taken[index] for index in range(len(told))]


def _known(told: Sequence[Told]) -> _Known:
    lines = [line for one in told for line in one.lines]
    skus = {line.sku for line in lines}
    # Those that are gone too: what was bought yesterday may have been the last.
    products = dict(Product.every.filter(sku__in=skus).values_list("sku", "pk"))
    asked = {line.search_id for line in lines if line.search_id is not None}
    sessions = {session_hash(one.session) for one in told if _is_of_session(one)}
    return _Known(
        products,
        searches_held(asked),
        orders_held({order_hash(one.order) for one in told if one.order}),
        odd_held({one.event_id: one.at for one in told}),
        visits_held(sessions),
    )


def _is_of_session(one: Told) -> bool:
    """An order has a name of its own, which lasts longer."""
    return bool(one.session) and one.kind in TAKEN and not one.order


def _fitting(one: Told, known: _Known) -> Told | Taken:
    """The event with what the shop knows of it; or why it is not taken."""
    lines = [line for line in one.lines if line.sku in known.products]
    if not lines:
        several = one.kind == EventType.PURCHASE and len(one.lines) > 1
        return Taken("", "product_not_found", "items" if several else "product_id")
    if one.kind in OF_A_SEARCH and lines[0].search_id not in known.searches:
        return Taken("", "search_not_found", "search_id")
    if _is_of_session(one):
        session = session_hash(one.session)
        lines = [line for line in lines if _is_first(session, one.kind, line, known)]
        if not lines:
            return Taken("repeated")
    lines = [_attributed(line, known) for line in lines]
    return replace(one, lines=tuple(lines), month=_month(one, known))


def _month(one: Told, known: _Known) -> date:
    """By what names the row, so that the same, told again, meets it."""
    search_id = one.lines[0].search_id
    if one.kind in OF_A_SEARCH and search_id is not None:
        return known.searches[search_id]
    if one.order:
        # Of two tellings of one batch the first decides.
        return known.orders.setdefault(order_hash(one.order), month_of(one.at))
    return known.odd.get(one.event_id) or event_month(one.event_id, at=one.at)


def _is_first(session: str, kind: EventType, line: Line, known: _Known) -> bool:
    visit = (session, kind, known.products[line.sku])
    first = visit not in known.held
    known.held.add(visit)
    return first


def _attributed(line: Line, known: _Known) -> Line:
    """What happened, happened: only the search that nobody knows is left out."""
    if line.search_id in known.searches:
        return line
    return replace(line, search_id=None, position=None)


def _kept(told: Iterable[Told], by_server: bool) -> set[tuple[uuid.UUID, str]]:
    """Id and SKU of each row that is new.

    Ordered, so that no two requests wait in a ring; of two that are one, the first stays.
    """
    ordered = sorted(
        ((one, line) for one in told for line in one.lines),
        key=lambda pair: (pair[0].order, pair[1].sku),
    )
    rows = [_row(one, line) for one, line in ordered]
    inserted = rows_insert(
        Event,
        _COLUMNS,
        rows,
        fixed={"by_server": by_server},
        conflict="DO NOTHING",
        returning=("event_id", "sku"),
    )
    return {(event_id, sku) for event_id, sku in inserted}


def _row(one: Told, line: Line) -> tuple[object, ...]:
    return (
        *(one.kind.value, one.event_id, line.sku, line.search_id, line.position),
        *(line.quantity, line.price, one.currency),
        *(order_hash(one.order), one.total, visitor_hash(one.visitor), one.at, one.month),
    )


def _take(new: set[tuple[uuid.UUID, str]], one: Told, line: Line) -> bool:
    """Whether this line is the new row; a second one of the same name is not."""
    row = (one.event_id, line.sku)
    if row not in new:
        return False
    new.discard(row)
    return True


def _follow(shop: Shop, fresh: Sequence[Told], known: _Known) -> None:
    """What new events lead to."""
    ids = {id(one): [known.products[line.sku] for line in one.lines] for one in fresh}
    products_seen(product_ids={pk for one in fresh if one.kind in SEEN for pk in ids[id(one)]})
    sessions: dict[tuple[str, EventType], list[int]] = defaultdict(list)
    days: Counter[tuple[EventType, date]] = Counter()
    for one in fresh:
        days[one.kind, timezone.localdate(one.at)] += len(one.lines)
        if one.order:
            order_paired(order_ref=order_hash(one.order), product_ids=ids[id(one)])
        elif _is_of_session(one):
            sessions[session_hash(one.session), one.kind] += ids[id(one)]
        if one.kind == EventType.CLICK:
            arm_clicked(visitor=one.visitor)
    for (session, kind), product_ids in sorted(sessions.items()):
        session_paired(session=session, product_ids=product_ids, kind=kind)
    for (kind, day), quantity in sorted(days.items()):
        count(shop=shop, kind=kind, day=day, quantity=quantity)
