"""What tests of logging in need."""

from typing import Any

import pytest
from django.core.cache import cache


@pytest.fixture
def accounts(settings: Any) -> None:
    """Limits that nobody has used yet; passwords that are hashed quickly."""
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
