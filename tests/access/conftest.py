from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from tests.access.scene import Scene
from tests.database import Databases


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None, django_db_blocker: Any, databases: Databases, tiny_bundle: Path
) -> Iterator[Scene]:
    """Two shops whose rows are committed, for all tests of a module: they change nothing."""
    with override_settings(VISION_BUNDLE=str(tiny_bundle)), django_db_blocker.unblock():
        databases.empty()
        yield Scene()
        databases.empty()
