"""Classes of a shop's own: examples in, a probability for every product out.

1. People show examples and counter-examples: products, or photos that they upload.
2. The worker learns the class from the stored embeddings (`catalog.teaching.few`) and scores all
   products in one pass. No network looks at any photo but at the uploaded ones.
3. The owner accepts it with a threshold: from that probability on a product has the value, in
   facets, filters and words. An example always has it, a counter-example never.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from catalog.models import OwnClass, OwnExample, OwnScore, Product, ProductFacet, ShopTerm
from catalog.models.teaching import OWN
from catalog.services.photos import StoredPhoto
from catalog.services.postings import postings_due
from catalog.services.taxonomy import own_remove
from tenants import outbox
from tenants.audit import audit_record
from tenants.models import Outbox, Shop, User
from tenants.scope import current_shop_id

LEAST_THRESHOLD, MOST_THRESHOLD = 0.01, 0.99
MOST_EXAMPLES = 500
BATCH = 2000


class TooManyExamples(ValueError):
    """A class has at most `MOST_EXAMPLES` examples."""


def class_make(*, term: ShopTerm) -> OwnClass:
    """The class of a value of the shop's own, as yet without examples."""
    return OwnClass.objects.get_or_create(term=term)[0]


def examples_add(
    *,
    own: OwnClass,
    product_ids: Collection[int],
    positive: bool,
    by: User | None,
    asked: bool = False,
) -> int:
    """These products are examples, or none: how many are new or said otherwise than before.

    `asked`: they were offered by their probability. Products of another shop are not there. The
    worker learns the class anew.
    """
    there = set(Product.objects.filter(pk__in=product_ids).values_list("pk", flat=True))
    held = dict(own.examples.filter(product__in=there).values_list("product_id", "positive"))
    changed = [one for one in sorted(there) if held.get(one) is not positive]
    if own.examples.count() + len(set(changed) - set(held)) > MOST_EXAMPLES:
        raise TooManyExamples
    OwnExample.objects.filter(own=own, product_id__in=[*set(changed) & set(held)]).update(
        positive=positive, by=by
    )
    OwnExample.objects.bulk_create(
        OwnExample(own=own, product_id=one, positive=positive, asked=asked, by=by)
        for one in changed
        if one not in held
    )
    if changed:
        class_ask(own=own)
    return len(changed)


def example_photo_add(*, own: OwnClass, stored: StoredPhoto, by: User | None) -> bool:
    """An uploaded photo is an example; False if it was one. Raises TooManyExamples."""
    if own.examples.count() >= MOST_EXAMPLES:
        raise TooManyExamples
    _, new = OwnExample.objects.get_or_create(own=own, photo=stored.name, defaults={"by": by})
    if new:
        class_ask(own=own)
    return new


def example_remove(*, example: OwnExample) -> None:
    own = example.own
    example.delete()
    class_ask(own=own)


def class_ask(*, own: OwnClass) -> None:
    """Let the worker learn the class; what it knows stands until then."""
    outbox.announce(shop_id=current_shop_id(), topic=outbox.OWN_CLASS, object_ids=[own.pk])


def class_waits(own: OwnClass) -> bool:
    rows = Outbox.objects.filter(shop_id=own.shop_id, topic=outbox.OWN_CLASS)
    return bool(rows.filter(object_id=own.pk).exists())


def class_accept(*, own: OwnClass, threshold: float | None, by: User | None) -> int:
    """Products have the value from this probability on; None takes it from all of them.

    How many products changed. Raises ValueError outside of LEAST_THRESHOLD to MOST_THRESHOLD.
    """
    if threshold is not None and not LEAST_THRESHOLD <= threshold <= MOST_THRESHOLD:
        raise ValueError(f"a threshold of {threshold} cannot be set")
    before, own.threshold = own.threshold, threshold
    own.save(update_fields=["threshold"])
    if before != threshold:
        changes = {"threshold": [before, threshold]}
        audit_record(actor=by, action="accept", target=own.term, changes=changes)
    return facets_follow(own=own)


def class_remove(*, own: OwnClass, by: User | None) -> None:
    """The value goes with its examples, from all products too."""
    term = own.term
    own.threshold = None
    facets_follow(own=own)
    own_remove(term=term, by=by)


def facets_follow(*, own: OwnClass) -> int:
    """Make the products that have the value those that shall: how many changed."""
    value = own.term.value
    wanted = set(products_having(own)) if own.threshold is not None else set()
    held = ProductFacet.objects.filter(kind=OWN, value=value)
    there = set(held.values_list("product_id", flat=True))
    gone, new = sorted(there - wanted), sorted(wanted - there)
    for first in range(0, len(gone), BATCH):
        held.filter(product_id__in=gone[first : first + BATCH]).delete()
    ProductFacet.objects.bulk_create(
        (ProductFacet(product_id=one, kind=OWN, value=value) for one in new),
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    postings_due(product_ids=[*gone, *new])
    return len(gone) + len(new)


def products_having(own: OwnClass, threshold: float | None = None) -> QuerySet[Any, int]:
    """Ids of the products that have the value at a threshold, its own where none is given."""
    least = own.threshold if threshold is None else threshold
    likely = OwnScore.objects.filter(own=own, probability__gte=least or 0.0)
    examples = OwnExample.objects.filter(own=own, product__isnull=False)
    products = Product.objects.filter(pk__in=likely.values("product_id")) | Product.objects.filter(
        pk__in=examples.filter(positive=True).values("product_id")
    )
    refused = examples.filter(positive=False).values("product_id")
    return products.exclude(pk__in=refused).order_by().values_list("pk", flat=True)


def scores_border(own: OwnClass, threshold: float, count: int) -> list[OwnScore]:
    """Products that nobody has shown yet and whose probability is nearest to the threshold, the
    most probable first."""
    shown = OwnExample.objects.filter(own=own, product__isnull=False).values("product_id")
    rows = OwnScore.objects.filter(own=own).exclude(product_id__in=shown)
    above = rows.filter(probability__gte=threshold).order_by("probability")[:count]
    below = rows.filter(probability__lt=threshold).order_by("-probability")[:count]
    near: Iterable[OwnScore] = sorted(
        (*above, *below), key=lambda one: abs(one.probability - threshold)
    )
    return sorted(list(near)[:count], key=lambda one: -one.probability)


def shop_classes(shop: Shop) -> QuerySet[OwnClass]:
    return OwnClass.objects.select_related("term").order_by("term__en")
