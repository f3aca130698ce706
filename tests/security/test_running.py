"""Real web processes: what they tell browsers over https, what ends at once in each of them, and
that no secret is written by any, however much they tell."""

import re
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from lookus.processes import wait_until
from tenants.closing import shop_close
from tenants.models import Membership, Shop, User, WebhookDelivery, WebhookEndpoint
from tenants.scope import shop_scope
from tenants.services import key_revoke
from tenants.webhooks.endpoints import endpoint_create
from tenants.webhooks.replays import trial_send
from tests.factories import PASSWORD, make_key, make_mall, make_shop, make_user
from tests.security.running import HOST, PROCESSES, Answer, Running, running
from tests.support.daemons import redis_server

pytestmark = pytest.mark.django_db(transaction=True)

YEAR = 365 * 24 * 3600
# Such names and values as a person, a mail or a header has.
PLANTED = {
    name: f"{name.lower().replace('_', '-')}-{secrets.token_urlsafe(18)}"
    for name in (
        "SECRET_KEY", "SECRET_KEY_FALLBACKS", "EMAIL_PASSWORD", "EMAIL_API_KEY", "S3_SECRET_KEY",
        "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRETS", "METRICS_TOKEN",
    )
}  # fmt: skip
BROKER_PASSWORD = "broker-" + secrets.token_urlsafe(18)


@pytest.fixture(scope="module")
def web(
    django_db_setup: None, databases: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        # Nobody answers there: what a mail would have said must not be written instead.
        mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(nobody.getsockname()[1])}
        home = tmp_path_factory.mktemp("running")
        mail |= {"EMAIL_PROVIDER": "smtp", "EMAIL_USER": "lookus", "EMAIL_SECURITY": "none"}
        with redis_server() as shared:
            mail |= {"CACHE_URL": shared.url}
            with running(home, databases, **PLANTED, **mail) as served:
                yield served


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def form(web: Running, path: str, cookie: str = "", on: Any = None, **fields: str) -> Answer:
    """A page's form, filled in as a browser does."""
    page = web.ask("GET", path, on=on, Cookie=cookie)
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page.body)
    assert token is not None, (path, page.status)
    crumbs = [one.partition(";")[0] for one in page.cookies]
    sent = urlencode(fields | {"csrfmiddlewaretoken": token[1].decode()})
    return web.ask(
        "POST",
        path,
        body=sent,
        on=on,
        Cookie="; ".join([*crumbs, *([cookie] if cookie else [])]),
        Referer=f"https://{HOST}{path}",
        **{"Content-Type": "application/x-www-form-urlencoded"},
    )


def person(shop: Shop) -> User:
    """An owner whose password the real processes know: the suite's quick hash is none of theirs."""
    user = make_user("owner", mall=shop.mall)
    hashed = PBKDF2PasswordHasher().encode(PASSWORD, "salt-of-a-test")
    User.objects.filter(pk=user.pk).update(password=hashed)
    return user


def logged_in(web: Running, user: User) -> str:
    """The cookie of a login."""
    answer = form(web, "/login/", login=user.email, password=PASSWORD)
    assert answer.status == 302, answer.body
    (cookie,) = (one for one in answer.cookies if one.startswith("__Host-lookus="))
    return cookie.partition(";")[0]


def test_over_https_cookies_and_headers_are_of_this_host_alone(web: Running) -> None:
    user = person(make_shop())
    answer = form(web, "/login/", login=user.email, password=PASSWORD)
    session = next(one for one in answer.cookies if one.startswith("__Host-lookus="))
    page = web.ask("GET", "/login/")
    token = next(one for one in page.cookies if one.startswith("__Host-lookus-form="))
    for cookie in (session, token):
        parts = {one.strip().lower() for one in cookie.split(";")[1:]}
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= parts, cookie
        assert not any(one.startswith("domain") for one in parts)
    for path in ("/login/", "/api/schema/", "/static/lookus/tokens.css", "/no/such/page"):
        headers = web.ask("GET", path).headers
        assert headers["Strict-Transport-Security"] == f"max-age={YEAR}", path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "Django" not in str(headers) and not re.search(r"\d\.\d", headers.get("Server", ""))
    assert web.ask("GET", "/login/", Host="evil.example").status == 400


def held(web: Running, path: str, expected: int, headers: dict[str, str]) -> list[Any]:
    """Connections that stay open, to each of the processes at least one, each answered."""
    connections: list[Any] = []

    def everywhere() -> bool:
        connection = web.connect()
        assert web.ask("GET", path, on=connection, **headers).status == expected
        connections.append(connection)
        ports = {one.sock.getsockname()[1] for one in connections if one.sock}
        return sum(bool(ports & of) for of in web.servers().values()) == PROCESSES

    assert wait_until(everywhere, seconds=60, pause=0.01)
    return connections


