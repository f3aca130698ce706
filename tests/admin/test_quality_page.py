"""The owner's page of the search's quality."""

import pytest

from recommender.models import QualityRun
from recommender.quality.services import quality_run
from tenants.models import Shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import make_shop

SIDE = {
    "photos": 40,
    "tags": 30,
    "recall": {"1": 0.5, "6": 0.725, "20": 0.9},
    "agreement": 0.8,
    "by_kind": {"category": [24, 30]},
    "weights": {"shape": 0.35, "color": 0.2, "pattern": 0.1, "category": 0.35},
}


@pytest.fixture
def shop(db: None) -> Shop:
    return make_shop(slug="measured")


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


def test_without_measurements_the_page_says_what_is_needed(desk: Desk) -> None:
    assert "Products need a second photo" in desk.page("quality/")


def test_figures_are_shown_before_and_after(shop: Shop, desk: Desk) -> None:
    before = SIDE | {"recall": {"1": 0.4, "6": 0.6, "20": 0.8}}
    with shop_scope(shop):
        QualityRun.objects.create(
            revision="new",
            against="old",
            reason="bundle",
            figures={"before": before, "after": SIDE},
            verdict="better",
        )
    page = desk.page("quality/")
    assert "72.5 %" in page
    assert "60 → 72.5 %" in page
    assert "Not worse" in page
    assert "A new version of the vision" in page
    assert "from 40 second photos" in page
    assert "80 %" in page


def test_a_click_asks_for_a_measurement_that_the_worker_makes(shop: Shop, desk: Desk) -> None:
    assert desk.post("quality/").status_code == 302
    assert "Being measured" in desk.page("quality/")
    with shop_scope(shop):
        run = QualityRun.objects.get()
    assert run.by_id == desk.user.pk
    quality_run(shop=shop, run_id=run.pk)
    assert "Being measured" not in desk.page("quality/")


def test_other_weights_are_asked_for_in_numbers(shop: Shop, desk: Desk) -> None:
    assert desk.post("quality/", shape="60", color="40").status_code == 302
    with shop_scope(shop):
        run = QualityRun.objects.get()
    assert run.reason == "weights"
    assert run.figures["wanted"] == {"shape": 0.6, "color": 0.4, "pattern": 0.0, "category": 0.0}


@pytest.mark.parametrize("said", ["much", "-1", "0", "101", "nan", "inf"])
def test_weights_that_are_none_are_refused(shop: Shop, desk: Desk, said: str) -> None:
    response = desk.post("quality/", shape=said)
    assert response.status_code == 400
    assert "Weights are numbers" in response.content.decode()
    with shop_scope(shop):
        assert not QualityRun.objects.exists()


def test_a_viewer_looks_and_does_not_measure(shop: Shop) -> None:
    viewer = Desk(shop, "viewer")
    assert "Measure now" not in viewer.page("quality/")
    assert viewer.post("quality/").status_code == 403
    with shop_scope(shop):
        assert not QualityRun.objects.exists()


def test_a_stranger_sees_nothing(shop: Shop) -> None:
    stranger = Desk(make_shop(), "owner")
    stranger.base = f"/admin/{shop.slug}/"
    assert stranger.get("quality/").status_code == 404


def test_it_reads_in_korean(shop: Shop, desk: Desk) -> None:
    page = desk.get("quality/", headers={"Accept-Language": "ko"}).content.decode()
    assert "검색 품질" in page
    assert "Measure now" not in page
