from pathlib import Path

import pytest
from pytest_django import Settings

from tenants.models import Shop
from tests.factories import make_garment, make_key, make_photo, make_product, make_shop
from tests.recommender.stock import stocked
from tests.support.drawings import T_SHIRT, Pad
from tests.support.tiny_bundle import build_tiny_bundle
from tests.support.tiny_sketch import add_tiny_sketch
from vision.analyzer import Analyzer, get_analyzer


@pytest.fixture(scope="session")
def sketch_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return add_tiny_sketch(build_tiny_bundle(tmp_path_factory.mktemp("drawing") / "tiny", seed=5))


@pytest.fixture
def analyzer(settings: Settings, sketch_bundle: Path) -> Analyzer:
    """The bundle that searches use in this test; it reads drawings."""
    settings.VISION_BUNDLE = str(sketch_bundle)
    return get_analyzer(sketch_bundle, settings.VISION_THREADS)


RED, BLUE = ({"name": "Red", "name_ko": "빨강", "family": "red", "hex": "#c81e28", "share": 1.0,
              "lab": [43.0, 64.0, 39.0]},
             {"name": "Blue", "name_ko": "파랑", "family": "blue", "hex": "#143cb4", "share": 1.0,
              "lab": [30.0, 30.0, -66.0]})  # fmt: skip


@pytest.fixture
def shop(analyzer: Analyzer) -> Shop:
    """Eight t-shirts, six sweaters and eight skirts, each half red and half blue."""
    shop = make_shop(language="en")
    for category, count in (("t-shirt", 8), ("sweater", 6), ("skirt", 8)):
        for number in range(count):
            made = make_product(shop, sku=f"{category}-{number}", price=1000 * (number + 1))
            photo = make_photo(made, stored=False, state="done", revision=analyzer.revision)
            color = RED if number % 2 else BLUE
            make_garment(photo, category=category, palette=[color], color_family=color["family"])
    return shop


@pytest.fixture
def pictured(shop: Shop, analyzer: Analyzer) -> Shop:
    """And one product with a photo in the storage, `seen`."""
    stocked(shop, analyzer, product={"sku": "seen"}, category="t-shirt")
    return shop


@pytest.fixture
def token(shop: Shop) -> str:
    return make_key("sk", shop=shop)[1]


@pytest.fixture(scope="session")
def tee() -> bytes:
    return Pad(size=(320, 300)).lines(T_SHIRT).png()


@pytest.fixture(scope="session")
def red_tee() -> bytes:
    return Pad(size=(320, 300)).fill(T_SHIRT[0], (200, 30, 40)).lines(T_SHIRT).png()
