"""Shops of made products, written straight into the database.

By COPY and as the superuser, for row-level security has no COPY: half a million garments in a
minute. Rows are as wide as a worker's, for their width is what an exact search reads.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import psycopg

from catalog import seeing
from catalog.models.garment import EMBEDDING_SIZE
from catalog.shades import packed
from recommender.bench_search.vectors import Vectors, catalogue
from tenants.models import Shop
from tenants.services import mall_create, shop_create
from vision.taxonomy import taxonomy

TENTH, HUNDREDTH = "navy", "gold"
"""The colours that every tenth and every hundredth garment has."""
REST = ("black", "white", "grey", "beige", "blue")
LOOKS = 400
"""Palettes and tags are made once and shared by the rows."""
SHADES = 4
STEP = 20_000
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"


@dataclass(frozen=True, eq=False)
class MadeShop:
    """A shop, its garments' vectors [n, 256] in the order of their ids, and their colours [n]."""

    shop: Shop
    vectors: Vectors
    colors: npt.NDArray[np.str_]
    first_id: int
    revision: str

    @property
    def ids(self) -> npt.NDArray[np.int64]:
        """Of the garments, and of their products too."""
        return np.arange(self.first_id, self.first_id + len(self.vectors))

    def passing(self, color: str) -> npt.NDArray[np.bool_]:
        """Which garments have a colour; "" is every one."""
        return self.colors == color if color else np.ones(len(self.vectors), bool)


@dataclass
class World:
    """Where made shops are put; `superuser` is the address of the database's own."""

    superuser: str
    shops: int = 0
    rows: int = 0
    looks: "list[_Look]" = field(default_factory=list)

    def shop(self, products: int, *, seed: int) -> MadeShop:
        """A new shop in a mall of its own, each product with one photo and one garment."""
        self.looks = self.looks or _looks()
        self.shops += 1
        mall = mall_create(name=f"Mall {self.shops}", slug=f"mall-{self.shops}")
        shop = shop_create(mall=mall, name=f"Shop {self.shops}", slug=f"shop-{self.shops}")
        vectors, kinds = catalogue(products, seed=seed)
        colors = _colors(products, seed)
        made = MadeShop(shop, vectors, colors, self.rows + 1, seeing.revision())
        self.rows += products
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            for first in range(0, products, STEP):
                self._copy(connection, made, kinds, slice(first, min(products, first + STEP)))
            for table in ("product", "photo", "garment"):
                connection.execute(
                    f"SELECT setval(pg_get_serial_sequence('catalog_{table}', 'id'), {self.rows})"
                )
        return made

    def vacuum(self) -> None:
        """What autovacuum would have done by the next day."""
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            connection.execute("VACUUM (ANALYZE)")

    def _copy(
        self,
        connection: psycopg.Connection[Any],
        made: MadeShop,
        kinds: npt.NDArray[np.int64],
        part: slice,
    ) -> None:
        shop, ids = made.shop.pk, made.ids[part].tolist()
        with connection.cursor() as cursor:
            with cursor.copy(
                "COPY catalog_product (id, shop_id, sku, title, description, brand, url, gender,"
                " season, price, currency, in_stock, variant_group, feed_category, attributes,"
                " translations, created_at, updated_at, row_digest) FROM STDIN"
            ) as copy:
                for one in ids:
                    copy.write(
                        f"{one}\t{shop}\tP-{one}\tMade garment {one}\t\t\t\t\t\t{_price(one)}\tKRW"
                        "\tt\t\t\t{}\t{}\tnow\tnow\t\n"
                    )
            with cursor.copy(
                "COPY catalog_photo (id, shop_id, product_id, position, source_url, file, digest,"
                " width, height, state, attempts, reason, detail, revision, tagged_at, etag,"
                " modified) FROM STDIN"
            ) as copy:
                for one in ids:
                    copy.write(
                        f"{one}\t{shop}\t{one}\t0\t\tshops/{shop}/{one}.jpg\t{one:064}\t900\t1200"
                        f"\tdone\t1\t\t\t{made.revision}\tnow\t\t\n"
                    )
            with cursor.copy(
                "COPY catalog_garment (id, shop_id, product_id, photo_id, revision, region, box,"
                " area, is_product, embedding, palette, tags, shades, category, pattern, style,"
                " color_family, gender, selling_price, in_stock, variant_group)"
                " FROM STDIN (FORMAT BINARY)"
            ) as copy:
                copy.write(_HEADER)
                for row in self._garments(made, kinds, part):
                    copy.write(row)
                copy.write(_TRAILER)

    def _garments(
        self, made: MadeShop, kinds: npt.NDArray[np.int64], part: slice
    ) -> Iterator[bytes]:
        shop = _big(made.shop.pk)
        halves = made.vectors[part].astype(">f2")
        categories = taxonomy().ids("category")
        for one, vector, kind, color in zip(
            made.ids[part].tolist(),
            halves,
            kinds[part].tolist(),
            made.colors[part].tolist(),
            strict=True,
        ):
            look = self.looks[one % LOOKS]
            key = _big(one)
            yield _row(
                (key, shop, key, key),
                (made.revision.encode(), b"upper", _BOX, struct.pack(">d", 0.4), b"\1"),
                (struct.pack(">hh", EMBEDDING_SIZE, 0) + vector.tobytes(),),
                (look.palette, look.tags, look.shades),
                (categories[kind % len(categories)].encode(), look.pattern, b"casual"),
                (color.encode(), b"women", _big(_price(one)), b"\1", b""),
            )


