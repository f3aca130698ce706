"""Every state of the lens, reached as a shopper reaches it, for what must hold or be seen there.

The API is the stand-in's: `answers` says what it gives before a state breaks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page, expect

from tests.frontend.conftest import until
from tests.frontend.hand_drawn import DRAWINGS, draw
from tests.frontend.pad import Pad
from tests.frontend.stand_in import Answer, Call, StandIn, problem
from tests.frontend.test_lens import cards, choose

SIZES = {"phone": (390, 844), "desk": (1440, 900)}
# Longer than anybody looks at a state.
HANGS_S = 30.0
# A photo is sent too soon to be looked at: what is told on its way is told again and again.
ON_ITS_WAY = """() => setInterval(() => document.querySelector('lookus-lens').session.dispatchEvent(
  Object.assign(new Event('progress'), {part: 0.42})), 100)"""
LENS = '<main><h1>Maro</h1><lookus-lens key="pk_test" lang="{lang}"{more}></lookus-lens></main>'
STYLE = (
    ":root { color-scheme: light dark; background: Canvas; color: CanvasText }"
    "body { margin: 16px; font: 16px/1.5 'Noto Sans CJK KR', sans-serif }"
)
FAULTS = {
    "over quota": problem(429, "over_quota", Retry_After="86400"),
    "wrong key": problem(401, "invalid_key"),
}


@dataclass
class Visit:
    """A shopper's page with the lens in it, and what the shopper brings."""

    page: Page
    shop: StandIn
    photo: bytes
    lang: str

    def part(self, name: str) -> Locator:
        return self.page.locator(f"lookus-lens [part='{name}']")

    def come(self, more: str = "") -> None:
        """To the shop's page, where the lens waits."""
        self.page.goto(self.shop.page(LENS.format(lang=self.lang, more=more), STYLE))

    def open(self) -> None:
        """The first screen, and all that comes onto it."""
        self.come()
        self.part("button").click()
        expect(self.part("pick")).to_be_visible()

    def found(self) -> None:
        """A photo was searched for; its answer stands there, photos and all."""
        self.open()
        choose(self.page, self.photo)
        self.settled()

    def settled(self) -> None:
        expect(cards(self.page).first).to_be_visible()
        expect(self.page.locator("lookus-lens [aria-busy=true]")).to_have_count(0)
        self.page.wait_for_function(
            """() => [...document.querySelector('lookus-lens').shadowRoot.querySelectorAll('img')]
            .filter((image) => image.checkVisibility() && image.loading !== 'lazy')
            .every((image) => image.complete)"""
        )


def first_use(visit: Visit) -> None:
    visit.open()


def uploading(visit: Visit) -> None:
    before = visit.shop.next
    visit.shop.next = lambda call: hanging(before(call))
    visit.open()
    choose(visit.page, visit.photo)
    until(visit.page, lambda: bool(visit.shop.looks()))
    visit.page.evaluate(ON_ITS_WAY)
    expect(visit.part("progress")).to_contain_text("42%")


def looking(visit: Visit) -> None:
    before = visit.shop.next
    visit.shop.next = lambda call: before(call) if call.only_seen else hanging(before(call))
    visit.open()
    choose(visit.page, visit.photo)
    expect(visit.part("progress").get_by_text("…")).to_be_visible()
    until(visit.page, lambda: bool(visit.shop.searches()))
    expect(visit.part("pin").first).to_be_visible()


def hanging(answer: Answer) -> Answer:
    return Answer(answer.status, answer.body, answer.headers, HANGS_S)


def results(visit: Visit) -> None:
    visit.found()


def filters(visit: Visit) -> None:
    visit.found()
    visit.part("facet").nth(1).click()
    expect(visit.part("facet-value").first).to_be_visible()
    with visit.page.expect_response("**/search"):
        visit.part("facet-value").first.click()
    visit.settled()
    expect(visit.part("applied-chip").first).to_be_visible()


def sliders(visit: Visit) -> None:
    visit.found()
    visit.part("facet").first.click()
    expect(visit.part("slider").first).to_be_visible()


def why(visit: Visit) -> None:
    visit.found()
    visit.part("why-button").first.click()
    expect(visit.part("why-shares").first).to_be_visible()


def share(visit: Visit) -> None:
    visit.found()
    visit.part("share-button").click()
    expect(visit.part("share")).to_be_visible()


def crop(visit: Visit) -> None:
    visit.found()
    visit.page.locator("lookus-lens .crop-bar button").click()
    expect(visit.part("crop-box")).to_be_visible()


def empty_pad(visit: Visit) -> None:
    visit.open()
    Pad(visit.page).open()
    expect(visit.part("pad-outline").last).to_be_attached()


def drawing(visit: Visit) -> None:
    visit.open()
    pad = Pad(visit.page)
    pad.open()
    draw(pad, next(drawn for drawn in DRAWINGS if drawn.name == "blazer"))
    visit.settled()
    expect(visit.part("pad-picture")).not_to_have_class("none")


def nothing_found(visit: Visit) -> None:
    before = visit.shop.next

    def empty(call: Call) -> Answer:
        body = {**before(call).body, "results": [], "total": 0, "found": 0, "next_cursor": None}
        return Answer(body=body)

    visit.shop.next = empty
    visit.open()
    choose(visit.page, visit.photo)
    expect(visit.part("nothing")).to_be_visible()


def offline(visit: Visit) -> None:
    visit.open()
    visit.page.context.set_offline(True)
    choose(visit.page, visit.photo)
    expect(visit.part("error")).to_be_visible()


def fault(name: str) -> Callable[[Visit], None]:
    def reach(visit: Visit) -> None:
        visit.shop.next = lambda call: FAULTS[name]
        visit.open()
        choose(visit.page, visit.photo)
        expect(visit.part("error")).to_be_visible()

    return reach


def wish_list(visit: Visit) -> None:
    visit.found()
    for index in (0, 2, 3):
        visit.part("heart").nth(index).click()
    visit.part("wish-button").click()
    expect(visit.part("wish")).to_have_count(3)


def recents(visit: Visit) -> None:
    visit.found()
    visit.part("heart").nth(1).click()
    words = {"en": ("Red check shirt", "linen"), "ko": ("빨간 체크 셔츠", "린넨")}[visit.lang]
    for text in words:
        with visit.page.expect_response("**/search"):
            visit.page.evaluate(
                "(text) => document.querySelector('lookus-lens').find({text})", text
            )
        visit.settled()
    visit.part("back").click()
    expect(visit.part("recent-item")).to_have_count(3)


STATES: dict[str, Callable[[Visit], None]] = {
    "first use": first_use,
    "uploading": uploading,
    "looking": looking,
    "results": results,
    "filters": filters,
    "sliders": sliders,
    "why": why,
    "share": share,
    "crop": crop,
    "empty pad": empty_pad,
    "drawing": drawing,
    "nothing found": nothing_found,
    "offline": offline,
    "over quota": fault("over quota"),
    "wrong key": fault("wrong key"),
    "wish list": wish_list,
    "recents": recents,
}


@contextmanager
def visitor(chromium: Browser, device: str, scheme: str = "light") -> Iterator[Page]:
    """A phone with fingers, or a desk with a mouse; nothing moves, so what is seen is the state."""
    width, height = SIZES[device]
    phone = device == "phone"
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        has_touch=phone,
        is_mobile=phone,
        color_scheme=scheme,
        reduced_motion="reduce",
        locale="en-GB",
    )
    try:
        yield context.new_page()
    finally:
        context.close()
