"""`lookus backup` and `lookus restore`: on this home's database and storage."""

import argparse

from lookus.cli.manage import django_run


def add_backup(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    _add(subparsers, "backup", "back up everything here, or one shop")


def add_restore(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    _add(subparsers, "restore", "bring a backup back")


def _add(
    subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, about: str
) -> None:
    # Options are the command's own: here nothing begins with a dash.
    parser = subparsers.add_parser(name, help=about, add_help=False, prefix_chars="\0")
    parser.add_argument("words", nargs=argparse.REMAINDER)
    parser.set_defaults(run=lambda options: django_run(name, *options.words))
