"""What becomes of the names in a ZIP, and of a ZIP that means harm."""

import io
import stat
import zipfile

import pytest

from catalog.imports.errors import EntryRefused, FileRefused
from catalog.imports.items import Item
from catalog.imports.zips import groups, title_of, zip_source
from tests.factories import jpeg
from tests.support.zips import zipped

PHOTO = jpeg()


def items(data: bytes) -> list[Item]:
    return list(zip_source(io.BytesIO(data), currency="KRW").items())


def products(data: bytes) -> dict[str, Item]:
    return {item.sku: item for item in items(data) if item.draft is not None}


def problem_codes(data: bytes) -> list[str]:
    return [problem.code for item in items(data) for problem in item.problems]


def test_the_name_is_the_sku_and_the_folder_the_brand() -> None:
    found = products(
        zipped(
            {"Namu/TS-1042.jpg": PHOTO, "Namu/TS-1042_2.jpg": PHOTO, "Baram/coat_red.png": PHOTO}
        )
    )
    assert set(found) == {"TS-1042", "coat_red"}
    shirt = found["TS-1042"]
    assert shirt.names == ("Namu/TS-1042.jpg", "Namu/TS-1042_2.jpg")
    assert shirt.draft is not None
    assert shirt.draft.fields == {"title": "TS 1042", "brand": "Namu"}


def test_further_photos_need_their_first() -> None:
    names = ["A.jpg", "A-2.jpg", "A-10.jpg", "B_1.jpg", "B_2.jpg", "dress-1.jpg", "dress-2.jpg"]
    assert {group.sku: group.names for group in groups(names)} == {
        "A": ("A.jpg", "A-2.jpg", "A-10.jpg"),
        "B": ("B_1.jpg", "B_2.jpg"),
        "dress-1": ("dress-1.jpg",),
        "dress-2": ("dress-2.jpg",),
    }


@pytest.mark.parametrize("name", [".", "./", "./."])
def test_a_file_whose_name_says_nothing_is_left_out(name: str) -> None:
    assert set(products(zipped({name: PHOTO, "A.jpg": PHOTO}))) == {"A"}


def test_one_name_in_two_folders_is_two_products() -> None:
    assert {group.sku for group in groups(["a/01.jpg", "b/01.jpg", "b/02.jpg"])} == {
        "a-01",
        "b-01",
        "02",
    }


def test_the_folder_that_holds_everything_is_no_brand() -> None:
    found = groups(["my photos/x.jpg", "my photos/Namu/y.jpg"])
    assert {group.sku: group.brand for group in found} == {"x": "", "y": "Namu"}


def test_titles_from_names() -> None:
    assert title_of("blue_linen-shirt") == "Blue linen shirt"
    assert title_of("_") == "_"


def test_a_csv_beside_the_photos_gives_titles_and_prices() -> None:
    table = (
        "file,sku,title,price,brand\n"
        'a.jpg,A1,Shirt,"39,000원",Namu\n'
        "IMG/B.JPG|img/c.jpg,,,,\n"
        "missing.jpg,A3,Coat,1,\n"
        ",D,Bag,5000,\n"
        ",,Nothing,1,\n"
    )
    data = zipped(
        {
            "set/products.csv": table.encode("cp949"),
            "set/a.jpg": PHOTO,
            "set/img/b.jpg": PHOTO,
            "set/img/c.jpg": PHOTO,
            "set/D.jpg": PHOTO,
            "set/D_2.jpg": PHOTO,
            "set/e.jpg": PHOTO,
        }
    )
    found = products(data)
    assert set(found) == {"A1", "b", "D", "e"}
    assert found["A1"].draft is not None
    assert found["A1"].draft.fields["price"] == 39000
    assert found["b"].names == ("set/img/b.jpg", "set/img/c.jpg")
    assert found["b"].draft is not None
    assert found["b"].draft.fields["title"] == "B"
    assert found["D"].names == ("set/D.jpg", "set/D_2.jpg")
    problems = [(item.row, one.code) for item in items(data) for one in item.problems]
    assert problems == [(4, "photo_missing"), (6, "required")]


