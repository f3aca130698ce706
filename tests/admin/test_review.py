"""Review in the admin: by forms, as JSON, by role."""

import json
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import (
    BrandRule,
    Garment,
    PhotoChoice,
    Product,
    RetagPreview,
    ReviewDecision,
    ReviewThreshold,
    SearchIndex,
    Tag,
)
from catalog.services.reviews import queue
from catalog.services.reviews.thresholds import sample_answers
from catalog.services.taxonomy import TermChange, term_set
from catalog.shop_taxonomy import shop_taxonomy
from tenants.models import AuditEntry, Shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.catalog.reviewing import said, seen
from tests.catalog.test_reviews_garments import worn
from tests.factories import make_shop

pytestmark = pytest.mark.django_db
PATTERN = "review/kind/pattern/"


@pytest.fixture
def shop() -> Shop:
    return make_shop(slug="maru")


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop, "editor")


@pytest.fixture(autouse=True)
def no_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "SAMPLE_SHARE", 0.0)


def people(shop: Shop) -> dict[int, str]:
    with shop_scope(shop):
        return dict(Tag.objects.filter(source="person").values_list("product_id", "value"))


def test_a_question_shows_photo_box_guess_and_every_value_by_number(shop: Shop, desk: Desk) -> None:
    product = seen(shop, pattern=said("stripe-wide", 0.62, "check", unsure=True))
    page = desk.page(PATTERN)
    with shop_scope(shop):
        assert product.photos.get().file.url in page
    assert '<rect x="10" y="10" width="80" height="100"' in page
    assert "Wide stripe" in page and "62 %" in page and "unsure" in page
    first, second = page.index("<kbd>1</kbd>"), page.index("<kbd>2</kbd>")
    assert page.index('value="stripe-wide" data-number="1"') < first
    assert first < page.index('value="check" data-number="2"') < second
    assert 'value="solid"' in page and "1 waits" in page


def change(shop: Shop, value: str, **fields: Any) -> None:
    with shop_scope(shop):
        held = shop_taxonomy(fresh=True).value("pattern", value)
        assert held is not None
        wanted = TermChange(held.en, held.ko, {}, **fields)
        assert term_set(kind="pattern", value=value, change=wanted, by=None) is not None


def test_a_value_that_the_shop_hides_is_no_guess(shop: Shop, desk: Desk) -> None:
    seen(shop, pattern=said("stripe-wide", 0.62, "check", unsure=True))
    change(shop, "stripe-wide", hidden=True)
    page = desk.page(PATTERN)
    assert "Wide stripe" not in page and 'value="stripe-wide"' not in page and "62 %" not in page
    assert 'data-guess="check"' in page and 'value="check" data-number="1" class="guess"' in page
    change(shop, "check", hidden=True)
    page = desk.page(PATTERN)
    assert "The model says a value that you have hidden." in page
    assert 'data-guess=""' in page and 'class="guess">' in page and 'value="check"' not in page
    assert 'class="guess"><kbd>' not in page and 'value="solid"' in page


def test_a_merged_guess_is_what_it_counts_as(shop: Shop, desk: Desk) -> None:
    seen(shop, pattern=said("stripe-wide", 0.5, "stripe-fine", unsure=True))
    change(shop, "stripe-wide", merged_into="stripe-fine")
    page = desk.page(PATTERN)
    assert 'data-guess="stripe-fine"' in page and 'value="stripe-wide"' not in page
    assert page.count("80 %") == 2
    product = page.split('data-product="')[1].split('"')[0]
    desk.post(PATTERN, product=product, value="stripe-fine", sampled="1")
    with shop_scope(shop):
        assert [one.right for one in sample_answers(["pattern"])["pattern"]] == [True]


