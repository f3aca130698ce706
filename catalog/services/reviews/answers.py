"""A person's answers to the queue and to contact sheets, and taking them back.

Call these in the shop's scope. Each may come twice, as a browser that lost its connection sends it:
the second changes nothing.
"""

import uuid
from collections.abc import Collection, Sequence

from django.db.models import Q
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
    """Take a whole sheet back: of how many products. Raises NothingToUndo.

    One that took people's words back says them again, but where somebody spoke since.
    """
    rows = ReviewDecision.objects.select_for_update(no_key=True).filter(sheet=sheet)
    held = Q(undone_at__isnull=True) | Q(value="")
    decisions = list(rows.filter(held).order_by("product_id"))
    if not decisions:
        raise NothingToUndo(str(sheet))
    if decisions[0].value:
        _undo(decisions)
        return len(decisions)
    silent = _silent(decisions)
    _again(silent)
    ReviewDecision.objects.filter(pk__in=[one.pk for one in decisions]).delete()
    return len(silent)


def _undo(decisions: list[ReviewDecision]) -> None:
    """All of one kind."""
    kind, now = decisions[0].kind, timezone.now()
    ids = [one.pk for one in decisions]
    ReviewDecision.objects.filter(pk__in=ids).update(undone_at=now)
    nobody = [one.product_id for one in decisions if not one.before]
    tags_clear(kind=kind, product_ids=nobody)
    _again([one for one in decisions if one.before])


def _silent(cleared: list[ReviewDecision]) -> list[ReviewDecision]:
    """Those of products that nobody has spoken of since; all of one kind."""
    spoken = Tag.objects.filter(
        product_id__in=[one.product_id for one in cleared],
        kind=cleared[0].kind,
        source=Tag.Source.PERSON,
    )
    told = set(spoken.values_list("product_id", flat=True))
    return [one for one in cleared if one.product_id not in told]


def _again(undone: Sequence[ReviewDecision]) -> None:
    """What was said before is said again, by whom it was said; all of one kind."""
    if not undone:
        return
    kind = undone[0].kind
    rows = ReviewDecision.objects.filter(
        product_id__in=[one.product_id for one in undone], kind=kind
    ).exclude(pk__in=[one.pk for one in undone])
    former = {(one.product_id, one.value): one for one in rows.order_by("at", "id")}
    together: dict[tuple[int | None, bool], dict[int, str]] = {}
    for one in undone:
        told = former.get((one.product_id, one.before), one)
        values = together.setdefault((told.by_id, told.sampled), {})
        values[one.product_id] = one.before
    people = User.objects.in_bulk([by_id for by_id, _ in together if by_id])
    for (by_id, sampled), values in together.items():
        by = people.get(by_id) if by_id else None
        tags_say(kind=kind, values=values, by=by, sampled=sampled)
