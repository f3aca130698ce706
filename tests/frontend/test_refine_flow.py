"""Refining on the real stack: the real facets, words, weights, pages and links."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.frontend.test_lens import cards, choose
from tests.frontend.test_lens_flow import WAIT_MS, photo_of_card
from tests.frontend.test_refine import part, slide


def skus(page: Page) -> list[str]:
    addresses = cards(page).evaluate_all("(all) => all.map((link) => link.href)")
    return [one.split("/p/")[1].rstrip("/") for one in addresses]


def answered(page: Page, action: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a press asks, and the answer once it is drawn."""
    with page.expect_response("**/api/v1/search", timeout=WAIT_MS) as response:
        action()
    reply = response.value
    assert reply.status == 200, reply.text()
    body = reply.json()
    expect(page.locator("lookus-lens .found:not([aria-busy])")).to_be_visible(timeout=WAIT_MS)
    return dict(reply.request.post_data_json or {}), body


def test_a_photo_is_refined_step_by_step(live_stack: Any, page: Page, chromium: Browser) -> None:
    page.set_default_timeout(WAIT_MS)
    page.goto(f"{live_stack.base_url}/shop/{live_stack.shop_slug}/?lang=en")
    _, photo = photo_of_card(page, 4)
    choose(page, photo)
    expect(cards(page).first).to_be_visible(timeout=WAIT_MS)
    first = skus(page)

    # "Like this, but…" in the first colour that is offered: all that is found has it.
    chip = part(page, "but-chip").first
    label = chip.inner_text()
    asked, body = answered(page, chip.click)
    assert "image_id" in asked and asked["text"] == label
    assert [one["label"] for one in body["understood"]] == [label]
    family = body["understood"][0]["value"]
    assert {one["color"]["family"] for one in body["results"][:3]} <= {family}
    assert skus(page)[0] != first[0]
    answered(page, page.get_by_role("button", name=f"Take off: {label}").click)
    assert skus(page) == first

    # A filter says beforehand how many it leaves.
    part(page, "facet").filter(has_text="Pattern").click()
    value = page.locator("lookus-lens [part=shelf] button").first
    count = int(value.locator("small").inner_text())
    asked, body = answered(page, value.click)
    assert body["found"] == count and list(asked["filters"]) == ["pattern"]

    # A price within which everything found lies.
    part(page, "facet").filter(has_text="Price").click()
    ranges = page.locator("lookus-lens [part=shelf] .values button")
    asked, body = answered(page, ranges.first.click)
    prices = [(one["sale_price"] or one["price"])["amount"] for one in body["results"]]
    low, high = asked["filters"]["price"]["min"], asked["filters"]["price"]["max"]
    assert prices and all(low <= price <= high for price in prices)
    answered(page, page.get_by_role("button", name="Clear all").click)
    assert skus(page) == first

    # Colour alone: what moves at once is what the API then says.
    part(page, "facet").filter(has_text="What counts").click()
    expect(page.get_by_role("slider", name="Colour")).to_be_visible()
    only_color = (("shape", 0), ("pattern", 0), ("color", 100))
    asked, body = answered(page, lambda: slide(page, *only_color))
    assert asked["weights"]["color"] == 0.6
    assert skus(page)[: len(body["results"])] == [one["product_id"] for one in body["results"]]

    # More like a result, and back.
    here = skus(page)
    like = part(page, "like-button").nth(1)
    asked, body = answered(page, like.click)
    assert asked["product_id"] == here[1] and here[1] not in skus(page)
    part(page, "trail-back").click()
    expect(part(page, "trail")).to_be_hidden()
    assert skus(page) == here

    # The link finds the same without the photo.
    part(page, "share-button").click()
    link = part(page, "share").get_by_role("textbox").input_value()
    other = chromium.new_context(locale="en-GB").new_page()
    other.set_default_timeout(WAIT_MS)
    other.goto(link)
    expect(cards(other).first).to_be_visible(timeout=WAIT_MS)
    assert skus(other) == here
    other.context.close()
