"""A second factor: an app's codes, and recovery codes for when the phone is lost."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client

from tests.factories import PASSWORD, make_user
from tests.tenants.test_accounts import log_in, logged_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("accounts")]


def code_of(secret: str) -> str:
    """What the app shows now, for this secret."""
    # The middle one: the first is of the half minute before, and over when a test is slow.
    counter = sorted(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret, counter))


@pytest.fixture
def protected():
    """A person with the second factor on, and its secret."""
    user, client = make_user(), Client()
    log_in(client, user.email)
    asked = client.get("/2fa/totp/activate/")["Location"]
    assert asked.startswith("/reauthenticate/?next=")
    client.post(asked, {"password": PASSWORD})
    page = client.get("/2fa/totp/activate/")
    secret = page.context["form"].secret
    client.post("/2fa/totp/activate/", {"code": code_of(secret)})
    return user, secret, client


def test_the_app_is_asked_for_after_the_password(protected):
    user, secret, _ = protected
    client = Client()
    assert log_in(client, user.email)["Location"].startswith("/2fa/authenticate/")
    assert not logged_in(client)
    wrong = client.post("/2fa/authenticate/", {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    # A code counts once: the one that switched it on is used up.
    cache.clear()
    client.post("/2fa/authenticate/", {"code": code_of(secret)})
    assert logged_in(client)


def test_a_recovery_code_opens_once(protected):
    user, _, owner = protected
    codes = owner.get("/2fa/recovery-codes/").context["unused_codes"]
    for expected in (True, False):
        client = Client()
        log_in(client, user.email)
        client.post("/2fa/authenticate/", {"code": codes[0]})
        assert logged_in(client) is expected


def test_secrets_lie_sealed_in_the_database(protected):
    _, secret, _ = protected
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert Authenticator.objects.count() == 2


def test_codes_cannot_be_guessed(protected):
    user, _, _ = protected
    client = Client()
    log_in(client, user.email)
    told = [
        client.post("/2fa/authenticate/", {"code": f"{number:06}"}).content.decode()
        for number in range(6)
    ]
    assert "Too many" in told[-1]


def test_switching_it_off_asks_who_it_is_once_more(protected):
    _, _, client = protected
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 3600
    session.save()
    assert "reauthenticate" in client.post("/2fa/totp/deactivate/")["Location"]
    assert Authenticator.objects.filter(type="totp").exists()


def test_a_stranger_sees_none_of_it(client):
    for page in ("/2fa/", "/2fa/totp/activate/", "/2fa/recovery-codes/", "/sessions/", "/email/"):
        assert client.get(page)["Location"].startswith("/login/")


def test_one_sees_where_one_is_logged_in_and_ends_the_others(client):
    user = make_user()
    log_in(client, user.email)
    other = Client(headers={"User-Agent": "Phone"})
    log_in(other, user.email)
    assert "Phone" in client.get("/sessions/").content.decode()
    client.post("/sessions/")
    assert other.get("/desk/")["Location"].startswith("/login/")
    assert logged_in(client)
