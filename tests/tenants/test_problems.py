import json
import logging
import uuid
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import Client
from pytest_django import Settings

from tenants.problem_texts import PROBLEMS
from tenants.problems import Problem, problem_of
from tenants.request_ids import RequestIdFilter
from tests.factories import make_key, make_shop

MEMBERS = {"type", "title", "status", "detail", "code", "request_id", "errors"}
SEARCH = "/api/v1/search"
pytestmark = pytest.mark.django_db


def bearer(token: str, **more: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", **more}


def checked(reply: Any, status: int, code: str) -> dict[str, Any]:
    assert reply.status_code == status, reply.content
    assert reply["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = reply.json()
    assert set(body) == MEMBERS
    assert (body["status"], body["code"]) == (status, code)
    assert body["request_id"] == reply["X-Request-ID"]
    assert body["title"] and body["detail"]
    return body


def test_an_address_that_is_none_is_a_problem_and_not_a_page() -> None:
    checked(Client().get("/api/v1/nothing"), 404, "not_found")
    assert Client().get("/nothing")["Content-Type"].startswith("text/html")


def test_a_wrong_method_names_the_right_ones() -> None:
    _, token = make_key("sk")
    reply = Client().get(SEARCH, headers=bearer(token))
    checked(reply, 405, "method_not_allowed")
    assert "POST" in reply["Allow"]


def test_a_body_that_is_no_json() -> None:
    _, token = make_key("sk")
    reply = Client().post(SEARCH, "{no", content_type="application/json", headers=bearer(token))
    assert "JSON" in checked(reply, 400, "parse_error")["detail"]


def test_a_body_of_another_type() -> None:
    _, token = make_key("sk")
    reply = Client().post(SEARCH, "a=b", content_type="text/plain", headers=bearer(token))
    checked(reply, 415, "unsupported_media_type")


def test_a_json_list_is_refused_by_name() -> None:
    _, token = make_key("sk")
    reply = Client().post(SEARCH, "[1]", content_type="application/json", headers=bearer(token))
    checked(reply, 400, "validation_error")


def test_a_reply_format_that_is_not_given() -> None:
    _, token = make_key("sk")
    reply = Client().post(SEARCH, {}, headers=bearer(token, Accept="text/html"))
    checked(reply, 406, "not_acceptable")


def test_a_validation_error_names_every_field_and_tells_the_first() -> None:
    _, token = make_key("sk")
    wrong = {"product_id": "a", "limit": 99, "filters": {"price": {"min": -1}}, "lang": "fr"}
    reply = Client().post(
        SEARCH, json.dumps(wrong), content_type="application/json", headers=bearer(token)
    )
    body = checked(reply, 400, "validation_error")
    errors = {error["field"]: error for error in body["errors"]}
    assert set(errors) == {"limit", "filters.price.min", "lang"}
    assert errors["limit"]["code"] == "max_value"
    assert body["errors"][0]["message"] in body["detail"]


@pytest.mark.parametrize(
    ("lang", "headers", "title"),
    [
        (None, {}, PROBLEMS["product_not_found"].ko.title),  # the shop is Korean
        (None, {"Accept-Language": "en-GB,en;q=0.8"}, PROBLEMS["product_not_found"].en.title),
        ("en", {"Accept-Language": "ko"}, PROBLEMS["product_not_found"].en.title),
        ("ko", {"Accept-Language": "en"}, PROBLEMS["product_not_found"].ko.title),
    ],
)
def test_the_words_are_in_the_language_of_the_request(
    lang: str | None, headers: dict[str, str], title: str
) -> None:
    _, token = make_key("sk", shop=make_shop(language="ko"))
    event = {"type": "click", "search_id": str(uuid.uuid4()), "product_id": "none"}
    reply = Client().post(
        "/api/v1/events",
        json.dumps(event | ({"lang": lang} if lang else {})),
        content_type="application/json",
        headers=bearer(token, **headers),
    )
    assert checked(reply, 404, "product_not_found")["title"] == title


def test_a_body_larger_than_any_photo_is_refused_before_it_is_kept(
    settings: Settings,
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    _, token = make_key("sk")
    body = json.dumps({"image_url": "http://example.com/" + "x" * 1000})
    reply = Client().post(SEARCH, body, content_type="application/json", headers=bearer(token))
    checked(reply, 413, "too_large")


def test_a_length_that_is_no_number() -> None:
    reply = Client().post(SEARCH, b"x", content_type="text/plain", CONTENT_LENGTH="lots")
    checked(reply, 400, "bad_request")


def test_a_crash_is_a_problem_without_a_word_of_its_inside(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def crash(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr("recommender.api.search", crash)
    _, token = make_key("sk")
    client = Client(raise_request_exception=False)
    body = json.dumps({"product_id": "a"})
    with caplog.at_level(logging.ERROR):
        reply = client.post(SEARCH, body, content_type="application/json", headers=bearer(token))
    checked(reply, 500, "server_error")
    assert b"secret" not in reply.content
    assert "the secret inside" in caplog.text


def test_a_sane_request_id_is_kept_and_another_replaced() -> None:
    def answered(given: str) -> str:
        return str(Client().get("/api/v1/x", headers={"X-Request-ID": given})["X-Request-ID"])

    assert answered("order-7.retry_2") == "order-7.retry_2"
    for insane in ("short", "x" * 65, "two words here", "line\tbreak-1234", "<script>alert"):
        assert answered(insane) != insane
        assert len(answered(insane)) == 32


def test_log_lines_carry_the_request_id(capfd: pytest.CaptureFixture[str]) -> None:
    handler = logging.StreamHandler()
    handler.addFilter(RequestIdFilter())
    handler.setFormatter(logging.Formatter("%(request_id)s %(message)s"))
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        Client().get("/api/v1/x", headers={"X-Request-ID": "find-me-in-the-log"})
    finally:
        logger.removeHandler(handler)
    assert "find-me-in-the-log Not Found: /api/v1/x" in capfd.readouterr().err


def test_every_problem_has_words_in_both_languages() -> None:
    for code, text in PROBLEMS.items():
        assert 400 <= text.status < 600, code
        assert text.en.title and text.en.detail and text.ko.title and text.ko.detail
        assert any("가" <= letter <= "힣" for letter in text.ko.title + text.ko.detail), code
        assert text.en.title.isascii(), code


def test_what_is_unforeseen_is_no_problem_of_ours() -> None:
    assert problem_of(RuntimeError("x")) is None
    too_big = problem_of(RequestDataTooBig())
    assert isinstance(too_big, Problem) and too_big.code == "too_large"
