"""What other systems export, to drafts of products: one sample file a format."""

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from catalog.imports.columns import BASE, COLUMNS
from catalog.imports.errors import FileRefused
from catalog.imports.items import Item
from catalog.imports.kinds import kind_of, source_of
from catalog.imports.rows import Draft
from catalog.money import precision

SAMPLES = Path(__file__).parent / "samples"


def read(data: bytes, name: str = "", **fields: Any) -> list[Item]:
    kind = kind_of(data[:65536], name)
    source = source_of(kind, io.BytesIO(data), currency=fields.pop("currency", "KRW"), **fields)
    return list(source.items())


def sample(name: str, **fields: Any) -> list[Draft]:
    """The drafts of a file, none of which has a problem."""
    items = read((SAMPLES / name).read_bytes(), name, **fields)
    assert [item.problems for item in items] == [[]] * len(items)
    return [item.draft for item in items if item.draft is not None]


def codes(items: list[Item]) -> list[tuple[int, str, str]]:
    return [(item.row, one.field, one.code) for item in items for one in item.problems]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("google_rss.xml", "xml"),
        ("google_atom.xml", "xml"),
        ("google.tsv", "csv"),
        ("semicolon.csv", "csv"),
        ("own_columns.csv", "csv"),
        ("shopify_former.csv", "shopify"),
        ("shopify.csv", "shopify"),
        ("cafe24_cp949.csv", "cafe24"),
        ("cafe24_utf8.csv", "cafe24"),
    ],
)
def test_the_content_says_what_a_file_is_whatever_it_is_called(name: str, kind: str) -> None:
    data = (SAMPLES / name).read_bytes()
    assert kind_of(data, name) == kind
    assert kind_of(data[:65536], "upload.bin") == kind


def test_utf16_and_zips_are_told_by_their_first_bytes_too() -> None:
    rss = (SAMPLES / "google_rss.xml").read_text().replace("UTF-8", "UTF-16")
    assert kind_of(rss.encode("utf-16")) == "xml"
    assert kind_of((SAMPLES / "shopify.csv").read_text().encode("utf-16-le")) == "shopify"
    assert kind_of(b"PK\x03\x04") == "zip"
    assert kind_of(b"sku,title,price\nA,B,1\n", "feed.xml") == "csv"
    assert kind_of(b"") == "csv"


def test_google_rss() -> None:
    shirt, coat = sample("google_rss.xml")
    assert shirt.sku == "TS-1042"
    fields = shirt.fields
    assert (fields["title"], fields["description"]) == (
        "Linen shirt & belt",
        "Washed linen,\nloose fit",
    )
    assert (fields["price"], fields["sale_price"], fields["currency"]) == (39000, 29000, "KRW")
    assert (fields["brand"], fields["in_stock"], fields["gender"]) == ("Namu", True, "women")
    assert (fields["feed_category"], fields["variant_group"]) == ("Women > Shirts", "TS-104")
    assert fields["url"] == "https://namu.example/p/ts-1042"
    assert fields["attributes"]["size"] == "M"
    assert shirt.photos == [f"https://namu.example/i/1042{end}.jpg" for end in ("", "-2", "-3")]
    assert shirt.tags["color"] == "navy" and shirt.tags["category"] == "shirt"
    assert shirt.line == 7
    assert (coat.fields["in_stock"], coat.fields["gender"]) == (False, "kids")
    assert (coat.fields["price"], coat.fields["sale_price"]) == (99000, None)
    assert "brand" not in coat.fields, "what a feed does not say is left alone"


def test_google_atom() -> None:
    [shirt] = sample("google_atom.xml")
    assert (shirt.sku, shirt.fields["price"], shirt.fields["currency"]) == ("TS-1042", 3990, "EUR")
    assert shirt.fields["url"] == "https://namu.example/p/ts-1042"
    assert (shirt.fields["description"], shirt.fields["in_stock"]) == ("Washed linen", True)


