"""The numbers by mail: every morning what the day before was, or every Monday the week.

1. `mails_send` visits the shops, each in a scope of its own, and claims what is due: `sent_for` is
   set before the mail goes out, so that a job that runs twice sends one.
2. The mail is written from the overview's own figures, and sent outside the scope.
3. A mail server that is away gives the claim back: the next hour tries again.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from anymail.exceptions import AnymailError
from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from analytics.insights.dates import OWN, Dates
from analytics.insights.figures import overview_figures, wanted_most
from analytics.insights.mail_choices import mail_token
from analytics.insights.reports import Asked
from analytics.models.insights import InsightMail
from tenants.mail import mail_send
from tenants.models import Shop, User
from tenants.scope import shop_scope

log = logging.getLogger(__name__)

Period = InsightMail.Period
WEEK = 7
NAMED = 3
"""Of what shoppers looked for."""


@dataclass(frozen=True)
class Letter:
    """A mail, written and claimed. `former` is given back where it cannot be sent."""

    choice: InsightMail
    former: date | None
    to: str
    subject: str
    context: dict[str, Any]


def mails_send(now: datetime) -> int:
    """Send what is due at this time; how many. Safe to run twice."""
    here = timezone.localtime(now)
    if here.hour < settings.INSIGHT_MAIL_HOUR:
        return 0
    open_shops = Shop.objects.filter(closed_at__isnull=True).order_by("pk")
    return sum(_sent(shop, here.date()) for shop in open_shops)


def _sent(shop: Shop, today: date) -> int:
    with shop_scope(shop):
        letters = [_letter(shop, one, today) for one in _due(today)]
    return sum(_send(shop, letter) for letter in letters if letter is not None)


def _due(today: date) -> list[InsightMail]:
    """A week is told on its Monday, or as soon after as the job runs."""
    yesterday = today - timedelta(days=1)
    sunday = today - timedelta(days=today.isoweekday())
    never = Q(sent_for=None)
    daily = Q(period=Period.DAILY) & (never | Q(sent_for__lt=yesterday))
    weekly = Q(period=Period.WEEKLY) & (never | Q(sent_for__lt=sunday))
    return list(InsightMail.objects.filter(daily | weekly).order_by("pk"))


def _letter(shop: Shop, choice: InsightMail, today: date) -> Letter | None:
    """Claim and write one; None for who is no member any more, or was quicker."""
    last = today - timedelta(days=1 if choice.period == Period.DAILY else today.isoweekday())
    reader = _reader(shop, choice)
    if reader is None:
        InsightMail.objects.filter(pk=choice.pk).delete()
        return None
    if choice.sent_for is None and _before_first(choice, last):
        return None
    held = InsightMail.objects.filter(pk=choice.pk, sent_for=choice.sent_for)
    if not held.update(sent_for=last):
        return None
    with override(choice.language):
        subject, context = _written(shop, choice, last)
    return Letter(choice, choice.sent_for, reader.email, subject, context)


def _reader(shop: Shop, choice: InsightMail) -> User | None:
    """Who chose it, while they are a member of the shop's mall."""
    if choice.user_id is None:
        return None
    members = User.objects.filter(is_active=True, memberships__mall_id=shop.mall_id)
    return members.filter(pk=choice.user_id).first()


def _before_first(choice: InsightMail, last: date) -> bool:
    """Who chose it today hears of today tomorrow, not of the days before."""
    return timezone.localdate(choice.created_at) > last


def _written(shop: Shop, choice: InsightMail, last: date) -> tuple[str, dict[str, Any]]:
    days = 1 if choice.period == Period.DAILY else WEEK
    asked = Asked(shop, Dates(last - timedelta(days=days - 1), last, OWN), choice.language)
    told = {
        "days": _days_said(asked.dates),
        "figures": overview_figures(asked),
        "wanted": wanted_most(asked, NAMED),
        "link": f"{settings.PUBLIC_URL}/admin/{shop.slug}/insights/{asked.dates.query()}",
        "stop": f"{settings.PUBLIC_URL}{stop_path(choice)}",
        "shop": shop.name,
    }
    subject = gettext("%(shop)s: %(days)s in numbers") % {"shop": shop.name, "days": told["days"]}
    return subject, told


def stop_path(choice: InsightMail) -> str:
    return reverse("insight-mail-stop", args=[mail_token(choice)], urlconf=settings.ROOT_URLCONF)


def _days_said(dates: Dates) -> str:
    first, last = (date_format(day, "MONTH_DAY_FORMAT") for day in (dates.start, dates.end))
    return last if dates.days == 1 else f"{first} – {last}"


def _send(shop: Shop, letter: Letter) -> int:
    choice = letter.choice
    try:
        mail_send(
            to=letter.to,
            subject=letter.subject,
            template="mail/insights",
            context=letter.context,
            language=choice.language,
            headers={
                "List-Unsubscribe": f"<{letter.context['stop']}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
    except (OSError, AnymailError):
        log.warning("shop %s: the mail of insights could not be sent", shop.pk, exc_info=True)
        with shop_scope(shop):
            InsightMail.objects.filter(pk=choice.pk).update(sent_for=letter.former)
        return 0
    return 1
