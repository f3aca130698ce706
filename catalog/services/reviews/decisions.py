"""The rows that tell what people answered."""

import uuid
from collections.abc import Mapping

from django.utils import timezone

from catalog.models import ReviewDecision, Tag
from catalog.services.reviews.priority import score_of
from tenants.models import User


def decisions_record(
    *,
    kind: str,
    values: Mapping[int, str],
    before: Mapping[int, str],
    by: User | None,
    sampled: bool = False,
    sheet: uuid.UUID | None = None,
) -> list[ReviewDecision]:
    """Write what a person said of these products (by id), in the place of what was said before.

    `before` has what a person had said of them. Three statements for any number of products.
    """
    now = timezone.now()
    held = ReviewDecision.objects.filter(
        product_id__in=list(values), kind=kind, undone_at__isnull=True
    )
    drawn = set(held.filter(sampled=True).values_list("product_id", flat=True))
    held.update(undone_at=now)
    rows = Tag.objects.filter(product_id__in=list(values), kind=kind, source=Tag.Source.MODEL)
    model = {tag.product_id: tag for tag in rows}
    decisions = []
    for product_id, value in sorted(values.items()):
        tag = model.get(product_id)
        decisions.append(
            ReviewDecision(
                product_id=product_id,
                kind=kind,
                value=value,
                before=before.get(product_id, ""),
                model_value=tag.value if tag else "",
                score=score_of(tag) if tag else None,
                revision=tag.revision if tag else "",
                # Who was drawn stays drawn, however the answer comes.
                sampled=sampled or product_id in drawn,
                sheet=sheet,
                by=by,
                at=now,
            )
        )
    return ReviewDecision.objects.bulk_create(decisions, batch_size=500)


def decisions_void(*, product_ids: list[int], kind: str) -> None:
    """A person's word was taken back: no decision holds."""
    rows = ReviewDecision.objects.filter(product_id__in=product_ids, kind=kind)
    rows.filter(undone_at__isnull=True).update(undone_at=timezone.now())


def decisions_clear(
    *, kind: str, said: Mapping[int, str], by: User | None, sheet: uuid.UUID
) -> None:
    """Write that people's words on these products (by id) are taken back together: rows that never
    hold, by which they can be said again."""
    now = timezone.now()
    ReviewDecision.objects.bulk_create(
        (
            ReviewDecision(
                product_id=one, kind=kind, before=value, sheet=sheet, by=by, at=now, undone_at=now
            )
            for one, value in sorted(said.items())
        ),
        batch_size=500,
    )
