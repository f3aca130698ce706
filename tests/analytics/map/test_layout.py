"""The map's numbers, without a database."""

import numpy as np
import pytest

from analytics.map.aligning import aligned
from analytics.map.features import features
from analytics.map.judging import judged
from analytics.map.layout import layout, principal
from analytics.map.neighbors import nearest_to, neighbors
from analytics.map.placing import placed, spacing
from analytics.map.walking import walk

GROUPS, EACH = 8, 40


def grouped(seed=3):
    """Unit vectors in groups, and the group of each."""
    rng = np.random.default_rng(seed)
    middles = rng.normal(size=(GROUPS, 256))
    rows = np.repeat(middles, EACH, 0) + 0.7 * rng.normal(size=(GROUPS * EACH, 256))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float32), np.repeat(np.arange(GROUPS), EACH)


def test_neighbors_are_those_of_every_comparison():
    rows, _ = grouped()
    apart = ((rows[:, None] - rows[None]) ** 2).sum(2)
    np.fill_diagonal(apart, np.inf)
    found = neighbors(rows, 5)
    assert np.allclose(
        np.take_along_axis(apart, found.astype(int), 1), np.sort(apart, axis=1)[:, :5], atol=1e-5
    )


def test_the_nearest_to_a_query_comes_first_with_its_distance():
    rows, _ = grouped()
    near, apart = nearest_to(rows[:3], rows, 4)
    assert near[:, 0].tolist() == [0, 1, 2]
    assert apart[:, 0] == pytest.approx([0, 0, 0], abs=1e-3)
    assert (np.diff(apart, axis=1) >= 0).all()


def test_groups_stand_together_and_the_same_rows_get_the_same_places():
    rows, groups = grouped()
    places = layout(rows)
    near = neighbors(places, 10)
    assert (groups[near] == groups[:, None]).mean() > 0.95
    assert np.array_equal(places, layout(rows.copy()))


def test_the_map_is_truer_than_two_principal_components():
    rows, _ = grouped()
    ours, theirs = judged(rows, layout(rows)), judged(rows, principal(rows))
    assert ours is not None
    assert theirs is not None
    assert ours.trust > theirs.trust
    assert ours.overlap > 1.5 * theirs.overlap


def test_a_map_that_is_made_anew_stands_where_it_stood():
    rows, _ = grouped()
    before = layout(rows)
    rng = np.random.default_rng(5)
    changed = rows + 0.005 * rng.normal(size=rows.shape).astype(np.float32)
    again = layout(changed, begin=before)
    turned, _scale = aligned(again, again, before)
    width = np.ptp(before, axis=0).max()
    assert np.median(np.linalg.norm(turned - before, axis=1)) < 0.05 * width


def test_alignment_undoes_turning_mirroring_scaling_and_moving():
    rng = np.random.default_rng(1)
    before = rng.normal(size=(50, 2)).astype(np.float32)
    mirrored = np.array([[0.6, 0.8], [0.8, -0.6]])
    now = (3.0 * before @ mirrored + [7, -2]).astype(np.float32)
    turned, scale = aligned(now, now[:20], before[:20])
    assert np.allclose(turned, before, atol=1e-4)
    assert scale == pytest.approx(1 / 3, rel=1e-4)


def test_newcomers_stand_among_their_kind_and_equal_ones_side_by_side():
    rows, groups = grouped()
    places = layout(rows)
    known = np.arange(len(rows)) % 5 != 0
    step = spacing(places[known])
    at = placed(rows[~known], rows[known], places[known], aside=0.3 * step)
    near, _ = nearest_to(at, places[known], 5)
    assert (groups[known][near] == groups[~known][:, None]).mean() > 0.9
    twins = placed(rows[[0, 0]], rows[known], places[known], aside=0.3 * step)
    assert 0 < np.linalg.norm(twins[0] - twins[1]) < 2 * step


def test_few_products_have_a_map_too():
    rows, _ = grouped()
    for count in (0, 1, 2, 3, 5, 20):
        places = layout(rows[:count])
        assert places.shape == (count, 2)
        assert np.isfinite(places).all()
    assert judged(rows[:5], layout(rows[:5])) is None


def test_equal_rows_do_no_harm():
    rows = np.repeat(grouped()[0][:3], 20, 0)
    places = layout(rows)
    assert np.isfinite(places).all()
    near = neighbors(places, 5)
    assert (near // 20 == np.arange(60)[:, None] // 20).mean() > 0.9


def test_another_value_moves_garments_apart_by_its_weight():
    same = np.repeat(grouped()[0][:1], 3, 0)
    said = {"category": ["dress", "shirt", ""], "color": ["red"] * 3, "pattern": ["solid"] * 3}
    rows = features(same, said)
    apart = ((rows[:, None] - rows[None]) ** 2).sum(2)
    assert apart[0, 1] == pytest.approx(0.4, rel=1e-3)
    assert apart[0, 2] == pytest.approx(0.2, rel=1e-3)


def test_the_walk_visits_every_place_once_by_short_steps():
    places = np.random.default_rng(2).uniform(-1, 1, (900, 2)).astype(np.float32)
    numbers = walk(places)
    assert sorted(numbers.tolist()) == list(range(900))
    along = places[np.argsort(numbers)]
    steps = np.linalg.norm(np.diff(along, axis=0), axis=1)
    assert np.median(steps) < 0.08
