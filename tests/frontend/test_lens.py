"""The lens in a page of another origin with a strict policy: ways in, answers, keys, focus."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.frontend.conftest import draw_photo, until
from tests.frontend.stand_in import IMAGE_ID, Answer, Call, StandIn, found, problem

LENS = '<main><h1>Shop</h1><a href="/p/9">A link</a>{lens}<a href="/p/8">Another</a></main>'
BUTTON = LENS.format(lens='<lookus-lens key="pk_test" lang="en"></lookus-lens>')
PANEL = LENS.format(lens='<lookus-lens key="pk_test" lang="en" mode="panel"></lookus-lens>')
# Longer than a busy test machine needs to come to the next step.
HANGS_S = 15.0
TRANSFER = """([bytes, name, type]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(bytes)], name, {type}));
  return transfer;
}"""

SEARCH = """(bytes) => document.querySelector('lookus-lens').search(
  new File([new Uint8Array(bytes)], 'look.jpg', {type: 'image/jpeg'}))"""


def choose(page: Page, data: bytes, name: str = "look.jpg", lens: int = 0) -> None:
    """Hands a file to the n-th lens of the page, as its file picker does."""
    kind = "image/jpeg" if name.endswith("jpg") else "application/octet-stream"
    picker = page.locator("lookus-lens").nth(lens).locator("input[type=file]").first
    picker.set_input_files({"name": name, "mimeType": kind, "buffer": data})


def watch(page: Page, *names: str) -> None:
    """Keeps the lens's events in window.seen."""
    page.evaluate(
        """(names) => { window.seen = [];
        for (const name of names) document.addEventListener(name, (e) => window.seen.push(
          [name, JSON.parse(JSON.stringify(e.detail))])); }""",
        list(names),
    )


def cards(page: Page) -> Locator:
    return page.locator("lookus-lens [part=product]")


def test_photo_to_results_to_click(page: Page, shop: StandIn, photo: bytes) -> None:
    page.goto(shop.page(BUTTON))
    watch(page, "lookus:open", "lookus:search", "lookus:results", "lookus:select")
    page.get_by_role("button", name="Find it by photo").click()
    expect(page.get_by_role("dialog", name="Find it by photo")).to_be_visible()
    choose(page, photo)

    expect(cards(page)).to_have_count(6)
    expect(page.get_by_role("heading", name="6 like this")).to_be_visible()
    second = cards(page).nth(1)
    expect(second).to_contain_text("₩39,000")
    expect(second.locator("s")).to_contain_text("₩53,000")
    expect(second).to_contain_text("93% alike · Same shape, and just as red.")
    expect(second).to_have_attribute("href", shop.site + "/p/1")
    expect(cards(page).nth(3)).to_contain_text("Sold out")
    expect(page.locator("lookus-lens [part=garment]")).to_contain_text("Jacket · plain")
    expect(page.locator("lookus-lens [part=swatch]")).to_have_count(2)
    expect(page.get_by_text("6 products found. Jacket.")).to_have_role("status")

    (look,), (search,) = shop.looks(), shop.searches()
    assert look.headers["Authorization"] == search.headers["Authorization"] == "Bearer pk_test"
    assert look.fields == {"limit": "0", "facets": "all", "lang": "en"}
    assert Image.open(io.BytesIO(look.image)).size == (300, 400)
    named = {"limit": 12, "facets": "all", "lang": "en", "image_id": IMAGE_ID}
    assert search.json == named and not search.image

    second.click()
    page.wait_for_url("**/p/1")


def test_events_reach_the_page_and_a_shop_may_keep_it(
    page: Page, shop: StandIn, photo: bytes
) -> None:
    page.goto(shop.page(BUTTON))
    watch(page, "lookus:open", "lookus:search", "lookus:results", "lookus:select")
    page.evaluate("document.addEventListener('lookus:select', (e) => e.preventDefault())")
    page.get_by_role("button", name="Find it by photo").click()
    choose(page, photo)
    cards(page).first.click()
    page.wait_for_timeout(200)
    assert page.url == shop.site + "/"
    seen = page.evaluate("window.seen")
    assert [name for name, _ in seen] == [
        "lookus:open",
        "lookus:search",
        "lookus:results",
        "lookus:select",
    ]
    assert seen[2][1]["search_id"] == "s-1" and len(seen[2][1]["results"]) == 6
    assert seen[3][1]["product"]["product_id"] == "p0" and seen[3][1]["position"] == 1


