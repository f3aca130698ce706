"""Postings: which terms each product has, and how many of the shop's products have each.

A change of a product announces it (`postings_due`, in the change's own transaction); the worker
reads its texts and tags, splits them outside any transaction, and writes what differs. This file
alone writes postings and the vocabulary, and what it writes it counts in the same transaction.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from catalog.lexicon import Lexicon, lexicon_in_use
from catalog.models import Posting, Product, ProductFacet, Tag, VocabularyTerm
from catalog.models.teaching import OWN
from catalog.morphemes import morphemes
from catalog.services.import_chunks import due_take
from catalog.shop_words import words_in_use
from catalog.terms import COUNT, LENGTH, LONGEST, Terms, product_terms
from tenants import outbox, tracing
from tenants.models import Outbox, Shop
from tenants.scope import current_shop_id, shop_scope

CHUNK = 100
"""Products in one transaction."""
BATCH = 2000
DECIMALS = 3
TEXT_FIELDS = frozenset(
    {
        *("title", "description", "brand", "feed_category"),
        *("attributes", "translations", "season"),
    }
)
"""Fields of a product that its terms are made of, beside its tags."""

Frequencies = Mapping[str, float]


@dataclass(frozen=True)
class _Work:
    """Products leased until then, with their tags."""

    shop: Shop
    until: datetime
    ids: Sequence[int]
    products: Sequence[Product]
    tags: Mapping[int, Sequence[Tag]]
    own: Mapping[int, Sequence[str]]
    """The shop's own values that they have."""
    words: Lexicon | None
    """The shop's own, where it has any."""


def postings_due(*, product_ids: Iterable[int]) -> None:
    """The texts or tags of these products have changed: the worker writes their terms anew."""
    outbox.announce(shop_id=current_shop_id(), topic=outbox.WORDS, object_ids=product_ids)


def postings_due_all() -> None:
    """Words themselves have changed their meaning: all the shop's products, in one statement."""
    shop = current_shop_id()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO tenants_outbox (shop_id, topic, object_id, created_at, trace)
            SELECT shop_id, %s, id, now(), %s FROM catalog_product WHERE shop_id = %s
            ON CONFLICT (shop_id, topic, object_id)
            DO UPDATE SET published_at = NULL, leased_until = NULL, trace = excluded.trace
            """,
            [outbox.WORDS, tracing.traceparent(), shop],
        )
    transaction.on_commit(lambda: outbox.ring(shop_id=shop, topic=outbox.WORDS), robust=True)


def postings_run(*, shop_id: int) -> int:
    """Write the terms of the shop's next products and ring for those after: how many."""
    shop = Shop.objects.filter(pk=shop_id).first()
    work = _claim(shop) if shop else None
    if work is None:
        return 0
    with lexicon_in_use(work.words):
        found = {
            product.pk: product_terms(
                product, work.tags.get(product.pk, ()), morphemes, work.own.get(product.pk, ())
            )
            for product in work.products
        }
    _finish(work, found)
    outbox.ring(shop_id=shop_id, topic=outbox.WORDS)
    return len(work.ids)


def products_forget(*, product_ids: Collection[int]) -> None:
    """Take these products out of the counts: call it before they are deleted, in one transaction.

    Their postings go here too, so that nothing is counted away twice.
    """
    postings_write(wanted=dict.fromkeys(product_ids, Terms()))


def postings_write(*, wanted: Mapping[int, Terms]) -> int:
    """Make the terms of these products (by id) be exactly these: how many rows changed.

    A product without terms has no postings. Call it in a transaction.
    """
    ids = sorted(wanted)
    # In order, so that two writers wait for each other and do not lock each other out.
    list(
        Product.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").only("pk")
    )
    held: dict[int, dict[str, tuple[int, float, float]]] = {one: {} for one in ids}
    rows = Posting.objects.filter(product_id__in=ids)
    for pk, product_id, term, frequency, length in rows.values_list(
        "pk", "product_id", "term", "frequency", "length"
    ):
        held[product_id][term] = pk, frequency, length
    counts: Counter[str] = Counter()
    gone: list[int] = []
    fresh: list[Posting] = []
    for product_id in ids:
        terms = _stored(wanted[product_id])
        before = held[product_id]
        length = round(sum(terms.values()), DECIMALS)
        kept = {term: (frequency, length) for term, frequency in terms.items()}
        gone += [pk for term, (pk, *numbers) in before.items() if kept.get(term) != tuple(numbers)]
        fresh += [
            Posting(product_id=product_id, term=term, frequency=frequency, length=length)
            for term, (frequency, _) in kept.items()
            if term not in before or before[term][1:] != (frequency, length)
        ]
        counts.update(_counted(terms))
        counts.subtract(_counted({term: numbers[1] for term, numbers in before.items()}))
    for first in range(0, len(gone), BATCH):
        Posting.objects.filter(pk__in=gone[first : first + BATCH]).delete()
    Posting.objects.bulk_create(fresh, batch_size=BATCH)
    _count(counts)
    return len(gone) + len(fresh)


