"""Work that waits, and the doorbell that says so.

Rows are the truth: one Outbox row stands for each object that a worker must still see. A message
says only "this shop has work of this topic" and may be lost, doubled or late.

1. `announce` writes rows with the change and rings after the commit.
2. `ring` sends one message a shop and topic, unless one is on its way or a worker is at it.
3. A worker calls `take`, works outside any transaction, calls `done` in the transaction that
   writes its results, and rings again: the next chunk stands at the queue's end, behind the
   other shops'.
4. `waiting` lists what nobody is at, for the sweeper: lost messages and expired leases.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from tenants import tracing
from tenants.doorbell import message_send
from tenants.models import Outbox, Shop

PHOTO, IMPORT, LOOK, RESEE, WORDS = "photo", "import", "look", "resee", "words"
RECHECK = "recheck"
WEBHOOK, TAGGED, QUOTA, EXPORT = "webhook", "tagged", "quota", "export"
SETTLE = "settle"
FEED = "feed"
TEACH, OWN_CLASS = "teach", "own_class"
MAP = "map"
TASKS = {
    PHOTO: "catalog.tasks.tag_photos",
    IMPORT: "catalog.tasks.run_imports",
    LOOK: "recommender.tasks.see_looks",
    RESEE: "catalog.tasks.resee_photos",
    RECHECK: "catalog.tasks.recheck_photos",
    WORDS: "catalog.tasks.write_postings",
    SETTLE: "catalog.tasks.settle_products",
    FEED: "catalog.tasks.run_feeds",
    TEACH: "catalog.tasks.learn_heads",
    OWN_CLASS: "catalog.tasks.learn_classes",
    WEBHOOK: "tenants.tasks.send_webhooks",
    TAGGED: "catalog.tasks.tell_tagged",
    QUOTA: "billing.tasks.warn_of_quota",
    EXPORT: "lookus.tasks.make_exports",
    MAP: "analytics.tasks.make_map",
}

# One statement, for an import announces thousands at once.
_ANNOUNCE = """
    INSERT INTO tenants_outbox (shop_id, topic, object_id, created_at, trace)
    SELECT %s, %s, object_id, now(), %s
    FROM (SELECT DISTINCT unnest(%s::bigint[])) AS t (object_id)
    ON CONFLICT (shop_id, topic, object_id)
    DO UPDATE SET published_at = NULL, leased_until = NULL, trace = excluded.trace
"""
_HOLD = """
    INSERT INTO tenants_outbox (shop_id, topic, object_id, created_at, published_at, leased_until)
    SELECT %s, %s, object_id, now(), now(), %s FROM unnest(%s::bigint[]) AS t (object_id)
    ON CONFLICT (shop_id, topic, object_id)
    DO UPDATE SET published_at = excluded.published_at, leased_until = excluded.leased_until
