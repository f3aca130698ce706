from pathlib import Path
from typing import Any

import pytest

from tenants import doorbell


@pytest.fixture(autouse=True)
def small_networks(settings: Any, tiny_bundle: Path) -> None:
    settings.VISION_BUNDLE = str(tiny_bundle)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The messages (task, shop id) instead of a broker."""
    messages: list[tuple[str, int]] = []

    def send_task(name: str, args: list[int], **_: Any) -> None:
        messages.append((name, args[0]))

    monkeypatch.setattr(doorbell.current_app, "send_task", send_task)
    return messages
