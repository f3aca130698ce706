"""The pages where a shop says what stands first, and tests one order against another."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from catalog.models import Product
from catalog.services.postings import postings_due, postings_run
from lookus.desk_bench.measure import MOST_QUERIES
from recommender.experiments import experiment_read
from recommender.models import Arm, Experiment, Rule
from recommender.preview import Preview, preview, rules_of_preview, suggested
from tenants.models import AuditEntry, Shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk, statements_of
from tests.factories import (
    make_garment,
    make_mall,
    make_photo,
    make_product,
    make_shop,
    unit_vector,
)
from vision.analyzer import get_analyzer

pytestmark = pytest.mark.django_db
RULES, TESTS = "recommender/rule/", "recommender/experiment/"
RULE: dict[str, Any] = {
    "name": "Autumn",
    "action": "pin",
    "skus": "p3",
    "place": "1",
    "strength": "0.1",
}
TEST: dict[str, Any] = {
    "name": "Colour",
    "share_b": "50",
    "clicks_today": "30",
    "least_change": "15",
}


@pytest.fixture
def shop(settings: Settings, tiny_bundle: Path) -> Shop:
    """With products p0 … p4, each a little less like p0."""
    settings.VISION_BUNDLE = str(tiny_bundle)
    revision = get_analyzer(tiny_bundle, settings.VISION_THREADS).revision
    made = make_shop(make_mall(plan="growth"), slug="maru", language="en", currency="KRW")
    near, far = (unit_vector(seed) for seed in (1, 2))
    for number in range(5):
        product = make_product(made, sku=f"p{number}", price=1000 * (number + 1), brand="Mori")
        photo = make_photo(product, stored=False, state="done", revision=revision)
        mixed = [a * (1 - number / 10) + b * number / 10 for a, b in zip(near, far, strict=True)]
        length = sum(one * one for one in mixed) ** 0.5
        make_garment(photo, embedding=[one / length for one in mixed])
    return made


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


def only(shop: Shop, model: Any) -> Any:
    with shop_scope(shop):
        return model.objects.get()


def make_rule(shop: Shop, **fields: Any) -> Rule:
    with shop_scope(shop):
        made: Rule = Rule.objects.create(**({"name": "r", "action": "hide"} | fields))
        return made


def refusal(desk: Desk, page: str, form: dict[str, Any]) -> str:
    answer = desk.post(page, **form)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_rule_is_made_off_and_leads_to_its_preview(shop: Shop, desk: Desk) -> None:
    answer = desk.post(RULES + "add/", **RULE, asks_category=["dress"], asks_text="autumn\nfall")
    rule = only(shop, Rule)
    assert answer.headers["Location"] == f"/admin/maru/{RULES}{rule.pk}/preview/"
    assert (rule.action, rule.skus, rule.place, rule.active) == ("pin", ["p3"], 1, False)
    assert rule.queries == {"category": ["dress"], "text": ["autumn", "fall"]}
    assert rule.by_id == desk.user.pk
    with shop_scope(shop):
        assert AuditEntry.objects.filter(action="add", object_id=str(rule.pk)).exists()
    assert "Pin to place 1" in desk.page(RULES)


def test_tags_prices_and_stock_become_a_filter_and_come_back_into_the_form(
    shop: Shop, desk: Desk
) -> None:
    form: dict[str, Any] = RULE | {"skus": "", "action": "boost"}
    desk.post(
        RULES + "add/",
        **form,
        with_color=["red", "pink"],
        with_price_max="3000",
        with_stock="true",
        with_others="season: summer\nsleeve: long",
    )
    rule = only(shop, Rule)
    assert rule.filters == {
        "color": ["pink", "red"],
        "price": {"max": 3000},
        "in_stock": True,
        "season": ["summer"],
        "sleeve": ["long"],
    }
    page = desk.page(f"{RULES}{rule.pk}/change/")
    for value in ('value="red"', "season: summer", "sleeve: long", 'value="3000"'):
        assert value in page
    assert "Colour: Pink, Red" in desk.page(RULES)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"skus": "p3\nnone"}, "The shop has no product none."),
        ({"skus": ""}, "Name products, or choose tags below."),
        ({"with_others": "summer"}, "write a kind and a value"),
        ({"with_others": "colour: red"}, "There is no filter"),
        ({"with_others": "attr:material: linen"}, "There is no filter"),
        ({"with_brand": "Nobody"}, "There is no brand"),
        ({"with_price_min": "5", "with_price_max": "3"}, "least price is above"),
        ({"starts_at": "2026-11-21T12:00", "ends_at": "2026-11-21T11:00"}, "before the start"),
        ({"action": "boost", "strength": "0"}, "A strength of 0 moves nothing."),
        ({"action": "boost", "strength": "1.5"}, "less than or equal to 1"),
        ({"place": "49"}, "less than or equal to 48"),
        ({"action": "sell"}, "valid choice"),
        ({"with_color": ["blurple"]}, "valid choice"),
    ],
)
def test_what_cannot_be_is_refused_by_name(
    shop: Shop, desk: Desk, changed: dict[str, Any], told: str
) -> None:
    assert told in refusal(desk, RULES + "add/", RULE | changed)
    with shop_scope(shop):
        assert not Rule.objects.exists()


def previewed(shop: Shop, rule: Rule, sku: str) -> Preview:
    """In the shop's scope, with what else is on."""
    _, others, _ = rules_of_preview(rule_id=rule.pk)
    return preview(shop=shop, rule=rule, others=others, like=Product.objects.get(sku=sku).pk)


