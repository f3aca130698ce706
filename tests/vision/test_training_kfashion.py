"""K-Fashion's layout, read from a small made-up copy of it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from tests.support.kfashion_folder import (
    DRESS,
    HEIGHT,
    WIDTH,
    drawn,
    label_of,
    make_kfashion,
    polygon,
    write_label,
    write_photo,
)
from vision.taxonomy import taxonomy
from vision.training.grounds import Grounds
from vision.training.kfashion import words as kfashion_words
from vision.training.kfashion.labels import labels_of
from vision.training.kfashion.reading import Garment, KFashion, open_kfashion, region_map
from vision.training.kfashion.sources import parser_source, tagged_set
from vision.training.regions import IGNORE, NOT_GROUND, classes
from vision.training.splits import TRAIN, split_of
from vision.training.tagger_data import How, TaggerPhotos
from vision.training.tagger_sets import allowed

DRESS_OUTFIT, COAT_OUTFIT, SHIRT_OUTFIT = 2, 3, 0


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> KFashion:
    folder = make_kfashion(tmp_path_factory.mktemp("download"))
    return open_kfashion(folder, tmp_path_factory.mktemp("cache"))


def of(source: KFashion, name: str, region: str) -> Garment:
    at = source.photos.names.index(name)
    return next(one for one in source.garments if (one.photo, one.region) == (at, region))


def overlap(one: np.ndarray, other: np.ndarray) -> float:
    return float((one & other).sum() / (one | other).sum())


def details(label: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = label["데이터셋 정보"]["데이터셋 상세설명"]
    return found


def opened(folder: Path, label: dict[str, Any], outfit: int = DRESS_OUTFIT) -> KFashion:
    """The one photo of a label, read."""
    write_label(folder / "label", label)
    write_photo(folder / "label" / f"{label['이미지 정보']['이미지 식별자']}.jpg", outfit)
    return open_kfashion(folder / "label", folder / "cache")


def test_every_garment_of_every_photo_is_read(read: KFashion) -> None:
    assert sorted(read.photos.names) == [str(n) for n in range(100, 108)]
    found = {
        name: {one.region for one in read.garments if read.photos.names[one.photo] == name}
        for name in ("100", "101", "102", "103")
    }
    assert found == {
        "100": {"upper", "lower"},
        "101": {"upper", "lower"},
        "102": {"full-body"},
        "103": {"outer"},
    }
    assert not read.unknown


def test_masks_and_boxes_are_where_the_garments_were_drawn(read: KFashion) -> None:
    for name, region, outfit, place in (("100", "lower", 0, 1), ("102", "full-body", 2, 0)):
        one, truth = of(read, name, region), drawn(outfit)[place]
        assert overlap(one.mask > 0, truth.mask) > 0.97
        assert np.abs(np.array(one.box) - truth.box).max() <= 2


def test_a_large_photo_is_reduced_and_its_polygons_with_it(tmp_path: Path) -> None:
    write_label(tmp_path / "로맨틱", label_of(7, DRESS_OUTFIT, zoom=3))
    write_photo(tmp_path / "로맨틱" / "7.jpg", DRESS_OUTFIT, zoom=3)
    large = open_kfashion(tmp_path, tmp_path / "cache")
    assert large.photos[0].shape == (512, 384, 3)
    truth = drawn(DRESS_OUTFIT)[0].mask.astype(np.uint8)
    assert overlap(large.garments[0].mask > 0, cv2.resize(truth, (384, 512)) > 0) > 0.97


def test_a_label_drawn_on_another_size_of_the_photo_is_scaled(tmp_path: Path) -> None:
    source = opened(tmp_path, label_of(7, DRESS_OUTFIT, zoom=2.5))
    assert source.photos[0].shape == (HEIGHT, WIDTH, 3)
    assert overlap(source.garments[0].mask > 0, drawn(DRESS_OUTFIT)[0].mask) > 0.97


def test_what_is_not_labelled_is_unknown_and_never_ground(read: KFashion) -> None:
    at = read.photos.names.index("100")
    truth = read.regions[at]
    assert truth.shape == read.photos[at].shape[:2]
    assert set(np.unique(truth)) <= {
        classes().index("upper"),
        classes().index("lower"),
        NOT_GROUND,
        IGNORE,
    }
    shown = np.logical_or.reduce([one.mask > 0 for one in read.garments if one.photo == at])
    assert (truth[~shown] == IGNORE).all()
    assert (truth[shown] != IGNORE).all()
    skirt = drawn(SHIRT_OUTFIT)[1].mask
    assert overlap(truth == classes().index("lower"), skirt) > 0.9


def square(region: str, x0: int, y0: int, x1: int, y1: int) -> Garment:
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], np.int32)
    return Garment(0, region, "", (x0, y0, x1, y1), (60, 60), (corners,), {})


def test_where_two_garments_overlap_only_the_ground_is_ruled_out() -> None:
    truth = region_map([square("lower", 10, 30, 40, 55), square("upper", 10, 5, 40, 34)])
    assert (truth[30:35, 10:41] == NOT_GROUND).all()
    assert truth[20, 20] == classes().index("upper")
    assert truth[50, 20] == classes().index("lower")


def test_a_shirt_seen_within_the_outline_of_an_open_jacket_stays_a_shirt() -> None:
    truth = region_map([square("upper", 20, 12, 32, 40), square("outer", 8, 5, 50, 45)])
    assert (truth[12:41, 20:33] == classes().index("upper")).all()
    assert truth[42, 12] == classes().index("outer")


def test_words_teach_the_taxonomy_s_ids(read: KFashion) -> None:
    found = of(read, "100", "upper").labels
    assert found["category"] == {"shirt"}
    assert found["color"] == {"sky"}
    assert found["sleeve"] == {"long"}
    assert found["length"] == {"regular"}
    assert found["neckline"] == {"collar"}
    assert found["fit"] == {"loose"}
    assert found["material"] == {"cotton"}
    assert found["pattern"] == {"stripe-wide", "stripe-fine", "stripe-vertical"}
    assert found["kfashion-style"] == {"preppy"}
    assert found["style"] == {"classic"}
    assert "closure" not in found  # a button may be anywhere on a shirt
    coat = of(read, "103", "outer").labels
    assert coat["closure"] == {"buttons"}
    assert coat["material"] == {"wool", "cashmere"}
    assert coat["kfashion-style"] == {"modern"}
    assert "style" not in coat
    jeans = of(read, "101", "lower").labels
    assert (jeans["category"], jeans["pattern"]) == ({"jeans"}, {"denim"})
    assert (jeans["fit"], jeans["length"]) == ({"wide"}, {"regular"})
    assert jeans["style"] == {"street", "casual"}
    assert "sleeve" not in of(read, "102", "full-body").labels  # 없음 says nothing


@pytest.mark.parametrize(
    ("part", "words", "head", "ids"),
    [
        ("upper", {"카테고리": ["티셔츠"], "소매기장": ["긴팔"]}, "category", "t-shirt sweatshirt"),
        ("upper", {"카테고리": ["티셔츠"], "옷깃": ["폴로칼라"]}, "category", "polo"),
        ("lower", {"카테고리": ["청바지"], "기장": ["미니"]}, "category", "shorts"),
        ("lower", {"카테고리": ["스커트"], "기장": ["미니"]}, "length", "mini"),
        ("outer", {"카테고리": ["짚업"], "넥라인": ["후드"]}, "category", "hoodie"),
        ("upper", {"프린트": ["무지"], "디테일": ["자수"]}, "pattern", "solid melange embroidery"),
        ("full-body", {}, "category", "dress jumpsuit"),
        ("lower", {"넥라인": ["라운드넥"]}, "neckline", ""),
        ("lower", {"핏": ["기타"]}, "fit", ""),
    ],
)
def test_what_single_words_leave_open(
    part: str, words: dict[str, list[str]], head: str, ids: str
) -> None:
    assert labels_of(part, words, [], Counter()).get(head, set()) == set(ids.split())


def test_every_one_of_its_styles_is_known() -> None:
    named = (
        "클래식 프레피 매니시 톰보이 페미닌 로맨틱 섹시 히피 웨스턴 오리엔탈 모던 소피스트케이티드"
        " 아방가르드 컨트리 리조트 젠더리스 스포티 레트로 키치/키덜트 힙합 펑크 밀리터리 스트리트"
    )
    unknown: Counter[tuple[str, str]] = Counter()
    found = [labels_of("upper", {}, [name], unknown)["kfashion-style"] for name in named.split()]
    assert [next(iter(one)) for one in found] == list(taxonomy().ids("kfashion-style"))
    assert "kfashion-style" not in labels_of("upper", {}, ["기타"], unknown)
    assert not unknown


def tables() -> Iterator[tuple[str, str]]:
    heads = {
        "category": ("CATEGORY", "KINDS_OF_PART", "NARROWED"),
        "color": ("COLOR",),
        "pattern": ("PRINT", "PLAIN_CLOTH", "PLAIN_DETAIL"),
        "sleeve": ("SLEEVE",),
        "neckline": ("NECKLINE", "COLLAR"),
        "length": ("LENGTH_TOP", "LENGTH_SKIRT", "LENGTH_LEG"),
        "fit": ("FIT_TOP", "FIT_LEG", "FIT_SKIRT"),
        "material": ("MATERIAL",),
        "closure": ("CLOSURE",),
        "style": ("OUR_STYLE",),
    }
    return ((head, name) for head, names in heads.items() for name in names)


def test_every_id_of_the_tables_stands_in_the_taxonomy() -> None:
    for head, name in tables():
        table: dict[Any, str] = getattr(kfashion_words, name)
        assert set(" ".join(table.values()).split()) <= set(taxonomy().ids(head)), name
    assert set(kfashion_words.OUR_STYLE) <= set(taxonomy().ids("kfashion-style"))


def test_hangul_in_pieces_and_spaces_within_a_word_are_the_same_word(tmp_path: Path) -> None:
    label = label_of(7, DRESS_OUTFIT)
    words = {"카테고리": unicodedata.normalize("NFD", "드레스"), "넥라인": "원 숄더"}
    details(label)["라벨링"]["원피스"] = [words]
    found = opened(tmp_path, label).garments[0].labels
    assert found["category"] == {"dress"}
    assert found["neckline"] == {"off-shoulder"}


@pytest.mark.parametrize("missing", ["라벨링", "렉트좌표", "폴리곤좌표"])
def test_a_missing_part_of_a_label_takes_only_itself_away(tmp_path: Path, missing: str) -> None:
    label = label_of(7, DRESS_OUTFIT)
    del details(label)[missing]
    one = opened(tmp_path, label).garments[0]
    truth = drawn(DRESS_OUTFIT)[0]
    assert np.abs(np.array(one.box) - truth.box).max() <= 2
    assert one.mask.any() == (missing != "폴리곤좌표")
    assert one.labels["category"] == ({"dress", "jumpsuit"} if missing == "라벨링" else {"dress"})


def test_a_photo_without_a_style_word_has_that_of_its_folder(tmp_path: Path) -> None:
    label = label_of(7, DRESS_OUTFIT)
    details(label)["라벨링"]["스타일"] = [{}]
    del label["이미지 정보"]["이미지 식별자"], label["이미지 정보"]["이미지 너비"]
    write_label(tmp_path / "히피", label, "7")
    write_photo(tmp_path / "히피" / "7.jpg", DRESS_OUTFIT)
    one = open_kfashion(tmp_path, tmp_path / "cache").garments[0]
    assert one.labels["kfashion-style"] == {"hippie"}
    assert one.mask.any()


def test_pieces_of_one_garment_are_one_and_two_labelled_garments_are_two(tmp_path: Path) -> None:
    coat = drawn(COAT_OUTFIT)[0].mask
    middle = int(np.flatnonzero(coat.any(0)).mean())
    left, right = coat.copy(), coat.copy()
    left[:, middle:], right[:, :middle] = False, False
    label = label_of(7, COAT_OUTFIT)
    details(label)["폴리곤좌표"]["아우터"] = [polygon(left), polygon(right)]
    one = opened(tmp_path / "pieces", label, COAT_OUTFIT).garments
    assert len(one) == 1
    assert overlap(one[0].mask > 0, coat) > 0.95
    details(label)["라벨링"]["아우터"] = [{"카테고리": "코트"}, {"카테고리": "베스트"}]
    two = opened(tmp_path / "two", label, COAT_OUTFIT).garments
    assert [garment.labels["category"] for garment in two] == [{"coat"}, {"vest"}]
    assert two[0].box[2] <= two[1].box[0] + 2


def test_bad_files_are_named_and_the_others_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_kfashion(tmp_path / "in", 4)
    broken = folder / "모던" / "900.json"
    broken.write_text('{"이미지 정보": ', encoding="utf-8")
    empty = write_label(folder / "모던", {"이미지 정보": {"이미지 식별자": 901}})
    lonely = write_label(folder / "모던", label_of(902, DRESS_OUTFIT))
    turned = label_of(903, DRESS_OUTFIT)
    turned["이미지 정보"]["이미지 높이"] = 100
    turned_path = write_label(folder / "모던", turned)
    write_photo(folder / "모던" / "903.jpg", DRESS_OUTFIT)
    torn = write_label(folder / "모던", label_of(904, DRESS_OUTFIT))
    (folder / "모던" / "904.jpg").write_bytes(b"\xff\xd8\xff no photo")
    strange = label_of(905, DRESS_OUTFIT)
    details(strange)["라벨링"]["원피스"] = [DRESS | {"소재": ["우븐", "황마"], "색상": "차콜"}]
    write_label(folder / "모던", strange)
    write_photo(folder / "모던" / "905.jpg", DRESS_OUTFIT)
    source = open_kfashion(folder, tmp_path / "cache")
    assert sorted(source.photos.names) == ["100", "101", "102", "103", "905"]
    said = capsys.readouterr().err
    for path, problem in (
        (broken, "is no JSON"),
        (empty, "'데이터셋 상세설명'"),
        (lonely, "902.jpg is missing"),
        (turned_path, "300×100 px"),
        (torn, "left out"),
    ):
        assert f"{path}: " in said
        assert problem in next(line for line in said.splitlines() if line.startswith(f"{path}: "))
    assert source.unknown == {("소재", "황마"): 1, ("색상", "차콜"): 1}
    assert said.count("황마") == 1
    assert "color" not in of(source, "905", "full-body").labels


def test_a_folder_without_a_usable_photo_says_what_is_expected(tmp_path: Path) -> None:
    write_label(tmp_path / "클래식", label_of(1, DRESS_OUTFIT))
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ValueError, match=r"a folder a style .* <이미지 식별자>.jpg"):
            open_kfashion(folder, tmp_path / "cache")


@pytest.mark.parametrize("given", ["", "라벨링데이터"])
@pytest.mark.parametrize("kind", ["jpg", "JPEG", "png"])
def test_photos_and_labels_may_lie_apart(tmp_path: Path, given: str, kind: str) -> None:
    write_label(tmp_path / "라벨링데이터" / "로맨틱", label_of(7, DRESS_OUTFIT))
    write_photo(tmp_path / "원천데이터" / "원천_로맨틱" / f"7.{kind}", DRESS_OUTFIT)
    assert open_kfashion(tmp_path / given, tmp_path / "cache").photos.names == ["7"]


def test_one_look_is_in_one_part_and_other_photos_are_split_by_their_number(
    tmp_path: Path,
) -> None:
    for n in range(6):
        label = label_of(n, DRESS_OUTFIT)
        if n < 4:
            label["이미지 정보"]["이미지 파일명"] = f"LIME_193_0{n}.jpg"
        write_label(tmp_path / "로맨틱", label)
        write_photo(tmp_path / "로맨틱" / f"{n}.jpg", DRESS_OUTFIT)
    source = open_kfashion(tmp_path, tmp_path / "cache")
    part = dict(zip(source.photos.names, source.parts, strict=True))
    assert {part[str(n)] for n in range(4)} == {split_of("kfashion/LIME_193")}
    assert [part["4"], part["5"]] == [split_of("kfashion/4"), split_of("kfashion/5")]


def test_photos_are_decoded_once_and_taken_evenly_from_the_styles(tmp_path: Path) -> None:
    folder = make_kfashion(tmp_path / "in", 12)
    first = open_kfashion(folder, tmp_path / "cache", most=4)
    styles = {next(iter(one.labels["kfashion-style"])) for one in first.garments}
    assert styles == {"preppy", "street", "romantic", "modern"}
    for path in folder.rglob("*.jpg"):
        path.unlink()
    again = open_kfashion(folder, tmp_path / "cache", most=4)
    assert again.photos.names == first.photos.names
    assert (again.photos[2] == first.photos[2]).all()


def test_the_parser_draws_photos_with_their_garments_in_place(read: KFashion) -> None:
    source, rng = parser_source(read), np.random.default_rng(0)
    seen = set()
    for _ in range(40):
        photo, truth = source.draw(rng, 96)
        assert photo.shape == (96, 96, 3)
        assert (photo.dtype, truth.shape, truth.dtype) == (np.uint8, (96, 96), np.uint8)
        seen |= set(np.unique(truth).tolist())
        coat = truth == classes().index("outer")
        if coat.sum() > 500:
            red, _, blue = photo[coat].mean(0)
            assert blue > red + 15  # the coat is navy, its ground is not
    assert {classes().index(name) for name in ("upper", "lower", "full-body")} <= seen
    assert seen <= {classes().index(one.region) for one in read.garments} | {0, NOT_GROUND, IGNORE}


def test_only_photos_that_train_are_drawn(read: KFashion) -> None:
    train = {i for i, part in enumerate(read.parts) if part == TRAIN}
    assert set(parser_source(read).train) == train
    assert len(train) < len(read.parts)


def test_the_tagger_sees_each_garment_in_its_photo(read: KFashion) -> None:
    found = tagged_set(read, first_design=50)
    count = len(read.garments)
    assert len(found.photos) == len(found.labels) == len(found.sightings.masks) == count
    assert found.designs.tolist() == list(range(50, 50 + count))
    for i, one in enumerate(read.garments):
        seen = found.sightings.seen(found.photos, i)
        assert (seen.photo == read.photos[one.photo]).all()
        assert seen.mask is not None
        assert seen.mask.shape == seen.photo.shape[:2] == tuple(found.photos.shapes[i][:2])
        assert (seen.mask == one.mask).all()
        assert seen.box == one.box
        assert found.parts[i] == read.parts[one.photo]
    shirt = read.garments.index(of(read, "100", "upper"))
    assert found.labels[shirt]["pattern"] == {"stripe-vertical"}
    assert found.kinds[shirt] == "kfashion 셔츠"


def test_a_tagger_s_batch_shows_garments_with_what_their_words_allow(read: KFashion) -> None:
    found = tagged_set(read, first_design=50)
    heads = {
        "category": ["dress", "jeans", "shirt", "coat"],
        "kfashion-style": ["romantic", "street", "preppy", "modern"],
        "pattern": ["solid", "stripe-vertical", "floral", "denim"],
    }
    every = np.arange(len(read.photos))
    grounds = Grounds((read.photos, every), (read.photos, every), read.photos)
    batch = TaggerPhotos([found], heads, grounds).batch((1, 0), 40, How(64, (0.7, 0.15, 0.15)))
    whole = np.flatnonzero(batch.designs.numpy() >= 50)
    assert len(whole) >= 8
    for at in whole:
        i = int(batch.designs[at]) - 50
        assert batch.crops[at].shape == (64, 64, 3)
        assert found.parts[i] == TRAIN
        assert batch.allowed[at].tolist() == allowed(found.labels[i], heads).tolist()
    assert batch.allowed[whole][:, 4:8].any(1).all()  # a style of its own for every one of them
