"""Looks in the admin: words in two languages, pieces, and the photo with what was found in it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from recommender.looks import sight
from recommender.models import Look
from tenants.models import AuditEntry, Outbox, Shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import make_product, make_shop
from tests.frontend.conftest import CHROMIUM
from tests.recommender.stock import picture
from tests.support.window import Window

pytestmark = pytest.mark.django_db
LIST = "recommender/look/"
PIECES = {
    "items-TOTAL_FORMS": "0",
    "items-INITIAL_FORMS": "0",
    "items-MIN_NUM_FORMS": "0",
    "items-MAX_NUM_FORMS": "1000",
}
WORDS = {"title": "비 오는 날", "story": "젖은 거리.", "position": "3", "published": "on"}


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenants.doorbell.current_app.send_task", lambda *_, **__: None)


@pytest.fixture
def shop() -> Shop:
    return make_shop(slug="maru", language="ko", hosted_storefront=True)


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


def the_look(shop: Shop) -> Look:
    with shop_scope(shop):
        return Look.objects.prefetch_related("items").get()


def pieces(*told: dict[str, Any], kept: int = 0) -> dict[str, Any]:
    """The inline's fields: the first `kept` pieces are there already."""
    fields = {**PIECES, "items-TOTAL_FORMS": str(len(told)), "items-INITIAL_FORMS": str(kept)}
    for at, piece in enumerate(told):
        values = {"position": str(at), **piece}
        fields |= {f"items-{at}-{name}": value for name, value in values.items()}
    return fields


def add(desk: Desk, shop: Shop, *told: dict[str, Any], **words: Any) -> Look:
    reply = desk.post(LIST + "add/", **WORDS, **words, **pieces(*told))
    assert reply.status_code == 302, reply.content.decode()
    return the_look(shop)


def test_a_look_is_written_in_two_languages(shop: Shop, desk: Desk) -> None:
    look = add(desk, shop, other_title="A rainy day", other_story="Wet streets.")
    assert (look.title, look.story, look.position) == ("비 오는 날", "젖은 거리.", 3)
    assert (look.text("title", "en"), look.text("story", "en")) == ("A rainy day", "Wet streets.")
    assert look.slug == "a-rainy-day"
    page = desk.page(f"{LIST}{look.pk}/change/")
    assert 'value="A rainy day"' in page and "비 오는 날" in page
    with shop_scope(shop):
        assert AuditEntry.objects.filter(action="add", title="비 오는 날").exists()


def test_an_address_that_is_taken_is_refused_and_another_shops_is_not(
    shop: Shop, desk: Desk
) -> None:
    other = make_shop(slug="other")
    add(Desk(other), other, slug="rain")
    add(desk, shop, slug="rain")
    again = desk.post(LIST + "add/", **WORDS, slug="rain", **PIECES)
    assert again.status_code == 200
    assert "Another look has this address." in again.content.decode()


def test_pieces_are_products_or_words(shop: Shop, desk: Desk) -> None:
    coat = make_product(
        shop, sku="COAT", title="울 코트", translations={"en": {"title": "Wool coat"}}
    )
    look = add(
        desk,
        shop,
        {"sku": "COAT", "place": "10, 20, 110 220"},
        {"description": "장화", "other_description": "rain boots"},
    )
    first, second = look.items.all()
    assert (first.product_id, first.description, first.box) == (
        coat.pk,
        "울 코트",
        [10, 20, 110, 220],
    )
    assert first.text("en") == "Wool coat"
    assert (second.product_id, second.description, second.box) == (None, "장화", None)
    assert second.text("en") == "rain boots"


@pytest.mark.parametrize(
    ("piece", "fault"),
    [
        ({"sku": "NONE"}, "The shop has no product with this SKU."),
        ({"other_description": "boots"}, "Give a SKU or words."),
        ({"description": "boots", "place": "1, 2, 3"}, "A place is four whole numbers"),
        ({"description": "boots", "place": "9, 9, 3, 20"}, "A place is four whole numbers"),
        ({"description": "boots", "place": "1, 2, 3, ²"}, "A place is four whole numbers"),
    ],
)
def test_a_piece_that_says_too_little(
    shop: Shop, desk: Desk, piece: dict[str, str], fault: str
) -> None:
    make_product(make_shop(), sku="NONE")
    reply = desk.post(LIST + "add/", **WORDS, **pieces(piece))
    assert reply.status_code == 200
    assert fault in reply.content.decode()


def test_a_piece_is_changed_and_taken_out(shop: Shop, desk: Desk) -> None:
    look = add(desk, shop, {"description": "장화"}, {"description": "우산"})
    first, second = look.items.all()
    told = (
        {"id": first.pk, "look": look.pk, "description": "긴 장화"},
        {"id": second.pk, "look": look.pk, "description": "우산", "DELETE": "on"},
    )
    reply = desk.post(f"{LIST}{look.pk}/change/", **WORDS, slug=look.slug, **pieces(*told, kept=2))
    assert reply.status_code == 302
    assert [one.description for one in the_look(shop).items.all()] == ["긴 장화"]