def test_an_answer_by_form_comes_back_with_the_next_question(shop: Shop, desk: Desk) -> None:
    sure = seen(shop, title="Sure piece", pattern=said("dot", 0.9))
    unsure = seen(shop, title="Unsure piece", pattern=said("dot", 0.4, unsure=True))
    assert "Unsure piece" in desk.page(PATTERN)
    answer = desk.post(PATTERN, product=unsure.pk, value="check", sampled="", follow=True)
    page = answer.content.decode()
    assert "Sure piece" in page and "Set: Check" in page
    assert people(shop) == {unsure.pk: "check"}
    desk.post("review/undo/", follow=True)
    assert people(shop) == {}
    assert f"skip={unsure.pk}" in desk.page(PATTERN)
    skipped = desk.page(f"{PATTERN}?skip={unsure.pk}")
    assert "Sure piece" in skipped
    empty = desk.page(f"{PATTERN}?skip={unsure.pk},{sure.pk}")
    assert "Nothing waits here." in empty and "Show what was skipped" in empty


def as_json(desk: Desk, path: str, **fields: Any) -> Any:
    headers = {"accept": "application/json"}
    return desk.client.post(desk.base + path, fields, headers=headers)


def test_the_browser_is_answered_in_json(shop: Shop, desk: Desk) -> None:
    product = seen(shop)
    told = as_json(desk, PATTERN, product=product.pk, value="dot", sampled="1").json()
    with shop_scope(shop):
        decision = ReviewDecision.objects.get()
    assert told == {"decision": decision.pk, "product": product.pk}
    assert decision.sampled and decision.by_id == desk.user.pk
    again = as_json(desk, PATTERN, product=product.pk, value="dot", sampled="1").json()
    assert again == told, "sent twice, taken once"
    undone = as_json(desk, "review/undo/", decision=decision.pk).json()
    assert undone == {"undone": True, "product": product.pk}
    assert as_json(desk, "review/undo/", decision=decision.pk).json() == {"undone": False}


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"product": "0", "value": "dot"}, 404),
        ({"product": "9" * 30, "value": "dot"}, 404),
        ({"product": "-1", "value": "dot"}, 404),
        ({"value": "spaceship"}, 400),
        ({"value": ""}, 400),
    ],
)
def test_wrong_answers_are_told(shop: Shop, desk: Desk, fields: dict, status: int) -> None:
    product = seen(shop)
    response = as_json(desk, PATTERN, **({"product": product.pk} | fields))
    assert response.status_code == status and response.json()["error"]
    assert people(shop) == {}
    assert desk.post(PATTERN, **({"product": product.pk} | fields)).status_code == 302


def test_the_next_questions_come_as_pieces_without_those_in_hand(shop: Shop, desk: Desk) -> None:
    products = [seen(shop, pattern=said("dot", 0.5 + n / 20)) for n in range(6)]
    told = json.loads(desk.page(f"{PATTERN}next/?skip={products[0].pk}"))
    assert {one["product"] for one in told["items"]} == {one.pk for one in products[1:5]}
    assert "<kbd>1</kbd>" in told["items"][0]["html"]


def test_a_sheet_of_forty(shop: Shop, desk: Desk) -> None:
    dots = [seen(shop, pattern=said("dot", 0.6)) for _ in range(3)]
    page = desk.page(f"{PATTERN}sheet/")
    assert "?value=dot" in page
    page = desk.page(f"{PATTERN}sheet/?value=dot")
    assert page.count('name="right"') == 3 and page.count("checked") == 3
    name = str(uuid.uuid4())
    fields = {
        "value": "dot",
        "sheet": name,
        "shown": [one.pk for one in dots],
        "right": [one.pk for one in dots[:2]],
    }
    page = desk.post(f"{PATTERN}sheet/", follow=True, **fields).content.decode()
    assert "2 photos approved." in page and "Take the last sheet back" in page
    assert people(shop) == {dots[0].pk: "dot", dots[1].pk: "dot"}
    with shop_scope(shop):
        assert AuditEntry.objects.get(action="sheet_approve").changes["count"] == 2
    desk.post("review/sheet/undo/", sheet=name, kind="pattern", value="dot")
    assert people(shop) == {}


