"""A victim's shop with a row in every table, another shop, and the ids that are asked for."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from analytics.models import Event, SearchDetail
from billing.invoicing import invoice_for_period
from billing.models import Subscription
from billing.models_invoices import Invoice
from billing.services import subscription_set, usage_record
from catalog import seeing
from catalog.models import Photo, Posting, Product
from recommender.models import KeptPhoto, Look, QueryMemory
from tenants.models import ApiKey, Invitation, Mall, Membership, Shop, ShopExport, User
from tenants.scope import shop_scope
from tenants.services import key_revoke
from tests.factories import (
    jpeg,
    make_garment,
    make_key,
    make_mall,
    make_photo,
    make_product,
    make_shop,
    make_user,
    photo_kept,
)
from tests.tenants.rows import fill, tenant_models

SECRET = "victimsword"
SKU = f"SKU-{SECRET}"
# Pages of a mall's people name rows that no model's pages do.
PEOPLE = {"people.<int:pk>": "tenants.membership", "people.invitation": "tenants.invitation"}
OPERATOR = "operator/"
# Operators' pages about a mall, by the words of their address.
OF_OPERATORS = {
    "money.malls": "tenants.mall",
    "numbers.malls": "tenants.mall",
    "money.invoices": "billing.invoice",
    "tenants.closedshop": "tenants.shop",
}


class Scene:
    """Made once for a module: its rows are real ones, committed."""

    def __init__(self) -> None:
        self.victim = self._shop("victim", hosted_storefront=False)
        fill(self.victim, secret=SECRET)
        subscription_set(mall=self.victim.mall, plan="starter")
        self.invoice = self._invoice()
        self._searchable()
        self._downloads()
        self.own = self._shop("stranger")
        fill(self.own)
        # Searchable too, so that a search is refused for what it asks and not for want of products.
        self.own_product = make_product(self.own, sku="own", title="Own")
        make_garment(make_photo(self.own_product, state="done", revision=seeing.revision()))
        self.owner, self.editor, self.viewer = (
            make_user(role, mall=self.victim.mall) for role in ("owner", "editor", "viewer")
        )
        self.stranger = make_user("owner", mall=self.own.mall)
        self.tokens = self._tokens()
        self.invitation = self._invitation()
        self.ids = {model._meta.label_lower: pk for model, pk in self._ids()}
        self.said = self._said()

    def _shop(self, slug: str, **fields: Any) -> Shop:
        mall: Mall = make_mall(f"{slug}-mall")
        return make_shop(mall, slug=slug, name=f"Shop {slug}", **fields)

    def _invoice(self) -> Invoice:
        start = timezone.now()
        end = start + timedelta(days=30)
        issued = invoice_for_period(mall=self.victim.mall, start=start, end=end)
        assert issued is not None
        return issued

    def _tokens(self) -> dict[str, str]:
        """Keys of the victim, and with a stroke those of the other shop and mall."""
        tokens = {}
        for end, shop, name in (("", self.victim, SECRET), ("'", self.own, "own")):
            tokens["mk" + end] = make_key("mk", mall=shop.mall, name=name)[1]
            for kind in ("pk", "sk"):
                tokens[kind + end] = make_key(kind, shop=shop, name=name)[1]
        revoked, tokens["revoked"] = make_key("sk", shop=self.victim)
        key_revoke(key=revoked)
        return tokens

    def _searchable(self) -> None:
        """The product that everybody asks for can be searched by, and a look has a photo."""
        with shop_scope(self.victim):
            usage_record(shop=self.victim, kind="photo", reference="kept")
            product = Product.objects.get(sku=SKU)
        # A rule hides that one from searches; this one is found.
        found = make_product(self.victim, sku=f"{SKU}-found", title=f"Title {SECRET}")
        for one in (product, found):
            make_garment(make_photo(one, state="done", revision=seeing.revision()))
        with shop_scope(self.victim):
            Posting.objects.create(product=found, term=SECRET, frequency=1.0, length=1.0)
        photo = photo_kept(self.victim.pk, jpeg(seed=99), folder="looks")
        with shop_scope(self.victim):
            Look.objects.update(
                photo=photo["file"], **{name: photo[name] for name in ("width", "height", "digest")}
            )

    def _downloads(self) -> None:
        """What only the shop's own people may fetch is there to be fetched."""
        kept = default_storage.save(f"shops/{self.victim.pk}/exports/1.zip", ContentFile(b"PK"))
        with shop_scope(self.victim):
            later = timezone.now() + timedelta(days=7)
            ShopExport.objects.update(state="done", file=kept, expires_at=later)
            photo = KeptPhoto.objects.get()
            default_storage.save(photo.file, ContentFile(jpeg()))

    def _invitation(self) -> Invitation:
        return Invitation.objects.create(
            mall=self.victim.mall,
            shop=self.victim,
            email=f"{SECRET}@example.com",
            role="viewer",
            language="en",
            digest="0" * 64,
            by_email="owner@example.com",
            expires_at=timezone.now() + timedelta(days=7),
        )

    def _ids(self) -> Iterator[tuple[Any, int]]:
        with shop_scope(self.victim):
            for model in tenant_models():
                yield model, model.objects.order_by("pk").values_list("pk", flat=True)[0]
        yield ApiKey, ApiKey.objects.get(shop=self.victim, kind="sk", revoked_at=None).pk
        yield Shop, self.victim.pk
        yield Mall, self.victim.mall_id
        yield User, self.viewer.pk
        yield Membership, Membership.objects.get(user=self.viewer).pk
        yield Invitation, self.invitation.pk
        yield Invoice, self.invoice.pk
        yield Subscription, self.victim.mall.subscription.pk

    def _said(self) -> dict[str, str]:
        with shop_scope(self.victim):
            photo = Photo.objects.exclude(file="").order_by("pk")[0]
            return {
                "photo": str(photo.file.name),
                "photo_url": photo.file.url,
                "look": str(Look.objects.get().photo.name),
                "look_url": Look.objects.get().photo.url,
                "kept": str(KeptPhoto.objects.get().image_id),
                "image": str(QueryMemory.objects.get().image_id),
                "detail": str(SearchDetail.objects.get().search_id),
                "search": str(Event.objects.get().search_id),
            }

    def values(self, route: str) -> dict[str, Any]:
        """The victim's own ids for the parameters of a route."""
        words = route.removeprefix(OPERATOR).split("/")
        model = ".".join(words[:2])
        pk = self.ids.get((PEOPLE | OF_OPERATORS).get(model, model), 1)
        photo = self.said["look" if "looks" in route else "photo"]
        return {
            **dict.fromkeys(("object_id", "pk", "id"), pk),
            "content_type_id": 1,
            "url": "no-such-page/",
            "shop_slug": "victim",
            "look_slug": "look",
            "mall_slug": "victim-mall",
            "style_id": "casual",
            "slug": "look" if "looks" in route else "victim",
            "sku": SKU,
            "path": photo.removeprefix(f"shops/{self.victim.pk}/") if "small" in route else photo,
            "width": 480,
            "app_label": "tenants",
            "kind": "category",
            "value": "dress",
            "key": "made-up",
            "uidb36": "1",
            "token": "made-up",
            "image_id": self.said["image" if route.startswith("api/") else "kept"],
            "name": "manual" if "billing" in route else "none-00000000.js",
            "plan": "growth",
            "period": "month",
            "number": self.invoice.number,
            "search_id": self.said["detail"],
            "category": "dress",
            "report": "overview",
            "verb": "pay",
            "photo_id": self.ids["catalog.photo"],
            "import_id": self.ids["catalog.importrun"],
            "webhook_id": self.ids["tenants.webhookendpoint"],
            "delivery_id": self.ids["tenants.webhookdelivery"],
        }

    def kept(self) -> dict[str, Any]:
        """Everything of the victim, to be compared after the strangers were there."""
        mall = self.victim.mall
        rows: dict[str, Any] = {
            "keys": list(ApiKey.objects.filter(shop=self.victim).values()),
            "shop": list(Shop.objects.filter(pk=self.victim.pk).values()),
            "mall": list(Mall.objects.filter(pk=mall.pk).values()),
            "invitations": list(Invitation.objects.filter(mall=mall).values()),
            "members": list(Membership.objects.filter(mall=mall).values()),
            "usage": list(mall.usage.values()),
            "subscription": list(Subscription.objects.filter(mall=mall).values()),
            "invoices": list(mall.invoices.values()),
            "credits": list(mall.credits.values()),
        }
        with shop_scope(self.victim):
            for model in tenant_models():
                columns = [field.attname for field in model._meta.concrete_fields]
                if "embedding" in columns:
                    columns.remove("embedding")
                rows[model._meta.label] = list(model.objects.order_by("pk").values(*columns))
        return rows
