"""`lookus evaluate vision …` and `lookus evaluate shop SLUG …`."""

import argparse
import subprocess
import sys

from lookus.cli.database import reached
from lookus.cli.environment import children_environment, home_folder
from vision.training.cli import add_evaluate


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """A bundle is measured on photo sets; a shop's search on this home's database."""
    what = add_evaluate(subparsers)
    shop = what.add_parser("shop", help="a shop's own search", add_help=False)
    shop.add_argument("words", nargs=argparse.REMAINDER)
    shop.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    home = home_folder()
    with reached(home) as added:
        return subprocess.run(
            [sys.executable, "-m", "django", "evaluate_shop", *options.words],
            env={**children_environment(home), **added},
            check=False,
        ).returncode
