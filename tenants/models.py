"""Who: users, malls, shops, memberships and keys; the outbox and the audit trail."""

import hashlib
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone

from tenants.base import TenantModel, UserReference
from tenants.tokens import token_new


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        # Whoever makes an account for somebody vouches for the address.
        user.emailaddress_set.create(  # type: ignore[attr-defined]  # allauth's, untyped
            email=user.email, verified=True, primary=True
        )
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person, known by the e-mail address."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]


class Mall(models.Model):
    """The account that a mall owner pays with. It has one or more shops."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.name


class ShopQuerySet(models.QuerySet["Shop"]):
    def open(self) -> "ShopQuerySet":
        """Not those that are about to be deleted: they answer nothing."""
        return self.filter(closed_at=None)


class Shop(models.Model):
    """The tenant: the unit of isolation. Every row of a catalogue belongs to one shop."""

    class Language(models.TextChoices):
        ENGLISH = "en", "English"
        KOREAN = "ko", "한국어"

    mall = models.ForeignKey(Mall, on_delete=models.CASCADE, related_name="shops")
    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    tagline = models.CharField(max_length=200, blank=True)
    translations = models.JSONField(
        default=dict, blank=True, help_text='As {"ko": {"tagline": "…"}}.'
    )
    site = models.URLField(blank=True, help_text="Where the shop's own storefront stands.")
    currency = models.CharField(max_length=3, default="KRW")
    language = models.CharField(max_length=2, choices=Language, default=Language.KOREAN)
    allowed_origins = models.JSONField(
        default=list,
        blank=True,
        help_text='Origins that may use the publishable key, as ["https://shop.example"].',
    )
    test_mode = models.BooleanField(
        default=True, help_text="While on, pages on localhost may use the publishable key."
    )
    hosted_storefront = models.BooleanField(
        default=False, help_text="Show the catalogue on a page of LookUs: for trials and demos."
    )
    discoverable = models.BooleanField(
        default=False, help_text="Let shoppers of the mall discover this shop by its style."
    )
    personalised = models.BooleanField(
        default=False, help_text="Let a visitor's own clicks of the session move the order."
    )
    photo_days = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(365)],
        help_text="Days that a shopper's photo is kept with the shopper's consent; 0: never.",
    )
    snippet_seen_at = models.DateTimeField(null=True, editable=False)
    start_closed_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.CharField(max_length=254, blank=True, editable=False)
    erase_at = models.DateTimeField(
        null=True, editable=False, help_text="Until then a closed shop can be brought back."
    )
    erasing = models.BooleanField(default=False, editable=False)
    guests_until = models.DateTimeField(
        null=True, editable=False, help_text="The last time that a guest of LookUs may be there."
    )

    objects = ShopQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None, erase_at=None, erasing=False)
                | models.Q(closed_at__isnull=False, erase_at__isnull=False),
                name="shop_closed_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def text(self, field: str, language: str) -> str:
        """`name` or `tagline` in the language, in the shop's own where there is none."""
        return self.translations.get(language, {}).get(field) or getattr(self, field)


class Membership(models.Model):
    """What a user may do in a mall: an owner everything, an editor the catalogue, a viewer look."""

    class Role(models.TextChoices):
        OWNER = "owner", "Owner"
        EDITOR = "editor", "Editor"
        VIEWER = "viewer", "Viewer"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    mall = models.ForeignKey(Mall, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=6, choices=Role, default=Role.VIEWER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "mall"], name="membership_once_a_mall"),
            models.CheckConstraint(
                condition=models.Q(role__in=["owner", "editor", "viewer"]),
                name="membership_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.mall} · {self.role}"


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def live(self) -> "ApiKeyQuerySet":
        now = timezone.now()
        return self.filter(revoked_at=None).exclude(expires_at__lte=now)


class ApiKey(models.Model):
    """A key of the API: its SHA-256, never the key. Looked up before a scope exists.

    A publishable key stands in every page of its shop anyway, so it is kept readable in `token`:
    the snippet can be shown again.
    """

    class Kind(models.TextChoices):
        PUBLISHABLE = "pk", "Publishable: search from the shop's own pages"
        SECRET = "sk", "Secret: the catalogue and everything of one shop"
        MALL = "mk", "Secret of a mall: discovery across its shops"

    kind = models.CharField(max_length=2, choices=Kind)
    mall = models.ForeignKey(Mall, on_delete=models.CASCADE, related_name="keys")
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, null=True, related_name="keys")
    name = models.CharField(max_length=80, blank=True)
    hint = models.CharField(max_length=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    token = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="mk", shop=None)
                | models.Q(kind__in=["pk", "sk"], shop__isnull=False),
                name="apikey_shop_unless_mall",
            ),
            models.CheckConstraint(
                condition=models.Q(token="") | models.Q(kind="pk"),
                name="apikey_secret_is_not_kept",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hint}…"

    @property
    def is_live(self) -> bool:
        """As `live()` asks the database."""
        ended = self.expires_at is not None and self.expires_at <= timezone.now()
        return self.revoked_at is None and not ended

    @staticmethod
    def new_token(kind: str) -> str:
        return token_new(kind)

    @staticmethod
    def digest_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()


class Outbox(models.Model):
    """Work that waits: ids and a lease only, so that the sweeper sees every shop's.

    Written in the same transaction as the change it announces, published after the commit,
    deleted in the transaction that finishes the work.
    """

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+", db_index=False)
    topic = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    trace = models.CharField(
        max_length=55, blank=True, db_default="", help_text="W3C traceparent of what announced it."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "topic", "object_id"], name="outbox_once_an_object"
            ),
        ]
        indexes = [models.Index(fields=["published_at", "id"], name="outbox_waiting")]

    def __str__(self) -> str:
        return f"{self.topic} {self.object_id}"


class AuditEntry(TenantModel):
    """Who did what, when and from where. The application's database role may add, not change."""

    actor = UserReference()
    actor_email = models.CharField(max_length=254, blank=True)
    action = models.CharField(max_length=40)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    changes = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True, help_text="Where the request came from.")
    as_guest = models.BooleanField(default=False, help_text="Of LookUs' staff, helping.")
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["shop", "-at"], name="audit_newest"),
            models.Index(fields=["shop", "object_type", "object_id", "-at"], name="audit_of"),
        ]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.action} {self.title}"


# Models of this app too, each with what belongs to it.
from tenants.models_accounts import Invitation  # noqa: E402, F401
from tenants.models_idempotency import StoredReply  # noqa: E402, F401
from tenants.models_leaving import (  # noqa: E402, F401
    ClosedShop,
    GuestGrant,
    GuestVisit,
    ShopExport,
)
from tenants.models_signs import Sign  # noqa: E402, F401
from tenants.models_webhooks import (  # noqa: E402, F401
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
)
