"""How sure the model must be of a head so that a shop needs nobody: measured by its own sample."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from catalog.models import ReviewThreshold, Tag
from catalog.precision import Answer, Threshold, threshold_of
from catalog.services.reviews.priority import SCORE, kind_remark
from catalog.shop_taxonomy import shop_taxonomy
from tenants import outbox
from tenants.models import User
from tenants.scope import current_shop_id

LEAST_WANTED, MOST_WANTED = 0.5, 0.995
"""Under a half nobody needs a model; over 99.5 % no sample of this size shows anything."""
MEASURED_EVERY = 20
"""Answers of the sample after which a threshold is measured anew."""
# What holds of these may change with `unsure`: a title's category, a product's own gender.
FOLLOWED = frozenset({"category", "gender"})

_ANSWERS = f"""
    SELECT decision.kind, {SCORE}, tag.value, decision.value
    FROM catalog_reviewdecision AS decision
    JOIN catalog_tag AS tag ON tag.shop_id = decision.shop_id
        AND tag.product_id = decision.product_id AND tag.kind = decision.kind
        AND tag.source = 'model'
    WHERE decision.shop_id = %s AND decision.sampled AND decision.undone_at IS NULL
        AND decision.kind = ANY(%s)
"""  # noqa: S608  no value of anybody's stands in it


@dataclass(frozen=True)
class KindMeasure:
    """A head's sample so far: its answers, and the threshold for what is wanted, if anything is."""

    kind: str
    answers: int
    right: int
    wanted: float | None
    measured: Threshold | None
    threshold: float | None
    """The one that is in force."""


def sample_answers(kinds: Iterable[str]) -> dict[str, list[Answer]]:
    """By head, the shop's random sample: what the model says today against what people said.

    So a new bundle is measured by the same answers as the one before. A value that the shop merged
    into another is right where the other was said.
    """
    asked, own = list(kinds), shop_taxonomy()
    found: dict[str, list[Answer]] = {kind: [] for kind in asked}
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERS, [current_shop_id(), asked])
        for kind, score, model, person in cursor.fetchall():
            right = own.counts_as(kind, model) == own.counts_as(kind, person)
            found[kind].append(Answer(float(score), right))
    return found


def kinds_measured(kinds: Iterable[str]) -> list[KindMeasure]:
    """Two statements for all heads."""
    asked = list(kinds)
    held = {row.kind: row for row in ReviewThreshold.objects.filter(kind__in=asked)}
    answers = sample_answers(asked)
    return [_measure(kind, answers[kind], held.get(kind)) for kind in asked]


def threshold_set(*, kind: str, precision: float | None, by: User | None) -> KindMeasure:
    """ "I want this share of them right" (0..1): measure the score from which that holds, and let
    the queue and `unsure` follow. None takes the wish back.

    Raises ValueError outside LEAST_WANTED to MOST_WANTED.
    """
    if precision is not None and not LEAST_WANTED <= precision <= MOST_WANTED:
        raise ValueError(f"a share of {precision} cannot be asked for")
    held = ReviewThreshold.objects.select_for_update(no_key=True).filter(kind=kind).first()
    before = held.threshold if held else None
    if precision is None:
        ReviewThreshold.objects.filter(kind=kind).delete()
        held = None
    else:
        told = threshold_of(sample_answers([kind])[kind], wanted=precision)
        values = {
            "precision": precision,
            "threshold": told.score,
            "by": by,
            "at": timezone.now(),
        }
        held, _ = ReviewThreshold.objects.update_or_create(kind=kind, defaults=values)
    _follow(kind, before, held.threshold if held else None)
    return _measure(kind, sample_answers([kind])[kind], held)


def sample_grown(*, kind: str) -> None:
    """The sample has one more answer: now and then the threshold is measured anew."""
    held = ReviewThreshold.objects.filter(kind=kind).first()
    if held is not None and len(sample_answers([kind])[kind]) % MEASURED_EVERY == 0:
        threshold_refresh(held)


def thresholds_refresh() -> None:
    """The model says something else now: measure every threshold of the shop anew."""
    for held in ReviewThreshold.objects.order_by("kind"):
        threshold_refresh(held)


def threshold_refresh(held: ReviewThreshold) -> None:
    told = threshold_of(sample_answers([held.kind])[held.kind], wanted=held.precision)
    before, held.threshold = held.threshold, told.score
    if before != told.score:
        held.save(update_fields=["threshold"])
        _follow(held.kind, before, told.score)


def _measure(kind: str, answers: list[Answer], held: ReviewThreshold | None) -> KindMeasure:
    return KindMeasure(
        kind=kind,
        answers=len(answers),
        right=sum(one.right for one in answers),
        wanted=held.precision if held else None,
        measured=threshold_of(answers, wanted=held.precision) if held else None,
        threshold=held.threshold if held else None,
    )


def _follow(kind: str, before: float | None, after: float | None) -> None:
    if before == after:
        return
    changed = kind_remark(kind=kind)
    settle = changed if kind in FOLLOWED else []
    if after is None:
        # The bundle's own word of what is unsure stands in the garments only.
        rows = Tag.objects.filter(kind=kind, source=Tag.Source.MODEL)
        settle = list(rows.values_list("product_id", flat=True))
    outbox.announce(shop_id=current_shop_id(), topic=outbox.SETTLE, object_ids=settle)
