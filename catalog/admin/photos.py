"""Photos and what became of them: those that failed are shown with the reason and tried again."""

from typing import Any

from django.contrib import admin, messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from catalog.admin.framed import NO_PHOTO, REASONS, STATES, why
from catalog.admin.pages import CappedPaginator
from catalog.models import Photo, Product
from catalog.services.photos import PhotoSource, photo_add, photo_store, photos_retry
from tenants.admin_model import ShopModelAdmin, column
from tenants.admin_scope import opens_own_scope
from tenants.admin_site import EDITORS, NavItem, shop_admin
from tenants.audit import audit_record
from tenants.scope import current_shop_id, shop_scope
from vision.decode import DEFAULT_LIMITS
from vision.errors import ImageRejected

# So long a large shop's products without a photo are not counted anew.
WITHOUT_SECONDS = 300


_WITHOUT = """
    SELECT (SELECT count(*) FROM catalog_product WHERE shop_id = %(shop)s)
        - (SELECT count(DISTINCT product_id) FROM catalog_photo WHERE shop_id = %(shop)s)
        - (SELECT count(*) FROM catalog_product AS gone
            WHERE gone.shop_id = %(shop)s AND gone.gone_at IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM catalog_photo AS photo
                WHERE photo.shop_id = %(shop)s AND photo.product_id = gone.id
            ))
"""


def without_photo() -> int:
    """Products of the shop in scope that have no photo and are not gone.

    All less those with a photo, each counted along an index, and less the few that are gone: asking
    every product for its photos takes three times as long.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT, {"shop": current_shop_id()})
        return int(cursor.fetchone()[0])


class StateFilter(admin.SimpleListFilter):
    title, parameter_name = _("state"), "state"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(state), name) for state, (name, _tone) in STATES.items()]

    def queryset(self, request: Any, queryset: models.QuerySet[Photo]) -> models.QuerySet[Photo]:
        return queryset.filter(state=self.value()) if self.value() else queryset


@admin.register(Photo, site=shop_admin)
class PhotoAdmin(ShopModelAdmin):
    page_title = _("Photos")
    list_display = (
        *("thumbnail", "of_product", "state_shown", "why", "again"),
        *(column("attempts", _("Attempts")), column("tagged_at", _("Tagged at"))),
    )
    list_display_links = None
    list_select_related = ("product",)
    list_filter = (StateFilter,)
    search_fields = ("product__title", "product__sku", "source_url")
    ordering = ("-id",)
    paginator = CappedPaginator
    # As many as the catalogue: of a large shop the rows are most of the page's time.
    list_per_page = 48
    show_facets = admin.ShowFacets.NEVER
    actions = ("try_again",)

    def get_list_display(self, request: HttpRequest) -> Any:
        shown = super().get_list_display(request)
        return shown if self.may_write(request) else [one for one in shown if one != "again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        retry = self.admin_site.admin_view(require_POST(self.retry_view))
        return [path("retry/", retry, name="catalog_photo_retry"), *super().get_urls()]

    def change_view(
        self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A photo has no page of its own: it stands on its product's."""
        photo = self.get_object(request, object_id)
        if photo is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return HttpResponseRedirect(
            reverse("admin:catalog_product_change", args=[photo.product_id])
        )

    def changelist_view(self, request: Any, extra_context: Any = None) -> HttpResponse:
        name = f"desk-without:{request.shop.pk}"
        context = {
            "failed": reasons_failed(),
            "without": cache.get_or_set(name, without_photo, WITHOUT_SECONDS),
            "may_retry": self.may_write(request),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def retry_view(self, request: Any) -> HttpResponse:
        """Try failed photos again: one, those that failed for one reason, or every one."""
        if not self.may_write(request):
            raise PermissionDenied
        photos = Photo.objects.filter(state=Photo.State.FAILED)
        if one := request.POST.get("photo"):
            photos = photos.filter(pk=int(one) if one.isdecimal() else 0)
        elif "reason" in request.POST:
            photos = photos.filter(reason=request.POST["reason"])
        self._retry(request, photos)
        return HttpResponseRedirect(reverse("admin:catalog_photo_changelist"))

    @admin.action(description=_("Try again"), permissions=["change"])
    def try_again(self, request: Any, queryset: models.QuerySet[Photo]) -> None:
        self._retry(request, queryset)

    def _retry(self, request: Any, photos: models.QuerySet[Photo]) -> None:
        messages.success(request, tried_again(photos_retry(photos=photos)))

    @admin.display(description="")
    def thumbnail(self, photo: Photo) -> str:
        if not photo.file:
            return NO_PHOTO
        return format_html('<img class="thumb" src="{}" alt="" loading="lazy">', photo.file.url)

    @admin.display(description=_("Product"), ordering="product__title")
    def of_product(self, photo: Photo) -> str:
        url = reverse("admin:catalog_product_change", args=[photo.product_id])
        return format_html('<a href="{}">{}</a>', url, photo.product)

    @admin.display(description=_("State"), ordering="state")
    def state_shown(self, photo: Photo) -> str:
        name, tone = STATES[Photo.State(photo.state)]
        return format_html('<span class="chip {}">{}</span>', tone, name)

    @admin.display(description=_("Why"))
    def why(self, photo: Photo) -> str:
        return why(photo)

    @admin.display(description="")
    def again(self, photo: Photo) -> str:
        """A button of the list's own form, which brings the token along."""
        if photo.state != Photo.State.FAILED:
            return ""
        return format_html(
            '<button class="button" name="photo" value="{}" formaction="{}">{}</button>',
            photo.pk,
            reverse("admin:catalog_photo_retry"),
            _("Try again"),
        )


def tried_again(count: int) -> str:
    words = ngettext("%(count)d photo is tried again.", "%(count)d photos are tried again.", count)
    return words % {"count": count}


def reasons_failed() -> list[dict[str, Any]]:
    """Why photos failed and how many for each reason, most first."""
    rows = Photo.objects.filter(state=Photo.State.FAILED).values("reason").order_by()
    counted = rows.annotate(count=Count("pk")).order_by("-count", "reason")
    return [{**row, "words": REASONS.get(row["reason"]) or row["reason"] or "–"} for row in counted]


@opens_own_scope
@require_POST
def photo_add_view(request: Any, pk: int) -> HttpResponse:
    """Add a photo to a product. Storing it stands outside the scope, for it may take long."""
    if request.membership.role not in EDITORS:
        raise PermissionDenied
    with shop_scope(request.shop):
        if not Product.objects.filter(pk=pk).exists():
            raise Http404("no such product in this shop")
    file = request.FILES.get("photo")
    limit = DEFAULT_LIMITS.max_bytes
    try:
        # One byte over the limit is enough to be refused as too large.
        data = file.read(limit + 1) if file else b""
        stored = photo_store(shop_id=request.shop.pk, data=data)
    except ImageRejected as refused:
        messages.error(request, REASONS.get(refused.code) or refused.message)
    else:
        with shop_scope(request.shop):
            product = Product.objects.get(pk=pk)
            photo_add(product=product, source=PhotoSource(stored=stored))
            audit_record(actor=request.user, action="photo", target=product)
        messages.success(request, gettext("The photo is being tagged."))
    return HttpResponseRedirect(reverse("admin:catalog_product_change", args=[pk]))


shop_admin.nav(NavItem(30, _("Photos"), "catalog_photo_changelist"))
