"""A CSV's bytes to drafts of products."""

import io
from typing import Any

import pytest

from catalog.imports.errors import FileRefused
from catalog.imports.items import CsvSource, Item
from catalog.imports.text import find_delimiter, find_encoding

HEAD = "sku,title,price"


def items(data: str | bytes, currency: str = "KRW", encoding: str = "utf-8") -> list[Item]:
    raw = data.encode(encoding) if isinstance(data, str) else data
    return list(CsvSource(io.BytesIO(raw), currency=currency).items())


def only(row: str, head: str = HEAD, **fields: Any) -> Item:
    [item] = items(f"{head}\n{row}\n", **fields)
    return item


def codes(item: Item) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in item.problems]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_are_found(encoding: str, sign: str) -> None:
    text = '상품코드,상품명,가격,색상\r\nA1,린넨 셔츠,"39,000원",네이비\r\n'.replace(",", sign)
    text = text.replace(f"39{sign}000", "39,000")
    [item] = items(text, encoding=encoding)
    assert item.draft is not None
    assert item.draft.sku == "A1"
    assert item.draft.fields["title"] == "린넨 셔츠"
    assert item.draft.fields["price"] == 39000
    assert item.draft.tags["color"] == "navy"


def test_a_file_in_no_known_encoding_names_the_line() -> None:
    data = f"{HEAD}\nA,가,1\n".encode() + b"B,\xff\xff\xff,2\n"
    with pytest.raises(FileRefused, match="Line 3 is neither UTF-8 nor CP949") as refused:
        items(data)
    assert refused.value.code == "wrong_encoding"


def test_a_bom_that_lies_is_told() -> None:
    with pytest.raises(FileRefused, match="line 2 is not"):
        items(b"\xef\xbb\xbf" + HEAD.encode() + "\nA,가,1\n".encode("cp949"))


@pytest.mark.parametrize("data", ["", "\n\n  \n", "\ufeff"])
def test_an_empty_file(data: str) -> None:
    with pytest.raises(FileRefused) as refused:
        items(data)
    assert refused.value.code == "empty"


def test_a_file_without_a_header() -> None:
    with pytest.raises(FileRefused, match="first line must name the columns") as refused:
        items("A1,Shirt,39000\nA2,Coat,99000\n")
    assert refused.value.code == "no_header"


def test_a_missing_column_is_named() -> None:
    with pytest.raises(FileRefused, match="no column price") as refused:
        items("sku,title\nA1,Shirt\n")
    assert (refused.value.code, refused.value.field) == ("missing_column", "price")


def test_old_line_ends_and_quoted_line_breaks() -> None:
    assert len(items("sku,title,price\rA,Shirt,1\rB,Coat,2\r")) == 2
    [item] = items('sku,title,price,description\nA,Shirt,1,"two\nlines, and a comma"\n')
    assert item.draft is not None
    assert item.draft.fields["description"] == "two\nlines, and a comma"


def test_good_rows_stand_beside_bad_ones_with_line_field_and_value() -> None:
    found = items(
        f"{HEAD},sale_price\n"
        "A,Shirt,39000,\n"
        "B,Coat,abc,\n"
        ",Hat,5000,\n"
        "C,,5000,\n"
        "\n"
        "D,Bag,-1,\n"
        "A,Again,1,\n"
        "E,Belt,1000,2000\n"
        "F,Sock,,500\n"
        "G,Cap,1000,900\n"
    )
    assert [item.row for item in found] == [2, 3, 4, 5, 7, 8, 9, 10, 11]
    assert [codes(item) for item in found] == [
        [],
        [("price", "price_not_a_number")],
        [("sku", "required")],
        [("title", "required")],
        [("price", "price_negative")],
        [("sku", "duplicate_sku")],
        [("sale_price", "sale_price_above_price")],
        [("price", "required")],
        [],
    ]
    assert found[1].problems[0].value == "abc"
    assert "row 2" in found[5].problems[0].message


def test_a_row_with_more_cells_than_the_header() -> None:
    item = only("A,Shirt,39,000")
    assert codes(item) == [("", "row_too_long")]
    assert "4 cells and the header 3" in item.problems[0].message
    assert only("A,Shirt,39000,,").problems == []


