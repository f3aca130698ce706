"""The configured analyzer: the one place of the catalogue that loads networks."""

from functools import cache

from django.conf import settings

import vision
from vision.bundle import find_bundle, load_bundle


def analyzer() -> vision.Analyzer:
    """Loaded once a process; raises BundleError."""
    return vision.get_analyzer(settings.VISION_BUNDLE, settings.VISION_THREADS)


def revision() -> str:
    """The configured bundle's revision, without loading its networks."""
    return _revision(settings.VISION_BUNDLE)


@cache
def _revision(bundle: str) -> str:
    return load_bundle(find_bundle(bundle)).revision
