"""One shop: backed up, deleted, and brought back as it was; or refused, and nothing is changed."""

import gzip
import json
import shutil
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from billing.ledger import usage_record
from billing.models import MonthlyUsage
from catalog.models import Product
from lookus.backup.folder import BackupRefused, sum_of
from lookus.backup.shop_in import shop_restore
from lookus.backup.shop_out import shop_backup
from lookus.backup.shop_tables import LEFT_OUT, tables_kept
from lookus.leaving.erasing import shop_erase
from lookus.leaving.shop_rows import rows_left, shop_tables
from tenants.models import ApiKey, AuditEntry, Mall, Shop, User
from tenants.models_leaving import ClosedShop
from tenants.scope import shop_scope
from tests.factories import (
    jpeg,
    make_garment,
    make_key,
    make_mall,
    make_photo,
    make_product,
    make_shop,
)
from tests.recommender.stock import picture, show, skus, stocked
from tests.tenants.rows import fill, tenant_models
from tests.tenants.test_isolation import OUTSIDE
from vision.analyzer import get_analyzer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

# Of rows that stand outside the scopes only the shop's own are compared, and not by their keys.
SHOP_FOLDER = "shops/{}"


@pytest.fixture(autouse=True)
def small_networks(settings: Any, tiny_bundle: Path) -> None:
    settings.VISION_BUNDLE = str(tiny_bundle)


def rows_of(shop_id: int) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the shop in every table that a backup keeps, as text, in order."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with shop_scope(shop_id), connection.cursor() as cursor:
        for table in tables_kept():
            names = ", ".join(f'"{one}"::text' for one in table.columns)
            cursor.execute(
                f'SELECT {names} FROM "{table.name}" WHERE "{table.column}" = %s', [shop_id]
            )
            found[table.name] = sorted(cursor.fetchall(), key=str)
    return found


def files_of(shop_id: int) -> dict[str, bytes]:
    root = Path(default_storage.path(f"shops/{shop_id}"))
    return {
        str(one.relative_to(root)): one.read_bytes() for one in root.rglob("*") if one.is_file()
    }


def erase(shop: Shop) -> None:
    past = timezone.now() - timedelta(days=8)
    Shop.objects.filter(pk=shop.pk).update(closed_at=past, erase_at=past)
    shop.refresh_from_db()
    assert shop_erase(shop=shop)
    assert rows_left(shop.pk, shop_tables()) == {} and files_of(shop.pk) == {}


def full_shop(word: str = "whole") -> tuple[Shop, str]:
    """With a row in every table, photos, and a key."""
    shop = make_shop(slug=f"shop-{word}")
    fill(shop, secret=word)
    product = make_product(shop, sku="findable", title="Findable coat")
    make_garment(make_photo(product, state="done", data=jpeg(seed=5)))
    with shop_scope(shop):
        for at in range(3):
            usage_record(shop=shop, kind="search", reference=f"search-{at}")
    return shop, make_key(shop=shop)[1]


def books_agree(shop: Shop) -> None:
    out = StringIO()
    try:
        call_command("ledger", "check", "--mall", shop.mall.slug, "--json", stdout=out)
    except SystemExit:
        told = json.loads(out.getvalue())["differences"]
        # What `fill` wrote stands in one table only, and was never counted.
        assert [one for one in told if one["kind"] == "search"] == [], told


def test_every_table_of_a_shop_is_in_a_backup_or_named_as_left_out(tmp_path: Path) -> None:
    shop, _ = full_shop()
    manifest = shop_backup(shop=shop, out=tmp_path / "backup")
    kept = set(manifest.tables)
    assert set(LEFT_OUT) == {"tenants_shopexport", "tenants_invitation"}
    tables = {model._meta.db_table for model in tenant_models()}
    assert kept == (tables | OUTSIDE | {"tenants_shop"}) - set(LEFT_OUT)
    empty = {name for name, rows in manifest.tables.items() if not rows} - OUTSIDE
    assert not empty, "tests/tenants/rows.py must write a row of every tenant table"


