"""Verbs about a mall's people. A mall always has an owner."""

from django.db import transaction

from tenants.audit import audit_record
from tenants.models import Mall, Membership, User


class LastOwner(ValueError):
    """The mall would be nobody's."""


@transaction.atomic
def member_role_set(*, membership: Membership, role: str, by: User) -> bool:
    """Give a member another role, in a shop's scope; False where it is the role already.

    Raises LastOwner.
    """
    member = _locked(membership)
    if member is None or member.role == Membership.Role(role):
        return False
    _keep_an_owner(member)
    former, member.role = member.role, Membership.Role(role)
    member.save(update_fields=["role"])
    audit_record(actor=by, action="role", target=member.user, changes={"role": [former, role]})
    return True


@transaction.atomic
def member_remove(*, membership: Membership, by: User) -> bool:
    """Take a person out of the mall, in a shop's scope; False if they are out. Raises LastOwner."""
    member = _locked(membership)
    if member is None:
        return False
    _keep_an_owner(member)
    member.delete()
    audit_record(actor=by, action="leave", target=member.user, changes={"role": member.role})
    return True


def _locked(membership: Membership) -> Membership | None:
    """The row as it is now. One change at a time in a mall, so that two owners who demote each
    other at once do not leave it without one."""
    Mall.objects.select_for_update(no_key=True).get(pk=membership.mall_id)
    found = Membership.objects.select_related("user").filter(pk=membership.pk)
    return found.first()


def _keep_an_owner(member: Membership) -> None:
    owner = Membership.Role.OWNER
    others = Membership.objects.filter(mall=member.mall_id, role=owner).exclude(pk=member.pk)
    if member.role == owner and not others.filter(user__is_active=True).exists():
        raise LastOwner("a mall needs an owner")
