"""A shop's own heads: learned from people's words, in use only where better, off and on."""

import numpy as np
import pytest

from catalog.models import Garment, ReviewDecision, ShopHead, Tag
from catalog.services.garments import products_settle
from catalog.services.settling import products_settle as settle_announced
from catalog.services.teaching import heads
from catalog.services.teaching.words import designs
from tenants import outbox
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.catalog.teaching.stock import model_tag, said, stocked
from tests.factories import make_shop

SIGNED = set(range(40))


@pytest.fixture
def shop(db: None, sent: list) -> Shop:
    return make_shop(slug="taught")


@pytest.fixture
def products(shop: Shop) -> list:
    """Forty that look like something else; people said so of thirty, and agreed with ten others."""
    found = stocked(shop, 160, signed=SIGNED)
    with shop_scope(shop):
        Tag.objects.bulk_create(said(one, "pattern", "jacquard") for one in found[:30])
        others = [(one, model_tag(one, "pattern").value) for one in found[60:70]]
        Tag.objects.bulk_create(said(one, "pattern", value) for one, value in others)
    return found


def learn(shop: Shop) -> ShopHead:
    with shop_scope(shop):
        heads.heads_ask(shop=shop)
    assert heads.heads_run(shop_id=shop.pk) == 1
    while settle_announced(shop_id=shop.pk):
        pass
    with shop_scope(shop):
        return ShopHead.objects.filter(kind="pattern").order_by("-version")[0]


def test_what_people_corrected_is_learned_and_told_of_the_others(shop, products):
    head = learn(shop)
    assert head.answers
    assert head.figures["stock_right"] == 10
    assert head.figures["own_right"] >= 35
    assert head.figures["low"] > 0
    with shop_scope(shop):
        # Ten that nobody corrected look like it; they have the shop's word now, and say whose.
        told = [model_tag(one, "pattern") for one in products[30:40]]
        assert sum(tag.value == "jacquard" for tag in told) >= 8
        assert {tag.head for tag in told} == {head.version}
        assert all(0.5 < tag.probability <= 1 for tag in told)
        # What was right stays, and filters follow.
        rest = [model_tag(one, "pattern").value for one in products[70:]]
        assert rest.count("jacquard") <= 2
        columns = Garment.objects.filter(product__in=products[30:40]).values_list("pattern")
        assert [one for (one,) in columns].count("jacquard") >= 8
        assert head.figures["changes"] >= 38


def test_switched_off_the_stock_answers_again_and_back_on_the_shop(shop, products):
    learn(shop)
    with shop_scope(shop):
        before = [model_tag(one, "pattern").value for one in products]
        heads.head_switch(shop=shop, kind="pattern", on=False, by=None)
    heads.heads_run(shop_id=shop.pk)
    with shop_scope(shop):
        off = [model_tag(one, "pattern") for one in products]
        assert "jacquard" not in {tag.value for tag in off}
        assert {tag.head for tag in off} == {None}
        assert {tag.probability for tag in off} == {0.9}
        heads.head_switch(shop=shop, kind="pattern", on=True, by=None)
    heads.heads_run(shop_id=shop.pk)
    with shop_scope(shop):
        assert [model_tag(one, "pattern").value for one in products] == before


def test_a_persons_word_stands_above_the_shops_head(shop, products):
    with shop_scope(shop):
        Tag.objects.filter(product=products[39]).delete()
        Tag.objects.bulk_create([said(products[39], "pattern", "solid")])
    learn(shop)
    with shop_scope(shop):
        products_settle(products=[products[39]])
        assert Garment.objects.get(product=products[39]).pattern == "solid"


def test_new_products_are_told_by_the_head_in_use(shop, products):
    head = learn(shop)
    new = stocked(shop, 6, signed={0, 1, 2}, seed=9)
    with shop_scope(shop):
        values = [model_tag(one, "pattern") for one in new]
    assert [tag.value for tag in values[:3]] == ["jacquard"] * 3
    assert {tag.head for tag in values} == {head.version}


def test_noise_is_not_taken_into_use(shop):
    """People said things at random: the head is tried, shown, and does not answer."""
    products = stocked(shop, 120, signed=set())
    with shop_scope(shop):
        values = np.random.default_rng(2).choice(["floral", "solid"], 40)
        Tag.objects.bulk_create(
            said(one, "pattern", value) for one, value in zip(products, values, strict=False)
        )
    head = learn(shop)
    assert not head.better
    with shop_scope(shop):
        assert {model_tag(one, "pattern").head for one in products} == {None}


def test_too_few_words_are_not_tried(shop):
    products = stocked(shop, 30, signed=set())
    with shop_scope(shop):
        Tag.objects.bulk_create(said(one, "pattern", "check") for one in products[:19])
        heads.heads_ask(shop=shop)
    heads.heads_run(shop_id=shop.pk)
    with shop_scope(shop):
        assert not ShopHead.objects.exists()


def test_the_same_words_are_not_learned_twice_and_a_new_bundle_makes_a_head_stale(
    shop, products, monkeypatch
):
    learn(shop)
    assert learn(shop).version == 1
    heads.heads_keep(shop=shop)
    assert outbox.idle(shop_id=shop.pk, topic=outbox.TEACH)
    with shop_scope(shop):
        ShopHead.objects.update(revision="former")
    heads.heads_keep(shop=shop)
    assert not outbox.idle(shop_id=shop.pk, topic=outbox.TEACH)
    assert learn(shop).version == 2


def test_the_shops_sample_is_asked_and_not_learned_from(shop, products):
    with shop_scope(shop):
        ReviewDecision.objects.bulk_create(
            ReviewDecision(product=one, kind="pattern", value="jacquard", sampled=True)
            for one in products[:30]
        )
        heads.heads_ask(shop=shop)
    heads.heads_run(shop_id=shop.pk)
    with shop_scope(shop):
        assert not ShopHead.objects.exists()


def test_variants_are_one_design(shop, products):
    with shop_scope(shop):
        for one in products[:2]:
            one.variant_group = "one design"
            one.save(update_fields=["variant_group"])
        found = designs({one.pk for one in products[:4]})
    assert found[products[0].pk] == found[products[1].pk]
    assert len(set(found.values())) == 3


def test_another_shops_words_teach_nothing(shop, products, sent):
    other = make_shop(slug="untaught")
    stocked(other, 20, signed=set(), seed=3)
    with shop_scope(other):
        heads.heads_ask(shop=other)
    heads.heads_run(shop_id=other.pk)
    with shop_scope(other):
        assert not ShopHead.objects.exists()
