"""What is wrong with rows, files and feeds is said in the reader's language."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.utils.translation import gettext, override

from catalog.admin.fault_sentences import SENTENCES
from catalog.admin.fault_words import fault_words
from catalog.imports.errors import FileRefused
from catalog.imports.kinds import kind_of, source_of
from catalog.models import Feed, ImportProblem, ImportRun
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.catalog.runs import imported
from tests.factories import make_shop

ROOT = Path(__file__).resolve().parents[2]
PLACE = re.compile(r"%\((\w+)\)s")
BAD_ROWS = (
    "sku,title,price,sale_price,currency,url,in_stock,category,image_url\n"
    ",No number,1000,,,,,,\n"
    "A,Word,cheap,,,,,,\n"
    "B,Less,-1,,,,,,\n"
    "C,Fine,1.5,,,,,,\n"
    "D,Large,99999999999999999999,,,,,,\n"
    "E,Sale,1000,2000,,,,,\n"
    "F,Two,1000 KRW,9 USD,,,,,\n"
    "G,Unknown,1000,,ABC,,,,\n"
    "H,Address,1000,,,no address,,,\n"
    "I,Stock,1000,,,,perhaps,,\n"
    "J,Path,1000,,,,,Women > Shirts > Women,\n"
    "K,Photo,1000,,,,,,http://127.0.0.1/a.jpg\n"
    f"L,{'x' * 400},1000,,,,,,\n"
    "M,Good,1000,,,,,,\n"
    "M,Again,1000,,,,,,\n"
    "N,Wide,1000,,,,,,,,,further\n"
)
BAD_FILES = (
    ("a.csv", b""),
    ("a.csv", b"name,what\nA,B\n"),
    ("a.csv", b"sku,title,price\nA,\xff\xfe\xfa,1\n"),
    ("a.xml", b"<!doctype html><html><body>Log in</body></html>"),
    ("a.xml", b"<?xml version='1.0'?><urlset><url/></urlset>"),
    ("a.xml", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><rss/>"),
    ("a.xml", b"<?xml version='1.0'?><rss></rss>"),
    ("a.xml", b"<?xml version='1.0'?><rss><chan"),
    ("a.zip", b"PK\x03\x04 cut off"),
)


@pytest.fixture
def shop(db):
    return make_shop(slug="maru", language="ko")


def korean(desk: Desk) -> Desk:
    desk.client.cookies["django_language"] = "ko"
    return desk


def is_korean(text: str) -> bool:
    return bool(re.search(r"[가-힣]", text)) and not re.search(r"[a-z]{3,} [a-z]{2,} [a-z]+", text)


def test_every_sentence_is_translated_with_the_same_places():
    for sentence in SENTENCES:
        with override("ko"):
            said = gettext(sentence)
        assert said != sentence, sentence
        assert set(PLACE.findall(said)) == set(PLACE.findall(sentence)), sentence


def test_every_sentence_is_one_that_the_code_says():
    """One that is worded anew in its place must be so here too."""
    files = [*ROOT.glob("catalog/**/*.py"), *ROOT.glob("tenants/**/*.py")]
    code = "".join(one.read_text() for one in files if one.name != "fault_sentences.py")
    code = re.sub(r'"\s*\n\s*f?"', "", code)
    for sentence in SENTENCES:
        for piece in re.split(r"%\(\w+\)s", sentence):
            assert len(piece) < 8 or piece.strip(" .:“”") in code, (sentence, piece)


def test_every_bad_row_is_told_in_korean(shop):
    run = imported(shop, BAD_ROWS)
    with shop_scope(shop):
        problems = list(ImportProblem.objects.filter(run=run))
    assert len({one.code for one in problems}) >= 13
    for one in problems:
        assert fault_words(one.code, one.message) == one.message
        with override("ko"):
            assert is_korean(fault_words(one.code, one.message)), (one.code, one.message)


def read(name, data):
    source = source_of(kind_of(data, name), io.BytesIO(data), currency="KRW", mapping={})
    return list(source.items())


@pytest.mark.parametrize(("name", "data"), BAD_FILES)
def test_every_refused_file_is_told_in_korean(name, data):
    with pytest.raises(FileRefused) as refused:
        read(name, data)
    with override("ko"):
        told = fault_words(refused.value.code, refused.value.message)
    assert is_korean(told.replace("sku, title, price", "")), told


def test_pages_and_report_say_it_and_codes_stay(shop):
    desk = korean(Desk(shop))
    run = imported(shop, "sku,title,price\nA,Shirt,cheap\n")
    page = desk.page(f"catalog/importrun/{run.pk}/change/")
    assert "‘cheap’: 가격이 아니에요." in page and "is no price" not in page
    report = b"".join(desk.get(f"catalog/importrun/{run.pk}/problems.csv")).decode()
    assert "price: ‘cheap’: 가격이 아니에요." in report
    with shop_scope(shop):
        other = ImportRun.objects.create(kind="zip", filename="x.zip", state="done")
        ImportProblem.objects.create(run=other, row=1, code="required", message="sku is empty.")
    text = b"".join(desk.get(f"catalog/importrun/{other.pk}/problems.csv")).decode()
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert (row["code"], row["message"]) == ("required", "sku 칸이 비어 있어요.")


def test_a_refused_file_and_a_failing_feed_say_it(shop):
    desk = korean(Desk(shop))
    run = imported(shop, "name,what\nA,B\n")
    assert is_korean(run.detail) is False
    page = desk.page(f"catalog/importrun/{run.pk}/change/")
    assert run.detail not in page.replace("&#x27;", "'") and "열이 없어요" in page
    with shop_scope(shop):
        feed = Feed.objects.create(
            name="Feed",
            url="https://example.com/feed.xml",
            failures=1,
            last_code="run_failed",
            last_detail="The file is the same as before: The file is empty.",
        )
    page = desk.page(f"catalog/feed/{feed.pk}/change/")
    assert "파일이 지난번과 같아요. 파일이 비어 있어요." in page
    with shop_scope(shop):
        Feed.objects.update(
            last_code="status", last_detail="example.com/feed.xml: the server answered 500"
        )
    assert "서버가 500(으)로 답했어요." in desk.page(f"catalog/feed/{feed.pk}/change/")


def test_what_no_sentence_fits_is_told_by_its_code_or_as_it_is():
    with override("ko"):
        assert fault_words("too_small", "The image has 9×9 pixels.") == gettext(
            "The image is too small."
        )
        assert fault_words("nobody knows", "Something else.") == "Something else."
        assert fault_words("", "") == ""
