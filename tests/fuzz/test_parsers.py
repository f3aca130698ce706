"""What people and machines write is read or refused in words, whatever it is: no other error."""

import io
import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ValidationError

from catalog.api.cursors import CursorField
from catalog.imports.addresses import addresses, is_web_address
from catalog.imports.errors import FileRefused
from catalog.imports.kinds import kind_of, source_of
from catalog.imports.plain import plain_text
from catalog.imports.prices import PriceError, read_currency, read_price
from catalog.imports.tables import table_of
from catalog.imports.zips import groups, zip_source
from recommender.pages import cursor_read
from recommender.words.prices import price_words
from tests.fuzz.size import tried, tries

NAMES = ("sku", "title", "price", "color", "image_url", "상품코드", "상품명", "판매가", "Handle")
CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "12,900원", "$1.99", "1e400", "NaN", "-0", "https://a.b/c.jpg", '"', "\0", "０１２"]
    ),
)
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp949"])
WORDS = ("item", "g:id", "g:title", "g:price", "g:image_link", "entry", "channel", "rss", "br")
PIECES = st.lists(
    st.one_of(
        st.sampled_from([f"<{word}>" for word in WORDS] + [f"</{word}>" for word in WORDS]),
        st.sampled_from(["<![CDATA[", "]]>", "<!--", "-->", "&amp;", "&x;", "&#0;", "&#x110000;"]),
        st.sampled_from(['<!DOCTYPE a [<!ENTITY x "x">]>', '<?xml version="1.0"?>', "<item/>"]),
        st.text(max_size=12),
    ),
    max_size=25,
)


def lenient(text: str, encoding: str) -> bytes:
    return text.encode(encoding, "ignore")


@st.composite
def tables(draw: Any) -> bytes:
    others = draw(st.lists(st.sampled_from(NAMES) | st.text(max_size=8), max_size=5))
    names = [*draw(st.sampled_from([("sku", "title"), ("상품코드", "상품명"), ()])), *others]
    rows = draw(st.lists(st.lists(CELLS, max_size=9), max_size=8))
    comma, end = draw(st.sampled_from([",", ";", "\t", "|"])), draw(LINE_ENDS)
    return lenient(end.join(comma.join(row) for row in [names, *rows]), draw(ENCODINGS))


@st.composite
def feeds(draw: Any) -> bytes:
    head = draw(
        st.sampled_from([
            "", '<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel>',
            '<?xml version="1.0" encoding="euc-kr"?><rss><channel>',
            '<feed xmlns="http://www.w3.org/2005/Atom">', "<products>",
        ])
    )  # fmt: skip
    return lenient(head + "".join(draw(PIECES)), draw(ENCODINGS))


@st.composite
def archives(draw: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        names = st.text(min_size=1, max_size=20) | paths()
        for name in draw(st.lists(names, max_size=5, unique=True)):
            archive.writestr(name, draw(st.binary(max_size=60)))
    data = bytearray(out.getvalue())
    for at, value in draw(st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=4)):
        data[at % len(data)] = value
    return bytes(data)


def paths() -> st.SearchStrategy[str]:
    parts = st.sampled_from(["..", ".", "a", "TS-1_2", "C:", "\\", "con", " ", "가", "_1", "x.jpg"])
    return st.lists(parts, min_size=1, max_size=5).map("/".join)


KINDS = {"table": tables(), "feed": feeds(), "zip": archives(), "bytes": st.binary(max_size=400)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_products(kind: str) -> None:
    @tries(40)
    @given(KINDS[kind])
    def read(data: bytes) -> None:
        found = kind_of(data[:65536], "a.csv")
        with suppress(FileRefused):
            table_of(io.BytesIO(data), "a.csv")
        for chosen in {found, "csv"}:
            try:
                items = list(source_of(chosen, io.BytesIO(data), currency="KRW").items())
            except FileRefused as refused:
                assert refused.code and refused.message
                tried("a file of products", f"refused as {chosen}")
            else:
                assert all(item.draft or item.problems for item in items)
                json.dumps([problem.message for item in items for problem in item.problems])
                tried("a file of products", f"read as {chosen}")

    read()


test_a_file_of_products.what = "a file of products"  # type: ignore[attr-defined]


def outcome(reads: Callable[[str], object], refusals: tuple[type[Exception], ...]) -> Any:
    def one(text: str) -> str:
        try:
            reads(text)
        except refusals as refused:
            assert str(refused) is not None
            return "refused"
        return "read"

    return one


TEXTS: dict[str, Any] = {
    "a price": outcome(lambda text: read_price(text, "KRW"), (PriceError,)),
    "a price with cents": outcome(lambda text: read_price(text, "USD"), (PriceError,)),
    "a currency": outcome(read_currency, (PriceError,)),
    "a price in words": outcome(lambda text: price_words(text, "KRW"), ()),
    "a cursor of products": outcome(CursorField().to_internal_value, (ValidationError,)),
    "a cursor of results": outcome(cursor_read, (ValueError,)),
    "addresses in a cell": outcome(
        lambda text: [is_web_address(one) for one in addresses(text)], ()
    ),
    "a description": outcome(plain_text, ()),
    "names in a ZIP": outcome(lambda text: groups(text.split("\n")), ()),
}
SCRAPS = st.sampled_from(
    ["12,900", "1000", "원", "USD", "KRW", "99.90", "$",
     "만원", "이하", "5", "1,2", "€", "under", "~", "₩", "천", "https://", "[::1", "%", "=", "_1",
     "/", "\n", ".jpg", "<b", "&lt", "<!--", "..", "０", "²", "-", "억", "１２", "٣"]
)  # fmt: skip


@pytest.mark.parametrize("what", TEXTS)
def test_a_text(what: str) -> None:
    @tries(60)
    @given(st.text(max_size=60) | st.lists(SCRAPS | st.text(max_size=3), max_size=9).map("".join))
    def read(text: str) -> None:
        tried("a text", f"{what} {TEXTS[what](text)}")

    read()


test_a_text.what = "a text"  # type: ignore[attr-defined]


def test_a_zip_that_was_cut_anywhere() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "sku,title\n1,a\n")
        archive.writestr("1.jpg", b"\xff\xd8\xff" * 40)
    whole = out.getvalue()
    for cut in range(0, len(whole), 3):
        try:
            list(zip_source(io.BytesIO(whole[:cut]), currency="KRW").items())
        except FileRefused as refused:
            tried("a ZIP that was cut", refused.code)
        else:
            tried("a ZIP that was cut", "read")


test_a_zip_that_was_cut_anywhere.what = "a ZIP that was cut"  # type: ignore[attr-defined]
