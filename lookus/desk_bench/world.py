"""A shop of made products with all that its pages read, written set-wise."""

import json
import random
import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from analytics.models import Event
from billing.models import LedgerEntry
from billing.plans import UNLIMITED
from billing.subscriptions import subscription_set
from catalog import seeing
from catalog.models import (
    Garment,
    ImportChange,
    ImportProblem,
    ImportRun,
    Photo,
    Product,
    ProductFacet,
    Tag,
)
from catalog.models.garment import EMBEDDING_SIZE
from recommender.models import Experiment, Look, Rule
from tenants.bulk import rows_insert
from tenants.models import AuditEntry, Shop
from tenants.scope import shop_scope
from tenants.services import key_create, mall_create, shop_create
from vision.taxonomy import taxonomy

STEP = 10_000
KINDS = ("category", "pattern", "color", "style", "sleeve", "length")
BRANDS = 40
PALETTE = [
    {
        "name": "navy",
        "name_ko": "네이비",
        "family": "navy",
        "hex": "#1f2a44",
        "share": 1.0,
        "lab": [17.0, 3.0, -17.0],
    }
]


def made_shop(products: int) -> Shop:
    """Of each hundred products one photo failed, one waits, ten tags are unsure, two look the same
    as another, and a person corrected five."""
    mall = mall_create(name=f"Mall {products}", slug=f"mall-{products}")
    subscription_set(mall=mall, plan=UNLIMITED.id)
    shop = shop_create(mall=mall, name=f"Shop {products}", slug=f"shop-{products}")
    key_create(kind="sk", shop=shop)
    rng = random.Random(7)  # noqa: S311  made rows, no secrets
    for first in range(0, products, STEP):
        with shop_scope(shop):
            _chunk(range(first, min(products, first + STEP)), rng)
    with shop_scope(shop):
        _rest(products)
    return shop


def _chunk(numbers: range, rng: random.Random) -> None:
    ids = _ids(
        Product,
        ("sku", "title", "brand", "price", "currency", "created_at"),
        [
            (f"P-{n}", f"Made garment {n}", f"Brand {n % BRANDS}", 1000 * (n % 90), "KRW", _ago(n))
            for n in numbers
        ],
    )
    states = {0: Photo.State.FAILED, 1: Photo.State.PENDING}
    revision = seeing.revision()
    photos = _ids(
        Photo,
        ("product_id", "file", "width", "height", "state", "revision", "tagged_at"),
        [
            (
                pk,
                f"photos/{pk}.jpg",
                900,
                1200,
                states.get(n % 100, Photo.State.DONE),
                revision,
                now,
            )
            for pk, n, now in zip(ids, numbers, _nows(len(ids)), strict=True)
        ],
    )
    values = {kind: taxonomy().ids(kind) for kind in KINDS}
    said = [{kind: _value(kind, values[kind], rng) for kind in KINDS} for _ in numbers]
    vectors = _vectors(rng)
    rows_insert(
        Garment,
        ("product_id", "photo_id", "embedding", "category", "pattern", "style", "color_family",
         "fold"),
        [
            (pk, photo, vectors[n % len(vectors)], tags["category"], tags["pattern"], tags["style"],
             tags["color"], ids[at - 1] if n % 50 == 49 else None)
            for at, (pk, photo, n, tags) in enumerate(zip(ids, photos, numbers, said, strict=True))
        ],
        fixed={
            "revision": revision,
            "region": "upper",
            "box": [10, 10, 400, 600],
            "area": 0.5,
            "is_product": True,
            "palette": json.dumps(PALETTE),
        },
    )  # fmt: skip
    _tags(ids, numbers, said, revision)
    rows_insert(
        ProductFacet,
        ("product_id", "kind", "value"),
        [
            row
            for pk, n, tags in zip(ids, numbers, said, strict=True)
            for row in ((pk, "brand", f"Brand {n % BRANDS}"), (pk, "sleeve", tags["sleeve"]))
        ],
    )


def _tags(
    ids: Sequence[int], numbers: range, said: Sequence[dict[str, str]], revision: str
) -> None:
    rows: list[tuple[Any, ...]] = []
    for pk, n, tags in zip(ids, numbers, said, strict=True):
        for place, (kind, value) in enumerate(tags.items()):
            unsure = (n + place) % 10 == 0
            rows.append((pk, kind, value, "model", 0.4 if unsure else 0.9, unsure, revision))
        if n % 20 == 0:
            rows.append((pk, "color", tags["color"], "person", None, False, ""))
    names = ("product_id", "kind", "value", "source", "probability", "unsure", "revision")
    rows_insert(Tag, names, rows)
    waiting = Tag.objects.filter(product_id__in=ids, source=Tag.Source.MODEL, unsure=True)
    waiting.update(review=0.5)


def _rest(products: int) -> None:
    """What grows with the catalogue and its years beside the products themselves."""
    run = ImportRun.objects.create(
        kind="csv", filename="all.csv", state="done", rows=products, created=products
    )
    ids = list(Product.objects.order_by("pk").values_list("pk", "sku"))
    for first in range(0, products, STEP):
        part = ids[first : first + STEP]
        rows_insert(
            ImportChange, ("product_id", "sku"), part, fixed={"run_id": run.pk, "action": "created"}
        )
        rows_insert(
            AuditEntry,
            ("object_id", "title"),
            [(str(pk), sku) for pk, sku in part[: len(part) // 2]],
            fixed={"action": "change", "object_type": "catalog.product", "actor_email": "a@b.c"},
        )
        rows_insert(
            Event,
            ("search_id", "sku", "category", "at"),
            [(uuid.uuid4(), sku, "dress", _ago(pk)) for pk, sku in part],
            fixed={"type": "search", "results": 12},
        )
        rows_insert(
            LedgerEntry, ("reference",), [(f"{pk}:ref",) for pk, _ in part], fixed={"kind": "photo"}
        )
    rows_insert(
        ImportProblem,
        ("row", "sku"),
        [(n, f"P-{n}") for n in range(min(products, 1000))],
        fixed={"run_id": run.pk, "code": "required", "message": "title is empty."},
    )
    Look.objects.create(slug="made-look", title="Look")
    Rule.objects.create(name="Rule", action="hide", skus=["P-1"])
    Experiment.objects.create(name="Experiment", salt="salt")


def _ids(model: Any, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    return sorted(pk for (pk,) in rows_insert(model, names, rows, returning=("id",)))


def _value(kind: str, values: Sequence[str], rng: random.Random) -> str:
    """Few values are common and most are rare, as in a shop; one colour in a hundred is gold."""
    if kind == "color" and rng.random() < 0.01:
        return "gold"
    return values[min(int(rng.expovariate(0.4)), len(values) - 1)]


def _vectors(rng: random.Random) -> list[list[float]]:
    found = []
    for _ in range(20):
        vector = [rng.gauss(0, 1) for _ in range(EMBEDDING_SIZE)]
        length = sum(one * one for one in vector) ** 0.5
        found.append([one / length for one in vector])
    return found


def _ago(number: int) -> Any:
    return timezone.now() - timedelta(minutes=number % 10_000)


def _nows(count: int) -> Iterator[Any]:
    now = timezone.now()
    return iter([now] * count)
