"""The webhooks of a shop: its owners make them, see how each delivery went and send again."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tenants.admin_model import ShopModelAdmin
from tenants.admin_site import OWNERS, shop_admin
from tenants.models import Shop, User
from tenants.models_webhooks import WebhookDelivery, WebhookEndpoint
from tenants.webhooks.endpoints import (
    EndpointRefused,
    endpoint_change,
    endpoint_create,
    endpoint_delete,
    secret_rotate,
)
from tenants.webhooks.events import EVENT_TYPES
from tenants.webhooks.replays import delivery_replay, failed_replay, trial_send

PAGE = 50
State = WebhookDelivery.State
STATES = {
    State.WAITING: (_("Waiting"), "warn"),
    State.DELIVERED: (_("Delivered"), "good"),
    State.FAILED: (_("Failed"), "bad"),
}
OFF = {
    "gone": _("Switched off: the server answered 410 Gone."),
    "failing": _("Switched off: it had failed for days."),
}
SINCE = [("1", _("of the last hour")), ("24", _("of the last day")), ("720", _("of 30 days"))]


class EndpointForm(forms.ModelForm):
    """`shop` and `by` are set by the page."""

    shop: Shop
    by: User
    saved: tuple[WebhookEndpoint, str]

    types = forms.MultipleChoiceField(
        label=_("Events"), choices=list(EVENT_TYPES.items()), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = WebhookEndpoint
        fields = ("url", "types", "description", "enabled")
        labels = {"url": _("Address"), "description": _("Description"), "enabled": _("On")}
        help_texts = {"url": _("Events are sent to it by POST, signed: https://…")}

    def clean(self) -> Any:
        """What the service refuses is said at its field."""
        told: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                self.saved = self._save(told)
            except EndpointRefused as refused:
                self.add_error(refused.field, refused.message)
        return told

    def _save(self, told: dict[str, Any]) -> tuple[WebhookEndpoint, str]:
        if self.instance.pk:
            former = WebhookEndpoint.objects.get(pk=self.instance.pk)
            return endpoint_change(endpoint=former, by=self.by, **told), ""
        return endpoint_create(shop=self.shop, by=self.by, **told)


@admin.register(WebhookEndpoint, site=shop_admin)
class WebhookAdmin(ShopModelAdmin):
    page_title = _("Webhooks")
    add_label = _("New webhook")
    readers = writers = OWNERS
    actions = None
    change_list_template = "admin/shop/webhooks.html"
    list_display = ("address", "events", "state")
    list_display_links = ("address",)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        own = [
            ("deliveries", self.deliveries_view),
            ("secret", require_POST(self.secret_view)),
            ("test", require_POST(self.test_view)),
            ("replay", require_POST(self.replay_view)),
        ]
        return [
            path(f"<int:pk>/{name}/", view(one), name=f"tenants_webhookendpoint_{name}")
            for name, one in own
        ] + super().get_urls()

    def add_view(self, request: Any, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return self._form_page(request, None)

    def change_view(
        self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return self._form_page(request, self._found(request, object_id))

    def _form_page(self, request: Any, endpoint: WebhookEndpoint | None) -> HttpResponse:
        if not self.may_write(request):
            raise Http404("not for this role")
        form: Any = EndpointForm(request.POST or None, instance=endpoint)
        form.shop, form.by = request.shop, request.user
        if endpoint is None:
            form.fields["enabled"].initial = True
        if request.method == "POST" and form.is_valid():
            saved, secret = form.saved
            if secret:
                return self._secret_page(request, saved, secret)
            self._say(request, gettext("Saved: %(name)s"), saved)
            return HttpResponseRedirect(reverse("admin:tenants_webhookendpoint_changelist"))
        context = {
            "form": form,
            "endpoint": endpoint,
            "off": OFF.get(endpoint.off_reason, "") if endpoint else "",
        }
        return self._page(request, "webhook", endpoint or gettext("New webhook"), **context)

    def delete_model(self, request: Any, obj: WebhookEndpoint) -> None:
        endpoint_delete(endpoint=obj, by=request.user)

    def log_deletions(self, request: Any, queryset: Any) -> Any:
        """The service writes the entry."""
        return []

    def secret_view(self, request: Any, pk: int) -> HttpResponse:
        endpoint = self._found(request, pk)
        secret = secret_rotate(endpoint=endpoint, by=request.user)
        return self._secret_page(request, endpoint, secret)

    def test_view(self, request: Any, pk: int) -> HttpResponse:
        endpoint = self._found(request, pk)
        if endpoint.enabled:
            trial_send(shop=request.shop, endpoint=endpoint)
            messages.success(request, gettext("A test event is on its way."))
        else:
            messages.error(request, gettext("The webhook is off: switch it on first."))
        return self._to_deliveries(pk)

    def replay_view(self, request: Any, pk: int) -> HttpResponse:
        """One delivery, or all that failed since so many hours."""
        endpoint = self._found(request, pk)
        if not endpoint.enabled:
            messages.error(request, gettext("The webhook is off: switch it on first."))
            return self._to_deliveries(pk)
        one, hours = request.POST.get("delivery", ""), request.POST.get("hours", "")
        if one.isdecimal():
            found = endpoint.deliveries.select_related("endpoint").filter(pk=int(one)).first()
            if found is None:
                raise Http404("no such delivery")
            delivery_replay(shop=request.shop, delivery=found, by=request.user)
            count = 1
        elif hours in dict(SINCE):
            since = timezone.now() - timedelta(hours=int(hours))
            count = failed_replay(
                shop=request.shop, endpoint=endpoint, since=since, by=request.user
            )
        else:
            raise Http404("neither a delivery nor a time")
        words = ngettext("%(n)s message is sent again.", "%(n)s messages are sent again.", count)
        messages.success(request, words % {"n": count})
        return self._to_deliveries(pk)

    def deliveries_view(self, request: Any, pk: int) -> HttpResponse:
        endpoint = self._found(request, pk)
        rows = endpoint.deliveries.select_related("message").order_by("-pk")
        state = request.GET.get("state", "")
        if state in State.values:
            rows = rows.filter(state=state)
        page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
        shown = [{"row": row, "label": STATES[State(row.state)]} for row in page]
        states = [(one.value, label, one.value == state) for one, (label, _tone) in STATES.items()]
        context = {"endpoint": endpoint, "shown": shown, "page": page, "states": states}
        return self._page(
            request, "webhook_deliveries", gettext("Deliveries"), since=SINCE, **context
        )

    def _found(self, request: Any, pk: object) -> WebhookEndpoint:
        rows = self.get_queryset(request) if str(pk).isdecimal() else None
        endpoint = rows.filter(pk=int(str(pk))).first() if rows is not None else None
        if endpoint is None or not self.may_write(request):
            raise Http404("no such webhook in this shop")
        found: WebhookEndpoint = endpoint
        return found

    def _to_deliveries(self, pk: int) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:tenants_webhookendpoint_deliveries", args=[pk]))

    def _secret_page(self, request: Any, endpoint: WebhookEndpoint, secret: str) -> HttpResponse:
        return self._page(request, "webhook_secret", endpoint, endpoint=endpoint, secret=secret)

    def _page(self, request: Any, name: str, title: Any, **context: Any) -> HttpResponse:
        context |= self.admin_site.each_context(request)
        context |= {"title": str(title), "opts": self.opts}
        return render(request, f"admin/shop/{name}.html", context)

    @admin.display(description=_("Address"))
    def address(self, endpoint: WebhookEndpoint) -> str:
        return format_html("{}<br><small>{}</small>", endpoint.url, endpoint.description)

    @admin.display(description=_("Events"))
    def events(self, endpoint: WebhookEndpoint) -> str:
        return format_html_join(" ", "<code>{}</code>", ((one,) for one in endpoint.types))

    @admin.display(description=_("State"))
    def state(self, endpoint: WebhookEndpoint) -> str:
        tone, label = "good", _("On")
        if not endpoint.enabled:
            tone, label = "", OFF.get(endpoint.off_reason, _("Off"))
        elif endpoint.failing_since:
            tone, label = "warn", _("Failing")
        return format_html('<span class="chip {}">{}</span>', tone, label)
