"""`lookus bench sketch`: a shop of held-out catalogue photos, asked with drawings of them.

It stands in a database of its own. Nothing is stood in for: photos are stored and tagged as a
worker does it, and each drawing goes as a PNG through the service that answers the API. They are by
the hand that training did not see, crooked and with 30 % of the strokes missing.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from lookus.cli.bench_database import bench_database


def bench_sketch(args: Sequence[str] = ()) -> dict[str, float | int]:
    """`--data SETS --cache DIR [--products 1500] [--drawings 300] [--bundle NAME]`."""
    parser = argparse.ArgumentParser(prog="lookus bench sketch", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the hm set")
    parser.add_argument("--cache", type=Path, required=True, help="folder for decoded photos")
    parser.add_argument("--products", type=int, default=1500, help="held-out photos to sell")
    parser.add_argument("--drawings", type=int, default=300, help="of them to draw")
    parser.add_argument("--bundle", default="full", help="name or folder of the bundle")
    asked = parser.parse_args(args)
    with bench_database({"BROKER_URL": "memory://", "VISION_BUNDLE": asked.bundle}):
        from lookus.relevance import drawn, stock

        shop, truths = stock.stocked(asked.data, asked.products)
        drawings = drawn.drawings(
            asked.data, asked.cache, skus=truths, count=asked.drawings, bundle=asked.bundle
        )
        return drawn.measured(shop, truths, drawings)
