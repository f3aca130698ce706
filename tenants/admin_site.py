"""The admin that a mall's people see: one shop, its pages and what their role lets them do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tenants.callers import current_caller
from tenants.guests import Guests
from tenants.models import AuditEntry, Membership, Shop

Role = Membership.Role
EVERYONE = (Role.OWNER, Role.EDITOR, Role.VIEWER)
EDITORS = (Role.OWNER, Role.EDITOR)
OWNERS = (Role.OWNER,)

PageView = Callable[..., HttpResponseBase]
# Django's own pages that would leave the shop, or that stand at the root for everybody.
NOT_SERVED = {
    *("login", "logout", "password_change", "password_change_done", "view_on_site", "app_list"),
}


@dataclass(frozen=True)
class NavItem:
    """An entry of the navigation: `route` is a name of the shop admin's URL map."""

    order: int
    label: Any
    route: str
    readers: tuple[Role, ...] = EVERYONE


@dataclass(frozen=True)
class Page:
    address: str
    name: str
    view: PageView
    readers: tuple[Role, ...]
    writers: tuple[Role, ...]


@dataclass
class ShopPages:
    pages: list[Page] = field(default_factory=list)
    nav: list[NavItem] = field(default_factory=list)
    notes: list[Callable[[Any], Iterable[Any]]] = field(default_factory=list)


class ShopAdminSite(AdminSite):
    site_title = site_header = "LookUs"
    site_url = None
    index_title = _("Today")
    empty_value_display = "–"

    def __init__(self) -> None:
        super().__init__("shop_admin")
        self.extra = ShopPages()

    def page(
        self,
        address: str,
        *,
        name: str,
        nav: tuple[int, Any] | None = None,
        readers: tuple[Role, ...] = EVERYONE,
        writers: tuple[Role, ...] = EDITORS,
    ) -> Callable[[PageView], PageView]:
        """Add a page that belongs to no model; `nav` is its place and label in the navigation."""

        def add(view: PageView) -> PageView:
            self.extra.pages.append(Page(address, name, view, readers, writers))
            if nav:
                self.nav(NavItem(nav[0], nav[1], name, readers))
            return view

        return add

    def nav(self, item: NavItem) -> None:
        self.extra.nav.append(item)

    def notes(self, of: Callable[[Any], Iterable[Any]]) -> Callable[[Any], Iterable[Any]]:
        """Lines above every page: what `of(request)` gives has `code`, `tone`, `text` and `page`,
        the address below the shop where an owner can do something about it."""
        self.extra.notes.append(of)
        return of

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and getattr(request, "membership", None) is not None

    def get_urls(self) -> list[Any]:
        taken = NOT_SERVED | {page.name for page in self.extra.pages}
        own: list[URLPattern | URLResolver] = [
            path(page.address, self.admin_view(_guarded(page)), name=page.name)
            for page in self.extra.pages
        ]
        return own + [url for url in super().get_urls() if getattr(url, "name", None) not in taken]

    def each_context(self, request: Any) -> dict[str, Any]:
        role = request.membership.role
        return {
            **super().each_context(request),
            "shop": request.shop,
            "role": request.membership,
            "may_edit": role in EDITORS,
            "is_owner": role in OWNERS,
            "nav": self._nav_of(request),
            "shops": Switcher(request),
            "guests": Guests(request.shop),
            "notes": Notes(self.extra.notes, request),
            "is_guest": current_caller().guest,
            "site_link": f"/shop/{request.shop.slug}/" if request.shop.hosted_storefront else "",
        }

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """None: the navigation stands in the place of Django's list of models."""
        return []

    def get_log_entries(self, request: HttpRequest) -> Any:
        """None of `django_admin_log`, which knows no shops: see `AuditEntry`."""
        return AuditEntry.objects.none()

    def _nav_of(self, request: Any) -> list[dict[str, Any]]:
        items = []
        for item in sorted(self.extra.nav, key=lambda one: one.order):
            if request.membership.role not in item.readers:
                continue
            url = reverse(f"{self.name}:{item.route}")
            exact = item.route == "index"
            here = request.path == url if exact else request.path.startswith(url)
            items.append({"label": item.label, "url": url, "here": here})
        return items


@dataclass
class Switcher:
    """The user's other shops, asked for only where a page shows them."""

    request: Any

    @cached_property
    def others(self) -> list[Shop]:
        mine = Shop.objects.filter(mall__memberships__user=self.request.user)
        return list(
            mine.exclude(pk=self.request.shop.pk).select_related("mall").order_by("mall", "name")
        )


@dataclass
class Notes:
    """What stands above a page, asked for only where it is shown."""

    sources: list[Callable[[Any], Iterable[Any]]]
    request: Any

    @cached_property
    def all(self) -> list[Any]:
        return [note for of in self.sources for note in of(self.request)]


def _guarded(page: Page) -> PageView:
    def view(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        allowed = page.readers if request.method in ("GET", "HEAD") else page.writers
        if request.membership.role not in allowed:
            raise PermissionDenied("not for this role")
        return page.view(request, *args, **kwargs)

    view.__dict__.update(page.view.__dict__)
    return view


shop_admin = ShopAdminSite()
