"""A shop is closed, comes back, or is deleted with everything in it."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.utils import timezone

from analytics.models import DailyCount
from billing.models import MonthlyUsage
from billing.services import usage_record
from catalog.models import SearchIndex
from catalog.services.search_index import name_of
from lookus.leaving import erasing
from lookus.leaving.erasing import shop_erase, shops_erase
from lookus.leaving.shop_rows import rows_left, shop_tables
from recommender.models import ShopMood
from tenants import outbox
from tenants.closing import WrongName, shop_close
from tenants.models import ApiKey, AuditEntry, ClosedShop, Outbox, Shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import make_key, make_product, make_shop, make_user
from tests.tenants.rows import fill, tenant_models

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def shop() -> Shop:
    return make_shop(language="en", name="Namu", slug="namu", hosted_storefront=True)


def close(shop: Shop, *, days_ago: int = 0) -> None:
    owner = make_user("owner", mall=shop.mall)
    with shop_scope(shop):
        shop_close(shop=shop, by=owner, typed="Namu")
    moved = timezone.now() - timedelta(days=days_ago)
    Shop.objects.filter(pk=shop.pk).update(closed_at=moved, erase_at=moved + timedelta(days=7))
    shop.refresh_from_db()


def full(shop: Shop) -> None:
    """A row in every table there is, and files."""
    fill(shop)
    make_key("sk", shop=shop)
    SearchIndex.objects.get_or_create(shop=shop)
    DailyCount.objects.create(shop=shop, day=timezone.localdate(), type="search")
    ShopMood.objects.create(shop=shop, head="style")
    Outbox.objects.create(shop=shop, topic=outbox.PHOTO, object_id=1)
    with shop_scope(shop):
        usage_record(shop=shop, kind="photo", reference="kept", quantity=3)
    for name in ("imports/1.csv", "photos/ab/cd.jpg", "exports/1.zip"):
        default_storage.save(f"shops/{shop.pk}/{name}", ContentFile(b"x"))


def kept(shop: Shop) -> dict[str, int]:
    return rows_left(shop.pk, shop_tables())


def test_the_name_must_be_typed(shop: Shop) -> None:
    owner = make_user("owner", mall=shop.mall)
    for typed in ("", "namu", "Namuu"):
        with shop_scope(shop), pytest.raises(WrongName):
            shop_close(shop=shop, by=owner, typed=typed)
    shop.refresh_from_db()
    assert shop.is_open


def test_a_closed_shop_answers_nothing(shop: Shop) -> None:
    make_product(shop, sku="A")
    _, token = make_key("sk", shop=shop)
    _, public = make_key("pk", shop=shop)
    client = Client()
    assert client.get("/shop/namu/").status_code == 200
    close(shop)
    for path in ("/shop/namu/", "/shop/namu/p/A/", "/shop/namu/looks/"):
        assert client.get(path).status_code == 404
    for key in (token, public):
        answer = client.get("/api/v1/looks", headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == 403
        assert answer.json()["code"] == "shop_closed"
        assert "closed" in answer.json()["detail"]


def test_its_jobs_rest_and_go_on_when_it_is_back(shop: Shop) -> None:
    Outbox.objects.create(shop=shop, topic=outbox.PHOTO, object_id=1)
    close(shop)
    assert outbox.waiting() == []
    soon = timezone.now() + timedelta(seconds=60)
    with shop_scope(shop):
        assert outbox.take(shop_id=shop.pk, topic=outbox.PHOTO, limit=1, until=soon) == []
    Shop.objects.filter(pk=shop.pk).update(closed_at=None, erase_at=None)
    assert [one.shop_id for one in outbox.waiting()] == [shop.pk]


def test_an_owner_closes_it_on_its_page_and_brings_it_back(shop: Shop) -> None:
    desk = Desk(shop)
    assert "Namu" in desk.page("closing/")
    assert "not the shop" in desk.post("closing/", typed="Nam").content.decode()
    response = desk.post("closing/", typed="Namu")
    assert response.headers["Location"] == "/admin/namu/closing/"
    assert "Bring the shop back" in desk.page("closing/")
    assert desk.get("").headers["Location"] == "/admin/namu/closing/"
    assert desk.get("catalog/product/").headers["Location"] == "/admin/namu/closing/"
    letter = mail.outbox[0]
    assert letter.to == [desk.user.email]
    assert letter.subject == "Namu is closed and will be deleted"
    assert desk.post("closing/", back="yes").status_code == 302
    shop.refresh_from_db()
    assert shop.is_open
    assert desk.get("").status_code == 200
    with shop_scope(shop):
        assert {"close", "reopen"} <= set(AuditEntry.objects.values_list("action", flat=True))


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_only_owners_close_and_bring_back(shop: Shop, role: str) -> None:
    desk = Desk(shop, role)
    assert desk.get("closing/").status_code == 403
    assert desk.post("closing/", typed="Namu").status_code == 403
    close(shop)
    assert "Bring the shop back" not in desk.page("closing/")
    assert desk.post("closing/", back="yes").status_code == 403
    shop.refresh_from_db()
    assert not shop.is_open


def test_nothing_is_deleted_before_its_time(shop: Shop) -> None:
    fill(shop)
    close(shop, days_ago=6)
    assert shops_erase() == 0
    with shop_scope(shop):
        assert all(model._base_manager.exists() for model in tenant_models())


def test_nothing_of_the_shop_is_left_and_another_is_untouched(shop: Shop) -> None:
    other = make_shop(mall=shop.mall)
    full(shop)
    full(other)
    tables = {table.name for table in shop_tables()}
    assert {model._meta.db_table for model in tenant_models()} <= tables
    assert set(kept(shop)) == set(kept(other)) == tables - _empty(tables, shop)
    before, closed_id = kept(other), shop.pk
    close(shop, days_ago=8)
    assert shops_erase() == 1
    assert rows_left(closed_id, shop_tables()) == {}
    assert not Shop.objects.filter(pk=closed_id).exists()
    assert not ApiKey.objects.filter(shop_id=closed_id).exists()
    assert _files(f"shops/{closed_id}") == []
    assert kept(other) == before
    assert len(_files(f"shops/{other.pk}")) >= 3
    assert Client().get("/shop/namu/").status_code == 404


def _empty(tables: set[str], shop: Shop) -> set[str]:
    """Tables of other apps' that `full` knows no row for: at most those outside the scopes."""
    return tables - set(kept(shop)) - {model._meta.db_table for model in tenant_models()}


