"""A new bundle is looked at before it goes live, and can be taken back after."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from catalog import seeing, tasks
from catalog.models import Garment, RetagPreview, SearchIndex, Tag
from catalog.selectors import live_revision
from catalog.services.retagging import NothingToSwitch, revision_choose, revision_undo, undo_until
from catalog.services.revisions import searchable_keep
from catalog.services.tags import tag_set
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.catalog.test_revisions import counts, fresh, state, tagged
from tests.factories import make_shop
from tests.support.photos import painted_png
from tests.support.tiny_bundle import build_tiny_bundle

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("sent"),
]


@pytest.fixture(scope="module")
def other_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_bundle(tmp_path_factory.mktemp("next"), seed=2)


@pytest.fixture
def shop(settings: Any, tiny_bundle: Path, other_bundle: Path) -> Shop:
    """Three products, seen by the former bundle; another is configured and has seen them too."""
    shop = make_shop()
    for name in ("upper", "lower", "full-body"):
        tagged(shop, painted_png(name))
    settings.VISION_BUNDLE = str(other_bundle)
    settings.VISION_BUNDLE_BEFORE = (str(tiny_bundle),)
    with shop_scope(shop):
        product = Tag.objects.order_by("pk")[0].product
        tag_set(product=product, kind="pattern", value="dot", by=None)
    searchable_keep(shop=fresh(shop))
    tasks.resee_photos(shop.pk)
    searchable_keep(shop=fresh(shop))
    return fresh(shop)


def words(shop: Shop, revision: str = "") -> dict[tuple[int, str], str]:
    with shop_scope(shop):
        rows = Tag.objects.filter(source="model")
        if revision:
            rows = rows.filter(revision=revision)
        return {(one.product_id, one.kind): one.value for one in rows}


def test_it_waits_for_a_person_and_shows_what_would_change(shop: Shop) -> None:
    coming, before = seeing.revision(), words(shop)
    held = state(shop)
    assert held.next_revision == coming and held.ready_at is not None
    assert live_revision(shop) == held.live_revision != coming
    with shop_scope(shop):
        preview = RetagPreview.objects.get()
        person = Tag.objects.get(source="person").product_id
    assert (preview.products, preview.total) == (3, 3)
    # A person's word does not change: of its kind one product less is compared.
    assert preview.kinds["pattern"][1] == 2 and preview.kinds["category"][1] == 3
    assert words(shop) == before, "a preview changes nothing"
    with shop_scope(shop):
        revision_choose(shop=shop)
    searchable_keep(shop=fresh(shop))
    assert live_revision(fresh(shop)) == coming
    tasks.settle_products(shop.pk)
    after = words(shop, coming)
    changed = dict.fromkeys(preview.kinds, 0)
    for (product_id, kind), value in after.items():
        told = before.get((product_id, kind))
        if told is not None and (product_id, kind) != (person, "pattern"):
            changed[kind] += value != told
    assert changed == {kind: pair[0] for kind, pair in preview.kinds.items()}
    assert sum(changed.values()) > 0, "the two bundles say different things, or this tests nothing"
    for one in preview.examples:
        assert before[one["product"], one["kind"]] == one["old"]
        assert after[one["product"], one["kind"]] == one["new"]


def test_nobody_answers_and_it_goes_live_by_itself(shop: Shop, settings: Any) -> None:
    former = state(shop).live_revision
    searchable_keep(shop=fresh(shop))
    assert live_revision(fresh(shop)) == former
    waited = timezone.now() - timedelta(hours=settings.RETAG_WAIT_HOURS, minutes=1)
    SearchIndex.objects.update(ready_at=waited)
    searchable_keep(shop=fresh(shop))
    assert live_revision(fresh(shop)) == seeing.revision()


def test_going_back_brings_the_former_tags_and_keeps_people(shop: Shop) -> None:
    former, coming, before = state(shop).live_revision, seeing.revision(), words(shop)
    with shop_scope(shop):
        revision_choose(shop=shop)
    searchable_keep(shop=fresh(shop))
    tasks.settle_products(shop.pk)
    assert set(words(shop, coming)) == set(words(shop))
    held = state(shop)
    assert undo_until(held) is not None and held.former_revision == former
    # The former garments are kept as long, and photos that come meanwhile are seen by both.
    SearchIndex.objects.update(changed_at=timezone.now() - timedelta(hours=1))
    searchable_keep(shop=fresh(shop))
    assert counts(shop) == {former: 3, coming: 3}
    tagged(fresh(shop), painted_png("upper", "lower"))
    assert counts(shop) == {former: 4, coming: 4}

    with shop_scope(shop):
        assert revision_undo(shop=fresh(shop)) == former
    assert live_revision(fresh(shop)) == former
    tasks.settle_products(shop.pk)
    now = words(shop, former)
    assert {key: now[key] for key in before} == before
    with shop_scope(shop):
        assert Tag.objects.get(source="person").value == "dot"
    # It does not come again by itself, but when somebody says so.
    SearchIndex.objects.update(ready_at=timezone.now() - timedelta(days=30))
    searchable_keep(shop=fresh(shop))
    assert live_revision(fresh(shop)) == former
    with shop_scope(shop):
        revision_choose(shop=fresh(shop))
    searchable_keep(shop=fresh(shop))
    assert live_revision(fresh(shop)) == coming


def test_after_the_window_the_former_garments_go_and_there_is_no_way_back(
    shop: Shop, settings: Any
) -> None:
    coming = seeing.revision()
    with shop_scope(shop):
        revision_choose(shop=shop)
    searchable_keep(shop=fresh(shop))
    long_ago = timezone.now() - timedelta(days=settings.RETAG_UNDO_DAYS, minutes=1)
    SearchIndex.objects.update(changed_at=long_ago, switched_at=long_ago)
    searchable_keep(shop=fresh(shop))
    assert counts(shop) == {coming: 3}
    with shop_scope(shop):
        assert set(Garment.objects.values_list("revision", flat=True)) == {coming}
        with pytest.raises(NothingToSwitch):
            revision_undo(shop=fresh(shop))
        with pytest.raises(NothingToSwitch):
            revision_choose(shop=fresh(shop))


def test_a_bundle_that_is_not_at_hand_any_more_cannot_be_gone_back_to(
    shop: Shop, settings: Any
) -> None:
    with shop_scope(shop):
        revision_choose(shop=shop)
    searchable_keep(shop=fresh(shop))
    settings.VISION_BUNDLE_BEFORE = ()
    assert undo_until(state(shop)) is None
