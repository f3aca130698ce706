"""Addresses that somebody else vouches for: nobody is asked to confirm them by mail."""

from allauth.account.models import EmailAddress
from django.db import transaction

from tenants.models import User


@transaction.atomic
def address_vouch(*, user: User) -> None:
    """`user.email` is the person's one address from now on, and confirmed."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
