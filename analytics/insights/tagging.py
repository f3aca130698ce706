"""How far the tagging is, how sure the model is, and what people corrected."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.insights.dates import bucket, span
from analytics.insights.reports import Asked, Figure, Made, Report
from analytics.insights.sheets import Cell, Column, Sheet, percent, ratio
from analytics.models.insights import STEPS, PhotoDay, TagDay
from catalog.admin.words import kind_label, term_label
from catalog.models import ReviewDecision
from vision.taxonomy import taxonomy

LOOKED_AT = 5000
"""The newest answers, of which the most frequent corrections are named."""
MOST_CORRECTIONS = 20
Answers = list[dict[str, Any]]


def tagging(asked: Asked) -> Made:
    """From the small rows of each day: nothing here counts tags."""
    photos = list(PhotoDay.objects.filter(day__lte=asked.dates.end).order_by("-day")[:1])
    kinds = _kinds(asked.dates.end)
    answers = _answered(asked.dates.start, asked.dates.end)
    before = asked.dates.compared and _answered(*asked.dates.compared)
    return Made(
        sheets=[
            _confidence(kinds),
            _steps(kinds),
            _over_time(asked, answers),
            _by_kind(answers),
            _corrections(asked),
        ],
        figures=_figures(photos, kinds, answers, before),
    )


def _kinds(day: date) -> list[TagDay]:
    """Each head's newest row up to a day, in the taxonomy's order."""
    newest = TagDay.objects.filter(day__lte=day).order_by("kind", "-day").distinct("kind")
    order = taxonomy().kinds
    rows = [row for row in newest if row.kind in order and row.kind != "group"]
    return sorted(rows, key=lambda row: order.index(row.kind))


def _answered(start: date, end: date) -> Answers:
    rows = TagDay.objects.filter(day__gte=start, day__lte=end).exclude(confirmed=0, corrected=0)
    return list(rows.values("day", "kind", "confirmed", "corrected").order_by("day"))


def _sums(answers: Answers) -> tuple[int, int]:
    return sum(row["confirmed"] for row in answers), sum(row["corrected"] for row in answers)


def _figures(
    photos: Sequence[PhotoDay], kinds: Sequence[TagDay], answers: Answers, before: Answers | None
) -> list[Figure]:
    if not photos:
        return []
    now, (confirmed, corrected) = photos[0], _sums(answers)
    model, unsure = sum(row.model for row in kinds), sum(row.unsure for row in kinds)
    products = reverse("admin:catalog_product_changelist")
    photo_list = reverse("admin:catalog_photo_changelist")
    figures = [
        Figure(gettext("photos tagged"), f"{now.tagged:,} / {now.photos:,}", url=photo_list),
        Figure(
            gettext("photos could not be read"),
            f"{now.failed:,}",
            url=f"{photo_list}?state=failed",
        ),
        Figure(gettext("products"), f"{now.products:,}", url=products),
        Figure(
            gettext("of the model's tags are sure"),
            percent(ratio(model - unsure, model), 1),
            url=f"{products}?said=sure",
        ),
    ]
    said = Figure(
        gettext("answers of people that agreed with the model"),
        percent(ratio(confirmed, confirmed + corrected)),
        url=reverse("admin:review"),
    )
    if before is not None and any(_sums(before)):
        yes, no = _sums(before)
        share, was = ratio(confirmed, confirmed + corrected), ratio(yes, yes + no)
        said = Figure(said.label, said.shown, share, was, percent(was), said.url)
    return [*figures, said]


def _confidence(kinds: Sequence[TagDay]) -> Sheet:
    products = reverse("admin:catalog_product_changelist")
    rows = []
    for row in kinds:
        review = reverse("admin:review_queue", args=[row.kind])
        share = ratio(row.model - row.unsure, row.model)
        rows.append(
            [
                Cell(str(kind_label(row.kind)), url=review),
                Cell(share and round(100 * share, 1), percent(share, 1)),
                Cell(row.model, f"{row.model:,}"),
                Cell(row.unsure, f"{row.unsure:,}", url=review),
                Cell(row.feed, f"{row.feed:,}", url=f"{products}?said=feed"),
                Cell(row.person, f"{row.person:,}", url=f"{products}?said=person"),
            ]
        )
    return Sheet(
        "confidence",
        _("How sure the tags are"),
        [
            Column(_("What is tagged"), number=False),
            Column(_("Sure"), tone="ink"),
            Column(_("Said by the model")),
            Column(_("Unsure")),
            Column(_("Said by the feed")),
            Column(_("Said by people")),
        ],
        rows,
        empty=_("How sure the model is of each kind of tag will stand here, counted every hour."),
        chart="across",
        unit="%",
        told=_("The share of sure tags of each kind."),
    )


def _steps(kinds: Sequence[TagDay]) -> Sheet:
    """How many tags the model gave which probability, all heads together."""
    counts = [sum(row.steps[step] for row in kinds if row.steps) for step in range(STEPS)]
    width = 100 // STEPS
    rows = [
        [Cell(f"{step * width}–{(step + 1) * width} %"), Cell(count, f"{count:,}")]
        for step, count in enumerate(counts)
    ]
    return Sheet(
        "probabilities",
        _("Probabilities of the model's tags"),
        [Column(_("Probability"), number=False), Column(_("Tags"), tone="ink")],
        rows if any(counts) else [],
        empty=_("When photos are tagged, their probabilities will stand here."),
        chart="bar",
    )


def _summed(answers: Answers, key: Callable[[dict[str, Any]], Any]) -> dict[Any, list[int]]:
    """Answers that agreed, and those that did not."""
    found: dict[Any, list[int]] = {}
    for row in answers:
        sums = found.setdefault(key(row), [0, 0])
        sums[0] += row["confirmed"]
        sums[1] += row["corrected"]
    return found


def _over_time(asked: Asked, answers: Answers) -> Sheet:
    found = _summed(answers, lambda row: bucket(row["day"], asked.dates.step))
    return Sheet(
        "answers",
        _("What people said, day by day"),
        [
            Column(_("Day"), number=False),
            Column(_("Agreed with the model"), tone="ink"),
            Column(_("Corrected it"), tone="accent"),
        ],
        [
            [Cell(day.isoformat(), date_format(day, "MONTH_DAY_FORMAT")), *map(_count, sums)]
            for day, sums in sorted(found.items())
        ],
        empty=_("Answers given in Review in these days will stand here."),
        chart="bar",
    )


def _by_kind(answers: Answers) -> Sheet:
    found = _summed(answers, lambda row: row["kind"])
    return Sheet(
        "answers-by-kind",
        _("What people said, by kind"),
        [
            Column(_("What is tagged"), number=False),
            Column(_("Agreed with the model")),
            Column(_("Corrected it")),
            Column(_("Agreed")),
        ],
        [
            [
                Cell(str(kind_label(kind)), url=reverse("admin:review_queue", args=[kind])),
                _count(yes),
                _count(no),
                Cell(round(ratio(yes, yes + no) or 0, 3), percent(ratio(yes, yes + no))),
            ]
            for kind, (yes, no) in sorted(found.items(), key=lambda one: -sum(one[1]))
            if kind in taxonomy().kinds
        ],
        empty=_("Nobody answered in Review in these days."),
    )


def _corrections(asked: Asked) -> Sheet:
    """Which value people put in the place of which, the most frequent first."""
    rows = _changed(asked.dates.start, asked.dates.end)
    products = reverse("admin:catalog_product_changelist")
    return Sheet(
        "corrections",
        _("What was corrected most"),
        [
            Column(_("What is tagged"), number=False),
            Column(_("The model said"), number=False),
            Column(_("People said"), number=False),
            Column(_("Times")),
        ],
        [
            [
                Cell(str(kind_label(kind))),
                Cell(model, term_label(kind, model)),
                Cell(value, term_label(kind, value)),
                Cell(count, f"{count:,}", url=f"{products}?{kind}={value}&said=person"),
            ]
            for kind, model, value, count in rows
        ],
        empty=_("Nothing was corrected in these days."),
    )


def _changed(start: date, end: date) -> Iterable[tuple[str, str, str, int]]:
    first, last = span(start, end)
    rows = ReviewDecision.objects.filter(at__gte=first, at__lt=last, undone_at=None)
    newest = rows.order_by("-at").values_list("kind", "model_value", "value")
    found: dict[tuple[str, str, str], int] = {}
    for kind, model, value in newest[:LOOKED_AT]:
        if model and value and model != value:
            found[kind, model, value] = found.get((kind, model, value), 0) + 1
    most = sorted(found.items(), key=lambda one: -one[1])[:MOST_CORRECTIONS]
    return [(*key, count) for key, count in most]


def _count(number: int) -> Cell:
    return Cell(number, f"{number:,}")


REPORT = Report(
    "tagging",
    _("Tagging"),
    _("How far the photos are tagged, how sure the model is, and what people corrected."),
    tagging,
)