def test_google_tsv_and_a_table_with_semicolons() -> None:
    [shirt] = sample("google.tsv")
    assert (shirt.sku, shirt.fields["sale_price"]) == ("TS-1042", 29000)
    assert (shirt.fields["description"], len(shirt.photos or [])) == ("Washed, loose", 3)
    shirt, coat = sample("semicolon.csv")
    assert (shirt.fields["price"], coat.fields["price"]) == (3990, 129900)
    assert coat.fields["title"] == "Coat, long"


def test_the_variants_of_shopify_are_products_of_one_group() -> None:
    navy, white, large, bag = sample("shopify_former.csv")
    assert [one.sku for one in (navy, white, large, bag)] == [
        "TS-NV-M", "TS-WH-M", "linen-shirt-White-L", "mug-bag",
    ]  # fmt: skip
    assert {one.fields["variant_group"] for one in (navy, white, large)} == {"linen-shirt"}
    assert (navy.fields["price"], navy.fields["sale_price"]) == (39000, 29000)
    assert (white.fields["price"], white.fields["sale_price"]) == (39000, None)
    assert large.fields["sale_price"] is None, "compare-at as high as the price is no sale"
    assert [one.fields["in_stock"] for one in (navy, white, large, bag)] == [
        True,
        False,
        True,
        False,
    ]
    assert navy.photos == ["https://cdn.example/shirt-navy.jpg"]
    assert white.photos == [f"https://cdn.example/shirt-{n}.jpg" for n in (1, 2, 3)]
    assert (navy.tags["color"], white.tags["color"]) == ("navy", "white")
    attributes = navy.fields["attributes"]
    assert (attributes["size"], attributes["tags"], attributes["barcode"]) == (
        "M",
        "summer, linen",
        "880001",
    )
    assert attributes["Made in (product.metafields.custom.made_in)"] == "Korea"
    assert not any(name.startswith(("Variant", "Image", "SEO")) for name in attributes)
    assert (navy.fields["title"], white.fields["title"]) == ("Linen shirt", "Linen shirt")
    assert (white.fields["description"], white.fields["brand"]) == ("Washed linen", "Namu")
    assert "size" not in bag.fields["attributes"]


def test_shopifys_new_column_names_and_the_order_of_photos() -> None:
    navy, white = sample("shopify.csv", currency="EUR", mapping={BASE: "https://namu.example/"})
    assert (navy.sku, navy.fields["price"], navy.fields["sale_price"]) == ("TS-NV", 2550, 1900)
    assert (white.sku, white.fields["price"], white.fields["in_stock"]) == ("TS-WH", 2550, False)
    assert navy.photos == ["https://cdn.example/shirt-0.jpg", "https://cdn.example/shirt-1.jpg"]
    assert navy.fields["url"] == "https://namu.example/products/linen-shirt"


def test_rows_of_shopify_that_are_torn_from_their_product_are_told() -> None:
    former = (SAMPLES / "shopify_former.csv").read_text().splitlines()
    torn = [former[0], former[1], former[5], former[2]]
    items = read("\n".join(torn).encode())
    assert codes(items) == [(4, "Title", "required")]
    nameless = [former[0], "," + former[1].partition(",")[2]]
    assert codes(read("\n".join(nameless).encode())) == [(2, "Handle", "required")]


