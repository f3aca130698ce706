"""The colours of the lens and of the storefront: the same tokens, and text that can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FRONTEND = Path(__file__).parents[2] / "frontend"
LENS = FRONTEND / "widget" / "src" / "lens" / "styles.js"
SHOP = FRONTEND / "storefront" / "static" / "storefront" / "shop.css"
TEXT = ("ink", "soft-ink", "faint", "accent")
# WCAG 2.2, 1.4.3: text below 24 px.
MIN_CONTRAST = 4.5


def lens_tokens() -> dict[str, tuple[str, str]]:
    """Token to (light, dark), from the lens's light-dark() pairs."""
    found = re.findall(
        r"--lookus-([\w-]+), light-dark\((#\w{6}), (#\w{6})\)", LENS.read_text(encoding="utf-8")
    )
    return {name: (light, dark) for name, light, dark in found}


def shop_tokens() -> dict[str, tuple[str, str]]:
    """Token to (light, dark), from the storefront's two blocks."""
    found = re.findall(r"--lookus-([\w-]+): (#\w{6});", SHOP.read_text(encoding="utf-8"))
    half = len(found) // 2
    light, dark = dict(found[:half]), dict(found[half:])
    return {name: (light[name], dark[name]) for name in light}


def luminance(color: str) -> float:
    """Relative luminance of #rrggbb, WCAG 2.2."""
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "raised"])
@pytest.mark.parametrize("text", TEXT)
def test_text_can_be_read(text: str, ground: str, scheme: int) -> None:
    tokens = lens_tokens()
    assert contrast(tokens[text][scheme], tokens[ground][scheme]) >= MIN_CONTRAST
    assert contrast(tokens["on-accent"][scheme], tokens["accent"][scheme]) >= MIN_CONTRAST


def test_storefront_and_lens_share_their_tokens() -> None:
    assert len(shop_tokens()) >= 10
    assert shop_tokens() == lens_tokens()
