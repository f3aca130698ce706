"""`lookus ledger …`: what was counted, compared and corrected, in this home's database."""

import argparse

from lookus.cli.manage import django_run


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("ledger", help="compare the ledger with its sums, correct it")
    what = parser.add_subparsers(metavar="WHAT", required=True)
    for name, about in (("check", "list where sums differ"), ("reverse", "take a row back")):
        # Its options are the Django command's own: none is looked for here.
        one = what.add_parser(name, help=about, add_help=False, prefix_chars="\0")
        one.add_argument("words", nargs=argparse.REMAINDER)
        one.set_defaults(run=run, what=name)


def run(options: argparse.Namespace) -> int:
    return django_run("ledger", options.what, *options.words)
