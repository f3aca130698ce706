"""Backs up a whole installation, or one shop, into a new folder."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lookus.backup.folder import BackupRefused
from lookus.backup.shop_out import shop_backup
from lookus.backup.whole import installation_backup
from tenants.models import Shop


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, required=True, help="a folder that is not there")
        parser.add_argument("--shop", default="", help="only this shop, by its slug")
        parser.add_argument(
            "--no-photos", action="store_true", help="only rows: the storage keeps its own copies"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        out, photos = options["out"].absolute(), not options["no_photos"]
        try:
            if options["shop"]:
                made = shop_backup(shop=_shop(options["shop"]), out=out, photos=photos)
            else:
                made = installation_backup(out=out, photos=photos)
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        rows = f"{sum(made.tables.values()):,} rows, " if made.tables else ""
        gone = f", {made.gone} files were deleted meanwhile" if made.gone else ""
        self.stdout.write(f"{out}: {rows}{made.files:,} files, {made.bytes:,} bytes{gone}")
        self.stdout.write("SECRET_KEY is not in it: keep that elsewhere, it unseals what is sealed")


def _shop(slug: str) -> Shop:
    found = Shop.objects.select_related("mall").filter(slug=slug).first()
    if found is None:
        raise CommandError(f"there is no shop {slug}")
    return found
