"""What a run changed or would change, as people read it: which field, before and after."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.models import ImportChange, ImportRun
from catalog.money import display

SHOWN = 50
LONG = 80
NAMES = {
    "title": _("Title"),
    "description": _("Description"),
    "brand": _("Brand"),
    "url": _("Product page"),
    "gender": _("Gender"),
    "season": _("Season"),
    "price": _("Price"),
    "sale_price": _("Sale price"),
    "currency": _("Currency"),
    "in_stock": _("In stock"),
    "variant_group": _("Variant group"),
    "feed_category": _("Category in the feed"),
    "attributes": _("Attributes"),
    "translations": _("Translations"),
    "tags": _("Tags of the feed"),
    "photos": _("Photos"),
    "gone_at": _("Back again"),
}


def fields_changed(run: ImportRun) -> list[tuple[Any, int]]:
    """(name, how many products), most first."""
    counts = run.summary.get("fields", {})
    ordered = sorted(counts.items(), key=lambda one: -one[1])
    return [(NAMES.get(name, name), count) for name, count in ordered]


def changes_shown(run: ImportRun, currency: str) -> list[dict[str, Any]]:
    """The first changed products, each with its fields."""
    rows = run.changes.filter(action=ImportChange.Action.UPDATED, result="").order_by("pk")
    return [_shown(one, currency) for one in rows[:SHOWN]]


def changes_left(run: ImportRun, currency: str) -> list[dict[str, Any]]:
    """What an undo left, for somebody had changed it since."""
    rows = run.changes.filter(result=ImportChange.Result.LEFT).order_by("sku")
    return [_shown(one, currency) for one in rows[:SHOWN]]


def skus_of(run: ImportRun, action: str) -> list[str]:
    rows = run.changes.filter(action=action).order_by("pk")
    return list(rows.values_list("sku", flat=True)[:SHOWN])


def _shown(change: ImportChange, currency: str) -> dict[str, Any]:
    fields = [
        (NAMES.get(name, name), *_both(name, change.before, change.after, currency))
        for name in change.after
    ]
    return {"sku": change.sku, "product_id": change.product_id, "fields": fields}


def _both(
    name: str, before: Mapping[str, Any], after: Mapping[str, Any], currency: str
) -> tuple[str, str]:
    held, wanted = before.get(name), after.get(name)
    if isinstance(held, dict) and isinstance(wanted, dict):
        keys = [key for key in {**held, **wanted} if held.get(key) != wanted.get(key)]
        held, wanted = ({key: one[key] for key in keys if key in one} for one in (held, wanted))
    if name == "photos":
        held = [one.get("source_url") or one.get("digest", "")[:8] for one in held or ()]
    if name == "gone_at":
        return "", ""
    return _text(name, held, currency), _text(name, wanted, currency)


def _text(name: str, value: Any, currency: str) -> str:
    if value in (None, "", [], {}):
        return "–"
    if name in ("price", "sale_price"):
        return display(value, currency, get_language() or "en")
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, Mapping):
        return _cut(", ".join(f"{key}: {one}" for key, one in value.items()))
    if isinstance(value, Iterable) and not isinstance(value, str):
        return _cut(", ".join(map(str, value)))
    return _cut(str(value))


def _cut(text: str) -> str:
    return text if len(text) <= LONG else f"{text[: LONG - 1]}…"
