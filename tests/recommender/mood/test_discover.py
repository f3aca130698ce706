"""`POST /malls/discover`: a photo, the shops of its mood, and three products of each."""

import io
import json
from typing import Any

import pytest
from django.test import Client

from analytics.models import Event
from billing.models import Kind, LedgerEntry, MonthlyUsage
from billing.services import this_month, used_in_month
from catalog.models import Tag
from recommender.models import Rule
from recommender.mood.services import mood_refresh
from tenants.models import Mall, Shop
from tenants.scope import shop_scope
from tests.factories import make_key, make_mall, make_shop
from tests.recommender.mood.wardrobe import wardrobe
from tests.recommender.stock import count_in, picture, png, stocked
from tests.support.tiny_bundle import PAINT
from vision.analyzer import Analyzer
from vision.bundle import GARMENT_FREE
from vision.decode import decode_image

pytestmark = pytest.mark.django_db(transaction=True)

PATH = "/api/v1/malls/discover"
ORDER = ("casual", "sports", "formal", "ethnic", "street", "lounge", "party", "romantic", "classic")


def show(token: str, data: bytes, **fields: str) -> Any:
    upload = io.BytesIO(data)
    upload.name = "photo.png"
    headers = {"Authorization": f"Bearer {token}"}
    return Client().post(PATH, {"image": upload, **fields}, headers=headers)


def ask(token: str, **fields: Any) -> Any:
    return Client().post(
        PATH,
        json.dumps(fields),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


@pytest.fixture
def mall() -> Mall:
    return make_mall()


@pytest.fixture
def token(mall: Mall) -> str:
    return make_key("mk", mall=mall)[1]


def style_of(analyzer: Analyzer, data: bytes) -> str:
    """What the test's bundle calls this photo: its words mean nothing, but stay the same."""
    return str(analyzer.analyze(decode_image(data)).main.style)


def kin_of(style: str) -> tuple[str, str]:
    """Another style of the same parent, and one of another parent."""
    families = (("casual", "street", "lounge"), ("formal", "classic"), ("party", "romantic"))
    family = next((one for one in families if style in one), (style,))
    far = next(one for one in ORDER if one not in family)
    return next((one for one in family if one != style), style), far


def shop_of_style(
    mall: Mall, analyzer: Analyzer, name: str, *, joined: bool = True, **styles: int
) -> Shop:
    """A shop with three products that look like the photo and as many of each style as told."""
    shop = make_shop(mall, name=name, slug=name.lower(), discoverable=joined, language="en")
    for number in range(4):
        stocked(
            shop,
            analyzer,
            data=picture("upper", stain=number),
            product={"sku": f"{name}-{number}", "title": f"{name} {number}"},
        )
    return wardrobe(shop, **styles)


def test_the_shops_of_the_photos_style_come_first(
    mall: Mall, token: str, analyzer: Analyzer
) -> None:
    photo = picture("upper")
    style = style_of(analyzer, photo)
    _, far = kin_of(style)
    for name, counts in {
        "Little": {style: 8, far: 40},
        "Much": {style: 40, far: 8},
        "None": {far: 48},
        "Some": {style: 24, far: 24},
    }.items():
        shop_of_style(mall, analyzer, name, **counts)
    reply = show(token, photo)
    assert reply.status_code == 200, reply.content
    told = reply.json()
    assert told["style"]["id"] == style == told["styles"][0]["id"]
    assert sum(one["share"] for one in told["styles"]) == pytest.approx(1, abs=0.001)
    assert told["total"] == 3
    found = [(one["name"], one["by"]) for one in told["shops"]]
    assert found == [("Much", "style"), ("Some", "style"), ("Little", "nearest")]
    assert told["shops"][0]["lift"] > told["shops"][1]["lift"] > 1 > told["shops"][2]["lift"]
    for shop in told["shops"]:
        assert [one["product_id"] for one in shop["results"]] == [
            f"{shop['name']}-{number}" for number in range(3)
        ]
        assert shop["results"][0]["why"]["sentence"]


def test_where_a_style_has_too_few_its_parents_shops_follow(
    mall: Mall, token: str, analyzer: Analyzer
) -> None:
    photo = next(
        one
        for one in (picture(name, stain=9) for name in PAINT if name not in GARMENT_FREE)
        if kin_of(style_of(analyzer, one))[0] != style_of(analyzer, one)
    )
    style = style_of(analyzer, photo)
    kin, far = kin_of(style)
    shop_of_style(mall, analyzer, "Far", **{far: 60})
    shop_of_style(mall, analyzer, "Further", **{far: 70})
    shop_of_style(mall, analyzer, "Kin", **{kin: 60})
    shop_of_style(mall, analyzer, "Own", **{style: 60})
    told = show(token, photo).json()
    found = [(one["name"], one["by"]) for one in told["shops"]]
    assert found[:2] == [("Own", "style"), ("Kin", "parent")]
    assert found[2][1] == "nearest"
    assert "kindred" in told["shops"][1]["sentence"]


def test_only_shops_that_joined_are_found(mall: Mall, token: str, analyzer: Analyzer) -> None:
    photo = picture("upper")
    style = style_of(analyzer, photo)
    shop_of_style(mall, analyzer, "There", **{style: 5})
    shop_of_style(mall, analyzer, "Quiet", joined=False, **{style: 50})
    shop_of_style(make_mall(), analyzer, "Elsewhere", **{style: 50})
    reply = show(token, photo)
    assert [one["name"] for one in reply.json()["shops"]] == ["There"]
    assert b"Quiet" not in reply.content and b"Elsewhere" not in reply.content


def test_a_product_that_its_shop_hides_is_hidden_here_too(
    mall: Mall, token: str, analyzer: Analyzer
) -> None:
    shop = shop_of_style(mall, analyzer, "There", casual=3)
    with shop_scope(shop):
        Rule.objects.create(name="Away", action="hide", skus=["There-0"])
    (found,) = show(token, picture("upper")).json()["shops"]
    assert [one["product_id"] for one in found["results"]] == ["There-1", "There-2", "There-3"]


def test_a_photo_counts_once_for_the_mall(mall: Mall, token: str, analyzer: Analyzer) -> None:
    shops = [shop_of_style(mall, analyzer, name, casual=3) for name in ("One", "Two")]
    first, second = (show(token, picture("upper")).json() for _ in range(2))
    assert used_in_month(mall_id=mall.pk, kind="search") == 1
    assert sum(count_in(shop, LedgerEntry, kind="search") for shop in shops) == 1
    show(token, picture("lower"))
    assert used_in_month(mall_id=mall.pk, kind="search") == 2
    # Each shop that was shown is told of it, and a click can be counted to it.
    searches = {one["search_id"] for told in (first, second) for one in told["shops"]}
    assert len(searches) == 4
    assert all(count_in(shop, Event, type="search") == 3 for shop in shops)


def test_a_click_on_what_was_discovered_is_its_shops(
    mall: Mall, token: str, analyzer: Analyzer
) -> None:
    shop = shop_of_style(mall, analyzer, "There", casual=3)
    (found,) = show(token, picture("upper")).json()["shops"]
    click = {"type": "click", "search_id": found["search_id"], "product_id": "There-0"}
    reply = Client().post(
        "/api/v1/events",
        json.dumps(click),
        content_type="application/json",
        headers={"Authorization": f"Bearer {make_key('sk', shop=shop)[1]}"},
    )
    assert (reply.status_code, reply.json()["counted"]) == (202, True)


def test_without_a_garment_the_shops_nearest_to_the_average_are_shown(
    mall: Mall, token: str, analyzer: Analyzer
) -> None:
    shop_of_style(mall, analyzer, "There", casual=5)
    empty = png(decode_image(picture()).copy())
    told = show(token, empty).json()
    assert told["query"]["found"] is False
    assert told["style"] is None
    assert [one["by"] for one in told["shops"]] == ["nearest"]
    assert len(told["shops"][0]["results"]) == 3


def test_it_speaks_korean(mall: Mall, token: str, analyzer: Analyzer) -> None:
    shop_of_style(mall, analyzer, "There", casual=5)
    told = show(token, picture("upper"), lang="ko").json()
    assert any("가" <= letter <= "힣" for letter in told["style"]["label"])
    assert told["shops"][0]["sentence"].endswith("요.")


def test_a_mall_without_shops_to_discover_says_so(
    mall: Mall, token: str, analyzer: Analyzer
) -> None:
    quiet = shop_of_style(mall, analyzer, "Quiet", joined=False, casual=3)
    reply = show(token, picture("upper"))
    assert (reply.status_code, reply.json()["code"]) == (409, "no_shops_joined")
    Shop.objects.filter(pk=quiet.pk).update(discoverable=True)
    make_shop(mall, discoverable=True)  # Joined, and has nothing yet: it is passed over.
    assert [one["name"] for one in show(token, picture("upper")).json()["shops"]] == ["Quiet"]
    with shop_scope(quiet):
        Tag.objects.all().delete()
    mood_refresh(shop=quiet)
    reply = show(token, picture("upper"))
    assert (reply.status_code, reply.json()["code"]) == (409, "no_products_ready")


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({}, "image_url", "no_query"),
        ({"image_url": "https://a.example/1.jpg", "box": [5, 5, 1, 1]}, "box", "not_a_box"),
        ({"image_url": "https://a.example/1.jpg", "filters": {}}, "filters", "unknown_field"),
        ({"image_url": "x" * 2001}, "image_url", "max_length"),
    ],
)
def test_a_wrong_field_is_named(token: str, fields: Any, field: str, code: str) -> None:
    reply = ask(token, **fields)
    assert reply.status_code == 400
    assert [(one["field"], one["code"]) for one in reply.json()["errors"]] == [(field, code)]


