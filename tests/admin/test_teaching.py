"""The owner's pages of teaching: heads beside the stock ones, and values of the shop's own."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog import seeing
from catalog.models import OwnClass, OwnExample, ProductFacet, ShopHead, ShopTerm
from catalog.services.teaching.scores import classes_run
from tenants import outbox
from tenants.models import AuditEntry, Shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.catalog.teaching.stock import stocked
from tests.factories import jpeg, make_mall, make_product, make_shop

NAMES = {"en": "Hanbok", "ko": "한복", "synonyms_en": "", "synonyms_ko": "저고리"}
FIGURES = {
    "asked": 40,
    "designs": 38,
    "stock_right": 22,
    "own_right": 33,
    "gains": 12,
    "losses": 1,
    "low": 0.12,
    "high": 0.44,
    "changes": 212,
    "products": 4031,
}


@pytest.fixture
def shop(db: None) -> Shop:
    return make_shop(make_mall(plan="starter"), slug="hanbok-house")


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop, "editor")


@pytest.fixture
def products(shop: Shop) -> list:
    return stocked(shop, 120, signed=set(range(20)))


def head(shop: Shop, **fields) -> ShopHead:
    values = {
        "kind": "pattern",
        "version": 2,
        "revision": seeing.revision(),
        "values": [],
        "weights": b"",
        "rows": 0,
        "figures": FIGURES,
        "better": True,
    }
    with shop_scope(shop):
        return ShopHead.objects.create(**values | fields)


def made(desk: Desk, products: list) -> OwnClass:
    """A value with ten examples, learned."""
    assert desk.post("teaching/new/", **NAMES).status_code == 302
    with shop_scope(products[0].shop_id):
        own = OwnClass.objects.get()
    ids = [one.pk for one in products[:10]]
    desk.post(f"catalog/ownclass/{own.pk}/more/", product=ids, action="yes")
    assert classes_run(shop_id=products[0].shop_id) == 1
    return own


def test_the_empty_page_says_what_is_needed(desk: Desk) -> None:
    page = desk.page("teaching/")
    assert "Nobody has corrected a tag yet" in page
    assert "Show ten examples" in page


def test_a_head_is_shown_beside_the_stock(shop: Shop, desk: Desk) -> None:
    head(shop)
    page = desk.page("teaching/")
    assert "55 %" in page
    assert "82.5 %" in page
    assert "12 to 44 points" in page
    assert "better in 12 designs, worse in 1" in page
    assert "changes 212 of 4,031 products" in page


def test_a_head_is_switched_off_and_on(shop: Shop, desk: Desk) -> None:
    head(shop)
    desk.post("teaching/", action="off", kind="pattern")
    with shop_scope(shop):
        assert ShopHead.objects.get().off
        assert AuditEntry.objects.filter(action="head").count() == 1
    assert not outbox.idle(shop_id=shop.pk, topic=outbox.TEACH)
    assert "switched off" in desk.page("teaching/")
    desk.post("teaching/", action="on", kind="pattern")
    with shop_scope(shop):
        assert ShopHead.objects.get().answers
    assert desk.post("teaching/", action="on", kind="sleeve").status_code == 404


def test_a_button_learns_now(shop: Shop, desk: Desk) -> None:
    assert desk.post("teaching/", action="learn").status_code == 302
    assert not outbox.idle(shop_id=shop.pk, topic=outbox.TEACH)
    assert "Being learned" in desk.page("teaching/")


def test_a_value_is_made_shown_accepted_and_taken_back(desk: Desk, products: list) -> None:
    shop_id = products[0].shop_id
    own = made(desk, products)
    page = desk.page(f"catalog/ownclass/{own.pk}/")
    assert "examples are found again when each is left out" in page
    assert "At the border" in page
    desk.post(f"catalog/ownclass/{own.pk}/", action="accept", threshold="50")
    with shop_scope(shop_id):
        assert OwnClass.objects.get().threshold == 0.5
        assert ProductFacet.objects.filter(kind="own", value="hanbok").count() >= 15
    assert "Hanbok" in desk.page("taxonomy/?kind=own")
    desk.post(f"catalog/ownclass/{own.pk}/", action="withdraw")
    with shop_scope(shop_id):
        assert not ProductFacet.objects.filter(kind="own").exists()
    desk.post(f"catalog/ownclass/{own.pk}/", action="delete")
    with shop_scope(shop_id):
        assert not ShopTerm.objects.exists()


def test_an_answer_at_the_border_is_an_example(desk: Desk, products: list) -> None:
    own = made(desk, products)
    desk.post(f"catalog/ownclass/{own.pk}/", no=str(products[50].pk))
    with shop_scope(products[0].shop_id):
        example = OwnExample.objects.get(product=products[50])
        assert (example.positive, example.asked) == (False, True)
    assert "Being learned" in desk.page(f"catalog/ownclass/{own.pk}/")
    desk.post(f"catalog/ownclass/{own.pk}/", action="remove", example=str(example.pk))
    with shop_scope(products[0].shop_id):
        assert not OwnExample.objects.filter(product=products[50]).exists()


def test_photos_are_uploaded_through_the_guarded_decoder(desk: Desk, products: list) -> None:
    own = made(desk, products)
    good = SimpleUploadedFile("a.jpg", jpeg(seed=8), "image/jpeg")
    bad = SimpleUploadedFile("b.jpg", b"<script>", "image/jpeg")
    address = f"catalog/ownclass/{own.pk}/photos/"
    response = desk.post(address, follow=True, photo=[good, bad])
    assert "1 photo was added." in response.content.decode()
    assert "(b.jpg)" in response.content.decode()
    with shop_scope(products[0].shop_id):
        assert OwnExample.objects.exclude(photo="").count() == 1


def test_products_are_picked_by_a_word(desk: Desk, products: list) -> None:
    own = made(desk, products)
    page = desk.page(f"catalog/ownclass/{own.pk}/more/?q=Piece 77")
    assert "Piece 77" in page
    assert "Piece 78" not in page


@pytest.mark.parametrize("said", ["", "x", "-5", "999999999999999999999", "١"])
def test_strange_ids_and_thresholds_hurt_nothing(desk: Desk, products: list, said: str) -> None:
    own = made(desk, products)
    assert desk.get(f"catalog/ownclass/{own.pk}/?threshold={said}").status_code == 200
    response = desk.post(f"catalog/ownclass/{own.pk}/more/", product=said, action="yes")
    assert response.status_code == 302


def test_names_are_checked(desk: Desk, shop: Shop) -> None:
    response = desk.post("teaching/new/", **NAMES | {"en": "dress"})
    assert response.status_code == 400
    assert "already means" in response.content.decode()
    with shop_scope(shop):
        assert not ShopTerm.objects.exists()


def test_a_viewer_looks_and_teaches_nothing(desk: Desk, products: list, shop: Shop) -> None:
    own = made(desk, products)
    viewer = Desk(shop, "viewer")
    assert "Delete the value" not in viewer.page(f"catalog/ownclass/{own.pk}/")
    for address in ("teaching/", "teaching/new/", f"catalog/ownclass/{own.pk}/"):
        assert viewer.post(address, action="delete").status_code == 403
    assert viewer.post(f"catalog/ownclass/{own.pk}/photos/").status_code == 403
    with shop_scope(shop):
        assert OwnClass.objects.exists()


def test_another_shops_value_and_products_are_not_there(desk: Desk, products: list) -> None:
    own = made(desk, products)
    stranger = Desk(make_shop(), "owner")
    for address in ("", "more/", "photos/"):
        assert stranger.get(f"catalog/ownclass/{own.pk}/{address}").status_code in (404, 405)
        assert stranger.post(f"catalog/ownclass/{own.pk}/{address}").status_code == 404
    foreign = make_product(make_shop())
    desk.post(f"catalog/ownclass/{own.pk}/more/", product=foreign.pk, action="yes")
    with shop_scope(products[0].shop_id):
        assert not OwnExample.objects.filter(product_id=foreign.pk).exists()


def test_it_reads_in_korean(desk: Desk, products: list) -> None:
    own = made(desk, products)
    for address in ("teaching/", "teaching/new/", f"catalog/ownclass/{own.pk}/"):
        page = desk.get(address, headers={"Accept-Language": "ko"}).content.decode()
        assert "가르치기" in page
        assert "Teaching" not in page


def test_a_products_page_tells_its_own_values(desk: Desk, products: list) -> None:
    own = made(desk, products)
    desk.post(f"catalog/ownclass/{own.pk}/", action="accept", threshold="20")
    page = desk.page(f"catalog/product/{products[12].pk}/change/")
    assert f"catalog/ownclass/{own.pk}/" in page
    assert "has it" in page
    other = desk.page(f"catalog/product/{products[100].pk}/change/")
    assert "has it" not in other
