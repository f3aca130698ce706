"""Turns this schema into Citus' tables, distributed by `shop_id`: docs/scale.md."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from lookus.citus.plan import SHARDS
from lookus.citus.work import NotDistributable, StepFailed, applied, checked, planned

OWNER = "owner"


class Command(BaseCommand):
    help = __doc__
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--check", action="store_true", help="say whether it can be (default)")
        what.add_argument("--plan", action="store_true", help="print what is left, as SQL")
        what.add_argument("--apply", action="store_true", help="do it; goes on where it stopped")
        parser.add_argument("--shards", type=int, default=SHARDS, help=f"of a table ({SHARDS})")
        parser.add_argument("--json", action="store_true", help="of --check")

    def handle(self, *args: Any, **options: Any) -> None:
        if OWNER not in connections.settings:
            raise CommandError("OWNER_DATABASE_URL is needed: only the owner distributes tables")
        if options["shards"] < 1:
            raise CommandError("--shards must be 1 or more")
        owner = connections[OWNER]
        owner.ensure_connection()
        try:
            self._work(owner.connection, options)
        except NotDistributable as refused:
            raise CommandError(f"cannot be distributed:\n{refused}") from refused
        except StepFailed as failed:
            raise CommandError(
                f"stopped at {failed}\nEverything before it is done. Run it again when that is "
                "mended: it goes on from there."
            ) from failed

    def _work(self, connection: Any, options: dict[str, Any]) -> None:
        if options["apply"]:
            count = applied(connection, shards=options["shards"], say=self.stdout.write)
            self.stdout.write(f"{count} steps done" if count else "nothing is left to do")
        elif options["plan"]:
            for step in planned(connection, shards=options["shards"]):
                body = "".join(f"{one};\n" for one in step.statements)
                self.stdout.write(f"-- {step.title}\nBEGIN;\n{body}COMMIT;\n")
        else:
            self._check(connection, as_json=options["json"])

    def _check(self, connection: Any, *, as_json: bool) -> None:
        """Ends with status 1 where something is in the way."""
        found = checked(connection)
        if as_json:
            self.stdout.write(json.dumps(found, indent=2))
        else:
            for name in ("distributed", "to_distribute", "reference", "coordinator"):
                self.stdout.write(f"{name.replace('_', ' ')}: {len(found[name])}")
            for sentence in found["faults"]:
                self.stdout.write(f"in the way: {sentence}")
            for sentence in found["first"]:
                self.stdout.write(f"before --apply: {sentence}")
            if not found["faults"]:
                self.stdout.write("this schema can be distributed")
        if found["faults"]:
            raise SystemExit(1)
