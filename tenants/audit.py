"""The audit trail of a shop: who did what to which object."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from tenants.callers import current_caller
from tenants.models import AuditEntry, User

TITLE_LENGTH = 200


def audit_record(
    *, actor: User | None, action: str, target: models.Model, changes: dict[str, Any] | None = None
) -> AuditEntry:
    """Write one entry about `target`, in the shop's scope and its transaction.

    Where from, and whether as a guest, is the request's that is being answered. Without an actor
    the request's API key did it, or LookUs itself.
    """
    entry = _entry(actor, action, target, changes or {})
    entry.save(force_insert=True)
    return entry


def audit_record_many(
    *, actor: User | None, entries: Iterable[tuple[str, models.Model, dict[str, Any]]]
) -> None:
    """Write entries (action, target, changes) in few statements, in the shop's scope."""
    AuditEntry.objects.bulk_create((_entry(actor, *one) for one in entries), batch_size=1000)


def _entry(
    actor: User | None, action: str, target: models.Model, changes: dict[str, Any]
) -> AuditEntry:
    caller = current_caller()
    by_key = f"API {caller.key}…" if caller.key else ""
    return AuditEntry(
        actor=actor,
        actor_email=actor.email if actor else by_key,
        address=caller.address,
        as_guest=caller.guest,
        action=action,
        object_type=target._meta.label_lower,
        object_id=str(target.pk),
        title=str(target)[:TITLE_LENGTH],
        changes=changes,
    )


def audit_of(target: models.Model) -> models.QuerySet[AuditEntry]:
    """What was done to `target`, newest first."""
    return AuditEntry.objects.filter(
        object_type=target._meta.label_lower, object_id=str(target.pk)
    ).order_by("-at", "-id")
