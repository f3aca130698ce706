"""Measure a shop's search, keep the figures, and say whether a change may go live."""

from dataclasses import asdict
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalog.selectors import live_revision
from recommender.models import QualityRun
from recommender.quality.cases import second_photos
from recommender.quality.figures import Figures, verdict
from recommender.quality.measure import measured
from recommender.rank import DEFAULT_WEIGHTS, Weights
from tenants.doorbell import message_send
from tenants.models import Shop, User
from tenants.scope import shop_scope

# How long a new bundle that found less is not tried again.
HELD_BACK = timedelta(days=1)
TASK = "recommender.tasks.measure_quality"


def quality_ask(
    *, shop: Shop, weights: Weights | None = None, by: User | None = None
) -> QualityRun:
    """Let the worker measure the shop's live search, beside other weights where given. In the
    shop's scope; a message that is lost leaves a run without figures, and the owner asks again."""
    against = live_revision(shop) if weights else ""
    run = QualityRun.objects.create(
        revision=live_revision(shop),
        against=against,
        reason="weights" if weights else "asked",
        figures={"wanted": asdict(weights)} if weights else {},
        by=by,
    )
    ring = partial(message_send, TASK, shop.pk, run.pk)
    transaction.on_commit(ring, robust=True)
    return run


def quality_run(*, shop: Shop, run_id: int) -> QualityRun | None:
    """Fill a run that was asked for: None where it is gone or has its figures."""
    with shop_scope(shop):
        run = QualityRun.objects.filter(pk=run_id).first()
    if run is None or "after" in run.figures:
        return None
    wanted = run.figures.get("wanted")
    weights = Weights(**wanted) if wanted else DEFAULT_WEIGHTS
    figures, told = measured_beside(
        shop=shop, revision=run.revision, against=run.against, weights=weights
    )
    with shop_scope(shop):
        run.figures, run.verdict = figures, told
        run.save(update_fields=["figures", "verdict"])
    return run


def quality_measure(
    *,
    shop: Shop,
    revision: str,
    against: str = "",
    weights: Weights = DEFAULT_WEIGHTS,
    reason: str = "asked",
) -> QualityRun:
    """Measure a shop's search now with a revision and weights, and keep it: beside the revision
    `against`, or beside today's weights, where they differ. Call it outside any scope: it takes
    seconds to minutes."""
    if weights != DEFAULT_WEIGHTS:
        against = against or revision
    figures, told = measured_beside(shop=shop, revision=revision, against=against, weights=weights)
    with shop_scope(shop):
        return QualityRun.objects.create(
            revision=revision, against=against, reason=reason, figures=figures, verdict=told
        )


def measured_beside(
    *, shop: Shop, revision: str, against: str, weights: Weights
) -> tuple[dict[str, Any], QualityRun.Verdict]:
    """The figures as they are kept, and the verdict: unknown where there is nothing beside."""
    if not against:
        after = measured(shop=shop, revision=revision, weights=weights)
        return {"after": _told(after, weights)}, QualityRun.Verdict.UNKNOWN
    with shop_scope(shop):
        cases = second_photos(against)
    before = measured(shop=shop, revision=against, cases=cases)
    after = measured(shop=shop, revision=revision, weights=weights, cases=cases)
    figures = {"before": _told(before, DEFAULT_WEIGHTS), "after": _told(after, weights)}
    return figures, verdict(before, after)


def may_go_live(*, shop: Shop, live: str, coming: str, **_signal: Any) -> bool:
    """Whether a new bundle's vectors do not find the shop's products worse than those that are
    live. Too few questions to tell stop nothing. Listens to `revision_complete`.

    It is measured once, kept for the owner to see, and again after a day where it was worse: the
    shop may have changed.
    """
    if not live or live == coming:
        return True
    with shop_scope(shop):
        runs = QualityRun.objects.filter(revision=coming, against=live, reason="bundle")
        last = runs.order_by("-at").first()
    if last is None or timezone.now() - last.at > HELD_BACK:
        last = quality_measure(shop=shop, revision=coming, against=live, reason="bundle")
    return last.verdict != QualityRun.Verdict.WORSE


def _told(figures: Figures, weights: Weights) -> dict[str, Any]:
    return figures.as_json() | {"weights": asdict(weights)}