@pytest.mark.parametrize("end", ["key", "shop", "person", "account"])
def test_what_is_ended_is_ended_in_every_process_within_a_second(web: Running, end: str) -> None:
    """Nothing of who may come in is remembered by a process."""
    shop = make_shop(make_mall())
    key, token = make_key("sk", shop=shop)
    user = person(shop)
    make_user("owner", mall=shop.mall)
    path, headers, after = "/api/v1/products", bearer(token), (401, 403)
    if end in ("person", "account"):
        path, headers = f"/admin/{shop.slug}/", {"Cookie": logged_in(web, user)}
        after = (404, 302)
    connections = held(web, path, 200, headers)
    if end == "key":
        key_revoke(key=key)
    elif end == "shop":
        with shop_scope(shop):
            shop_close(shop=shop, by=user, typed=shop.name)
    elif end == "person":
        Membership.objects.filter(user=user).delete()
    else:
        User.objects.filter(pk=user.pk).update(is_active=False)
    answers = [web.ask("GET", path, on=one, **headers).status for one in connections]
    # The next request of each is refused: no process waits for a second.
    assert all(status in after for status in answers), answers
    for connection in connections:
        connection.close()


def test_wrong_passwords_are_counted_over_all_processes(web: Running) -> None:
    """By itself each process would have seen too few."""
    user = person(make_shop())
    connections = held(web, "/healthz", 200, {})
    for one, _ in zip(cycle(connections), range(5), strict=False):
        form(web, "/login/", on=one, login=user.email, password="wrong")
    for one in connections:
        right = form(web, "/login/", on=one, login=user.email, password=PASSWORD)
        assert right.status == 200 and b"Too many wrong passwords" in right.body
        one.close()


def test_no_secret_is_written_at_the_loudest(web: Running) -> None:
    """Requests and jobs that carry secrets, succeed and fail; then all that was written is read."""
    told = dict(PLANTED)
    shop = make_shop(make_mall())
    for kind in ("pk", "sk"):
        told[kind] = make_key(kind, shop=shop)[1]
    told["mk"] = make_key("mk", mall=shop.mall)[1]
    user = person(shop)
    told["password"] = PASSWORD
    told["session"] = logged_in(web, user).partition("=")[2]
    cookie = f"__Host-lookus={told['session']}"
    # Asked well, badly, and so that it breaks.
    for name in ("pk", "sk", "mk"):
        web.ask("GET", "/api/v1/products", **bearer(told[name]))
        web.ask("GET", f"/api/v1/products?key={told[name]}", **bearer(told[name] + "x"))
        web.ask("POST", "/api/v1/search", body="{", **bearer(told[name]))
        web.ask("GET", f"/no/such/page?token={told[name]}", Cookie=cookie)
    web.ask("GET", "/metrics", **bearer(told["METRICS_TOKEN"]))
    for one in ("wrong", "wrong-again"):
        told[one] = f"{one}-{secrets.token_urlsafe(12)}"
        form(web, "/login/", login=user.email, password=told[one])
    told["new"] = f"new-{secrets.token_urlsafe(12)}"
    form(web, "/signup/", email="somebody@example.com", password1=told["new"])
    form(web, "/password/reset/", email=user.email)
    form(web, "/password/change/", cookie, oldpassword=told["wrong"], password1=told["new"],
         password2=told["new"])  # fmt: skip
    told["link"] = secrets.token_urlsafe(24)
    web.ask("GET", f"/invitation/{told['link']}/")
    web.ask("GET", f"/password/reset/key/1-{told['link']}/")
    web.ask("GET", f"/mails/stop/{told['link']}/")
    told["stripe"] = f"t=1,v1={secrets.token_hex(32)}"
    web.ask("POST", "/billing/stripe/webhook", body="{}", **{"Stripe-Signature": told["stripe"]})
    told["basic"] = secrets.token_urlsafe(20)
    web.ask("GET", "/api/v1/products", Authorization=f"Basic {told['basic']}")
    _a_job_with_a_secret(web, shop, told)
    written = web.written()
    assert "DEBUG" in written and "tenants.tasks.send_webhooks" in written
    found = {name: _lines(written, value) for name, value in told.items() if value in written}
    assert found == {}


def _a_job_with_a_secret(web: Running, shop: Any, told: dict[str, str]) -> None:
    with shop_scope(shop):
        endpoint, told["webhook"] = endpoint_create(
            shop=shop, url="https://hooks.example/", types=["product.tagged"]
        )
        # Nobody listens there: the delivery fails and says why.
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
            url=f"https://127.0.0.1/{(token := secrets.token_urlsafe(20))}"
        )
    told["hook"] = token
    with shop_scope(shop):
        trial_send(shop=shop, endpoint=WebhookEndpoint.objects.get())
    web.start("worker")
    web.ask("GET", "/healthz")
    _ring(web, shop.pk)

    def attempted() -> bool:
        with shop_scope(shop):
            return WebhookDelivery.objects.filter(attempts__gt=0).exists()

    assert wait_until(attempted, seconds=120, pause=0.2), web.written()


def _ring(web: Running, shop_id: int) -> None:
    """The message that the web would have sent after the change."""
    script = (
        "import django; django.setup()\n"
        "from lookus.celery import app\n"
        f"app.send_task('tenants.tasks.send_webhooks', args=[{shop_id}])\n"
    )
    kept = web.variables | {
        "LOOKUS_HOME": str(web.home),
        "DJANGO_SETTINGS_MODULE": "lookus.settings",
    }
    subprocess.run([sys.executable, "-c", script], env=kept, check=True, timeout=120)


def _lines(written: str, value: str) -> list[str]:
    return [line[:300] for line in written.splitlines() if value in line][:3]
