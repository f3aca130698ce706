"""Rules move, pin and hide what they name, for the searches and the days they name."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from catalog.models import Garment, Product
from catalog.shop_taxonomy import shop_taxonomy
from recommender.candidates import Candidate
from recommender.experiments import arm_of, experiment_start
from recommender.facets import facet_counts
from recommender.filters import Filters, eligible_products
from recommender.merchandising import Arrangement, arrangement, placed, with_hidden
from recommender.models import Arm, Experiment, Rule
from recommender.rank import Parts, Ranked
from recommender.rule_conditions import QueryFacts, holds
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_key, make_shop
from tests.recommender.outfit.test_api import around, hang, rows
from tests.recommender.stock import ask, skus, stocked
from vision.analyzer import Analyzer

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ANY = QueryFacts()


@pytest.fixture
def shop(analyzer: Analyzer) -> Iterator[Shop]:
    """In scope, with products p0 … p7."""
    made = make_shop(language="en")
    for number in range(8):
        stocked(made, analyzer, product={"sku": f"p{number}", "price": 1000 * (number + 1)})
    with shop_scope(made):
        yield made


def listed(order: Sequence[int] = range(8)) -> list[Ranked]:
    """Products by number, with scores 0.80, 0.79 …"""
    keys = dict(Product.objects.values_list("sku", "pk"))
    return [
        Ranked(_candidate(keys[f"p{number}"]), Parts(0.5, 0.5, 0.5, 0.5), 0.80 - place / 100)
        for place, number in enumerate(order)
    ]


def _candidate(product_id: int) -> Candidate:
    return Candidate(product_id, 1, 1, 0.5, "t-shirt", "solid", "navy")


def names(ranked: Sequence[Ranked]) -> str:
    """As "0123"."""
    known = dict(Product.objects.values_list("pk", "sku"))
    return "".join(known[one.candidate.product_id][1:] for one in ranked)


def seen(arranging: Arrangement, filters: Filters | None = None) -> str:
    """Products that a search with these rules can find, as "0123"."""
    passing = eligible_products(arranging.left(filters or Filters()), _revision())
    found = Product.objects.filter(pk__in=passing).order_by("sku")
    return "".join(sku[1:] for sku in found.values_list("sku", flat=True))


def _revision() -> str:
    return str(Garment.objects.values_list("revision", flat=True)[0])


def rule(action: str, *skus: str, **fields: Any) -> Rule:
    made: Rule = Rule.objects.create(name=action, action=action, skus=list(skus), **fields)
    return made


def now_for(shop: Shop, query: QueryFacts = ANY, *, visitor: str = "") -> Arrangement:
    return arrangement(shop=shop, visitor=visitor, query=query, now=NOW)


def test_without_rules_the_order_stays(shop: Shop) -> None:
    plain = now_for(shop)
    assert plain.arranged(listed()) == listed()
    assert plain.left(Filters(price_min=1)) == Filters(price_min=1)
    assert (plain.wanted, plain.weights, plain.experiment, plain.visitor) == ((), None, None, "")


def test_a_pin_stands_on_its_place(shop: Shop) -> None:
    rule("pin", "p5", place=2)
    order = now_for(shop).arranged(listed())
    assert names(order) == "05123467"
    assert [one.place for one in order][:3] == [None, 1, None]


def test_a_pin_without_a_place_stands_first(shop: Shop) -> None:
    rule("pin", "p5")
    assert names(now_for(shop).arranged(listed())) == "50123467"


def test_pins_of_one_rule_stand_in_its_order_and_those_of_two_do_not_collide(shop: Shop) -> None:
    rule("pin", "p6", "p4", place=2)
    rule("pin", "p7", "p6", place=2)
    assert names(now_for(shop).arranged(listed())) == "06471235"


def test_a_pin_past_the_end_stands_last(shop: Shop) -> None:
    rule("pin", "p0", place=40)
    assert names(now_for(shop).arranged(listed())) == "12345670"


def test_a_pin_by_filter_takes_the_best_that_passes(shop: Shop) -> None:
    rule("pin", filters={"price": {"min": 6000}}, place=1)
    assert names(now_for(shop).arranged(listed())) == "50123467"


def test_a_pin_asks_for_its_product_where_it_is_not_alike(shop: Shop) -> None:
    rule("pin", "p5", "gone", "p2")
    keys = dict(Product.objects.values_list("sku", "pk"))
    assert now_for(shop).wanted == (keys["p5"], keys["p2"])
    own = QueryFacts(product_id=keys["p5"])
    assert now_for(shop, own).wanted == (keys["p2"],)


def test_pins_keep_their_places_when_results_were_grouped_afterwards(shop: Shop) -> None:
    rule("pin", "p7", place=3)
    order = now_for(shop).arranged(listed())
    assert names(order) == "01723456"
    grouped = [one for one in order if names([one]) not in "01"]
    assert names(placed(grouped)) == "237456"
    assert placed(placed(grouped)) == placed(grouped)


def test_a_boost_lifts_by_its_strength_and_says_so(shop: Shop) -> None:
    rule("boost", "p4", strength=0.025)
    order = now_for(shop).arranged(listed())
    assert names(order) == "01423567"
    lifted = order[2]
    assert lifted.score == pytest.approx(0.76)
    assert lifted.boost == pytest.approx(0.025)


def test_a_burial_lowers_and_two_moves_add_up(shop: Shop) -> None:
    rule("bury", "p0", strength=0.03)
    assert names(now_for(shop).arranged(listed())) == "12034567"
    rule("boost", filters={"price": {"max": 1000}}, strength=0.02)
    assert names(now_for(shop).arranged(listed())) == "01234567"


def test_moves_of_one_product_stay_within_the_range_of_a_score(shop: Shop) -> None:
    for _ in range(3):
        rule("boost", "p7", strength=1)
    best = now_for(shop).arranged(listed())[0]
    assert names([best]) == "7" and best.boost == 1.0


def test_a_boost_goes_on_top_of_what_clicks_gave(shop: Shop) -> None:
    rule("boost", "p1", strength=0.02)
    given = [replace(one, boost=0.05) for one in listed()]
    assert now_for(shop).arranged(given)[0].boost == pytest.approx(0.07)


def test_what_is_hidden_is_found_by_no_search_pins_too(shop: Shop) -> None:
    rule("hide", "p3", "gone")
    rule("hide", "p4", filters={"price": {"min": 7000}})
    rule("pin", "p3")
    hiding = now_for(shop)
    assert seen(hiding) == "0125"
    assert seen(hiding, Filters(price_min=3000)) == "25"
    assert hiding.arranged(listed([5, 1])) == listed([5, 1])


def test_what_is_hidden_is_not_counted_either(shop: Shop) -> None:
    rule("hide", filters={"price": {"min": 7000}})
    filters = now_for(shop).left(Filters())
    (facet,) = facet_counts(
        kinds=["category"], filters=filters, revision=_revision(), among=None, lang="en"
    )
    assert [one.count for one in facet.values] == [6]
    assert filters.as_json() == {}


def test_filters_of_all_rules_are_asked_in_one_statement(
    shop: Shop, django_assert_num_queries: Any
) -> None:
    for least in (2000, 4000, 6000):
        rule("boost", filters={"price": {"min": least}}, strength=0.1)
    rule("boost", filters={"category": ["t-shirt"], "color": ["red"]}, strength=0.9)
    arranging, found = now_for(shop), listed()
    shop_taxonomy()  # a process asks for the shop's own words every two seconds at most
    with django_assert_num_queries(1):
        order = arranging.arranged(found)
    assert [round(one.boost, 2) for one in order[:3]] == [0.3, 0.3, 0.3]


@pytest.mark.parametrize(
    ("starts", "ends", "fits"),
    [
        (None, None, True),
        (-1, 1, True),
        (0, None, True),
        (1, None, False),
        (None, 0, False),
        (None, 1, True),
        (-2, -1, False),
    ],
)
def test_a_rule_holds_between_its_dates(starts: int | None, ends: int | None, fits: bool) -> None:
    made = Rule(
        starts_at=None if starts is None else NOW + timedelta(hours=starts),
        ends_at=None if ends is None else NOW + timedelta(hours=ends),
    )
    assert holds(made, ANY, NOW) is fits


@pytest.mark.parametrize(
    ("asks", "query", "fits"),
    [
        ({}, ANY, True),
        ({"category": []}, ANY, True),
        ({"category": ["dress"]}, ANY, False),
        ({"category": ["dress"]}, QueryFacts(category="dress"), True),
        ({"category": ["shoes"]}, QueryFacts(category="sneakers"), True),
        ({"category": ["sneakers"]}, QueryFacts(category="shoes"), False),
        ({"category": ["dress"]}, QueryFacts(filters=Filters({"category": ("dress",)})), True),
        ({"brand": ["Mori"]}, QueryFacts(filters=Filters({"brand": ("Mori",)})), True),
        ({"color": ["red", "pink"]}, QueryFacts(color="pink"), True),
        ({"color": ["red"], "pattern": ["dot"]}, QueryFacts(color="red"), False),
        ({"text": ["red dress"]}, QueryFacts(text="A Red dress"), True),
        ({"text": ["red"]}, QueryFacts(text="shredded jeans"), False),
        ({"text": ["여름"]}, QueryFacts(text="여름원피스 추천"), True),
        ({"text": ["여름"]}, QueryFacts(text="겨울 코트"), False),
        ({"text": ["c++ (print)"]}, QueryFacts(text="a c++ (print) tee"), True),
    ],
)
def test_a_rule_holds_for_the_searches_that_it_names(
    asks: dict[str, list[str]], query: QueryFacts, fits: bool
) -> None:
    assert holds(Rule(queries=asks), query, NOW) is fits


def test_a_rule_that_is_off_does_nothing(shop: Shop) -> None:
    rule("hide", "p0", active=False)
    rule("pin", "p5", active=False)
    assert names(now_for(shop).arranged(listed())) == seen(now_for(shop)) == "01234567"


def test_a_tested_rule_is_seen_by_its_arm_alone_even_while_it_is_off(shop: Shop) -> None:
    tested, common = rule("hide", "p0", active=False), rule("hide", "p1")
    test = Experiment.objects.create(
        name="t", b={"rules": [tested.pk], "weights": {"color": 3, "shape": 1}}
    )
    before = now_for(shop, visitor="anyone")
    assert before.rules == (common,) and before.experiment is None
    experiment_start(experiment=test, now=NOW)
    arms = {}
    for number in range(40):
        one = now_for(shop, visitor=f"v{number}")
        assert one.experiment is not None and one.experiment[0] == test.pk
        assert len(one.visitor) == 64
        arms[one.experiment[1]] = one
    assert seen(arms["a"]) == "0234567"
    assert seen(arms["b"]) == "234567"
    assert arms["a"].weights is None
    weights = arms["b"].weights
    assert weights is not None and (weights.color, weights.category) == (0.75, 0)


def test_whoever_sends_no_visitor_sees_arm_a_and_is_not_counted(shop: Shop) -> None:
    only_a, only_b = rule("hide", "p0"), rule("hide", "p1")
    test = Experiment.objects.create(
        name="t", share=0.99, a={"rules": [only_a.pk]}, b={"rules": [only_b.pk]}
    )
    experiment_start(experiment=test, now=NOW)
    nobody = now_for(shop)
    assert seen(nobody) == "1234567"
    assert nobody.experiment is None and nobody.visitor == ""


def test_a_strangers_rules_move_nothing_here(analyzer: Analyzer) -> None:
    here, there = make_shop(), make_shop()
    for one in (here, there):
        for number in range(2):
            stocked(one, analyzer, product={"sku": f"p{number}"})
    with shop_scope(there):
        rule("hide", "p0")
    with shop_scope(here):
        assert seen(now_for(here)) == "01"
    with shop_scope(there):
        assert seen(now_for(there)) == "1"


def test_a_search_over_the_api_obeys_the_rules(shop: Shop) -> None:
    _, token = make_key("sk", shop=shop)
    plain = skus(ask(token, product_id="p0", limit=4))
    rule("pin", "p7", place=2)
    rule("hide", plain[0])
    moved = skus(ask(token, product_id="p0", limit=4))
    assert moved[1] == "p7" and plain[0] not in moved
    dear_first = skus(ask(token, product_id="p0", limit=8, sort="price_desc"))
    assert dear_first[0] == "p7" and plain[0] not in dear_first and len(dear_first) == 6


def test_what_is_hidden_from_every_search_is_in_no_outfit(shop: Shop, analyzer: Analyzer) -> None:
    _, token = make_key("sk", shop=shop)
    for sku, category in (("shirt", "shirt"), ("skirt", "skirt"), ("jeans", "jeans")):
        hang(shop, analyzer, sku, category, "black")
    assert set(rows(around(token, "shirt"))["bottom"]) == {"skirt", "jeans"}
    rule("hide", "skirt")
    rule("hide", "jeans", queries={"category": ["coat"]})
    assert rows(around(token, "shirt"))["bottom"] == ["jeans"]
    assert with_hidden(Filters(), shop=shop).hidden_products


def test_a_pin_does_not_break_the_shoppers_own_filters(shop: Shop) -> None:
    _, token = make_key("sk", shop=shop)
    rule("pin", "p7")
    assert "p7" not in skus(ask(token, product_id="p0", filters={"price": {"max": 3000}}))


def test_both_arms_of_a_test_are_answered_and_counted_over_the_api(shop: Shop) -> None:
    _, token = make_key("sk", shop=shop)
    pinned = rule("pin", "p7", active=False)
    test = Experiment.objects.create(name="t", b={"rules": [pinned.pk]})
    experiment_start(experiment=test, now=NOW)
    first: dict[str, set[str]] = {}
    for number in range(12):
        visitor = f"v{number}"
        arm = arm_of(salt=test.salt, share=test.share, visitor=visitor)
        answers = {skus(ask(token, product_id="p0", visitor=visitor))[0] for _ in range(2)}
        assert len(answers) == 1
        first.setdefault(arm, set()).update(answers)
    assert first["b"] == {"p7"} and "p7" not in first["a"]
    assert skus(ask(token, product_id="p0"))[0] in first["a"]
    counted = Arm.objects.values_list("arm", "searches")
    assert len(counted) == 12 and {searches for _, searches in counted} == {2}
    assert {arm for arm, _ in counted} == {"a", "b"}
    # A page of the same list is no other search.
    page = ask(token, product_id="p0", visitor="v0", limit=2).json()
    ask(token, cursor=page["next_cursor"], visitor="v0")
    assert sum(searches for _, searches in Arm.objects.values_list("arm", "searches")) == 25
