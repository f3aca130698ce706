"""The numbers by mail: to whom, once, with a link that ends them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from analytics.insights.mail_choices import mail_choose, mail_token
from analytics.insights.mailing import mails_send
from analytics.models import DaySum, InsightMail
from tenants.models import Membership, Shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import make_shop, make_user

pytestmark = pytest.mark.django_db(transaction=True)

MONDAY = datetime(2026, 3, 16, 3, tzinfo=UTC)
"""Noon in Seoul."""


@pytest.fixture
def shop(settings: Any) -> Shop:
    settings.TIME_ZONE = "Asia/Seoul"
    settings.INSIGHT_MAIL_HOUR = 8
    shop = make_shop(slug="maru", name="Maru", currency="KRW")
    with shop_scope(shop):
        for day, count in ((date(2026, 3, 15), 42), (date(2026, 3, 9), 8), (date(2026, 3, 8), 100)):
            DaySum.objects.create(day=day, dimension="all", searches=count)
        DaySum.objects.create(
            day=date(2026, 3, 15), dimension="category", value="dress", searches=30
        )
    return shop


def chosen(shop: Shop, period: str, language: str = "en", role: str = "viewer") -> InsightMail:
    user = make_user(role, mall=shop.mall)
    with shop_scope(shop):
        choice = mail_choose(user=user, period=period, language=language)
        InsightMail.objects.filter(pk=choice.pk).update(created_at=MONDAY - timedelta(days=30))
    return choice


def test_the_day_before_in_the_readers_language_and_once(shop: Shop) -> None:
    chosen(shop, "daily", "ko")
    assert mails_send(MONDAY) == 1
    assert mails_send(MONDAY + timedelta(hours=3)) == 0
    [sent] = mail.outbox
    assert "3월 15일" in sent.subject
    assert "검색: 42" in sent.body
    assert "원피스 30" in sent.body
    assert "/admin/maru/insights/?range=own&from=2026-03-15&to=2026-03-15" in sent.body
    assert mails_send(MONDAY + timedelta(days=1)) == 1


def test_the_week_before_on_mondays(shop: Shop) -> None:
    chosen(shop, "weekly")
    assert mails_send(MONDAY - timedelta(days=1)) == 1
    mail.outbox.clear()
    assert mails_send(MONDAY) == 1
    assert "searches: 50 (" in mail.outbox[0].body
    assert "before 100" in mail.outbox[0].body
    for later in range(1, 7):
        assert mails_send(MONDAY + timedelta(days=later)) == 0


def test_nobody_is_told_of_days_before_the_choice_or_too_early(shop: Shop) -> None:
    choice = chosen(shop, "daily")
    with shop_scope(shop):
        InsightMail.objects.filter(pk=choice.pk).update(created_at=MONDAY)
    assert mails_send(MONDAY) == 0
    assert mails_send(MONDAY + timedelta(hours=16)) == 0
    assert mails_send(MONDAY + timedelta(hours=21)) == 1


def test_who_left_the_mall_gets_none(shop: Shop) -> None:
    chosen(shop, "daily")
    Membership.objects.filter(mall=shop.mall).delete()
    assert mails_send(MONDAY) == 0
    with shop_scope(shop):
        assert not InsightMail.objects.exists()


def test_a_mail_server_that_is_away_is_asked_again(shop: Shop, settings: Any) -> None:
    chosen(shop, "daily")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert mails_send(MONDAY) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mails_send(MONDAY + timedelta(minutes=15)) == 1


def test_the_link_of_a_mail_ends_them_without_a_login(shop: Shop) -> None:
    choice = chosen(shop, "daily")
    mails_send(MONDAY)
    headers = mail.outbox[0].extra_headers
    address = headers["List-Unsubscribe"].strip("<>")
    path = address[address.index("/mails/stop/") :]
    assert address in mail.outbox[0].body
    client = Client(enforce_csrf_checks=True)
    assert "Maru" in client.get(path).content.decode()
    with shop_scope(shop):
        assert InsightMail.objects.filter(pk=choice.pk).exists()
    # As a mail program's button does it (RFC 8058).
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    with shop_scope(shop):
        assert not InsightMail.objects.exists()
    assert client.post(path).status_code == 404


def test_another_token_ends_nothing(shop: Shop) -> None:
    choice = chosen(shop, "daily")
    token = mail_token(choice)
    for made_up in ("x", token[:-2], token.replace(":", ".", 1)):
        assert Client().post(f"/mails/stop/{made_up}/").status_code == 404
    with shop_scope(shop):
        assert InsightMail.objects.filter(pk=choice.pk).exists()


def test_each_person_chooses_for_oneself(shop: Shop) -> None:
    chosen(shop, "weekly")
    viewer = Desk(shop, "viewer")
    assert viewer.post("insights/mail/", period="daily", language="ko").status_code == 302
    assert 'value="daily" checked' in viewer.page("insights/mail/")
    with shop_scope(shop):
        assert InsightMail.objects.get(user=viewer.user).language == "ko"
    viewer.post("insights/mail/", period="hourly", language="ko")
    viewer.post("insights/mail/", period="daily", language="fr")
    with shop_scope(shop):
        assert InsightMail.objects.get(user=viewer.user).period == "daily"
    viewer.post("insights/mail/", period="", language="ko")
    with shop_scope(shop):
        assert not InsightMail.objects.filter(user=viewer.user).exists()
        assert InsightMail.objects.count() == 1