def test_a_line_without_end_and_a_quote_without_end() -> None:
    found = items(f"{HEAD}\nA,{'x' * 1_100_000},1\nB,Coat,2\n")
    assert codes(found[0]) == [("", "row_too_long")]
    assert found[1].sku == "B"
    found = items(f'{HEAD}\nA,"Shirt,1\n' + "B,Coat,2\n" * 20_000)
    assert "closing quote" in found[0].problems[0].message
    assert found[-1].row > 10_000


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://example.com/a.jpg", "url_refused"),
        ("http://10.0.0.1/a.jpg", "url_refused"),
        ("http://localhost/a.jpg", "url_refused"),
        ("a.jpg", "url_refused"),
        ("http://user:pw@example.com/a.jpg", "url_refused"),
    ],
)
def test_photo_addresses_that_are_refused(url: str, code: str) -> None:
    item = only(f"A,Shirt,1,{url}", f"{HEAD},image_url")
    assert codes(item) == [("image_url", code)]


def test_photos_in_one_cell_or_in_several_columns() -> None:
    head = f"{HEAD},image_link,additional_image_link,사진3"
    item = only(
        'A,Shirt,1,https://e.com/1.jpg,"https://e.com/2,x.jpg,https://e.com/3.jpg|'
        'https://e.com/1.jpg",https://e.com/4.jpg',
        head,
    )
    assert item.draft is not None
    assert item.draft.photos == [
        "https://e.com/1.jpg",
        "https://e.com/2,x.jpg",
        "https://e.com/3.jpg",
        "https://e.com/4.jpg",
    ]
    assert only("A,Shirt,1").draft.photos is None  # type: ignore[union-attr]


def test_everything_a_feed_may_say() -> None:
    head = (
        "id,name,price,할인가,통화,브랜드,category,gender,season,link,availability,colour,패턴,소재,"
        "item_group_id,title_ko,Wash at"
    )
    item = only(
        "A,Linen shirt,39.90,29.90,usd,Namu,Women > Tops > Shirts,여성,summer,https://e.com/a,"
        "out of stock,Navy blue,striped,linen,G1,린넨 셔츠,30°",
        head,
    )
    assert item.problems == []
    draft = item.draft
    assert draft is not None
    assert draft.fields == {
        "title": "Linen shirt",
        "price": 3990,
        "sale_price": 2990,
        "currency": "USD",
        "brand": "Namu",
        "feed_category": "Women > Tops > Shirts",
        "gender": "women",
        "season": "summer",
        "url": "https://e.com/a",
        "in_stock": False,
        "variant_group": "G1",
        "translations": {"ko": {"title": "린넨 셔츠"}},
        "attributes": {
            "color": "Navy blue",
            "pattern": "striped",
            "material": "linen",
            "Wash at": "30°",
        },
    }
    assert draft.tags == {
        "category": "shirt",
        "color": "navy",
        "pattern": "stripe-fine",
        "material": "linen",
        "season": "summer",
    }


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("in_stock", "perhaps", ("in_stock", "invalid_stock")),
        ("url", "javascript:alert(1)", ("url", "invalid_url")),
        ("brand", "x" * 121, ("brand", "too_long")),
        ("currency", "gold", ("currency", "unknown_currency")),
    ],
)
def test_values_that_cannot_be_kept(column: str, value: str, problem: tuple[str, str]) -> None:
    assert codes(only(f"A,Shirt,1,{value}", f"{HEAD},{column}")) == [problem]


@pytest.mark.parametrize(
    ("text", "state"), [("3", True), ("0", False), ("품절", False), ("판매중", True), ("Y", True)]
)
def test_stock_in_words_and_numbers(text: str, state: bool) -> None:
    draft = only(f"A,Shirt,1,{text}", f"{HEAD},재고").draft
    assert draft is not None
    assert draft.fields["in_stock"] is state


def test_delimiters_inside_quotes_are_not_counted() -> None:
    assert find_delimiter('"a,b,c";d;e\n') == ";"
    assert find_encoding(io.BytesIO(b"sku,title")) == "utf-8"
