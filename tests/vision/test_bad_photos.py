"""What a shop's customers send besides clothes, and clothes in files of every kind."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from lookus.cli import main
from tests.vision.garmentless import FACES, PAGES, PLACES, THINGS
from vision.analyzer import Analyzer, get_analyzer
from vision.cli import MAX_SIDE
from vision.decode import decode
from vision.render import GarmentSpec, Rendered, render
from vision.types import Analysis

Draw = Callable[[], np.ndarray]
WITHOUT: dict[str, Draw] = PAGES | FACES | PLACES | THINGS
GREYS = {"black", "white", "grey"}
FORTY_MEGAPIXELS = (5477, 7302)
SPECS = {
    "dress": GarmentSpec("dress", "solid", "#b3202e", seed=5),
    "t-shirt": GarmentSpec("t-shirt", "solid", "#1d2b50", seed=5, view="phone", background="wood"),
    "shirt": GarmentSpec("shirt", "check", "#2f6fb5", color2="#ffffff", seed=3),
    "jeans": GarmentSpec("jeans", "denim", "#4a6f96", seed=5, background="white"),
}


@pytest.fixture(scope="module")
def full() -> Analyzer:
    return get_analyzer("full")


@pytest.fixture(scope="module", params=SPECS)
def garment(request: pytest.FixtureRequest) -> Rendered:
    return render(SPECS[request.param], width=600, height=800)


@pytest.fixture(scope="module", params=WITHOUT)
def strange(full: Analyzer, request: pytest.FixtureRequest) -> Analysis:
    return full.analyze(WITHOUT[request.param]())


def encoded(photo: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    photo.save(out, kind, **({"quality": 92} if kind == "JPEG" else {}), **options)
    return out.getvalue()


def seen(full: Analyzer, data: bytes) -> Analysis:
    """As the command line and the server look at a file."""
    return full.analyze(decode(data, max_side=MAX_SIDE).pixels)


def has_no_garment(analysis: Analysis) -> bool:
    """One whole photo that stands in for a garment, and no head that is sure of a word."""
    main = analysis.main
    return (
        not analysis.found
        and len(analysis.garments) == 1
        and main.box == (0, 0, analysis.width, analysis.height)
        and set(main.unsure) == set(main.tags)
    )


def sure_and_wrong(analysis: Analysis, truth: dict[str, str]) -> dict[str, str]:
    """The words that the main garment is sure of and that are not what was drawn."""
    return {
        head: said.value
        for head, said in analysis.main.tags.items()
        if not said.unsure and said.value != truth.get(head, said.value)
    }


def same_tags(one: Analysis, other: Analysis) -> bool:
    """One garment each, of one category and pattern; no head is sure of two different words."""
    first, second = one.main, other.main
    agree = all(
        said.value == second.tags[head].value
        for head, said in first.tags.items()
        if head in second.tags and not (said.unsure or second.tags[head].unsure)
    )
    return (
        (one.found, len(one.garments)) == (other.found, len(other.garments)) == (True, 1)
        and (first.category, first.pattern) == (second.category, second.pattern)
        and agree
    )


def test_a_photo_of_anything_else_has_no_garment(strange: Analysis) -> None:
    found = [(one.region, round(one.area, 2)) for one in strange.garments]
    assert has_no_garment(strange), found


def test_nor_is_any_word_of_it_sure(strange: Analysis) -> None:
    sure = {
        head: said.value
        for garment in strange.garments
        for head, said in garment.tags.items()
        if not said.unsure
    }
    assert not sure


@pytest.mark.parametrize("name", ["book", "tan-black", "living-room", "cup", "dark-grainy"])
@pytest.mark.parametrize("side", [32, 96])
def test_nor_has_a_tiny_one(full: Analyzer, name: str, side: int) -> None:
    photo = WITHOUT[name]()
    scale = side / min(photo.shape[:2])
    small = cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    assert has_no_garment(seen(full, encoded(Image.fromarray(small))))


@pytest.mark.parametrize("name", ["receipt", "dark-short", "kitchen", "car"])
@pytest.mark.parametrize("change", ["grey", "turned", "blurred", "cropped"])
def test_nor_has_a_worse_photo_of_it(full: Analyzer, name: str, change: str) -> None:
    photo = WITHOUT[name]()
    height, width = photo.shape[:2]
    changed = {
        "grey": np.asarray(Image.fromarray(photo).convert("L").convert("RGB")),
        "turned": np.ascontiguousarray(np.rot90(photo)),
        "blurred": cv2.GaussianBlur(photo, (0, 0), 5),
        "cropped": photo[height // 5 : -height // 5, width // 5 : -width // 5].copy(),
    }[change]
    assert has_no_garment(full.analyze(changed))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_grey_photo_gives_the_same_garment_in_greys(
    full: Analyzer, garment: Rendered, kind: str
) -> None:
    grey = Image.fromarray(garment.image).convert("L")
    analysis = seen(full, encoded(grey, kind))
    plain = full.analyze(garment.image)
    # jeans without their blue may pass for trousers, as long as nothing is sure of it
    assert analysis.found and analysis.main.region == plain.main.region
    assert not sure_and_wrong(analysis, garment.labels)
    assert {color.family for color in analysis.main.palette} <= GREYS


def test_a_cut_out_with_transparency_is_the_garment_on_white(
    full: Analyzer, garment: Rendered
) -> None:
    alpha = Image.fromarray(garment.mask.astype(np.uint8) * 255)
    cut = Image.fromarray(np.where(garment.mask[..., None], garment.image, np.uint8(0)))
    cut.putalpha(alpha)
    white = np.where(garment.mask[..., None], garment.image, np.uint8(255))
    analysis = seen(full, encoded(cut, "PNG"))
    assert same_tags(analysis, full.analyze(white))
    assert not sure_and_wrong(analysis, garment.labels)


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_photo_turned_by_its_exif_is_seen_upright(
    full: Analyzer, garment: Rendered, orientation: int
) -> None:
    undo = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90}
    lying = Image.fromarray(garment.image).transpose(
        undo.get(orientation, Image.Transpose.ROTATE_270)
    )
    exif = Image.Exif()
    exif[0x0112] = orientation
    analysis = seen(full, encoded(lying, "PNG", exif=exif.tobytes()))
    plain = full.analyze(garment.image)
    assert same_tags(analysis, plain)
    assert np.array_equal(analysis.main.embedding, plain.main.embedding)
    assert analysis.main.box == plain.main.box


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "AVIF"])
def test_an_animation_is_its_first_frame(full: Analyzer, garment: Rendered, kind: str) -> None:
    first = Image.fromarray(garment.image)
    later = [Image.fromarray(PLACES["black"]()).resize(first.size)] * 2
    options = {} if kind == "PNG" else {"quality": 92}
    data = encoded(first, kind, save_all=True, append_images=later, duration=80, **options)
    assert same_tags(seen(full, data), full.analyze(garment.image))


def test_a_photo_of_32_pixels_is_never_surely_wrong(full: Analyzer, garment: Rendered) -> None:
    small = Image.fromarray(garment.image).resize((32, 43), Image.Resampling.BOX)
    analysis = seen(full, encoded(small, "PNG"))
    assert analysis.main.embedding.shape == (256,)
    assert not sure_and_wrong(analysis, garment.labels)


def test_a_photo_of_40_megapixels_gives_the_tags_of_the_small_one(
    full: Analyzer, garment: Rendered
) -> None:
    large = cv2.resize(garment.image, FORTY_MEGAPIXELS, interpolation=cv2.INTER_LINEAR)
    photo = decode(encoded(Image.fromarray(large)), max_side=MAX_SIDE)
    assert max(photo.pixels.shape) == MAX_SIDE
    analysis, plain = full.analyze(photo.pixels), full.analyze(garment.image)
    assert same_tags(analysis, plain)
    grown = np.array(plain.main.box) * FORTY_MEGAPIXELS[0] / garment.image.shape[1]
    assert np.allclose(photo.to_full(analysis.main.box), grown, atol=0.03 * max(FORTY_MEGAPIXELS))


def test_the_command_line_says_it_in_words_and_in_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.fromarray(PLACES["black"]()).save(tmp_path / "a.png")
    Image.fromarray(render(SPECS["dress"], width=300, height=400).image).save(tmp_path / "b.png")
    assert main(["tag", str(tmp_path), "--json"]) == 0
    nothing, dress = map(json.loads, capsys.readouterr().out.splitlines())
    assert (nothing["found"], nothing["message"]) == (False, "no garment found")
    (whole,) = nothing["garments"]
    assert whole["region"] == "photo" and set(whole["unsure"]) == set(whole["confidence"])
    assert dress["found"] and dress["message"] is None
    assert main(["tag", str(tmp_path / "a.png")]) == 0
    assert "no garment found" in capsys.readouterr().out


def test_an_animated_gif_is_refused_by_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frames = [Image.new("RGB", (64, 64), color) for color in ("red", "blue")]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    assert main(["tag", str(tmp_path), "--json"]) == 1
    told = capsys.readouterr()
    assert "GIF is not supported" in told.err and not told.out
