"""`lookus doctor`: what is wrong with this installation, in words."""

import argparse
import json
import subprocess
import sys

from lookus.cli.database import reached
from lookus.cli.environment import children_environment, home_folder
from lookus.embedded import EmbeddedError
from lookus.processes import HomeBusy


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("doctor", help="say what is wrong with this installation")
    parser.add_argument("--json", action="store_true", help="one JSON object with all findings")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Status 1 when something is wrong."""
    home = home_folder()
    words = ["--json"] if options.json else []
    try:
        with reached(home) as added:
            return subprocess.run(
                [sys.executable, "-m", "lookus.doctor", *words],
                env={**children_environment(home), "LOG_LEVEL": "CRITICAL", **added},
                check=False,
            ).returncode
    except (EmbeddedError, HomeBusy) as error:
        do = "Read logs/postgres.log of the home, or set DATABASE_URL to a server of your own."
        found = {"check": "database", "state": "wrong", "says": str(error), "do": do}
        print(json.dumps({"findings": [found]}) if options.json else f"WRONG    {error}\n→ {do}")
        return 1
