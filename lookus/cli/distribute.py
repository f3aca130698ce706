"""`lookus distribute …`: this home's tables over the nodes of a Citus cluster."""

import argparse

from lookus.cli.manage import django_run


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "distribute",
        help="spread the tables over a Citus cluster",
        # Options are the command's own: here nothing begins with a dash.
        add_help=False,
        prefix_chars="\0",
    )
    parser.add_argument("words", nargs=argparse.REMAINDER)
    parser.set_defaults(run=lambda options: django_run("distribute", *options.words))
