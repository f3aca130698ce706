"""The fitted table of colour families: what it says of plain dyes, and that it is whole."""

import numpy as np
import pytest

from vision.color import palette
from vision.color_dyes import Dye
from vision.color_families import FILE, family_table
from vision.color_names import METALS, table
from vision.colorspace import hex_to_lab
from vision.taxonomy import taxonomy

SMALL = 100_000


def plain(lab: np.ndarray, share: float = 1.0) -> Dye:
    middle = lab - np.array((2, 0, 0), np.float32)
    return Dye(lab, middle, share=share, spread=3.0, depth=1.0)


def test_the_table_is_small_and_knows_every_family_of_the_taxonomy() -> None:
    assert FILE.stat().st_size < SMALL
    assert {*family_table().families, "multicolour"} == set(taxonomy().ids("color"))


def test_probabilities_add_up_and_metals_are_ruled_out_unless_asked_for() -> None:
    fitted, (_, labs) = family_table(), table()
    dyes = [plain(lab, share=1 / len(labs)) for lab in labs]
    for metals in (False, True):
        chances = np.exp(fitted.called(dyes, metals=metals))
        assert np.allclose(chances.sum(1), 1)
        silver = chances[:, [name in METALS for name in fitted.families]].max()
        assert (silver > 0.3) == metals
    assert np.isclose(np.exp(fitted.named(dyes)).sum(), 1)


def test_named_colours_are_called_by_their_family_or_a_close_second() -> None:
    fitted, (named, labs) = family_table(), table()
    dyes = [plain(lab) for lab in labs]
    order = np.argsort(-fitted.called(dyes, metals=False), axis=1)
    called = np.array(fitted.families)[order]
    cloths = [at for at, color in enumerate(named) if color.family not in METALS]
    first = np.mean([named[at].family == called[at, 0] for at in cloths])
    second = np.mean([named[at].family in called[at, :2] for at in cloths])
    assert first > 0.75 and second > 0.93


def test_a_sliver_of_skin_at_the_edge_is_not_what_a_garment_is_named_by() -> None:
    blue, skin = plain(hex_to_lab("#2050c0"), share=0.85), hex_to_lab("#d9a78b")
    sliver = Dye(skin, skin, share=0.15, spread=6.0, depth=0.5)
    assert np.exp(family_table().named([blue, sliver]))[0] > 0.8


def test_a_tagger_moves_the_evidence_and_an_absent_one_does_not() -> None:
    fitted, ink = family_table(), [plain(hex_to_lab("#1e2029"))]
    bare = fitted.evidence(ink, {}, metals=False)[0]
    navy = fitted.families.index("navy")
    with_navy = fitted.evidence(ink, {"navy": 0.9, "black": 0.1}, metals=False)[0]
    assert with_navy.argmax() == navy
    assert with_navy[navy] / with_navy.sum() > bare[navy] / bare.sum()


@pytest.mark.parametrize(
    ("color", "family"),
    [
        ("#ff0000", "red"),
        ("#dc1414", "red"),
        ("#1428dc", "blue"),
        ("#000080", "navy"),
        ("#00aa00", "green"),
        ("#ffcc00", "yellow"),
        ("#ff7f00", "orange"),
        ("#ff1493", "pink"),
        ("#800080", "purple"),
    ],
)
def test_a_dye_more_vivid_than_any_catalogues_keeps_its_name(color: str, family: str) -> None:
    rgb = np.frombuffer(bytes.fromhex(color[1:]), np.uint8)
    image = np.broadcast_to(rgb, (40, 40, 3)).copy()
    assert palette(image, np.ones((40, 40), bool))[0].family == family


def test_white_is_no_metal() -> None:
    white = np.full((40, 40, 3), 255, np.uint8)
    assert palette(white, np.ones((40, 40), bool), metals=True)[0].family == "white"
