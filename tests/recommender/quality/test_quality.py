"""A shop's search is asked its own questions, and a change that makes it worse is seen."""

import io
import json
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from catalog.models import Photo, Product, Tag
from catalog.signals import revision_complete
from recommender.models import QualityRun
from recommender.quality.cases import Reviewed, reviewed_tags, second_photos
from recommender.quality.figures import FEWEST, Figures, verdict
from recommender.quality.measure import measured
from recommender.quality.services import may_go_live, quality_measure, quality_run
from recommender.rank import Weights
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.factories import make_garment, make_photo, make_product, make_shop, unit_vector

OLD, NEW = "old-revision", "new-revision"
SHAPE = Weights(1.0, 0.0, 0.0, 0.0)
SAID = {"category": {"value": "t-shirt", "probability": 0.9, "top": [["t-shirt", 1]]}}
SAID["category"]["unsure"] = False
SAID["pattern"] = SAID["category"] | {"value": "solid", "top": [["solid", 1]]}
Verdict = QualityRun.Verdict


def near(seed: int, other: int, share: float) -> list[float]:
    """A unit vector near that of `seed`: `share` of another's is mixed in."""
    mixed = np.array(unit_vector(seed)) + share * np.array(unit_vector(other))
    return [float(one) for one in mixed / np.linalg.norm(mixed)]


def with_photos(shop: Shop, number: int, vectors: dict[str, list[list[float]]]) -> Product:
    """A product whose photos have these vectors by revision."""
    product = make_product(shop, sku=f"Q-{number:03}")
    photos = [
        make_photo(product, stored=False, state=Photo.State.DONE)
        for _ in next(iter(vectors.values()))
    ]
    for revision, held in vectors.items():
        for photo, vector in zip(photos, held, strict=True):
            make_garment(photo, revision=revision, embedding=vector, tags=SAID)
    return product


@pytest.fixture
def shop(db: None) -> Shop:
    """25 products with two photos each: the old bundle finds each by its second photo, the new
    one sees something else in half of the second photos."""
    made = make_shop(slug="asked")
    for number in range(25):
        alike = [unit_vector(number), near(number, 100 + number, 0.3)]
        strange = [unit_vector(number), unit_vector(200 + number)]
        if number == 1:
            strange = [unit_vector(1), near(8, 300, 0.2)]
        with_photos(made, number, {OLD: alike, NEW: strange if number % 2 else alike})
    return made


def test_products_with_one_photo_ask_nothing(shop: Shop) -> None:
    alone = with_photos(shop, 99, {OLD: [unit_vector(99)]})
    with shop_scope(shop):
        cases = second_photos(OLD)
        assert len(cases) == 25
        assert alone.pk not in {case.product_id for case in cases}
        last = {photo.pk for photo in Photo.objects.filter(position=1)}
        assert {case.photo_id for case in cases} == last
        assert second_photos(OLD, most=7) == second_photos(OLD, most=7)
        assert len(second_photos(OLD, most=7)) == 7


def test_a_product_is_found_by_its_other_photo_and_not_by_the_same_one(shop: Shop) -> None:
    figures = measured(shop=shop, revision=OLD, weights=SHAPE)
    assert figures.recall(1) == 1.0
    worse = measured(shop=shop, revision=NEW, weights=SHAPE)
    assert set(worse.places) == set(figures.places)
    # Were the photo itself among the answers, it would be found first by anything.
    assert 13 / 25 <= (worse.recall(1) or 0) < 16 / 25


def test_another_product_that_looks_the_same_is_right_too(shop: Shop) -> None:
    with shop_scope(shop):
        product = Product.objects.get(sku="Q-001")
        original = Product.objects.get(sku="Q-008")
        photo = product.photos.get(position=1)
    assert measured(shop=shop, revision=NEW, weights=SHAPE).places[photo.pk] != 1
    with shop_scope(shop):
        product.garments.update(fold=original.pk)
    assert measured(shop=shop, revision=NEW, weights=SHAPE).places[photo.pk] == 1


def test_a_new_bundle_that_finds_less_does_not_go_live_and_the_owner_sees_why(shop: Shop) -> None:
    assert not may_go_live(shop=shop, live=OLD, coming=NEW)
    with shop_scope(shop):
        run = QualityRun.objects.get()
    assert (run.verdict, run.reason, run.revision, run.against) == (
        Verdict.WORSE,
        "bundle",
        NEW,
        OLD,
    )
    assert run.figures["before"]["recall"]["6"] == 1.0
    assert run.figures["after"]["recall"]["6"] < 1.0
    assert may_go_live(shop=shop, live=NEW, coming=OLD)
    assert may_go_live(shop=shop, live="", coming=NEW)