def test_a_large_photo_is_made_small_and_upright(page: Page, shop: StandIn) -> None:
    wide = Image.open(io.BytesIO(draw_photo(3000, 2000)))
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    buffer = io.BytesIO()
    wide.save(buffer, "JPEG", exif=exif)
    page.goto(shop.page(PANEL))
    choose(page, buffer.getvalue())
    expect(cards(page)).to_have_count(6)
    sent = Image.open(io.BytesIO(shop.looks()[0].image))
    assert sent.size == (683, 1024)
    assert sent.format == "JPEG" and not sent.getexif()


def test_a_file_the_browser_cannot_read_goes_as_it_is(page: Page, shop: StandIn) -> None:
    """HEIC in Chromium: the API may know it."""
    page.goto(shop.page(PANEL))
    choose(page, b"\0\0\0\x18ftypheic" + bytes(40), "IMG_1.heic")
    expect(cards(page)).to_have_count(6)
    assert shop.looks()[0].image.startswith(b"\0\0\0\x18ftypheic")
    expect(page.locator("lookus-lens [part=photo]")).to_contain_text("IMG_1.heic")


@pytest.mark.parametrize("way", ["drop", "paste"])
@pytest.mark.parametrize("body", [BUTTON, PANEL], ids=["sheet", "panel"])
def test_drop_and_paste(page: Page, shop: StandIn, photo: bytes, way: str, body: str) -> None:
    page.goto(shop.page(body))
    if body is BUTTON:
        page.get_by_role("button", name="Find it by photo").click()
    page.locator("lookus-lens [part=pick]").hover()
    transfer = page.evaluate_handle(TRANSFER, [list(photo), "pasted.jpg", "image/jpeg"])
    if way == "drop":
        target = page.locator("lookus-lens [part=pick]")
        target.dispatch_event("dragover", {"dataTransfer": transfer})
        expect(page.get_by_text("Drop the photo here")).to_be_visible()
        target.dispatch_event("drop", {"dataTransfer": transfer})
        expect(page.get_by_text("Drop the photo here")).to_be_hidden()
    else:
        page.evaluate(
            """(t) => document.dispatchEvent(
            new ClipboardEvent('paste', {clipboardData: t, cancelable: true}))""",
            transfer,
        )
    expect(cards(page)).to_have_count(6)


def test_a_photo_dropped_on_the_closed_button_opens_the_sheet(
    page: Page, shop: StandIn, photo: bytes
) -> None:
    page.goto(shop.page(BUTTON))
    transfer = page.evaluate_handle(TRANSFER, [list(photo), "a.jpg", "image/jpeg"])
    page.locator("lookus-lens [part=button]").dispatch_event("drop", {"dataTransfer": transfer})
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(cards(page)).to_have_count(6)


def test_another_garment_is_searched_without_sending_the_photo_again(
    page: Page, shop: StandIn, photo: bytes
) -> None:
    page.goto(shop.page(BUTTON))
    page.get_by_role("button", name="Find it by photo").click()
    choose(page, photo)
    trousers = page.get_by_role("button", name="Show products like this: Trousers")
    jacket = page.get_by_role("button", name="Show products like this: Jacket")
    expect(jacket).to_have_attribute("aria-pressed", "true")
    answer = found(shop.site, 2)
    answer["query"]["selected"] = 1
    shop.next = lambda call: Answer(body=answer)
    trousers.click()
    expect(cards(page)).to_have_count(2)
    expect(trousers).to_have_attribute("aria-pressed", "true")
    expect(trousers).to_be_focused()
    expect(page.locator("lookus-lens [part=garment]")).to_contain_text("Trousers")
    asked = shop.searches()[1]
    assert asked.image == b"" and asked.json["image_id"] == IMAGE_ID and asked.json["object"] == 1


@pytest.mark.parametrize("code", ["image_expired", "photo_needed"])
def test_a_photo_that_the_api_no_longer_knows_is_sent_again_by_itself(
    page: Page, shop: StandIn, photo: bytes, code: str
) -> None:
    page.goto(shop.page(PANEL))
    watch(page, "lookus:error")
    choose(page, photo)
    expect(cards(page)).to_have_count(6)

    def forgetful(call: Call) -> Answer:
        return Answer(body=found(shop.site, 2)) if call.image else problem(410, code)

    shop.next = forgetful
    page.get_by_role("button", name="Show products like this: Trousers").click()
    expect(cards(page)).to_have_count(2)
    (look,), (_, named, again) = shop.looks(), shop.searches()
    assert named.image == b"" and again.image == look.image and again.fields["object"] == "1"
    assert page.evaluate("window.seen") == []


