"""Write products, add a photo, read them back, take them away.

python catalogue.py https://HOST sk_… photo.jpg
"""

import sys
from pathlib import Path

from lookus_client import Lookus, LookusError

PRODUCTS = [
    {"sku": "EX-1", "title": "체크 셔츠", "price": 39000, "tags": {"pattern": "check"}},
    {"sku": "EX-2", "title": "데님 스커트", "price": 45000, "category": "여성 > 스커트"},
    {"sku": "EX-3", "title": "셔츠", "price": -1},
]


def main(address: str, key: str, photo: str) -> None:
    with Lookus(address, key=key, lang="ko") as lookus:
        written = lookus.put(PRODUCTS)
        print("created:", written.created)
        for one in written.refused:
            print("refused:", one.sku, one.errors[0].field, one.errors[0].message)

        added = lookus.add_photo("EX-1", Path(photo))
        print("photo:", added.state)
        for product in lookus.products(sku=["EX-1", "EX-2"]):
            print("there:", product.sku, product.title, len(product.photos))

        gone = lookus.write({"op": "delete", "sku": sku} for sku in ("EX-1", "EX-2"))
        print("deleted:", gone.deleted)
        try:
            lookus.product("EX-1")
        except LookusError as error:
            print("then:", error.code, error.status)


if __name__ == "__main__":
    main(*sys.argv[1:])
