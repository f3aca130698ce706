"""Invitations into a mall."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from tenants.base import UserReference

LASTS = timedelta(days=7)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn; its mail may have run out."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def live(self) -> "InvitationQuerySet":
        return self.open().filter(expires_at__gt=timezone.now())


class Invitation(models.Model):
    """Somebody is asked into a mall by mail. The link's token is kept as its SHA-256 only.

    It belongs to the mall; `shop` is the one whose owner asked, whose history tells of it.
    """

    mall = models.ForeignKey("tenants.Mall", on_delete=models.CASCADE, related_name="invitations")
    shop = models.ForeignKey("tenants.Shop", on_delete=models.SET_NULL, null=True, related_name="+")
    email = models.EmailField()
    role = models.CharField(max_length=6)
    language = models.CharField(max_length=2)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    by = UserReference()
    by_email = models.CharField(max_length=254)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, help_text="When its last mail went out.")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "email"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="invitation_one_open_an_address",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["owner", "editor", "viewer"]),
                name="invitation_role_known",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(withdrawn_at=None),
                name="invitation_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None

    @property
    def is_live(self) -> bool:
        return self.is_open and self.expires_at > timezone.now()
