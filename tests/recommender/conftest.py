from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from vision.analyzer import Analyzer, get_analyzer


@pytest.fixture
def analyzer(settings: Settings, tiny_bundle: Path) -> Analyzer:
    """The analyzer that searches use in this test."""
    settings.VISION_BUNDLE = str(tiny_bundle)
    return get_analyzer(tiny_bundle, settings.VISION_THREADS)


@pytest.fixture(autouse=True)
def fresh_rates() -> None:
    cache.clear()
