"""Find products by words, by a photo, and what goes with one.

python find.py https://HOST sk_… photo.jpg
"""

import sys
from itertools import islice
from pathlib import Path

from lookus_client import Lookus


def main(address: str, key: str, photo: str) -> None:
    with Lookus(address, key=key, lang="ko") as lookus:
        found = lookus.search(text="빨간 원피스 10만원 이하", limit=3)
        print("understood:", ", ".join(chip.label for chip in found.understood))

        seen = lookus.search(image=Path(photo), filters={"in_stock": True})
        for garment in seen.query.garments:
            print("seen:", garment.category.label, garment.box)
        for result in seen.results:
            print("like it:", result.product_id, result.title, result.why.sentence)

        # The same photo again, without an upload; page after page.
        asked = lookus.results(image_id=seen.query.image_id, text="파란색", limit=4)
        print("in blue:", ", ".join(result.product_id for result in islice(asked, 6)))

        outfit = lookus.outfit(seen.results[0].product_id, choices=1)
        for row in outfit.rows:
            print("with it:", row.label, row.results[0].title)


if __name__ == "__main__":
    main(*sys.argv[1:])