def test_a_second_photo_cancels_the_first(page: Page, shop: StandIn, photo: bytes) -> None:
    page.goto(shop.page(PANEL))
    watch(page, "lookus:results", "lookus:error")
    shop.next = lambda call: Answer(body=found(shop.site, 5), after=HANGS_S)
    choose(page, photo)
    expect(page.get_by_text("Looking for it in this shop…")).to_be_visible()
    until(page, lambda: len(shop.looks()) == 1)
    shop.next = lambda call: Answer(body=found(shop.site, 3))
    with page.expect_event("requestfailed"):
        page.evaluate(SEARCH, list(photo))
    expect(cards(page)).to_have_count(3)
    assert [name for name, _ in page.evaluate("window.seen")] == ["lookus:results"]


@pytest.mark.parametrize("how", ["cancel", "close", "escape", "remove", "lang"])
def test_leaving_while_busy_ends_the_call_quietly(
    page: Page, shop: StandIn, photo: bytes, how: str
) -> None:
    page.goto(shop.page(BUTTON))
    watch(page, "lookus:results", "lookus:error")
    shop.next = lambda call: Answer(body=found(shop.site), after=HANGS_S)
    page.get_by_role("button", name="Find it by photo").click()
    choose(page, photo)
    expect(page.get_by_text("Looking for it in this shop…")).to_be_visible()
    until(page, lambda: len(shop.looks()) == 1)
    leave = {
        "cancel": lambda: page.get_by_role("button", name="Cancel").click(),
        "close": lambda: page.get_by_role("button", name="Close").click(),
        "escape": lambda: page.keyboard.press("Escape"),
        "remove": lambda: page.evaluate("document.querySelector('lookus-lens').remove()"),
        "lang": lambda: page.evaluate("document.querySelector('lookus-lens').lang = 'ko'"),
    }
    with page.expect_event("requestfailed"):
        leave[how]()
    if how == "cancel":
        expect(page.get_by_role("button", name="Choose a photo")).to_be_focused()
    assert page.evaluate("window.seen") == []


def test_put_elsewhere_in_the_page_it_works_again(page: Page, shop: StandIn, photo: bytes) -> None:
    page.goto(shop.page(PANEL))
    page.evaluate("document.body.append(document.querySelector('lookus-lens'))")
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    assert len(shop.searches()) == 1


def test_two_lenses_do_not_hear_each_other(page: Page, shop: StandIn, photo: bytes) -> None:
    page.goto(shop.page(PANEL + PANEL.replace("pk_test", "pk_two")))
    choose(page, photo, lens=1)
    expect(cards(page)).to_have_count(6)
    assert [call.headers["Authorization"] for call in shop.searches()] == ["Bearer pk_two"]
    expect(page.locator("lookus-lens").first.locator("[part=pick]")).to_be_visible()


def test_keyboard_stays_in_the_sheet_and_returns(page: Page, shop: StandIn, photo: bytes) -> None:
    page.goto(shop.page(BUTTON))
    button = page.get_by_role("button", name="Find it by photo")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Choose a photo")).to_be_focused()
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    expect(page.locator("lookus-lens [part=title]")).to_be_focused()
    inside = "document.activeElement.localName"
    for _ in range(14):
        page.keyboard.press("Tab")
        assert page.evaluate(inside) in ("lookus-lens", "body")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()


def test_results_wait_in_the_closed_sheet(page: Page, shop: StandIn, photo: bytes) -> None:
    page.goto(shop.page(BUTTON))
    button = page.get_by_role("button", name="Find it by photo")
    button.click()
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    page.keyboard.press("Escape")
    button.click()
    expect(cards(page)).to_have_count(6)


def test_korean(page: Page, shop: StandIn, photo: bytes) -> None:
    page.goto(shop.page('<main lang="ko-KR"><lookus-lens key="pk_test"></lookus-lens></main>'))
    shop.next = lambda call: Answer(body=found(shop.site, lang="ko"))
    page.get_by_role("button", name="사진으로 찾기").click()
    choose(page, photo)
    expect(page.get_by_role("heading", name="비슷한 상품 6개")).to_be_visible()
    expect(cards(page).first).to_contain_text("96% 닮음")
    assert shop.looks()[0].fields["lang"] == shop.searches()[0].json["lang"] == "ko"


