"""`lookus bench storefront --url http://localhost:8000/shop/atelier/`: what a phone loads and how
long it is busy, with the widget and without it. Chromium and playwright are needed, as for tests.
"""

import argparse
from collections.abc import Sequence

from lookus.cli import UserError

URL = "http://localhost:8000/shop/atelier/"
CHROMIUM = "/usr/bin/chromium"
ROUNDS = 3


def bench_storefront(args: Sequence[str] = ()) -> dict[str, float]:
    """`[--url ADDRESS] [--rounds 3] [--chromium PATH]`: medians over the rounds."""
    parser = argparse.ArgumentParser(prog="lookus bench storefront")
    parser.add_argument("--url", default=URL, help=f"front page of a hosted storefront ({URL})")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="visits of each kind")
    parser.add_argument("--chromium", default=CHROMIUM, help=f"the browser ({CHROMIUM})")
    options = parser.parse_args(list(args))
    try:
        from lookus.storefront_bench import measured
    except ImportError as error:
        raise UserError(f"{error.name} is missing: pip install -e '.[test]'") from error
    return measured(options.url, chromium=options.chromium, rounds=options.rounds)