def test_what_was_not_on_the_sheet_is_not_approved(shop: Shop, desk: Desk) -> None:
    dot, check = seen(shop, pattern=said("dot", 0.6)), seen(shop, pattern=said("check", 0.6))
    name = str(uuid.uuid4())
    both = [dot.pk, check.pk]
    desk.post(f"{PATTERN}sheet/", value="dot", sheet=name, shown=[dot.pk], right=both)
    assert people(shop) == {dot.pk: "dot"}
    for wrong in ({"sheet": "x"}, {"sheet": str(uuid.uuid4()), "value": "spaceship"}):
        fields = {"value": "dot", "shown": both, "right": both} | wrong
        assert desk.post(f"{PATTERN}sheet/", **fields).status_code == 404


def test_the_first_page_tells_what_waits_and_sets_what_is_wanted(shop: Shop, desk: Desk) -> None:
    seen(shop)
    page = desk.page("review/")
    assert "Pattern" in page and "Needs no person" in page
    page = desk.post("review/", kind="pattern", wanted="97 %", follow=True).content.decode()
    assert "at least 76 more" in page
    with shop_scope(shop):
        assert ReviewThreshold.objects.get().precision == 0.97
        assert AuditEntry.objects.get(action="threshold").changes == {"pattern": [None, 0.97]}
    for wrong in ("120", "much", "nan", "-1"):
        page = desk.post("review/", kind="pattern", wanted=wrong, follow=True).content.decode()
        assert "Write a number from 50 to 99.5" in page
    desk.post("review/", kind="pattern", wanted="")
    with shop_scope(shop):
        assert not ReviewThreshold.objects.exists()


def test_unknown_kinds_are_not_there(shop: Shop, desk: Desk) -> None:
    for path in ("review/kind/group/", "review/kind/mood/next/", "review/kind/x/sheet/"):
        assert desk.get(path).status_code == 404
    assert desk.post("review/", kind="mood", wanted="97").status_code == 404


def test_a_viewer_looks_and_says_nothing(shop: Shop) -> None:
    product, viewer = seen(shop), Desk(shop, "viewer")
    assert "disabled" in viewer.page(PATTERN)
    assert viewer.post(PATTERN, product=product.pk, value="dot").status_code == 403
    assert viewer.post("review/", kind="pattern", wanted="97").status_code == 403
    assert people(shop) == {}


