"""Imports: upload a file, watch it, read the report of what was left out."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from catalog.admin.columns import columns_asked
from catalog.admin.fault_words import fault_words
from catalog.admin.forms import UploadForm
from catalog.admin.import_changes import changes_left, changes_shown, fields_changed, skus_of
from catalog.admin.import_progress import ended, photos_of, progress_of, progress_reply
from catalog.admin.import_report import problems_view
from catalog.admin.photos import tried_again
from catalog.imports.columns import COLUMNS, example_csv
from catalog.models import ImportRun, Photo
from catalog.services.imports import (
    import_again,
    import_answer,
    import_start,
    import_undo,
    undoable,
)
from catalog.services.photos import photos_retry
from tenants.admin_model import ShopModelAdmin, column
from tenants.admin_scope import opens_own_scope
from tenants.admin_site import EDITORS, NavItem, shop_admin

RunState = ImportRun.State
STATES = {
    RunState.PENDING: (_("Waiting"), ""),
    RunState.WORKING: (_("Running"), ""),
    RunState.DONE: (_("Finished"), "good"),
    RunState.FAILED: (_("Failed"), "bad"),
    RunState.ASKING: (_("Waits for your answer"), "warn"),
    RunState.UNDOING: (_("Being undone"), ""),
    RunState.UNDONE: (_("Undone"), ""),
}
SHOWN_PROBLEMS = 200


@admin.register(ImportRun, site=shop_admin)
class ImportAdmin(ShopModelAdmin):
    page_title = _("Imports")
    list_display = (
        *(column("filename", _("File")), "state_shown", column("rows", _("Rows"))),
        *(column("created", _("New")), column("updated", _("Changed"))),
        *(column("unchanged", _("Unchanged")), column("gone", _("Gone"))),
        column("bad", _("Bad rows")),
        column("created_at", _("When")),
    )
    ordering = ("-created_at",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("example.csv", view(example_view), name="catalog_importrun_example"),
            path("<int:pk>/progress/", view(progress_view), name="catalog_importrun_progress"),
            path("<int:pk>/problems.csv", view(problems_view), name="catalog_importrun_problems"),
            *(
                path(f"<int:pk>/{name}/", view(for_editors(act)), name=f"catalog_importrun_{name}")
                for name, act in ACTS.items()
            ),
            *super().get_urls(),
        ]

    @opens_own_scope
    def add_view(self, request: Any, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Storing the file may take long: the service opens its scope after it."""
        if not self.may_write(request):
            raise PermissionDenied
        sent = request.method == "POST"
        form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
        if sent and form.is_valid():
            file = form.cleaned_data["file"]
            wishes = {name: form.cleaned_data[name] for name in ("dry", "complete")}
            asked = columns_asked(request, file, always=form.cleaned_data["columns"], **wishes)
            if asked is not None:
                return asked
            try:
                run = import_start(
                    shop=request.shop,
                    file=file,
                    filename=file.name,
                    by=request.user,
                    look_again=form.cleaned_data["look_again"],
                    **wishes,
                )
            except ValueError as error:
                form.add_error("file", fault_words("", str(error)))
            else:
                url = reverse("admin:catalog_importrun_change", args=[run.pk])
                return HttpResponseRedirect(url)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Upload your catalogue"),
            "form": form,
            "columns": COLUMNS,
        }
        return render(request, "admin/catalog/importrun/upload.html", context)

    def change_view(
        self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        run = self.get_object(request, object_id)
        if run is None:
            raise Http404("no such import in this shop")
        photos, currency = photos_of(run), request.shop.currency
        context = {
            **self.admin_site.each_context(request),
            "title": run.filename,
            "run": run,
            "state": STATES[RunState(run.state)],
            "photos": photos,
            "progress": progress_of(run),
            "ended": ended(run, photos),
            "undoable": undoable(run),
            "undo_days": settings.IMPORT_UNDO_DAYS,
            "fields": fields_changed(run),
            "changes": changes_shown(run, currency) if run.dry else (),
            "left": changes_left(run, currency),
            "fresh": skus_of(run, "created") if run.dry else (),
            "gone": skus_of(run, "removed"),
            "problems": run.problems.all()[:SHOWN_PROBLEMS],
            "problem_count": run.problems.count(),
        }
        return render(request, "admin/catalog/importrun/run.html", context)

    @admin.display(description=_("State"), ordering="state")
    def state_shown(self, run: ImportRun) -> str:
        name, tone = STATES[RunState(run.state)]
        dry = format_html(' <span class="chip">{}</span>', _("Only looked")) if run.dry else ""
        return format_html('<span class="chip {}">{}</span>{}', tone, name, dry)


def run_or_404(pk: int) -> ImportRun:
    run = ImportRun.objects.filter(pk=pk).first()
    if run is None:
        raise Http404("no such import in this shop")
    return run


@require_safe
def progress_view(request: Any, pk: int) -> JsonResponse:
    run = run_or_404(pk)
    return JsonResponse(progress_reply(run, STATES[RunState(run.state)][0]))


def for_editors(act: Callable[[Any, ImportRun], ImportRun]) -> Callable[..., HttpResponse]:
    """A button of a run's page: does its act, says what became of it, and shows the run."""

    def view(request: Any, pk: int) -> HttpResponse:
        if request.membership.role not in EDITORS:
            raise PermissionDenied
        run = run_or_404(pk)
        try:
            run = act(request, run)
        except ValueError:
            messages.error(
                request, gettext("That is no longer possible: look at the import again.")
            )
        return HttpResponseRedirect(reverse("admin:catalog_importrun_change", args=[run.pk]))

    return require_POST(view)


def again(request: Any, run: ImportRun) -> ImportRun:
    """A dry run was found right: the same file, for good this time."""
    return import_again(run=run, by=request.user)


def answer(request: Any, run: ImportRun) -> ImportRun:
    import_answer(run=run, yes=request.POST.get("answer") == "yes", by=request.user)
    return run


def undo(request: Any, run: ImportRun) -> ImportRun:
    import_undo(run=run, by=request.user)
    return run


def retry(request: Any, run: ImportRun) -> ImportRun:
    """The failed photos of this run once more."""
    count = photos_retry(photos=Photo.objects.filter(import_run=run))
    messages.success(request, tried_again(count))
    return run


@require_safe
def example_view(request: Any) -> HttpResponse:
    response = HttpResponse(example_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="example.csv"'
    return response


ACTS = {"again": again, "answer": answer, "undo": undo, "retry": retry}

shop_admin.nav(NavItem(40, _("Imports"), "catalog_importrun_changelist"))
