"""XML from strangers: what harms is refused, what breaks off gives what stood before."""

import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.imports.errors import FileRefused
from catalog.imports.items import Item
from catalog.imports.xml import MAX_FIELDS, MAX_TEXT, XmlSource

RSS = (Path(__file__).parent / "samples" / "google_rss.xml").read_text()
BEFORE, ITEM = RSS[: RSS.index("<item>")], RSS[RSS.index("<item>") : RSS.index("</item>") + 7]
AFTER = "</channel></rss>"


def items(data: bytes | str) -> list[Item]:
    raw = data.encode() if isinstance(data, str) else data
    return list(XmlSource(io.BytesIO(raw), currency="KRW").items())


def refused(data: bytes | str) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        items(data)
    return caught.value


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY a{n} "{"&a" + (str(n - 1) if n else "") + ";"}{"&a;" * 9}">' for n in range(9)
    )
    + "]><rss><channel><item><title>&a8;</title></item></channel></rss>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    "<rss><channel><item><title>&f;</title></item></channel></rss>"
)
REMOTE = '<!DOCTYPE rss SYSTEM "http://169.254.169.254/x.dtd"><rss><channel/></rss>'


@pytest.mark.parametrize("data", [LAUGHS, OUTSIDE, REMOTE])
def test_entities_and_document_types_are_refused(data: str) -> None:
    error = refused(data)
    assert error.code == "xml_entities"
    assert "DOCTYPE" in error.message and "root:" not in error.message


@pytest.mark.parametrize(
    "data",
    [
        "<!DOCTYPE html><html><head><title>Login</title></head><body><br></body></html>",
        "<!doctype html>\n<html lang=ko><meta charset=utf-8>",
        "<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>",
        "\ufeff\n  <HTML><body>x</body></HTML>",
    ],
)
def test_a_page_in_the_place_of_a_feed_is_called_a_page(data: str) -> None:
    assert refused(data).code == "is_html"


def test_a_sitemap_and_an_xml_without_items() -> None:
    assert (
        refused('<urlset xmlns="x"><url><loc>https://e.com/</loc></url></urlset>').code
        == "is_sitemap"
    )
    error = refused("<catalog><thing>1</thing></catalog>")
    assert error.code == "no_items" and "<catalog>" in error.message
    assert refused("  \n").code == "empty"


def test_what_stood_before_the_break_counts_and_the_line_is_named() -> None:
    text = RSS[: RSS.rindex("<g:availability>")]
    source = XmlSource(io.BytesIO(text.encode()), currency="KRW")
    good, problem = source.items()
    assert source.broken
    assert good.sku == "TS-1042" and good.draft is not None
    assert problem.draft is None
    assert problem.problems[0].code == "broken_xml"
    assert problem.row == text.count("\n") + 1
    assert f"breaks off in line {problem.row}" in problem.problems[0].message


def test_a_mistake_in_the_middle_names_line_and_sign() -> None:
    text = RSS.replace("<title>Kids' coat</title>", "<title>Kids & coat</title>")
    good, problem = items(text)
    assert good.sku == "TS-1042"
    assert (problem.row, problem.problems[0].code) == (29, "broken_xml")
    assert "Line 29, sign" in problem.problems[0].message


def test_xml_of_no_use_from_the_start() -> None:
    error = refused("<rss><channel><item><g:id>1</g:id></item>")
    assert error.code == "broken_xml" and "Line 1" in error.message


@pytest.mark.parametrize("encoding", ["euc-kr", "ks_c_5601-1987", "utf-16", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    name = "Été" if encoding == "iso-8859-1" else "린넨 셔츠"
    text = RSS.replace("UTF-8", encoding).replace("Linen shirt &amp; belt", name)
    raw = text.encode("cp949" if encoding.startswith("ks") else encoding)
    assert items(raw)[0].draft.fields["title"] == name  # type: ignore[union-attr]


def test_an_encoding_that_the_file_does_not_keep_to() -> None:
    first, second = items(RSS.replace("Kids' coat", "여아 코트").encode("cp949"))
    assert first.draft is not None
    assert second.problems[0].code == "broken_xml" and second.row == 29
    broken = RSS.replace("UTF-8", "euc-kr").encode("cp949").replace(b"Kids' coat", b"\xff\xff")
    first, second = items(broken)
    assert first.draft is not None
    assert (second.row, second.problems[0].code) == (29, "broken_xml")
    assert "encoding" in second.problems[0].message
    assert refused(RSS.replace("UTF-8", "klingon")).code == "wrong_encoding"


def test_items_beyond_measure_are_left_out_one_by_one() -> None:
    long = ITEM.replace("Washed linen", "x" * (MAX_TEXT + 1))
    many = ITEM.replace("</item>", "<g:size>M</g:size>" * MAX_FIELDS + "</item>")
    found = items(BEFORE + long + many + ITEM + AFTER)
    assert [[one.code for one in item.problems] for item in found] == [
        ["too_long"],
        ["row_too_long"],
        [],
    ]
    assert found[0].problems[0].field == "description"
    deep = "<a>" * 100 + "</a>" * 100
    assert items(BEFORE + ITEM + deep + AFTER)[1].problems[0].code == "broken_xml"


class Feed(io.RawIOBase):
    """So many items, made while they are read."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count
        self.seek(0)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._pieces = self._made()
        return 0

    def _made(self) -> Iterator[str]:
        yield BEFORE
        for number in range(self._count):
            yield ITEM.replace("TS-1042", f"T{number}")
        yield AFTER

    def read(self, size: int = -1) -> bytes:
        return next(self._pieces, "").encode()


def test_memory_is_flat_however_many_items_there_are() -> None:
    peaks = []
    for count in (200, 2_000):
        feed = Feed(count)
        source = XmlSource(feed, currency="KRW")  # type: ignore[arg-type]
        tracemalloc.start()
        found = sum(1 for _ in source.items())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert found == count
    # The numbers seen are remembered, a hundred bytes each; the items are not.
    assert peaks[1] < peaks[0] + 2_000 * 400
