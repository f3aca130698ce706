import pytest
from django.core.cache import cache

from tests.catalog.api.caller import Caller
from tests.factories import make_shop


@pytest.fixture(autouse=True)
def fresh_rates() -> None:
    cache.clear()


@pytest.fixture
def ours() -> Caller:
    return Caller(make_shop(language="en"))