def test_a_hostile_sheet_changes_nothing_inside(page: Page, shop: StandIn, photo: bytes) -> None:
    style = (
        "*{font-size:40px!important;text-transform:uppercase!important;letter-spacing:9px!important;"
        "line-height:3!important;color:lime!important;text-align:right!important}"
        "div,button{display:none!important}"
    )
    page.goto(shop.page(PANEL, style))
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    look = (
        cards(page)
        .first.locator("[part=product-title]")
        .evaluate(
            """(n) => { const s = getComputedStyle(n);
        return [s.fontSize, s.textTransform, s.letterSpacing, s.textAlign, s.color]; }"""
        )
    )
    assert look == ["14px", "none", "normal", "start", "rgb(23, 22, 20)"]


def test_a_catalogue_cannot_smuggle_a_script_link(page: Page, shop: StandIn, photo: bytes) -> None:
    answer = found(shop.site, 1)
    answer["results"][0]["url"] = "javascript:document.title='taken'"
    answer["results"][0]["title"] = "<img src=x onerror=document.title='taken'>"
    shop.next = lambda call: Answer(body=answer)
    page.goto(shop.page(PANEL))
    choose(page, photo)
    expect(cards(page)).to_have_count(1)
    assert cards(page).first.get_attribute("href") is None
    expect(cards(page).first).to_contain_text("<img src=x")
    assert page.title() == "A shop"


def test_a_product_without_a_page_is_still_the_shops_to_act_on(
    page: Page, shop: StandIn, photo: bytes
) -> None:
    answer = found(shop.site, 1)
    answer["results"][0] |= {"url": "", "image_url": "", "price": None, "sale_price": None}
    shop.next = lambda call: Answer(body=answer)
    page.goto(shop.page(PANEL))
    watch(page, "lookus:select")
    choose(page, photo)
    page.get_by_role("link", name="Wool jacket with a wide collar 1").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("window.seen[0][1].product.product_id") == "p0"
    assert page.url == shop.site + "/"


def test_endpoint_limit_and_theme(page: Page, shop: StandIn, photo: bytes) -> None:
    lens = (
        '<lookus-lens key="pk_1" mode="panel" limit="2" theme="dark"'
        f' endpoint="{shop.api}/else/v9">'
        '<a slot="privacy" href="/privacy">How we treat photos</a></lookus-lens>'
    )
    page.goto(shop.page(lens))
    expect(page.get_by_role("link", name="How we treat photos")).to_be_visible()
    panel = page.locator("lookus-lens [part=panel]")
    expect(panel).to_have_css("background-color", "rgb(19, 19, 19)")
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    assert shop.searches()[0].path == "/else/v9/search"
    assert shop.searches()[0].json["limit"] == 2


def test_touch_targets_and_phone_layout(chromium: Browser, shop: StandIn, photo: bytes) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(shop.page(BUTTON))
    page.get_by_role("button", name="Find it by photo").tap()
    expect(page.get_by_role("button", name="Take a photo")).to_be_visible()
    camera = page.locator("lookus-lens input[capture]")
    expect(camera).to_have_attribute("capture", "environment")
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    for node in page.locator("lookus-lens button:visible").all():
        box = node.bounding_box()
        assert box and round(min(box["width"], box["height"]), 2) >= 44, node.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_reduced_motion_stops_every_animation(
    chromium: Browser, shop: StandIn, photo: bytes
) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(shop.page(PANEL))
    shop.next = lambda call: Answer(body=found(shop.site), after=HANGS_S)
    choose(page, photo)
    expect(page.get_by_text(re.compile("Looking for it"))).to_be_visible()
    running = "document.querySelector('lookus-lens').shadowRoot.getAnimations().length"
    assert page.evaluate(running) == 0
    context.close()


def test_a_photo_may_be_kept_only_where_the_shopper_said_so(
    page: Page, shop: StandIn, photo: bytes
) -> None:
    page.goto(shop.page(PANEL))
    line = page.locator("lookus-lens [part=privacy]")
    expect(line).to_contain_text("is not kept")
    page.evaluate("LookUs.consent({photos: false})")
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    assert "consent" not in shop.looks()[0].fields
    page.evaluate("LookUs.consent({photos: true})")
    page.get_by_role("button", name="Another photo").first.click()
    expect(line).to_contain_text("You agreed that this shop may keep your photo")
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    assert shop.looks()[1].fields["consent"] == "true"
