"""The words that a shop gave the taxonomy's values are read in its files and over its API too."""

import pytest

from catalog.models import Product, Tag
from catalog.services.product_changes import Change, Op, products_change
from catalog.services.taxonomy import TermChange, term_set, term_undo
from catalog.shop_taxonomy import spoken_for
from catalog.words import category_of, exact_value
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.catalog.runs import imported
from tests.factories import make_shop

pytestmark = pytest.mark.django_db
FILE = "sku,title,price,category,color,gender\nA,Linen piece,1000,여성 > 나풀이,달밤,마님\n"
WORDS = (
    ("category", "dress", TermChange("Dress", "드레스", {"ko": ["나풀이"]})),
    ("color", "navy", TermChange("Midnight", "달밤", {})),
    ("gender", "women", TermChange("Women", "여성", {"ko": ["마님"]})),
)


@pytest.fixture
def shop() -> Shop:
    return make_shop(slug="words")


def say(shop: Shop) -> None:
    with shop_scope(shop):
        for kind, value, change in WORDS:
            assert term_set(kind=kind, value=value, change=change, by=None) is not None


def told(shop: Shop) -> dict[str, str]:
    with shop_scope(shop):
        return dict(Tag.objects.filter(source="feed").values_list("kind", "value"))


def test_a_files_words_are_the_shops_own(shop: Shop) -> None:
    say(shop)
    imported(shop, FILE)
    assert told(shop) == {"category": "dress", "color": "navy"}
    with shop_scope(shop):
        assert Product.objects.get().gender == "women"


def test_the_same_file_is_read_again_after_a_word_was_added_or_taken_away(shop: Shop) -> None:
    imported(shop, FILE)
    assert told(shop) == {}
    say(shop)
    assert imported(shop, FILE).updated == 1
    assert told(shop) == {"category": "dress", "color": "navy"}
    assert imported(shop, FILE).unchanged == 1
    with shop_scope(shop):
        change = TermChange("Dress", "드레스", {})
        edit = term_set(kind="category", value="dress", change=change, by=None)
    imported(shop, FILE)
    assert told(shop) == {"color": "navy"}
    with shop_scope(shop):
        assert edit is not None
        term_undo(edit=edit, by=None)
    imported(shop, FILE)
    assert told(shop) == {"category": "dress", "color": "navy"}


def test_no_other_shop_reads_them(shop: Shop) -> None:
    say(shop)
    imported(shop, FILE)
    other = make_shop(slug="other")
    imported(other, FILE)
    assert told(other) == {}
    with shop_scope(other):
        assert Product.objects.get().gender == ""
        assert exact_value("color", "달밤") is None


def test_the_api_reads_them(shop: Shop) -> None:
    say(shop)
    fields = {"title": "Linen piece", "price": 1000, "feed_category": "여성 > 나풀이"}
    with shop_scope(shop):
        products_change(shop=shop, changes=[Change(Op.PUT, "A", fields)])
    assert told(shop) == {"category": "dress"}


def test_titles_are_read_with_them_and_the_installations_words_stay(shop: Shop) -> None:
    say(shop)
    assert category_of("린넨나풀이") is None
    with spoken_for(shop, fresh=True):
        assert category_of("린넨나풀이") == "dress"
        assert category_of("원피스") == "dress"
        assert exact_value("color", "네이비") == "navy"
