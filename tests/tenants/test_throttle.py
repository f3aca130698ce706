import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from lookus import env
from lookus.processes import wait_until
from tenants.rates import Rate, rate_count
from tests.factories import make_key, make_shop
from tests.support.daemons import redis_server

pytestmark = pytest.mark.django_db
PASSED = 400  # an empty search, once the key and the rate have let it through


@pytest.fixture(autouse=True)
def rates(settings: Settings) -> None:
    settings.API_RATE_PUBLISHABLE = "2/min"
    settings.API_RATE_SECRET = "3/min"
    cache.clear()


def call(token: str, *, address: str = "203.0.113.1", path: str = "search", **headers: str) -> Any:
    return Client().post(
        f"/api/v1/{path}",
        {},
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}", **headers},
        REMOTE_ADDR=address,
    )


def statuses(token: str, times: int, **kwargs: Any) -> list[int]:
    return [call(token, **kwargs).status_code for _ in range(times)]


def test_a_publishable_key_is_counted_for_each_client() -> None:
    _, token = make_key("pk")
    assert statuses(token, 3) == [PASSED, PASSED, 429]
    assert statuses(token, 1, address="203.0.113.2") == [PASSED]


def test_a_secret_key_is_counted_for_itself() -> None:
    _, token = make_key("sk")
    assert statuses(token, 3) == [PASSED] * 3
    assert statuses(token, 1, address="203.0.113.2") == [429]


def test_a_client_that_lies_about_its_address_is_still_counted() -> None:
    _, token = make_key("pk")
    found = [call(token, **{"X-Forwarded-For": f"198.51.100.{n}"}).status_code for n in range(3)]
    assert found == [PASSED, PASSED, 429]


def test_keys_do_not_share_a_rate_nor_do_addresses() -> None:
    shop = make_shop()
    (_, one), (_, other) = make_key("pk", shop=shop), make_key("pk", shop=shop)
    assert statuses(one, 3)[-1] == 429
    assert statuses(other, 1) == [PASSED]
    assert statuses(one, 1, path="events") == [PASSED]


def test_the_reply_says_how_long_to_wait() -> None:
    _, token = make_key("pk")
    statuses(token, 2)
    reply = call(token)
    assert reply.json()["code"] == "rate_limited"
    # The rest of this minute, and of the next as much as this one still counts there.
    assert 1 <= int(reply["Retry-After"]) <= 120


def test_a_shop_is_counted_over_all_its_keys(settings: Settings) -> None:
    settings.API_RATE_SHOP = "4/min"
    shop = make_shop()
    (_, one), (_, other) = make_key("sk", shop=shop), make_key("sk", shop=shop)
    assert statuses(one, 3) == [PASSED] * 3
    assert statuses(other, 2) == [PASSED, 429]
    _, strangers = make_key("sk")
    assert statuses(strangers, 1) == [PASSED], "another shop has a rate of its own"


def test_an_address_is_counted_over_all_publishable_keys(settings: Settings) -> None:
    settings.API_RATE_ADDRESS = "3/min"
    tokens = [make_key("pk")[1] for _ in range(4)]
    assert [call(one).status_code for one in tokens] == [PASSED, PASSED, PASSED, 429]
    assert statuses(tokens[3], 1, address="203.0.113.2") == [PASSED]


def test_one_household_of_ipv6_is_one_address() -> None:
    _, token = make_key("pk")
    found = [call(token, address=f"2001:db8:1:2::{n}").status_code for n in range(1, 4)]
    assert found == [PASSED, PASSED, 429]
    assert statuses(token, 1, address="2001:db8:1:3::1") == [PASSED]


def test_who_tries_keys_is_told_to_wait(settings: Settings) -> None:
    settings.API_RATE_ADDRESS = "3/min"
    assert statuses("sk_nobody_has_this", 4) == [401, 401, 401, 429]
    assert int(call("sk_nobody_has_this")["Retry-After"]) >= 1
    _, token = make_key("sk")
    assert statuses(token, 1) == [PASSED], "a true key from the same address is let through"


def test_what_was_refused_is_not_counted() -> None:
    rate = Rate(2, 3600)
    assert [rate_count("x", rate) > 0 for _ in range(5)] == [False, False, True, True, True]
    window = int(time.time() // 3600)
    assert cache.get(f"rate:x:3600:{window}", 0) + cache.get(f"rate:x:3600:{window - 1}", 0) == 2


def test_a_window_slides() -> None:
    """Of the window before counts what lies within the last period."""
    seconds = 1000
    window, passed = divmod(time.time() / seconds, 1)
    cache.set(f"rate:y:{seconds}:{int(window) - 1}", 10_000, seconds)
    room = int(10_000 * passed)
    let = rate_count("y", Rate(10_000 - room // 2, seconds))
    assert let == 0.0 or room < 100
    wait = rate_count("y", Rate(max(1, 10_000 - room - 2000), seconds))
    assert wait == pytest.approx(200, abs=40) or passed > 0.79


def test_many_processes_together_pass_no_more_than_the_rate(tmp_path: Path) -> None:
    with redis_server() as server:
        started = time.monotonic()
        counted = [
            subprocess.Popen(
                [sys.executable, "-c", COUNTING],
                env={**os.environ, "CACHE_URL": server.url, "LOOKUS_HOME": str(tmp_path)},
                stdout=subprocess.PIPE,
            )
            for _ in range(3)
        ]
        passed = sum(int(one.communicate()[0]) for one in counted)
        hours = (time.monotonic() - started) / 3600
    assert 500 - 3 * 4 <= passed <= 500 * (1 + hours) + 1


COUNTING = """
import threading, django
django.setup()
from tenants.rates import Rate, rate_count
passed = []
def ask():
    for _ in range(100):
        if not rate_count("shared", Rate(500, 3600)):
            passed.append(1)
threads = [threading.Thread(target=ask) for _ in range(4)]
[one.start() for one in threads]
[one.join() for one in threads]
print(len(passed))
"""


def test_a_cache_that_is_away_or_hangs_stops_nobody(settings: Settings) -> None:
    _, token = make_key("pk")
    with redis_server() as server:
        settings.CACHES = {
            "default": {
                "BACKEND": "lookus.caching.PatientRedis",
                "LOCATION": server.url,
                "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
            }
        }
        assert statuses(token, 3) == [PASSED, PASSED, 429], "it counts while it is there"
        with server.paused():
            assert statuses(make_key("pk")[1], 3) == [PASSED] * 3
        server.stop()
        _, other = make_key("pk")
        assert statuses(other, 3) == [PASSED] * 3
        server.start()
        assert wait_until(lambda: call(other).status_code == 429, seconds=30)


@pytest.mark.parametrize("wrong", ["", "60", "0/min", "-1/min", "60/fortnight", "many/min"])
def test_a_rate_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("API_RATE_SECRET", wrong)
    with pytest.raises(ImproperlyConfigured, match=r"API_RATE_SECRET=.*60/min"):
        env.rate("API_RATE_SECRET", "600/min")
