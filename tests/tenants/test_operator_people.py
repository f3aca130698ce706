"""Operators and people's passwords: a link goes to the person, nobody else sets one."""

import pytest
from django.test import Client

from tenants.models import Membership, User
from tests.factories import PASSWORD, make_user
from tests.tenants.test_accounts import link_of, log_in, logged_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("accounts")]
USERS = "/operator/tenants/user/"
CHOSEN = {"password1": "quite another long one", "password2": "quite another long one"}


@pytest.fixture
def operator() -> Client:
    user = make_user(email="staff@example.com")
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(user)
    return client


def chosen_by(link: str) -> None:
    visitor = Client()
    page = visitor.get(link, follow=True)
    visitor.post(page.redirect_chain[-1][0], CHOSEN)


def test_an_owners_password_is_never_set_from_there(operator, mailoutbox):
    owner = make_user("owner", email="owner@example.com")
    page = operator.get(f"{USERS}{owner.pk}/change/").content.decode()
    assert "password1" not in page and "pbkdf2" not in page and "md5$" not in page
    assert "Mail a link to choose a password" in page
    told = {**CHOSEN, "usable_password": "true", "password": "!"}
    assert operator.post(f"{USERS}{owner.pk}/password/", told, follow=True).status_code != 500
    operator.post(f"{USERS}{owner.pk}/change/", {"email": owner.email, "is_active": "on", **told})
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)
    assert mailoutbox == []


def test_a_link_goes_to_the_person(operator, mailoutbox):
    owner = make_user("owner", email="owner@example.com")
    assert operator.get(f"{USERS}{owner.pk}/link/").status_code == 405
    page = operator.post(f"{USERS}{owner.pk}/link/", follow=True).content.decode()
    (mail,) = mailoutbox
    assert mail.to == ["owner@example.com"] and "owner@example.com" in page
    link = link_of(mail, "/password/reset/key/")
    assert link not in page
    chosen_by(link)
    owner.refresh_from_db()
    assert owner.check_password(CHOSEN["password1"])


def test_a_new_account_has_no_password_until_its_person_chooses_one(operator, mailoutbox):
    told = {"email": "New@Example.com", **CHOSEN, "usable_password": "true"}
    assert operator.post(f"{USERS}add/", told).status_code == 302
    person = User.objects.get(email="new@example.com")
    assert not person.has_usable_password()
    (mail,) = mailoutbox
    assert mail.to == ["new@example.com"]
    chosen_by(link_of(mail, "/password/reset/key/"))
    client = Client()
    log_in(client, "new@example.com", CHOSEN["password1"])
    assert logged_in(client)


def test_the_address_of_a_member_is_the_persons_own(operator, mailoutbox):
    owner, other = (
        make_user("owner", email="owner@example.com"),
        make_user(email="nobody@example.com"),
    )
    assert Membership.objects.filter(user=owner).exists()
    for person in (owner, other):
        told = {"email": "taken-over@example.com", "is_active": "on"}
        operator.post(f"{USERS}{person.pk}/change/", told)
    owner.refresh_from_db()
    other.refresh_from_db()
    assert (owner.email, other.email) == ("owner@example.com", "taken-over@example.com")


def test_a_closed_account_gets_no_mail(operator, mailoutbox):
    person = make_user(email="gone@example.com")
    User.objects.filter(pk=person.pk).update(is_active=False)
    page = operator.post(f"{USERS}{person.pk}/link/", follow=True).content.decode()
    assert "no mail was sent" in page and mailoutbox == []


def test_nobody_else_presses_it(mailoutbox):
    owner = make_user("owner", email="owner@example.com")
    client = Client()
    client.force_login(make_user("owner"))
    assert client.post(f"{USERS}{owner.pk}/link/").status_code == 302
    assert Client().post(f"{USERS}{owner.pk}/link/").status_code == 302
    assert mailoutbox == []
