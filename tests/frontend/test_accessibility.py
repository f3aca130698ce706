"""WCAG 2.2 AA as axe sees it, in every state; and the keyboard alone, from end to end."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from recommender.looks.services import Piece
from tests import factories
from tests.frontend.answers import Shelf
from tests.frontend.axe import wcag_violations
from tests.frontend.stand_in import StandIn
from tests.frontend.states import LENS, SIZES, STATES, STYLE, Visit, visitor
from tests.frontend.test_lens import cards
from tests.frontend.test_lookbook import analyzer, tell  # noqa: F401  a fixture
from tests.frontend.test_strips import OUTFIT, SIMILAR, answers
from tests.recommender.stock import picture, stocked
from tests.support.window import Window
from vision.analyzer import Analyzer

SCHEMES = ("light", "dark")
# axe gives up measuring where text is scrolled away in a box within a box: here nothing is.
TALL = 2600
PALE = "lookus-lens { --lookus-ink: #bbbbbb }"
TURNS = (("phone", "desk"), ("en", "ko"))
# Each state is seen on both devices, in both languages and in both schemes.
ROUNDS = [
    (state, device, TURNS[1][(at + turn) % 2])
    for at, state in enumerate(STATES)
    for turn, device in enumerate(TURNS[0])
]


def in_both_schemes(page: Page) -> list[str]:
    broken = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        broken += [
            f"{scheme}: {one}" for one in wcag_violations(page, colors_only=scheme == "dark")
        ]
    return broken


@pytest.mark.parametrize(("state", "device", "lang"), ROUNDS)
def test_every_state_of_the_lens(
    chromium: Browser, shop: StandIn, photo: bytes, state: str, device: str, lang: str
) -> None:
    Shelf(shop)
    with visitor(chromium, device) as page:
        STATES[state](Visit(page, shop, photo, lang))
        page.set_viewport_size({"width": SIZES[device][0], "height": TALL})
        assert in_both_schemes(page) == []


def test_axe_sees_what_is_in_the_lens(chromium: Browser, shop: StandIn) -> None:
    """What is broken is told: text that cannot be read, a button without a name."""
    with visitor(chromium, "desk") as page:
        page.goto(shop.page(LENS.format(lang="en", more=' mode="panel"'), STYLE + PALE))
        page.locator("lookus-lens [part=pick]").evaluate(
            "(pick) => { pick.removeAttribute('aria-label'); pick.replaceChildren() }"
        )
        broken = " ".join(wcag_violations(page))
        assert "color-contrast: ['lookus-lens', " in broken
        assert "button-name: ['lookus-lens', " in broken


@pytest.mark.parametrize(("device", "lang"), [("phone", "ko"), ("desk", "en")])
def test_the_strips(chromium: Browser, shop: StandIn, device: str, lang: str) -> None:
    answers(shop)
    body = (SIMILAR + OUTFIT).replace('lang="en"', f'lang="{lang}"')
    with visitor(chromium, device) as page:
        page.goto(shop.page(f"<main><h1>Coat</h1>{body}</main>", STYLE))
        page.locator("lookus-outfit").evaluate("(strip) => strip.scrollIntoView()")
        expect(page.locator("lookus-outfit [part=product]")).to_have_count(2)
        expect(page.locator("lookus-similar [part=product]")).to_have_count(8)
        assert in_both_schemes(page) == []


@pytest.mark.django_db
def test_the_pages_of_the_lookbook(client: Client, analyzer: Analyzer) -> None:  # noqa: F811
    shop = factories.make_shop(hosted_storefront=True)
    stocked(shop, analyzer, data=picture("upper"), product={"title": "Red tee"})
    tell(shop, pieces=[Piece(description="Boots")])
    paths = {
        f"/shop/{shop.slug}/looks/{path}lang={lang}"
        for path in ("?", "rain/?", "rain/?garment=0&")
        for lang in TURNS[1]
    }
    window = Window(client)
    window.learn(*paths)
    for width in (390, 1440):
        with window.open(width) as page:
            for path in paths:
                page.goto(f"http://shop.test{path}")
                assert in_both_schemes(page) == [], path
    assert window.wrong == []


FOCUS = """() => {
  let node = document.activeElement;
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  if (!node || node === document.body) return null;
  const seen = node.getBoundingClientRect();
  const style = getComputedStyle(node);
  const at = node.getRootNode().elementFromPoint(
    (seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2);
  return {
    part: node.getAttribute("part") || node.className, role: node.localName,
    label: node.getAttribute("aria-label"),
    text: node.textContent.trim().slice(0, 40), heading: node.matches('h2, h3'),
    // A field's frame is its ring.
    ring: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) ||
      (node.matches('input') && getComputedStyle(node.parentElement).boxShadow !== 'none'),
    inSight: seen.width > 0 && Boolean(at) && (node.contains(at) || at.contains(node)),
  };
}"""


# What was pressed may close or draw a screen first, on a busy machine slowly.
MOST_LOOKS = 100


class Keys:
    """A person without a mouse. After every key the focus is somewhere, in sight, and ringed."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> dict[str, Any]:
        self.page.keyboard.press(key)
        return self.here()

    def here(self) -> dict[str, Any]:
        focus = self.page.evaluate(FOCUS)
        for _ in range(MOST_LOOKS):
            if focus and focus["inSight"] and (focus["heading"] or focus["ring"]):
                break
            self.page.wait_for_timeout(50)
            focus = self.page.evaluate(FOCUS)
        assert focus, "the focus is lost"
        assert focus["heading"] or focus["ring"], f"no ring: {focus}"
        assert focus["inSight"], f"out of sight: {focus}"
        return dict(focus)

    def to(self, part: str, key: str = "Tab", most: int = 60) -> dict[str, Any]:
        """Presses a key until it is there."""
        for _ in range(most):
            focus = self.press(key)
            if focus["part"] == part:
                return focus
        raise AssertionError(f"{part} cannot be reached by {key}")


@pytest.mark.parametrize("device", TURNS[0])
def test_a_whole_visit_by_keyboard(chromium: Browser, shop: StandIn, device: str) -> None:
    """Open, words, results, filter, more like this, wish list, close."""
    Shelf(shop)
    with visitor(chromium, device) as page:
        visit = Visit(page, shop, b"", "en")
        visit.come()
        keys = Keys(page)
        keys.to("button")
        keys.press("Enter")
        expect(visit.part("pick")).to_be_focused()
        keys.to("say-words")
        page.keyboard.type("red jacket")
        keys.press("Enter")
        visit.settled()
        keys.here()

        keys.to("facet")
        keys.press("Enter")
        expect(visit.part("facet-value").first).to_be_focused()
        keys.press("Enter")
        visit.settled()
        keys.here()
        keys.press("Escape")
        expect(visit.part("facet-value")).to_have_count(0)
        assert keys.here()["part"] == "facet"

        keys.to("heart")
        keys.press("Enter")
        expect(visit.part("heart").first).to_have_attribute("aria-pressed", "true")
        keys.to("like-button")
        keys.press("Enter")
        expect(visit.part("trail-back")).to_be_visible()
        visit.settled()
        keys.here()

        keys.to("wish-button")
        keys.press("Enter")
        expect(visit.part("wish")).to_have_count(1)
        keys.to("wish-remove")
        keys.press("Enter")
        expect(visit.part("wish")).to_have_count(0)
        keys.here()
        keys.to("wishes-back", "Shift+Tab")
        keys.press("Enter")
        expect(cards(page).first).to_be_visible()
        assert keys.here()["part"] == "wish-button"

        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        assert keys.here()["part"] == "button"
