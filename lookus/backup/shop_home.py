"""Where a shop that comes back shall stand: its own number and name, and its mall."""

from dataclasses import dataclass
from typing import Any

from lookus.backup.folder import SHOP, BackupRefused, Manifest
from tenants.models import Mall, Shop


@dataclass(frozen=True)
class Home:
    """`new`: the mall is not here yet, and is made with the shop."""

    shop_id: int
    mall_id: int
    slug: str
    name: str
    new: bool


def home_find(manifest: Manifest, mall: str) -> Home:
    """Raises BackupRefused where the shop's number or name is taken, or the mall is not clear."""
    if manifest.kind != SHOP:
        raise BackupRefused("this backup is of a whole installation, not of one shop")
    shop, was = manifest.facts["shop"], manifest.facts["mall"]
    taken = Shop.objects.filter(pk=shop["id"]).first()
    if taken is not None:
        raise BackupRefused(
            f"a shop with the number {taken.pk} is here already ({taken.slug}): nothing was "
            "restored. Close that one and wait until it is deleted, or restore elsewhere"
        )
    if Shop.objects.filter(slug=shop["slug"]).exists():
        raise BackupRefused(
            f"another shop is called {shop['slug']} here: nothing was restored. Rename that one"
        )
    if mall:
        chosen = Mall.objects.filter(slug=mall).first()
        if chosen is None:
            raise BackupRefused(f"there is no mall {mall} here")
        return Home(shop["id"], chosen.pk, chosen.slug, chosen.name, False)
    here = Mall.objects.filter(pk=was["id"]).first()
    if here is not None and here.slug == was["slug"]:
        return Home(shop["id"], here.pk, here.slug, here.name, False)
    if here is not None or Mall.objects.filter(slug=was["slug"]).exists():
        raise BackupRefused(
            f"the shop was of the mall {was['slug']} with the number {was['id']}, and here one of "
            "the two is another's: say with --mall which mall it shall be of"
        )
    return Home(shop["id"], was["id"], was["slug"], was["name"], True)


def home_make(cursor: Any, home: Home) -> None:
    """The mall's row, where it is not here. People come into it by invitation."""
    if not home.new:
        return
    cursor.execute(
        "INSERT INTO tenants_mall (id, name, slug, created_at) OVERRIDING SYSTEM VALUE"
        " VALUES (%s, %s, %s, now())",
        [home.mall_id, home.name, home.slug],
    )
    cursor.execute(
        "SELECT setval(s, greatest(%s, nextval(s)))"
        " FROM (SELECT pg_get_serial_sequence('tenants_mall', 'id') AS s) AS t",
        [home.mall_id],
    )
