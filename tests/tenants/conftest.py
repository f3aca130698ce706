"""What tests of logging in need."""

import pytest
from django.core.cache import cache


@pytest.fixture
def accounts() -> None:
    """Limits that nobody has used yet."""
    cache.clear()
