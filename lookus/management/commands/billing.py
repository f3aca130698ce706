"""Makes what is sold in the provider's account, or compares its books with ours."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from billing.provider_work import reconcile
from billing.providers.base import ProviderFailed


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        what.add_parser("stripe-setup", help="plans, prices, meters and taxes; safe to run again")
        books = what.add_parser("reconcile", help="list where the books differ")
        books.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._setup() if options["what"] == "stripe-setup" else self._books(options["json"])
        except ProviderFailed as failed:
            raise CommandError(str(failed)) from failed

    def _setup(self) -> None:
        if not settings.STRIPE_SECRET_KEY:
            raise CommandError("STRIPE_SECRET_KEY is empty: there is no account to make them in")
        # Stripe's library is loaded only where Stripe is asked.
        from billing.providers.stripe.catalogue import catalogue_make  # noqa: PLC0415

        made = catalogue_make()
        for one in made:
            self.stdout.write(f"made {one}")
        self.stdout.write(f"{len(made)} made: the account has all that is sold")

    def _books(self, as_json: bool) -> None:
        """Ends with status 1 where something differs."""
        done = reconcile(name=settings.PAYMENT_PROVIDER)
        if as_json:
            told = {"compared": done.compared, "differences": done.differences}
            self.stdout.write(json.dumps(told, indent=2, ensure_ascii=False))
        else:
            for row in done.differences:
                self.stdout.write("{what} of {mall}: ours {ours}, theirs {theirs}".format(**row))
            self.stdout.write(f"{done.compared} compared, {len(done.differences)} differ")
        if done.differences:
            raise SystemExit(1)