@pytest.mark.parametrize("name", ["cafe24_cp949.csv", "cafe24_utf8.csv"])
def test_cafe24_in_both_encodings(name: str) -> None:
    shirt, coat = sample(name, mapping={BASE: "https://namu.cafe24.com"})
    fields = shirt.fields
    assert (shirt.sku, fields["title"]) == ("P00000BA", "린넨 셔츠")
    assert (fields["price"], fields["sale_price"]) == (39000, 29000)
    assert fields["description"] == "워싱 린넨,\n여유로운 핏"
    assert shirt.photos == [
        "https://namu.cafe24.com/web/product/big/202610/shirt.jpg",
        "https://namu.cafe24.com/web/product/extra/big/202610/shirt_b.jpg",
        "https://namu.cafe24.com/web/product/extra/big/202610/shirt_c.jpg",
    ]
    assert (shirt.tags["color"], shirt.tags["material"]) == ("navy", "linen")
    assert fields["attributes"]["size"] == "S, M, L"
    assert fields["attributes"]["자체 상품코드"] == "TS-1042"
    assert fields["translations"] == {"en": {"title": "Linen shirt"}}
    assert "brand" not in fields, "B0000000 is Cafe24's code for no brand"
    assert fields["in_stock"] is True
    assert (coat.fields["price"], coat.fields["sale_price"]) == (129000, None)
    assert (coat.fields["in_stock"], coat.fields["description"]) == (False, "울 코트")
    assert coat.fields["brand"] == "나무"
    assert coat.photos == ["https://ecimg.cafe24img.com/shop/web/product/big/coat.jpg"]


def test_a_photos_name_without_the_shops_address_is_told() -> None:
    items = read((SAMPLES / "cafe24_cp949.csv").read_bytes())
    assert codes(items) == [(2, "이미지등록(상세)", "photo_without_address")]


def test_an_owner_may_take_another_of_cafe24s_columns_as_the_number() -> None:
    mapping = {BASE: "https://namu.cafe24.com/web/product/big", "자체 상품코드": "sku"}
    items = read((SAMPLES / "cafe24_utf8.csv").read_bytes(), mapping=mapping)
    assert items[0].sku == "TS-1042"
    assert items[0].draft is not None and items[0].draft.photos is not None
    assert items[0].draft.photos[0] == "https://namu.cafe24.com/web/product/big/202610/shirt.jpg"
    assert codes(items) == [(3, "sku", "required")]


def test_columns_with_names_of_ones_own() -> None:
    data = (SAMPLES / "own_columns.csv").read_bytes()
    with pytest.raises(FileRefused):
        read(data)
    mapping = {
        "번호": "sku", "Bezeichnung": "title", "Kosten": "price", "Bild": "image_url",
        "Kragen": "attributes", "intern": "",
    }  # fmt: skip
    items = read(data, currency="EUR", mapping=mapping)
    draft = items[0].draft
    assert draft is not None
    assert (draft.sku, draft.fields["price"]) == ("K-1", 3990)
    assert draft.photos == ["https://namu.example/i/1.jpg"]
    assert draft.fields["attributes"] == {"Kragen": "Kent"}


def test_a_mapping_stands_above_what_a_name_means() -> None:
    data = b"sku,title,price,name,title\nA,Shirt,1,Better,Last\n"
    [item] = read(data, mapping={"title": "", "name": "title", "title (2)": "attributes"})
    assert item.draft is not None
    assert item.draft.fields["title"] == "Better"
    assert item.draft.fields["attributes"] == {"title (2)": "Last"}


def test_googles_number_of_a_category_gives_way_to_the_shops_own() -> None:
    data = b"id,title,price,google_product_category,product_type\nA,Shirt,1,212,Shirts\n"
    [item] = read(data)
    assert item.draft is not None
    assert item.draft.fields["feed_category"] == "Shirts"
    [item] = read(b"id,title,price,google_product_category\nA,Shirt,1,Shirts\n")
    assert item.draft is not None and item.draft.fields["feed_category"] == "Shirts"


