"""The audit trail: who, what, when and from where, and that nothing in it can be changed."""

import csv
import io
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client, RequestFactory

from tenants.audit import audit_record
from tenants.callers import address_of
from tenants.models import AuditEntry, Shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import make_key, make_shop

pytestmark = pytest.mark.django_db(transaction=True)
TABLE = "tenants_auditentry"


@pytest.fixture
def shop() -> Shop:
    return make_shop(language="en")


def entry(shop: Shop, **fields: Any) -> AuditEntry:
    with shop_scope(shop):
        return audit_record(actor=None, action="add", target=shop, **fields)


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET title = 'changed'",
        f"DELETE FROM {TABLE}",
        f"TRUNCATE {TABLE}",
        f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY",
        # A grant that one may not give only warns, so it is followed by what it would allow.
        f"GRANT UPDATE ON {TABLE} TO current_user; UPDATE {TABLE} SET title = 'changed'",
    ],
)
def test_the_database_lets_the_application_change_nothing(shop: Shop, statement: str) -> None:
    entry(shop)
    with pytest.raises(ProgrammingError), shop_scope(shop), connection.cursor() as cursor:
        cursor.execute(statement)
    with shop_scope(shop):
        assert AuditEntry.objects.get().title == shop.name


def test_neither_does_the_orm(shop: Shop) -> None:
    made = entry(shop)
    made.title = "changed"
    for change in (made.save, made.delete, AuditEntry.objects.all().delete):
        with pytest.raises(ProgrammingError), shop_scope(shop), transaction.atomic():
            change()
    with shop_scope(shop):
        assert AuditEntry.objects.get().title == shop.name


def test_the_address_is_the_connections_or_our_own_proxys(settings: Any) -> None:
    request = RequestFactory().get(
        "/", REMOTE_ADDR="203.0.113.7", HTTP_X_FORWARDED_FOR="198.51.100.1, 192.0.2.9"
    )
    settings.BEHIND_PROXY = False
    assert address_of(request) == "203.0.113.7"
    settings.BEHIND_PROXY = True
    assert address_of(request) == "192.0.2.9"
    del request.META["HTTP_X_FORWARDED_FOR"]
    assert address_of(request) == "203.0.113.7"
    request.META["REMOTE_ADDR"] = ""
    assert address_of(request) is None


def test_what_a_person_does_is_written_with_where_from(shop: Shop) -> None:
    desk = Desk(shop)
    change = f"tenants/shop/{shop.pk}/change/"
    fields = {
        "name": "New name",
        "language": "en",
        "allowed_origins": "",
        "tagline": "",
        "site": "",
    }
    response = desk.client.post(desk.base + change, fields, REMOTE_ADDR="203.0.113.7")
    assert response.status_code == 302
    with shop_scope(shop):
        written = AuditEntry.objects.get(action="change")
    assert (written.address, written.as_guest) == ("203.0.113.7", False)
    assert written.actor_email == desk.user.email


def test_what_a_key_does_is_written_under_its_beginning(shop: Shop) -> None:
    key, token = make_key("sk", shop=shop)
    client = Client(headers={"Authorization": f"Bearer {token}"})
    told = {"url": "https://shop.example/hook", "types": ["import.finished"]}
    response = client.post("/api/v1/webhooks", told, content_type="application/json")
    assert response.status_code == 201, response.content
    with shop_scope(shop):
        written = AuditEntry.objects.get()
    assert written.actor_email == f"API {key.hint}…"
    assert written.address == "127.0.0.1"
    assert token not in repr(written.__dict__)


def test_a_job_has_no_address(shop: Shop) -> None:
    assert entry(shop).address is None


def test_owner_and_editor_read_the_page_and_nobody_edits(shop: Shop) -> None:
    made = entry(shop)
    page = "tenants/auditentry/"
    for role in ("owner", "editor"):
        desk = Desk(shop, role)
        assert shop.name in desk.page(page)
        assert desk.get(f"{page}{made.pk}/change/").status_code == 200
        assert desk.get(f"{page}add/").status_code == 403
        assert desk.post(f"{page}{made.pk}/change/", title="x").status_code == 403
        assert desk.post(f"{page}{made.pk}/delete/", post="yes").status_code == 403
    assert Desk(shop, "viewer").get(page).status_code == 403
    assert Desk(shop, "viewer").get(f"{page}export.csv").status_code == 404


def test_the_page_filters(shop: Shop) -> None:
    entry(shop)
    with shop_scope(shop):
        audit_record(actor=None, action="close", target=shop, changes={"reason": "only-here"})
    desk = Desk(shop)
    assert "only-here" in desk.page("tenants/auditentry/")
    assert "only-here" not in desk.page("tenants/auditentry/?action=add")
    assert "only-here" not in desk.page("tenants/auditentry/?who=guests")


def test_the_csv_holds_all_and_quotes_formulas(shop: Shop) -> None:
    for number in range(3):
        entry(shop, changes={"n": number})
    with shop_scope(shop):
        AuditEntry.objects.create(action="add", object_type="x", object_id="1", title="=1+1")
    response = Desk(shop, "editor").get("tenants/auditentry/export.csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 5
    assert rows[0]["action"] == "download"
    assert rows[1]["title"] == "'=1+1"