def test_a_deleted_shop_comes_back_as_it_was_and_is_searched(
    tmp_path: Path, tiny_bundle: Path
) -> None:
    analyzer = get_analyzer(tiny_bundle, 1)
    shop, token = full_shop()
    other = make_shop(mall=shop.mall)
    fill(other, secret="other")
    for at in range(3):
        stocked(shop, analyzer, data=picture("upper", stain=20 * at), product={"sku": f"S-{at}"})
    found = skus(show(token, picture("upper")))
    assert {"S-0", "S-1", "S-2"} <= {*found}
    rows, files, others = rows_of(shop.pk), files_of(shop.pk), rows_of(other.pk)
    shop_backup(shop=shop, out=tmp_path / "backup")
    before = month_of(shop)
    erase(shop)
    shop_restore(source=tmp_path / "backup")
    assert rows_of(shop.pk) == rows
    assert files_of(shop.pk) == files and files
    assert rows_of(other.pk) == others
    assert month_of(shop) == before, "what was used is not counted twice"
    books_agree(shop)
    assert not ClosedShop.objects.filter(shop_number=shop.pk).exists()
    # Its key works, and a photo finds there what it found.
    assert skus(show(token, picture("upper"))) == found
    # New rows get new numbers.
    with shop_scope(shop):
        largest = max(Product.every.values_list("pk", flat=True))
        assert make_product(shop).pk > largest


def month_of(shop: Shop) -> int:
    held = MonthlyUsage.objects.filter(mall=shop.mall, kind="search")
    return sum(held.values_list("quantity", flat=True))


def test_what_was_used_after_the_backup_stays_paid(tmp_path: Path) -> None:
    shop, _ = full_shop()
    shop_backup(shop=shop, out=tmp_path / "backup")
    with shop_scope(shop):
        usage_record(shop=shop, kind="search", reference="later")
    before = month_of(shop)
    erase(shop)
    shop_restore(source=tmp_path / "backup")
    assert month_of(shop) == before
    books_agree(shop)


def test_in_a_mall_that_never_had_it_its_use_is_counted_and_people_are_not_mixed_up(
    tmp_path: Path,
) -> None:
    shop, _ = full_shop()
    her = User.objects.create_user("her@example.com", "x")
    with shop_scope(shop):
        AuditEntry.objects.create(
            actor_id=her.pk, action="add", object_type="x", object_id="9", title="hers"
        )
    shop_backup(shop=shop, out=tmp_path / "backup")
    erase(shop)
    ClosedShop.objects.all().delete()
    MonthlyUsage.objects.all().delete()
    # As elsewhere: her number is another's, and she has another.
    User.objects.filter(pk=her.pk).update(email="somebody-else@example.com")
    her.emailaddress_set.all().delete()
    again = User.objects.create_user("her@example.com", "x")
    elsewhere = make_mall(slug="elsewhere")
    shop_restore(source=tmp_path / "backup", mall="elsewhere")
    back = Shop.objects.get(pk=shop.pk)
    assert back.mall == elsewhere and ApiKey.objects.get(shop=back).mall == elsewhere
    assert month_of(back) == 3
    books_agree(back)
    with shop_scope(back):
        assert AuditEntry.objects.get(title="hers").actor_id == again.pk


def test_a_mall_that_is_not_here_is_made_with_its_shop(tmp_path: Path) -> None:
    shop, _ = full_shop()
    mall = shop.mall
    shop_backup(shop=shop, out=tmp_path / "backup", photos=False)
    erase(shop)
    ClosedShop.objects.all().delete()
    MonthlyUsage.objects.all().delete()
    Mall.objects.filter(pk=mall.pk).delete()
    shop_restore(source=tmp_path / "backup")
    back = Shop.objects.get(pk=shop.pk)
    assert (back.mall_id, back.mall.slug) == (mall.pk, mall.slug)
    assert make_mall().pk > mall.pk


def refused(source: Path, words: str, **more: Any) -> None:
    """With these words, and not a row or file is written."""
    before = Shop.objects.count(), Mall.objects.count(), ApiKey.objects.count()
    with pytest.raises(BackupRefused, match=words):
        shop_restore(source=source, **more)
    assert (Shop.objects.count(), Mall.objects.count(), ApiKey.objects.count()) == before


