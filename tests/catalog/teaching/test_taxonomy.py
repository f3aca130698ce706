"""A shop's own words: what it may write, what it may not, and that all can be taken back."""

import pytest

from catalog.models import ShopTerm, TermEdit
from catalog.services.taxonomy import TermChange, own_add, term_set, term_undo
from catalog.services.taxonomy_checks import MOST_OWN, TaxonomyRefused
from catalog.shop_taxonomy import shop_taxonomy
from tenants import outbox
from tenants.models import AuditEntry, Shop
from tenants.scope import shop_scope
from tests.factories import make_product, make_shop


@pytest.fixture
def shop(db: None, sent: list) -> Shop:
    return make_shop(slug="worded")


def change(**said) -> TermChange:
    return TermChange(**({"en": "Floral", "ko": "꽃무늬", "synonyms": {}} | said))


def refused(shop: Shop, kind: str = "pattern", value: str = "floral", **said) -> TaxonomyRefused:
    with shop_scope(shop), pytest.raises(TaxonomyRefused) as found:
        term_set(kind=kind, value=value, change=change(**said), by=None)
    with shop_scope(shop):
        assert not TermEdit.objects.filter(kind=kind, value=value).exists()
    return found.value


def test_a_name_and_synonyms_are_kept_and_taken_back(shop):
    with shop_scope(shop):
        stock = shop_taxonomy().value("pattern", "floral")
        wanted = change(en="Blossom", ko="블라썸", synonyms={"en": ["bloom  print", "bloom print"]})
        edit = term_set(kind="pattern", value="floral", change=wanted, by=None)
        held = shop_taxonomy().value("pattern", "floral")
        assert (held.en, held.ko) == ("Blossom", "블라썸")
        assert held.synonyms["en"] == ("bloom print",)
        assert AuditEntry.objects.filter(action="taxonomy").count() == 1
        term_undo(edit=edit, by=None)
        assert shop_taxonomy().value("pattern", "floral") == stock
        assert not ShopTerm.objects.exists()


def test_words_that_change_are_read_anew_and_places_are_not(shop):
    product = make_product(shop)
    with shop_scope(shop):
        outbox.done(shop_id=shop.pk, topic=outbox.WORDS, object_ids=[product.pk])
        term_set(kind="pattern", value="floral", change=_same(hidden=True), by=None)
        assert outbox.idle(shop_id=shop.pk, topic=outbox.WORDS)
        term_set(kind="pattern", value="floral", change=_same(en="Blossom"), by=None)
        assert not outbox.idle(shop_id=shop.pk, topic=outbox.WORDS)


def test_a_later_change_is_undone_first(shop):
    with shop_scope(shop):
        first = term_set(kind="pattern", value="floral", change=_same(en="Blossom"), by=None)
        second = term_set(kind="pattern", value="floral", change=_same(en="Bloomy"), by=None)
        with pytest.raises(TaxonomyRefused) as found:
            term_undo(edit=first, by=None)
        assert found.value.code == "changed_since"
        term_undo(edit=second, by=None)
        assert shop_taxonomy().value("pattern", "floral").en == "Blossom"
        term_undo(edit=first, by=None)
        assert not ShopTerm.objects.exists()


def test_nothing_changed_is_no_change(shop):
    with shop_scope(shop):
        assert term_set(kind="pattern", value="floral", change=_same(), by=None) is None
        assert not TermEdit.objects.exists()


def test_unknown_ids_are_refused(shop):
    assert refused(shop, value="no-such").code == "unknown_value"
    assert refused(shop, kind="no-such").code == "unknown_kind"


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"en": ""}, "no_name", "en"),
        ({"ko": "   "}, "no_name", "ko"),
        ({"en": "x" * 61}, "too_long", "en"),
        ({"synonyms": {"ko": ["!!!"]}}, "no_word", "synonyms_ko"),
        ({"synonyms": {"en": ["without"]}}, "small_word", "synonyms_en"),
        ({"synonyms": {"en": [f"word{at}" for at in range(31)]}}, "too_many_synonyms", None),
        ({"merged_into": "no-such"}, "unknown_value", "merged_into"),
        ({"merged_into": "floral"}, "unknown_value", "merged_into"),
    ],
)
def test_what_cannot_be_written_is_refused_with_its_field(shop, said, code, field):
    told = refused(shop, **said)
    assert told.code == code
    assert field is None or told.field == field


def test_two_values_cannot_share_a_word_and_the_other_is_named(shop):
    told = refused(shop, synonyms={"en": ["polka dots"]})
    assert told.code == "clash"
    assert "polka dots" in str(told)
    assert "Dot" in str(told) or "dot" in str(told)
    with shop_scope(shop):
        own_add(en="Hanbok", ko="한복", synonyms={}, by=None)
        for word in ("hanbok", "Dress", "빨강"):
            with pytest.raises(TaxonomyRefused) as found:
                own_add(en=word, ko="다른 이름", synonyms={}, by=None)
            assert found.value.code == "clash"


def test_merging_has_no_chains(shop):
    with shop_scope(shop):
        term_set(
            kind="pattern",
            value="jacquard",
            change=_same("jacquard", merged_into="floral"),
            by=None,
        )
        assert shop_taxonomy().counts_as("pattern", "jacquard") == "floral"
        for value, into, code in (
            ("floral", "stripe-fine", "merged_here"),
            ("check", "jacquard", "merge_chain"),
        ):
            wanted = _same(value, merged_into=into)
            with pytest.raises(TaxonomyRefused) as found:
                term_set(kind="pattern", value=value, change=wanted, by=None)
            assert found.value.code == code


def test_a_shop_has_at_most_a_hundred_values_of_its_own(shop):
    with shop_scope(shop):
        ShopTerm.objects.bulk_create(
            ShopTerm(kind="own", value=f"v{at}", en=f"Own{at}", ko=f"자체{at}")
            for at in range(MOST_OWN)
        )
        with pytest.raises(TaxonomyRefused) as found:
            own_add(en="One more", ko="하나 더", synonyms={}, by=None)
    assert found.value.code == "too_many_own"


def test_another_shop_keeps_the_stocks_words(shop):
    with shop_scope(shop):
        term_set(kind="pattern", value="floral", change=_same(en="Blossom"), by=None)
    with shop_scope(make_shop(slug="plain-words")):
        assert shop_taxonomy().name("pattern", "floral", "en") == ""
    assert shop_taxonomy(shop).name("pattern", "floral", "en") == "Blossom"


def _same(value: str = "floral", **said) -> TermChange:
    held = shop_taxonomy().value("pattern", value)
    return TermChange(**({"en": held.en, "ko": held.ko, "synonyms": held.synonyms} | said))
