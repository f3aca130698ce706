"""Everything that happened to a product, in one list: people, imports, photos, answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.words import kind_label, term_label
from catalog.models import ImportChange, ImportRun, Photo, Product, ReviewDecision
from catalog.services.import_chunks import run_that_made
from tenants.audit import audit_of
from tenants.models import User

SHOWN = 200
LONGEST = 120
ACTIONS = {
    "add": _("Added by hand"),
    "change": _("Changed by hand"),
    "delete": _("Deleted"),
    "tag": _("A tag was said"),
    "api put": _("Written over the API"),
    "api patch": _("Changed over the API"),
    "api photo": _("A photo came over the API"),
    "api photo delete": _("A photo was taken away over the API"),
    "api tags": _("Tags were said over the API"),
    "not alike": _("Said to be another product than one that looks the same"),
}
SORTS = {
    ImportChange.Action.CREATED: _("Came with an import"),
    ImportChange.Action.UPDATED: _("Changed by an import"),
    ImportChange.Action.REMOVED: _("Taken out by an import"),
}

TOGETHER = {
    ImportChange.Action.CREATED: SORTS[ImportChange.Action.CREATED],
    ImportChange.Action.UPDATED: _("Changed by hand, several at once"),
    ImportChange.Action.REMOVED: _("Taken out by hand"),
}


@dataclass(frozen=True)
class Happened:
    at: datetime
    what: Any
    who: str = ""
    url: str = ""
    lines: list[str] = field(default_factory=list)


def history_of(product: Product) -> list[Happened]:
    """The newest first; five statements."""
    rows = [
        Happened(product.created_at, _("First seen")),
        *_audit(product),
        *_imports(product),
        *_answers(product),
        *_photos(product),
    ]
    return sorted(rows, key=lambda one: one.at, reverse=True)[:SHOWN]


def _audit(product: Product) -> Iterator[Happened]:
    for entry in audit_of(product)[:SHOWN]:
        what = ACTIONS.get(entry.action, entry.action)
        who = entry.actor_email or ("" if entry.actor_id else gettext("a key of the API"))
        yield Happened(entry.at, what, who, lines=_lines(entry.changes))


def _imports(product: Product) -> Iterator[Happened]:
    if run := run_that_made(product):
        url = reverse("admin:catalog_importrun_change", args=[run.pk])
        yield Happened(product.created_at, SORTS[ImportChange.Action.CREATED], run.filename, url)
    rows = ImportChange.objects.filter(product_id=product.pk).select_related("run")
    for one in rows.order_by("-pk")[:SHOWN]:
        if one.run.dry:
            continue
        pairs = {name: [one.before.get(name), after] for name, after in one.after.items()}
        url = reverse("admin:catalog_importrun_change", args=[one.run_id])
        desk = one.run.kind == ImportRun.Kind.DESK
        what = (TOGETHER if desk else SORTS)[ImportChange.Action(one.action)]
        name = gettext("the whole change") if desk else one.run.filename
        yield Happened(one.at, what, name, url, _lines(pairs))


def _answers(product: Product) -> Iterator[Happened]:
    rows = list(ReviewDecision.objects.filter(product=product).order_by("-at")[:SHOWN])
    people = dict(
        User.objects.filter(pk__in={one.by_id for one in rows}).values_list("pk", "email")
    )
    for one in rows:
        model = gettext("the model said %(value)s") % {
            "value": term_label(one.kind, one.model_value)
        }
        if not one.value:
            line = f"{kind_label(one.kind)}: {term_label(one.kind, one.before)}"
            who = people.get(one.by_id, "")
            yield Happened(one.at, _("What people said was taken back"), who, lines=[line])
            continue
        line = f"{kind_label(one.kind)}: {term_label(one.kind, one.value)}"
        line += f" ({model})" if one.model_value and one.model_value != one.value else ""
        yield Happened(one.at, _("A person answered"), people.get(one.by_id, ""), lines=[line])
        if one.undone_at:
            yield Happened(one.undone_at, _("An answer was taken back or replaced"), lines=[line])


def _photos(product: Product) -> Iterator[Happened]:
    for photo in Photo.objects.filter(product=product, tagged_at__isnull=False):
        assert photo.tagged_at is not None
        words = gettext("Photo %(n)s") % {"n": photo.position + 1}
        lines = [f"{words} · {gettext('bundle')} {photo.revision}"]
        yield Happened(photo.tagged_at, _("A photo was tagged"), gettext("Model"), lines=lines)


def _lines(changes: Mapping[str, Any]) -> list[str]:
    """As `price: 39000 → 29000`; what is no pair as it stands."""
    lines = []
    for name, value in changes.items():
        if isinstance(value, list) and len(value) == 2 and name != "fields":
            lines.append(f"{name}: {_short(value[0])} → {_short(value[1])}")
        else:
            lines.append(f"{name}: {_short(value)}")
    return lines


def _short(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, list):
        value = ", ".join(str(one) for one in value)
    elif isinstance(value, dict):
        value = ", ".join(f"{name} {one}" for name, one in value.items())
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
