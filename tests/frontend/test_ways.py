"""The ways in: words, voice, addresses, the clipboard, and buttons on the shop's own photos."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.frontend.stand_in import Answer, StandIn, found
from tests.frontend.test_lens import BUTTON, PANEL, TRANSFER, cards

SEARCH_FIELD = "lookus-lens input[type=search]"
PHOTO_PATH = "/img/3.svg"
# The browser's recogniser, which no test machine has: it hears what the test says.
RECOGNISER = """window.SpeechRecognition = window.webkitSpeechRecognition = class {
  start() { window.ear = this; window.heardIn = this.lang; }
  abort() { window.aborted = true; this.onend?.(); }
  hear(text, isFinal) {
    this.onresult({results: [Object.assign([{transcript: text}], {isFinal})]});
    if (isFinal) this.onend();
  }
  fail(error) { this.onerror({error}); this.onend(); }
};"""


def asked(shop: StandIn) -> Any:
    """What the last search asked for, as JSON."""
    return shop.searches()[-1].json


def answered(page: Page) -> None:
    """Waits for the answer to a search that has a photo."""
    expect(cards(page)).to_have_count(6)


def paste(page: Page, kind: str, text: str, target: str = "") -> None:
    """Pastes a text into the page, or into the node that `target` selects."""
    page.evaluate(
        """([kind, text, target]) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData(kind, text);
        const node = target
          ? document.querySelector("lookus-lens").shadowRoot.querySelector(target) : document.body;
        node.dispatchEvent(new ClipboardEvent("paste",
          {clipboardData, cancelable: true, bubbles: true, composed: true})); }""",
        [kind, text, target],
    )


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A phone held upright."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


def words_only(shop: StandIn) -> None:
    """Answers as the API does where there is no photo."""
    answer = found(shop.site)
    answer["query"] |= {"width": 0, "height": 0, "found": False, "garments": [], "image_id": None}
    shop.next = lambda call: Answer(body=answer)


@pytest.mark.parametrize(
    ("lens", "words"), [(PANEL, "red checked shirt"), (PANEL.replace('"en"', '"ko"'), "빨간 체크")]
)
def test_words_find(page: Page, shop: StandIn, lens: str, words: str) -> None:
    words_only(shop)
    page.goto(shop.page(lens))
    field = page.locator(SEARCH_FIELD)
    field.fill(f"  {words} ")
    field.press("Enter")
    expect(cards(page)).to_have_count(6)
    assert asked(shop)["text"] == words
    assert not {"image_id", "image_url", "box"} & set(asked(shop))
    expect(page.locator("lookus-lens [part=photo]:visible")).to_have_count(0)


def test_nothing_typed_asks_nothing(page: Page, shop: StandIn) -> None:
    page.goto(shop.page(PANEL))
    field = page.locator(SEARCH_FIELD)
    field.fill("   ")
    field.press("Enter")
    expect(field).to_be_focused()
    assert shop.searches() == []


def test_more_words_than_the_api_takes_are_cut(page: Page, shop: StandIn) -> None:
    words_only(shop)
    page.goto(shop.page(PANEL))
    page.locator(SEARCH_FIELD).fill("red " * 80)
    page.locator(SEARCH_FIELD).press("Enter")
    expect(cards(page)).to_have_count(6)
    assert len(asked(shop)["text"]) <= 200


@pytest.mark.parametrize("how", ["typed", "pasted into the field", "pasted", "dragged"])
def test_the_address_of_a_photo(page: Page, shop: StandIn, how: str) -> None:
    page.goto(shop.page(PANEL))
    field, address = page.locator(SEARCH_FIELD), shop.site + PHOTO_PATH
    expect(field).to_be_visible()
    if how == "typed":
        field.fill(address)
        field.press("Enter")
    elif how == "pasted into the field":
        field.focus()
        paste(page, "text/plain", address, "input[type=search]")
    elif how == "pasted":
        page.locator("lookus-lens [part=pick]").hover()
        paste(page, "text/plain", f"\n{address}\n")
    else:
        transfer = page.evaluate_handle(
            """(html) => { const transfer = new DataTransfer();
            transfer.setData("text/html", html); return transfer; }""",
            f'<a href="/p/1"><img class="big" src="{address}#a&amp;b" alt=""></a>',
        )
        pick = page.locator("lookus-lens [part=pick]")
        pick.dispatch_event("dragover", {"dataTransfer": transfer})
        expect(page.get_by_text("Drop the photo here")).to_be_visible()
        pick.dispatch_event("drop", {"dataTransfer": transfer})
    answered(page)
    told = address + "#a&b" if how == "dragged" else address
    assert shop.looks()[0].json["image_url"] == told and "image_id" in asked(shop)
    picture = page.locator("lookus-lens [part=photo] img")
    expect(picture).to_be_visible()
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0


def test_a_photo_that_the_pages_policy_keeps_out_is_outlined_on_plain_ground(
    phone: Page, shop: StandIn
) -> None:
    phone.goto(shop.page(PANEL))
    phone.locator(SEARCH_FIELD).fill("https://photos.example/42.jpg")
    phone.locator(SEARCH_FIELD).press("Enter")
    answered(phone)
    expect(phone.locator("lookus-lens [part=pin]")).to_have_count(2)
    expect(phone.locator("lookus-lens [part=photo] img")).to_have_count(0)


def test_words_pasted_into_the_field_wait_to_be_finished(page: Page, shop: StandIn) -> None:
    page.goto(shop.page(PANEL))
    page.locator(SEARCH_FIELD).focus()
    paste(page, "text/plain", "red shirt", "input[type=search]")
    page.wait_for_timeout(150)
    assert shop.searches() == []


def test_a_photo_pasted_into_the_field_is_a_photo(page: Page, shop: StandIn, photo: bytes) -> None:
    page.goto(shop.page(PANEL))
    expect(page.locator(SEARCH_FIELD)).to_be_visible()
    transfer = page.evaluate_handle(TRANSFER, [list(photo), "a.jpg", "image/jpeg"])
    page.evaluate(
        """(clipboardData) => document.querySelector("lookus-lens").shadowRoot
        .querySelector("input[type=search]").dispatchEvent(new ClipboardEvent("paste",
          {clipboardData, cancelable: true, bubbles: true, composed: true}))""",
        transfer,
    )
    expect(cards(page)).to_have_count(6)
    assert shop.looks()[0].image


@pytest.mark.parametrize(("lang", "tag"), [("en", "en-GB"), ("ko", "ko-KR"), ("pt-BR", "pt-BR")])
def test_what_is_said_is_searched_for(page: Page, shop: StandIn, lang: str, tag: str) -> None:
    words_only(shop)
    page.add_init_script(RECOGNISER)
    page.goto(shop.page(PANEL.replace('"en"', f'"{lang}"')))
    microphone = page.locator("lookus-lens [part=say-voice]")
    microphone.click()
    expect(microphone).to_have_attribute("aria-pressed", "true")
    page.evaluate("ear.hear('red checked', false)")
    expect(page.locator(SEARCH_FIELD)).to_have_value("red checked")
    assert shop.searches() == []
    page.evaluate("ear.hear('red checked shirt', true)")
    expect(cards(page)).to_have_count(6)
    assert asked(shop)["text"] == "red checked shirt"
    assert page.evaluate("heardIn") == tag


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("not-allowed", "The microphone is not allowed here"),
        ("audio-capture", "There is no microphone"),
        ("no-speech", "Nothing was heard"),
        ("network", "could not write that down"),
    ],
)
def test_a_microphone_that_does_not_hear_says_why(
    page: Page, shop: StandIn, error: str, words: str
) -> None:
    page.add_init_script(RECOGNISER)
    page.goto(shop.page(PANEL))
    microphone = page.locator("lookus-lens [part=say-voice]")
    microphone.click()
    page.evaluate("(error) => ear.fail(error)", error)
    expect(page.locator("lookus-lens form [role=status]")).to_contain_text(words)
    expect(microphone).to_have_attribute("aria-pressed", "false")
    assert shop.searches() == []


def test_listening_ends_with_a_second_press_and_with_the_lens(page: Page, shop: StandIn) -> None:
    page.add_init_script(RECOGNISER)
    page.goto(shop.page(PANEL))
    microphone = page.locator("lookus-lens [part=say-voice]")
    microphone.click()
    microphone.click()
    expect(microphone).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("aborted") is True
    page.evaluate("window.aborted = false")
    microphone.click()
    page.evaluate("document.querySelector('lookus-lens').remove()")
    assert page.evaluate("aborted") is True


def test_a_browser_without_a_recogniser_has_no_microphone(page: Page, shop: StandIn) -> None:
    page.add_init_script("delete window.webkitSpeechRecognition; delete window.SpeechRecognition")
    page.goto(shop.page(PANEL))
    expect(page.locator(SEARCH_FIELD)).to_be_visible()
    expect(page.locator("lookus-lens [part=say-voice]")).to_have_count(0)


def test_on_a_phone_every_way_is_within_reach(phone: Page, shop: StandIn) -> None:
    phone.goto(shop.page(BUTTON))
    phone.get_by_role("button", name="Find it by photo").tap()
    camera = phone.get_by_role("button", name="Take a photo")
    expect(camera).to_be_visible()
    expect(phone.locator("lookus-lens input[capture]")).to_have_attribute("capture", "environment")
    expect(phone.get_by_role("button", name="Gallery")).to_be_visible()
    expect(phone.get_by_role("button", name="Draw it")).to_be_visible()
    phone.locator(SEARCH_FIELD).fill("x")
    for node in phone.locator("lookus-lens :is(button, input):visible").all():
        box = node.bounding_box()
        assert box and min(box["width"], box["height"]) >= 44, node.get_attribute("class")
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_clipboard_of_a_phone_is_read_at_a_press(phone: Page, shop: StandIn) -> None:
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=shop.site)
    phone.goto(shop.page(BUTTON))
    phone.get_by_role("button", name="Find it by photo").tap()
    address = shop.site + PHOTO_PATH
    phone.evaluate("(text) => navigator.clipboard.writeText(text)", address)
    phone.get_by_role("button", name="Paste").tap()
    answered(phone)
    assert shop.looks()[0].json["image_url"] == address


def test_a_clipboard_that_is_refused_says_another_way(phone: Page, shop: StandIn) -> None:
    phone.add_init_script(
        "navigator.clipboard.read = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    phone.goto(shop.page(BUTTON))
    phone.get_by_role("button", name="Find it by photo").tap()
    phone.get_by_role("button", name="Paste").tap()
    expect(phone.locator("lookus-lens form [role=status]")).to_contain_text("Press and hold")


MARKED = (
    '<ul class="list">'
    '<li><a href="/p/1"><img data-lookus="MR-1" src="/img/1.svg" alt="Red coat"></a></li>'
    '<li><a href="/p/2" data-lookus="MR-2"><picture><img src="/img/2.svg" alt=""></picture></a>'
    "</li>"
    '<li><img data-lookus="" src="/img/3.svg" alt="unknown"></li></ul>'
    '<lookus-lens key="pk_test" lang="en"></lookus-lens>'
)
LIST = ".list{display:flex;gap:8px;padding:0;list-style:none} img{width:150px;height:200px}"


@pytest.fixture
def marked(page: Page, shop: StandIn) -> Page:
    """A shop's list with two marked photos."""
    page.add_init_script(
        """window.moved = []; new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          window.moved.push(...entry.sources.map(({node}) => node?.localName));
        }).observe({type: 'layout-shift', buffered: true})"""
    )
    words_only(shop)
    page.goto(shop.page(MARKED, LIST))
    return page


