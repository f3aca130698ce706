"""`lookus manage …`: Django's commands on this home's database."""

import argparse
import subprocess
import sys

from lookus.cli.database import reached
from lookus.cli.environment import children_environment, home_folder


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "manage", help="Django's commands on this home's database", add_help=False
    )
    parser.add_argument("words", nargs=argparse.REMAINDER)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    return django_run(*options.words)


# So that what it says of its usage begins with our command's name.
DJANGO = (
    "import sys; from django.core.management import execute_from_command_line as run; "
    "run(['lookus', *sys.argv[1:]])"
)


def django_run(*words: str) -> int:
    """Run one of Django's commands on this home's database; its exit status."""
    home = home_folder()
    with reached(home) as added:
        return subprocess.run(
            [sys.executable, "-c", DJANGO, *words],
            env={**children_environment(home), **added},
            check=False,
        ).returncode
