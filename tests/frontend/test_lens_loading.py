"""What the lens loads and when: nothing before it is asked, and a way on where it does not come."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import CDPSession, Page, Route, expect

from tests.frontend.stand_in import WIDGET, Answer, StandIn, found
from tests.frontend.test_lens import BUTTON, LENS, PANEL, cards, choose

# What a thumb does not feel; issue 6.
MAX_FIRST_USE_S = 0.1
OTHER_WORDS = {"first.open": "Rechercher par photo", "lens.privacy": "Rien n’est gardé.", "x": 1}


def kinds(shop: StandIn) -> list[str]:
    """The parts that were loaded, without those that only carry what several share."""
    names = [re.sub(r"parts/|-\w{8}\.js$", "", name) for name in shop.loaded]
    return [name for name in names if not name.startswith("shared")]


def missing_parts(*kinds: str) -> set[str]:
    files = (path.relative_to(WIDGET).as_posix() for path in (WIDGET / "parts").iterdir())
    return {name for name in files if name.startswith(tuple(f"parts/{kind}-" for kind in kinds))}


def test_a_page_loads_one_file_until_somebody_asks(page: Page, shop: StandIn, photo: bytes) -> None:
    page.goto(shop.page(BUTTON), wait_until="networkidle")
    expect(page.get_by_role("button", name="Find it by photo")).to_be_visible()
    assert shop.loaded == ["v1.js"] and shop.calls == []
    page.get_by_role("button", name="Find it by photo").click()
    expect(page.get_by_role("button", name="Choose a photo")).to_be_visible()
    assert {"ways", "words-en"} <= set(kinds(shop))
    assert not {"crop", "results", "words-ko"} & set(kinds(shop))
    choose(page, photo)
    expect(cards(page)).to_have_count(6)
    assert {"crop", "results"} <= set(kinds(shop))
    assert len(shop.loaded) == len(set(shop.loaded)), "each file once"


def test_a_panel_loads_when_it_comes_near(page: Page, shop: StandIn) -> None:
    page.goto(shop.page("<p>words</p>" * 200 + PANEL), wait_until="networkidle")
    assert shop.loaded == ["v1.js"]
    page.locator("lookus-lens").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Choose a photo")).to_be_visible()


@pytest.mark.parametrize("absent", [("ways", "words"), ("shared",)], ids="+".join)
def test_a_first_screen_that_does_not_come_is_told_and_tried_again(
    page: Page, shop: StandIn, photo: bytes, absent: tuple[str, ...]
) -> None:
    shop.missing = missing_parts(*absent)
    page.goto(shop.page(BUTTON))
    page.get_by_role("button", name="Find it by photo").click()
    error = page.locator("lookus-lens [part=error]")
    expect(error).to_contain_text("The search could not be loaded")
    shop.missing = set()
    error.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("button", name="Choose a photo")).to_be_visible()
    choose(page, photo)
    expect(cards(page)).to_have_count(6)


def test_a_page_older_than_an_update_gets_todays_parts(page: Page, shop: StandIn) -> None:
    """Its v1.js names parts that are gone; the server gives today's, which need others."""
    old = (WIDGET / "v1.js").read_text(encoding="utf-8")
    for name in {re.sub(r"parts/", "", one) for one in missing_parts("ways", "words", "shared")}:
        old = old.replace(name, name[: -len("12345678.js")] + "OLDOLD00.js")
    page.route("**/widget/v1.js", lambda route: route.fulfill(body=old, headers=SCRIPT))
    page.route("**/parts/*-OLDOLD00.js", serve_as_today)
    page.goto(shop.page(BUTTON))
    page.get_by_role("button", name="Find it by photo").click()
    expect(page.get_by_role("button", name="Choose a photo")).to_be_visible()


def serve_as_today(route: Route) -> None:
    """As lookus/widget.py does: a part by its kind; what several share has no heir."""
    kind = route.request.url.rsplit("/", 1)[1].removesuffix("-OLDOLD00.js")
    today = sorted(missing_parts(kind))
    if kind == "shared":
        route.fulfill(status=404, headers=SCRIPT)
    else:
        route.fulfill(body=(WIDGET / today[0]).read_text(encoding="utf-8"), headers=SCRIPT)


def test_offline_at_the_first_press_goes_on_when_the_network_is_back(
    page: Page, shop: StandIn
) -> None:
    page.goto(shop.page('<main lang="ko"><lookus-lens key="pk_test"></lookus-lens></main>'))
    page.context.set_offline(True)
    page.get_by_role("button", name="사진으로 찾기").click()
    expect(page.locator("lookus-lens [part=error]")).to_contain_text(
        "인터넷에 연결되어 있지 않아요"
    )
    page.context.set_offline(False)
    expect(page.get_by_role("button", name="사진 고르기")).to_be_visible()


def test_an_answer_is_kept_when_what_draws_it_does_not_come(
    page: Page, shop: StandIn, photo: bytes
) -> None:
    shop.missing = missing_parts("results")
    page.goto(shop.page(PANEL))
    choose(page, photo)
    expect(page.locator("lookus-lens [part=error]")).to_contain_text("could not be loaded")
    shop.missing = set()
    page.get_by_role("button", name="Try again").click()
    expect(cards(page)).to_have_count(6)
    assert len(shop.searches()) == 1


def test_another_language_by_one_file(page: Page, shop: StandIn) -> None:
    page.route("**/fr.json", lambda route: route.fulfill(json=OTHER_WORDS, headers=OPEN))
    page.goto(shop.page(LENS.format(lens=FRENCH.format(api=shop.api))))
    page.get_by_role("button", name="Trouver").click()
    expect(page.locator("lookus-lens [part=privacy]")).to_contain_text("Rien n’est gardé.")
    expect(page.get_by_role("button", name="Choose a photo")).to_be_visible()


def test_a_language_that_does_not_come_leaves_english(page: Page, shop: StandIn) -> None:
    page.goto(shop.page(LENS.format(lens=FRENCH.format(api=shop.api))))
    page.get_by_role("button", name="Trouver").click()
    expect(page.get_by_role("button", name="Choose a photo")).to_be_visible()


SCRIPT = {"Access-Control-Allow-Origin": "*", "Content-Type": "text/javascript"}
OPEN = {"Access-Control-Allow-Origin": "*"}
FRENCH = '<lookus-lens key="pk_test" lang="fr" words="{api}/fr.json">Trouver</lookus-lens>'


def test_first_use_leaves_the_main_thread_free(page: Page, shop: StandIn) -> None:
    page.goto(shop.page(BUTTON), wait_until="networkidle")
    session = page.context.new_cdp_session(page)
    # Of the thread, not of the clock: another process of a busy machine is not ours.
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = busy(session)
    page.get_by_role("button", name="Find it by photo").click()
    expect(page.get_by_role("button", name="Choose a photo")).to_be_focused()
    assert busy(session) - before < MAX_FIRST_USE_S


def busy(session: CDPSession) -> float:
    """Seconds of work of the page's main thread so far."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def test_the_shops_own_calls_wait_until_they_are_heard(page: Page, shop: StandIn) -> None:
    page.goto(shop.page(BUTTON), wait_until="networkidle")
    consented = page.evaluate(
        """() => { const heard = [];
        document.addEventListener('lookus:consent', (e) => heard.push(e.detail));
        LookUs.consent({analytics: false});
        return [LookUs.consented, heard]; }"""
    )
    assert consented == [{"analytics": False}, [{"analytics": False}]]
    shop.next = lambda call: Answer(body=found(shop.site))
    assert json.dumps(shop.events()) == "[]"
