"""The demo's looks: what they are made of, how they lie, and that they are drawn once."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from lookus import demo, demo_looks
from lookus.demo_drawn import PRODUCTS, SHOPS
from lookus.demo_looks import Story, draw_looks, laid, stories
from lookus.demo_painter import LOOK_SIZE, draw_look
from recommender.models import Look
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.factories import make_product
from vision.render import DemoProduct, demo_catalogue

EVERY = [(shop, story) for shop in SHOPS for story in stories(shop)]


def catalogue(shop: str) -> dict[str, DemoProduct]:
    return {one.sku: one for one in demo_catalogue(shop, PRODUCTS)}


def test_the_first_shop_has_a_magazine_of_sixteen() -> None:
    assert len(stories("atelier")) == 16
    assert len({story.slug for _, story in EVERY}) == len(EVERY) == 24


@pytest.mark.parametrize(("shop", "story"), EVERY, ids=[story.slug for _, story in EVERY])
def test_each_is_told_in_both_languages_of_products_on_sale(shop: str, story: Story) -> None:
    for language in ("en", "ko"):
        words = story.words[language]
        assert 2 <= len(words["title"]) <= 40
        assert 80 <= len(words["story"]) <= 400
    assert any("가" <= letter <= "힣" for letter in story.words["ko"]["story"])
    on_sale = catalogue(shop)
    assert len(story.skus) >= 3
    assert all(on_sale[sku].in_stock for sku in story.skus)


@pytest.mark.parametrize(("shop", "story"), EVERY, ids=[story.slug for _, story in EVERY])
def test_no_piece_leaves_the_photo_and_none_of_a_kind_twice(shop: str, story: Story) -> None:
    specs = {sku: one.specs[0] for sku, one in catalogue(shop).items()}
    pieces = laid(story, specs)
    assert {spec.background for spec, _ in pieces} == {story.ground}
    assert len({spec.category for spec, _ in pieces}) == len(pieces)
    for _, (x, y, width, height) in pieces:
        assert width / 2 <= x <= 1 - width / 2 and height / 2 <= y <= 1 - height / 2


def test_a_drawn_look_has_a_box_for_each_piece_apart_from_the_others() -> None:
    story = stories("atelier")[1]
    specs = {sku: one.specs[0] for sku, one in catalogue("atelier").items()}
    data, boxes = draw_look(laid(story, specs))
    with Image.open(io.BytesIO(data)) as photo:
        assert photo.size == LOOK_SIZE and photo.format == "JPEG"
    assert len(boxes) == len(story.skus)
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart_x = one[2] <= other[0] or other[2] <= one[0]
            assert apart_x or one[3] <= other[1] or other[3] <= one[1]


@pytest.fixture
def atelier(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """The demo's first shop with the products of its third look, and none of the others'."""
    settings.LOOKUS_HOME = tmp_path
    monkeypatch.setattr("tenants.doorbell.current_app.send_task", lambda *_, **__: None)
    monkeypatch.setattr(demo_looks.os, "cpu_count", lambda: 1)
    shop = demo.shop(demo.account().mall, slug="atelier", **SHOPS["atelier"], currency="KRW")
    on_sale = catalogue("atelier")
    for sku in stories("atelier")[2].skus:
        make_product(shop, sku=sku, title=on_sale[sku].title_ko)
    return shop


@pytest.mark.django_db(transaction=True)
def test_looks_of_products_that_are_there_are_drawn_once(atelier: Shop) -> None:
    said: list[str] = []
    draw_looks(atelier, products=PRODUCTS, say=said.append)
    assert said == ["Namu Atelier: 1 look drawn"]
    with shop_scope(atelier):
        look = Look.objects.get()
        assert look.title == "늦여름의 식탁"
        assert look.text("title", "en") == "Late summer table"
        assert look.text("story", "ko") == look.story
        items = list(look.items.all())
        assert [one.product_id is None for one in items] == [False, False, False, True]
        assert all(one.box for one in items[:3]) and items[3].box is None
        assert items[3].text("en") == "straw hat with a wide brim"
        assert look.photo.storage.exists(look.photo.name)
        assert (look.width, look.height) == LOOK_SIZE
    assert Outbox.objects.filter(shop=atelier, topic="look").count() == 1
    draw_looks(atelier, products=PRODUCTS, say=said.append)
    assert len(said) == 1
