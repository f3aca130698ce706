"""Refining an answer: filters, words, order, sliders, "but…", each without a new upload."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.frontend.answers import IMAGE_ID, Shelf, asked
from tests.frontend.conftest import until, without_a_pause
from tests.frontend.stand_in import StandIn, problem
from tests.frontend.test_lens import BUTTON, PANEL, cards, choose


@pytest.fixture
def shelf(shop: StandIn) -> Shelf:
    return Shelf(shop)


@pytest.fixture
def found(page: Page, shop: StandIn, shelf: Shelf, photo: bytes) -> Page:
    """A photo was searched for; six products stand there."""
    page.goto(shop.page(PANEL))
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    return page


def part(page: Page, name: str) -> Locator:
    return page.locator(f"lookus-lens [part='{name}']")


def facet(page: Page, name: str) -> Locator:
    return part(page, "facet").filter(has_text=name)


def value(page: Page, name: str) -> Locator:
    return page.locator("lookus-lens [part=shelf] button").filter(has_text=name)


def last(shop: StandIn) -> dict[str, Any]:
    return asked(shop.searches()[-1])


def titles(page: Page) -> list[str]:
    return [one.split()[-1] for one in part(page, "product-title").all_inner_texts()]


def slide(page: Page, *moves: tuple[str, int]) -> list[str]:
    """Moves sliders as a hand does, without a pause; how the products stand right after."""
    stand: list[str] = page.evaluate(
        """(moves) => {
          const root = document.querySelector('lookus-lens').shadowRoot;
          for (const [part, value] of moves) {
            const slider = root.getElementById('weigh-' + part);
            slider.value = value;
            slider.dispatchEvent(new Event('input'));
          }
          const names = [...root.querySelectorAll('.grid .name')];
          return names.map((name) => name.textContent.split(' ').at(-1));
        }""",
        moves,
    )
    return stand


def settled(page: Page, shop: StandIn, searches: int) -> None:
    """So many searches were sent and the last is drawn."""
    until(page, lambda: len(shop.searches()) >= searches)
    assert len(shop.searches()) == searches
    expect(page.locator("lookus-lens [aria-busy=true]")).to_have_count(0)


def test_filters_are_several_values_with_counts_and_ask_without_a_new_upload(
    found: Page, shop: StandIn
) -> None:
    facet(found, "Colour").click()
    expect(value(found, "Red")).to_contain_text("9")
    swatch = value(found, "Red").locator("[part=swatch]")
    assert swatch.evaluate("(dot) => getComputedStyle(dot).backgroundColor") == "rgb(200, 16, 46)"
    value(found, "Red").click()
    settled(found, shop, 2)
    value(found, "Navy").click()
    settled(found, shop, 3)
    assert last(shop)["filters"] == {"color": ["red", "navy"]}
    assert last(shop)["image_id"] == IMAGE_ID and not shop.searches()[-1].image
    expect(facet(found, "Colour")).to_contain_text("Colour · 2")
    expect(value(found, "Navy")).to_have_attribute("aria-pressed", "true")
    value(found, "Red").click()
    settled(found, shop, 4)
    assert last(shop)["filters"] == {"color": ["navy"]}


def test_what_is_chosen_stands_as_chips_that_come_off(found: Page, shop: StandIn) -> None:
    facet(found, "Pattern").click()
    value(found, "Check").click()
    settled(found, shop, 2)
    facet(found, "fabric").click()
    value(found, "linen").click()
    settled(found, shop, 3)
    assert last(shop)["filters"] == {"pattern": ["check"], "attr:fabric": ["linen"]}
    found.get_by_role("button", name="Take off: Check").click()
    settled(found, shop, 4)
    assert last(shop)["filters"] == {"attr:fabric": ["linen"]}
    expect(found.get_by_role("button", name="Take off: linen")).to_be_focused()
    found.get_by_role("button", name="Take off: linen").click()
    settled(found, shop, 5)
    assert "filters" not in last(shop)
    expect(part(found, "applied-chip")).to_have_count(0)


def test_stock_is_one_answer(found: Page, shop: StandIn) -> None:
    facet(found, "Availability").click()
    value(found, "In stock").click()
    settled(found, shop, 2)
    assert last(shop)["filters"] == {"in_stock": True}
    value(found, "In stock").click()
    settled(found, shop, 3)
    assert "filters" not in last(shop)


def test_a_price_by_the_shops_ranges_and_by_both_ends(found: Page, shop: StandIn) -> None:
    facet(found, "Price").click()
    value(found, "₩10,000").click()
    settled(found, shop, 2)
    assert last(shop)["filters"] == {"price": {"min": 10000, "max": 49000}}
    found.get_by_role("button", name="Take off: ₩10,000 – ₩49,000").click()
    settled(found, shop, 3)
    if not part(found, "shelf").is_visible():
        facet(found, "Price").click()
    slider = found.get_by_role("slider", name="Highest price")
    slider.focus()
    with without_a_pause(found):
        for _ in range(3):
            slider.press("ArrowLeft")
    settled(found, shop, 4)
    assert last(shop)["filters"] == {"price": {"max": 84000}}
    expect(found.get_by_role("button", name="Take off: Up to ₩84,000")).to_be_visible()


def test_the_order_is_asked_of_the_api(found: Page, shop: StandIn) -> None:
    part(found, "sort").select_option("price_asc")
    settled(found, shop, 2)
    assert last(shop)["sort"] == "price_asc"
    part(found, "sort").select_option("relevance")
    settled(found, shop, 3)
    assert "sort" not in last(shop)


def test_sliders_move_products_at_once_and_ask_once(found: Page, shop: StandIn) -> None:
    assert titles(found) == ["1", "2", "3", "4", "5", "6"]
    facet(found, "What counts").click()
    shape = found.get_by_role("slider", name="Shape")
    color = found.get_by_role("slider", name="Colour")
    assert shape.input_value() == "50" and color.input_value() == "33"
    # Before the API was asked.
    moved = slide(found, ("shape", 0), ("color", 60), ("color", 80), ("color", 100))
    assert moved == ["6", "5", "4", "3", "2", "1"]
    assert titles(found) == moved
    settled(found, shop, 2)
    weights = {"shape": 0, "color": 0.6, "pattern": 0.102, "category": 0.4}
    assert last(shop)["weights"] == weights
    assert titles(found) == ["6", "5", "4", "3", "2", "1"]
    found.get_by_role("button", name="As usual").click()
    settled(found, shop, 3)
    assert "weights" not in last(shop)


def test_like_this_but_in_another_colour(found: Page, shop: StandIn) -> None:
    chips = part(found, "but-chip")
    # The jacket is red and plain: what it is already is no change.
    assert "Red" not in chips.all_inner_texts()
    chips.filter(has_text="Blue").click()
    settled(found, shop, 2)
    assert last(shop)["text"] == "Blue" and last(shop)["image_id"] == IMAGE_ID
    chips.filter(has_text="Navy").click()
    settled(found, shop, 3)
    assert last(shop)["text"] == "Navy"
    chips.filter(has_text="Short sleeve").click()
    settled(found, shop, 4)
    assert last(shop)["text"] == "Navy Short sleeve"
    found.get_by_role("button", name="Take off: Navy").click()
    settled(found, shop, 5)
    assert last(shop)["text"] == "Short sleeve"
    expect(chips.filter(has_text="Navy")).to_have_attribute("aria-pressed", "false")
    chips.filter(has_text="Short sleeve").click()
    settled(found, shop, 6)
    assert "text" not in last(shop)


def test_what_words_filtered_comes_off_by_its_name(page: Page, shop: StandIn, shelf: Shelf) -> None:
    page.goto(shop.page(PANEL))
    page.evaluate("document.querySelector('lookus-lens').find({text: 'red jacket'})")
    expect(cards(page)).to_have_count(6)
    expect(part(page, "but-chip")).to_have_count(0)
    page.get_by_role("button", name="Take off: Red").click()
    settled(page, shop, 2)
    assert last(shop)["words_off"] == ["color:red"] and last(shop)["text"] == "red jacket"


def test_clear_all_leaves_the_photo(found: Page, shop: StandIn) -> None:
    part(found, "but-chip").filter(has_text="Blue").click()
    settled(found, shop, 2)
    facet(found, "Pattern").click()
    value(found, "Check").click()
    settled(found, shop, 3)
    found.get_by_role("button", name="Clear all").click()
    settled(found, shop, 4)
    assert {"text", "filters"}.isdisjoint(last(shop)) and last(shop)["image_id"] == IMAGE_ID


def test_words_that_were_mended_or_gave_way_are_said(
    page: Page, shop: StandIn, shelf: Shelf
) -> None:
    words = {"terms": [], "mended": {"jaket": "jacket"}, "unknown": ["zebu"], "foreign": "$20"}
    chip = {"id": "color:red", "kind": "color", "value": "red", "label": "Red", "words": "red"}
    loose = [{**chip, "negated": False, "applied": False}]
    shelf.change = {"words": words, "understood": loose}
    page.goto(shop.page(PANEL))
    page.evaluate("document.querySelector('lookus-lens').find({text: 'red jaket zebu'})")
    note = part(page, "note")
    expect(note).to_contain_text("“jaket” was read as “jacket”.")
    expect(note).to_contain_text("No product here says: zebu")
    expect(note).to_contain_text("another currency and was not used: $20")
    expect(note).to_contain_text("only orders: Red")


def test_nothing_found_offers_each_way_back(found: Page, shop: StandIn, shelf: Shelf) -> None:
    part(found, "but-chip").filter(has_text="Blue").click()
    settled(found, shop, 2)
    shelf.empty = True
    facet(found, "Pattern").click()
    value(found, "Check").click()
    settled(found, shop, 3)
    nothing = part(found, "nothing")
    expect(nothing).to_contain_text("Take one off")
    expect(nothing.get_by_role("button")).to_have_text(
        [
            "Without “Blue”",
            "Without “Check”",
            "Without your words",
            "Without any of it",
            re.compile("."),
        ]
    )
    shelf.empty = False
    nothing.get_by_role("button", name="Without “Check”").click()
    settled(found, shop, 4)
    expect(cards(found)).to_have_count(6)
    assert "filters" not in last(shop) and last(shop)["text"] == "Blue"


def test_a_refusal_while_refining_leaves_a_way_back(
    found: Page, shop: StandIn, shelf: Shelf
) -> None:
    shop.next = lambda call: problem(500, "server_error")
    facet(found, "Pattern").click()
    value(found, "Check").click()
    expect(part(found, "error")).to_be_visible()
    shop.next = shelf.answer
    part(found, "error").get_by_role("button", name="Try again").click()
    expect(cards(found)).to_have_count(6)
    assert last(shop)["filters"] == {"pattern": ["check"]}
    expect(found.get_by_role("button", name="Take off: Check")).to_be_visible()


def test_arrows_go_through_a_row_of_chips_and_escape_closes_only_the_shelf(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes
) -> None:
    page.goto(shop.page(BUTTON))
    page.get_by_role("button", name="Find it by photo").click()
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    first = part(page, "facet").first
    first.focus()
    page.keyboard.press("ArrowRight")
    expect(part(page, "facet").nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(part(page, "facet").last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(part(page, "shelf")).to_be_visible()
    page.keyboard.press("Escape")
    expect(part(page, "shelf")).to_be_hidden()
    expect(first).to_be_focused()
    expect(page.get_by_role("dialog")).to_be_visible()
    stops = part(page, "facet").evaluate_all(
        "(all) => all.filter((one) => one.tabIndex === 0).length"
    )
    assert stops == 1


def test_every_target_is_large_enough_for_a_thumb(found: Page) -> None:
    facet(found, "Colour").click()
    sizes = found.locator("lookus-lens [part=results] :is(button, select, a)").evaluate_all(
        """(all) => all.filter((one) => one.getClientRects().length)
        .map((one) => [one.textContent, one.offsetWidth, one.offsetHeight])"""
    )
    assert len(sizes) > 20
    assert [one for one in sizes if one[1] < 44 or one[2] < 44] == []
