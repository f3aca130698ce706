"""The owner's page of words: what is shown, changed, refused and taken back."""

import pytest

from catalog.models import ShopTerm, TermEdit
from catalog.shop_taxonomy import shop_taxonomy
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import make_garment, make_photo, make_product, make_shop

FORM = {"en": "Floral", "ko": "꽃무늬", "synonyms_en": "", "synonyms_ko": "", "merged_into": ""}
ADDRESS = "taxonomy/pattern/floral/"


@pytest.fixture
def shop(db: None) -> Shop:
    return make_shop(slug="words")


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop, "editor")


def test_every_kind_is_shown_and_counted(shop: Shop, desk: Desk) -> None:
    from catalog import seeing

    photo = make_photo(make_product(shop), state="done", revision=seeing.revision())
    make_garment(photo, pattern="floral")
    page = desk.page("taxonomy/?kind=pattern")
    assert "Floral" in page
    assert "꽃무늬" in page
    assert "?pattern=floral" in page
    assert ">1</a>" in page
    for kind in ("category", "color", "sleeve", "group", "gender"):
        assert desk.get(f"taxonomy/?kind={kind}").status_code == 200
    assert desk.get("taxonomy/?kind=nothing").status_code == 404


def test_a_value_is_renamed_and_taken_back(shop: Shop, desk: Desk) -> None:
    form = FORM | {"en": "Blossom", "synonyms_en": "bloom print, gypsy"}
    assert desk.post(ADDRESS, **form).status_code == 302
    page = desk.page("taxonomy/?kind=pattern")
    assert "Blossom" in page
    assert "bloom print, gypsy" in page
    assert "name in English: Floral → Blossom" in page
    with shop_scope(shop):
        edit = TermEdit.objects.get()
        assert edit.by_id == desk.user.pk
    assert desk.post(f"catalog/termedit/{edit.pk}/undo/").status_code == 302
    with shop_scope(shop):
        assert not ShopTerm.objects.exists()
    assert "taken back" in desk.page("taxonomy/?kind=pattern")


def test_hiding_and_merging_are_shown(shop: Shop, desk: Desk) -> None:
    desk.post(ADDRESS, **FORM, hidden="on")
    assert "hidden" in desk.page("taxonomy/?kind=pattern")
    desk.post(ADDRESS, **FORM | {"merged_into": "print"})
    assert "counts as All-over print" in desk.page("taxonomy/?kind=pattern")
    with shop_scope(shop):
        assert shop_taxonomy().counts_as("pattern", "floral") == "print"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"en": ""}, "Write a name in English."),
        ({"synonyms_en": "polka dots"}, "already means"),
        ({"synonyms_ko": "!!!"}, "no letter"),
        ({"merged_into": "nowhere"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(shop: Shop, desk: Desk, said, words) -> None:
    response = desk.post(ADDRESS, **FORM | said)
    assert response.status_code == 400
    assert words in response.content.decode()
    with shop_scope(shop):
        assert not ShopTerm.objects.exists()


def test_unknown_values_are_not_there(desk: Desk) -> None:
    assert desk.get("taxonomy/pattern/nothing/").status_code == 404
    assert desk.get("taxonomy/nothing/floral/").status_code == 404
    assert desk.post("catalog/termedit/999999/undo/").status_code == 404


def test_a_viewer_looks_and_changes_nothing(shop: Shop) -> None:
    viewer = Desk(shop, "viewer")
    assert "Save" not in viewer.page(ADDRESS)
    assert viewer.post(ADDRESS, **FORM | {"en": "Blossom"}).status_code == 403
    with shop_scope(shop):
        assert not ShopTerm.objects.exists()


def test_a_stranger_sees_nothing(shop: Shop) -> None:
    stranger = Desk(make_shop(), "owner")
    stranger.base = f"/admin/{shop.slug}/"
    assert stranger.get("taxonomy/").status_code == 404
    assert stranger.get(ADDRESS).status_code == 404


def test_the_products_page_and_card_use_the_shops_word(shop: Shop, desk: Desk) -> None:
    product = make_product(shop)
    with shop_scope(shop):
        from catalog.services.tags import tag_set

        tag_set(product=product, kind="pattern", value="floral", by=desk.user)
    desk.post(ADDRESS, **FORM | {"en": "Blossom"})
    assert "Blossom" in desk.page(f"catalog/product/{product.pk}/change/")


def test_it_reads_in_korean(desk: Desk) -> None:
    page = desk.get("taxonomy/", headers={"Accept-Language": "ko"}).content.decode()
    assert "분류 체계" in page
    assert "Your synonyms" not in page
