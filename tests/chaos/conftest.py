import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from tests.chaos.crew import Crew, crew
from tests.support.shop_server import Site, shop_server


@pytest.fixture
def site() -> Iterator[Site]:
    """Where the shops' photos come from."""
    with shop_server() as site:
        yield site


@pytest.fixture
def media(own_home: Path) -> Path:
    """Without the files of another database's shops: a test with a server of its own counts its
    shops from one again."""
    folder = own_home / "media"
    shutil.rmtree(folder / "shops", ignore_errors=True)
    return folder


@pytest.fixture
def hands(
    transactional_db: None,
    tmp_path: Path,
    media: Path,
    tiny_bundle: Path,
    site: Site,
    settings: Any,
) -> Iterator[Crew]:
    """Who works in this test: nobody yet."""
    settings.VISION_BUNDLE = str(tiny_bundle)
    with crew(
        tmp_path,
        MEDIA_ROOT=str(media),
        VISION_BUNDLE=str(tiny_bundle),
        FETCH_ALLOWED_PRIVATE=site.authority,
    ) as hands:
        yield hands
    connections.close_all()