def test_a_bundle_that_was_held_back_is_measured_again_after_a_day(shop: Shop) -> None:
    for _ in range(2):
        assert not may_go_live(shop=shop, live=OLD, coming=NEW)
    with shop_scope(shop):
        assert QualityRun.objects.count() == 1
        QualityRun.objects.update(at=timezone.now() - timedelta(hours=25))
    assert not may_go_live(shop=shop, live=OLD, coming=NEW)
    with shop_scope(shop):
        assert QualityRun.objects.count() == 2


def test_the_switch_asks_first(shop: Shop) -> None:
    answers = revision_complete.send(sender=Shop, shop=shop, live=OLD, coming=NEW)
    assert [answer for _, answer in answers] == [False]


def test_few_questions_stop_nothing(db: None) -> None:
    small = make_shop()
    for number in range(3):
        seen = {OLD: [unit_vector(number), unit_vector(number)]}
        with_photos(small, number, seen | {NEW: [unit_vector(number), unit_vector(9 + number)]})
    assert may_go_live(shop=small, live=OLD, coming=NEW)
    with shop_scope(small):
        assert QualityRun.objects.get().verdict == Verdict.UNKNOWN


def test_a_persons_tags_are_compared_with_what_the_model_would_say(shop: Shop) -> None:
    with shop_scope(shop):
        one, other = Product.objects.order_by("pk")[:2]
        for product, kind, value in (
            (one, "category", "t-shirt"),
            (other, "category", "dress"),
            (one, "color", "navy"),
            (one, "sleeve", "long"),
        ):
            Tag.objects.create(product=product, kind=kind, value=value, source=Tag.Source.PERSON)
        # The filter column follows the person; the model's own word does not.
        other.garments.update(category="dress")
        told = {(row.product_id, row.kind): row.right for row in reviewed_tags(OLD)}
    assert told == {
        (one.pk, "category"): True,
        (other.pk, "category"): False,
        (one.pk, "color"): True,
    }


@pytest.mark.parametrize(
    ("lost", "won", "told"),
    [(0, 0, Verdict.BETTER), (3, 2, Verdict.BETTER), (5, 0, Verdict.WORSE), (0, 9, Verdict.BETTER)],
)
def test_a_loss_counts_when_chance_does_not_explain_it(lost: int, won: int, told: str) -> None:
    count = FEWEST + 10
    before = dict.fromkeys(range(count), 1) | dict.fromkeys(range(lost, lost + won), None)
    after = dict.fromkeys(range(count), 1) | dict.fromkeys(range(lost), 30)
    assert verdict(Figures(before, ()), Figures(after, ())) == told


def test_reviewed_tags_alone_can_stop_a_bundle() -> None:
    kinds = [(number, "category") for number in range(FEWEST)]
    before = [Reviewed(product, kind, "dress", "dress") for product, kind in kinds]
    after = [Reviewed(product, kind, "dress", "skirt") for product, kind in kinds]
    assert verdict(Figures({}, before), Figures({}, after)) == Verdict.WORSE
    assert verdict(Figures({}, before[1:]), Figures({}, after[1:])) == Verdict.UNKNOWN


def test_other_weights_are_measured_beside_todays(shop: Shop) -> None:
    run = quality_measure(shop=shop, revision=OLD, weights=SHAPE, reason="weights")
    assert run.against == OLD
    assert run.figures["after"]["weights"]["shape"] == 1.0
    assert run.figures["before"]["weights"]["shape"] < 1.0
    assert run.verdict == Verdict.BETTER


def test_a_run_is_filled_once(shop: Shop) -> None:
    with shop_scope(shop):
        asked = QualityRun.objects.create(revision=OLD, figures={})
    filled = quality_run(shop=shop, run_id=asked.pk)
    assert filled is not None
    assert filled.figures["after"]["photos"] == 25
    assert quality_run(shop=shop, run_id=asked.pk) is None
    assert quality_run(shop=shop, run_id=0) is None


def evaluated(*words: str) -> Any:
    out = io.StringIO()
    call_command("evaluate_shop", *words, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_prints_one_object(shop: Shop) -> None:
    told = evaluated("asked", "--revision", OLD)
    assert told["revision"] == OLD
    assert told["after"]["recall"]["1"] == 1.0
    assert told["verdict"] == "unknown"
    assert "before" not in told


def test_the_command_fails_where_the_search_became_worse(shop: Shop) -> None:
    with pytest.raises(SystemExit) as stopped:
        evaluated("asked", "--revision", NEW, "--against", OLD)
    assert stopped.value.code == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nobody"], "there is no shop 'nobody'"),
        (["asked", "--weights", "size=1"], "no part 'size'"),
        (["asked", "--weights", "shape=much"], "needs a number, not 'much'"),
        (["asked", "--weights", "shape=-1"], "give a number from 0"),
        (["asked", "--weights", "shape=0"], "sum to nothing"),
    ],
)
def test_what_is_wrong_with_the_command_is_named(
    shop: Shop, words: list[str], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        evaluated(*words)
