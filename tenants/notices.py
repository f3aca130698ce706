"""What LookUs tells a shop's owners by mail, each in one place: who, the subject, the page."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext, gettext_noop, override

from tenants.mail import mail_send
from tenants.models import Membership, Shop, User

ENDPOINT_OFF = gettext_noop("%(shop)s: a webhook was switched off")
QUOTA = gettext_noop("%(shop)s: %(percent)s%% of this month's quota is used")
TRIAL_ENDS = gettext_noop("%(shop)s: your trial ends on %(day)s")
IMPORT_ASKS = gettext_noop("%(shop)s: an import waits for your answer")
FEED_FAILS = gettext_noop("%(shop)s: a feed could not be fetched")
GUEST = gettext_noop("%(shop)s: LookUs staff came in by emergency access")
CLOSED = gettext_noop("%(shop)s is closed and will be deleted")
REOPENED = gettext_noop("%(shop)s is open again")
EXPORT_READY = gettext_noop("%(shop)s: your export is ready")


def owners_tell(*, shop: Shop, subject: str, template: str, page: str = "", **context: Any) -> None:
    """One mail to each owner, in the shop's language; `page` is an address in the shop's admin.

    In a transaction it goes out after the commit, and a mail server that is away is only logged.
    """
    link = f"{settings.PUBLIC_URL}/admin/{shop.slug}/{page}"
    told = {"shop": shop.name, "link": link, **context}
    with override(shop.language):
        line = gettext(subject) % told
    for email in owners_of(shop.mall_id):
        mail_send(
            to=email,
            subject=line,
            template=f"mail/{template}",
            context=told,
            language=shop.language,
        )


def first_shop_of(mall_id: int) -> Shop | None:
    """The open shop in whose language, and on whose pages, all of its mall is told."""
    return Shop.objects.open().filter(mall_id=mall_id).order_by("pk").first()


def owners_of(mall_id: int) -> list[str]:
    """The e-mail addresses of those who own the mall."""
    owners = User.objects.filter(
        is_active=True,
        memberships__mall_id=mall_id,
        memberships__role=Membership.Role.OWNER,
    )
    return list(owners.order_by("pk").values_list("email", flat=True))
