"""Change a shop's words for the taxonomy. Every change can be undone, and is audited."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from catalog.models import ShopTerm, TermEdit
from catalog.models.teaching import OWN
from catalog.services.postings import postings_due_all
from catalog.services.taxonomy_checks import MOST_OWN, TaxonomyRefused, value_checked
from catalog.shop_taxonomy import Value, shop_taxonomy, stock_values, taxonomy_forget, value_of
from tenants.audit import audit_record
from tenants.models import User
from tenants.scope import current_shop_id
from vision.taxonomy import LANGUAGES, taxonomy

FIELDS = ("en", "ko", "synonyms", "hidden", "merged_into")
MOST_ID = 30


@dataclass(frozen=True)
class TermChange:
    """What a value shall be. Names that are the stock's own are kept as such."""

    en: str
    ko: str
    synonyms: Mapping[str, Sequence[str]]
    hidden: bool = False
    merged_into: str = ""


def term_set(*, kind: str, value: str, change: TermChange, by: User | None) -> TermEdit | None:
    """Give a value of the taxonomy, or of the shop's own, its names, synonyms and place.

    None where nothing would change. Raises TaxonomyRefused. In the shop's scope.
    """
    held = shop_taxonomy().value(kind, value) if kind in (*taxonomy().kinds, OWN) else None
    if held is None:
        code = "unknown_value" if kind in (*taxonomy().kinds, OWN) else "unknown_kind"
        raise TaxonomyRefused(code, name=(value if code == "unknown_value" else kind), kind=kind)
    wanted = value_checked(replace(held, **_cleaned(change)))
    return _put(held, wanted, by)


def own_add(
    *, en: str, ko: str, synonyms: Mapping[str, Sequence[str]], by: User | None
) -> ShopTerm:
    """A value of the shop's own. Raises TaxonomyRefused. In the shop's scope."""
    if len(shop_taxonomy().own) >= MOST_OWN:
        raise TaxonomyRefused("too_many_own", most=str(MOST_OWN))
    clean = _cleaned(TermChange(en, ko, synonyms))
    wanted = value_checked(Value(kind=OWN, id=_new_id(clean["en"]), **clean))
    _put(None, wanted, by)
    return ShopTerm.objects.get(kind=OWN, value=wanted.id)


def own_remove(*, term: ShopTerm, by: User | None) -> None:
    """Delete a value of the shop's own with its examples and answers."""
    held = value_of(term)
    audit_record(actor=by, action="delete", target=term, changes={"own": [held.en, None]})
    TermEdit.objects.create(kind=OWN, value=held.id, before=_fields(held), after=None, by=by)
    term.delete()
    taxonomy_forget(current_shop_id())
    postings_due_all()


def term_undo(*, edit: TermEdit, by: User | None) -> None:
    """Put back what stood before a change. Raises TaxonomyRefused where it was changed since."""
    own = shop_taxonomy()
    held = own.value(edit.kind, edit.value)
    if edit.kind == OWN and (held is None or edit.before is None):
        raise TaxonomyRefused("own_gone")
    if held is None or _fields(held) != edit.after:
        raise TaxonomyRefused("changed_since")
    before = value_checked(replace(held, **_from(edit.before)))
    _put(held, before, by)
    TermEdit.objects.filter(pk=edit.pk).update(undone=True)


def _cleaned(change: TermChange) -> dict[str, Any]:
    synonyms = {
        lang: tuple(
            dict.fromkeys(
                word for said in change.synonyms.get(lang, ()) if (word := " ".join(said.split()))
            )
        )
        for lang in LANGUAGES
    }
    return {
        "en": " ".join(change.en.split()),
        "ko": " ".join(change.ko.split()),
        "synonyms": synonyms,
        "hidden": change.hidden,
        "merged_into": change.merged_into,
    }


def _put(held: Value | None, wanted: Value, by: User | None) -> TermEdit | None:
    before, after = (_fields(held) if held else None), _fields(wanted)
    if before == after:
        return None
    row, _ = ShopTerm.objects.update_or_create(
        kind=wanted.kind,
        value=wanted.id,
        defaults=_stored(wanted) | {"changed_at": timezone.now()},
    )
    if wanted.kind != OWN and _is_stock(wanted):
        row.delete()
    edit = TermEdit.objects.create(
        kind=wanted.kind, value=wanted.id, before=before, after=after, by=by
    )
    changes = {
        name: [before[name] if before else None, after[name]]
        for name in FIELDS
        if before is None or before[name] != after[name]
    }
    audit_record(actor=by, action="taxonomy", target=row if row.pk else edit, changes=changes)
    taxonomy_forget(current_shop_id())
    if before is None or any(before[name] != after[name] for name in ("en", "ko", "synonyms")):
        postings_due_all()
    return edit


def _stored(wanted: Value) -> dict[str, Any]:
    """Names that are the stock's are kept empty, so that they follow it."""
    stock = _stock_of(wanted)
    fields = _fields(wanted)
    for lang in LANGUAGES:
        if stock is not None and fields[lang] == stock.label(lang):
            fields[lang] = ""
    return fields


def _is_stock(wanted: Value) -> bool:
    stored = _stored(wanted)
    return not any((*stored["synonyms"].values(), *(stored[name] for name in FIELDS[:2]))) and not (
        wanted.hidden or wanted.merged_into
    )


def _stock_of(wanted: Value) -> Value | None:
    if wanted.kind not in taxonomy().kinds:
        return None
    return next((one for one in stock_values(wanted.kind) if one.id == wanted.id), None)


def _fields(value: Value) -> dict[str, Any]:
    return {
        "en": value.en,
        "ko": value.ko,
        "synonyms": {lang: list(value.synonyms.get(lang, ())) for lang in LANGUAGES},
        "hidden": value.hidden,
        "merged_into": value.merged_into,
    }


def _from(fields: Mapping[str, Any]) -> dict[str, Any]:
    return dict(fields) | {"synonyms": _tuples(fields["synonyms"])}


def _tuples(words: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {lang: tuple(words.get(lang, ())) for lang in LANGUAGES}


def _new_id(name: str) -> str:
    """From its English name, as no other of the shop's has it."""
    base = slugify(name)[:MOST_ID] or "value"
    taken = {one.id for one in shop_taxonomy().own}
    found, number = base, 2
    while found in taken:
        found, number = f"{base}-{number}", number + 1
    return found
