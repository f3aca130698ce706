"""`lookus bench relevance`: a shop of catalogue photos, asked with phone photos, with words, and
with both ("like this but pleated").

It stands in a database of its own. Nothing is stood in for: photos are stored and tagged as a
worker does it, queries go through the service that answers the API. What is right is read from the
sets' labels: held-out designs are sold first, and only held-out senders ask.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from lookus.cli.bench_database import bench_database

WORDS = Path(__file__).parents[1] / "relevance" / "word_queries.json"


def bench_relevance(args: Sequence[str] = ()) -> dict[str, float | int]:
    """`--data SETS [--products 2000] [--photos 300] [--words FILE] [--bundle NAME]`."""
    parser = argparse.ArgumentParser(prog="lookus bench relevance", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with hm and phone sets")
    parser.add_argument("--products", type=int, default=2000, help="photos of `hm` to sell")
    parser.add_argument("--photos", type=int, default=300, help="photos of `phone` to ask with")
    parser.add_argument("--words", type=Path, default=WORDS, help="written queries with the truth")
    parser.add_argument("--bundle", default="full", help="name or folder of the bundle")
    parser.add_argument("--keep", type=Path, help="write every photo and text, six results each")
    asked = parser.parse_args(args)
    with bench_database({"BROKER_URL": "memory://", "VISION_BUNDLE": asked.bundle}):
        from lookus.relevance import figures, fusion, good, stock

        shop, truths = stock.stocked(asked.data, asked.products)
        photos = list(stock.queries(asked.data, asked.photos))
        alone = figures.measured(shop, truths, photos=photos, words=asked.words, keep=asked.keep)
        both = fusion.fused_figures(shop, truths, photos)
        return alone | both | good.good_figures(shop, truths, photos)
