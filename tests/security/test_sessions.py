"""Logins: how they begin and end, and that a form from elsewhere does nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as our
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from lookus.desk_bench.pages import addresses
from tenants.models import Shop, User
from tests.factories import PASSWORD, make_shop, make_user
from tests.security.test_pages import values
from tests.tenants.rows import fill
from tests.tenants.url_map import address, routes

pytestmark = pytest.mark.django_db

# They take no session: keys and signatures say who it is (`test_csrf_is_not_asked_of_keys`).
KEYED = ("api/", "billing/<slug:name>/webhook")
# A mail program presses it for its reader, without a page of ours: the token in it says whose.
ONE_CLICK = ("mails/stop/<str:token>/",)


@pytest.fixture(autouse=True)
def no_counts() -> None:
    cache.clear()


def logged_in_by_form(user: User, client: Client | None = None) -> Client:
    client = client or Client()
    told: Any = client.post("/login/", {"login": user.email, "password": PASSWORD})
    assert told.status_code == 302, told.content
    return client


def is_in(client: Client) -> bool:
    return bool(client.get("/sessions/").status_code == 200)


def cookie(client: Client) -> str:
    return client.cookies[our.SESSION_COOKIE_NAME].value


def test_a_login_has_a_session_of_its_own() -> None:
    """Whoever knew the cookie before does not have the login."""
    client, thief = Client(), Client()
    client.get("/signup/")
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies[our.SESSION_COOKIE_NAME] = session.session_key
    thief.cookies[our.SESSION_COOKIE_NAME] = session.session_key
    logged_in_by_form(make_user(), client)
    assert cookie(client) != session.session_key
    assert is_in(client) and not is_in(thief)


def test_a_login_ends_however_often_it_is_used() -> None:
    client = logged_in_by_form(make_user())
    end = Session.objects.get(session_key=cookie(client)).expire_date
    expected = timezone.now() + timedelta(seconds=our.SESSION_COOKIE_AGE)
    assert abs(end - expected) < timedelta(minutes=5)
    used = client.session
    used["page"] = 2
    used.save()
    assert Session.objects.get(session_key=cookie(client)).expire_date == end
    assert is_in(client)
    passed = client.session
    passed.set_expiry(timezone.now() - timedelta(seconds=1))
    passed.save()
    assert not is_in(client)


def test_a_logout_ends_it_on_the_server() -> None:
    client, thief = logged_in_by_form(make_user()), Client()
    thief.cookies[our.SESSION_COOKIE_NAME] = cookie(client)
    assert is_in(thief)
    client.post("/logout/")
    assert not is_in(thief)


def test_a_new_password_ends_every_other_login() -> None:
    user = make_user()
    here, elsewhere = logged_in_by_form(user), logged_in_by_form(user)
    new = "a very different long password"
    changed: Any = here.post(
        "/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert changed.status_code == 302, changed.content
    assert is_in(here) and not is_in(elsewhere)


def test_a_closed_account_is_out_at_once() -> None:
    user = make_user()
    client = logged_in_by_form(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not is_in(client)


@pytest.fixture
def shop(settings: Any, tiny_bundle: Any) -> Shop:
    settings.VISION_BUNDLE = str(tiny_bundle)
    made = make_shop(slug="corner", hosted_storefront=True)
    fill(made)
    return made


def test_every_form_from_elsewhere_is_refused(shop: Shop) -> None:
    """Each address of both maps is sent a form without our token, by who may do everything."""
    person = make_user("owner", mall=shop.mall)
    User.objects.filter(pk=person.pk).update(is_staff=True, is_superuser=True)
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(person)
    others = [one for one in routes("lookus.urls") if not one.startswith((*KEYED, *ONE_CLICK))]
    desk = [f"/admin/{shop.slug}/{one.partition('?')[0]}" for one in addresses(shop)]
    let_in = {}
    for path in [*(f"/{address(one, values(shop, person))}" for one in others), *desk]:
        status = client.post(path, {"name": "taken"}).status_code
        if status not in (403, 404, 405, 410):
            let_in[path] = status
    assert let_in == {}
    assert len(desk) > 60


def test_a_form_needs_no_more_than_its_token() -> None:
    client = Client(enforce_csrf_checks=True)
    user = make_user()
    page: Any = client.get("/login/")
    token = page.context["csrf_token"]
    fields = {"login": user.email, "password": PASSWORD, "csrfmiddlewaretoken": str(token)}
    assert client.post("/login/", fields | {"csrfmiddlewaretoken": "x" * 64}).status_code == 403
    assert client.post("/login/", fields).status_code == 302
    assert is_in(client)


def test_no_session_opens_the_api_so_that_it_needs_no_token(shop: Shop) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("owner", mall=shop.mall))
    for route in routes("lookus.urls"):
        if route.startswith("api/v1/"):
            path = "/" + address(route, values(shop, make_user()))
            status = client.post(path, {}, content_type="application/json").status_code
            assert status in (401, 405), (path, status)