def suggested_sku(shop: Shop, rule: Rule) -> str:
    like = suggested(shop=shop, rule=rule)
    return like.sku if like is not None else ""


@pytest.mark.parametrize("action", ["hide", "pin", "boost", "bury"])
@pytest.mark.parametrize("asked", ["", "?sku=p0", "?sku=&text=red+shirt", "?sku=p0&text=red"])
def test_a_preview_sends_no_more_than_fifteen_statements(
    shop: Shop, desk: Desk, action: str, asked: str
) -> None:
    """Two searches, with other rules on: what both read alike is read once."""
    moves = {"strength": 0.5} if action in ("boost", "bury") else {}
    rule = make_rule(shop, action=action, filters={"price": {"max": 2000}}, **moves)
    make_rule(shop, action="boost", skus=["p2"], strength=0.2)
    make_rule(shop, skus=["p3"])
    with shop_scope(shop):
        postings_due(product_ids=Product.objects.values_list("pk", flat=True))
    postings_run(shop_id=shop.pk)
    address = f"{RULES}{rule.pk}/preview/{asked}"
    desk.page(address)
    with CaptureQueriesContext(connection) as sent:
        assert "With the rule" in desk.page(address)
    real = statements_of(sent)
    assert len(real) <= MOST_QUERIES, "\n".join(real)


def test_a_list_of_rules_sends_as_few_statements_as_one(shop: Shop, desk: Desk) -> None:
    counts = []
    for more in (1, 20):
        for _ in range(more):
            make_rule(shop, skus=["p1"])
        desk.page(RULES)
        with CaptureQueriesContext(connection) as sent:
            desk.page(RULES)
        counts.append(len(statements_of(sent)))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_a_preview_shows_both_orders_whether_the_rule_is_on_or_not(shop: Shop) -> None:
    rule = make_rule(shop, action="pin", skus=["p4"], active=False)
    with shop_scope(shop):
        seen = previewed(shop, rule, "p0")
        assert [one.match.product.sku for one in seen.before] == ["p1", "p2", "p3", "p4"]
        assert [one.match.product.sku for one in seen.after] == ["p4", "p1", "p2", "p3"]
        assert [one.came for one in seen.after] == [3, -1, -1, -1]
        assert seen.about and not seen.same
        assert not Rule.objects.get().active


