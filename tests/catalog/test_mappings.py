"""What columns mean: guessed, asked, remembered by the header, expired when nobody answers."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from catalog import tasks
from catalog.imports.columns import BASE
from catalog.imports.tables import Guess, Table, asks, guess, missing_of, preview, table_of
from catalog.models import ColumnMapping, HeldFile, ImportRun, Product
from catalog.services.held import HELD_DAYS, file_hold, held_expire, held_start, held_table
from catalog.services.imports import import_start
from catalog.services.mappings import mapping_recall, mapping_remember
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_shop

SAMPLES = Path(__file__).parent / "samples"
OWN = (SAMPLES / "own_columns.csv").read_bytes()
SAID = {
    "번호": "sku", "Bezeichnung": "title", "Kosten": "price", "Bild": "image_url",
    "Kragen": "attributes", "intern": "",
}  # fmt: skip


def table(data: bytes | str) -> Table:
    found = table_of(io.BytesIO(data.encode() if isinstance(data, str) else data))
    assert found is not None
    return found


def guessed(data: bytes | str, currency: str = "KRW") -> Guess:
    return guess(table(data), currency)


def test_columns_are_guessed_by_their_values_where_names_say_nothing() -> None:
    found = guessed(OWN, "EUR")
    assert found.columns["번호"] == "sku"
    assert found.columns["Bezeichnung"] == "title"
    assert found.columns["Kosten"] == "price"
    assert found.columns["Bild"] == "image_url"
    assert found.columns["Kragen"] == found.columns["intern"] == "attributes"
    assert {"번호", "Kosten"} <= found.by_values


def test_names_stand_above_values_and_numbers_are_no_prices() -> None:
    found = guessed(
        "번호표,barcode,상품명,w,금액,page,img,s\n"
        + "".join(
            f"{n},88012345678{n},셔츠 {n}번,{n * 3},{n * 1000 + 39000},https://e.com/p/{n},"
            f"https://e.com/p/{n}.jpg,품절\n"
            for n in range(10, 20)
        )
    )
    columns = found.columns
    assert columns["상품명"] == "title" and "상품명" not in found.by_values
    assert (columns["금액"], columns["page"], columns["img"]) == ("price", "url", "image_url")
    assert columns["번호표"] == "sku" and columns["s"] == "in_stock"
    assert columns["barcode"] == columns["w"] == "attributes"


def test_a_header_that_says_everything_asks_nothing() -> None:
    known = table("sku,title,price,extra\nA,Shirt,1,x\n")
    assert not asks(known, {})
    own = table(OWN)
    assert asks(own, {}) and not asks(own, SAID)
    assert missing_of(own, {"번호": "sku", "Kosten": "price"}) == ["title"]


def test_the_fingerprint_is_the_headers_whatever_the_file() -> None:
    one = table("sku,title,price\nA,Shirt,1\n")
    other = table("SKU;  Title;price\r\nB;Coat;2\r\n".encode("utf-16"))
    assert one.fingerprint == other.fingerprint
    assert one.fingerprint != table("sku,price,title\nA,1,Shirt\n").fingerprint


def test_cafe24_asks_for_the_shops_address_only_where_photos_have_none() -> None:
    cafe24 = table((SAMPLES / "cafe24_cp949.csv").read_bytes())
    assert cafe24.kind == "cafe24"
    assert asks(cafe24, {}) and not asks(cafe24, {BASE: "https://namu.cafe24.com"})
    assert table_of(io.BytesIO((SAMPLES / "shopify.csv").read_bytes())) is None


def test_only_the_beginning_of_a_large_file_is_read() -> None:
    rows = "".join(f"A{n},Shirt {n},{n}\n" for n in range(60_000))
    large = table("sku,title,price\n" + rows)
    assert len(large.head) < 300_000 and large.head.endswith(b"\n")
    items, refused = preview(large, {}, "KRW")
    assert [item.sku for item in items] == ["A0", "A1", "A2", "A3", "A4"] and not refused
    wide = table(("sku,title,price\n" + rows).encode("utf-16"))
    assert wide.names == ["sku", "title", "price"]
    assert preview(wide, {}, "KRW")[0][4].sku == "A4"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sent")
class TestRemembered:
    def hold(self, shop: Shop, **fields: bool) -> HeldFile:
        file = ContentFile(OWN, "own.csv")
        return file_hold(shop=shop, file=file, filename="own.csv", by=None, **fields)

    def test_a_held_file_is_imported_as_said_and_the_next_goes_straight_through(self) -> None:
        shop = make_shop(currency="EUR")
        file = ContentFile(OWN, "own.csv")
        assert mapping_recall(shop=shop, file=file, filename="own.csv").asks
        held = self.hold(shop, complete=True)
        found = held_table(held)
        assert found is not None
        run = held_start(shop=shop, held=held, table=found, columns=SAID, by=None)
        assert (run.mapping, run.complete, run.kind) == (SAID, True, "csv")
        assert not default_storage.exists(str(held.file.name))
        tasks.run_imports(shop.pk)
        with shop_scope(shop):
            assert ImportRun.objects.get().created == 3
            product = Product.objects.get(sku="K-1")
            assert (product.price, product.attributes) == (3990, {"Kragen": "Kent"})
            assert not HeldFile.objects.exists()
        again = import_start(shop=shop, file=ContentFile(OWN, "b.csv"), filename="b.csv")
        assert again.mapping == SAID
        recalled = mapping_recall(shop=shop, file=file, filename="own.csv")
        assert not recalled.asks
        with shop_scope(shop):
            assert ColumnMapping.objects.get().used == 1

    def test_another_shop_knows_nothing_of_it(self) -> None:
        shop, other = make_shop(), make_shop()
        with shop_scope(shop):
            mapping_remember(table=table(OWN), columns=SAID, filename="own.csv", by=None)
        assert mapping_recall(shop=other, file=ContentFile(OWN), filename="x.csv").columns == {}

    def test_what_was_said_last_counts(self) -> None:
        shop = make_shop()
        with shop_scope(shop):
            mapping_remember(table=table(OWN), columns=SAID, filename="own.csv", by=None)
            less = SAID | {"Kragen": ""}
            mapping_remember(table=table(OWN), columns=less, filename="own.csv", by=None)
            assert ColumnMapping.objects.get().columns == less

    def test_a_file_that_nobody_comes_back_to_is_forgotten(self) -> None:
        shop = make_shop()
        held, fresh = self.hold(shop), self.hold(shop)
        with shop_scope(shop):
            old = timezone.now() - timedelta(days=HELD_DAYS, hours=1)
            HeldFile.objects.filter(pk=held.pk).update(created_at=old)
        assert held_expire() == 1
        with shop_scope(shop):
            assert HeldFile.objects.get().pk == fresh.pk
        assert not default_storage.exists(str(held.file.name))
        assert default_storage.exists(str(fresh.file.name))