@dataclass(frozen=True)
class _Look:
    palette: bytes
    tags: bytes
    shades: bytes
    pattern: bytes


def _looks() -> list[_Look]:
    rng = np.random.default_rng(11)
    heads = {head: taxonomy().ids(head) for head in ("category", "pattern", *taxonomy().attributes)}
    found = []
    for _ in range(LOOKS):
        palette = [
            {
                "name": "dusty blue",
                "name_ko": "더스티 블루",
                "family": "blue",
                "hex": "#6f88a3",
                "share": float(share),
                "lab": [float(part) for part in rng.normal((60, 0, 0), (18, 20, 20)).round(2)],
            }
            for share in rng.dirichlet(np.ones(SHADES)).round(4)
        ]
        tags = {head: _said(values, rng) for head, values in heads.items()}
        pattern = tags["pattern"]["value"]
        found.append(_Look(_jsonb(palette), _jsonb(tags), packed(palette), pattern.encode()))
    return found


def _said(values: Any, rng: np.random.Generator) -> dict[str, Any]:
    top = [[str(one), round(float(rng.random()), 4)] for one in rng.choice(list(values), 3)]
    return {"value": top[0][0], "probability": top[0][1], "top": top, "unsure": False}


def _colors(count: int, seed: int) -> npt.NDArray[np.str_]:
    chosen = np.random.default_rng(seed + 1).random(count)
    rest = np.array(REST)[(chosen * 9973 % len(REST)).astype(int)]
    colors = np.where(chosen < 0.01, HUNDREDTH, np.where(chosen < 0.11, TENTH, rest))
    return np.asarray(colors)


def _price(one: int) -> int:
    return 10_000 + one * 7919 % 90_000


def _row(*parts: tuple[bytes, ...]) -> bytes:
    """One row of binary COPY: how many fields, then each behind its length."""
    fields = [one for part in parts for one in part]
    return struct.pack(">h", len(fields)) + b"".join(
        struct.pack(">i", len(one)) + one for one in fields
    )


def _big(number: int) -> bytes:
    return struct.pack(">q", number)


def _jsonb(value: Any) -> bytes:
    return b"\1" + json.dumps(value, ensure_ascii=False).encode()


# An int4[]: one dimension, no NULLs, the type's oid, four elements from 1 on, each with its length.
_BOX = struct.pack(">iiiii", 1, 0, 23, 4, 1) + b"".join(
    struct.pack(">ii", 4, edge) for edge in (100, 80, 500, 700)
)
