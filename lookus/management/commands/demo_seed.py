"""Fills the demo's shops, or leaves them as they are, and says how to go on."""

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.imports.errors import FileRefused
from lookus import demo
from lookus.demo_drawn import PRODUCTS, draw_shops
from lookus.demo_looks import draw_looks
from lookus.demo_photos import fill_from_folder


class Command(BaseCommand):
    help = (
        f"{__doc__} The last line of the output is JSON; progress and skipped photos go to stderr."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--photos", type=Path, metavar="DIR", help="a folder of photos")
        parser.add_argument(
            "--products", type=int, default=PRODUCTS, metavar="N", help="drawn products a shop"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        account = demo.account()
        folder: Path | None = options["photos"]
        if folder is None:
            shops = draw_shops(account.mall, products=options["products"], say=self._say)
            for shop in shops:
                draw_looks(shop, products=options["products"], say=self._say)
        else:
            shops = self._from(folder, account)
        self.stdout.write(json.dumps(demo.facts(account, shops), ensure_ascii=False))

    def _from(self, folder: Path, account: demo.Account) -> list[Any]:
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder")
        try:
            return fill_from_folder(account.mall, folder, say=self._say, warn=self._say)
        except FileRefused as refused:
            raise CommandError(f"{folder}/products.csv: {refused.message}") from refused
        except ValueError as error:
            raise CommandError(str(error)) from error

    def _say(self, text: str) -> None:
        self.stderr.write(text)
        self.stderr.flush()