def test_a_preview_of_hiding_shows_what_goes(shop: Shop) -> None:
    rule = make_rule(shop, filters={"price": {"max": 2000}})
    with shop_scope(shop):
        seen = previewed(shop, rule, "p0")
    assert [one.came is None for one in seen.before] == [True, False, False, False]
    assert [one.match.product.sku for one in seen.after] == ["p2", "p3", "p4"]


def test_a_preview_ignores_the_day_and_says_when_the_search_is_not_meant(shop: Shop) -> None:
    rule = make_rule(
        shop,
        skus=["p1"],
        starts_at="2031-01-01T00:00Z",
        queries={"category": ["coat"]},
    )
    with shop_scope(shop):
        seen = previewed(shop, rule, "p0")
        assert seen.same and not seen.about
        rule.queries = {"category": ["t-shirt"]}
        assert not previewed(shop, rule, "p0").same


def test_other_rules_stand_on_both_sides_and_a_tests_on_neither(shop: Shop) -> None:
    make_rule(shop, skus=["p1"])
    tested = make_rule(shop, skus=["p2"])
    rule = make_rule(shop, skus=["p3"])
    with shop_scope(shop):
        Experiment.objects.create(name="t", state="running", b={"rules": [tested.pk]})
        seen = previewed(shop, rule, "p0")
    assert [one.match.product.sku for one in seen.before] == ["p2", "p3", "p4"]
    assert [one.match.product.sku for one in seen.after] == ["p2", "p4"]


def test_a_preview_of_what_cannot_be_searched_says_so(shop: Shop, desk: Desk) -> None:
    make_product(shop, sku="bare")
    rule = make_rule(shop, skus=["bare"])
    with shop_scope(shop):
        assert previewed(shop, rule, "bare").problem == "product_not_ready"
        assert suggested_sku(shop, rule) == "p4"
    page = desk.page(f"{RULES}{rule.pk}/preview/?sku=bare")
    assert "still being tagged" in page


def test_the_preview_page_suggests_a_product_and_takes_words(shop: Shop, desk: Desk) -> None:
    rule = make_rule(shop, action="pin", skus=["p3"], name="Autumn")
    page = desk.page(f"{RULES}{rule.pk}/preview/")
    assert 'value="p4"' in page and "With the rule" in page
    assert "The shop has no product nope." in desk.page(f"{RULES}{rule.pk}/preview/?sku=nope")
    with shop_scope(shop):
        postings_due(product_ids=Product.objects.values_list("pk", flat=True))
    postings_run(shop_id=shop.pk)
    worded = desk.page(f"{RULES}{rule.pk}/preview/?sku=&text=p4")
    assert "With the rule" in worded and "p4" in worded
    assert "Name a product" in desk.page(f"{RULES}{rule.pk}/preview/?sku=&text=")


@pytest.mark.parametrize(
    ("fields", "sku"),
    [
        ({"skus": ["p4"]}, "p3"),
        ({"filters": {"price": {"max": 2000}}}, "p1"),
        ({"skus": ["p0"], "queries": {"category": ["coat"]}}, "p4"),
        ({"skus": ["p4"], "queries": {"category": ["t-shirt"], "text": ["x"]}}, "p3"),
    ],
)
def test_a_preview_starts_with_a_product_that_shows_something(
    shop: Shop, fields: dict[str, Any], sku: str
) -> None:
    rule = make_rule(shop, **fields)
    with shop_scope(shop):
        assert suggested_sku(shop, rule) == sku


def test_a_rule_is_switched_on_from_its_preview_and_that_is_remembered(
    shop: Shop, desk: Desk
) -> None:
    rule = make_rule(shop, skus=["p1"], active=False)
    assert "Switch on" in desk.page(f"{RULES}{rule.pk}/preview/")
    desk.post(f"{RULES}{rule.pk}/switch/")
    assert only(shop, Rule).active
    assert "Switch off" in desk.page(f"{RULES}{rule.pk}/preview/")
    assert only(shop, AuditEntry).changes == {"active": [False, True]}


