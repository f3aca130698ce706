"""Train a shop's own heads from people's words, and take into use what is better.

1. A button or the clock announces the shop (`heads_ask`); so does a new bundle, whose embeddings
   make every head stale (`heads_keep`).
2. The worker learns a head of every kind that people said enough of, and judges it on designs that
   it had not seen, beside the stock head (`catalog.teaching`).
3. A head that is better answers at once, for the products there are and for new ones; a version
   that is not better gives the word back to the stock head. The owner can switch it off and on.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from catalog.models import ShopHead, Tag
from catalog.selectors import live_revision
from catalog.services.teaching.announced import announced_run
from catalog.services.teaching.answering import head_spread, heads_newest, would_change
from catalog.services.teaching.vectors import Clear, clear_garments
from catalog.services.teaching.words import examples_of, people_counts
from catalog.teaching.head import LEAST_WORDS, Learned, enough, learn
from tenants import outbox
from tenants.audit import audit_record
from tenants.models import Shop, User
from tenants.scope import shop_scope
from vision.taxonomy import taxonomy

TRAIN = 0
"""The object of the outbox that stands for all heads; any other is a head whose word changed."""
LEASE = timedelta(minutes=30)
VERSIONS_KEPT = 10


def heads_ask(*, shop: Shop, by: User | None = None) -> None:
    """Let the worker learn the shop's heads. In the shop's scope."""
    outbox.announce(shop_id=shop.pk, topic=outbox.TEACH, object_ids=[TRAIN])
    if by is not None:
        audit_record(actor=by, action="teach", target=shop)


def heads_wait(shop: Shop) -> bool:
    """Whether the worker has something to learn or to spread still."""
    return not outbox.idle(shop_id=shop.pk, topic=outbox.TEACH)


def head_switch(*, shop: Shop, kind: str, on: bool, by: User | None) -> ShopHead:
    """Switch the newest head of a kind off or on; its answers or the stock's follow. Raises
    ShopHead.DoesNotExist. In the shop's scope."""
    head = heads_newest().get(kind)
    if head is None:
        raise ShopHead.DoesNotExist(kind)
    if head.off == (not on):
        return head
    head.off = not on
    head.save(update_fields=["off"])
    audit_record(actor=by, action="head", target=head, changes={"on": [not on, on]})
    outbox.announce(shop_id=shop.pk, topic=outbox.TEACH, object_ids=[head.pk])
    return head


def heads_keep(*, shop: Shop) -> None:
    """The clock's round: heads of a former bundle are learned anew. Outside any scope."""
    live = live_revision(shop)
    with shop_scope(shop):
        stale = [head for head in heads_newest().values() if head.revision != live]
        if stale and not heads_wait(shop) and clear_garments(live):
            heads_ask(shop=shop)


def heads_night(*, shop: Shop) -> None:
    """The clock's nightly round: ask where people said enough. Outside any scope."""
    with shop_scope(shop):
        if any(count >= LEAST_WORDS for count in people_counts().values()):
            heads_ask(shop=shop)


def heads_run(*, shop_id: int) -> int:
    """Do what was announced for the shop: how many objects. Safe to run twice."""
    return announced_run(shop_id=shop_id, topic=outbox.TEACH, limit=20, lease=LEASE, do=_do)


def _do(shop: Shop, object_id: int) -> None:
    if object_id == TRAIN:
        heads_train(shop=shop)
    else:
        _spread_of(shop, object_id)


def heads_train(*, shop: Shop) -> list[ShopHead]:
    """Learn a head of every kind with enough words; those whose words are the same are left."""
    live = live_revision(shop)
    with shop_scope(shop):
        clear = clear_garments(live)
        counts = people_counts()
        newest = heads_newest()
    made = []
    for kind in taxonomy().kinds:
        if counts.get(kind, 0) >= LEAST_WORDS or kind in newest:
            head = _train(shop, kind, clear, newest.get(kind), live)
            if head is not None:
                made.append(head)
    return made


def _train(
    shop: Shop, kind: str, clear: Clear, before: ShopHead | None, live: str
) -> ShopHead | None:
    with shop_scope(shop):
        mark = _mark(kind)
        if before is not None and before.revision == live and before.figures.get("mark") == mark:
            return None
        examples = examples_of(kind, clear)
    learned = learn(examples) if enough(examples) else None
    if learned is None and before is None:
        return None
    with shop_scope(shop):
        head = _kept(kind, live, mark, learned, before)
        if learned is not None and head.better:
            changed, asked = would_change(kind=kind, head=head, revision=live)
            head.figures |= {"changes": changed, "products": asked}
            head.save(update_fields=["figures"])
    if head.answers or (before is not None and before.answers):
        head_spread(shop=shop, kind=kind, revision=live)
    return head


def _kept(
    kind: str, live: str, mark: list[Any], learned: Learned | None, before: ShopHead | None
) -> ShopHead:
    """A version, in the shop's scope. One that could not be learned says so and never answers."""
    figures: dict[str, Any] = {"mark": mark} | (learned.figures() if learned else {"few": True})
    head = ShopHead.objects.create(
        kind=kind,
        version=before.version + 1 if before else 1,
        revision=live,
        values=list(taxonomy().ids(kind)),
        weights=learned.weights.tobytes() if learned else b"",
        rows=len(learned.weights) if learned else 0,
        temperature=learned.temperature if learned else 1.0,
        threshold=learned.threshold if learned else 1.0,
        figures=figures,
        better=bool(learned and learned.paired.better),
        off=before.off if before else False,
    )
    ShopHead.objects.filter(kind=kind, version__lte=head.version - VERSIONS_KEPT).delete()
    return head


def _mark(kind: str) -> list[Any]:
    """Changes when people say something more of the kind, or take it back."""
    rows = Tag.objects.filter(kind=kind, source=Tag.Source.PERSON)
    last: datetime | None = rows.aggregate(last=Max("at"))["last"]
    return [rows.count(), last.isoformat() if last else ""]


def _spread_of(shop: Shop, head_id: int) -> None:
    with shop_scope(shop):
        head = ShopHead.objects.filter(pk=head_id).first()
    if head is not None:
        head_spread(shop=shop, kind=head.kind, revision=live_revision(shop))
