"""Both heads of styles have a parent and a few words each; the parents are K-Fashion's ten."""

import json
from pathlib import Path

import pytest

from recommender.mood.styles import HEADS, KFASHION, OWN, head_of, parent_of, parents, siblings
from recommender.mood.styles import styles as styles_of
from tests.support.tiny_bundle import build_tiny_bundle
from vision.bundle import revision_of
from vision.taxonomy import taxonomy


@pytest.mark.parametrize("head", HEADS)
def test_every_style_of_the_taxonomy_has_its_place(head: str) -> None:
    found = styles_of(head)
    assert tuple(found) == taxonomy().ids(head)
    for style in found.values():
        assert style.parent in parents()
        assert style.id in siblings(head, style.id)
        for lang in ("en", "ko"):
            assert style.label(lang)
            assert len(style.about(lang)) > 20
        assert not any("가" <= letter <= "힣" for letter in style.about("en"))
        assert any("가" <= letter <= "힣" for letter in style.about("ko"))


def test_kfashions_styles_are_grouped_under_its_ten() -> None:
    used = {style.parent for style in styles_of(KFASHION).values()}
    assert used == set(parents())
    assert len(used) == 10
    assert siblings(KFASHION, "punk") == ("retro", "kitsch", "hip-hop", "punk")
    assert parent_of(KFASHION, "tomboy").label("ko") == "매니시"


def test_the_same_word_may_stand_in_both_heads() -> None:
    assert styles_of(OWN)["street"].about("en") != styles_of(KFASHION)["street"].about("en")
    assert siblings(OWN, "street") == ("casual", "street", "lounge")


def test_a_bundle_is_asked_for_the_head_that_it_has(tmp_path: Path) -> None:
    assert head_of("full") == OWN
    assert head_of(str(build_tiny_bundle(tmp_path / "tiny"))) == OWN


def test_a_bundle_that_knows_k_fashions_styles_is_asked_for_those(tmp_path: Path) -> None:
    folder = build_tiny_bundle(tmp_path / "tiny", seed=7)
    config = json.loads((folder / "config.json").read_text())
    labels = list(taxonomy().ids(KFASHION))
    head = {"labels": labels, "temperature": 1.0, "threshold": 0.5}
    config["tagger"]["heads"][KFASHION] = head
    config["revision"] = revision_of(folder, config)
    (folder / "config.json").write_text(json.dumps(config))
    assert head_of(str(folder)) == KFASHION


def test_an_unknown_head_has_no_styles() -> None:
    assert not styles_of("sleeve")