def test_the_photo_is_kept_and_what_is_found_is_drawn_over_it(
    shop: Shop, desk: Desk, settings: Settings, tiny_bundle: Path
) -> None:
    settings.VISION_BUNDLE = str(tiny_bundle)
    look = add(desk, shop)
    page = f"{LIST}{look.pk}/change/"
    assert "No photo" in desk.page(page)
    photo = SimpleUploadedFile("look.png", picture("upper", "lower"))
    assert desk.post(f"{LIST}{look.pk}/photo/", photo=photo).status_code == 302
    assert "Being looked at" in desk.page(page)
    assert sight.looks_see(shop_id=shop.pk) == 1
    look = the_look(shop)
    shown = desk.page(page)
    assert look.photo.url in shown and "2 garments found" in shown
    assert shown.count("<rect") == 3
    assert f'href="/shop/maru/looks/{look.slug}/"' in shown
    assert "2 garments found" in desk.page(LIST)


def test_moving_a_piece_lets_the_photo_be_looked_at_again(
    shop: Shop, desk: Desk, settings: Settings, tiny_bundle: Path
) -> None:
    settings.VISION_BUNDLE = str(tiny_bundle)
    look = add(desk, shop, {"description": "상의"})
    desk.post(f"{LIST}{look.pk}/photo/", photo=SimpleUploadedFile("a.png", picture("upper")))
    sight.looks_see(shop_id=shop.pk)
    item = the_look(shop).items.all()[0]
    told = {"id": item.pk, "look": look.pk, "description": "상의"}
    change = f"{LIST}{look.pk}/change/"
    desk.post(change, **WORDS, slug=look.slug, **pieces(told, kept=1))
    assert not Outbox.objects.filter(topic="look").exists()
    moved = {**told, "place": "32, 20, 128, 120"}
    desk.post(change, **WORDS, slug=look.slug, **pieces(moved, kept=1))
    assert sight.looks_see(shop_id=shop.pk) == 1
    assert the_look(shop).garments[0]["item"] == item.pk


def test_a_new_piece_comes_last(shop: Shop, desk: Desk) -> None:
    look = add(desk, shop, {"description": "장화", "position": "4"})
    [first] = look.items.all()
    told = (
        {"id": first.pk, "look": look.pk, "description": "장화", "position": "4"},
        {"description": "우산", "position": ""},
    )
    desk.post(f"{LIST}{look.pk}/change/", **WORDS, slug=look.slug, **pieces(*told, kept=1))
    assert [(one.description, one.position) for one in the_look(shop).items.all()] == [
        ("장화", 4),
        ("우산", 5),
    ]


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no Chromium")
def test_a_place_is_drawn_over_the_photo(shop: Shop, desk: Desk) -> None:
    look = add(desk, shop, {"description": "상의"}, {"description": "하의"})
    photo = SimpleUploadedFile("a.png", picture("upper", size=(300, 400)))
    desk.post(f"{LIST}{look.pk}/photo/", photo=photo)
    address = f"/admin/maru/{LIST}{look.pk}/change/"
    window = Window(desk.client)
    window.learn(address)
    with window.open(1440, 900) as page:
        page.goto(f"http://shop.test{address}")
        field = page.locator("input[data-place]").nth(1)
        field.click()
        box = page.locator("[data-look-photo]").bounding_box()
        assert box and 0 <= box["y"] < 900
        scale = box["width"] / 300
        page.mouse.move(box["x"] + 200 * scale, box["y"] + 250 * scale)
        page.mouse.down()
        page.mouse.move(box["x"] + 50 * scale, box["y"] + 30 * scale, steps=4)
        page.mouse.up()
        drawn = [int(one) for one in field.input_value().split(", ")]
        assert drawn == pytest.approx([50, 30, 200, 250], abs=2)
        assert page.locator("input[data-place]").nth(0).input_value() == ""
    assert window.wrong == []


@pytest.mark.parametrize(
    ("data", "fault"), [(b"", "The file is empty."), (b"text", "This is not an image.")]
)
def test_what_is_no_photo_is_told(shop: Shop, desk: Desk, data: bytes, fault: str) -> None:
    look = add(desk, shop)
    upload = SimpleUploadedFile("look.jpg", data)
    reply = desk.post(f"{LIST}{look.pk}/photo/", follow=True, photo=upload)
    assert fault in reply.content.decode()
    assert not the_look(shop).photo


def test_a_viewer_reads_and_writes_nothing(shop: Shop, desk: Desk) -> None:
    look = add(desk, shop, {"description": "장화"})
    viewer = Desk(shop, "viewer")
    page = viewer.page(f"{LIST}{look.pk}/change/")
    assert "장화" in page and 'name="photo"' not in page and 'name="items-0-sku"' not in page
    photo = SimpleUploadedFile("look.png", picture("upper"))
    assert viewer.post(f"{LIST}{look.pk}/photo/", photo=photo).status_code == 403
    change = viewer.post(f"{LIST}{look.pk}/change/", **WORDS, slug="x", **PIECES)
    assert change.status_code == 403
    assert the_look(shop).slug == look.slug


def test_another_shops_look_is_not_there(shop: Shop, desk: Desk) -> None:
    other = make_shop(slug="other")
    theirs = add(Desk(other), other)
    assert desk.get(f"{LIST}{theirs.pk}/change/").status_code == 404
    photo = SimpleUploadedFile("look.png", picture("upper"))
    assert desk.post(f"{LIST}{theirs.pk}/photo/", photo=photo).status_code == 404
