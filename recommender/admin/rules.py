"""Rules of the order of results: the list, the form, and a preview of what a rule changes."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from catalog.admin.words import language
from recommender.admin.fields import filters_said, queries_said
from recommender.admin.preview_form import PreviewForm
from recommender.admin.rule_form import ACTIONS, FIELDSETS, RuleForm
from recommender.experiments import tested_rules
from recommender.models import Rule
from recommender.preview import preview, rules_of_preview, suggested
from tenants.admin_model import ShopModelAdmin, column
from tenants.admin_site import NavItem, shop_admin
from tenants.audit import audit_record

SHOWN_SKUS = 3
# What Django calls the rows: said here so that its pages can translate it.
NOUNS = (gettext_noop("rule"), gettext_noop("rules"))
NAME = column("name", _("Name"))


@admin.register(Rule, site=shop_admin)
class RuleAdmin(ShopModelAdmin):
    page_title = _("Rules")
    add_label = _("New rule")
    form = RuleForm
    fieldsets = FIELDSETS
    list_display = (NAME, "what", "products", "searches", "dates", "state", "to_preview")
    list_display_links = (NAME,)
    list_select_related = ("shop",)
    # Deleting many at once asks no row whether it is being tested.
    actions = None
    list_per_page = 100
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Each with whether it is `tested`: asked once a list."""
        is_tested = ExpressionWrapper(Q(pk__in=tested_rules()), output_field=BooleanField())
        return super().get_queryset(request).annotate(tested=is_tested)

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type("ShopRuleForm", (form,), {"currency": request.shop.currency})

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        held = obj is not None and obj.pk in tested_rules()
        return super().has_delete_permission(request, obj) and not held

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", view(self.preview_view), name="recommender_rule_preview"),
            path(
                "<int:pk>/switch/",
                view(require_POST(self.switch_view)),
                name="recommender_rule_switch",
            ),
            *super().get_urls(),
        ]

    def save_model(self, request: Any, obj: Rule, form: Any, change: bool) -> None:
        if not change:
            obj.by = request.user
        super().save_model(request, obj, form, change)

    def response_post_save_add(self, request: Any, obj: Rule) -> HttpResponseRedirect:
        """On to what it changes, where it is switched on."""
        return HttpResponseRedirect(reverse("admin:recommender_rule_preview", args=[obj.pk]))

    response_post_save_change = response_post_save_add

    def response_delete(self, request: Any, obj_display: str, obj_id: Any) -> HttpResponse:
        self._say(request, gettext("Deleted: %(name)s"), obj_display)
        return HttpResponseRedirect(reverse("admin:recommender_rule_changelist"))

    def preview_view(self, request: Any, pk: int) -> HttpResponse:
        """One search without the rule and with it, side by side."""
        rule, others, tested = rules_of_preview(rule_id=pk)
        if rule is None or not self.may_read(request):
            raise Http404("no such rule in this shop")
        asked, like = request.GET.dict(), None
        if "sku" not in asked:
            like = suggested(shop=request.shop, rule=rule)
        form = PreviewForm({"sku": like.sku if like else "", **asked}, shop=request.shop, like=like)
        context = {
            **self.admin_site.each_context(request),
            "subtitle": None,
            "title": gettext("Preview: %(name)s") % {"name": rule.name},
            "opts": self.opts,
            "rule": rule,
            "said": self.what(rule),
            "products": self.products(rule),
            "searches": self.searches(rule),
            "state": chip_of(rule, tested),
            "form": form,
            "before_name": gettext("Without the rule"),
            "after_name": gettext("With the rule"),
            "seen": preview(
                shop=request.shop,
                rule=rule,
                others=others,
                like=form.like,
                text=form.cleaned_data["text"],
                lang=language(),
            )
            if form.is_valid()
            else None,
            "may_switch": self.may_write(request) and pk not in tested,
        }
        return render(request, "admin/shop/rule_preview.html", context)

    def switch_view(self, request: Any, pk: int) -> HttpResponse:
        """On, or off."""
        rule = self._rule(request, pk)
        if not self.may_write(request):
            raise Http404("not for this role")
        if pk in tested_rules():
            messages.error(
                request,
                gettext("This rule is being tested. Stop the test before you change the rule."),
            )
        else:
            former, rule.active = rule.active, not rule.active
            rule.save(update_fields=["active"])
            changes = {"active": [former, rule.active]}
            audit_record(actor=request.user, action="change", target=rule, changes=changes)
        return HttpResponseRedirect(reverse("admin:recommender_rule_changelist"))

    def _rule(self, request: Any, pk: int) -> Rule:
        rule: Rule | None = Rule.objects.select_related("shop").filter(pk=pk).first()
        if rule is None or not self.may_read(request):
            raise Http404("no such rule in this shop")
        return rule

    @admin.display(description=_("What it does"), ordering="action")
    def what(self, rule: Rule) -> str:
        said = str(dict(ACTIONS)[Rule.Action(rule.action)])
        if rule.action == Rule.Action.PIN:
            return gettext("Pin to place %(place)d") % {"place": rule.place or 1}
        if rule.action == Rule.Action.HIDE:
            return said
        return f"{said} ({rule.strength:g})"

    @admin.display(description=_("Products"))
    def products(self, rule: Rule) -> str:
        more = len(rule.skus) - SHOWN_SKUS
        skus = ", ".join(rule.skus[:SHOWN_SKUS]) + (f" +{more}" if more > 0 else "")
        shop: Any = rule.shop
        return _lines([*([skus] if skus else []), *filters_said(rule.filters, shop.currency)])

    @admin.display(description=_("Searches"))
    def searches(self, rule: Rule) -> str:
        return _lines(queries_said(rule.queries)) or gettext("All")

    @admin.display(description=_("Dates"))
    def dates(self, rule: Rule) -> str:
        if rule.starts_at is None and rule.ends_at is None:
            return gettext("Always")
        starts, ends = (
            date_format(localtime(one), "SHORT_DATETIME_FORMAT") if one else ""
            for one in (rule.starts_at, rule.ends_at)
        )
        return f"{starts} – {ends}"

    @admin.display(description=_("State"), ordering="active")
    def state(self, rule: Any) -> str:
        return chip_of(rule, {rule.pk} if rule.tested else ())

    @admin.display(description="")
    def to_preview(self, rule: Rule) -> str:
        address = reverse("admin:recommender_rule_preview", args=[rule.pk])
        return format_html('<a href="{}">{}</a>', address, gettext("Preview"))


def chip_of(rule: Rule, tested: Collection[int]) -> str:
    tone, said = state_of(rule, timezone.now(), tested)
    return format_html('<span class="chip {}">{}</span>', tone, said)


def state_of(rule: Rule, now: datetime, tested: Collection[int]) -> tuple[str, str]:
    """The chip's tone and word: in a test, off, over, waiting for its day, or on."""
    if rule.pk in tested:
        return "warn", gettext("In a test")
    if not rule.active:
        return "", gettext("Off")
    if rule.ends_at is not None and now >= rule.ends_at:
        return "", gettext("Over")
    if rule.starts_at is not None and now < rule.starts_at:
        return "", gettext("Waiting")
    return "good", gettext("On")


def _lines(said: Sequence[str]) -> str:
    return format_html_join("", "<div>{}</div>", ((one,) for one in said))


shop_admin.nav(NavItem(42, _("Rules"), "recommender_rule_changelist"))
