"""The pages under *Map*, and what they ask for while one moves."""

import csv
import io
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from analytics.map.making import map_make
from analytics.map.packing import RECORD
from analytics.map.sheets import HEIGHT, WIDTH
from catalog import seeing
from catalog.models import Photo
from tests.admin.desk import Desk
from tests.analytics.map.made import fill_groups, make_search, vector
from tests.factories import make_garment, make_photo, make_product, make_shop

pytestmark = pytest.mark.django_db

OLIVE = {"category": "shirt", "color": "khaki", "pattern": "check"}


@pytest.fixture(autouse=True)
def small_networks(settings, tiny_bundle):
    settings.VISION_BUNDLE = str(tiny_bundle)


def mapped(**fields):
    shop = make_shop(**fields)
    ids = fill_groups(shop, each=8)
    for one in range(4):
        make_search(shop, seen=vector(1, 90 + one), text="=olive check", **OLIVE)
    map_make(shop=shop)
    return shop, ids


def test_an_empty_shop_is_told_what_will_be_here():
    desk = Desk(make_shop())
    assert "Here every product will have its place" in desk.page("map/")
    assert "When shoppers search" in desk.page("map/demand/")
    assert "listed here in its order" in desk.page("map/list/")
    assert desk.get("map/places/").getvalue() == b""


def test_the_map_offers_every_tag_that_products_have():
    shop, ids = mapped()
    page = Desk(shop, "viewer").page("map/")
    assert 'value="category|shirt"' in page
    assert 'value="color|navy"' in page
    assert f"{len(ids)} products stand on it" in page
    assert "Lay it out anew" not in page


def test_places_tags_and_products_are_the_shops_own():
    shop, ids = mapped()
    _other, theirs = mapped()
    desk = Desk(shop, "viewer")
    rows = np.frombuffer(desk.get("map/places/").getvalue(), RECORD)
    assert rows["id"].tolist() == ids
    tagged = desk.get("map/tagged/", data={"kind": "category", "value": "dress"})
    assert np.frombuffer(tagged.content, "<u8").tolist() == ids[16:24]
    assert desk.get("map/tagged/", data={"kind": "price", "value": "1"}).status_code == 404
    asked = ",".join(map(str, [ids[3], theirs[0], ids[0]]))
    told = desk.get("map/products/", data={"ids": asked}).json()["products"]
    assert [one["id"] for one in told] == [ids[3], ids[0]]
    assert told[0]["url"].startswith(f"/admin/{shop.slug}/catalog/product/{ids[3]}/")
    assert desk.get("map/products/", data={"ids": "1,x"}).status_code == 404
    assert desk.get("map/sheet/", data={"ids": str(theirs[0])}).status_code == 404


def test_a_sheet_has_a_small_photo_of_each_product_that_was_asked_for():
    shop = make_shop()
    photos = [
        make_photo(make_product(shop), state=Photo.State.DONE, revision=seeing.revision())
        for _ in range(2)
    ]
    for photo in photos:
        make_garment(photo)
    ids = ",".join(str(photo.product_id) for photo in photos)
    answer = Desk(shop).get("map/sheet/", data={"ids": f"{ids},999999"})
    image = Image.open(io.BytesIO(answer.content))
    assert image.size == (3 * WIDTH, HEIGHT)
    assert image.getpixel((2 * WIDTH + WIDTH // 2, HEIGHT // 2)) == (236, 236, 236)
    assert image.getpixel((WIDTH // 2, HEIGHT // 2)) != (236, 236, 236)


def test_editors_have_it_made_and_viewers_look():
    shop, _ids = mapped()
    assert Desk(shop, "viewer").post("map/", action="anew").status_code == 403
    desk = Desk(shop, "editor")
    assert desk.post("map/", action="anew").status_code == 302
    assert "Being made" in desk.page("map/")
    assert "map laid out anew" in Desk(shop).page("tenants/auditentry/")


def test_demand_is_listed_with_a_drawing_the_words_and_the_nearest_products():
    shop, _ids = mapped()
    desk = Desk(shop, "viewer")
    page = desk.page("map/demand/")
    assert "4 searches for check khaki shirt" in page
    assert "=olive check" in page
    assert f"/admin/{shop.slug}/map/drawn/shirt.webp?color=khaki&amp;pattern=check" in page
    drawn = desk.get("map/drawn/shirt.webp", data={"color": "khaki", "pattern": "check"})
    assert drawn["Content-Type"] == "image/webp"
    assert desk.get("map/drawn/spoon.webp").status_code == 404
    points = desk.get("map/demand/searches/").json()["points"]
    assert len(points) == 4
    assert all(far == 1 for _x, _y, far in points)
    assert desk.get("map/demand/searches/", data={"range": "nonsense"}).status_code == 200


def test_demand_as_a_csv_runs_no_formula():
    shop, _ids = mapped()
    body = Desk(shop).get("map/demand/regions.csv").getvalue().decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(body))
    assert len(head) == len(row)
    assert row[0] == "4"
    assert row[1] == "check khaki shirt"
    assert row[3] == "'=olive check"


def test_korean_says_it_in_its_own_order():
    shop, _ids = mapped(language="ko")
    desk = Desk(shop)
    desk.client.cookies["django_language"] = "ko"
    page = desk.page("map/demand/")
    assert "셔츠" in page
    assert "letter-spacing" not in page


def test_the_list_goes_from_neighbour_to_neighbour():
    shop, _ids = mapped()
    page = Desk(shop, "viewer").page("map/list/")
    titles = [part.split("<")[0] for part in page.split("<b>")[1:]]
    kinds = [title.split()[0] for title in titles]
    changes = sum(one != other for one, other in pairwise(kinds))
    assert len(kinds) == 32
    assert changes < 12


def test_a_region_that_words_alone_make_is_named_by_them():
    shop, _ids = mapped()
    for _ in range(3):
        make_search(shop, text="hanbok", good=False)
    page = Desk(shop).page("map/demand/")
    assert "3 searches for “hanbok”" in page
