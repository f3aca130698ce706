"""What stays on the shopper's device: kept products and recent searches, each erasable."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.frontend.answers import Shelf, asked
from tests.frontend.stand_in import StandIn
from tests.frontend.test_lens import BUTTON, cards, choose
from tests.frontend.test_refine import part, settled


@pytest.fixture
def shelf(shop: StandIn) -> Shelf:
    return Shelf(shop)


def open_lens(page: Page) -> None:
    page.locator("lookus-lens [part=button]").click()
    expect(part(page, "pick")).to_be_visible()


def search(page: Page, shop: StandIn, photo: bytes, body: str = BUTTON) -> None:
    page.goto(shop.page(body))
    open_lens(page)
    choose(page, photo)
    expect(cards(page)).to_have_count(6)


def stored(page: Page) -> dict[str, Any]:
    """What lies in the device's storage of ours, the tab's too."""
    kept = page.evaluate("({...localStorage, ...sessionStorage})")
    ours = ("wish", "recent", "place", "photo")
    return {name: text for name, text in kept.items() if name.rsplit(":", 1)[-1] in ours}


def test_a_heart_keeps_a_product_and_the_list_opens_and_forgets_it(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes
) -> None:
    search(page, shop, photo)
    page.evaluate(
        """() => { window.wishes = []; document.addEventListener('lookus:wish',
        (e) => window.wishes.push([e.detail.product.product_id, e.detail.kept])); }"""
    )
    hearts = part(page, "heart")
    hearts.nth(1).click()
    hearts.nth(2).click()
    hearts.nth(3).click()
    hearts.nth(3).click()
    expect(hearts.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(hearts.nth(3)).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("window.wishes") == [
        ["p1", True],
        ["p2", True],
        ["p3", True],
        ["p3", False],
    ]

    page.reload()
    open_lens(page)
    page.get_by_role("button", name="Kept: 2").click()
    kept = part(page, "wish")
    expect(kept).to_have_count(2)
    expect(kept.first).to_contain_text("Wool jacket with a wide collar 3")
    expect(kept.nth(1)).to_contain_text("₩39,000")
    page.get_by_role("button", name="Remove from kept: Wool jacket with a wide collar 3").click()
    expect(kept).to_have_count(1)
    expect(part(page, "wish-remove")).to_be_focused()
    kept.first.click()
    page.wait_for_url("**/p/1")


def test_the_list_stands_beside_the_results_and_leads_back(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes
) -> None:
    search(page, shop, photo)
    page.get_by_role("button", name="Kept: 0").click()
    expect(page.get_by_text("Nothing is kept yet")).to_be_visible()
    page.get_by_role("button", name="Back to the results").click()
    expect(cards(page).first).to_be_visible()
    expect(part(page, "wish-button")).to_be_focused()


def test_recent_searches_are_small_pictures_and_words_and_go_one_by_one(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes
) -> None:
    search(page, shop, photo)
    page.evaluate("document.querySelector('lookus-lens').find({text: 'Red dress'})")
    settled(page, shop, 2)
    part(page, "back").click()
    recents = part(page, "recent-item")
    expect(recents).to_have_count(2)
    expect(recents.first).to_have_text("Red dress")
    kept = json.loads(stored(page)["lookus:pk_test:recent"])
    assert len(kept[1]["thumb"]) < 40_000
    page.wait_for_function(
        """() => { const canvas = document.querySelector('lookus-lens').shadowRoot
        .querySelector('.recents canvas'); const [r, g, b, a] =
        canvas.getContext('2d').getImageData(48, 40, 1, 1).data;
        return a === 255 && r > 120 && g < 90; }"""
    )
    # A photo is searched with again, as small as it was kept.
    page.get_by_role("button", name="Search again: Your photo").click()
    settled(page, shop, 3)
    assert shop.looks()[-1].image.startswith(b"\xff\xd8")
    part(page, "back").click()
    expect(recents).to_have_count(3)

    page.get_by_role("button", name="Forget: Red dress").click()
    expect(recents).to_have_count(2)
    page.get_by_role("button", name="Forget all").click()
    expect(recents).to_have_count(0)
    assert "lookus:pk_test:recent" not in stored(page)


def test_words_are_kept_once(page: Page, shop: StandIn, shelf: Shelf) -> None:
    page.goto(shop.page(BUTTON))
    for number, text in enumerate(("red dress", "Red dress ", "coat"), 1):
        page.evaluate("(text) => document.querySelector('lookus-lens').find({text})", text)
        settled(page, shop, number)
    part(page, "back").click()
    expect(part(page, "recent-item")).to_have_text(["coat", "Red dress"])
    page.get_by_role("button", name="Search again: Red dress").click()
    settled(page, shop, 4)
    assert asked(shop.searches()[-1])["text"] == "Red dress"


@pytest.mark.parametrize("why", ["attribute", "consent", "not asked yet", "browser"])
def test_where_nothing_may_be_kept_nothing_is(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes, why: str
) -> None:
    if why == "browser":
        page.add_init_script(
            """for (const store of ['localStorage', 'sessionStorage']) Object.defineProperty(
            window, store, {get() { throw new DOMException('no', 'SecurityError'); }})"""
        )
    said = {"attribute": 'storage="none"', "not asked yet": 'consent="ask-shop"'}.get(why, "")
    page.goto(shop.page(BUTTON.replace("<lookus-lens", f"<lookus-lens {said}")))
    if why == "consent":
        page.wait_for_function("window.LookUs")
        page.evaluate("LookUs.consent({storage: false})")
    open_lens(page)
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    expect(part(page, "heart").filter(visible=True)).to_have_count(0)
    expect(part(page, "wish-button")).to_be_hidden()
    part(page, "back").click()
    expect(part(page, "pick")).to_be_visible()
    expect(part(page, "recent-item")).to_have_count(0)
    if why != "browser":
        assert stored(page) == {}


def test_consent_taken_back_erases_what_was_kept(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes
) -> None:
    search(page, shop, photo)
    part(page, "heart").first.click()
    page.wait_for_function("localStorage.getItem('lookus:pk_test:recent')")
    assert len(stored(page)) >= 2
    page.evaluate("LookUs.consent({storage: false})")
    assert stored(page) == {}
    expect(part(page, "heart").first).to_be_hidden()


def test_hearts_come_with_consent(page: Page, shop: StandIn, shelf: Shelf, photo: bytes) -> None:
    search(page, shop, photo, BUTTON.replace("<lookus-lens", '<lookus-lens consent="ask-shop"'))
    expect(part(page, "heart").first).to_be_hidden()
    page.evaluate("LookUs.consent({storage: true})")
    part(page, "heart").first.click()
    expect(part(page, "heart").first).to_have_attribute("aria-pressed", "true")


def test_what_lies_there_broken_harms_nothing(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes
) -> None:
    page.goto(shop.page(BUTTON))
    page.evaluate(
        """() => { localStorage.setItem('lookus:pk_test:recent',
        JSON.stringify([5, null, {id: 'a', text: '<b>x</b>'}, {id: 'b', thumb: '!!'}]));
        localStorage.setItem('lookus:pk_test:wish', '{"not": "a list"');
        sessionStorage.setItem('lookus:place', '{{'); }"""
    )
    page.reload()
    open_lens(page)
    expect(part(page, "recent-item")).to_have_count(2)
    expect(part(page, "recent-item").first).to_have_text("<b>x</b>")
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    part(page, "heart").first.click()
    expect(part(page, "heart").first).to_have_attribute("aria-pressed", "true")


def test_a_full_device_keeps_the_newest(
    page: Page, shop: StandIn, shelf: Shelf, photo: bytes
) -> None:
    page.goto(shop.page(BUTTON))
    page.evaluate(
        """() => { const old = Array.from({length: 7},
          (_, at) => ({id: 'o' + at, at, thumb: 'A'.repeat(60000)}));
        localStorage.setItem('lookus:pk_test:recent', JSON.stringify(old));
        let room = 5 * 1024 * 1024, at = 0;
        while (room > 500) try { localStorage.setItem('page:' + at++, 'x'.repeat(room)); }
        catch { room = Math.floor(room / 2); }
        }"""
    )
    open_lens(page)
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    page.wait_for_function(
        "!JSON.parse(localStorage.getItem('lookus:pk_test:recent'))[0].id.startsWith('o')"
    )
