"""`lookus ledger`: compared with the work, taken back from the terminal."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from analytics.models import DailyCount
from billing.ledger import usage_record
from billing.models import LedgerEntry
from catalog.models import Photo
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_photo, make_product, make_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return make_shop(slug="maru")


def tagged(shop: Shop) -> Photo:
    photo = make_photo(make_product(shop), state=Photo.State.DONE, tagged_at=timezone.now())
    with shop_scope(shop):
        usage_record(shop=shop, kind="photo", reference=reference(photo))
    return photo


def reference(photo: Photo) -> str:
    return f"{photo.pk}:{photo.digest[:40]}"


def check() -> dict[str, Any]:
    out = StringIO()
    try:
        call_command("ledger", "check", "--json", stdout=out)
    except SystemExit as ended:
        assert ended.code == 1
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


def test_a_ledger_that_says_what_was_done_is_good(shop: Shop) -> None:
    tagged(shop)
    told = check()
    assert (told["good"], told["rows"], told["differences"]) == (True, 1, [])
    out = StringIO()
    call_command("ledger", "check", "--mall", shop.mall.slug, stdout=out)
    assert "everything agrees" in out.getvalue()


def test_a_photo_that_was_not_counted_and_words_that_nobody_answered_are_found(shop: Shop) -> None:
    photo = make_photo(make_product(shop), state=Photo.State.DONE, tagged_at=timezone.now())
    make_photo(make_product(shop), state=Photo.State.FAILED)
    with shop_scope(shop):
        for words in ("words:a:1", "words:b:1"):
            usage_record(shop=shop, kind="search", reference=words)
    today = timezone.localdate()
    DailyCount.objects.create(shop=shop, day=today, type="search", quantity=1)
    found = [
        (one["what"], one["when"], one["expected"], one["found"]) for one in check()["differences"]
    ]
    assert found == [("not counted", str(photo.pk), 1, 0), ("not answered", str(today), 1, 2)]


def test_a_row_is_taken_back_with_a_reason(shop: Shop) -> None:
    photo = tagged(shop)
    say = ("ledger", "reverse", "maru", "photo", reference(photo), "--reason", "tagged by mistake")
    for words in ("taken back, by row", "was taken back before"):
        out = StringIO()
        call_command(*say, stdout=out)
        assert words in out.getvalue()
    with shop_scope(shop):
        assert [row.quantity for row in LedgerEntry.objects.order_by("pk")] == [1, -1]
    with pytest.raises(CommandError, match="no row photo none"):
        call_command("ledger", "reverse", "maru", "photo", "none", "--reason", "x")
    with pytest.raises(CommandError, match="no shop 'none'"):
        call_command("ledger", "reverse", "none", "photo", "a", "--reason", "x")
