"""Whatever address somebody gives us: we never reach our own network, and nobody holds us up.

A whole small internet stands in a network namespace of its own (`tests/security/world.py`); the
guarded fetcher, the C library's resolver and the sockets are those of production.
"""

import json
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

from tests.security import world

NAMESPACE = ["unshare", "--map-root-user", "--mount", "--net"]
ROOT = __file__.rpartition("/tests/")[0]

INSIDE = [
    # As names, whatever stands behind them.
    *(f"http://{name}.test/" for name in (
        "private", "metadata", "loopback", "loopback6", "zero", "carrier", "one-of-two",
        "one-of-two6", "mapped", "compatible", "sixtofour", "nat64", "local6", "site6",
        "127.0.0.1",
    )),
    # As addresses, in every spelling that a resolver knows.
    *(f"http://{address}/" for address in (
        "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7F.1",
        "017700000001", "0177.0.0.1", "0177.0x0.1", "00000177.0.0.1", "127.0.0.1.", "0", "0.0.0.0",
        "10.0.0.8", "167772168", "0xa000008", "012.0.0.8", "10.8", "169.254.169.254", "2852039166",
        "0xa9fea9fe", "0251.0376.0251.0376", "192.168.0.1", "172.16.0.1", "100.64.0.1",
        "255.255.255.255", "224.0.0.1", "192.0.0.1", "198.18.0.1", "240.0.0.1",
        "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::127.0.0.1]", "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:10.0.0.8]", "[::ffff:0:10.0.0.8]", "[64:ff9b::a00:8]",
        "[64:ff9b:1::a00:8]", "[2002:a00:8::1]", "[2001:0:0:0:0:0:f5ff:fff7]", "[fd00::8]",
        "[fe80::1]", "[fe80::1%25lo]", "[fec0::8]", "[ff02::1]", "[2001:db8::1]", "[100::1]",
        "①②⑦.⓪.⓪.①", "１２７.0.0.1", "127。0。0。1", "localhost", "LOCALHOST", "localhost.",
        "a.localhost", "printer.local", "db.internal",
    )),
    # As what a sloppy reader takes for another host.
    "http://public.test@127.0.0.1/", "http://127.0.0.1@public.test/",
    "http://127.0.0.1#@public.test/",
    "http://public.test\\@127.0.0.1/",
    "http://127.0.0.1\\@public.test/",
    "http://public.test:80@127.0.0.1:22/", "http://public.test\t@127.0.0.1/",
    "http://127.0.0.1:80\r\nHost: x/",
    "http:127.0.0.1/", "http:/127.0.0.1/", "http:///127.0.0.1/", "//127.0.0.1/",
    "http://127.0.0.1%2f@public.test/",
    "http://[::1%25]/", "http://[::ffff:127.0.0.1%25x]/", "http://%31%32%37.0.0.1/",
    "http://127.0.0.1%00.public.test/",
    # Other doors, and other ways to knock.
    "http://public.test:22/", "http://public.test:5432/", "http://public.test:6379/",
    "https://public.test:80/",
    "file:///etc/passwd", "gopher://public.test:6379/_FLUSHALL", "dict://public.test:6379/",
    "ftp://public.test/",
    "unix:///run/postgres", "jar:http://127.0.0.1/", "data:text/plain,x", "http+unix://%2Frun/x",
]  # fmt: skip
# What stands behind no redirect of a public server either.
LED = [
    "http://127.0.0.1/", "http://2130706433/", "http://0177.0.0.1/", "http://[::1]/",
    "http://[::ffff:10.0.0.8]/", "http://metadata.test/latest/meta-data", "http://private.test/",
    "http://loopback6.test/", "//10.0.0.8/", "http://public.test:6379/", "file:///etc/passwd",
    "http://public.test@127.0.0.1/", "http://public.test/to/http://127.0.0.1/",
    "http://rebinding-at-the-redirect.test/to/http://rebinding-at-the-redirect.test/",
]  # fmt: skip
OUTSIDE = [
    "http://public.test/",
    "http://public6.test/",
    "http://both.test/",
    "http://93.184.215.14/",
    # What follows the mark is no host.
    "http://public.test#@127.0.0.1:22/",
]
BAD_BODIES = {
    "http://public.test/endless/": "larger than",
    "http://public.test/chunks/": "larger than",
    "http://public.test/chunk-names/": "",
    "http://public.test/packed/gzip": "compressed",
    "http://public.test/packed/br": "compressed",
    "http://public.test/packed/deflate,gzip": "compressed",
    "http://public.test/long-header/": "",
    "http://public.test/many-headers/": "",
    "http://public.test/continue/": "",
    "http://public.test/drip/": "no answer within",
    "http://public.test/silent/": "no answer within",
    "http://silent.test/": "no answer within",
    "https://public.test/": "no answer within",
}
MOST_GROWN_MIB = 48


def may_make_namespaces() -> bool:
    try:
        return (
            subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0
        )
    except FileNotFoundError:
        return False


@cache
def results() -> list[dict[str, Any]]:
    """What came of every case, by every way; made once."""
    if not may_make_namespaces():
        pytest.skip("this system lets nobody make a network of one's own (unshare --net)")
    urls = [
        *INSIDE,
        *OUTSIDE,
        "http://rebinding.test/",
        *(f"http://public.test/to/{one}" for one in LED),
    ]
    asked = {
        "one_by_one": [(way, url) for url in urls for way in world.WAYS],
        "together": [(way, url) for url in BAD_BODIES for way in world.WAYS],
    }
    command = [*NAMESPACE, sys.executable, "-m", "tests.security.world"]
    done = subprocess.run(
        command,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def of(*urls: str) -> list[dict[str, Any]]:
    return [one for one in results() if one.get("url") in urls]


def test_nothing_inside_is_reached_by_any_spelling() -> None:
    found = of(*INSIDE)
    assert len(found) == len(INSIDE) * len(world.WAYS)
    assert [one for one in found if one["reached"]] == []
    assert [one for one in found if one["outcome"] == "bytes"] == []


def test_no_redirect_leads_inside() -> None:
    found = of(*(f"http://public.test/to/{one}" for one in LED))
    public = {world.PUBLIC}
    assert [one for one in found if not set(one["reached"]) <= public] == []
    followed = [one for one in found if one["way"] != "post"]
    assert [one for one in followed if one["outcome"] != "url_refused"] == []


def test_what_is_outside_is_fetched() -> None:
    """The world above would let everything pass that it should."""
    for one in of(*OUTSIDE):
        assert (one["outcome"], one["told"]) == ("bytes", "pixels"), one
        assert set(one["reached"]) <= {world.PUBLIC, world.PUBLIC_6}


def test_a_name_is_asked_once_and_the_answer_that_was_checked_is_called() -> None:
    """Its second answer would be 127.0.0.1."""
    for one in of("http://rebinding.test/"):
        assert one["asked"]["rebinding.test"] == 1, one
        assert (one["outcome"], one["reached"]) == ("bytes", [world.PUBLIC])


@pytest.mark.parametrize("url", BAD_BODIES)
def test_nobody_holds_us_up(url: str) -> None:
    for one in of(url):
        if one["way"] == "post" and one["outcome"] == "bytes":
            # Of an answer to a webhook the beginning is kept; it need not end.
            assert len(one["told"]) <= 20
            continue
        assert one["outcome"] == "url_failed", one
        assert BAD_BODIES[url] in one["told"], one
        # Of the whole; the rest is this machine's.
        assert one["seconds"] < 3 * world.TIMEOUT, one


def test_nor_fills_our_memory() -> None:
    assert results()[-1]["grown"] < MOST_GROWN_MIB
