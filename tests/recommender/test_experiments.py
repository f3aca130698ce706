"""Visitors stay in their arm, are counted once each, judged once and then forgotten."""

import json
import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from analytics.models import Event
from recommender.experiments import (
    AnotherRuns,
    WrongState,
    arm_clicked,
    arm_of,
    arm_searched,
    experiment_read,
    experiment_start,
    experiment_stop,
    sums_of,
    visitor_hash,
)
from recommender.models import Arm, Experiment
from recommender.readout import (
    ALPHA,
    ArmSum,
    Readout,
    newcombe,
    sample_size,
    two_proportions,
    wilson,
)
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_key, make_product, make_shop

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def make_experiment(shop: Shop, **fields: Any) -> Experiment:
    with shop_scope(shop):
        return Experiment.objects.create(**({"name": "Colour first"} | fields))


def started(shop: Shop, **fields: Any) -> Experiment:
    made = make_experiment(shop, **fields)
    with shop_scope(shop):
        experiment_start(experiment=made, now=NOW)
    return made


def seen(shop: Shop, test: Experiment, arm: str, *, visitors: int, clicked: int) -> None:
    """Visitors of an arm as the counting leaves them, the first of them with a click."""
    with shop_scope(shop):
        Arm.objects.bulk_create(
            Arm(
                experiment=test,
                arm=arm,
                visitor=f"{arm}{number}",
                searches=2,
                clicks=int(number < clicked),
            )
            for number in range(visitors)
        )


def test_a_visitor_is_always_in_the_same_arm_and_the_share_is_kept() -> None:
    visitors = [f"visitor-{number}" for number in range(4000)]
    arms = [arm_of(salt="s", share=0.3, visitor=one) for one in visitors]
    assert arms == [arm_of(salt="s", share=0.3, visitor=one) for one in visitors]
    assert 0.27 < Counter(arms)["b"] / len(arms) < 0.33


def test_another_experiment_draws_anew_and_its_hashes_mean_nothing_here() -> None:
    visitors = [f"visitor-{number}" for number in range(2000)]
    one = [arm_of(salt="one", share=0.5, visitor=who) for who in visitors]
    other = [arm_of(salt="other", share=0.5, visitor=who) for who in visitors]
    same = sum(a == b for a, b in zip(one, other, strict=True)) / len(visitors)
    assert 0.45 < same < 0.55
    assert visitor_hash(salt="one", visitor="x") != visitor_hash(salt="other", visitor="x")
    assert "visitor" not in visitor_hash(salt="one", visitor="visitor-1")


def test_the_needed_visitors_are_those_of_the_textbook() -> None:
    # R: power.prop.test(p1 = .10, p2 = .12, power = .80) says a little under 3841 a group.
    assert sample_size(baseline=0.10, lift=0.20, share=0.5) == (3841, 3841)


def test_an_uneven_split_needs_more_in_all() -> None:
    even, uneven = (sum(sample_size(baseline=0.2, lift=0.2, share=one)) for one in (0.5, 0.1))
    assert uneven > 1.5 * even
    few, many = sample_size(baseline=0.2, lift=0.2, share=0.1)[::-1]
    assert few / (few + many) == pytest.approx(0.1, abs=0.001)


@pytest.mark.parametrize(("baseline", "lift"), [(0.9, 0.2), (0.0, 0.2), (1.0, 0.1), (0.3, 0.0)])
def test_a_size_that_cannot_be_is_refused(baseline: float, lift: float) -> None:
    with pytest.raises(ValueError, match="no share"):
        sample_size(baseline=baseline, lift=lift, share=0.5)


def test_the_test_and_its_intervals_are_those_of_the_textbook() -> None:
    # Newcombe 1998, table II (a): 56/70 - 48/80, method 10: 0.0524 to 0.3339.
    a, b = ArmSum(80, 48), ArmSum(70, 56)
    assert newcombe(a, b) == pytest.approx((0.0524, 0.3339), abs=0.0001)
    # By hand: 0.2 / sqrt(104/150 · 46/150 · (1/80 + 1/70)) = 2.6502, two-sided 0.008045.
    assert two_proportions(a, b) == pytest.approx(0.008045, abs=0.000001)
    # Wilson, 81/263 (Newcombe 1998, table I): 0.2553 to 0.3662.
    assert wilson(ArmSum(263, 81)) == pytest.approx((0.2553, 0.3662), abs=0.0001)


@pytest.mark.parametrize("sums", [((0, 0), (0, 0)), ((5, 0), (0, 0)), ((9, 0), (9, 0))])
def test_nothing_to_compare_is_no_finding(sums: Any) -> None:
    assert two_proportions(ArmSum(*sums[0]), ArmSum(*sums[1])) == 1.0


def test_equal_orders_are_told_apart_in_one_of_twenty_and_the_planned_change_in_four_of_five() -> (
    None
):
    draw = np.random.default_rng(7)
    needed = sample_size(baseline=0.2, lift=0.25, share=0.5)

    def found(share: float) -> float:
        pairs = zip(
            draw.binomial(needed[0], 0.2, 2000), draw.binomial(needed[1], share, 2000), strict=True
        )
        told = [
            Readout(ArmSum(needed[0], int(a)), ArmSum(needed[1], int(b)), needed, 0.5).better
            for a, b in pairs
        ]
        return sum(map(bool, told)) / len(told)

    assert found(0.2) == pytest.approx(ALPHA, abs=0.015)
    assert found(0.25) == pytest.approx(0.8, abs=0.03)


