"""The audit trail as a list: nothing in it can be changed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tenants.admin_model import ShopModelAdmin, column
from tenants.admin_site import OWNERS, NavItem, shop_admin
from tenants.models import AuditEntry

ACTIONS = {
    "add": _("added"),
    "change": _("changed"),
    "delete": _("deleted"),
    "revoke": _("revoked"),
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
}


@admin.register(AuditEntry, site=shop_admin)
class HistoryAdmin(ShopModelAdmin):
    page_title = _("History")
    readers = OWNERS
    writers = ()
    list_display = (
        *(column("at", _("When")), column("actor_email", _("Who")), "what"),
        *(column("title", _("Name")), "details"),
    )
    list_display_links = None
    ordering = ("-at", "-id")
    search_fields = ("title", "actor_email")

    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        kwargs["extra_context"] = {"show_close": True}
        return super().change_view(request, *args, **kwargs)

    @admin.display(description=_("What"), ordering="action")
    def what(self, entry: AuditEntry) -> str:
        return action_name(entry.action)

    @admin.display(description=_("Details"))
    def details(self, entry: AuditEntry) -> str:
        return changes_as_html(entry.changes)


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


shop_admin.nav(NavItem(90, _("History"), "tenants_auditentry_changelist", OWNERS))