def test_what_is_no_photo_is_refused(mall: Mall, token: str, analyzer: Analyzer) -> None:
    shop_of_style(mall, analyzer, "There", casual=3)
    assert show(token, b"not a photo").json()["code"] == "not_an_image"
    assert show(token, b"").json()["code"] == "empty"
    assert ask(token, image_url="http://127.0.0.1/photo.jpg").json()["code"] == "url_refused"
    assert show(token, picture("upper"), box="[0, 0, 9999, 9999]").status_code == 400
    assert used_in_month(mall_id=mall.pk, kind="search") == 0


@pytest.mark.parametrize("kind", ["pk", "sk"])
def test_a_shops_key_discovers_nothing(mall: Mall, kind: str) -> None:
    reply = ask(make_key(kind, shop=make_shop(mall))[1], image_url="https://a.example/1.jpg")
    assert (reply.status_code, reply.json()["code"]) == (403, "key_kind_not_allowed")
    assert Client().post(PATH).status_code == 401


def test_a_mall_that_used_its_plan_up_is_told(mall: Mall, token: str, analyzer: Analyzer) -> None:
    shop_of_style(mall, analyzer, "There", casual=3)
    MonthlyUsage.objects.update_or_create(
        mall=mall, month=this_month(), kind=Kind.SEARCH, defaults={"quantity": 10**6}
    )
    reply = show(token, picture("upper"))
    assert (reply.status_code, reply.json()["code"]) == (429, "over_quota")
    assert int(reply.headers["Retry-After"]) > 0
