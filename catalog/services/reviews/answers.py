"""A person's answers to the queue and to contact sheets, and taking them back.

Call these in the shop's scope. Each may come twice, as a browser that lost its connection sends it:
the second changes nothing.
"""

import uuid
from collections.abc import Collection

from django.utils import timezone

from catalog.models import Product, ReviewDecision, Tag
from catalog.services.reviews.queue import lots_before
from catalog.services.reviews.thresholds import sample_grown
from catalog.services.tags import tags_clear, tags_say
from tenants.models import User


class UnknownProduct(LookupError):
    """The shop in scope has no such product."""


class NothingToUndo(LookupError):
    """No such decision holds."""


def review_answer(
    *, product_id: int, kind: str, value: str, by: User, sampled: bool = False
) -> ReviewDecision:
    """A person says what a product is. Raises UnknownProduct, ValueError for an unknown value.

    `sampled`: the product was drawn by lot. Those of a lower lot that were answered on another
    occasion then belong to the sample too, so that it is a prefix of the lots and nobody's choice.
    """
    if not Product.objects.select_for_update(no_key=True).filter(pk=product_id).exists():
        raise UnknownProduct(str(product_id))
    held = ReviewDecision.objects.filter(product_id=product_id, kind=kind, undone_at__isnull=True)
    same = held.filter(value=value, by=by).first()
    person = Tag.objects.filter(product_id=product_id, kind=kind, source=Tag.Source.PERSON)
    if same is not None and person.filter(value=value).exists():
        return same
    decisions = tags_say(kind=kind, values={product_id: value}, by=by, sampled=sampled)
    if sampled:
        before = lots_before(kind=kind, product_id=product_id)
        rows = ReviewDecision.objects.filter(product_id__in=before, kind=kind)
        rows.filter(undone_at__isnull=True, sampled=False).update(sampled=True)
        sample_grown(kind=kind)
    return decisions[0]


def review_undo(*, decision_id: int) -> ReviewDecision:
    """Take an answer back: what a person had said before holds again, or nobody's word.

    Raises NothingToUndo where it does not hold any more.
    """
    held = ReviewDecision.objects.select_for_update(no_key=True)
    decision = held.filter(pk=decision_id, undone_at__isnull=True).first()
    if decision is None:
        raise NothingToUndo(str(decision_id))
    _undo([decision])
    return decision


def review_undo_last(*, by: User) -> ReviewDecision:
    """Take back this person's last answer that holds. Raises NothingToUndo."""
    rows = ReviewDecision.objects.filter(by=by, undone_at__isnull=True).order_by("-at", "-id")
    last = rows.first()
    if last is None:
        raise NothingToUndo("no answer")
    return review_undo(decision_id=last.pk)


def sheet_approve(
    *, kind: str, value: str, product_ids: Collection[int], by: User, sheet: uuid.UUID
) -> int:
    """The model was right about these products: of how many that is new.

    `sheet` is the browser's name for this answer; the same one again changes nothing. Products
    whose tag is not the model's `value` any more, or that somebody spoke of since, are left out.
    """
    if ReviewDecision.objects.filter(sheet=sheet).exists():
        return 0
    rows = Tag.objects.filter(
        product_id__in=list(product_ids), kind=kind, value=value, review__isnull=False
    )
    ids = sorted(rows.values_list("product_id", flat=True))
    if ids:
        tags_say(kind=kind, values=dict.fromkeys(ids, value), by=by, sheet=sheet)
    return len(ids)


def sheet_undo(*, sheet: uuid.UUID) -> int:
    """Take a whole sheet back: of how many products. Raises NothingToUndo."""
    held = ReviewDecision.objects.select_for_update(no_key=True)
    decisions = list(held.filter(sheet=sheet, undone_at__isnull=True).order_by("product_id"))
    if not decisions:
        raise NothingToUndo(str(sheet))
    _undo(decisions)
    return len(decisions)


def _undo(decisions: list[ReviewDecision]) -> None:
    """All of one kind."""
    kind, now = decisions[0].kind, timezone.now()
    ids = [one.pk for one in decisions]
    ReviewDecision.objects.filter(pk__in=ids).update(undone_at=now)
    nobody = [one.product_id for one in decisions if not one.before]
    tags_clear(kind=kind, product_ids=nobody)
    for one in decisions:
        if one.before:
            _again(one)


def _again(undone: ReviewDecision) -> None:
    """What was said before is said again, by whom it was said."""
    rows = ReviewDecision.objects.filter(
        product_id=undone.product_id, kind=undone.kind, value=undone.before
    )
    former = rows.exclude(pk=undone.pk).order_by("-at", "-id").first()
    told = former or undone
    by = User.objects.filter(pk=told.by_id).first() if told.by_id else None
    values = {undone.product_id: undone.before}
    tags_say(kind=undone.kind, values=values, by=by, sampled=told.sampled)