def vocabulary_recount() -> int:
    """Count every term of the shop in scope anew from its postings: how many there are."""
    shop = current_shop_id()
    VocabularyTerm.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO catalog_vocabularyterm (shop_id, term, products)
            SELECT shop_id, term, count(*) FROM catalog_posting WHERE shop_id = %s
            GROUP BY shop_id, term
            """,
            [shop],
        )
        cursor.execute(
            """
            INSERT INTO catalog_vocabularyterm (shop_id, term, products)
            SELECT shop_id, %s, sum(round(length)) FROM catalog_posting
            WHERE shop_id = %s AND term = %s GROUP BY shop_id
            """,
            [LENGTH, shop, COUNT],
        )
    return VocabularyTerm.objects.count()


def _claim(shop: Shop) -> _Work | None:
    until = timezone.now() + timedelta(seconds=settings.PHOTO_LEASE_SECONDS)
    with shop_scope(shop):
        ids = due_take(topic=outbox.WORDS, limit=CHUNK, until=until)
        if not ids:
            return None
        tags: dict[int, list[Tag]] = {}
        for tag in Tag.objects.filter(product_id__in=ids):
            tags.setdefault(tag.product_id, []).append(tag)
        own: dict[int, list[str]] = {}
        held = ProductFacet.objects.filter(product_id__in=ids, kind=OWN)
        for product_id, value in held.values_list("product_id", "value"):
            own.setdefault(product_id, []).append(value)
        products = list(Product.objects.filter(pk__in=ids))
        return _Work(shop, until, ids, products, tags, own, words_in_use(fresh=True))


def _finish(work: _Work, found: Mapping[int, Terms]) -> None:
    """Write what is still ours: a product that changed meanwhile waits in the outbox again."""
    with shop_scope(work.shop):
        rows = Outbox.objects.filter(
            shop=work.shop, topic=outbox.WORDS, object_id__in=work.ids, leased_until=work.until
        )
        locked = rows.select_for_update(no_key=True).order_by("object_id")
        ours = set(locked.values_list("object_id", flat=True))
        there = set(Product.objects.filter(pk__in=ours).values_list("pk", flat=True))
        postings_write(wanted={one: found[one] for one in ours & there & set(found)})
        rows.filter(object_id__in=ours).delete()


def _stored(terms: Terms) -> dict[str, float]:
    """As the table holds them; every product with terms has `COUNT`, which counts the products."""
    found = {
        term[:LONGEST]: round(frequency, DECIMALS)
        for term, frequency in terms.frequency.items()
        if term
    }
    return found | {COUNT: 0.0} if found else {}


def _counted(terms: Frequencies) -> dict[str, int]:
    counted = dict.fromkeys(terms, 1)
    return counted | {LENGTH: round(round(sum(terms.values()), DECIMALS))} if terms else {}


def _count(changes: Mapping[str, int]) -> None:
    """Add to the vocabulary, term by term in one order; what no product has any more goes."""
    more = {term: change for term, change in sorted(changes.items()) if change > 0}
    fewer = {term: -change for term, change in sorted(changes.items()) if change < 0}
    with connection.cursor() as cursor:
        if more:
            cursor.execute(
                """
                INSERT INTO catalog_vocabularyterm (shop_id, term, products)
                SELECT %s, * FROM unnest(%s::text[], %s::int[])
                ON CONFLICT (shop_id, term)
                DO UPDATE SET products = catalog_vocabularyterm.products + excluded.products
                """,
                [current_shop_id(), list(more), list(more.values())],
            )
        if fewer:
            cursor.execute(
                """
                UPDATE catalog_vocabularyterm AS held
                SET products = greatest(0, held.products - gone.products)
                FROM unnest(%s::text[], %s::int[]) AS gone (term, products)
                WHERE held.shop_id = %s AND held.term = gone.term
                """,
                [list(fewer), list(fewer.values()), current_shop_id()],
            )
    if fewer:
        VocabularyTerm.objects.filter(term__in=list(fewer), products=0).delete()
