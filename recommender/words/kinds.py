"""Which words leave products out, and which only order them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from catalog.models import Posting, Product
from catalog.models.product import Gender
from catalog.models.teaching import OWN
from catalog.terms import concept
from recommender.filters import Filters
from recommender.words.meaning import LOOSE_IN_TAIL, Meaning
from recommender.words.vocabulary import Vocabulary
from vision.taxonomy import taxonomy

# What a photo shows plainly, and what a shopper who names it will not do without. Material, fit,
# closure, season and style are read from texts as often as seen, and often in neither: they rank,
# so that a linen shirt is found whose photo could be cotton.
FILTERED = frozenset(("category", "group", "color", "pattern", "gender", "brand"))
# These filter too where the shop's products say them at all.
SHOWN_WHERE_TAGGED = ("sleeve", "neckline", "length")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One filter: any of these values, or, where `negated`, none of them."""

    kind: str
    values: tuple[str, ...]
    negated: bool = False


def hard_kinds(meaning: Meaning, is_thing: bool, vocabulary: Vocabulary) -> list[Wanted]:
    """The filters that a meaning asks for. `is_thing`: it says what is looked for."""
    found = []
    for reading in meaning.readings:
        kind, values = reading.kind, reading.values
        if reading.ranks_only or _beside_the_point(meaning, kind, is_thing):
            continue
        if meaning.excludes and kind == "gender":
            values = values[:1]
        if kind in ("category", "group") and not (is_thing or meaning.excludes):
            continue
        if meaning.beside and not meaning.excludes and kind in LOOSE_IN_TAIL:
            continue
        tagged = kind in SHOWN_WHERE_TAGGED or (kind == OWN and not meaning.excludes)
        if kind in FILTERED or (tagged and vocabulary.has(kind, values)):
            found.append(Wanted(kind, values, meaning.excludes))
    return found


def _beside_the_point(meaning: Meaning, kind: str, is_thing: bool) -> bool:
    """A cap is no garment with a hood, though 모자 is both; "미니스커트 말고" refuses the mini."""
    part = meaning.piece.part
    if is_thing:
        return part is not None and kind in part.present
    several = len(meaning.readings) > 1 or not meaning.bare
    return meaning.excludes and several and kind in ("category", "group")


def refused_kinds(wanted: Sequence[Wanted]) -> Iterator[str]:
    """Categories that are not wanted and that a filter by their parent would let in."""
    known = taxonomy().categories
    for one in wanted:
        if one.negated and one.kind == "category":
            yield from (value for value in one.values if known[value].parent)


def filters_of(wanted: Sequence[Wanted]) -> Filters:
    """All of them together. Values of one kind add up, and those not wanted are taken away.

    Where a kind has only values that are not wanted, all its others are asked for.
    """
    asked: dict[str, list[str]] = {}
    refused: dict[str, set[str]] = {}
    for one in wanted:
        kind, values = _as_stored(one)
        if one.negated:
            refused.setdefault(kind, set()).update(values)
        else:
            asked.setdefault(kind, []).extend(values)
    found: dict[str, tuple[str, ...]] = {}
    for kind in dict.fromkeys((*asked, *refused)):
        away = refused.get(kind, set())
        of = asked.get(kind) or _all_of(kind, away)
        left = tuple(dict.fromkeys(value for value in of if value not in away))
        if left:
            found[kind] = left
    return Filters(values=found)


def brand_names(words: Iterable[str]) -> tuple[str, ...]:
    """As the shop writes them: of the products that have the brand among their terms."""
    terms = [concept("brand", word) for word in words]
    having = Posting.objects.filter(term__in=terms).values("product_id")
    names = Product.objects.filter(pk__in=having).order_by("brand")
    return tuple(names.values_list("brand", flat=True).distinct())


def _as_stored(one: Wanted) -> tuple[str, tuple[str, ...]]:
    known = taxonomy().categories.values()
    if one.kind == "group":
        inside = tuple(category.id for category in known if category.group in one.values)
        return "category", inside
    if one.kind == "brand":
        return "brand", brand_names(one.values)
    if one.kind == "category" and one.negated:
        kinds = tuple(category.id for category in known if category.parent in one.values)
        return "category", (*one.values, *kinds)
    return one.kind, one.values


def _all_of(kind: str, away: set[str]) -> tuple[str, ...]:
    if kind == "brand":
        others = Product.objects.exclude(brand="").order_by("brand")
        return tuple(others.values_list("brand", flat=True).distinct())
    if kind == "gender":
        return tuple(Gender.values)
    return taxonomy().ids(kind)