def marks(page: Page) -> Locator:
    return page.locator("lookus-mark button")


def test_a_marked_photo_has_a_button_that_finds_what_is_like_it(
    marked: Page, shop: StandIn
) -> None:
    expect(marks(marked)).to_have_count(2)
    button = marked.get_by_role("button", name="Find products like this: Red coat")
    photo, place = (node.bounding_box() for node in (marked.locator("[data-lookus=MR-1]"), button))
    assert photo and place
    assert (place["width"], place["height"]) == (44, 44)
    assert photo["x"] + photo["width"] - place["x"] - place["width"] == pytest.approx(4, abs=1)
    assert photo["y"] + photo["height"] - place["y"] - place["height"] == pytest.approx(4, abs=1)
    assert not {"ul", "li", "a", "img"} & set(marked.evaluate("window.moved"))
    button.click()
    expect(marked.get_by_role("dialog")).to_be_visible()
    expect(cards(marked)).to_have_count(6)
    assert asked(shop)["product_id"] == "MR-1"
    assert marked.url == shop.site + "/"


def test_a_marks_button_comes_behind_its_link_and_gets_the_focus_back(marked: Page) -> None:
    expect(marks(marked)).to_have_count(2)
    marked.locator("a[href='/p/1']").focus()
    marked.keyboard.press("Tab")
    marked.keyboard.press("Enter")
    expect(cards(marked)).to_have_count(6)
    marked.keyboard.press("Escape")
    expect(marked.get_by_role("dialog")).to_be_hidden()
    expect(marks(marked).first).to_be_focused()


