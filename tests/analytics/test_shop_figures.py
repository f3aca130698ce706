from datetime import date, timedelta

import pytest

from analytics.counted import Sums
from analytics.models import ShopDay
from analytics.selectors import shop_figures, shop_figures_by_day
from tests.factories import make_shop

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)


def test_sums_of_shops_by_shop_and_by_day() -> None:
    one, two, other = make_shop(), make_shop(), make_shop()
    for shop, day, currency, counts in (
        (one, DAY, "", {"searches": 10, "clicks": 4}),
        (one, DAY, "KRW", {"revenue": 500, "attributed": 200}),
        (one, DAY - timedelta(days=1), "", {"searches": 5}),
        (one, DAY - timedelta(days=2), "", {"searches": 100}),
        (two, DAY, "USD", {"revenue": 7}),
        (two, DAY, "KRW", {"revenue": 50}),
        (other, DAY, "", {"searches": 1}),
    ):
        ShopDay.objects.create(shop=shop, day=day, currency=currency, **counts)
    asked = {"start": DAY - timedelta(days=1), "end": DAY}
    found = shop_figures(shop_ids=[one.pk, two.pk], **asked)
    assert found == {
        one.pk: Sums(searches=15, clicks=4, revenue={"KRW": 500}, attributed={"KRW": 200}),
        two.pk: Sums(revenue={"USD": 7, "KRW": 50}),
    }
    assert found[one.pk].click_rate == pytest.approx(4 / 15)
    assert found[two.pk].click_rate is None
    assert set(shop_figures(**asked)) == {one.pk, two.pk, other.pk}
    by_day = shop_figures_by_day(shop_ids=[one.pk, two.pk], **asked)
    assert by_day[DAY].revenue == {"KRW": 550, "USD": 7}
    assert [by_day[day].searches for day in sorted(by_day)] == [5, 10]
