"""Asking people into a mall: by mail, once, for seven days; and who is in it."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.utils import timezone

from tenants.invitations import InvitationRefused, digest_of, invitation_accept, invite
from tenants.members import LastOwner, member_remove, member_role_set
from tenants.models import AuditEntry, Invitation, Membership, User
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import PASSWORD, make_mall, make_shop, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("accounts")]

ASKED = "new@team.example"


@pytest.fixture
def shop():
    return make_shop(make_mall(plan="unlimited"), slug="maru", language="en")


@pytest.fixture
def desk(shop):
    return Desk(shop)


def path_of(mail: Any) -> str:
    found = re.search(r"/invitation/[-\w]+/", mail.body)
    assert found
    return found[0]


def ask(desk: Desk, mailoutbox: list[Any], role: str = "editor", email: str = ASKED) -> str:
    """Invite through the page; the path of the mail's link."""
    desk.post("people/invite/", email=email, role=role)
    return path_of(mailoutbox[-1])


def test_a_new_person_comes_in_by_the_mails_link(desk, shop, mailoutbox, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.SIGN_UP = "invited"
    path = ask(desk, mailoutbox)
    (mail,) = mailoutbox
    assert mail.to == [ASKED] and desk.user.email in mail.body and "Editor" in mail.body
    assert ASKED in desk.page("people/")
    client = Client()
    assert "Make an account" in client.get(path).content.decode()
    to_signup = client.post(path)["Location"]
    assert ASKED in client.get(to_signup).content.decode()
    given = {"email": ASKED, "password1": "a long and unusual one", "next": path}
    # The link came to this address: nobody has to confirm it once more.
    assert client.post("/signup/", given)["Location"] == path
    assert EmailAddress.objects.get(user__email=ASKED).verified
    assert client.post(path)["Location"] == "/admin/maru/"
    assert Membership.objects.get(user__email=ASKED).role == "editor"
    assert client.get("/admin/maru/").status_code == 200
    with shop_scope(shop):
        assert list(AuditEntry.objects.order_by("at").values_list("action", flat=True)) == [
            "invite",
            "join",
        ]


def test_an_invited_person_cannot_sign_up_as_somebody_else(desk, mailoutbox, settings):
    settings.SIGN_UP = "invited"
    client, path = Client(), ask(desk, mailoutbox)
    client.post(path)
    given = {"email": "other@team.example", "password1": "a long and unusual one"}
    told = client.post("/signup/", given).content.decode()
    assert "Use the address that the invitation was sent to." in told
    assert not User.objects.filter(email="other@team.example").exists()


def test_who_has_an_account_logs_in_and_accepts(desk, mailoutbox):
    user = make_user()
    path = ask(desk, mailoutbox, "viewer", user.email.upper())
    client = Client()
    login = client.post(path)["Location"]
    assert login.startswith("/login/?next=")
    given = {"login": user.email, "password": PASSWORD, "next": path}
    assert client.post("/login/", given)["Location"] == path
    client.post(path)
    assert Membership.objects.get(user=user).role == "viewer"


def test_another_person_is_told_whose_it_is(desk, mailoutbox):
    path, client = ask(desk, mailoutbox), Client()
    other = make_user()
    client.force_login(other)
    page = client.get(path).content.decode()
    assert f"The invitation is for {ASKED}, and you are logged in as {other.email}" in page
    client.post(path)
    assert not Membership.objects.filter(user=other).exists()
    assert Invitation.objects.get().is_live


def test_a_link_is_good_once(desk, mailoutbox):
    path = ask(desk, mailoutbox)
    user, client = make_user(email=ASKED), Client()
    client.force_login(user)
    client.post(path)
    Membership.objects.filter(user=user).delete()
    answer = client.post(path)
    assert answer.status_code == 410 and "It was accepted before." in answer.content.decode()
    assert not Membership.objects.filter(user=user).exists()


def test_a_link_ends_after_seven_days_and_is_sent_again(desk, mailoutbox):
    path = ask(desk, mailoutbox)
    left = Invitation.objects.get().expires_at - timezone.now()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)
    Invitation.objects.update(expires_at=timezone.now())
    assert Client().get(path).status_code == 410
    assert "run out" in desk.page("people/")
    desk.post(f"people/invitation/{Invitation.objects.get().pk}/again/")
    again = path_of(mailoutbox[-1])
    assert again != path
    assert (Client().get(path).status_code, Client().get(again).status_code) == (404, 200)


def test_a_withdrawn_link_is_worth_nothing(desk, mailoutbox):
    path = ask(desk, mailoutbox)
    desk.post(f"people/invitation/{Invitation.objects.get().pk}/withdraw/")
    answer = Client().get(path)
    assert answer.status_code == 410 and "It was taken back." in answer.content.decode()
    assert ASKED not in desk.page("people/").partition("<main")[2].partition("messagelist")[0]


def test_the_table_does_not_hold_the_token(desk, mailoutbox):
    token = ask(desk, mailoutbox).split("/")[2]
    kept = str(Invitation.objects.values().get())
    assert token not in kept and digest_of(token) in kept
    with shop_scope(desk.user.memberships.get().mall.shops.get()):
        assert token not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize(
    ("email", "words"),
    [(ASKED, "Send it again below"), ("owner@team.example", "in already"), ("no", "valid email")],
)
def test_what_cannot_be_sent_is_said(desk, shop, mailoutbox, email, words):
    make_user("owner", mall=shop.mall, email="owner@team.example")
    ask(desk, mailoutbox)
    told = desk.post("people/invite/", email=email, role="viewer")
    assert told.status_code == 200 and words in told.content.decode()
    assert Invitation.objects.count() == 1 and len(mailoutbox) == 1