def test_states_are_told(shop: Shop, desk: Desk) -> None:
    for fields in (
        {"name": "a", "active": False},
        {"name": "b", "ends_at": "2020-01-01T00:00Z"},
        {"name": "c", "starts_at": "2031-01-01T00:00Z"},
        {"name": "d"},
    ):
        make_rule(shop, skus=["p1"], **fields)
    page = desk.page(RULES)
    for chip in (">Off<", ">Over<", ">Waiting<", ">On<"):
        assert chip in page


def test_a_viewer_reads_rules_and_changes_none(shop: Shop) -> None:
    rule = make_rule(shop, skus=["p1"])
    viewer = Desk(shop, "viewer")
    assert "Switch off" not in viewer.page(f"{RULES}{rule.pk}/preview/")
    assert viewer.post(f"{RULES}{rule.pk}/switch/").status_code == 404
    assert viewer.post(RULES + "add/", **RULE).status_code == 403
    assert only(shop, Rule).active


def test_another_shops_rule_and_test_are_not_there(shop: Shop) -> None:
    rule = make_rule(shop, skus=["p1"])
    with shop_scope(shop):
        test = Experiment.objects.create(name="t", b={"rules": [rule.pk]})
    stranger = Desk(make_shop())
    for page in (
        f"{RULES}{rule.pk}/preview/",
        f"{RULES}{rule.pk}/change/",
        f"{TESTS}{test.pk}/change/",
    ):
        assert stranger.get(page).status_code == 404
    for page in (
        f"{RULES}{rule.pk}/switch/",
        f"{TESTS}{test.pk}/start/",
        f"{TESTS}{test.pk}/stop/",
    ):
        assert stranger.post(page).status_code == 404
    assert only(shop, Rule).active and only(shop, Experiment).state == "draft"


def test_a_test_is_made_started_read_and_stopped(shop: Shop, desk: Desk) -> None:
    rule = make_rule(shop, skus=["p1"], active=False, name="Away with it")
    answer = desk.post(TESTS + "add/", **TEST, b_color="3", b_shape="1", b_rules=[str(rule.pk)])
    test = only(shop, Experiment)
    page = f"{TESTS}{test.pk}/"
    assert answer.headers["Location"] == f"/admin/maru/{page}change/"
    assert (test.a, test.b) == ({}, {"weights": {"color": 3, "shape": 1}, "rules": [rule.pk]})
    assert "Start the test" in desk.page(page + "change/")
    desk.post(page + "start/")
    with shop_scope(shop):
        Arm.objects.create(experiment=test, arm="b", visitor="x", searches=7, clicks=5)
    running = desk.page(page + "change/")
    assert "Not enough visitors yet" in running and "Away with it" in running
    assert "Visitors who clicked" not in running
    desk.post(page + "stop/")
    stopped = desk.page(page + "change/")
    assert "Stopped before enough visitors came" in stopped and "Visitors who clicked" in stopped
    with shop_scope(shop):
        assert not Arm.objects.exists()
        actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
        assert list(actions) == ["add", "start", "stop"]


