"""Which garment of a photo the product is: trousers on a model are not found by her t-shirt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from vision.taxonomy import taxonomy
from vision.types import WHOLE_PHOTO

Test = Callable[["Seen"], bool]


@dataclass(frozen=True)
class Seen:
    """A garment row, as much of it as the question needs."""

    id: int
    photo: int
    region: str
    category: str
    area: float


def products_garments(
    seen: Iterable[Seen], *, category: str | None = None, region: str | None = None
) -> set[int]:
    """The ids of the garments that are the product, exactly one a photo.

    1. `region` is a person's word and stands first.
    2. `category` is what title, feed or a person call the product: the garment of its parser
       classes, of these the one of that very category, else of its group.
    3. Without either, the region that most of the product's photos show.
    4. Else the photo's largest garment.
    """
    photos: dict[int, list[Seen]] = {}
    for one in seen:
        photos.setdefault(one.photo, []).append(one)
    for garments in photos.values():
        garments.sort(key=lambda one: (-one.area, one.id))
    usual = None if category else _usual_region(photos)
    chosen = set()
    for garments in photos.values():
        tests = _tests(category, region, usual)
        best = max(garments, key=lambda one: [test(one) for test in tests])
        chosen.add(best.id)
    return chosen


def _tests(category: str | None, region: str | None, usual: str | None) -> list[Test]:
    tests: list[Test] = []
    if region:
        tests.append(lambda one: one.region == region)
    if category:
        known = taxonomy().categories[category]
        tests.append(lambda one: one.region in known.regions)
        tests.append(lambda one: one.category == category)
        tests.append(lambda one: taxonomy().group_of(one.category) == known.group)
    if usual:
        tests.append(lambda one: one.region == usual)
    # Garments stand largest first, and `max` keeps the first of equals.
    tests.append(lambda one: True)
    return tests


def _usual_region(photos: Mapping[int, Sequence[Seen]]) -> str | None:
    """The region in most photos; of equals the one that fills more of them."""
    if len(photos) < 2:
        return None
    weight: dict[str, tuple[int, float]] = {}
    for garments in photos.values():
        for region in {one.region for one in garments} - {WHOLE_PHOTO}:
            area = max(one.area for one in garments if one.region == region)
            count, total = weight.get(region, (0, 0.0))
            weight[region] = count + 1, total + area
    return max(weight, key=lambda one: weight[one], default=None)
