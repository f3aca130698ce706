"""Looks: made by services, seen by the worker, answered by the API."""

import json
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from billing.models import LedgerEntry
from catalog.models import Product
from recommender.looks import garments, services, sight
from recommender.looks.replies import (
    CoverReply,
    LookGarmentReply,
    LookReply,
    LooksReply,
    PieceReply,
)
from recommender.looks.services import Piece
from recommender.models import Look, LookItem, QueryMemory
from recommender.reply_schema import CardReply
from tenants import outbox
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.factories import make_key, make_product, make_shop
from tests.recommender.stock import ask, count_in, picture, show, skus, stocked
from vision.analyzer import Analyzer
from vision.errors import ImageRejected

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return make_shop(language="en")


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doorbell is silent: tests call the worker's function themselves."""
    monkeypatch.setattr("tenants.doorbell.current_app.send_task", lambda *_, **__: None)


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
        stale = sight._seen(look, analyzer)
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


class TestApi:
    @pytest.fixture
    def token(self, shop: Shop) -> str:
        return make_key("sk", shop=shop)[1]

    def test_the_lookbook_lists_published_looks(self, shop: Shop, token: str) -> None:
        for position, slug in enumerate(("a", "b", "c")):
            put(shop, slug, title=slug.upper(), data=picture("upper"), position=3 - position)
        put(shop, "without-a-photo")
        with shop_scope(shop):
            Look.objects.filter(slug="b").update(published=False)
        reply = get(token, "looks").json()
        assert [one["slug"] for one in reply["looks"]] == ["c", "a"]
        assert reply["total"] == 2
        first = reply["looks"][0]
        assert (first["title"], first["width"], first["height"]) == ("C", 160, 200)
        assert first["image_url"].startswith("http://testserver/media/shops/")
        assert Client().get(first["image_url"]).status_code == 200
        cut = get(token, "looks?limit=1&offset=1").json()
        assert ([one["slug"] for one in cut["looks"]], cut["total"]) == (["a"], 2)

    def test_it_takes_as_many_statements_for_many_looks(self, shop: Shop, token: str) -> None:
        counts = []
        for slug in ("a", "b", "c"):
            put(shop, slug, data=picture("upper"))
            with CaptureQueriesContext(connection) as made:
                get(token, "looks")
            counts.append(len(made))
        assert counts[1] == counts[2]

    @pytest.mark.parametrize("asked", ["limit=0", "limit=49", "offset=-1", "lang=fr", "page=2"])
    def test_what_it_cannot_be_asked(self, token: str, asked: str) -> None:
        reply = get(token, f"looks?{asked}")
        assert (reply.status_code, reply.json()["code"]) == (400, "validation_error")
        assert reply.json()["errors"][0]["field"] == asked.partition("=")[0]

    def test_one_look_with_its_pieces_and_garments(
        self, shop: Shop, token: str, analyzer: Analyzer
    ) -> None:
        coat = stocked(
            shop, analyzer, product={"sku": "coat", "title": "Wool coat", "price": 89000}
        )
        pieces = [Piece(coat.pk, box=(32, 20, 128, 120)), Piece(description="boots")]
        seen(shop, pieces=pieces, translations={"ko": {"title": "비", "story": "젖은 거리"}})
        reply = get(token, "looks/rain").json()
        first, second = reply["items"]
        assert (first["product"]["product_id"], first["garment"]) == ("coat", 0)
        assert first["product"]["price"]["amount"] == 89000
        assert first["product"]["image_url"].startswith("http://testserver/")
        assert (second["description"], second["product"], second["garment"]) == (
            "boots",
            None,
            None,
        )
        assert [one["index"] for one in reply["garments"]] == [0, 1]
        assert reply["garments"][0]["box"] == [32, 20, 128, 120]
        assert get(token, "looks/rain?lang=ko").json()["title"] == "비"

    def test_a_garment_of_a_look_is_searched_for(
        self, shop: Shop, token: str, analyzer: Analyzer
    ) -> None:
        stocked(shop, analyzer, data=picture("upper"), product={"sku": "tee"})
        stocked(shop, analyzer, data=picture("lower"), product={"sku": "jeans"})
        seen(shop)
        image_id = get(token, "looks/rain").json()["image_id"]
        for index, nearest in enumerate(("tee", "jeans")):
            found = ask(token, image_id=image_id, object=index)
            assert skus(found)[0] == nearest
            assert found.json()["query"]["selected"] == index
        assert count_in(shop, LedgerEntry) == 0

    def test_its_name_is_not_that_of_the_same_photo_uploaded(
        self, shop: Shop, token: str, analyzer: Analyzer
    ) -> None:
        stocked(shop, analyzer, data=picture("upper"))
        seen(shop)
        uploaded = show(token, picture("upper", "lower")).json()["query"]["image_id"]
        assert get(token, "looks/rain").json()["image_id"] not in (None, uploaded)

    def test_its_name_is_good_for_half_an_hour_from_each_reply(
        self, shop: Shop, token: str, analyzer: Analyzer
    ) -> None:
        seen(shop)
        get(token, "looks/rain")
        soon = timezone.now() + timedelta(minutes=1)
        with shop_scope(shop):
            QueryMemory.objects.update(expires_at=soon)
        get(token, "looks/rain")
        with shop_scope(shop):
            assert QueryMemory.objects.get().expires_at > soon + timedelta(minutes=28)

    def test_a_photo_that_waits_has_no_garments_yet(self, shop: Shop, token: str) -> None:
        put(shop, data=picture("upper"))
        reply = get(token, "looks/rain").json()
        assert (reply["image_id"], reply["garments"]) == (None, [])

    def test_what_another_bundle_saw_is_not_compared(
        self, shop: Shop, token: str, analyzer: Analyzer
    ) -> None:
        look = seen(shop)
        with shop_scope(shop):
            Look.objects.filter(pk=look.pk).update(revision="former")
        assert get(token, "looks/rain").json()["garments"] == []
        assert sight.looks_see(shop_id=shop.pk) == 1
        assert len(get(token, "looks/rain").json()["garments"]) == 2

    def test_a_worker_that_is_at_it_is_left_in_peace(
        self, shop: Shop, token: str, analyzer: Analyzer
    ) -> None:
        look = seen(shop)
        with shop_scope(shop):
            Look.objects.filter(pk=look.pk).update(revision="former")
        get(token, "looks/rain")
        lease = timezone.now() + timedelta(minutes=1)
        with shop_scope(shop):
            assert outbox.take(shop_id=shop.pk, topic="look", limit=1, until=lease) == [look.pk]
        get(token, "looks/rain")
        assert Outbox.objects.get(topic="look").leased_until == lease

    def test_replies_are_what_is_described(
        self, shop: Shop, token: str, analyzer: Analyzer
    ) -> None:
        coat = stocked(shop, analyzer, product={"sku": "coat"})
        seen(shop, pieces=[Piece(coat.pk)])
        listed, told = get(token, "looks").json(), get(token, "looks/rain").json()
        assert set(listed) == set(LooksReply().fields)
        assert set(listed["looks"][0]) == set(CoverReply().fields)
        assert set(told) == set(LookReply().fields)
        assert set(told["items"][0]) == set(PieceReply().fields)
        assert set(told["items"][0]["product"]) == set(CardReply().fields)
        assert set(told["garments"][0]) <= set(LookGarmentReply().fields)

    def test_strangers_find_nothing_of_it(self, shop: Shop) -> None:
        put(shop, title="Secret", data=picture("upper"))
        other = make_key("sk", shop=make_shop(shop.mall))[1]
        assert get(other, "looks").json()["looks"] == []
        reply = get(other, "looks/rain")
        assert (reply.status_code, reply.json()["code"]) == (404, "look_not_found")
        mall = make_key("mk", mall=shop.mall)[1]
        for path in ("looks", "looks/rain"):
            assert get(mall, path).json()["code"] == "key_kind_not_allowed"
            assert Client().get(f"/api/v1/{path}").status_code == 401


def get(token: str, path: str) -> Any:
    return Client().get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {token}"})
