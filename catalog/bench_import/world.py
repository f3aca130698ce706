"""A made catalogue: as a CSV, as the rows of a bare COPY, and as photos that were looked at."""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import numpy as np
import psycopg

from billing.plans import UNLIMITED
from billing.subscriptions import subscription_set
from catalog.bench_import.clock import Took, took
from catalog.models import Photo, Product
from catalog.services.photo_sight import Sight
from catalog.services.photos import StoredPhoto
from tenants.bulk import rows_insert
from tenants.models import Shop
from tenants.scope import shop_scope
from tenants.services import mall_create, shop_create
from vision.taxonomy import taxonomy
from vision.types import Analysis, Color, Garment, Prediction

HEADER = (
    "sku,title,price,sale_price,brand,category,color,url,image_url,description,in_stock,"
    "variant_group"
)
NOUNS = ("Shirt", "Coat", "Skirt", "Knit", "Trousers", "Dress", "Bag", "Sneakers")
COLORS = ("navy", "red", "beige", "black", "white", "green")
BRANDS = 40
_COPIED = (
    "sku, title, price, sale_price, brand, feed_category, url, description, in_stock,"
    " variant_group, attributes, translations, gender, season, currency, row_digest, created_at,"
    " updated_at, shop_id"
)


_NO_MASK = np.zeros((1, 1), np.bool_)


def made_shop(number: int) -> Shop:
    mall = mall_create(name=f"Mall {number}", slug=f"bench-mall-{number}")
    subscription_set(mall=mall, plan=UNLIMITED.id)
    return shop_create(mall=mall, name=f"Shop {number}", slug=f"bench-shop-{number}")


def lines(rows: int) -> Iterator[tuple[str, ...]]:
    """The cells of each row."""
    for one in range(rows):
        noun, color = NOUNS[one % len(NOUNS)], COLORS[one % len(COLORS)]
        yield (
            f"SKU-{one:07}",
            f"Made {color} {noun} {one}",
            str(19_000 + one % 900 * 100),
            "" if one % 3 else str(15_000 + one % 90 * 10),
            f"Brand {one % BRANDS}",
            f"Women > {noun}",
            color,
            f"https://shop.example/p/{one}",
            f"https://img.example/{one}.jpg",
            f"{noun} in {color}, washed, regular fit, made for a benchmark, number {one}.",
            "yes",
            f"G-{one // 4}",
        )


def csv_of(rows: int) -> bytes:
    out = io.StringIO()
    out.write(HEADER + "\n")
    for cells in lines(rows):
        out.write(",".join(f'"{cell}"' if "," in cell else cell for cell in cells) + "\n")
    return out.getvalue().encode()


def bare_copy(superuser: str, shop: Shop, rows: int) -> Took:
    """What COPY takes for the same rows into the same table; its text is made before."""
    text = io.StringIO()
    for sku, title, price, sale, brand, category, color, url, _, about, _, group in lines(rows):
        text.write(
            f"{sku}\t{title}\t{price}\t{sale or chr(92) + 'N'}\t{brand}\t{category}\t{url}\t{about}"
            f'\tt\t{group}\t{{"color": "{color}"}}\t{{}}\t\t\tKRW'
            f"\t{sku:>032}\tnow\tnow\t{shop.pk}\n"
        )
    data = text.getvalue()
    with psycopg.connect(superuser) as connection, connection.cursor() as cursor:
        with took(connection) as found:
            with cursor.copy(f"COPY catalog_product ({_COPIED}) FROM STDIN") as copy:
                copy.write(data)
            connection.commit()
        return found


def photos_seen(shop: Shop, count: int, until: datetime, *, seed: int) -> list[tuple[Photo, Sight]]:
    """Photos of as many new products, leased until then, with what was seen in each."""
    with shop_scope(shop):
        made = rows_insert(
            Product,
            ("sku", "title", "price"),
            [(f"SEEN-{seed}-{one}", f"Something {one}", 1000) for one in range(count)],
            fixed={"currency": "KRW"},
            returning=("id",),
        )
        rows_insert(
            Photo,
            ("product_id",),
            made,
            fixed={
                "state": "working",
                "leased_until": until,
                "file": "made.jpg",
                "width": 9,
                "height": 12,
            },
        )
        photos = list(Photo.objects.filter(product_id__in=[pk for (pk,) in made]).order_by("pk"))
    numbers = np.random.default_rng(seed)
    return [(photo, sight(numbers, at)) for at, photo in enumerate(photos)]


def sight(numbers: Any, at: int) -> Sight:
    """What is seen in a photo of two garments, as wide as a worker's rows."""
    garments = tuple(_garment(numbers, region) for region in ("upper", "lower"))
    stored = StoredPhoto(f"made/{at}.jpg", f"{at:064}", 900, 1200)
    return Sight(stored, Analysis(900, 1200, garments, _NO_MASK, "benchmark000"))


def _garment(numbers: Any, region: str) -> Garment:
    vector = numbers.normal(size=256).astype(np.float32)
    known = taxonomy()
    categories = [one for one, entry in known.categories.items() if region in entry.regions]
    tags = {}
    for head in known.kinds:
        if head == "color" or head not in ("category", "pattern", "style", *known.attributes):
            continue
        values = categories if head == "category" else list(known.ids(head))
        first, second = values[0], values[min(1, len(values) - 1)]
        tags[head] = Prediction(first, 0.8, ((first, 0.8), (second, 0.1)), False)
    color = Color("navy", "네이비", "navy", "#1f2a44", 1.0, (17.0, 3.0, -17.0))
    return Garment(
        region=region,
        box=(10, 10, 400, 700),
        area=0.3,
        mask=_NO_MASK,
        tags=tags,
        palette=(color,),
        embedding=vector / np.linalg.norm(vector),
    )
