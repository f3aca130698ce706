"""Ask the shop's search its own questions, as it would answer a shopper."""

from collections.abc import Sequence
from dataclasses import replace

from catalog.models import Garment
from recommender.candidates import candidates
from recommender.filters import Filters
from recommender.quality.cases import Case, reviewed_tags, second_photos
from recommender.quality.figures import DEPTHS, Figures
from recommender.query import Named, QueryGarment, from_catalogue
from recommender.rank import DEFAULT_WEIGHTS, Weights, rank
from tenants.models import Shop
from tenants.scope import shop_scope

HEADS = ("category", "pattern", "style")


def measured(
    *,
    shop: Shop,
    revision: str,
    weights: Weights = DEFAULT_WEIGHTS,
    cases: Sequence[Case] | None = None,
) -> Figures:
    """The figures of a shop's search with the vectors of a revision; `cases` are those of another
    measurement, to be asked the same. One short scope a question: searches go on meanwhile."""
    with shop_scope(shop):
        cases = second_photos(revision) if cases is None else cases
        reviewed = reviewed_tags(revision)
    places = {}
    for case in cases:
        with shop_scope(shop):
            garment = _seen(case, revision)
            if garment is not None:
                places[case.photo_id] = _place(shop, case, garment, revision, weights)
    return Figures(places, reviewed)


def _seen(case: Case, revision: str) -> QueryGarment | None:
    """The garment as a shopper's photo of it would be seen: what people and the feed said of the
    product is not known then."""
    rows = Garment.objects.filter(photo_id=case.photo_id, revision=revision, is_product=True)
    row = rows.order_by("id").first()
    if row is None:
        return None
    for head in HEADS:
        said = row.tags.get(head)
        setattr(row, head, said["value"] if said else "")
    seen = from_catalogue(row)
    # A head that the model does not have says nothing at all.
    kept = {head: named for head, named in seen.tags.items() if head in row.tags}
    return replace(seen, tags={"category": Named("", 0.0, True)} | kept)


def _place(
    shop: Shop, case: Case, garment: QueryGarment, revision: str, weights: Weights
) -> int | None:
    """Where the product stands, from 1, among products and without the photo asked with; one that
    looks the same is as right."""
    found = candidates(
        garment.embedding,
        shop=shop,
        revision=revision,
        filters=Filters(),
        limit=max(DEPTHS),
        without_photo=case.photo_id,
    )
    sought = {case.product_id} | ({case.fold} if case.fold else set())
    for place, one in enumerate(rank(garment, found, weights), start=1):
        if sought & {one.candidate.product_id, one.candidate.fold}:
            return place
    return None
