"""The JavaScript client from a page of another origin: the running stack, and what goes wrong."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.frontend.stand_in import Answer, Call, StandIn, found, problem

ASK = """async ([settings, method, args, options = {}]) => {
  const { LookusClient, LookusError } = await import("/src/index.js");
  const told = [];
  if (options.progress) options.onprogress = (part) => told.push(part);
  if (options.abortAfter) {
    const control = new AbortController();
    setTimeout(() => control.abort(), options.abortAfter);
    options.signal = control.signal;
  }
  const blob = (text) => new Blob([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))]);
  const filled = ({ photo, ...arg }) => ({ ...arg, image: blob(photo) });
  args = args.map((arg) => (arg?.photo ? filled(arg) : arg));
  try {
    const answer = await new LookusClient(settings)[method](...args, options);
    return { answer, told };
  } catch (error) {
    if (!(error instanceof LookusError)) return { name: error.name };
    const { code, status, detail, field, requestId, retryAfter } = error;
    return { error: { code, status, detail, field, requestId, retryAfter } };
  }
}"""

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(page: Page, site: str) -> Ask:
    """Calls a method of the client in the page: `ask(settings, "search", params, options=…)`."""
    page.goto(site)

    def call(
        settings: dict[str, Any], method: str, *args: Any, options: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        result: dict[str, Any] = page.evaluate(ASK, [settings, method, args, options or {}])
        return result

    return call


@pytest.fixture
def settings(shop: StandIn) -> dict[str, Any]:
    return {"key": "pk_1", "endpoint": f"{shop.api}/api/v1"}


def as_text(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()


def test_everything_a_page_may_ask_the_running_stack(live_stack: Any, ask: Ask) -> None:
    real = {
        "key": live_stack.publishable_key,
        "endpoint": f"{live_stack.base_url}/api/v1/",
        "lang": "ko",
    }
    photo = {"photo": as_text(live_stack.photo("dress")), "limit": 4}
    reply = ask(real, "search", photo, options={"progress": True})
    first = reply["answer"]
    assert reply["told"][-1] == 1
    assert len(first["results"]) == 4
    assert first["query"]["image_id"]

    page_two = ask(real, "more", first["next_cursor"], {"limit": 4})["answer"]
    assert page_two["search_id"] == first["search_id"]
    skus = [[one["product_id"] for one in page["results"]] for page in (first, page_two)]
    assert not set(skus[0]) & set(skus[1])

    again = {"image_id": first["query"]["image_id"], "filters": {"in_stock": True}, "facets": "all"}
    assert ask(real, "search", again)["answer"]["facets"]
    sku = skus[0][0]
    assert ask(real, "similar", sku, {"limit": 2, "facets": ["color"]})["answer"]["total"] == 2
    assert "rows" in ask(real, "outfit", sku, {"choices": 2})["answer"]
    seen = {"image_id": first["query"]["image_id"]}
    assert ask(real, "outfit", seen, {})["answer"]["garments"]
    assert ask(real, "search", {"text": "원피스"})["answer"]["understood"][0]["label"]
    looks = ask(real, "looks", {"limit": 1})["answer"]
    assert len(looks["looks"]) == min(looks["total"], 1)
    for look in looks["looks"]:
        assert ask(real, "look", look["slug"], {})["answer"]["items"]
    assert ask(real, "look", "no-such", {})["error"]["code"] == "look_not_found"
    assert ask(real, "mood", live_stack.shop_slug, {})["answer"]["styles"]
    click = {"type": "click", "search_id": first["search_id"], "product_id": sku, "position": 1}
    kept = ask(real, "forget", first["query"]["image_id"])["error"]
    assert kept["code"] == "kept_photo_not_found"
    assert ask(real, "events", click)["answer"]["counted"]
    assert ask(real, "events", [click])["answer"]["results"][0]["outcome"] == "repeated"

    wrong = ask(real, "search", {"text": "x", "filters": {"color": ["no"]}})["error"]
    assert (wrong["code"], wrong["status"]) == ("validation_error", 400)
    assert wrong["field"].startswith("filters")
    assert wrong["requestId"]
    assert "없어요" in wrong["detail"]
    gone = ask(real, "similar", "no/such sku", {})["error"]
    assert gone["code"] == "product_not_found"
    stranger = ask(real | {"key": "pk_unknown"}, "looks", {})["error"]
    assert (stranger["code"], stranger["status"]) == ("invalid_key", 401)


def test_in_a_worker(live_stack: Any, page: Page, site: str) -> None:
    page.goto(site)
    settings = {"key": live_stack.publishable_key, "endpoint": f"{live_stack.base_url}/api/v1/"}
    count = page.evaluate(
        """(message) => new Promise((resolve, reject) => {
          const worker = new Worker("/worker.js", { type: "module" });
          worker.onerror = (event) => reject(new Error(event.message));
          worker.onmessage = ({ data }) => resolve(data);
          worker.postMessage(message);
        })""",
        {"settings": settings, "params": {"text": "셔츠", "limit": 3}},
    )
    assert count == 3


def test_a_busy_api_is_asked_again_when_it_says(
    ask: Ask, settings: dict[str, Any], shop: StandIn
) -> None:
    answers = [problem(429, "rate_limited", Retry_After="1"), Answer(503, "busy"), None]
    shop.next = lambda call: answers.pop(0) or Answer(body=found(shop.site))
    reply = ask(settings | {"retries": 2}, "search", {"text": "shirt"})
    assert reply["answer"]["total"] == 6
    assert len(shop.searches()) == 3


def test_nothing_is_asked_again_unasked(ask: Ask, settings: dict[str, Any], shop: StandIn) -> None:
    shop.next = lambda call: problem(429, "rate_limited", "Slowly.", Retry_After="7")
    error = ask(settings, "search", {"text": "shirt"})["error"]
    assert error == {
        "code": "rate_limited",
        "status": 429,
        "detail": "Slowly.",
        "field": "",
        "requestId": "r-7f3",
        "retryAfter": 7,
    }
    assert len(shop.searches()) == 1


def test_next_month_is_not_waited_for(ask: Ask, settings: dict[str, Any], shop: StandIn) -> None:
    shop.next = lambda call: problem(429, "over_quota", Retry_After="900000")
    error = ask(settings | {"retries": 3}, "search", {"text": "shirt"})["error"]
    assert error["code"] == "over_quota"
    assert len(shop.searches()) == 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(500, "<h1>Oops</h1>"), "server"),
        (Answer(200, "<h1>Hello</h1>"), "bad_answer"),
        (Answer(200, {"results": "none"}), "bad_answer"),
        (Answer(404, "gone"), "bad_answer"),
        (Answer(413, "<h1>nginx</h1>"), "too_large"),
    ],
)
def test_an_answer_that_is_none_of_the_apis(
    ask: Ask, settings: dict[str, Any], shop: StandIn, answer: Answer, code: str
) -> None:
    shop.next = lambda call: answer
    assert ask(settings, "search", {"text": "shirt"})["error"]["code"] == code


@pytest.mark.parametrize("progress", [False, True])
def test_silence_ends_with_a_timeout_or_the_callers_signal(
    ask: Ask, settings: dict[str, Any], shop: StandIn, progress: bool
) -> None:
    def silent(call: Call) -> Answer:
        return Answer(body=found(shop.site), after=1)

    shop.next = silent
    photo = {"photo": base64.b64encode(b"photo").decode()}
    slow = ask(settings, "search", photo, options={"timeout": 200, "progress": progress})
    assert slow["error"]["code"] == "timeout"
    left = ask(settings, "search", photo, options={"abortAfter": 200, "progress": progress})
    assert left == {"name": "AbortError"}


def test_no_network_no_key_and_a_secret_key(ask: Ask, settings: dict[str, Any]) -> None:
    nobody = settings | {"endpoint": "http://127.0.0.1:9/api/v1/"}
    assert ask(nobody, "looks", {})["error"]["code"] == "network"
    assert ask(settings | {"key": ""}, "looks", {})["error"]["code"] == "no_key"
    leaked = ask(settings | {"key": "sk_1"}, "looks", {})["error"]
    assert leaked["code"] == "key_kind_not_allowed"


def test_what_is_not_said_is_not_sent(ask: Ask, settings: dict[str, Any], shop: StandIn) -> None:
    params = {"text": "빨간 치마", "box": None, "filters": {"color": ["red"]}}
    ask(settings, "search", params)
    assert shop.searches()[-1].json == {"text": "빨간 치마", "filters": {"color": ["red"]}}
    ask(settings, "search", {"photo": "AAAA", "box": [1, 2, 3, 4], "fold": False})
    assert shop.searches()[-1].fields == {"box": "[1,2,3,4]", "fold": "false"}
    assert len(shop.searches()[-1].image) == 3