def test_what_the_malls_accounts_need_stays(shop: Shop) -> None:
    full(shop)
    closed_id = shop.pk
    used = list(MonthlyUsage.objects.filter(mall=shop.mall).values("kind", "month", "quantity"))
    close(shop, days_ago=8)
    closed_by = shop.closed_by
    shops_erase()
    receipt = ClosedShop.objects.get(shop_number=closed_id)
    month = f"{timezone.localdate():%Y-%m}"
    assert (receipt.name, receipt.slug, receipt.mall) == ("Namu", "namu", shop.mall)
    assert receipt.usage[month]["photo"] == 4
    assert receipt.closed_by == closed_by
    assert receipt.erased_at is not None
    assert used == list(MonthlyUsage.objects.filter(mall=shop.mall).values(*used[0]))


def test_a_deletion_that_was_interrupted_goes_on(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    full(shop)
    close(shop, days_ago=8)
    real = erasing.rows_delete
    done: list[str] = []

    def dies(table: Any, shop_id: int) -> Any:
        if len(done) == 4:
            raise KeyboardInterrupt
        done.append(table.name)
        return real(table, shop_id)

    monkeypatch.setattr(erasing, "rows_delete", dies)
    with pytest.raises(KeyboardInterrupt):
        shops_erase()
    monkeypatch.undo()
    shop.refresh_from_db()
    assert shop.erasing
    assert kept(shop)
    # Nobody brings half a shop back.
    assert Desk(shop).get("closing/").status_code == 404
    assert shops_erase() == 1
    assert kept(shop) == {}
    assert ClosedShop.objects.get(shop_number=shop.pk).usage != {}


def test_one_that_fails_holds_no_other_up(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    other = make_shop(name="Namu")
    for one in (shop, other):
        fill(one)
        close(one, days_ago=8)
    real = erasing.files_delete

    def fails(folder: str) -> None:
        if folder == f"shops/{shop.pk}":
            raise OSError("the storage is away")
        real(folder)

    monkeypatch.setattr(erasing, "files_delete", fails)
    assert shops_erase() == 1
    assert Shop.objects.filter(pk=shop.pk).exists()
    assert not Shop.objects.filter(pk=other.pk).exists()


def test_an_open_shop_is_never_deleted(shop: Shop) -> None:
    fill(shop)
    assert shop_erase(shop=shop) is False
    assert kept(shop)


def test_its_index_goes_too(shop: Shop, owner_db: psycopg.Connection[Any]) -> None:
    fill(shop)
    name = name_of(shop.pk, "test-revision")
    owner_db.execute(f'CREATE INDEX "{name}" ON catalog_garment_p00 (shop_id)')
    close(shop, days_ago=8)
    shops_erase()
    assert _index(name) == 0


def _index(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname = %s", [name])
        return int(cursor.fetchone()[0])


def _files(folder: str) -> list[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    return files + [name for one in folders for name in _files(f"{folder}/{one}")]
