"""A shop's own words in searches, filters and facets: renamed, synonymous, hidden, merged, own."""

import pytest

from catalog.models import ProductFacet
from catalog.services.postings import postings_due
from catalog.services.taxonomy import TermChange, own_add, term_set
from catalog.shop_taxonomy import shop_taxonomy, spoken_for
from recommender.facets import facet_counts
from recommender.filters import Filters, eligible_products
from recommender.query import label
from recommender.words import understand
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import REVISION, make_shop
from tests.recommender.words.shelf import shelve, write


@pytest.fixture
def shop(db: None) -> Shop:
    shop = make_shop(slug="shelf")
    shelve(shop, "F", "Dress one", category="dress", pattern="floral", color="red")
    shelve(shop, "P", "Dress two", category="dress", pattern="jacquard", color="red")
    shelve(shop, "S", "Skirt", category="skirt", pattern="stripe-fine", color="blue")
    write(shop)
    return shop


def name(kind: str, value: str, **said) -> None:
    held = shop_taxonomy().value(kind, value)
    wanted = {"en": held.en, "ko": held.ko, "synonyms": held.synonyms} | said
    term_set(kind=kind, value=value, change=TermChange(**wanted), by=None)


def read(text: str, lang: str = "en"):
    return understand(text, lang=lang, currency="KRW")


def pattern_facet(lang: str = "en") -> dict[str, tuple[str, int]]:
    facets = facet_counts(
        kinds=["pattern"], filters=Filters(), revision=REVISION, among=None, lang=lang
    )
    return {one.value: (one.label, one.count) for one in facets[0].values}


def test_a_synonym_is_understood_in_its_shop_only(shop):
    with shop_scope(shop):
        assert "pattern" not in read("gypsy dress").filters.values
        name("pattern", "floral", synonyms={"en": ["gypsy"], "ko": ["집시무늬"]})
        assert read("gypsy dress").filters.values["pattern"] == ("floral",)
        assert read("집시무늬원피스").filters.values["pattern"] == ("floral",)
    with shop_scope(make_shop(slug="other")):
        assert "pattern" not in read("gypsy dress").filters.values


def test_a_new_name_labels_chips_and_facets_in_both_languages(shop):
    with shop_scope(shop):
        name("pattern", "floral", en="Blossom", ko="블라썸")
        understood = read("blossom dress")
        assert "Blossom" in [chip.label for chip in understood.chips]
        assert "블라썸" in [chip.label for chip in read("꽃무늬 원피스", "ko").chips]
        assert pattern_facet()["floral"][0] == "Blossom"
        assert pattern_facet("ko")["floral"][0] == "블라썸"


def test_a_hidden_value_is_no_facet_and_no_word(shop):
    with shop_scope(shop):
        assert "floral" in pattern_facet()
        name("pattern", "floral", hidden=True)
        assert set(pattern_facet()) == {"jacquard", "stripe-fine"}
        assert "pattern" not in read("floral dress").filters.values


def test_a_merged_value_counts_is_filtered_and_found_as_the_other(shop):
    with shop_scope(shop):
        name("pattern", "jacquard", merged_into="floral")
        assert pattern_facet()["floral"][1] == 2
        assert "jacquard" not in pattern_facet()
        asked = read("jacquard dress").filters
        assert asked.values["pattern"] == ("floral",)
        assert eligible_products(asked, REVISION).count() == 2
        assert {"#pattern:floral", "#pattern:jacquard"} <= set(read("floral").terms)
        name("pattern", "jacquard", merged_into="")
        assert pattern_facet()["floral"][1] == 1


def test_a_value_of_its_own_is_a_chip_a_filter_and_a_facet(shop):
    with shop_scope(shop):
        own_add(en="Hanbok", ko="한복", synonyms={"ko": ["저고리"]}, by=None)
        # Nothing has it yet: the word leaves nothing out.
        assert "own" not in read("hanbok").filters.values
        pk = eligible_products(Filters({"pattern": ("floral",)}), REVISION)[0]
        ProductFacet.objects.create(product_id=pk, kind="own", value="hanbok")
        postings_due(product_ids=[pk])
    write(shop)
    with shop_scope(shop):
        for text in ("hanbok", "한복", "저고리"):
            understood = read(text, "ko")
            assert understood.filters.values["own"] == ("hanbok",)
            assert [chip.label for chip in understood.chips] == ["한복"]
        assert list(eligible_products(read("hanbok").filters, REVISION)) == [pk]
        # "Not a hanbok" leaves it out, by its term.
        assert "-#own:hanbok" in read("not hanbok dress").terms
        facets = facet_counts(
            kinds=["own"], filters=Filters(), revision=REVISION, among=None, lang="ko"
        )
        assert [(one.label, one.count) for one in facets[0].values] == [("한복", 1)]


def test_replies_that_are_put_together_outside_the_scope_speak_the_shops_words(shop):
    with shop_scope(shop):
        name("pattern", "floral", en="Blossom")
    assert label("pattern", "floral", "en") == "Floral"
    with spoken_for(shop):
        assert label("pattern", "floral", "en") == "Blossom"
    assert label("pattern", "floral", "en") == "Floral"
