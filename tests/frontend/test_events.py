"""What the widget tells of shoppers, counted by a server that it really sends to."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.frontend.conftest import until
from tests.frontend.stand_in import Answer, StandIn, found, problem
from tests.frontend.test_lens import cards, choose

LENS = '<lookus-lens key="pk_test_events" lang="en" mode="panel" {more}></lookus-lens>'
PANEL = LENS.format(more="")
ASKS = LENS.format(more='consent="ask-shop"')
KEPT = "() => [...Object.keys(sessionStorage), ...Object.keys(localStorage)].sort()"
MINE = re.compile(r"^lookus:(calls|pk_test_eve:(session|shown|unsent|visitor))$")
IN_VIEW = """() => [...document.querySelector('lookus-lens').shadowRoot
  .querySelectorAll('[data-product]')].filter((node) => {
    const { top, bottom, height } = node.getBoundingClientRect();
    return Math.min(bottom, innerHeight) - Math.max(top, 0) >= height / 2;
  }).map((node) => node.dataset.product)"""
PAUSE_MS = 5000
# A module is imported once; who watches after it is told after it.
RAN = """(address) => import(address).then(() => new Promise((done) => {
  const roots = [...document.querySelectorAll('*')].map((node) => node.shadowRoot).filter(Boolean);
  const nodes = roots.flatMap((root) => [...root.querySelectorAll('[data-product]')]);
  new IntersectionObserver(done).observe(nodes.at(-1) || document.body);
}))"""
# The part is asked to listen when the page is idle; a strip may have loaded it before that.
HEARD = "() => new Promise((done) => requestIdleCallback(() => done(), { timeout: 2000 }))"
LEAVES = "window.dispatchEvent(new Event('pagehide'))"


def call(page: Page, name: str, detail: dict[str, Any]) -> None:
    """The shop's own call, until somebody is on the way to listen to it."""
    page.wait_for_function("window.LookUs")
    page.evaluate("([name, detail]) => LookUs[name](detail)", [name, detail])
    page.evaluate(HEARD)


def loaded(page: Page, shop: StandIn) -> None:
    """Until the part of the events is there, has run, and knows which products are in view."""
    parts = lambda: [name for name in shop.loaded if name.startswith("parts/events")]  # noqa: E731
    until(page, lambda: bool(parts()))
    page.evaluate(RAN, f"{shop.api}/widget/{parts()[-1]}")


def visit(page: Page, shop: StandIn, body: str) -> None:
    """Opens the shop's page."""
    shop.loaded.clear()
    page.goto(shop.page(body))


def leave(page: Page, shop: StandIn) -> None:
    page.goto(shop.site + "/p/9")
    page.wait_for_timeout(150)


def events_of(request: Request) -> bool:
    return request.url.endswith("/events") and request.method == "POST"


def own_keys(page: Page) -> list[str]:
    return [name for name in page.evaluate(KEPT) if MINE.match(name)]


def kinds(shop: StandIn) -> list[str]:
    return [event["type"] for event in shop.events()]


def test_what_is_in_view_for_a_second_is_seen_once_and_a_click_is_told(
    page: Page, shop: StandIn, photo: bytes
) -> None:
    shop.next = lambda asked: Answer(body=found(shop.site, count=24))
    page.clock.install()
    visit(page, shop, LENS.format(more='limit="24"'))
    choose(page, photo)
    expect(cards(page)).to_have_count(24)
    cards(page).nth(1).scroll_into_view_if_needed()
    loaded(page, shop)
    page.clock.run_for(1100)
    seen = page.evaluate(IN_VIEW)
    assert 1 < len(seen) < 24
    cards(page).nth(1).click(modifiers=["ControlOrMeta"])
    cards(page).nth(1).click()
    page.wait_for_url("**/p/1")
    until(page, lambda: "click" in kinds(shop))
    told = shop.events()
    impressions = [event for event in told if event["type"] == "impression"]
    assert {event["product_id"] for event in impressions} >= set(seen)
    assert len(impressions) < 24
    assert len({event["product_id"] for event in impressions}) == len(impressions)
    assert all(event["position"] == int(event["product_id"][1:]) + 1 for event in impressions)
    (click,) = [event for event in told if event["type"] == "click"]
    assert (click["product_id"], click["position"], click["search_id"]) == ("p1", 2, "s-1")
    assert {uuid.UUID(event["event_id"]).version for event in told} == {7}
    assert len({event["event_id"] for event in told}) == len(told)
    assert all("visitor" not in event and len(event["session"]) == 32 for event in told)
    headers = shop.event_calls()[0].headers
    assert headers["Authorization"] == "Bearer pk_test_events"


