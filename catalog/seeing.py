"""The analyzers: the one place of the catalogue that loads networks.

The configured bundle sees what is new. While shops still live on a former one, that one stays at
hand beside it: a query must be seen by the bundle whose vectors it is compared with.
"""

from functools import cache

from django.conf import settings

import vision
from vision.bundle import BUNDLES, find_bundle, load_bundle
from vision.errors import BundleError
from vision.sketch.sketcher import Sketcher, get_sketcher


def analyzer(revision: str = "") -> vision.Analyzer:
    """The configured bundle's, or that of a revision that is `at_hand`; loaded once a process.

    Raises BundleError.
    """
    bundle = _at_hand()[revision] if revision else settings.VISION_BUNDLE
    return vision.get_analyzer(bundle, settings.VISION_THREADS)


def sketcher(revision: str) -> Sketcher | None:
    """What reads drawings for a revision that is `at_hand`; None where its bundle reads none.

    Raises BundleError.
    """
    return get_sketcher(_at_hand()[revision], settings.VISION_THREADS)


def revision() -> str:
    """The configured bundle's revision, without loading its networks."""
    return _revision(settings.VISION_BUNDLE)


def at_hand(revision: str) -> bool:
    """Whether photos can be seen as this revision sees them."""
    return revision in _at_hand()


def _at_hand() -> dict[str, str]:
    """Bundles by revision: the configured one, the former ones, those that come with LookUs."""
    return _bundles(settings.VISION_BUNDLE, tuple(settings.VISION_BUNDLE_BEFORE))


@cache
def _bundles(configured: str, before: tuple[str, ...]) -> dict[str, str]:
    found = {}
    packaged = sorted(path.parent.name for path in BUNDLES.glob("*/config.json"))
    for bundle in (*reversed(packaged), *reversed(before), configured):
        try:
            found[_revision(bundle)] = bundle
        except BundleError:
            if bundle == configured:
                raise
    return found


@cache
def _revision(bundle: str) -> str:
    return load_bundle(find_bundle(bundle)).revision
