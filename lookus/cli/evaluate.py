"""`lookus evaluate vision …` and `lookus evaluate shop SLUG …`."""

import argparse

from lookus.cli.manage import django_run
from vision.training.cli import add_evaluate


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """A bundle is measured on photo sets; a shop's search on this home's database."""
    what = add_evaluate(subparsers)
    shop = what.add_parser("shop", help="a shop's own search", add_help=False)
    shop.add_argument("words", nargs=argparse.REMAINDER)
    shop.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    return django_run("evaluate_shop", *options.words)
