"""Verbs about invitations: ask somebody into a mall, ask again, take it back, come in."""

import hashlib
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from tenants.audit import audit_record
from tenants.mail import mail_send
from tenants.models import Mall, Membership, Shop, User
from tenants.models_accounts import LASTS, Invitation
from tenants.scope import shop_scope
from tenants.services import membership_set
from tenants.signals import inviting

TOKEN_BYTES = 32
# So many may be open at a time in a mall: more is no team but a mailing.
OPEN_INVITATIONS = 50


class InvitationRefused(ValueError):
    """`code` says why: member, invited, many, seats; or ended, other_person when it is used."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def invite(*, shop: Shop, email: str, role: str, by: User) -> tuple[Invitation, str]:
    """Ask `email` into the mall of `shop`; the invitation and the token of its link.

    Call it in the shop's scope; `invitation_mail` sends it after that. Raises
    InvitationRefused: already a member, already invited, too many open, no seat in the plan.
    """
    email = email.strip().lower()
    mall = shop.mall
    if Membership.objects.filter(mall=mall, user__email=email).exists():
        raise InvitationRefused("member")
    if Invitation.objects.open().filter(mall=mall).count() >= OPEN_INVITATIONS:
        raise InvitationRefused("many")
    # One at a time a mall, so that two do not take one seat.
    Mall.objects.select_for_update(no_key=True).get(pk=mall.pk)
    inviting.send(sender=Invitation, mall_id=mall.pk)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                mall=mall,
                shop=shop,
                email=email,
                role=Membership.Role(role),
                language=shop.language,
                digest=digest_of(token),
                by=by,
                by_email=by.email,
                expires_at=timezone.now() + LASTS,
            )
    except IntegrityError:
        raise InvitationRefused("invited") from None
    audit_record(actor=by, action="invite", target=invitation, changes={"role": role})
    return invitation, token


def invitation_renew(*, invitation: Invitation, by: User) -> str:
    """A new token for an open invitation, good for another week; the former link ends.

    Call it in the shop's scope. Raises InvitationRefused("ended").
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires_at = timezone.now() + LASTS
    open_one = Invitation.objects.open().filter(pk=invitation.pk)
    if not open_one.update(digest=digest_of(token), expires_at=expires_at, sent_at=None):
        raise InvitationRefused("ended")
    audit_record(actor=by, action="invite_again", target=invitation)
    return token


def invitation_mail(*, invitation: Invitation, token: str) -> None:
    """Send the link, outside of any transaction. Raises what the mail server raises."""
    with override(invitation.language):
        subject = gettext("%(mall)s invites you to LookUs") % {"mall": invitation.mall}
    mail_send(
        to=invitation.email,
        subject=subject,
        template="mail/invitation",
        context={
            "invitation": invitation,
            "url": f"{settings.PUBLIC_URL}/invitation/{token}/",
            "days": LASTS.days,
        },
        language=invitation.language,
    )
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())


def invitation_withdraw(*, invitation: Invitation, by: User) -> bool:
    """Take it back, in the shop's scope; False if it had ended before."""
    open_one = Invitation.objects.open().filter(pk=invitation.pk)
    if not open_one.update(withdrawn_at=timezone.now()):
        return False
    audit_record(actor=by, action="withdraw", target=invitation)
    return True


def invitation_accept(*, invitation: Invitation, user: User) -> Membership:
    """`user` comes in with the role of the invitation, which ends.

    Whoever is a member already keeps the role. Raises InvitationRefused: ended (used, withdrawn,
    run out), or another person's.
    """
    if user.email.lower() != invitation.email:
        raise InvitationRefused("other_person")
    with transaction.atomic():
        # One of two clicks wins: only an invitation that is still live is used up.
        live = Invitation.objects.live().filter(pk=invitation.pk)
        if not live.update(accepted_at=timezone.now()):
            raise InvitationRefused("ended")
        # The link came to this address, so it is this person's.
        EmailAddress.objects.filter(user=user, email=invitation.email).update(verified=True)
        membership = Membership.objects.filter(user=user, mall=invitation.mall).first()
        if membership is None:
            membership = membership_set(user=user, mall=invitation.mall, role=invitation.role)
    _tell_the_shop(invitation, user)
    return membership


def invitation_of(token: str) -> Invitation | None:
    """The invitation of a link, whatever became of it."""
    found = Invitation.objects.select_related("mall", "shop").filter(digest=digest_of(token))
    return found.first()


def is_invited(email: str) -> bool:
    return Invitation.objects.live().filter(email=email.lower()).exists()


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _tell_the_shop(invitation: Invitation, user: User) -> None:
    shop: Any = invitation.shop
    if shop is None:
        return
    with shop_scope(shop):
        audit_record(
            actor=user, action="join", target=invitation, changes={"role": invitation.role}
        )