@pytest.mark.django_db
def test_two_at_once_are_refused_by_service_and_database() -> None:
    shop = make_shop()
    started(shop)
    second = make_experiment(shop)
    with shop_scope(shop), pytest.raises(AnotherRuns):
        experiment_start(experiment=second, now=NOW)
    with shop_scope(shop), pytest.raises(IntegrityError), transaction.atomic():
        Experiment.objects.filter(pk=second.pk).update(state="running")
    started(make_shop())  # another shop's is its own affair


@pytest.mark.django_db
def test_what_was_stopped_stays_stopped() -> None:
    shop = make_shop()
    test = started(shop)
    with shop_scope(shop):
        experiment_stop(experiment=test, now=NOW)
        with pytest.raises(WrongState):
            experiment_start(experiment=test, now=NOW)
        with pytest.raises(WrongState):
            experiment_stop(experiment=test, now=NOW)


@pytest.mark.django_db
def test_searches_and_clicks_are_counted_to_one_row_a_visitor() -> None:
    shop = make_shop()
    test = started(shop)
    hashed = visitor_hash(salt=test.salt, visitor="v-1")
    with shop_scope(shop):
        for _ in range(3):
            arm_searched(experiment=(test.pk, "b"), visitor=hashed, shop=shop, results=6)
        arm_clicked(visitor="v-1")
        arm_clicked(visitor="v-2")  # never searched in this test
        arm_searched(experiment=None, visitor="")
        row = Arm.objects.get()
        assert (row.arm, row.searches, row.clicks) == ("b", 3, 1)
        assert row.visitor == hashed != "v-1"
        assert sums_of(test) == (ArmSum(), ArmSum(1, 1, 3, 1))


@pytest.mark.django_db
def test_nothing_is_told_of_the_difference_before_both_arms_are_full() -> None:
    shop = make_shop()
    test = started(shop, baseline=0.5, lift=0.5)
    needed = sample_size(baseline=0.5, lift=0.5, share=0.5)[0]
    seen(shop, test, "a", visitors=needed - 1, clicked=0)
    seen(shop, test, "b", visitors=needed + 50, clicked=needed)
    with shop_scope(shop):
        told = experiment_read(experiment=test, now=NOW)
    assert not told.full and told.better == ""
    assert told.progress == pytest.approx((needed - 1) / needed)
    assert test.outcome == {}


@pytest.mark.django_db
def test_the_first_reading_of_full_arms_holds_whatever_comes_after() -> None:
    shop = make_shop()
    test = started(shop, baseline=0.5, lift=0.5)
    needed = sample_size(baseline=0.5, lift=0.5, share=0.5)[0]
    seen(shop, test, "a", visitors=needed, clicked=needed // 2)
    seen(shop, test, "b", visitors=needed, clicked=needed - 5)
    with shop_scope(shop):
        first = experiment_read(experiment=test, now=NOW)
        assert first.better == "b" and first.p_value < ALPHA
        low, high = first.interval
        assert 0 < low < first.difference < high
        Arm.objects.filter(arm="b").update(clicks=0)
        again = experiment_read(
            experiment=Experiment.objects.get(pk=test.pk), now=NOW + timedelta(days=9)
        )
        assert again == first
        experiment_stop(experiment=test, now=NOW)
        assert experiment_read(experiment=test, now=NOW) == first


@pytest.mark.django_db
def test_stopping_keeps_the_sums_and_forgets_the_visitors() -> None:
    shop = make_shop()
    test = started(shop)
    seen(shop, test, "a", visitors=4, clicked=1)
    seen(shop, test, "b", visitors=3, clicked=2)
    with shop_scope(shop):
        experiment_stop(experiment=test, now=NOW)
        assert not Arm.objects.exists()
        assert (test.state, test.salt, test.stopped_at) == ("stopped", "", NOW)
        told = experiment_read(experiment=test, now=NOW)
    assert (told.a, told.b) == (ArmSum(4, 1, 8, 1), ArmSum(3, 2, 6, 2))
    assert not told.full and told.better == ""


def test_arms_that_do_not_fit_the_share_are_told() -> None:
    needed = (100, 100)
    assert Readout(ArmSum(1000, 1), ArmSum(800, 1), needed, 0.5).uneven
    assert not Readout(ArmSum(1000, 1), ArmSum(980, 1), needed, 0.5).uneven
    assert not Readout(ArmSum(900, 1), ArmSum(100, 1), needed, 0.1).uneven
    assert not Readout(ArmSum(), ArmSum(), needed, 0.5).uneven


@pytest.mark.django_db
def test_a_click_over_the_api_counts_to_its_visitor_once() -> None:
    shop = make_shop()
    _, token = make_key("sk", shop=shop)
    make_product(shop, sku="A-1")
    test = started(shop)
    search_id = uuid.uuid4()
    hashed = visitor_hash(salt=test.salt, visitor="v-1")
    with shop_scope(shop):
        Event.objects.create(type="search", search_id=search_id)
        arm_searched(experiment=(test.pk, "a"), visitor=hashed)
    told = {"type": "click", "search_id": str(search_id), "product_id": "A-1", "visitor": "v-1"}
    assert [_event(token, told).json()["counted"] for _ in range(2)] == [True, False]
    with shop_scope(shop):
        assert Arm.objects.get().clicks == 1
        assert not Event.objects.filter(sku__contains="v-1").exists()
    assert _event(token, told | {"visitor": "v" * 65}).status_code == 400


def _event(token: str, told: dict[str, Any]) -> Any:
    return Client().post(
        "/api/v1/events",
        json.dumps(told),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