def test_photos_that_come_later_get_their_button_and_lose_it_with_the_photo(
    marked: Page, shop: StandIn
) -> None:
    expect(marks(marked)).to_have_count(2)
    marked.evaluate(
        """() => { const item = document.createElement('li');
        const photo = Object.assign(new Image(), {src: '/img/4.svg', alt: 'Later'});
        photo.dataset.lookus = 'MR-4'; item.append(photo);
        document.querySelector('.list').append(item); }"""
    )
    later = marked.get_by_role("button", name="Find products like this: Later")
    expect(later).to_be_visible()
    marked.evaluate("document.querySelector('[data-lookus=MR-4]').dataset.lookus = 'MR-5'")
    later.click()
    expect(cards(marked)).to_have_count(6)
    assert asked(shop)["product_id"] == "MR-5"
    marked.keyboard.press("Escape")
    marked.evaluate("document.querySelector('[data-lookus=MR-5]').remove()")
    expect(marks(marked)).to_have_count(2)


def test_a_button_stays_on_its_photo_in_a_list_that_scrolls(page: Page, shop: StandIn) -> None:
    page.goto(shop.page(MARKED, LIST + " .list{overflow-x:auto;width:220px}"))
    expect(marks(page)).to_have_count(2)
    page.evaluate("document.querySelector('.list').scrollLeft = 90")
    away = """() => { const photo = document.querySelector('[data-lookus=MR-2] img');
      const mark = document.querySelectorAll('lookus-mark')[1].shadowRoot.querySelector('button');
      return photo.getBoundingClientRect().right - mark.getBoundingClientRect().right; }"""
    assert page.evaluate(away) == pytest.approx(4, abs=1)


def test_a_hostile_sheet_moves_no_button_and_no_photo(page: Page, shop: StandIn) -> None:
    hostile = (
        "*{position:static!important;display:block!important;width:90px!important;"
        "height:90px!important;margin:30px!important;transform:rotate(9deg)!important}"
    )
    page.goto(shop.page(MARKED, hostile))
    expect(marks(page)).to_have_count(2)
    look = """(mark) => { const {position, transform, margin, width} = getComputedStyle(mark);
      const button = getComputedStyle(mark.shadowRoot.querySelector('button'));
      return [position, transform, margin, width, button.position, button.width]; }"""
    assert page.locator("lookus-mark").first.evaluate(look) == [
        "absolute",
        "none",
        "0px",
        "0px",
        "absolute",
        "44px",
    ]


def test_without_a_lens_no_photo_gets_a_button(page: Page, shop: StandIn) -> None:
    page.goto(shop.page(MARKED.replace("lookus-lens", "p"), LIST))
    page.wait_for_timeout(400)
    expect(page.locator("lookus-mark")).to_have_count(0)
