"""The audit trail as a list: nothing in it can be changed."""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tenants.admin_model import ShopModelAdmin, column
from tenants.admin_scope import opens_own_scope
from tenants.admin_site import EDITORS, NavItem, shop_admin
from tenants.audit import audit_record
from tenants.csv_cells import BYTE_ORDER_MARK, csv_line
from tenants.models import AuditEntry, Shop
from tenants.scope import shop_scope

ACTIONS = {
    "add": _("added"),
    "change": _("changed"),
    "delete": _("deleted"),
    "revoke": _("revoked"),
    "replace": _("replaced"),
    "tag": _("tagged"),
    "photo": _("photo added"),
    "retry": _("tried again"),
    "start": _("started"),
    "stop": _("stopped"),
    "invite": _("invited"),
    "invite_again": _("invited again"),
    "withdraw": _("invitation withdrawn"),
    "join": _("came in"),
    "role": _("role changed"),
    "leave": _("taken out"),
    "rotate": _("new secret"),
    "replay": _("sent again"),
    "switch_off": _("switched off"),
    "export": _("export asked for"),
    "download": _("downloaded"),
    "close": _("shop closed"),
    "reopen": _("shop brought back"),
    "guest_allow": _("staff let in"),
    "guest_emergency": _("emergency access"),
    "guest_enter": _("came in as a guest"),
    "guest_end": _("guests sent away"),
    "guest_request": _("opened or sent as a guest"),
    "taxonomy": _("renamed or moved"),
    "teach": _("asked to learn"),
    "head": _("own head switched"),
    "map": _("map laid out anew"),
    "accept": _("border set"),
}
EXPORT_ROWS = 500


class ActionFilter(admin.SimpleListFilter):
    title, parameter_name = _("what"), "action"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        found = AuditEntry.objects.order_by("action").values_list("action", flat=True).distinct()
        return [(one, action_name(one)) for one in found]

    def queryset(self, request: Any, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        return queryset.filter(action=self.value()) if self.value() else queryset


class WhenFilter(admin.DateFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("when")


class WhoFilter(admin.SimpleListFilter):
    title, parameter_name = _("who"), "who"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        people = AuditEntry.objects.exclude(actor_email="").order_by("actor_email")
        found = people.values_list("actor_email", flat=True).distinct()
        return [("guests", str(_("Guests of LookUs"))), *((one, one) for one in found)]

    def queryset(self, request: Any, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        if self.value() == "guests":
            return queryset.filter(as_guest=True)
        return queryset.filter(actor_email=self.value()) if self.value() else queryset


@admin.register(AuditEntry, site=shop_admin)
class HistoryAdmin(ShopModelAdmin):
    page_title = _("History")
    readers = EDITORS
    writers = ()
    list_display = (
        *(column("at", _("When")), "who", "what"),
        *(column("title", _("Name")), "details"),
    )
    list_display_links = None
    list_filter = (ActionFilter, WhoFilter, ("at", WhenFilter))
    show_facets = admin.ShowFacets.NEVER
    change_list_template = "admin/shop/audit.html"
    ordering = ("-at", "-id")
    search_fields = ("title", "actor_email")

    def get_urls(self) -> list[Any]:
        view = opens_own_scope(self.admin_site.admin_view(self.export_view))
        return [path("export.csv", view, name="tenants_auditentry_export"), *super().get_urls()]

    def export_view(self, request: Any) -> HttpResponseBase:
        """All entries as a CSV, the newest first."""
        if not self.may_read(request):
            raise Http404("not for this role")
        with shop_scope(request.shop):
            audit_record(actor=request.user, action="download", target=request.shop)
        response = StreamingHttpResponse(
            audit_lines(request.shop), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = 'attachment; filename="history.csv"'
        return response

    @admin.display(description=_("Who"), ordering="actor_email")
    def who(self, entry: AuditEntry) -> str:
        chip = (
            format_html(' <span class="chip warn">{}</span>', _("guest")) if entry.as_guest else ""
        )
        told, address = entry.actor_email or "LookUs", entry.address or ""
        return format_html('{}{}<br><small class="soft">{}</small>', told, chip, address)

    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        kwargs["extra_context"] = {"show_close": True}
        return super().change_view(request, *args, **kwargs)

    @admin.display(description=_("What"), ordering="action")
    def what(self, entry: AuditEntry) -> str:
        return action_name(entry.action)

    @admin.display(description=_("Details"))
    def details(self, entry: AuditEntry) -> str:
        return changes_as_html(entry.changes)


def audit_lines(shop: Shop) -> Iterator[str]:
    """The shop's entries, in short scopes: none stays open while a slow reader reads."""
    head = ("at", "who", "guest", "address", "action", "object_type", "object_id", "title")
    yield BYTE_ORDER_MARK + csv_line([*head, "changes"])
    last = None
    while True:
        with shop_scope(shop):
            rows = AuditEntry.objects.order_by("-pk")
            if last is not None:
                rows = rows.filter(pk__lt=last)
            found = list(rows[:EXPORT_ROWS])
        if not found:
            return
        for one in found:
            told = (
                *(one.at.isoformat(), one.actor_email, "yes" if one.as_guest else "no"),
                *(one.address or "", one.action, one.object_type, one.object_id, one.title),
            )
            yield csv_line([*told, json.dumps(one.changes, ensure_ascii=False)])
        last = found[-1].pk


def action_name(action: str) -> str:
    return str(ACTIONS.get(action) or gettext(action))


def changes_as_html(changes: dict[str, Any]) -> str:
    """`{"price": [100, 90]}` as "price: 100 → 90", one on a line."""
    rows = []
    for name, value in changes.items():
        former, now = value if isinstance(value, list) and len(value) == 2 else (None, value)
        shown = format_html("{} → {}", former, now) if former not in (None, "") else now
        rows.append((name, shown))
    return format_html_join("", "<div><b>{}</b>: {}</div>", rows)


shop_admin.nav(NavItem(90, _("History"), "tenants_auditentry_changelist", EDITORS))
