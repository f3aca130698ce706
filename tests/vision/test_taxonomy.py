"""The taxonomy is whole, in both languages, and strict about what it does not hold."""

import json
from pathlib import Path

import pytest

from vision import taxonomy as module
from vision.errors import TaxonomyError
from vision.taxonomy import label, load_taxonomy, taxonomy

CATEGORIES = [
    "t-shirt",
    "polo",
    "shirt",
    "blouse",
    "tank-top",
    "sweater",
    "cardigan",
    "sweatshirt",
    "hoodie",
    "jacket",
    "coat",
    "blazer",
    "vest",
    "dress",
    "jumpsuit",
    "skirt",
    "jeans",
    "trousers",
    "leggings",
    "shorts",
    "swimwear",
    "underwear",
    "sleepwear",
    "sneakers",
    "boots",
    "sandals",
    "heels",
    "flats",
    "shoes",
    "bag",
    "hat",
    "scarf",
    "socks",
    "belt",
    "accessory",
]
GROUPS = [
    "top",
    "outer",
    "full-body",
    "bottom",
    "footwear",
    "headwear",
    "bag",
    "accessory",
    "intimate",
]
PATTERNS = [
    "solid",
    "stripe-wide",
    "stripe-fine",
    "stripe-vertical",
    "check",
    "dot",
    "floral",
    "animal",
    "print",
    "graphic",
    "denim",
    "melange",
    "lace",
    "color-block",
    "jacquard",
    "embroidery",
]
COLORS = [
    "black",
    "white",
    "grey",
    "beige",
    "brown",
    "red",
    "pink",
    "orange",
    "yellow",
    "green",
    "khaki",
    "mint",
    "blue",
    "navy",
    "sky",
    "purple",
    "gold",
    "silver",
    "multicolour",
]
STYLES = [
    "casual",
    "sports",
    "formal",
    "ethnic",
    "street",
    "lounge",
    "party",
    "romantic",
    "classic",
]

KFASHION = [
    "classic",
    "preppy",
    "mannish",
    "tomboy",
    "feminine",
    "romantic",
    "sexy",
    "hippie",
    "western",
    "oriental",
    "modern",
    "sophisticated",
    "avant-garde",
    "country",
    "resort",
    "genderless",
    "sporty",
    "retro",
    "kitsch",
    "hip-hop",
    "punk",
    "military",
    "street",
]


@pytest.fixture
def raw() -> dict:
    path = Path(module.__file__).with_name("taxonomy.json")
    return json.loads(path.read_text(encoding="utf-8"))


def written(tmp_path: Path, raw: dict) -> Path:
    path = tmp_path / "taxonomy.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("category", CATEGORIES),
        ("group", GROUPS),
        ("pattern", PATTERNS),
        ("color", COLORS),
        ("style", STYLES),
        ("kfashion-style", KFASHION),
        ("sleeve", ["sleeveless", "short", "three-quarter", "long"]),
    ],
)
def test_the_ids_that_results_are_read_by(kind: str, ids: list[str]) -> None:
    assert list(taxonomy().ids(kind)) == ids


def test_every_term_has_a_name_and_synonyms_in_english_and_korean() -> None:
    for kind in taxonomy().kinds:
        for term in taxonomy().terms(kind).values():
            assert term.en and term.ko, term.id
            assert term.synonyms["en"] and term.synonyms["ko"], term.id
            assert any("가" <= char <= "힣" for char in term.ko), term.id


def test_labels_by_language() -> None:
    assert label("category", "dress") == "Dress"
    assert label("category", "dress", "ko") == "원피스"
    assert "치마" in taxonomy().term("category", "skirt").words("ko")


def test_what_can_be_said_of_which_category() -> None:
    assert not taxonomy().fits("sleeve", "sneakers")
    assert taxonomy().fits("pattern", "sneakers")
    assert "skinny" in taxonomy().allowed("fit", "jeans")
    assert "skinny" not in taxonomy().allowed("fit", "shirt")
    assert taxonomy().allowed("neckline", "jeans") == ()
    assert taxonomy().group_of("hoodie") == "top"


def test_only_the_second_style_taxonomy_is_left_to_the_bundles_that_have_it() -> None:
    assert [one.id for one in taxonomy().attributes.values() if one.optional] == ["kfashion-style"]
    assert taxonomy().allowed("kfashion-style", "coat") == tuple(KFASHION)
    assert taxonomy().allowed("kfashion-style", "sneakers") == ()
    assert label("kfashion-style", "sophisticated", "ko") == "소피스트케이티드"


def test_unknown_ids_are_named() -> None:
    with pytest.raises(TaxonomyError, match="no category 'trouser'; there are t-shirt"):
        label("category", "trouser")
    with pytest.raises(TaxonomyError, match="no kind 'colour'"):
        taxonomy().ids("colour")


def test_a_reference_to_nothing_is_refused(tmp_path: Path, raw: dict) -> None:
    raw["categories"][0]["group"] = "tops"
    with pytest.raises(TaxonomyError, match="t-shirt: group 'tops'"):
        load_taxonomy(written(tmp_path, raw))


def test_an_id_that_stands_twice_is_refused(tmp_path: Path, raw: dict) -> None:
    raw["patterns"].append(raw["patterns"][0])
    with pytest.raises(TaxonomyError, match="'solid' stands twice"):
        load_taxonomy(written(tmp_path, raw))


def test_a_missing_key_is_named(tmp_path: Path, raw: dict) -> None:
    del raw["styles"][2]["ko"]
    with pytest.raises(TaxonomyError, match="'ko' is missing"):
        load_taxonomy(written(tmp_path, raw))
