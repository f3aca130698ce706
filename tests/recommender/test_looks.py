"""Looks: made by services, seen by the worker, answered by the API."""

import json
from typing import Any

import numpy as np
import pytest
from django.db import IntegrityError, transaction

from catalog.models import Product
from recommender.looks import garments, services, sight
from recommender.looks.services import Piece
from recommender.models import Look, LookItem
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.factories import make_product, make_shop
from tests.recommender.stock import picture
from vision.analyzer import Analyzer
from vision.errors import ImageRejected

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return make_shop(language="en")


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doorbell is silent: tests call the worker's function themselves."""
    monkeypatch.setattr("tenants.outbox.current_app.send_task", lambda *_, **__: None)


def put(shop: Shop, slug: str = "rain", *, data: bytes | None = None, **fields: Any) -> Look:
    photo = services.look_photo_store(shop_id=shop.pk, data=data) if data else None
    with shop_scope(shop):
        return services.look_put(
            slug=slug, **{"title": "Rain", "story": "Wet streets.", "photo": photo, **fields}
        )


def seen(shop: Shop, *paints: str, **fields: Any) -> Look:
    """A look whose photo shows these paints, looked at by the worker."""
    look = put(shop, data=picture(*(paints or ("upper", "lower"))), **fields)
    assert sight.looks_see(shop_id=shop.pk) == 1
    return fresh(look)


def fresh(look: Look) -> Look:
    with shop_scope(look.shop_id):
        return Look.objects.get(pk=look.pk)


class TestMaking:
    def test_a_look_keeps_its_pieces_in_order(self, shop: Shop) -> None:
        coat = make_product(
            shop, title="Wool coat", translations={"ko": {"title": "울 코트", "description": "…"}}
        )
        look = put(shop, pieces=[Piece(description="black boots"), Piece(coat.pk)])
        with shop_scope(shop):
            told = [(one.product_id, one.description) for one in look.items.all()]
            assert told == [(None, "black boots"), (coat.pk, "Wool coat")]
            assert look.items.all()[1].text("ko") == "울 코트"

    def test_the_same_slug_is_the_same_look(self, shop: Shop) -> None:
        put(shop, pieces=[Piece(description="boots")])
        put(shop, title="Drizzle", pieces=[Piece(description="hat")])
        with shop_scope(shop):
            look = Look.objects.get()
            assert (look.title, look.items.get().description) == ("Drizzle", "hat")

    def test_a_piece_outlives_its_product_as_its_words(self, shop: Shop) -> None:
        coat = make_product(shop, title="Wool coat")
        put(shop, pieces=[Piece(coat.pk)])
        with shop_scope(shop):
            Product.objects.get(pk=coat.pk).delete()
            item = LookItem.objects.get()
            assert (item.product_id, item.description) == (None, "Wool coat")

    def test_a_piece_of_no_words_is_refused_by_the_database(self, shop: Shop) -> None:
        look = put(shop)
        with shop_scope(shop), pytest.raises(IntegrityError), transaction.atomic():
            LookItem.objects.create(look=look)

    def test_another_shops_product_is_no_piece(self, shop: Shop) -> None:
        theirs = make_product(make_shop())
        look = put(shop)
        with shop_scope(shop), pytest.raises(IntegrityError), transaction.atomic():
            LookItem.objects.create(look=look, product_id=theirs.pk, description="coat")

    def test_slugs_are_made_of_titles_and_free(self, shop: Shop) -> None:
        with shop_scope(shop):
            assert services.slug_for("Rain on the Han River") == "rain-on-the-han-river"
            assert services.slug_for("비 오는 날") == "look"
        look = put(shop, "look")
        put(shop, "look-2")
        with shop_scope(shop):
            assert services.slug_for("비") == "look-3"
            assert services.slug_for("비", taken_by=look.pk) == "look"