@pytest.mark.parametrize(
    ("name", "currency"),
    [
        ("google_rss.xml", "KRW"),
        ("google_atom.xml", "EUR"),
        ("google.tsv", "KRW"),
        ("shopify_former.csv", "KRW"),
        ("shopify.csv", "EUR"),
        ("cafe24_cp949.csv", "KRW"),
    ],
)
def test_what_was_read_and_written_as_a_table_of_ours_reads_the_same(
    name: str, currency: str
) -> None:
    drafts = sample(name, currency=currency, mapping={BASE: "https://namu.example"})
    out = io.StringIO()
    columns = [column.name for column in COLUMNS]
    table = csv.DictWriter(out, columns, restval="", extrasaction="ignore")
    table.writeheader()
    table.writerows(as_row(draft, currency) for draft in drafts)
    again = [item.draft for item in read(out.getvalue().encode(), currency=currency)]
    for draft, other in zip(drafts, again, strict=True):
        assert other is not None
        assert (other.sku, other.tags, other.photos) == (draft.sku, draft.tags, draft.photos)
        said = {key: value for key, value in draft.fields.items() if key != "attributes"}
        assert {key: other.fields.get(key) for key in said} == said


def as_row(draft: Draft, currency: str) -> dict[str, str]:
    """A draft as a row of our own table."""
    fields = draft.fields
    row = {key: value for key, value in fields.items() if isinstance(value, str)}
    row |= {"sku": draft.sku, "category": fields.get("feed_category", "")}
    row |= {"image_url": "|".join(draft.photos or []), "in_stock": "yes"}
    if fields.get("in_stock") is False:
        row["in_stock"] = "no"
    for name in ("price", "sale_price"):
        if fields.get(name) is not None:
            row[name] = str(Decimal(fields[name]).scaleb(-precision(currency)))
    for kind in draft.tags.keys() & {"color", "pattern", "material", "style"}:
        row[kind] = draft.fields["attributes"][kind]
    for language, texts in fields.get("translations", {}).items():
        row |= {f"{key}_{language}": text for key, text in texts.items()}
    return row


def test_a_category_that_is_its_own_parent() -> None:
    items = read(
        b"sku,title,price,category\nA,Shirt,1,Women > Tops > women\nB,Coat,1,Women > Coats\n"
    )
    assert codes(items) == [(2, "category", "category_cycle")]
    rss = (SAMPLES / "google_rss.xml").read_text()
    items = read(rss.replace("Women &gt; Shirts", "Shirts &gt; Shirts").encode())
    assert codes(items) == [(7, "category", "category_cycle")]


def test_prices_in_two_currencies() -> None:
    rss = (SAMPLES / "google_rss.xml").read_text().replace("29000 KRW", "29.00 USD")
    assert codes(read(rss.encode())) == [(7, "currency", "currencies_differ")]


def test_a_number_that_stands_twice_counts_once_in_every_format() -> None:
    former = (SAMPLES / "shopify_former.csv").read_text().splitlines()
    twice = "\n".join([*former, former[1].replace("linen-shirt", "other-shirt", 1)])
    assert codes(read(twice.encode())) == [(7, "sku", "duplicate_sku")]
    rss = (SAMPLES / "google_rss.xml").read_text().replace("CT-1", "TS-1042")
    assert codes(read(rss.encode())) == [(27, "sku", "duplicate_sku")]


@pytest.mark.parametrize("name", ["shopify.csv", "cafe24_utf8.csv"])
def test_a_row_that_is_too_long_and_an_endless_cell(name: str) -> None:
    text = (SAMPLES / name).read_text(encoding="utf-8-sig")
    mapping = {BASE: "https://namu.example"}
    row = list(csv.reader(io.StringIO(text)))[1]
    wide = io.StringIO()
    csv.writer(wide).writerows([[*row, "one", "more"], [*row[:-1], "x" * 200_000]])
    items = read((text + wide.getvalue()).encode(), currency="EUR", mapping=mapping)
    assert [code for _row, _field, code in codes(items)] == ["row_too_long"] * 2


def test_mixed_encodings_name_the_line() -> None:
    text = (SAMPLES / "cafe24_utf8.csv").read_bytes().removeprefix(b"\xef\xbb\xbf")
    cp949 = (SAMPLES / "cafe24_cp949.csv").read_bytes().splitlines()[-1]
    with pytest.raises(FileRefused, match="Line 4 is neither") as refused:
        read(text + cp949)
    assert refused.value.code == "wrong_encoding"
