"""Compares the ledger with the work and with its sums, or takes one row of it back."""

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from billing.check import Checked, ledger_check
from billing.corrections import NotCounted, usage_reverse
from billing.models import Kind
from lookus.ledger.work import work_of
from tenants.models import Mall, Shop
from tenants.scope import shop_scope


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        check = what.add_parser("check", help="list where sums differ from the ledger")
        check.add_argument("--mall", default="", help="only this mall, by its slug")
        check.add_argument("--json", action="store_true")
        back = what.add_parser("reverse", help="take one row back by a row of its own")
        back.add_argument("shop", help="slug of the shop")
        back.add_argument("kind", choices=[kind.value for kind in Kind])
        back.add_argument("reference", help="as the ledger has it")
        back.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        (self._check if options["what"] == "check" else self._reverse)(options)

    def _check(self, options: dict[str, Any]) -> None:
        """Ends with status 1 where something differs."""
        mall = _named(Mall, options["mall"]) if options["mall"] else None
        started = time.monotonic()
        done = ledger_check(mall=mall, work=(work_of,))
        seconds = round(time.monotonic() - started, 2)
        if options["json"]:
            self.stdout.write(json.dumps({**done.as_json(), "seconds": seconds}, indent=2))
        else:
            self._say(done, seconds)
        if not done.is_good:
            raise SystemExit(1)

    def _say(self, done: Checked, seconds: float) -> None:
        for difference in done.differences:
            self.stdout.write(str(difference))
        said = "everything agrees" if done.is_good else f"{len(done.differences)} differ"
        self.stdout.write(
            f"{done.rows:,} rows of {done.shops} shops in {done.malls} malls: {said} ({seconds} s)"
        )

    def _reverse(self, options: dict[str, Any]) -> None:
        shop = _named(Shop, options["shop"])
        given = {name: options[name] for name in ("kind", "reference", "reason")}
        try:
            with shop_scope(shop):
                done = usage_reverse(shop=shop, **given)
        except (NotCounted, ValueError) as error:
            raise CommandError(str(error)) from error
        said = "taken back" if done.new else "was taken back before"
        self.stdout.write(f"{options['reference']}: {said}, by row {done.entry.pk}")


def _named(model: Any, slug: str) -> Any:
    found = model.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"no {model._meta.model_name} {slug!r}")
    return found