"""
# A message that nobody answered for so long counts as lost.
LOST_SECONDS = 300


@dataclass(frozen=True)
class Waiting:
    shop_id: int
    topic: str


def announce(*, shop_id: int, topic: str, object_ids: Iterable[int]) -> None:
    """Write rows for these objects, in the caller's transaction; ring when it is committed.

    An object that is announced again starts anew: whoever works on it loses its lease.
    """
    ids = list(object_ids)
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(_ANNOUNCE, [shop_id, topic, tracing.traceparent(), ids])
    transaction.on_commit(partial(ring, shop_id=shop_id, topic=topic), robust=True)


def ring(*, shop_id: int, topic: str) -> bool:
    """Send one message if work is ready and none is under way; says whether it was sent.

    Where the broker does not take it, the sweeper rings again.
    """
    rows = Outbox.objects.filter(shop_id=shop_id, topic=topic)
    if rows.filter(_under_way()).exists():
        return False
    first = _ready(rows).order_by("object_id").values_list("pk", flat=True).first()
    if first is None:
        return False
    # The mark on this row says that a message is on its way; the worker takes the row first.
    Outbox.objects.filter(pk=first).update(published_at=timezone.now())
    if message_send(TASKS[topic], shop_id):
        return True
    Outbox.objects.filter(pk=first).update(published_at=None)
    return False


def take(*, shop_id: int, topic: str, limit: int, until: datetime) -> list[int]:
    """Lease up to `limit` objects until then: their ids, oldest first.

    Call it in the transaction that leases the objects themselves. Empty where there is nothing,
    another worker holds a chunk of this shop, or the shop is closed.
    """
    lock = Shop.objects.open().select_for_update(no_key=True, skip_locked=True)
    if not lock.filter(pk=shop_id).exists():
        return []
    rows = Outbox.objects.filter(shop_id=shop_id, topic=topic)
    if rows.filter(_leased()).exists():
        return []
    ready = _ready(rows).order_by(F("published_at").asc(nulls_last=True), "object_id")
    found = sorted(ready.values_list("object_id", flat=True)[:limit])
    rows.filter(object_id__in=found).update(published_at=timezone.now(), leased_until=until)
    if found and tracing.is_on():
        traces = rows.filter(object_id__in=found).order_by("object_id")
        tracing.take_up(topic, traces.values_list("trace", flat=True), shop_id=shop_id)
    return found


def hold(*, shop_id: int, topic: str, object_ids: Iterable[int], until: datetime) -> None:
    """Lease objects that had no row of their own, beside those that were just taken."""
    ids = list(object_ids)
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(_HOLD, [shop_id, topic, until, ids])


def extend(*, shop_id: int, topic: str, object_ids: Iterable[int], until: datetime) -> None:
    """Move the lease on; only rows that are leased still."""
    _rows(shop_id, topic, object_ids).filter(_leased()).update(leased_until=until)


def done(*, shop_id: int, topic: str, object_ids: Iterable[int]) -> None:
    """Nothing is left to do for these objects: call it in the transaction that finishes them."""
    _rows(shop_id, topic, object_ids).delete()


def later(*, shop_id: int, topic: str, object_ids: Iterable[int], at: datetime | None) -> None:
    """Give the objects back; nobody takes them before `at`."""
    _rows(shop_id, topic, object_ids).update(published_at=None, leased_until=at)


def idle(*, shop_id: int, topic: str) -> bool:
    """Whether nothing of this topic is left to do for the shop."""
    return not Outbox.objects.filter(shop_id=shop_id, topic=topic).exists()


def waited_seconds(*, shop_id: int, topic: str, object_ids: Iterable[int]) -> float:
    """Since the first of these objects was announced; 0 where none is."""
    first = _rows(shop_id, topic, object_ids).aggregate(first=Min("created_at"))["first"]
    return 0.0 if first is None else max(0.0, (timezone.now() - first).total_seconds())


@dataclass(frozen=True)
class Queue:
    """Of one topic: how many objects are ready, or being worked on, and how old the oldest is."""

    topic: str
    waiting: int
    seconds: float


def queues() -> list[Queue]:
    """Every topic, those without work too. What is given back for later does not wait yet."""
    now = timezone.now()
    rows = Outbox.objects.filter(shop__closed_at=None).filter(_is_ready() | _leased())
    groups = rows.values("topic").annotate(waiting=Count("pk"), first=Min("created_at"))
    found = {one["topic"]: one for one in groups}
    return [
        Queue(
            topic,
            found[topic]["waiting"] if topic in found else 0,
            max(0.0, (now - found[topic]["first"]).total_seconds()) if topic in found else 0.0,
        )
        for topic in TASKS
    ]


def waiting() -> list[Waiting]:
    """Shops and topics with work that nobody is at and no message announces."""
    groups = (
        Outbox.objects.filter(shop__closed_at=None)
        .values("shop_id", "topic")
        .annotate(ready=Count("pk", filter=_is_ready()), under_way=Count("pk", filter=_under_way()))
    )
    found = groups.filter(ready__gt=0, under_way=0).order_by("shop_id", "topic")
    return [Waiting(one["shop_id"], one["topic"]) for one in found if one["topic"] in TASKS]


def _rows(shop_id: int, topic: str, object_ids: Iterable[int]) -> QuerySet[Outbox]:
    return Outbox.objects.filter(shop_id=shop_id, topic=topic, object_id__in=list(object_ids))


def _ready(rows: QuerySet[Outbox]) -> QuerySet[Outbox]:
    return rows.filter(_is_ready())


def _is_ready() -> Q:
    return Q(leased_until=None) | Q(leased_until__lte=timezone.now())


def _leased() -> Q:
    # A row given back for later has a time too, but no message.
    return Q(leased_until__gt=timezone.now(), published_at__isnull=False)


def _under_way() -> Q:
    lost = timezone.now() - timedelta(seconds=max(LOST_SECONDS, settings.PHOTO_LEASE_SECONDS))
    return _leased() | Q(leased_until=None, published_at__gt=lost)
