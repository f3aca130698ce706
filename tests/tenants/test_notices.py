"""Mail to a shop's owners, and an import's end over a webhook."""

import io
from typing import Any

import pytest
from django.core import mail

from catalog.models import ImportRun
from catalog.services.imports import import_start, imports_run
from tenants.models import Shop, WebhookMessage
from tenants.notices import owners_of
from tenants.scope import shop_scope
from tenants.webhooks.endpoints import endpoint_create
from tests.factories import make_shop, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop() -> Shop:
    return make_shop(language="ko", name="나무")


def imported(shop: Shop, rows: int, **fields: Any) -> ImportRun:
    lines = [f"S-{number},Shirt,1000\n" for number in range(rows)]
    file = io.BytesIO(b"sku,title,price\n" + "".join(lines).encode())
    run = import_start(shop=shop, file=file, filename="table.csv", **fields)
    while imports_run(shop_id=shop.pk):
        pass
    with shop_scope(shop):
        run.refresh_from_db()
    return run


def test_owners_are_mailed_in_the_shops_language_and_nobody_else(shop: Shop, settings: Any) -> None:
    settings.IMPORT_ASK_LEAST = 1
    make_user("owner", mall=shop.mall, email="owner@namu.example")
    make_user("editor", mall=shop.mall)
    gone = make_user("owner", mall=shop.mall)
    gone.is_active = False
    gone.save()
    assert owners_of(shop.mall_id) == ["owner@namu.example"]
    imported(shop, 10)
    assert mail.outbox == []
    run = imported(shop, 1, complete=True)
    assert run.state == "asking"
    (letter,) = mail.outbox
    assert letter.to == ["owner@namu.example"]
    assert letter.subject == "나무: 가져오기가 답을 기다려요"
    assert "상품 9개가 사라져요" in letter.body
    assert f"/admin/{shop.slug}/catalog/importrun/{run.pk}/change/" in letter.body


def test_an_imports_end_is_told(shop: Shop) -> None:
    with shop_scope(shop):
        endpoint_create(shop=shop, url="https://shop.example/hook", types=["import.finished"])
    run = imported(shop, 3)
    imported(shop, 3, dry=True)
    with shop_scope(shop):
        message = WebhookMessage.objects.get()
    assert message.type == "import.finished"
    assert (message.data["id"], message.data["created"]) == (run.pk, 3)