def test_a_mail_server_that_is_away_is_said_and_the_mail_can_go_later(desk, settings, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = desk.post("people/invite/", follow=True, email=ASKED, role="viewer").content.decode()
    assert "The mail could not be sent" in page and "mail not sent" in page
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    desk.post(f"people/invitation/{Invitation.objects.get().pk}/again/")
    assert len(mailoutbox) == 1
    assert "mail not sent" not in desk.page("people/")


def test_invitations_are_not_a_way_to_send_mail_to_everybody(desk, mailoutbox):
    for number in range(31):
        last = desk.post("people/invite/", email=f"p{number}@team.example", role="viewer")
    assert "Too many mails" in last.content.decode()
    assert len(mailoutbox) == 30


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_people_are_the_owners(shop, role):
    desk = Desk(shop, role)
    assert desk.get("people/").status_code == 403
    assert desk.post("people/invite/", email=ASKED, role="owner").status_code == 403
    own = Membership.objects.get(user=desk.user)
    assert desk.post(f"people/{own.pk}/role/", role="owner").status_code == 403
    own.refresh_from_db()
    assert own.role == role and not Invitation.objects.exists()


def test_another_malls_people_are_not_there(desk, mailoutbox):
    foreign_shop = make_shop()
    foreign = make_user("viewer", mall=foreign_shop.mall).memberships.get()
    make_user("owner", mall=foreign_shop.mall)
    with shop_scope(foreign_shop):
        asked, _ = invite(shop=foreign_shop, email=ASKED, role="viewer", by=foreign.user)
    tried = [
        desk.post(f"people/{foreign.pk}/role/", role="owner"),
        desk.post(f"people/{foreign.pk}/remove/"),
        desk.post(f"people/invitation/{asked.pk}/again/"),
        desk.post(f"people/invitation/{asked.pk}/withdraw/"),
    ]
    assert {one.status_code for one in tried} == {404}
    foreign.refresh_from_db()
    assert foreign.role == "viewer" and Invitation.objects.live().count() == 1
    assert mailoutbox == []


def test_roles_change_and_people_leave_at_once(desk, shop):
    member = make_user("viewer", mall=shop.mall).memberships.get()
    client = Client()
    client.force_login(member.user)
    desk.post(f"people/{member.pk}/role/", role="editor")
    assert client.get("/admin/maru/catalog/product/add/").status_code == 200
    desk.post(f"people/{member.pk}/remove/")
    assert client.get("/admin/maru/").status_code == 404
    with shop_scope(shop):
        told = AuditEntry.objects.order_by("at")
        assert [(one.action, one.title) for one in told] == [
            ("role", member.user.email),
            ("leave", member.user.email),
        ]


def test_the_last_owner_stays(desk, shop):
    own = desk.user.memberships.get()
    for path, fields in (("role/", {"role": "viewer"}), ("remove/", {})):
        told = desk.post(f"people/{own.pk}/{path}", follow=True, **fields).content.decode()
        assert "A mall needs an owner." in told
    own.refresh_from_db()
    assert own.role == "owner"


def test_an_owner_may_leave_when_there_is_another(desk, shop):
    make_user("owner", mall=shop.mall)
    own = desk.user.memberships.get()
    assert desk.post(f"people/{own.pk}/remove/")["Location"] == "/desk/"
    assert not Membership.objects.filter(pk=own.pk).exists()


def test_two_owners_who_demote_each_other_at_once_leave_one(shop):
    owners = [make_user("owner", mall=shop.mall) for _ in range(2)]
    memberships = [one.memberships.get() for one in owners]
    start, refused = threading.Barrier(2), []

    def take_out(index: int) -> None:
        other = memberships[1 - index]
        start.wait()
        try:
            with shop_scope(shop):
                if index:
                    member_remove(membership=other, by=owners[index])
                else:
                    member_role_set(membership=other, role="viewer", by=owners[index])
        except LastOwner:
            refused.append(index)
        finally:
            connection.close()

    threads = [threading.Thread(target=take_out, args=(index,)) for index in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Membership.objects.filter(mall=shop.mall, role="owner").count() == 1


def test_two_clicks_accept_once(shop):
    owner = make_user("owner", mall=shop.mall)
    with shop_scope(shop):
        invitation, _ = invite(shop=shop, email=ASKED, role="viewer", by=owner)
    user = make_user(email=ASKED)
    start, ended = threading.Barrier(2), []

    def accept() -> None:
        start.wait()
        try:
            invitation_accept(invitation=invitation, user=user)
        except InvitationRefused as refused:
            ended.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=accept) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ended == ["ended"]
    assert Membership.objects.filter(user=user).count() == 1


def test_a_member_keeps_the_role_when_a_second_invitation_comes(shop):
    owner = make_user("owner", mall=shop.mall)
    with shop_scope(shop):
        invitation, _ = invite(shop=shop, email=ASKED, role="owner", by=owner)
    member = make_user("viewer", mall=shop.mall, email=ASKED)
    invitation_accept(invitation=invitation, user=member)
    assert member.memberships.get().role == "viewer"


def test_a_made_up_link_is_nobodys():
    make_mall()
    assert Client().get("/invitation/made-up/").status_code == 404
