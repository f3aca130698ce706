"""Changes of several products, duplicates, history, search by photo, filters on tags."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from catalog.admin import filters, pages
from catalog.admin.photos import without_photo
from catalog.models import (
    Garment,
    ImportRun,
    NotAlike,
    Product,
    ProductFacet,
    ReviewDecision,
    Tag,
)
from catalog.services.folds import fold_settle
from catalog.services.imports import imports_run
from catalog.services.tags import tag_set, tags_say
from catalog.services.taxonomy import own_add
from tenants.models import AuditEntry
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import (
    make_garment,
    make_photo,
    make_product,
    make_shop,
    make_user,
    unit_vector,
)
from tests.recommender.stock import picture, stocked

pytestmark = pytest.mark.django_db
LIST = "catalog/product/"
BULK = "catalog/product/bulk/"
ALIKE = "catalog/product/alike/"


@pytest.fixture
def shop():
    return make_shop(slug="maru", language="en")


@pytest.fixture
def desk(shop):
    return Desk(shop)


@pytest.fixture
def analyzer(settings, tiny_bundle):
    from catalog import seeing

    settings.VISION_BUNDLE = str(tiny_bundle)
    return seeing.analyzer()


def ids_of(*products):
    return ",".join(str(one.pk) for one in products)


def tagged(shop, sku, source="model", unsure=False, **tags):
    product = make_product(shop, sku=sku, title=sku)
    with shop_scope(shop):
        for kind, value in tags.items():
            Tag.objects.create(
                product=product, kind=kind, value=value, source=source, unsure=unsure
            )
    return product


def shown(page, *skus):
    return {sku for sku in skus if f'aria-label="{sku}"' in page}


# Filters


def test_the_tag_that_counts_decides_what_a_filter_finds(shop, desk):
    corrected = tagged(shop, "corrected", color="navy")
    with shop_scope(shop):
        Tag.objects.create(product=corrected, kind="color", value="red", source="person")
    tagged(shop, "told", color="navy", source="feed")
    tagged(shop, "doubted", color="navy", unsure=True)
    every = ("corrected", "told", "doubted")
    assert shown(desk.page(f"{LIST}?color=navy"), *every) == {"told", "doubted"}
    assert shown(desk.page(f"{LIST}?color=red"), *every) == {"corrected"}
    assert shown(desk.page(f"{LIST}?color=navy&said=unsure"), *every) == {"doubted"}
    assert shown(desk.page(f"{LIST}?color=navy&said=feed"), *every) == {"told"}
    assert shown(desk.page(f"{LIST}?color=red&said=person"), *every) == {"corrected"}


def test_who_said_the_category_where_no_tag_is_chosen(shop, desk):
    tagged(shop, "a", category="dress", unsure=True)
    tagged(shop, "b", category="dress")
    told = tagged(shop, "c", category="dress", unsure=True)
    with shop_scope(shop):
        Tag.objects.create(product=told, kind="category", value="skirt", source="person")
    for said, found in (("unsure", {"a"}), ("sure", {"b"}), ("person", {"c"}), ("feed", set())):
        assert shown(desk.page(f"{LIST}?said={said}"), "a", "b", "c") == found


def test_only_values_that_the_shop_has_are_offered(shop, desk):
    tagged(shop, "a", sleeve="long", color="navy")
    page = desk.page(LIST)
    assert "?sleeve=long" in page and "?color=navy" in page
    assert "?color=red" not in page and "?neckline=" not in page


def test_a_value_of_the_shops_own_is_a_filter(shop, desk):
    assert "?own=" not in desk.page(LIST)
    hanbok, other = (make_product(shop, sku=one, title=one) for one in ("hanbok", "other"))
    with shop_scope(shop):
        term = own_add(en="Hanbok", ko="한복", synonyms={}, by=None)
        unused = own_add(en="Cape", ko="망토", synonyms={}, by=None)
        ProductFacet.objects.create(product=hanbok, kind="own", value=term.value)
    page = desk.page(LIST)
    assert "?own=hanbok" in page and "Hanbok" in page and f"?own={unused.value}" not in page
    assert shown(desk.page(f"{LIST}?own=hanbok"), hanbok.sku, other.sku) == {"hanbok"}
    assert shown(desk.page(f"{LIST}?own=hanbok&stock=yes"), hanbok.sku, other.sku) == {"hanbok"}
    assert shown(desk.page(f"{LIST}?own=hanbok&stock=no"), hanbok.sku, other.sku) == set()
    assert shown(desk.page(f"{LIST}?own=cape"), hanbok.sku, other.sku) == set()
    stranger = Desk(make_shop(slug="stranger"))
    assert "?own=hanbok" not in stranger.page(LIST)
    assert shown(stranger.page(f"{LIST}?own=hanbok"), hanbok.sku, other.sku) == set()


def test_products_without_a_photo_are_counted_without_those_that_are_gone(shop, desk):
    bare, seen = make_product(shop), make_product(shop)
    gone, gone_seen = make_product(shop), make_product(shop)
    for one in (seen, gone_seen):
        make_photo(one, stored=False)
        make_photo(one, stored=False)
    make_product()
    with shop_scope(shop):
        assert without_photo() == 2
        Product.objects.filter(pk__in=[gone.pk, gone_seen.pk]).update(gone_at=timezone.now())
        assert without_photo() == 1
        bare.delete()
        assert without_photo() == 0


def test_the_brands_that_most_products_have_are_offered(shop, desk, monkeypatch):
    monkeypatch.setattr(filters, "MOST_BRANDS", 2)
    for brand in ("Rare", "Many", "Many", "Some", "Some"):
        make_product(shop, brand=brand)
    cache.clear()
    page = desk.page(LIST)
    assert "?brand=Many" in page and "?brand=Some" in page and "?brand=Rare" not in page
    assert "Rare" in desk.page(f"{LIST}?brand=Rare")


def test_a_long_list_is_counted_to_a_bound(shop, desk, monkeypatch):
    monkeypatch.setattr(pages, "MOST_COUNTED", 5)
    for number in range(7):
        make_product(shop, sku=f"S{number}")
    assert "5+ in all" in desk.page(LIST)
    assert "1 in all" in desk.page(f"{LIST}?q=S3")


# Several at once


def test_products_are_chosen_counted_changed_and_told(shop, desk):
    one, other = make_product(shop, sku="a", price=1000), make_product(shop, sku="b", price=2000)
    begin = desk.post(LIST, action="change_several", _selected_action=[one.pk, other.pk])
    assert begin.status_code == 200 and b"Change 2 products" in begin.content
    ids = ids_of(one, other)
    look = desk.post(BULK, ids=ids, what="price", price="1000", step="look")
    assert b"1 of 2 products would change" in look.content
    desk.post(BULK, ids=ids, what="price_by", percent="10", step="do")
    desk.post(BULK, ids=ids, what="sale_by", percent="50", step="do")
    with shop_scope(shop):
        assert list(Product.objects.order_by("sku").values_list("price", "sale_price")) == [
            (1100, 550),
            (2200, 1100),
        ]
        runs = list(ImportRun.objects.order_by("pk"))
        assert [(run.kind, run.updated, run.by_id) for run in runs] == [
            ("desk", 2, desk.user.pk),
            ("desk", 2, desk.user.pk),
        ]
        assert AuditEntry.objects.filter(action="bulk edit").count() == 2


@pytest.mark.parametrize(
    ("form", "field", "value"),
    [
        ({"what": "stock", "stock": "no"}, "in_stock", False),
        ({"what": "season", "season": "winter"}, "season", "winter"),
        ({"what": "gender", "gender": "men"}, "gender", "men"),
        ({"what": "sale_end"}, "sale_price", None),
    ],
)
def test_one_field_of_several(shop, desk, form, field, value):
    product = make_product(shop, price=1000, sale_price=900)
    desk.post(BULK, ids=ids_of(product), step="do", **form)
    with shop_scope(shop):
        assert getattr(Product.objects.get(), field) == value


def test_a_tag_of_several_is_said_and_taken_back(shop, desk):
    one, other = tagged(shop, "a", color="navy"), tagged(shop, "b", color="navy")
    done = desk.post(BULK, ids=ids_of(one, other), what="tag", tag="color:red", step="do")
    assert done.status_code == 302
    page = desk.page(LIST)
    sheet = page.split('name="sheet" value="')[1].split('"')[0]
    with shop_scope(shop):
        said = Tag.objects.filter(kind="color", source="person")
        assert {(tag.value, tag.by_id) for tag in said} == {("red", desk.user.pk)}
    # Offered once.
    assert 'name="sheet"' not in desk.page(LIST)
    desk.post("catalog/product/bulk/undo/", sheet=sheet)
    with shop_scope(shop):
        assert not Tag.objects.filter(source="person").exists()


def test_what_people_said_is_cleared_and_said_again(shop, desk):
    one, other, silent = (tagged(shop, sku, color="navy") for sku in "abc")
    colleague = make_user("editor", mall=shop.mall)
    with shop_scope(shop):
        tag_set(product=one, kind="color", value="red", by=colleague)
        tags_say(kind="color", values={other.pk: "black"}, by=desk.user, sampled=True)
    ids = ids_of(one, other, silent)
    look = desk.post(BULK, ids=ids, what="untag", kind="color", step="look")
    assert b"2 of 3 products would change" in look.content
    desk.post(BULK, ids=ids, what="untag", kind="color", step="do")
    person = Tag.objects.filter(source="person")
    with shop_scope(shop):
        assert not person.exists()
        assert not ReviewDecision.objects.filter(undone_at__isnull=True).exists()
    assert "What people said was taken back" in desk.page(f"catalog/product/{one.pk}/history/")
    sheet = desk.page(LIST).split('name="sheet" value="')[1].split('"')[0]
    desk.post("catalog/product/bulk/undo/", sheet=sheet)
    with shop_scope(shop):
        said = set(person.values_list("product_id", "value", "by_id"))
        assert said == {(one.pk, "red", colleague.pk), (other.pk, "black", desk.user.pk)}
        held = ReviewDecision.objects.filter(undone_at__isnull=True)
        assert dict(held.values_list("product_id", "sampled")) == {one.pk: False, other.pk: True}
    again = desk.post("catalog/product/bulk/undo/", sheet=sheet, follow=True)
    assert b"There is nothing to undo any more." in again.content


def test_a_word_that_was_said_since_a_clearing_stays(shop, desk):
    one, other = tagged(shop, "a", color="navy"), tagged(shop, "b", color="navy")
    with shop_scope(shop):
        tags_say(kind="color", values={one.pk: "red", other.pk: "red"}, by=desk.user)
    desk.post(BULK, ids=ids_of(one, other), what="untag", kind="color", step="do")
    sheet = desk.page(LIST).split('name="sheet" value="')[1].split('"')[0]
    with shop_scope(shop):
        tag_set(product=one, kind="color", value="black", by=desk.user)
    desk.post("catalog/product/bulk/undo/", sheet=sheet)
    with shop_scope(shop):
        said = Tag.objects.filter(source="person").values_list("product_id", "value")
        assert dict(said) == {one.pk: "black", other.pk: "red"}


def test_clearing_what_nobody_said_offers_no_undo(shop, desk):
    product = tagged(shop, "a", color="navy")
    desk.post(BULK, ids=ids_of(product), what="untag", kind="color", step="do")
    assert 'name="sheet"' not in desk.page(LIST)


@pytest.mark.parametrize(
    "form",
    [
        {"what": "tag", "tag": "color:crimson"},
        {"what": "price", "price": "-1"},
        {"what": "price", "price": ""},
        {"what": "sale_by", "percent": "100"},
        {"what": "burn"},
        {"what": "delete", "ids": ""},
        {"what": "delete", "ids": ",".join(map(str, range(1001)))},
    ],
)
def test_what_is_wrong_changes_nothing(shop, desk, form):
    product = make_product(shop, price=1000)
    page = desk.post(BULK, **({"ids": ids_of(product), "step": "do"} | form))
    assert page.status_code == 200 and b"errorlist" in page.content
    with shop_scope(shop):
        assert Product.objects.get().price == 1000
        assert not ImportRun.objects.exists()


def test_another_shops_products_are_never_changed(shop, desk):
    theirs = make_product(make_shop(shop.mall), price=1000)
    desk.post(BULK, ids=ids_of(theirs), what="price", price="1", step="do")
    with shop_scope(theirs.shop_id):
        assert Product.objects.get().price == 1000


def test_a_viewer_changes_nothing(shop):
    viewer = Desk(shop, "viewer")
    product = make_product(shop, price=1000)
    assert viewer.post(BULK, ids=ids_of(product), what="delete", step="do").status_code == 403
    assert viewer.post(ALIKE, product=[product.pk], answer="apart").status_code == 403
    assert "change_several" not in viewer.page(LIST)


@pytest.mark.django_db(transaction=True)
def test_deleted_products_come_back_when_it_is_undone(shop, desk):
    one, other = make_product(shop, sku="a"), make_product(shop, sku="b")
    look = desk.post(BULK, ids=ids_of(one, other), what="delete", step="look")
    assert b"2 of 2 products would change" in look.content
    desk.post(BULK, ids=ids_of(one, other), what="delete", step="do")
    with shop_scope(shop):
        assert not Product.objects.exists()
        run = ImportRun.objects.get()
        assert run.gone == 2
    assert desk.page(f"catalog/importrun/{run.pk}/change/")
    desk.post(f"catalog/importrun/{run.pk}/undo/")
    while imports_run(shop_id=shop.pk):
        pass
    with shop_scope(shop):
        assert set(Product.objects.values_list("sku", flat=True)) == {"a", "b"}


# Look-alikes


def alike(shop, count=2):
    vector = unit_vector(1)
    found = []
    for number in range(count):
        product = make_product(shop, sku=f"twin-{number}", title=f"Twin {number}")
        make_garment(make_photo(product, state="done"), embedding=vector)
        found.append(product)
    with shop_scope(shop):
        for product in found:
            fold_settle(product_id=product.pk)
    return found


@pytest.fixture
def live(monkeypatch):
    from catalog.services import alike as service

    monkeypatch.setattr(service, "live_revision", lambda shop: "test-revision")


def folds(shop):
    with shop_scope(shop):
        rows = Garment.objects.order_by("product_id").values_list("product_id", "fold")
        return dict(rows)


def test_look_alikes_stand_side_by_side(shop, desk, live):
    first, second = alike(shop)
    page = desk.page(ALIKE)
    assert "Twin 0" in page and "Twin 1" in page
    assert folds(shop) == {first.pk: None, second.pk: first.pk}


def test_one_is_kept(shop, desk, live):
    first, second = alike(shop)
    desk.post(ALIKE, product=[first.pk, second.pk], keep=second.pk, answer="keep")
    with shop_scope(shop):
        assert list(Product.objects.values_list("sku", flat=True)) == ["twin-1"]
        assert ImportRun.objects.get().gone == 1
    assert "Twin 1" not in desk.page(ALIKE)


def test_two_that_a_person_told_apart_are_never_folded_again(shop, desk, live):
    first, second = alike(shop)
    desk.post(ALIKE, product=[first.pk, second.pk], answer="apart")
    assert folds(shop) == {first.pk: None, second.pk: None}
    with shop_scope(shop):
        assert NotAlike.objects.count() == 1
        fold_settle(product_id=second.pk)
        fold_settle(product_id=first.pk)
    assert folds(shop) == {first.pk: None, second.pk: None}
    assert "Twin 0" not in desk.page(ALIKE)


# History


def test_a_products_history_is_one_list(shop, desk):
    product = tagged(shop, "a", color="navy")
    desk.post(f"{LIST}{product.pk}/tag/", kind="color", value="red")
    desk.post(BULK, ids=ids_of(product), what="price", price="500", step="do")
    page = desk.page(f"{LIST}{product.pk}/history/")
    for words in (
        "First seen",
        "A tag was said",
        "A person answered",
        "Changed by hand, several at once",
    ):
        assert words in page
    assert "price: 39000 → 500" in page
    assert desk.user.email in page


# Search by photo


def test_products_are_found_by_a_photo_and_nothing_is_counted(shop, desk, analyzer):
    from analytics.models import Event
    from billing.models import LedgerEntry

    stocked(shop, analyzer, product={"sku": "one", "title": "The one"})
    photo = SimpleUploadedFile("photo.png", picture("upper"), "image/png")
    page = desk.post("catalog/product/find/", photo=photo)
    assert page.status_code == 200 and b"The one" in page.content
    with shop_scope(shop):
        assert not Event.objects.exists() and not LedgerEntry.objects.exists()


@pytest.mark.parametrize("data", [b"", b"hello"])
def test_what_is_no_photo_is_told(shop, desk, analyzer, data):
    photo = SimpleUploadedFile("photo.png", data, "image/png")
    page = desk.post("catalog/product/find/", photo=photo)
    assert page.status_code == 400 and b"errornote" in page.content
    assert desk.post("catalog/product/find/").status_code == 400


# Today


def test_today_answers_its_four_questions_with_links(shop, desk):
    product = tagged(shop, "a", category="dress", unsure=True)
    make_photo(product, stored=False, state="failed")
    page = desk.page("")
    for words in (
        "Is everything tagged?",
        "What waits for me?",
        "What did shoppers look for?",
        "What will it cost?",
    ):
        assert words in page
    assert "catalog/photo/?state=failed" in page
    assert "All but those that could not be read." in page