def test_a_stranger_sees_nothing(shop: Shop) -> None:
    product, stranger = seen(shop), Desk(make_shop(), "owner")
    assert stranger.post(PATTERN, product=product.pk, value="dot").status_code == 302
    stranger.base = f"/admin/{shop.slug}/"
    for path in ("review/", PATTERN, f"{PATTERN}next/", "review/brands/", "review/tagging/"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(PATTERN, product=product.pk, value="dot").status_code == 404
    assert people(shop) == {}


def test_one_tap_on_a_garment(shop: Shop, desk: Desk) -> None:
    product = worn(shop)
    with shop_scope(shop):
        lower, photo = Garment.objects.get(region="lower"), product.photos.get()
    page = desk.page(f"catalog/product/{product.pk}/change/")
    assert f'data-garment="{lower.pk}"' in page and "Tap the garment that you sell." in page
    desk.post(f"review/garment/{lower.pk}/")
    with shop_scope(shop):
        assert Garment.objects.get(is_product=True).region == "lower"
        assert PhotoChoice.objects.get().by_id == desk.user.pk
    page = desk.page(f"catalog/product/{product.pk}/change/")
    assert "A person chose the garment in this photo." in page
    desk.post(f"review/photo/{photo.pk}/garment/")
    with shop_scope(shop):
        assert Garment.objects.get(is_product=True).region == "upper"
        assert not PhotoChoice.objects.exists()
        assert AuditEntry.objects.filter(action="garment").count() == 2
    desk.post(f"review/garment/{lower.pk}/", scope="product")
    with shop_scope(shop):
        assert product.tags.get(kind="region").value == "lower"


def test_a_rule_is_counted_before_it_is_made(shop: Shop, desk: Desk) -> None:
    product = worn(shop, brand="Namu & Co")
    worn(shop, brand="Sol")
    page = desk.page("review/brands/?brand=Namu+%26+Co&region=lower&category=")
    assert "1 product would show another garment" in page and "Make it the rule" in page
    assert 'value="Sol"' in page and 'class="other"' in page
    assert f"catalog/product/{product.pk}/" in page
    desk.post("review/brands/", brand="Namu & Co", region="lower", category="")
    with shop_scope(shop):
        rule = BrandRule.objects.get()
        assert (rule.products, rule.by_id) == (1, desk.user.pk)
    assert "Namu &amp; Co" in desk.page("review/brands/")
    desk.post(f"review/brands/{rule.pk}/undo/")
    assert desk.post(f"review/brands/{rule.pk}/undo/").status_code == 404
    assert "No product has this brand." in desk.page("review/brands/?brand=No&region=lower")
    assert desk.get("review/brands/?brand=Sol&region=wings").status_code == 404


def test_a_new_tagging_is_shown_and_decided_by_the_owner(shop: Shop, desk: Desk) -> None:
    product, owner = seen(shop), Desk(shop, "owner")
    assert "No new tagging is on its way." in owner.page("review/tagging/")
    example = {"product": product.pk, "kind": "pattern", "old": "solid", "new": "dot"}
    with shop_scope(shop):
        RetagPreview.objects.create(
            live="full-1",
            coming="full-2",
            products=1,
            total=5,
            kinds={"pattern": [1, 1], "category": [0, 1]},
            examples=[example | {"probability": 0.7}],
        )
    SearchIndex.objects.update_or_create(
        shop=shop,
        defaults={
            "live_revision": "full-1",
            "next_revision": "full-2",
            "ready_at": product.created_at,
        },
    )
    page = owner.page("review/tagging/")
    assert "Solid → <b>Dots</b> 70 %" in page and "Counted on 1 of 5 products" in page
    assert "Go live" in page and ">Go live<" not in desk.page("review/tagging/")
    assert desk.post("review/tagging/", what="live").status_code == 403
    assert owner.post("review/tagging/", what="nothing").status_code == 404
    page = owner.post("review/tagging/", what="live", follow=True).content.decode()
    assert "It goes live within a minute." in page
    assert SearchIndex.objects.get().chosen_revision == "full-2"
    page = owner.post("review/tagging/", what="back", follow=True).content.decode()
    assert "There is nothing to switch to." in page


def test_every_tag_says_who_said_it(shop: Shop, desk: Desk) -> None:
    product = seen(shop)
    page = desk.page(f"catalog/product/{product.pk}/change/")
    assert "Model 90 %" in page and "full-1" in page
    assert 'title="Model · full-1"' in desk.page("catalog/product/")
    desk.post(f"catalog/product/{product.pk}/tag/", kind="category", value="coat")
    page = desk.page(f"catalog/product/{product.pk}/change/")
    assert f"Person <small>{desk.user.email}</small>" in page
    assert desk.user.email in desk.page("catalog/product/")
    with shop_scope(shop):
        decision = ReviewDecision.objects.get()
        assert (decision.value, decision.model_value) == ("coat", "shirt")
        Product.objects.get().tags.filter(source="person").update(source="feed", by=None)
    assert "Feed" in desk.page(f"catalog/product/{product.pk}/change/")


@pytest.mark.parametrize(
    "path", ["review/", PATTERN, f"{PATTERN}next/", f"{PATTERN}sheet/?value=dot", "review/brands/"]
)
def test_pages_ask_no_more_than_fifteen_questions(
    shop: Shop, desk: Desk, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "SAMPLE_SHARE", 0.5)
    for _ in range(8):
        seen(shop, pattern=said("dot", 0.6), brand="Namu")
    with CaptureQueriesContext(connection) as questions:
        desk.page(path)
    assert len(questions) <= 15, [one["sql"][:120] for one in questions]


def test_the_pages_speak_korean(shop: Shop, desk: Desk) -> None:
    seen(shop)
    for path, word in (
        ("review/", "사람이 필요 없는 비율"),
        (PATTERN, "모델의 답"),
        (f"{PATTERN}sheet/?value=solid", "나머지 승인"),
        ("review/brands/", "무엇이 바뀌나요?"),
        ("review/tagging/", "새 태깅"),
    ):
        page = desk.get(path, headers={"accept-language": "ko"}).content.decode()
        assert word in page, path
