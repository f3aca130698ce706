import pytest

from recommender.outfit.fit import COLOR, SEASON, STYLE, fit, genders_fit, near_styles
from recommender.outfit.pieces import Piece, Rack
from tests.recommender.outfit.clothes import piece


def parts(one: Piece, other: Piece) -> tuple[float, float, float]:
    found = fit(Rack.of([one]), Rack.of([other]))
    return tuple(float(part[0, 0]) for part in (found.style, found.season, found.score))  # type: ignore[return-value]


def style(one: Piece, other: Piece) -> float:
    return parts(one, other)[0]


def test_the_parts_make_the_score() -> None:
    assert pytest.approx(1.0) == COLOR + STYLE + SEASON
    one, other = piece("shirt", "red"), piece("skirt", "black")
    found = fit(Rack.of([one]), Rack.of([other]))
    said = COLOR * found.color + STYLE * found.style + SEASON * found.season
    assert found.score == pytest.approx(said)


def test_a_style_goes_with_its_neighbours_and_not_with_strangers() -> None:
    office = piece("blazer", "navy", styles={"formal": 1.0})
    same = piece("trousers", "grey", styles={"formal": 1.0})
    near = piece("trousers", "grey", styles={"classic": 1.0})
    far = piece("trousers", "grey", styles={"sports": 1.0})
    assert style(office, same) > style(office, near) > style(office, far)
    assert near_styles("formal")[:2] == ["formal", "classic"]
    assert "sports" not in near_styles("formal")


def test_an_unknown_style_neither_helps_nor_hurts() -> None:
    known = piece("bag", "red", styles={"party": 1.0})
    unknown = piece("bag", "red", styles={})
    other = piece("bag", "red", styles={"sports": 1.0})
    assert style(known, other) < style(unknown, other) < style(other, other)
    assert len(near_styles("")) == len(near_styles("no such style")) > 5


def test_heels_are_not_for_leggings() -> None:
    heels = piece("heels", "black")
    assert style(heels, piece("skirt", "black")) > style(heels, piece("leggings", "black")) + 0.2


def test_seasons_agree_round_the_year() -> None:
    def season(one: dict[str, float], other: dict[str, float]) -> float:
        return parts(piece("coat", "red", seasons=one), piece("boots", "red", seasons=other))[1]

    assert season({"winter": 1}, {"winter": 1}) == pytest.approx(1)
    assert season({"winter": 1}, {"autumn": 1}) == pytest.approx(
        season({"winter": 1}, {"spring": 1})
    )
    assert season({"winter": 1}, {"summer": 1}) == 0
    year = dict.fromkeys(("spring", "summer", "autumn", "winter"), 0.25)
    assert season(year, year) == pytest.approx(1)
    assert 0 < season({"winter": 1}, {}) < 1


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("women", "women", True),
        ("women", "men", False),
        ("women", "unisex", True),
        ("unisex", "men", True),
        ("", "men", True),
        ("kids", "kids", True),
        ("kids", "women", False),
        ("kids", "unisex", False),
        ("", "kids", True),
    ],
)
def test_genders(one: str, other: str, agree: bool) -> None:
    assert genders_fit(one, other) is agree
    assert genders_fit(other, one) is agree