def test_a_glance_is_no_impression_and_a_batch_waits_five_seconds(
    page: Page, shop: StandIn, photo: bytes
) -> None:
    page.clock.install(time=1_800_000_000)
    visit(page, shop, PANEL)
    expect(page.locator("lookus-lens [part=pick]").first).to_be_visible()
    page.clock.pause_at(1_800_000_300)
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    loaded(page, shop)
    page.clock.run_for(900)
    leave(page, shop)
    assert shop.events() == []

    page.clock.resume()
    visit(page, shop, PANEL)
    expect(page.locator("lookus-lens [part=pick]").first).to_be_visible()
    page.clock.pause_at(1_800_000_900)
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    loaded(page, shop)
    page.clock.run_for(1100)
    page.clock.run_for(PAUSE_MS - 200)
    assert shop.events() == []
    page.clock.run_for(300)
    until(page, lambda: len(shop.events()) > 1)
    assert len(shop.event_calls()) == 1


def test_twenty_are_told_at_once_and_the_rest_when_the_page_is_left(
    page: Page, shop: StandIn
) -> None:
    visit(page, shop, PANEL)
    page.wait_for_function("window.LookUs")
    carts = [{"product": f"sku-{number}", "quantity": 2, "price": 39000} for number in range(22)]
    # In one go: on a busy machine 22 steps from here take longer than a batch waits.
    page.evaluate("(carts) => carts.forEach((cart) => LookUs.cart(cart))", carts)
    until(page, lambda: len(shop.event_calls()) == 1)
    assert len(shop.events()) == 20
    leave(page, shop)
    until(page, lambda: len(shop.events()) == 22)
    assert [len(one.json["events"]) for one in shop.event_calls()] == [20, 2]
    of_its_own = ("event_id", "occurred_at", "session", "sent_at")
    second = {name: said for name, said in shop.events()[1].items() if name not in of_its_own}
    assert second == {"type": "cart", "product_id": "sku-1", "quantity": 2, "price": 39000}


def test_a_purchase_on_another_page_knows_its_search_and_place(
    page: Page, shop: StandIn, photo: bytes
) -> None:
    visit(page, shop, PANEL)
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    loaded(page, shop)
    visit(page, shop, "<p>Thank you</p>")
    items = [{"product": "p2", "quantity": 1, "price": 54000}, {"product": "other", "price": 10}]
    order = {"order": 2026001, "items": items, "total": 54010, "currency": "KRW"}
    call(page, "purchase", {**order, "key": "pk_test_events", "endpoint": shop.api + "/api/v1/"})
    loaded(page, shop)
    leave(page, shop)
    until(page, lambda: "purchase" in kinds(shop))
    (bought,) = [event for event in shop.events() if event["type"] == "purchase"]
    assert (bought["order"], bought["total"], bought["currency"]) == ("2026001", 54010, "KRW")
    assert bought["items"] == [
        {"product_id": "p2", "quantity": 1, "price": 54000, "search_id": "s-1", "position": 3},
        {"product_id": "other", "price": 10},
    ]


def test_calls_before_the_script_and_on_a_page_that_is_left_at_once_arrive(
    page: Page, shop: StandIn
) -> None:
    early = "window.lookusCalls ||= [['cart', { product: 'early', quantity: 1 }]]"
    visit(page, shop, PANEL)
    held: list[Route] = []
    page.route("**/parts/events-*", lambda route: held.append(route))  # noqa: PLW0108
    page.add_init_script(early)
    visit(page, shop, PANEL)
    call(page, "cart", {"product": "hasty"})
    page.unroute_all(behavior="ignoreErrors")
    visit(page, shop, PANEL)
    loaded(page, shop)
    page.evaluate(HEARD)
    leave(page, shop)
    until(page, lambda: len(shop.events()) >= 3)
    assert [event["product_id"] for event in shop.events()] == ["early", "hasty", "early"]


def test_a_strip_tells_once_whose_page_this_is(page: Page, shop: StandIn) -> None:
    strip = '<lookus-{of} product="p7" key="pk_test_events" lang="en" {more}></lookus-{of}>'
    visit(page, shop, strip.format(of="similar", more="") + strip.format(of="outfit", more=""))
    loaded(page, shop)
    page.evaluate(HEARD)
    leave(page, shop)
    until(page, lambda: "view" in kinds(shop))
    assert [one["product_id"] for one in shop.events() if one["type"] == "view"] == ["p7"]
    visit(page, shop, strip.format(of="similar", more='view="none"'))
    call(page, "view", {"product": "p8"})
    loaded(page, shop)
    leave(page, shop)
    until(page, lambda: kinds(shop).count("view") == 2)
    assert shop.events()[-1]["product_id"] == "p8"


