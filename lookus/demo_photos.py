"""The demo on a folder of photos of one's own.

What the folders mean is read from how deep they are: photos in `DIR/a/` have the brand `a`;
where all photos lie in `DIR/a/b/`, `a` is a shop and `b` a brand. A products.csv in DIR gives
titles and prices, and with a column `shop` the shops.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path, PurePosixPath

from django.utils.text import slugify

from catalog.imports.folder import Folder
from catalog.imports.items import Item
from catalog.imports.zips import NamedPhotos
from catalog.models import Product
from catalog.services.import_rows import row_of, rows_put
from lookus import demo
from tenants.models import Mall, Shop
from tenants.scope import shop_scope

CHUNK = 64
CURRENCY = "KRW"
SHOP_COLUMN = "shop"

Say = Callable[[str], None]


def fill_from_folder(mall: Mall, root: Path, *, say: Say, warn: Say) -> list[Shop]:
    """Shops with the folder's photos; products that are there already stay as they are.

    Raises FileRefused for a products.csv of no use, ValueError for a folder without photos.
    """
    folder = Folder(root)
    if not folder.photos:
        raise ValueError(f"{root} holds no photo (JPEG, PNG, WebP, HEIC or AVIF)")
    source = NamedPhotos(folder, currency=CURRENCY)
    by_shop: dict[str, list[Item]] = {}
    deep = _shops_are_folders(folder.photos)
    for item in source.items():
        if item.draft is None or item.problems:
            _warn(item, warn)
        if item.draft is not None:
            by_shop.setdefault(_shop_name(item, deep) or root.name, []).append(item)
    shops = []
    for name, items in by_shop.items():
        one = demo.shop(mall, slug=_slug(name), name=name, currency=CURRENCY)
        _fill(one, items, source, say=say, warn=warn)
        shops.append(one)
    return shops


def _fill(one: Shop, items: list[Item], source: NamedPhotos, *, say: Say, warn: Say) -> None:
    with shop_scope(one):
        held = set(Product.objects.values_list("sku", flat=True))
    new = [item for item in items if item.sku not in held]
    done = 0
    with ThreadPoolExecutor(os.cpu_count()) as readers:
        for chunk in _chunks(new):
            # Threads touch files and pixels only, never the database.
            read = list(readers.map(lambda item: row_of(one, item, source), chunk))
            rows = [row for row, _ in read if row is not None]
            with shop_scope(one):
                _, refused = rows_put(rows, one.currency)
            for item, (_, problems) in zip(chunk, read, strict=True):
                _warn(replace(item, problems=problems), warn)
            for sku, problem in refused:
                warn(f"{sku}: {problem.message}")
            done += len(chunk)
            say(f"{one.name}: {done} of {len(new)} products read")


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    waiting = iter(items)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk


def _shops_are_folders(names: Iterable[str]) -> bool:
    parents = [PurePosixPath(name).parent.parts for name in names]
    return min(map(len, parents)) >= 2 and len({parts[0] for parts in parents}) > 1


def _shop_name(item: Item, deep: bool) -> str:
    """The shop that an item names, and takes the name out of it."""
    assert item.draft is not None
    attributes = item.draft.fields.get("attributes", {})
    named = str(attributes.pop(SHOP_COLUMN, ""))
    if named or not deep or not item.names:
        return named
    return PurePosixPath(item.names[0]).parts[0]


def _slug(name: str) -> str:
    """A shop's slug; one that no Latin letter is left of is spelled by its code points."""
    return slugify(name)[:50] or "shop-" + "".join(f"{ord(char):x}" for char in name)[:40]


def _warn(item: Item, warn: Say) -> None:
    for problem in item.problems:
        what = problem.value or item.sku or f"row {item.row}"
        warn(f"{what}: {problem.message}")
