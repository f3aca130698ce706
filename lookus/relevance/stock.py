"""The shop and the questions, from the sets' photos and labels."""

import random
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from billing.services import subscription_set
from catalog.services.photos import PhotoSource, photo_store
from catalog.services.postings import postings_run
from catalog.services.products import ProductRow, products_put
from catalog.services.tagging import photos_tag
from tenants.models import Shop
from tenants.scope import shop_scope
from tenants.services import mall_create, shop_create
from vision.training.labels import Labels, labels
from vision.training.progress import bar
from vision.training.scores import PHONE_KINDS
from vision.training.sets import Row, read_rows
from vision.training.splits import TEST, splits

CATALOGUE, SHOPPERS = "hm", "phone"
SEED = 6
CHUNK = 100
GENDERS = {"Ladieswear": "women", "Divided": "women", "Menswear": "men", "Baby/Children": "kids"}
PRICES = (9_900, 19_900, 29_900, 39_900, 49_900, 69_900, 99_000, 149_000)


@dataclass(frozen=True)
class Asked:
    """A photo to ask with and what its label says of it."""

    name: str
    data: bytes
    truth: Labels


def stocked(data: Path, products: int) -> tuple[Shop, Mapping[str, Labels]]:
    """A shop of `hm` photos, held-out designs first, tagged; and by SKU what is true of each."""
    rows = [row for row in read_rows(data, CATALOGUE) if labels(CATALOGUE, row).get("category")]
    chosen = sorted(_drawn(CATALOGUE, rows, products), key=lambda row: row["file"])
    mall = mall_create(name="Relevance", slug="relevance")
    # The plan that malls begin with ends at a thousand photos, and the rest would wait untagged.
    subscription_set(mall=mall, plan="unlimited")
    shop = shop_create(mall=mall, name="Relevance", slug="relevance", language="en")
    with zipfile.ZipFile(data / f"{CATALOGUE}.zip") as pack:
        for first in bar(np.arange(0, len(chosen), CHUNK), "photos stored"):
            part = chosen[first : first + CHUNK]
            made = [
                _product(shop, row, pack.read(row["file"]), PRICES[at % len(PRICES)])
                for at, row in enumerate(part)
            ]
            with shop_scope(shop):
                products_put(rows=made, currency="KRW")
    while photos_tag(shop_id=shop.pk):
        pass
    while postings_run(shop_id=shop.pk):
        pass
    return shop, {_sku(row): labels(CATALOGUE, row) for row in chosen}


def queries(data: Path, photos: int) -> Iterator[Asked]:
    """Photos of `phone` by senders that training held out."""
    rows = [row for row in read_rows(data, SHOPPERS) if row["label"] in PHONE_KINDS]
    chosen = _drawn(SHOPPERS, rows, photos, only_test=True)
    with zipfile.ZipFile(data / f"{SHOPPERS}.zip") as pack:
        for row in chosen:
            yield Asked(row["file"], pack.read(row["file"]), labels(SHOPPERS, row))


def _drawn(name: str, rows: list[Row], count: int, *, only_test: bool = False) -> list[Row]:
    lots = list(zip(splits(name, rows), rows, strict=True))
    random.Random(SEED).shuffle(lots)  # noqa: S311  no secret
    lots.sort(key=lambda one: one[0] != TEST)
    return [row for part, row in lots if part == TEST or not only_test][:count]


def _sku(row: Row) -> str:
    return Path(row["file"]).stem


def _product(shop: Shop, row: Row, data: bytes, price: int) -> ProductRow:
    return ProductRow(
        sku=_sku(row),
        fields={
            "title": row["prod_name"],
            "description": row["detail_desc"],
            "brand": row.get("department_name", ""),
            "gender": GENDERS.get(row["index_group_name"], ""),
            "price": price,
            "variant_group": row["product_code"],
        },
        photos=[PhotoSource(stored=photo_store(shop_id=shop.pk, data=data))],
    )