def test_what_the_network_loses_is_told_again_by_its_own_name(page: Page, shop: StandIn) -> None:
    lost: list[Any] = []

    def lose(route: Route) -> None:
        lost.extend(route.request.post_data_json["events"])
        route.abort()

    visit(page, shop, PANEL)
    page.clock.install()
    page.route("**/api/v1/events", lose)
    call(page, "cart", {"product": "one"})
    loaded(page, shop)
    page.clock.run_for(PAUSE_MS + 1000)
    until(page, lambda: len(lost) == 1)
    page.clock.run_for(PAUSE_MS + 1000)
    until(page, lambda: len(lost) >= 2)
    page.unroute_all()
    # The next page of the shop tells it, though nobody calls there.
    visit(page, shop, PANEL)
    call(page, "cart", {"product": "two"})
    loaded(page, shop)
    leave(page, shop)
    until(page, lambda: len(shop.events()) == 2)
    assert [event["product_id"] for event in shop.events()] == ["one", "two"]
    assert {event["event_id"] for event in lost} == {shop.events()[0]["event_id"]}


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_cannot_is_asked_again_later(page: Page, shop: StandIn, status: int) -> None:
    shop.told = lambda asked: problem(status, "rate_limited" if status == 429 else "server_error")
    visit(page, shop, PANEL)
    page.clock.install()
    call(page, "cart", {"product": "one"})
    loaded(page, shop)
    with page.expect_event("requestfinished", events_of):
        page.clock.run_for(PAUSE_MS + 500)
    assert len(shop.events()) == 1
    shop.told = lambda asked: Answer(202, {})
    page.clock.run_for(PAUSE_MS + 500)
    until(page, lambda: len(shop.events()) == 2)
    assert len({event["event_id"] for event in shop.events()}) == 1


def test_a_key_that_is_not_taken_is_not_tried_for_ever(page: Page, shop: StandIn) -> None:
    shop.told = lambda asked: problem(401, "invalid_key")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    visit(page, shop, PANEL)
    call(page, "cart", {"product": "one"})
    loaded(page, shop)
    page.evaluate(LEAVES)
    until(page, lambda: any("invalid_key" in text for text in said))
    call(page, "cart", {"product": "one"})
    leave(page, shop)
    assert len(shop.event_calls()) == 1


def test_what_the_shop_got_wrong_is_said_in_its_console(page: Page, shop: StandIn) -> None:
    error = {"field": "currency", "code": "wrong_currency", "message": "The shop counts in KRW"}
    shop.told = lambda asked: Answer(202, {"results": [{"index": 0, "errors": [error]}]})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    visit(page, shop, PANEL)
    page.clock.install()
    call(page, "cart", {"product": "one", "price": 39.9, "currency": "EUR"})
    call(page, "cart", {})
    call(page, "purchase", {"items": [{"product": "one"}]})
    loaded(page, shop)
    page.clock.run_for(PAUSE_MS + 500)
    until(page, lambda: any("The shop counts in KRW" in text for text in said))
    for words in ("price 39.9 is left out", "LookUs.cart needs", "LookUs.purchase needs { order"):
        assert any(words in text for text in said), words
    assert [("price" in event, event["currency"]) for event in shop.events()] == [(False, "EUR")]


