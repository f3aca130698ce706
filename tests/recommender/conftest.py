from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from tests.support.tiny_bundle import build_tiny_bundle
from vision.analyzer import Analyzer, get_analyzer


@pytest.fixture(scope="session")
def tiny_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny")


@pytest.fixture
def analyzer(settings: Settings, tiny_bundle: Path) -> Analyzer:
    """The analyzer that searches use in this test."""
    settings.VISION_BUNDLE = str(tiny_bundle)
    return get_analyzer(tiny_bundle, settings.VISION_THREADS)


@pytest.fixture(autouse=True)
def fresh_rates() -> None:
    cache.clear()
