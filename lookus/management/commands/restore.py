"""Brings back what `backup` made: a whole installation, or one shop. All of it, or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lookus.backup import folder as backups
from lookus.backup.about import secret_is_another
from lookus.backup.folder import SHOP, BackupRefused
from lookus.backup.shop_in import shop_restore
from lookus.backup.whole import installation_restore
from tenants.away import DATABASE_AWAY
from tenants.storage import StorageAway


class Command(BaseCommand):
    help = __doc__
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="what `backup --out` made")
        parser.add_argument("--mall", default="", help="of a shop: the mall it shall be of")

    def handle(self, *args: Any, **options: Any) -> None:
        source = options["folder"].absolute()
        try:
            if backups.read(source).kind == SHOP:
                manifest = shop_restore(source=source, mall=options["mall"])
            else:
                manifest = installation_restore(source=source)
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        except (*DATABASE_AWAY, StorageAway) as away:
            raise CommandError(f"nothing was restored: {away}") from away
        what = manifest.facts["shop"]["slug"] if manifest.kind == SHOP else "the installation"
        self.stdout.write(f"{what} as of {manifest.made_at} is back, {manifest.files:,} files")
        if secret_is_another(manifest):
            self.stderr.write(
                "SECRET_KEY is another than the backup's: name that in SECRET_KEY_FALLBACKS, or "
                "second factors and webhooks' secrets cannot be read"
            )