REFUSALS = {
    "globalPrivacyControl": "true",
    "doNotTrack": '"1"',
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_browser_that_asks_not_to_be_tracked_tells_and_keeps_nothing(
    page: Page, shop: StandIn, photo: bytes, name: str
) -> None:
    page.add_init_script(
        f"Object.defineProperty(Navigator.prototype, '{name}', {{ get: () => {REFUSALS[name]} }})"
    )
    visit(page, shop, PANEL)
    call(page, "consent", {"analytics": True, "storage": True})
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    call(page, "cart", {"product": "p1"})
    loaded(page, shop)
    page.wait_for_timeout(1200)
    assert own_keys(page) == []
    leave(page, shop)
    assert shop.events() == []


def test_nothing_before_the_shopper_agrees_all_after_and_nothing_once_they_take_it_back(
    page: Page, shop: StandIn, photo: bytes
) -> None:
    visit(page, shop, ASKS)
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    loaded(page, shop)
    page.wait_for_timeout(1300)
    page.evaluate(LEAVES)
    assert (page.evaluate(KEPT), shop.events()) == ([], [])

    call(page, "consent", {"analytics": True, "storage": True})
    until(page, lambda: len(shop.events()) > 1)
    visitors = {event["visitor"] for event in shop.events()}
    assert len(visitors) == 1
    page.evaluate("document.querySelector('lookus-lens').session.ask({ sort: 'newest' })")
    until(page, lambda: len(shop.searches()) == 2)
    assert {shop.searches()[1].json["visitor"]} == visitors
    assert own_keys(page) == [f"lookus:pk_test_eve:{of}" for of in ("session", "shown", "visitor")]
    # Most banners speak later than the page.
    visit(page, shop, ASKS)
    call(page, "cart", {"product": "p1"})
    page.wait_for_timeout(500)
    call(page, "consent", {"analytics": True, "storage": True})
    page.evaluate(LEAVES)
    until(page, lambda: "cart" in kinds(shop))
    assert {shop.events()[-1]["visitor"]} == visitors
    assert shop.events()[-1]["search_id"] == "s-1"

    told = len(shop.events())
    page.evaluate(
        "LookUs.cart({product: 'p2'}), LookUs.consent({analytics: false}),"
        "LookUs.cart({product: 'p3'})"
    )
    assert own_keys(page) == []
    leave(page, shop)
    assert len(shop.events()) == told


def test_a_visitor_is_another_one_after_thirty_days(page: Page, shop: StandIn) -> None:
    visitors = []
    for day in (0, 29, 31):
        page.clock.set_fixed_time(1_800_000_000 + day * 86_400)
        visit(page, shop, PANEL)
        call(page, "consent", {"analytics": True, "storage": True})
        call(page, "cart", {"product": "p1"})
        loaded(page, shop)
        leave(page, shop)
        until(page, lambda: len(shop.events()) > len(visitors))
        visitors.append(shop.events()[-1]["visitor"])
    assert visitors[0] == visitors[1] != visitors[2]


@pytest.mark.parametrize("more", ['storage="none"', ""])
def test_without_an_answer_of_the_shopper_nobody_is_known_on_another_day(
    page: Page, shop: StandIn, photo: bytes, more: str
) -> None:
    visit(page, shop, LENS.format(more=more))
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    loaded(page, shop)
    expected = [] if more else ["lookus:pk_test_eve:session", "lookus:pk_test_eve:shown"]
    until(page, lambda: own_keys(page) == expected)
    assert (
        page.evaluate("Object.keys(localStorage).filter((name) => name.includes('visitor'))") == []
    )


def test_a_browser_that_keeps_nothing_tells_all_the_same(page: Page, shop: StandIn) -> None:
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name,"
        " { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    visit(page, shop, PANEL)
    call(page, "cart", {"product": "one"})
    loaded(page, shop)
    leave(page, shop)
    until(page, lambda: kinds(shop) == ["cart"])


def test_two_shops_in_one_page_tell_with_their_own_keys(page: Page, shop: StandIn) -> None:
    other = '<lookus-lens key="pk_of_another_shop" lang="en"></lookus-lens>'
    visit(page, shop, PANEL + other)
    call(page, "cart", {"product": "mine"})
    call(page, "cart", {"product": "theirs", "key": "pk_of_another_shop"})
    loaded(page, shop)
    leave(page, shop)
    until(page, lambda: len(shop.events()) == 2)
    told = {
        one.headers["Authorization"]: one.json["events"][0]["product_id"]
        for one in shop.event_calls()
    }
    assert told == {"Bearer pk_test_events": "mine", "Bearer pk_of_another_shop": "theirs"}


def test_no_request_is_larger_than_a_page_may_leave_behind(page: Page, shop: StandIn) -> None:
    visit(page, shop, PANEL)
    call(page, "cart", {"product": "first"})
    loaded(page, shop)
    for number in range(6):
        items = [{"product": f"{at:03}-{'x' * 90}", "price": 10**9} for at in range(100)]
        call(page, "purchase", {"order": f"N-{number}", "items": items})
    page.clock.install()
    while len(shop.events()) < 7:
        with page.expect_event("requestfinished", events_of):
            page.clock.run_for(PAUSE_MS)
    sizes = [int(one.headers["Content-Length"]) for one in shop.event_calls()]
    assert max(sizes) < 64 * 1024


def test_a_page_where_nobody_searches_or_calls_loads_nothing_of_it(
    page: Page, shop: StandIn
) -> None:
    visit(page, shop, '<lookus-lens key="pk_test_events" lang="en"></lookus-lens>')
    call(page, "consent", {"analytics": True, "storage": True})
    page.wait_for_timeout(1300)
    assert [name for name in shop.loaded if "events" in name] == []
    assert own_keys(page) == []
