"""Signing up, logging in, a forgotten password: through the pages, by the mails' own links."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from tenants.models import Membership, User
from tests.factories import PASSWORD, make_mall, make_shop, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("accounts")]

NEW = {"email": "New@Shop.Example", "password1": "a long and unusual one"}


def link_of(mail: Any, start: str) -> str:
    """The path of the first link in a mail that begins with `start`."""
    found = re.search(rf"https?://[^/\s]+({re.escape(start)}\S*)", mail.body)
    assert found, mail.body
    return found[1]


def log_in(client: Client, email: str, password: str = PASSWORD, **fields: str) -> Any:
    return client.post("/login/", {"login": email, "password": password} | fields)


def logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_signing_up_leads_to_the_first_shop(client, mailoutbox):
    response = client.post("/signup/", NEW)
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert client.get("/desk/")["Location"] == "/desk/new/"
    assert User.objects.get().email == "new@shop.example"
    address = EmailAddress.objects.get()
    assert not address.verified
    (mail,) = mailoutbox
    assert mail.to == ["new@shop.example"] and mail.subject == "Confirm your e-mail address"
    client.post(link_of(mail, "/confirm-email/"))
    address.refresh_from_db()
    assert address.verified


def test_where_mail_is_real_an_address_is_confirmed_first(client, mailoutbox, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    response = client.post("/signup/", NEW)
    assert response["Location"] == "/confirm-email/"
    assert not logged_in(client)
    assert log_in(Client(), NEW["email"], NEW["password1"])["Location"] == "/confirm-email/"
    shown = client.get(link_of(mailoutbox[0], "/confirm-email/")).content.decode()
    assert "new@shop.example" in shown and not logged_in(client)
    client.post(link_of(mailoutbox[0], "/confirm-email/"))
    assert logged_in(client)


def test_an_address_that_has_an_account_is_not_told_to_strangers(client, mailoutbox, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    make_user(email="new@shop.example")
    assert client.post("/signup/", NEW)["Location"] == "/confirm-email/"
    assert [mail.subject for mail in mailoutbox] == ["You have an account already"]
    assert User.objects.count() == 1


def test_mail_and_pages_speak_the_readers_language(client, mailoutbox):
    korean = {"Accept-Language": "ko"}
    page = client.get("/signup/", headers=korean).content.decode()
    assert "계정 만들기" in page and "이메일 주소" in page and "Make an account" not in page
    client.post("/signup/", NEW, headers=korean)
    (mail,) = mailoutbox
    assert mail.subject == "이메일 주소를 확인해 주세요"
    (html, kind), *_ = mail.alternatives
    assert kind == "text/html" and 'lang="ko"' in html
    assert f'href="http://testserver{link_of(mail, "/confirm-email/")}"' in html


@pytest.mark.parametrize("password", ["short", "password123", "1234567890123"])
def test_a_weak_password_is_refused(client, password):
    response = client.post("/signup/", NEW | {"password1": password})
    assert response.status_code == 200 and 'role="alert"' in response.content.decode()
    assert not User.objects.exists()


def test_the_terms_are_asked_for_only_where_there_are_some(client, settings):
    assert "agree" not in client.get("/signup/").content.decode()
    settings.TERMS_URL = "https://operator.example/terms"
    page = client.get("/signup/").content.decode()
    assert 'href="https://operator.example/terms"' in page and "privacy" not in page
    refused = client.post("/signup/", NEW).content.decode()
    assert "Without this there is no account." in refused
    client.post("/signup/", NEW | {"agreed": "on"})
    assert User.objects.count() == 1


def test_sign_up_can_be_closed(client, settings):
    settings.SIGN_UP = "invited"
    page = client.get("/signup/").content.decode()
    assert "by invitation" in page and "password1" not in page
    client.post("/signup/", NEW)
    assert not User.objects.exists()
    assert "Make an account" not in client.get("/login/").content.decode()
    client.force_login(make_user())
    assert client.get("/desk/new/")["Location"] == "/desk/?all"
    assert "You belong to no mall yet" in client.get("/desk/").content.decode()


def test_the_sixth_wrong_password_is_refused_with_words():
    user = make_user()
    for _ in range(5):
        told = log_in(Client(), user.email, "wrong").content.decode()
        assert "do not match" in told
    # Now the right one too: whoever guesses does not learn that it was right.
    client = Client()
    told = log_in(client, user.email.upper()).content.decode()
    assert "Too many wrong passwords. Try again in five minutes" in told
    assert not logged_in(client)
    # Another person's login goes on.
    other = make_user()
    assert log_in(Client(), other.email)["Location"] == "/desk/"


def test_one_client_that_tries_many_addresses_is_slowed_down():
    for number in range(10):
        log_in(Client(), f"guess{number}@example.com", "wrong")
    told = log_in(Client(), make_user().email).content.decode()
    assert "Too many wrong passwords" in told


def test_a_right_password_after_some_wrong_ones_logs_in():
    user, client = make_user(), Client()
    for _ in range(4):
        log_in(client, user.email, "wrong")
    assert log_in(client, user.email)["Location"] == "/desk/"


@pytest.mark.parametrize("verification", ["optional", "mandatory"])
def test_people_made_by_others_log_in_without_a_mail(settings, mailoutbox, verification):
    settings.ACCOUNT_EMAIL_VERIFICATION = verification
    shop = make_shop()
    user, client = make_user("owner", mall=shop.mall), Client()
    page = f"/admin/{shop.slug}/"
    assert log_in(client, user.email, next=page)["Location"] == page
    assert client.get(page).status_code == 200
    assert mailoutbox == []


def test_login_does_not_lead_to_other_sites():
    response = log_in(Client(), make_user().email, next="https://evil.example/")
    assert response["Location"] == "/desk/"


def test_a_closed_account_is_told_so():
    user = make_user()
    User.objects.update(is_active=False)
    client = Client()
    assert log_in(client, user.email).status_code in (200, 302)
    assert not logged_in(client)


def test_a_forgotten_password_is_set_anew_by_mail(mailoutbox):
    user, client = make_user(), Client()
    other = Client()
    log_in(other, user.email)
    client.post("/password/reset/", {"email": user.email})
    path = link_of(mailoutbox[0], "/password/reset/key/")
    form = client.get(path)["Location"]
    new = "quite another password"
    client.post(form, {"password1": new, "password2": new})
    assert log_in(Client(), user.email, new)["Location"] == "/desk/"
    # Whoever was logged in with the former one is out, and the link is used up.
    assert other.get("/desk/").status_code == 302 and "/login/" in other.get("/desk/")["Location"]
    assert "This link has ended" in Client().get(path).content.decode()


def test_an_unknown_address_gets_the_same_answer(client, mailoutbox):
    known, unknown = make_user().email, "nobody@example.com"
    answers = [client.post("/password/reset/", {"email": one}) for one in (known, unknown)]
    assert len({(one.status_code, one["Location"]) for one in answers}) == 1
    assert [mail.subject for mail in mailoutbox] == [
        "A new password",
        "There is no account with this address",
    ]


def test_resets_are_limited_with_a_page_that_says_so(client):
    user = make_user()
    answers = [client.post("/password/reset/", {"email": user.email}) for _ in range(6)]
    assert answers[-1].status_code == 429
    assert "Too many tries" in answers[-1].content.decode()


def test_operators_come_in_by_the_same_door(client):
    response = client.get("/operator/", follow=True)
    assert response.redirect_chain[-1][0] == "/login/?next=%2Foperator%2F"
    user = make_user()
    User.objects.update(is_staff=True, is_superuser=True)
    assert log_in(client, user.email, next="/operator/")["Location"] == "/operator/"
    assert client.get("/operator/").status_code == 200


def test_the_password_page_stays_where_it_was(client):
    client.force_login(make_user())
    assert client.get("/password/")["Location"] == "/password/change/"
    new = "quite another password"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/password/change/", given)["Location"] == "/desk/"
    assert logged_in(client)


def test_an_address_changes_once_its_link_is_opened(client, mailoutbox):
    user = make_user()
    client.force_login(user)
    asked = client.post("/email/", {"email": "next@example.com", "action_add": ""})["Location"]
    assert asked.startswith("/reauthenticate/")
    client.post(asked, {"password": PASSWORD})
    client.post("/email/", {"email": "next@example.com", "action_add": ""})
    user.refresh_from_db()
    assert user.email != "next@example.com"
    to_the_new = next(mail for mail in mailoutbox if mail.to == ["next@example.com"])
    client.post(link_of(to_the_new, "/confirm-email/"))
    user.refresh_from_db()
    assert user.email == "next@example.com"
    # Whoever reads the former address learns of it.
    assert mailoutbox[-1].subject == "Your e-mail address was changed"
    assert log_in(Client(), "next@example.com")["Location"] == "/desk/"


def test_nobody_takes_another_accounts_address(client, mailoutbox):
    user, other = make_user(), make_user()
    EmailAddress.objects.filter(user=other).update(verified=False)
    client.force_login(user)
    asked = client.post("/email/", {"email": other.email, "action_add": ""})
    told = asked if asked.status_code == 200 else client.post(asked["Location"], {})
    assert "There is an account with this address already" in told.content.decode()
    assert mailoutbox == []


def test_somebody_without_a_membership_is_no_stranger_to_the_desk(client):
    client.force_login(make_user("viewer", mall=make_mall()))
    assert client.get("/desk/").status_code == 200
    assert Membership.objects.count() == 1


def test_a_mail_server_that_is_away_is_said_and_the_account_is_there(client, settings, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    user = make_user()
    for path, fields in (
        ("/signup/", {"email": "new@example.com", "password1": PASSWORD}),
        ("/password/reset/", {"email": user.email}),
        ("/password/reset/", {"email": "nobody@example.com"}),
    ):
        told = Client().post(path, fields, follow=True)
        assert told.status_code == 200
        assert "The mail could not be sent. Try again in a while." in told.content.decode(), path
    assert log_in(Client(), "new@example.com").status_code == 302
    assert mailoutbox == []
