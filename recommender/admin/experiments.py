"""Tests of two orders: the list, the form of a draft, start and stop, and the read-out."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from billing.limits import has_feature, not_in_plan
from billing.plans import EXPERIMENTS
from recommender.admin.experiment_form import FIELDSETS, WEIGHTS, ExperimentForm
from recommender.experiments import (
    ARMS,
    AnotherRuns,
    WrongState,
    experiment_read,
    experiment_start,
    experiment_stop,
)
from recommender.models import Experiment, Rule
from recommender.readout import ALPHA, POWER, ArmSum, Readout, wilson
from tenants.admin_model import ShopModelAdmin, column
from tenants.admin_site import NavItem, shop_admin
from tenants.audit import audit_record

NAME = column("name", _("Name"))
STATES = {
    Experiment.State.DRAFT: ("", _("Not started")),
    Experiment.State.RUNNING: ("good", _("Running")),
    Experiment.State.STOPPED: ("", _("Stopped")),
}
PERCENT = 100
LEAST_P = 0.0001
"""Smaller ones are shown as smaller."""
NOUNS = (gettext_noop("experiment"), gettext_noop("experiments"), gettext_noop("arms"))


@admin.register(Experiment, site=shop_admin)
class ExperimentAdmin(ShopModelAdmin):
    page_title = _("Tests")
    add_label = _("New test")
    form = ExperimentForm
    fieldsets = FIELDSETS
    list_display = (
        *(NAME, "chip", "split"),
        *(column("started_at", _("Started at")), column("stopped_at", _("Stopped at"))),
    )
    list_display_links = (NAME,)
    # Deleting many at once asks no row whether it runs.
    actions = None
    ordering = ("-id",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Of drafts: what visitors see must not change under them."""
        draft = obj is None or obj.state == Experiment.State.DRAFT
        return super().has_change_permission(request, obj) and draft

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        runs = obj is not None and obj.state == Experiment.State.RUNNING
        return super().has_delete_permission(request, obj) and not runs

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            *(
                path(
                    f"<int:pk>/{name}/",
                    view(require_POST(made)),
                    name=f"recommender_experiment_{name}",
                )
                for name, made in (("start", self.start_view), ("stop", self.stop_view))
            ),
            *super().get_urls(),
        ]

    def save_model(self, request: Any, obj: Experiment, form: Any, change: bool) -> None:
        if not change:
            obj.by = request.user
        super().save_model(request, obj, form, change)

    def response_post_save_add(self, request: Any, obj: Experiment) -> HttpResponseRedirect:
        """Back to its page, where it is started."""
        return HttpResponseRedirect(reverse("admin:recommender_experiment_change", args=[obj.pk]))

    response_post_save_change = response_post_save_add

    def response_delete(self, request: Any, obj_display: str, obj_id: Any) -> HttpResponse:
        self._say(request, gettext("Deleted: %(name)s"), obj_display)
        return HttpResponseRedirect(reverse("admin:recommender_experiment_changelist"))

    def change_view(
        self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        test = self.get_object(request, object_id)
        if test is None or not self.may_read(request):
            raise Http404("no such test in this shop")
        told = experiment_read(experiment=test, now=timezone.now())
        context = {
            **(extra_context or {}),
            "title": test.name,
            "subtitle": None,
            "test": test,
            "chip": self.chip(test),
            "told": told,
            "may_run": self.may_write(request),
            "needed": {"a": told.needed[0], "b": told.needed[1], "all": sum(told.needed)},
        }
        if test.state == Experiment.State.DRAFT:
            return super().change_view(request, object_id, form_url, context)
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "arms": [
                _arm(test, name, one) for name, one in zip(ARMS, (told.a, told.b), strict=True)
            ],
            "percent": round(PERCENT * told.progress),
            **_result(told),
        }
        return render(request, "admin/shop/experiment.html", context)

    def start_view(self, request: Any, pk: int) -> HttpResponse:
        test = self._test(request, pk)
        if not has_feature(request.shop.mall_id, EXPERIMENTS):
            messages.error(request, not_in_plan())
            return HttpResponseRedirect(reverse("admin:recommender_experiment_change", args=[pk]))
        try:
            experiment_start(experiment=test, now=timezone.now())
        except AnotherRuns:
            messages.error(request, gettext("Another test runs. Stop it first."))
        except WrongState:
            messages.error(request, gettext("This test was started before."))
        else:
            audit_record(actor=request.user, action="start", target=test)
        return HttpResponseRedirect(reverse("admin:recommender_experiment_change", args=[pk]))

    def stop_view(self, request: Any, pk: int) -> HttpResponse:
        test = self._test(request, pk)
        try:
            experiment_stop(experiment=test, now=timezone.now())
        except WrongState:
            messages.error(request, gettext("This test does not run."))
        else:
            audit_record(actor=request.user, action="stop", target=test)
        return HttpResponseRedirect(reverse("admin:recommender_experiment_change", args=[pk]))

    def _test(self, request: Any, pk: int) -> Experiment:
        test: Experiment | None = Experiment.objects.filter(pk=pk).first()
        if test is None or not self.may_write(request):
            raise Http404("no such test in this shop")
        return test

    @admin.display(description=_("State"), ordering="state")
    def chip(self, test: Experiment) -> str:
        tone, said = STATES[Experiment.State(test.state)]
        return format_html('<span class="chip {}">{}</span>', tone, said)

    @admin.display(description=_("Visitors who see B"), ordering="share")
    def split(self, test: Experiment) -> str:
        return f"{PERCENT * test.share:.0f} %"


def _arm(test: Experiment, name: str, sums: ArmSum) -> dict[str, Any]:
    """What an arm shows and how it fared; shares in percent."""
    own = test.arm(name)
    weights = own.get("weights", {})
    low, high = wilson(sums)
    return {
        "name": name.upper(),
        "weights": [(WEIGHTS[part], weight) for part, weight in weights.items()],
        "rules": Rule.objects.filter(pk__in=own.get("rules", ())).values_list("name", flat=True),
        "sums": sums,
        "share": PERCENT * sums.share,
        "low": PERCENT * low,
        "high": PERCENT * high,
    }


def _result(told: Readout) -> dict[str, Any]:
    """The test in percentage points; only once it may be read."""
    if not told.full:
        return {}
    low, high = told.interval
    return {
        "p": f"= {told.p_value:.4f}" if told.p_value >= LEAST_P else f"< {LEAST_P}",
        "difference": PERCENT * told.difference,
        "low": PERCENT * low,
        "high": PERCENT * high,
        "alpha": round(PERCENT * ALPHA),
        "power": round(PERCENT * POWER),
        "confidence": round(PERCENT * (1 - ALPHA)),
    }


shop_admin.nav(NavItem(44, _("Tests"), "recommender_experiment_changelist"))
