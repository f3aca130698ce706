"""A whole installation: backed up as the role that sees all, brought back into an empty home."""

import shutil
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections

from lookus.backup.folder import BackupRefused
from lookus.backup.whole import installation_backup, installation_restore
from lookus.embedded import BACKUP_ROLE, SUPERUSER, THROWAWAY, EmbeddedPostgres
from tenants.models import Shop
from tests.database import Databases
from tests.factories import make_key, make_shop
from tests.recommender.stock import picture, show, skus, stocked
from tests.support.own_server import open_folder
from tests.support.small_disk import small_disk
from tests.tenants.rows import fill
from vision.analyzer import get_analyzer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
"""


@pytest.fixture
def backup_url(databases: Databases, settings: Any) -> str:
    if not databases.superuser_url:
        pytest.skip("the suite's server is not its own: it has no role for backups")
    address = databases.superuser_url.replace(f"{SUPERUSER}@", f"{BACKUP_ROLE}@", 1)
    settings.BACKUP_DATABASE_URL = address
    return address


def counts(address: str) -> dict[str, int]:
    with psycopg.connect(address) as connection:
        names = [name for (name,) in connection.execute(TABLES).fetchall()]
        rows = [connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in names]
    return {name: row[0] for name, row in zip(names, rows, strict=True) if row}


def rights(address: str) -> set[tuple[str, ...]]:
    """Who may do what with which table, and what holds for tables that come later."""
    with psycopg.connect(address) as connection:
        given = connection.execute(
            "SELECT relname, grantee::regrole::text, privilege_type"
            " FROM pg_class, aclexplode(relacl) WHERE relnamespace = 'public'::regnamespace"
        ).fetchall()
        later = connection.execute(
            "SELECT defaclobjtype::text, grantee::regrole::text, privilege_type"
            " FROM pg_default_acl, aclexplode(defaclacl)"
        ).fetchall()
    return {*given, *later}


def test_everything_comes_back_elsewhere_and_is_searched_there(
    tmp_path: Path, backup_url: str, databases: Databases, settings: Any, tiny_bundle: Path
) -> None:
    settings.VISION_BUNDLE = str(tiny_bundle)
    # Of its own: workers that other tests killed have left pieces of files in the common one.
    settings.MEDIA_ROOT = str(tmp_path / "here")
    one, other = make_shop(), make_shop()
    fill(one)
    fill(other)
    for at in range(3):
        data = picture("upper", stain=20 * at)
        stocked(one, get_analyzer(tiny_bundle, 1), data=data, product={"sku": f"S-{at}"})
    token = make_key(shop=one)[1]
    found = skus(show(token, picture("upper")))
    before, granted = counts(backup_url), rights(backup_url)
    assert before["catalog_product"] >= 7 and len(before) > 80
    manifest = installation_backup(out=tmp_path / "backup")
    assert manifest.files == len(files(Path(settings.MEDIA_ROOT) / "shops"))
    with pytest.raises(BackupRefused, match="has tables already"):
        installation_restore(source=tmp_path / "backup")
    whole = {one.name: one.read_bytes() for one in files(Path(settings.MEDIA_ROOT) / "shops")}
    with open_folder() as home:
        server = EmbeddedPostgres(home, settings=THROWAWAY)
        try:
            addresses = server.start()
            lead(databases, addresses.app, addresses.owner)
            settings.MEDIA_ROOT = tmp_path / "media"
            refused_as_a_whole(tmp_path, addresses.backup)
            installation_restore(source=tmp_path / "backup")
            assert counts(addresses.backup) == before
            assert rights(addresses.backup) == granted
            came = {one.name: one.read_bytes() for one in files(tmp_path / "media" / "shops")}
            assert came == whole
            assert skus(show(token, picture("upper"))) == found
            bound(addresses.app, addresses.owner)
        finally:
            lead(databases, databases.app_url, databases.owner_url)
            server.destroy()


def refused_as_a_whole(tmp_path: Path, address: str) -> None:
    """A dump that ends too soon, though its sum is right: not a row and not a file is left."""
    from tests.lookus.backup.test_shop_backup import resign

    half = tmp_path / "half"
    shutil.copytree(tmp_path / "backup", half)
    dump = half / "database.dump"
    dump.write_bytes(dump.read_bytes()[: dump.stat().st_size * 3 // 4])
    with pytest.raises(BackupRefused, match=r"database\.dump is not as it was written"):
        installation_restore(source=half)
    resign(half, "database.dump")
    with pytest.raises(BackupRefused, match="pg_restore failed"):
        installation_restore(source=half)
    assert counts(address) == {}
    assert files(tmp_path / "media") == []


def bound(app: str, owner: str) -> None:
    """Both locks came too: without a scope neither role sees a row, and the trail only grows."""
    for address in (app, owner):
        with psycopg.connect(address) as connection:
            assert connection.execute("SELECT count(*) FROM catalog_product").fetchone() == (0,)
    with psycopg.connect(app) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DELETE FROM tenants_auditentry")


def lead(databases: Databases, app: str, owner: str) -> None:
    connections.close_all()
    databases.point("default", app)
    databases.point("owner", owner)


def files(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file() and ".parts" not in one.parts]


def test_a_role_that_sees_no_rows_backs_nothing_up(
    tmp_path: Path, databases: Databases, settings: Any
) -> None:
    settings.BACKUP_DATABASE_URL = ""
    with pytest.raises(BackupRefused, match="BACKUP_DATABASE_URL is not set"):
        installation_backup(out=tmp_path / "backup")
    settings.BACKUP_DATABASE_URL = databases.owner_url
    with pytest.raises(BackupRefused, match="lookus_owner is bound by row-level security"):
        installation_backup(out=tmp_path / "backup")
    assert not (tmp_path / "backup").exists() and Shop.objects.count() == 0


def test_a_backup_whose_disk_is_full_leaves_no_folder_that_looks_whole(backup_url: str) -> None:
    fill(make_shop())
    with small_disk(8) as disk:
        disk.fill()
        with pytest.raises((BackupRefused, OSError)):
            installation_backup(out=disk.folder / "backup")
        assert [one.name for one in disk.folder.iterdir()] == ["ballast"]
        disk.give_back()
        installation_backup(out=disk.folder / "backup")
        assert (disk.folder / "backup" / "manifest.json").exists()
