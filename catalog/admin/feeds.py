"""Feeds: addresses that products come from by themselves."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from catalog.admin.columns import first_of
from catalog.admin.fault_words import fault_words
from catalog.admin.feed_words import EVERY, result_of
from catalog.models import Feed, FeedPage, HeldFile
from catalog.services.feeds import (
    Tried,
    feed_add,
    feed_change,
    feed_delete,
    feed_now,
    feed_switch,
    feed_try,
)
from tenants.addresses import FetchRefused
from tenants.admin_model import ShopModelAdmin, column
from tenants.admin_scope import opens_own_scope
from tenants.admin_site import NavItem, shop_admin
from tenants.audit import audit_record
from tenants.scope import shop_scope

SHOWN_RUNS = 10
DAY = 24
HOURS = [("", _("at any hour")), *((hour, f"{hour:02d}:00") for hour in range(DAY))]


class FeedForm(forms.Form):
    """When a feed is fetched, and what it is to the catalogue."""

    name = forms.CharField(label=_("Name"), max_length=100, required=False)
    every_hours = forms.TypedChoiceField(
        label=_("How often"), choices=EVERY, coerce=int, initial=DAY
    )
    at_hour = forms.TypedChoiceField(
        label=_("At what hour"),
        choices=HOURS,
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Only for feeds that are fetched once a day or a week."),
    )
    complete = forms.BooleanField(
        label=_("It names the whole catalogue: take out what is no longer in it"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("every_hours", DAY) < DAY:
            cleaned["at_hour"] = None
        return cleaned


class AddressForm(forms.Form):
    url = forms.URLField(label=_("Address"), max_length=2000, assume_scheme="https")


@admin.register(Feed, site=shop_admin)
class FeedAdmin(ShopModelAdmin):
    page_title = _("Feeds")
    add_label = _("Add a feed")
    list_display = ("shown", "result", column("last_at", _("Fetched")), "next_at")
    ordering = ("id",)
    actions = None

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/now/", view(require_POST(self.now_view)), name="catalog_feed_now"),
            path(
                "<int:pk>/switch/",
                view(require_POST(self.switch_view)),
                name="catalog_feed_switch",
            ),
            *super().get_urls(),
        ]

    @opens_own_scope
    def add_view(self, request: Any, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Look at an address first, then add it. The look waits for the network: no scope."""
        if not self.may_write(request):
            raise PermissionDenied
        sent = request.method == "POST"
        address = AddressForm(request.POST) if sent else AddressForm()
        form = FeedForm(request.POST if request.POST.get("do") == "add" else None)
        tried: Tried | None = None
        if sent and address.is_valid():
            tried = feed_try(shop=request.shop, url=address.cleaned_data["url"])
            adds = request.POST.get("do") == "add" and tried.fault is None and form.is_valid()
            if adds and (answer := _added(request, tried, form, address)):
                return answer
        with shop_scope(request.shop):
            context = self.admin_site.each_context(request) | {
                "title": self.add_label,
                "address": address,
                "form": form,
                "tried": tried,
                "trouble": result_of(tried.fault.code)[0] if tried and tried.fault else "",
                "firsts": [first_of(item) for item in tried.items] if tried else [],
            }
            return render(request, "admin/catalog/feed/add.html", context)

    def change_view(
        self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        feed = self.get_object(request, object_id)
        if feed is None:
            raise Http404("no such feed in this shop")
        fields = ("name", "every_hours", "at_hour", "complete")
        form = FeedForm(initial={name: getattr(feed, name) for name in fields})
        if request.method == "POST":
            if not self.may_write(request):
                raise PermissionDenied
            form = FeedForm(request.POST, initial=form.initial)
            if form.is_valid():
                changes = self.construct_change_message(request, form, None)
                feed_change(feed=feed, **form.cleaned_data)
                self.log_change(request, feed, changes)
                return self.response_change(request, feed)
        label, tone = result_of(feed.last_code)
        context = self.admin_site.each_context(request) | {
            "title": str(feed),
            "feed": feed,
            "form": form,
            "result": label,
            "tone": tone,
            "held": HeldFile.objects.filter(feed=feed).order_by("-created_at").first(),
            "runs": feed.runs.order_by("-created_at")[:SHOWN_RUNS],
            "crawl": crawl_of(feed),
        }
        return render(request, "admin/catalog/feed/feed.html", context)

    def now_view(self, request: Any, pk: int) -> HttpResponse:
        feed = self._own(request, pk)
        feed_now(feed=feed)
        audit_record(actor=request.user, action="fetch", target=feed)
        messages.success(request, gettext("It is being fetched."))
        return HttpResponseRedirect(reverse("admin:catalog_feed_change", args=[pk]))

    def switch_view(self, request: Any, pk: int) -> HttpResponse:
        feed = self._own(request, pk)
        enabled = not feed.enabled
        feed_switch(feed=feed, enabled=enabled)
        changes = {"enabled": [not enabled, enabled]}
        audit_record(actor=request.user, action="change", target=feed, changes=changes)
        return HttpResponseRedirect(reverse("admin:catalog_feed_change", args=[pk]))

    def delete_model(self, request: Any, obj: Feed) -> None:
        feed_delete(feed=obj)

    def delete_queryset(self, request: Any, queryset: Any) -> None:
        for feed in queryset:
            feed_delete(feed=feed)

    def _own(self, request: Any, pk: int) -> Feed:
        if not self.may_write(request):
            raise PermissionDenied
        feed = Feed.objects.filter(pk=pk).first()
        if feed is None:
            raise Http404("no such feed in this shop")
        return feed

    @admin.display(description=_("Feed"))
    def shown(self, feed: Feed) -> str:
        return str(feed)[:80]

    @admin.display(description=_("Result"))
    def result(self, feed: Feed) -> str:
        label, tone = result_of(feed.last_code)
        if feed.state == Feed.State.WORKING:
            label, tone = _("Being fetched"), ""
        return format_html('<span class="chip {}">{}</span>', tone, label)

    @admin.display(description=_("Next time"), ordering="due_at")
    def next_at(self, feed: Feed) -> Any:
        return feed.due_at if feed.enabled else _("Paused")


def crawl_of(feed: Feed) -> dict[str, Any] | None:
    """How far the pages of a site are; None for a file."""
    if feed.kind != Feed.Kind.SITE or not feed.crawl:
        return None
    read = Q(state=FeedPage.State.PENDING)
    pages = FeedPage.objects.filter(feed=feed, crawl=feed.crawl, kind=FeedPage.Kind.PAGE)
    counts = pages.aggregate(
        total=Count("pk"),
        left=Count("pk", filter=read),
        failed=Count("pk", filter=Q(state=FeedPage.State.FAILED)),
        empty=Count("pk", filter=Q(state=FeedPage.State.DONE, records=[])),
    )
    done = counts["total"] - counts["left"]
    return {
        **counts,
        "done": done,
        "share": done / counts["total"] if counts["total"] else 0,
        "examples": pages.filter(state=FeedPage.State.FAILED).order_by("id")[:SHOWN_RUNS],
    }


def _added(request: Any, tried: Tried, form: FeedForm, address: AddressForm) -> HttpResponse | None:
    """Add what was looked at; None where it may not be, with the reason in the form."""
    try:
        with shop_scope(request.shop):
            feed = feed_add(url=tried.url, kind=tried.kind, by=request.user, **form.cleaned_data)
            audit_record(actor=request.user, action="add", target=feed)
    except (ValueError, FetchRefused) as error:
        address.add_error("url", fault_words("", str(error)))
        return None
    messages.success(request, gettext("It is being fetched."))
    return HttpResponseRedirect(reverse("admin:catalog_feed_change", args=[feed.pk]))


shop_admin.nav(NavItem(41, _("Feeds"), "catalog_feed_changelist"))
