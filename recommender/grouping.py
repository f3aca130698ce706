"""One result for what a shopper takes for one thing: a product's variants, and look-alikes."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace

from recommender.candidates import Candidate
from recommender.merchandising import placed
from recommender.rank import Ranked


@dataclass(frozen=True, slots=True)
class Listed:
    """One place of the list: a product, and the ids of those that it stands for, best first."""

    ranked: Ranked
    words: float = 0.0
    """How well its texts fit the words, 0..1, the best of this search 1."""
    variants: tuple[int, ...] = ()
    """Other products of its variant group."""
    duplicates: tuple[int, ...] = ()
    """Other products that look the same."""

    @property
    def product_id(self) -> int:
        return self.ranked.candidate.product_id


def grouped(found: Sequence[Listed], *, by_variant: bool, fold: bool) -> list[Listed]:
    """The list with one place a variant group and a look; its order stays.

    A group stands where its best product stands, and shows that one; where the shop pinned one of
    the group, it shows the pinned one, on the place of the pin. Variants come before look-alikes:
    two sizes of one dress are variants, not duplicates.
    """
    listed = list(found)
    if by_variant and any(one.ranked.candidate.variant_group for one in listed):
        listed = _merged(listed, _variant_group, "variants")
    if fold and any(one.ranked.candidate.fold for one in listed):
        listed = _merged(listed, _look, "duplicates")
    if len(listed) == len(found) or all(one.ranked.place is None for one in listed):
        return listed
    by_product = {one.product_id: one for one in listed}
    order = placed([one.ranked for one in listed])
    return [by_product[one.candidate.product_id] for one in order]


def same_thing(one: Candidate, other: Candidate, *, by_variant: bool, fold: bool) -> bool:
    """Whether two products would stand on one place of a list."""
    if one.product_id == other.product_id:
        return True
    if by_variant and one.variant_group and one.variant_group == other.variant_group:
        return True
    return fold and (one.fold or one.product_id) == (other.fold or other.product_id)


def _merged(found: Sequence[Listed], key: Callable[[Listed], Hashable], into: str) -> list[Listed]:
    groups: dict[Hashable, list[Listed]] = {}
    for one in found:
        groups.setdefault(key(one), []).append(one)
    if len(groups) == len(found):
        return list(found)
    return [_shown(members, into) for members in groups.values()]


def _shown(members: list[Listed], into: str) -> Listed:
    if len(members) == 1:
        return members[0]
    best = next((one for one in members if one.ranked.place is not None), members[0])
    others = tuple(one.product_id for one in members if one is not best)
    if into == "variants":
        return replace(best, variants=others)
    return replace(best, duplicates=others)


def _variant_group(one: Listed) -> Hashable:
    return one.ranked.candidate.variant_group or one.product_id


def _look(one: Listed) -> Hashable:
    return one.ranked.candidate.fold or one.product_id
