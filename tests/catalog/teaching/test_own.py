"""A class of a shop's own: ten examples in, every product told, accepted, corrected, taken back."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from catalog import seeing
from catalog.models import OwnClass, OwnExample, OwnScore, Posting, ProductFacet, ShopTerm
from catalog.services.garments import products_settle
from catalog.services.photos import photo_store
from catalog.services.postings import postings_run
from catalog.services.taxonomy import own_add
from catalog.services.teaching import own as classes
from catalog.services.teaching import scores
from catalog.services.teaching.vectors import clear_garments, vectors_of
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.catalog.teaching.stock import stocked
from tests.factories import jpeg, make_product, make_shop

SIGNED = set(range(30))


@pytest.fixture
def shop(db: None, sent: list) -> Shop:
    return make_shop(slug="hanbok-shop")


@pytest.fixture
def products(shop: Shop) -> list:
    return stocked(shop, 400, signed=SIGNED)


@pytest.fixture
def own(shop: Shop, products: list) -> OwnClass:
    with shop_scope(shop):
        term = own_add(en="Hanbok", ko="한복", synonyms={"ko": ["저고리"]}, by=None)
        made = classes.class_make(term=term)
        ids = [one.pk for one in products[:10]]
        assert classes.examples_add(own=made, product_ids=ids, positive=True, by=None) == 10
    return learned(shop, made)


def learned(shop: Shop, own: OwnClass) -> OwnClass:
    assert scores.classes_run(shop_id=shop.pk) == 1
    with shop_scope(shop):
        return OwnClass.objects.select_related("term").get(pk=own.pk)


def having(shop: Shop) -> set[int]:
    rows = ProductFacet.objects.filter(kind="own", value="hanbok")
    return set(rows.values_list("product_id", flat=True))


def test_every_product_is_told_and_the_likely_ones_are_those(shop, products, own):
    assert own.state == OwnClass.State.READY
    assert own.figures["products"] == 400
    with shop_scope(shop):
        likely = dict(OwnScore.objects.values_list("product_id", "probability"))
    others = [likely.get(one.pk, 0.0) for one in products[30:]]
    same = [likely.get(one.pk, 0.0) for one in products[10:30]]
    assert sum(one >= 0.5 for one in same) >= 15
    assert sum(one >= 0.5 for one in others) <= 4
    assert own.figures["counts"][49] == sum(one >= 0.5 for one in likely.values())
    assert sum(one >= 0.5 for one in own.figures["left_out"]) >= 7


def test_nobody_has_the_value_before_it_is_accepted(shop, products, own):
    with shop_scope(shop):
        assert not having(shop)
        changed = classes.class_accept(own=own, threshold=0.5, by=None)
        assert having(shop) == set(classes.products_having(own))
        assert changed == len(having(shop)) >= 25
        assert {one.pk for one in products[:10]} <= having(shop)
        assert classes.class_accept(own=own, threshold=None, by=None) == changed
        assert not having(shop)


def test_an_accepted_value_is_found_by_words(shop, products, own):
    with shop_scope(shop):
        classes.class_accept(own=own, threshold=0.5, by=None)
    while postings_run(shop_id=shop.pk):
        pass
    with shop_scope(shop):
        found = set(Posting.objects.filter(term="#own:hanbok").values_list("product_id", flat=True))
        assert found == having(shop)


def test_a_persons_no_takes_it_away_and_a_yes_gives_it(shop, products, own):
    with shop_scope(shop):
        classes.class_accept(own=own, threshold=0.5, by=None)
        had = sorted(having(shop) - {one.pk for one in products[:10]})[0]
        lacked = products[200].pk
        assert lacked not in having(shop)
        classes.examples_add(own=own, product_ids=[had], positive=False, by=None, asked=True)
        classes.examples_add(own=own, product_ids=[lacked], positive=True, by=None, asked=True)
    learned(shop, own)
    with shop_scope(shop):
        assert had not in having(shop)
        assert lacked in having(shop)
        # Settling the product, as tagging does, changes nothing of that.
        products_settle(products=[one for one in products if one.pk in (had, lacked)])
        assert had not in having(shop)
        assert lacked in having(shop)


def test_new_products_are_scored_when_they_are_tagged(shop, products, own):
    with shop_scope(shop):
        classes.class_accept(own=own, threshold=0.5, by=None)
    new = stocked(shop, 8, signed={0, 1, 2, 3}, seed=5)
    with shop_scope(shop):
        found = having(shop) & {one.pk for one in new}
    assert len(found & {one.pk for one in new[:4]}) >= 3
    assert not found & {one.pk for one in new[4:]}


def test_too_few_examples_say_so(shop, products):
    with shop_scope(shop):
        term = own_add(en="Cape", ko="케이프", synonyms={}, by=None)
        made = classes.class_make(term=term)
        ids = [one.pk for one in products[:4]]
        classes.examples_add(own=made, product_ids=ids, positive=True, by=None)
    assert learned(shop, made).state == OwnClass.State.FEW


def test_variants_of_one_design_are_one_example(shop, products):
    with shop_scope(shop):
        for one in products[:10]:
            one.variant_group = "the same"
            one.save(update_fields=["variant_group"])
        term = own_add(en="Cape", ko="케이프", synonyms={}, by=None)
        made = classes.class_make(term=term)
        ids = [one.pk for one in products[:10]]
        classes.examples_add(own=made, product_ids=ids, positive=True, by=None)
    assert learned(shop, made).state == OwnClass.State.FEW


def test_uploaded_photos_are_examples_by_their_embedding(shop, products, own):
    stored = photo_store(shop_id=shop.pk, data=jpeg(seed=3))
    with shop_scope(shop):
        assert classes.example_photo_add(own=own, stored=stored, by=None)
        assert not classes.example_photo_add(own=own, stored=stored, by=None)
    learned(shop, own)
    with shop_scope(shop):
        example = OwnExample.objects.exclude(photo="").get()
    assert example.revision == seeing.revision()


def test_another_shops_products_are_no_examples(shop, products, own):
    stranger = make_product(make_shop())
    with shop_scope(shop):
        assert not classes.examples_add(own=own, product_ids=[stranger.pk], positive=True, by=None)


def test_a_new_bundle_learns_the_class_anew(shop, products, own):
    with shop_scope(shop):
        OwnClass.objects.update(revision="former")
    scores.classes_keep(shop=shop)
    assert learned(shop, own).revision == seeing.revision()


def test_a_deleted_value_leaves_nothing(shop, products, own):
    with shop_scope(shop):
        classes.class_accept(own=own, threshold=0.5, by=None)
        classes.class_remove(own=own, by=None)
        assert not having(shop)
        assert not OwnScore.objects.exists()
        assert not ShopTerm.objects.exists()


@pytest.mark.parametrize("threshold", [0.0, 1.0, -1, 2])
def test_thresholds_out_of_bounds_are_refused(shop, products, own, threshold):
    with shop_scope(shop), pytest.raises(ValueError, match="cannot be set"):
        classes.class_accept(own=own, threshold=threshold, by=None)


def test_a_product_that_goes_while_a_class_is_learned_hurts_nothing(shop, products, own):
    with shop_scope(shop):
        classes.class_ask(own=own)
        products[3].gone_at = timezone.now() - timedelta(days=1)
        products[3].save(update_fields=["gone_at"])
        products[2].delete()
    assert learned(shop, own).state == OwnClass.State.READY


def test_stored_vectors_are_read_as_they_were_written(shop, products):
    with shop_scope(shop):
        clear = clear_garments(seeing.revision())
        read = vectors_of(clear.garments[::-1].copy())
        for place, garment in enumerate(clear.garments[::-1][:20]):
            from_django = np.asarray(
                products[0].garments.model.objects.get(pk=garment).embedding, np.float32
            )
            assert np.allclose(read[place], from_django)