def test_a_full_test_tells_its_result_once_and_for_good(shop: Shop, desk: Desk) -> None:
    with shop_scope(shop):
        test = Experiment.objects.create(
            name="t", state="running", salt="s", baseline=0.5, lift=0.5, b={"weights": {"color": 1}}
        )
        needed = experiment_read(experiment=test, now=None).needed[0]  # type: ignore[arg-type]
        for arm, clicked in (("a", needed // 2), ("b", needed - 3)):
            Arm.objects.bulk_create(
                Arm(experiment=test, arm=arm, visitor=f"{arm}{n}", searches=1, clicks=n < clicked)
                for n in range(needed)
            )
    page = desk.page(f"{TESTS}{test.pk}/change/")
    assert "B is better" in page and "95 % confidence" in page
    with shop_scope(shop):
        Arm.objects.update(clicks=0)
    assert "B is better" in desk.page(f"{TESTS}{test.pk}/change/")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, "A and B are the same"),
        ({"b_color": "0"}, "One weight at least must be above 0."),
        ({"b_color": "-1"}, "greater than or equal to 0"),
        ({"b_color": "1", "share_b": "100"}, "less than or equal to 99"),
        ({"b_color": "1", "clicks_today": "90", "least_change": "20"}, "more than all visitors"),
        ({"b_rules": "999999"}, "valid choice"),
    ],
)
def test_a_test_that_cannot_be_is_refused(
    shop: Shop, desk: Desk, changed: dict[str, Any], told: str
) -> None:
    assert told in refusal(desk, TESTS + "add/", TEST | changed)
    with shop_scope(shop):
        assert not Experiment.objects.exists()


def test_what_runs_is_not_changed_nor_deleted_and_holds_its_rules(shop: Shop, desk: Desk) -> None:
    rule = make_rule(shop, skus=["p1"])
    with shop_scope(shop):
        test = Experiment.objects.create(name="t", b={"rules": [rule.pk]}, state="running")
    assert desk.post(f"{TESTS}{test.pk}/delete/", post="yes").status_code == 403
    assert desk.post(f"{RULES}{rule.pk}/delete/", post="yes").status_code == 403
    for page, row in ((RULES, rule), (TESTS, test)):
        desk.post(page, action="delete_selected", _selected_action=row.pk, post="yes")
    told = refusal(desk, f"{RULES}{rule.pk}/change/", RULE)
    assert "This rule is being tested" in told
    desk.post(f"{RULES}{rule.pk}/switch/")
    kept = only(shop, Rule)
    assert kept.active and kept.skus == ["p1"]
    assert only(shop, Experiment).state == "running"
    assert "In a test" in desk.page(RULES)


def test_a_second_test_does_not_start_beside_another(shop: Shop, desk: Desk) -> None:
    with shop_scope(shop):
        Experiment.objects.create(name="one", state="running")
        second = Experiment.objects.create(name="two")
    answer = desk.post(f"{TESTS}{second.pk}/start/", follow=True)
    assert "Another test runs. Stop it first." in answer.content.decode()
    with shop_scope(shop):
        assert Experiment.objects.get(pk=second.pk).state == "draft"


def test_a_viewer_reads_tests_and_starts_none(shop: Shop) -> None:
    with shop_scope(shop):
        test = Experiment.objects.create(name="t", b={"weights": {"color": 1}})
    viewer = Desk(shop, "viewer")
    assert "Start the test" not in viewer.page(f"{TESTS}{test.pk}/change/")
    assert viewer.post(f"{TESTS}{test.pk}/start/").status_code == 404
    assert only(shop, Experiment).state == "draft"


@pytest.mark.parametrize("page", [RULES, RULES + "add/", TESTS, TESTS + "add/"])
def test_the_pages_speak_korean(desk: Desk, page: str) -> None:
    desk.client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "ko"
    korean = desk.page(page)
    for english in ("New rule", "New test", ">Name<", "What to do", "Which products", "How large"):
        assert english not in korean


def test_clicks_of_a_visit_count_only_once_an_owner_says_so(shop: Shop, desk: Desk) -> None:
    page = f"tenants/shop/{shop.pk}/change/"
    form: dict[str, Any] = {"name": "Maru", "language": "en", "allowed_origins": "", "site": ""}
    Desk(shop, "editor").post(page, **form, personalised="on")
    shop.refresh_from_db()
    assert not shop.personalised
    assert "nothing of them is kept" in desk.page(page)
    desk.post(page, **form, personalised="on")
    shop.refresh_from_db()
    assert shop.personalised
