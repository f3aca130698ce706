"""Which garment of a photo the product is: trousers on a model are not found by her t-shirt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from vision.taxonomy import taxonomy
from vision.types import WHOLE_PHOTO

Test = Callable[["Seen"], bool]
Box = tuple[int, ...]
"""x0, y0, x1, y1 in pixels."""
SAME_PLACE = 0.3
"""Intersection over union from which two bundles' boxes may be of one garment."""


@dataclass(frozen=True)
class Seen:
    """A garment row, as much of it as the question needs."""

    id: int
    photo: int
    region: str
    category: str
    area: float
    box: Box = ()


@dataclass(frozen=True)
class Choice:
    """A person's word on one photo: the product is the garment that stood in this place."""

    region: str
    box: Box


def products_garments(
    seen: Iterable[Seen],
    *,
    category: str | None = None,
    region: str | None = None,
    choices: Mapping[int, Choice] | None = None,
) -> set[int]:
    """The ids of the garments that are the product, exactly one a photo.

    0. `choices` are people's words on single photos, by id: the garment that is there now.
    1. `region` is a person's word on the whole product, or its brand.
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
    for photo, garments in photos.items():
        choice = (choices or {}).get(photo)
        pointed = _pointed(garments, choice) if choice else None
        tests = _tests(category, region, usual)
        best = pointed or max(garments, key=lambda one: [test(one) for test in tests])
        chosen.add(best.id)
    return chosen


def _pointed(garments: Sequence[Seen], choice: Choice) -> Seen | None:
    """The garment that a person pointed at; the largest of its region where none is there any
    more, None where that is gone too."""
    best = max(garments, key=lambda one: overlap(one.box, choice.box))
    if overlap(best.box, choice.box) >= SAME_PLACE:
        return best
    return next((one for one in garments if one.region == choice.region), None)


def overlap(one: Box, other: Box) -> float:
    """Intersection over union of two boxes, 0..1."""
    if not one or not other:
        return 0.0
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return width * height / (sum(areas) - width * height)


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