class TestSeeing:
    def test_the_worker_finds_the_garments(self, shop: Shop, analyzer: Analyzer) -> None:
        look = seen(shop)
        assert look.revision == analyzer.revision
        found = garments.read(look)
        assert len(found) == len(look.garments) == 2
        for one in found:
            assert np.linalg.norm(one.embedding) == pytest.approx(1, abs=1e-5)
            assert one.palette and one.tags["category"].id == one.category
            assert 0 <= one.box[0] < one.box[2] <= 160
        with shop_scope(shop):
            assert not Outbox.objects.filter(topic="look").exists()

    def test_what_is_read_back_is_what_was_seen(self, shop: Shop, analyzer: Analyzer) -> None:
        look = seen(shop)
        first = garments.read(look)
        again, vectors = garments.kept(first)
        assert [{**one, "item": None} for one in json.loads(json.dumps(again))] == look.garments
        assert vectors == bytes(look.embeddings)

    def test_the_same_photo_is_not_looked_at_twice(self, shop: Shop, analyzer: Analyzer) -> None:
        seen(shop)
        put(shop, data=picture("upper", "lower"))
        assert sight.looks_see(shop_id=shop.pk) == 0
        put(shop, data=picture("upper", stain=9))
        assert sight.looks_see(shop_id=shop.pk) == 1

    def test_a_photo_of_nothing_has_no_garments(self, shop: Shop, analyzer: Analyzer) -> None:
        look = put(shop, data=picture())
        sight.looks_see(shop_id=shop.pk)
        look = fresh(look)
        assert (look.garments, look.revision) == ([], analyzer.revision)
        assert garments.read(look) == ()

    def test_a_file_that_is_gone_is_told(self, shop: Shop, analyzer: Analyzer) -> None:
        look = put(shop, data=picture("upper"))
        look.photo.storage.delete(look.photo.name)
        sight.looks_see(shop_id=shop.pk)
        assert fresh(look).reason == "file_missing"

    def test_what_was_seen_of_a_replaced_photo_is_dropped(
        self, shop: Shop, analyzer: Analyzer
    ) -> None:
        look = put(shop, data=picture("upper"))
        stale = sight._seen(look)
        newer = put(shop, data=picture("lower"))
        sight._keep(look, stale)
        assert fresh(newer).revision == ""
        with shop_scope(shop):
            assert Outbox.objects.filter(topic="look", object_id=newer.pk).exists()

    def test_no_photo_is_refused_before_it_is_kept(self, shop: Shop) -> None:
        with pytest.raises(ImageRejected):
            services.look_photo_store(shop_id=shop.pk, data=b"GIF89a, not really")

    def test_a_piece_is_looked_at_where_it_lies(self, shop: Shop, analyzer: Analyzer) -> None:
        """Before what else is found, and not twice."""
        place = (32, 20, 128, 120)
        look = put(
            shop,
            data=picture("upper", "lower"),
            pieces=[Piece(description="hat"), Piece(description="tee", box=place)],
        )
        sight.looks_see(shop_id=shop.pk)
        look = fresh(look)
        first, second = garments.read(look)
        assert first.box == place and second.box != place
        with shop_scope(shop):
            tee = look.items.get(description="tee")
        assert [one["item"] for one in look.garments] == [tee.pk, None]

    def test_a_place_outside_the_photo_is_nowhere(self, shop: Shop, analyzer: Analyzer) -> None:
        pieces = [Piece(description="tee", box=(900, 10, 990, 90))]
        look = put(shop, data=picture("upper"), pieces=pieces)
        sight.looks_see(shop_id=shop.pk)
        assert [one["item"] for one in fresh(look).garments] == [None]

    def test_pieces_that_are_moved_are_looked_at_anew(self, shop: Shop, analyzer: Analyzer) -> None:
        look = seen(shop, pieces=[Piece(description="tee", box=(32, 20, 128, 120))])
        with shop_scope(shop):
            services.look_items_set(look=look, pieces=[Piece(description="tee")])
        assert sight.looks_see(shop_id=shop.pk) == 1
        assert [one["item"] for one in fresh(look).garments] == [None, None]
