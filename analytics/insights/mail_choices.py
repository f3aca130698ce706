"""Who gets the numbers by mail: chosen by each person for each shop, ended from any mail."""

from django.core import signing

from analytics.models.insights import InsightMail
from tenants.models import Shop, User
from tenants.scope import shop_scope

SALT = "analytics.insight-mail"
"""Of the links that end the mails: a token of anything else opens nothing here."""


class NoSuchMail(LookupError):
    """The link is not one of ours, or its mails have ended already."""


def mail_choice(*, user: User) -> InsightMail | None:
    """What a person chose, in the shop's scope."""
    return InsightMail.objects.filter(user=user).first()


def mail_choose(*, user: User, period: str, language: str) -> InsightMail:
    """Mails from the next day or Monday on; in the shop's scope. Another period keeps what was
    sent, so that no day is told twice."""
    chosen = {"period": InsightMail.Period(period), "language": Shop.Language(language)}
    choice, _new = InsightMail.objects.update_or_create(user=user, defaults=chosen)
    return choice


def mail_stop(*, user: User) -> None:
    """In the shop's scope; harmless where there is none."""
    InsightMail.objects.filter(user=user).delete()


def mail_token(choice: InsightMail) -> str:
    """Of the link that ends this choice's mails, without a login."""
    return signing.dumps([choice.shop_id, choice.pk], salt=SALT)


def mail_of_token(token: str) -> tuple[Shop, InsightMail]:
    """Raises NoSuchMail."""
    try:
        shop_id, pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise NoSuchMail from None
    shop = Shop.objects.filter(pk=shop_id).first()
    if shop is None:
        raise NoSuchMail
    with shop_scope(shop):
        choice = InsightMail.objects.filter(pk=pk).first()
    if choice is None:
        raise NoSuchMail
    return shop, choice


def mail_stop_by(token: str) -> Shop:
    """End the mails that the token belongs to. Raises NoSuchMail."""
    shop, choice = mail_of_token(token)
    with shop_scope(shop):
        InsightMail.objects.filter(pk=choice.pk).delete()
    return shop