def test_what_collides_is_refused_with_words(tmp_path: Path) -> None:
    shop, _ = full_shop()
    source = tmp_path / "backup"
    shop_backup(shop=shop, out=source)
    refused(source, f"number {shop.pk} is here already")
    with pytest.raises(BackupRefused, match="is there already"):
        shop_backup(shop=shop, out=source)
    erase(shop)
    same = make_shop(slug=shop.slug)
    refused(source, "another shop is called shop-whole")
    Shop.objects.filter(pk=same.pk).update(slug="renamed")
    refused(source, "no mall nowhere", mall="nowhere")
    Mall.objects.filter(pk=shop.mall_id).update(slug="renamed-mall")
    refused(source, "say with --mall")


def test_a_backup_that_is_not_whole_is_refused_with_words(tmp_path: Path) -> None:
    shop, _ = full_shop()
    whole = tmp_path / "backup"
    shop_backup(shop=shop, out=whole)
    erase(shop)

    def damaged(name: str) -> Path:
        copy = tmp_path / name
        shutil.copytree(whole, copy)
        return copy

    half = damaged("half")
    (half / "manifest.json").unlink()
    refused(half, "no whole backup")
    cut = damaged("cut")
    (cut / "tables" / "catalog_product.copy.gz").write_bytes(b"cut")
    refused(cut, "catalog_product.copy.gz is not as it was written")
    missing = damaged("missing")
    next((missing / "media").rglob("*.jpg")).unlink()
    refused(missing, "is missing")
    other = damaged("other")
    told = json.loads((other / "manifest.json").read_text())
    (other / "manifest.json").write_text(json.dumps(told | {"format": 99}))
    refused(other, "restore with the version that made it")
    (other / "manifest.json").write_text(
        json.dumps(told | {"migrations": [*told["migrations"], "catalog.9999_later"]})
    )
    refused(other, "of newer version")
    assert files_of(shop.pk) == {}
    shop_restore(source=whole)


def test_a_backup_that_was_tampered_with_writes_nothing_into_another_shop(tmp_path: Path) -> None:
    shop, _ = full_shop()
    other = make_shop()
    source = tmp_path / "backup"
    shop_backup(shop=shop, out=source)
    erase(shop)
    for table in ("catalog_product", "tenants_apikey"):
        copy = tmp_path / table
        shutil.copytree(source, copy)
        file = copy / "tables" / f"{table}.copy.gz"
        columns = json.loads((copy / "manifest.json").read_text())["facts"]["columns"][table]
        at = columns.index("shop_id")
        lines = [
            one.split("\t") for one in gzip.decompress(file.read_bytes()).decode().splitlines()
        ]
        for line in lines:
            line[at] = str(other.pk)
        file.write_bytes(gzip.compress("".join("\t".join(one) + "\n" for one in lines).encode()))
        resign(copy, f"tables/{table}.copy.gz")
        refused(copy, "the backup is damaged")
    assert rows_left(shop.pk, shop_tables()) == {} and files_of(shop.pk) == {}


def resign(folder: Path, name: str) -> None:
    """As somebody who may write into the folder could."""
    sums = folder / "files.sha256"
    lines = [one for one in sums.read_text().splitlines() if not one.endswith(f"  {name}")]
    sums.write_text("\n".join([*lines, f"{sum_of(folder / name)}  {name}"]) + "\n")
    told = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(told | {"sums": sum_of(sums)}))


def test_the_commands_say_what_they_did(tmp_path: Path, settings: Any) -> None:
    shop, _ = full_shop()
    out, told = StringIO(), StringIO()
    folder = str(tmp_path / "backup")
    call_command("backup", "--out", folder, "--shop", shop.slug, stdout=out)
    assert "files" in out.getvalue() and "SECRET_KEY is not in it" in out.getvalue()
    with pytest.raises(CommandError, match="no shop nobody"):
        call_command("backup", "--out", folder, "--shop", "nobody")
    with pytest.raises(CommandError, match="here already"):
        call_command("restore", folder)
    erase(shop)
    settings.SECRET_KEY = "another"
    call_command("restore", folder, stdout=told, stderr=told)
    assert "is back" in told.getvalue() and "SECRET_KEY_FALLBACKS" in told.getvalue()