def test_names_in_cp949_and_in_utf8_without_the_flag() -> None:
    shirt, coat = "셔츠", "코트"
    data = zipped(
        {"xxxx.jpg": PHOTO, "yyyyyy.jpg": PHOTO, f"{shirt}긴팔.jpg": PHOTO},
        raw_names={"xxxx": shirt.encode("cp949"), "yyyyyy": coat.encode()},
    )
    assert set(products(data)) == {shirt, coat, "셔츠긴팔"}


def test_litter_of_operating_systems_is_passed_over() -> None:
    data = zipped({"__MACOSX/._a.jpg": b"x", ".DS_Store": b"x", "Thumbs.db": b"x", "a.jpg": PHOTO})
    assert set(products(data)) == {"a"}
    assert problem_codes(data) == []


@pytest.mark.parametrize(
    "name", ["../evil.jpg", "a/../../evil.jpg", "/etc/evil.jpg", "C:/evil.jpg"]
)
def test_names_that_lead_out_are_refused(name: str) -> None:
    data = zipped({name: PHOTO, "good.jpg": PHOTO})
    assert set(products(data)) == {"good"}
    assert problem_codes(data) == ["unsafe_name"]


def test_links_locked_files_archives_and_other_files_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link.jpg")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("inner.zip", zipped({"a.jpg": PHOTO}))
        archive.writestr("readme.txt", "hello")
        archive.writestr("locked.jpg", PHOTO)
        archive.writestr("good.jpg", PHOTO)
    data = bytearray(out.getvalue())
    entry = data.rindex(b"locked.jpg") - 46
    data[entry + 8] |= 1
    assert problem_codes(bytes(data)) == ["symlink", "nested_archive", "not_an_image", "encrypted"]
    assert set(products(bytes(data))) == {"good"}


def test_a_bomb_is_not_unpacked() -> None:
    data = zipped({"bomb.jpg": bytes(8 * 2**20), "good.jpg": PHOTO}, level=9)
    assert problem_codes(data) == ["bomb"]
    assert set(products(data)) == {"good"}


def test_a_size_that_lies_is_read_no_further_than_the_limit() -> None:
    data = bytearray(zipped({"big.jpg": bytes(2**20)}, level=9))
    entry = data.rindex(b"big.jpg") - 46
    data[entry + 24 : entry + 28] = (50).to_bytes(4, "little")
    source = zip_source(io.BytesIO(bytes(data)), currency="KRW")
    with pytest.raises(EntryRefused) as refused:
        source.photo("big.jpg")
    assert refused.value.code == "damaged"


def test_many_files_that_are_too_much_together(monkeypatch: pytest.MonkeyPatch) -> None:
    from catalog.imports import archive

    monkeypatch.setattr(archive, "TOTAL_FROM_BYTES", 2**20)
    piece = bytes(600_000)
    source = zip_source(
        io.BytesIO(zipped({"a.jpg": piece, "b.jpg": piece}, level=9)), currency="KRW"
    )
    source.photo("a.jpg")
    with pytest.raises(FileRefused) as refused:
        source.photo("b.jpg")
    assert refused.value.code == "bomb"


def test_a_photo_that_is_too_large_or_damaged() -> None:
    data = bytearray(zipped({"big.jpg": bytes(11 * 2**20), "bad.jpg": PHOTO}))
    at = data.index(PHOTO)
    data[at + 50] ^= 0xFF
    source = zip_source(io.BytesIO(bytes(data)), currency="KRW")
    for name, code in (("big.jpg", "too_large"), ("bad.jpg", "damaged")):
        with pytest.raises(EntryRefused) as refused:
            source.photo(name)
        assert refused.value.code == code


@pytest.mark.parametrize("data", [b"PK\x03\x04 and then nothing", zipped({"a.jpg": PHOTO})[:-30]])
def test_what_is_no_zip(data: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        items(data)
    assert refused.value.code == "not_a_zip"
