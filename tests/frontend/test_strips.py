"""The strips of a product's page: when they load, what they show, and the room they keep."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.frontend.conftest import until
from tests.frontend.stand_in import Answer, Call, StandIn, found, problem, product

# As web vitals count it; the strips' own share has to be nothing at all.
NO_SHIFT = 0.0005
WATCH_SHIFT = """window.moved = 0; new PerformanceObserver((list) => {
for (const entry of list.getEntries()) window.moved += entry.value;
}).observe({type: 'layout-shift', buffered: true})"""
HEAR = """window.heard = []; for (const name of ['strip', 'select', 'error'])
document.addEventListener('lookus:' + name, (event) => heard.push([name, event.detail]))"""
TALL = '<div class="tall"></div>'
ROOM = "lookus-similar:not(:defined), lookus-outfit:not(:defined) { display: block; height: 420px }"
STYLE = ROOM + "body { margin: 0 } .tall { height: 2400px } #after { height: 200px }"
SIMILAR = '<lookus-similar key="pk_1" product="SKU-1" lang="en"></lookus-similar>'
OUTFIT = '<lookus-outfit key="pk_1" product="SKU-1" lang="en"></lookus-outfit>'
AFTER = '<p id="after">After it</p>'


def outfit(site: str) -> dict[str, Any]:
    """A 200 answer of an outfit: shoes to change between, and one bag."""
    why = {"color": 0.9, "rule": "accent", "style": 0.9, "season": 1, "together": 0, "sentence": ""}
    piece = [{**product(at, site), "why": why} for at in range(3)]
    rows = [
        {"slot": "footwear", "label": "Shoes", "results": piece[:2]},
        {"slot": "bag", "label": "Bag", "results": piece[2:]},
    ]
    return {"request_id": "r-1", "owned": [], "rows": rows, "note": ""}


def answers(shop: StandIn) -> None:
    def next_(call: Call) -> Answer:
        told = outfit(shop.site) if "/outfit" in call.path else found(shop.site, 8)
        return Answer(body=told)

    shop.next = next_


@pytest.fixture
def strip_page(page: Page, shop: StandIn) -> Page:
    answers(shop)
    page.add_init_script(WATCH_SHIFT)
    page.add_init_script(HEAR)
    return page


def asked(shop: StandIn) -> list[str]:
    return [call.path.split("?")[0] for call in shop.calls if "/products/" in call.path]


def heard(page: Page, name: str) -> list[Any]:
    return [detail for said, detail in page.evaluate("heard") if said == name]


def settled(page: Page) -> None:
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60)))")


def scroll_to(page: Page, element: str) -> None:
    page.locator(element).evaluate("(node) => node.scrollIntoView({ block: 'center' })")


def test_nothing_loads_before_a_strip_is_near(strip_page: Page, shop: StandIn) -> None:
    strip_page.goto(shop.page(TALL + SIMILAR + OUTFIT + AFTER, STYLE), wait_until="networkidle")
    assert not any("strips" in name or "words" in name for name in shop.loaded)
    assert asked(shop) == []
    scroll_to(strip_page, "lookus-similar")
    expect(strip_page.locator("lookus-similar [part=product]")).to_have_count(8)
    expect(strip_page.locator("lookus-outfit [part=product]")).to_have_count(2)
    assert sorted(asked(shop)) == [f"/api/v1/products/SKU-1/{it}" for it in ("outfit", "similar")]


@pytest.mark.parametrize("width", [390, 1440])
def test_the_room_kept_is_the_room_taken(strip_page: Page, shop: StandIn, width: int) -> None:
    strip_page.set_viewport_size({"width": width, "height": 900})
    strip_page.goto(shop.page(SIMILAR + OUTFIT + AFTER, STYLE), wait_until="commit")
    strip_page.locator("lookus-outfit [part=product]").first.wait_for()
    settled(strip_page)
    filled = strip_page.locator("lookus-similar").evaluate("(node) => node.offsetHeight")
    strip_page.locator("lookus-similar").evaluate("(node) => { node.removeAttribute('product') }")
    shop.next = lambda call: Answer(body=found(shop.site, 8), after=0.6)
    strip_page.locator("lookus-similar").evaluate("(node) => node.setAttribute('product', 'SKU-2')")
    assert strip_page.locator("lookus-similar").evaluate("(node) => node.offsetHeight") == filled
    strip_page.locator("lookus-similar [part=product]").first.wait_for()
    assert strip_page.locator("lookus-similar").evaluate("(node) => node.offsetHeight") == filled
    assert strip_page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_moves_while_a_strip_comes(strip_page: Page, shop: StandIn) -> None:
    page = TALL + SIMILAR + OUTFIT + AFTER
    strip_page.goto(shop.page(page, STYLE), wait_until="networkidle")
    for _ in range(14):
        strip_page.mouse.wheel(0, 240)
        strip_page.wait_for_timeout(60)
    strip_page.locator("lookus-outfit [part=product]").first.wait_for()
    settled(strip_page)
    assert strip_page.evaluate("moved") < NO_SHIFT


def test_a_strip_with_nothing_to_show_takes_no_room(strip_page: Page, shop: StandIn) -> None:
    shop.next = lambda call: Answer(body=found(shop.site, 0))
    strip_page.goto(shop.page(TALL + SIMILAR + AFTER, STYLE), wait_until="networkidle")
    top = "document.querySelector('#after').getBoundingClientRect().top + scrollY"
    kept = strip_page.evaluate(top)
    strip_page.evaluate("scrollTo(0, 1200)")
    expect(strip_page.locator("lookus-similar")).to_be_hidden()
    assert strip_page.evaluate(top) < kept - 200
    assert strip_page.evaluate("moved") < NO_SHIFT
    assert heard(strip_page, "error") == []


def test_in_view_the_room_stays_until_the_shopper_is_past_it(
    strip_page: Page, shop: StandIn
) -> None:
    shop.next = lambda call: Answer(body=found(shop.site, 0))
    strip_page.goto(shop.page(SIMILAR + AFTER + TALL, STYLE), wait_until="networkidle")
    strip_page.evaluate("window.moved = 0")
    strip_page.locator("lookus-similar").evaluate("(node) => node.refresh()")
    strip_page.wait_for_timeout(600)
    assert strip_page.locator("lookus-similar").evaluate("(node) => node.offsetHeight") > 200
    assert strip_page.evaluate("moved") < NO_SHIFT
    strip_page.evaluate("scrollTo(0, 1600)")
    expect(strip_page.locator("lookus-similar")).to_be_hidden()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (problem(404, "product_not_found"), "product_not_found"),
        (problem(429, "rate_limited", Retry_After="3"), "rate_limited"),
        (Answer(200, "<html>sorry", {"Content-Type": "text/html"}), "bad_answer"),
        (Answer(502, "<html>bad gateway", {"Content-Type": "text/html"}), "server"),
    ],
    ids=["unknown", "busy", "html", "broken"],
)
def test_an_error_is_an_event_and_no_words(
    strip_page: Page, shop: StandIn, answer: Answer, code: str
) -> None:
    shop.next = lambda call: answer
    strip_page.goto(shop.page(SIMILAR, STYLE), wait_until="networkidle")
    expect(strip_page.locator("lookus-similar")).to_be_hidden()
    assert [detail["code"] for detail in heard(strip_page, "error")] == [code]
    assert strip_page.locator("lookus-similar").inner_text() == ""


def test_without_a_key_nothing_is_asked(strip_page: Page, shop: StandIn) -> None:
    strip_page.goto(shop.page(SIMILAR.replace("pk_1", ""), STYLE), wait_until="networkidle")
    expect(strip_page.locator("lookus-similar")).to_be_hidden()
    assert [one["code"] for one in heard(strip_page, "error")] == ["no_key"] and asked(shop) == []


def test_the_key_of_the_pages_lens_serves(strip_page: Page, shop: StandIn) -> None:
    lens = '<lookus-lens key="pk_9" lang="en"></lookus-lens>'
    body = lens + SIMILAR.replace('key="pk_1" ', "")
    strip_page.goto(shop.page(body, STYLE), wait_until="networkidle")
    strip_page.locator("lookus-similar [part=product]").first.wait_for()
    call = next(call for call in shop.calls if "/similar" in call.path)
    assert call.headers["Authorization"] == "Bearer pk_9"


def test_a_click_is_told_and_may_be_kept(strip_page: Page, shop: StandIn) -> None:
    strip_page.goto(shop.page(SIMILAR, STYLE), wait_until="networkidle")
    strip_page.evaluate(
        "document.addEventListener('lookus:select', (event) => event.preventDefault())"
    )
    # The part that tells has run.
    until(strip_page, lambda: any(name.startswith("parts/events") for name in shop.loaded))
    settled(strip_page)
    strip_page.locator("lookus-similar [part=product]").nth(2).click()
    (told,) = heard(strip_page, "select")
    assert told["position"] == 3 and told["product"]["product_id"] == "p2"
    assert told["search_id"] == found(shop.site)["search_id"]
    assert strip_page.url == shop.site + "/"
    strip_page.evaluate("dispatchEvent(new Event('pagehide'))")

    def clicks() -> list[tuple[str, int]]:
        told = [event for event in shop.events() if event["type"] == "click"]
        return [(one["product_id"], one["position"]) for one in told]

    until(strip_page, lambda: clicks() == [("p2", 3)])


def test_each_place_of_an_outfit_can_be_changed(strip_page: Page, shop: StandIn) -> None:
    strip_page.goto(shop.page(OUTFIT, STYLE), wait_until="networkidle")
    items = strip_page.locator("lookus-outfit [part=item]")
    expect(items.nth(0)).to_contain_text("Shoes")
    expect(items.locator("[part=another]")).to_have_count(1)
    items.nth(0).locator("[part=another]").focus()
    strip_page.keyboard.press("Enter")
    expect(items.nth(0)).to_have_attribute("data-product", "p1")
    expect(items.nth(0).locator("[part=another]")).to_be_focused()
    strip_page.keyboard.press("Enter")
    expect(items.nth(0)).to_have_attribute("data-product", "p0")


def test_the_words_are_the_pages(strip_page: Page, shop: StandIn) -> None:
    korean = (SIMILAR + OUTFIT).replace('lang="en"', 'lang="ko"')
    strip_page.goto(shop.page(korean, STYLE), wait_until="networkidle")
    expect(strip_page.get_by_role("heading", name="닮은 상품")).to_be_visible()
    expect(strip_page.get_by_role("heading", name="함께 입기 좋은 상품")).to_be_visible()
    own = SIMILAR.replace("></lookus", '><b slot="title">You may like</b></lookus')
    strip_page.goto(shop.page(own, STYLE), wait_until="networkidle")
    expect(strip_page.get_by_role("heading", name="You may like")).to_be_visible()


def test_another_product_is_asked_anew_and_a_removed_strip_is_quiet(
    strip_page: Page, shop: StandIn
) -> None:
    strip_page.goto(shop.page(SIMILAR, STYLE), wait_until="networkidle")
    shop.next = lambda call: Answer(body=found(shop.site, 3), after=0.4)
    strip = strip_page.locator("lookus-similar")
    strip.evaluate("(node) => node.setAttribute('product', 'S/2')")
    expect(strip.locator("[part=product]")).to_have_count(3)
    assert asked(shop)[-1] == "/api/v1/products/S%2F2/similar"
    strip.evaluate(
        "(node) => { node.setAttribute('product', 'S3'); setTimeout(() => node.remove(), 100) }"
    )
    strip_page.wait_for_timeout(700)
    assert heard(strip_page, "error") == []


def test_a_hostile_stylesheet_does_not_reach_in(strip_page: Page, shop: StandIn) -> None:
    hostile = "* { color: lime !important; font-size: 40px !important; letter-spacing: 9px }"
    strip_page.goto(shop.page(SIMILAR, STYLE + hostile), wait_until="networkidle")
    name = strip_page.locator("lookus-similar [part=product-title]").first
    seen = name.evaluate(
        "(node) => [getComputedStyle(node).fontSize, getComputedStyle(node).color]"
    )
    assert seen[0] == "14px" and seen[1] != "rgb(0, 255, 0)"
