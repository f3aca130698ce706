"""The catalogue in the admin."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Garment, Photo, Product, Tag
from tenants.models import AuditEntry, Outbox
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import jpeg, make_garment, make_photo, make_product, make_shop

pytestmark = pytest.mark.django_db
LIST = "catalog/product/"


@pytest.fixture
def shop():
    return make_shop(slug="maru")


@pytest.fixture
def desk(shop):
    return Desk(shop)


def seen(shop, *, title="Linen shirt", category="shirt", unsure=False, **garment):
    """A product whose photo was tagged."""
    product = make_product(shop, title=title)
    photo = make_photo(product, state="done", revision="r1")
    said = {
        "value": category,
        "probability": 0.87,
        "top": [[category, 0.87], ["dress", 0.08]],
        "unsure": unsure,
    }
    row = make_garment(photo, category=category, revision="r1", tags={"category": said}, **garment)
    with shop_scope(shop):
        for kind, column in (("pattern", "pattern"), ("color", "color_family"), ("style", "style")):
            Tag.objects.create(
                product=product, kind=kind, value=getattr(row, column), source="model"
            )
        Tag.objects.create(
            product=product,
            kind="category",
            value=category,
            source="model",
            probability=0.87,
            unsure=unsure,
            top=[[category, 0.87], ["dress", 0.08]],
            revision="r1",
        )
    return product, row


def test_the_list_shows_photos_with_tags_confidence_and_colours(shop, desk):
    product, _row = seen(shop)
    page = desk.page(LIST)
    with shop_scope(shop):
        address = product.photos.get().file.url
    assert address in page
    assert "Linen shirt" in page and "Shirt 87 %" in page
    assert "#1f2a44" in page


def test_the_list_as_rows(shop, desk):
    seen(shop)
    page = desk.page(LIST + "?as=list")
    assert "₩39,000" in page and "87 %" in page and "column-price_shown" in page


def test_an_unsure_tag_is_marked(shop, desk):
    product, _row = seen(shop, unsure=True)
    assert "Shirt? 87 %" in desk.page(LIST)
    assert "unsure" in desk.page(f"{LIST}{product.pk}/change/")
    assert "Linen shirt" in desk.page(LIST + "?tagging=unsure")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("category=shirt", {"Linen shirt"}),
        ("category=coat", {"Wool coat"}),
        ("pattern=solid", {"Linen shirt", "Wool coat"}),
        ("color=red", {"Wool coat"}),
        ("style=casual", {"Linen shirt", "Wool coat"}),
        ("stock=no", {"Sold out boots"}),
        ("brand=Namu", {"Sold out boots"}),
        ("tagging=failed", {"Broken photo"}),
        ("tagging=waiting", {"New photo"}),
        ("tagging=none", {"Sold out boots"}),
        ("tagging=done", {"Linen shirt", "Wool coat"}),
        ("q=wool", {"Wool coat"}),
        ("q=BOOT-1", {"Sold out boots"}),
    ],
)
def test_filters_and_search(shop, desk, query, found):
    seen(shop)
    seen(shop, title="Wool coat", category="coat", color_family="red")
    make_product(shop, title="Sold out boots", sku="BOOT-1", brand="Namu", in_stock=False)
    make_photo(make_product(shop, title="Broken photo"), stored=False, state="failed")
    make_photo(make_product(shop, title="New photo"), stored=False)
    page = desk.page(f"{LIST}?{query}")
    every = {"Linen shirt", "Wool coat", "Sold out boots", "Broken photo", "New photo"}
    assert {title for title in every if f'aria-label="{title}"' in page} == found


def test_the_product_page_shows_boxes_palette_and_who_said_what(shop, desk):
    product, _row = seen(shop)
    page = desk.page(f"{LIST}{product.pk}/change/")
    assert '<rect x="10" y="10" width="80" height="100"' in page
    assert "#1f2a44" in page and "navy" in page
    assert "Model 87 %" in page and "r1" in page and "Dress 8 %" in page


def test_a_persons_word_stands_above_the_models(shop, desk):
    product, row = seen(shop)
    desk.post(f"{LIST}{product.pk}/tag/", kind="category", value="coat")
    with shop_scope(shop):
        tags = dict(product.tags.filter(kind="category").values_list("source", "value"))
        assert tags == {"model": "shirt", "person": "coat"}
        assert product.tags.get(source="person").by == desk.user
        assert Garment.objects.get(pk=row.pk).category == "coat"
        entry = AuditEntry.objects.get(action="tag")
        assert entry.changes == {"category": [None, "coat"]}
        assert entry.actor_email == desk.user.email
    page = desk.page(f"{LIST}{product.pk}/change/")
    assert "Person" in page and "Model: Shirt 87 %" in page
    desk.post(f"{LIST}{product.pk}/tag/", kind="category", value="")
    with shop_scope(shop):
        assert not product.tags.filter(source="person").exists()


@pytest.mark.parametrize(("kind", "value"), [("category", "spaceship"), ("mood", "sad"), ("", "")])
def test_a_word_that_no_taxonomy_holds_is_refused(shop, desk, kind, value):
    product, _row = seen(shop)
    response = desk.post(f"{LIST}{product.pk}/tag/", kind=kind, value=value, follow=True)
    assert response.status_code == 200
    with shop_scope(shop):
        assert not product.tags.filter(source="person").exists()


def form(**fields):
    return {"title": "Coat", "sku": "C-1", "currency": "KRW", "in_stock": "on"} | fields


def test_a_new_product_and_its_photo(shop, desk, django_capture_on_commit_callbacks):
    response = desk.post(f"{LIST}add/", **form(price="89000", sale_price="79000"))
    with shop_scope(shop):
        product = Product.objects.get()
        assert (product.price, product.selling_price) == (89000, 79000)
    assert response["Location"] == f"/admin/maru/{LIST}{product.pk}/change/"
    photo = SimpleUploadedFile("c.jpg", jpeg(), content_type="image/jpeg")
    desk.post(f"{LIST}{product.pk}/photo/", photo=photo)
    with shop_scope(shop):
        assert product.photos.get().state == Photo.State.PENDING
    assert Outbox.objects.filter(shop=shop, topic="photo").count() == 1


def test_what_is_no_photo_is_said(shop, desk):
    product = make_product(shop)
    text = SimpleUploadedFile("c.jpg", b"not a photo at all", content_type="image/jpeg")
    response = desk.post(f"{LIST}{product.pk}/photo/", photo=text, follow=True)
    assert "This is not an image." in response.content.decode()
    with shop_scope(shop):
        assert not product.photos.exists()


def test_prices_are_typed_as_people_write_them(desk):
    shop = make_shop(slug="sol", currency="EUR")
    desk = Desk(shop)
    desk.post(f"{LIST}add/", **form(currency="eur", price="39.90"))
    with shop_scope(shop):
        product = Product.objects.get()
        assert (product.price, product.currency) == (3990, "EUR")
    assert 'value="39.90"' in desk.page(f"{LIST}{product.pk}/change/")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"sku": "TAKEN"}, "Another product has this SKU."),
        ({"price": "39.5"}, "The currency has no smaller unit than that."),
        ({"sale_price": "10"}, "A sale price needs the price beside it."),
        ({"currency": "XXQ"}, "This is no currency."),
        ({"price": "-1"}, "greater than or equal to 0"),
    ],
)
def test_a_wrong_field_is_named(shop, desk, fields, told):
    make_product(shop, sku="TAKEN")
    response = desk.post(f"{LIST}add/", **form(**fields))
    assert response.status_code == 200
    assert told in response.content.decode()


def test_the_same_sku_in_another_shop_is_no_hindrance(shop, desk):
    make_product(sku="C-1")
    assert desk.post(f"{LIST}add/", **form()).status_code == 302


def test_a_new_price_reaches_what_is_searched(shop, desk):
    product, row = seen(shop)
    fields = form(title=product.title, sku=product.sku, price="10000")
    assert desk.post(f"{LIST}{product.pk}/change/", **fields).status_code == 302
    with shop_scope(shop):
        assert Garment.objects.get(pk=row.pk).selling_price == 10000
        entry = AuditEntry.objects.get(action="change")
    assert entry.changes["price"] == ["39000", 10000]
    assert "39000 → 10000" in desk.page(f"{LIST}{product.pk}/history/")


def test_deleting_asks_first_and_takes_what_hangs_on_it(shop, desk):
    product, _row = seen(shop)
    asked = desk.page(f"{LIST}{product.pk}/delete/")
    assert "Garments: 1" in asked and "Photos: 1" in asked
    desk.post(f"{LIST}{product.pk}/delete/", post="yes")
    with shop_scope(shop):
        assert not Product.objects.exists()
        assert not Photo.objects.exists()
        assert AuditEntry.objects.get(action="delete").title == product.title


def test_many_are_deleted_at_once(shop, desk):
    products = [make_product(shop) for _ in range(3)]
    other = make_product()
    chosen = [str(one.pk) for one in (*products[:2], other)]
    desk.post("catalog/product/bulk/", ids=",".join(chosen), what="delete", step="do")
    with shop_scope(shop):
        assert Product.objects.get() == products[2]
    with shop_scope(other.shop_id):
        assert Product.objects.count() == 1


def test_a_page_of_many_costs_no_more_questions_than_one_of_few(shop, desk):
    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            desk.page(LIST)
        return len(asked)

    seen(shop)
    questions()
    few = questions()
    for number in range(12):
        seen(shop, title=f"Shirt {number}")
    assert questions() == few
    assert few <= 30


def test_nothing_is_written_to_djangos_own_log(shop, desk):
    from django.contrib.admin.models import LogEntry

    desk.post(f"{LIST}add/", **form())
    assert not LogEntry.objects.exists()


def test_the_pages_speak_korean(shop, desk):
    seen(shop)
    page = desk.get(LIST, headers={"accept-language": "ko"}).content.decode()
    assert "카탈로그" in page and "셔츠" in page and "새 상품" in page
