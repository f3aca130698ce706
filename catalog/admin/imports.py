"""Imports: upload a file, watch it, read the report of what was left out."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from catalog.admin.columns import columns_asked
from catalog.admin.forms import UploadForm
from catalog.imports.columns import COLUMNS, example_csv
from catalog.models import ImportProblem, ImportRun, Photo
from catalog.services.imports import import_start
from tenants.admin_model import ShopModelAdmin, column
from tenants.admin_scope import opens_own_scope
from tenants.admin_site import NavItem, shop_admin
from tenants.models import Shop
from tenants.scope import shop_scope

RunState = ImportRun.State
STATES = {
    RunState.PENDING: (_("Waiting"), ""),
    RunState.WORKING: (_("Running"), ""),
    RunState.DONE: (_("Finished"), "good"),
    RunState.FAILED: (_("Failed"), "bad"),
}
SHOWN_PROBLEMS = 200
PROBLEMS_AT_ONCE = 1000
REPORT = ("row", "sku", "field", "message", "value")
# A spreadsheet would run a cell that begins with one of these.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"


@admin.register(ImportRun, site=shop_admin)
class ImportAdmin(ShopModelAdmin):
    page_title = _("Imports")
    list_display = (
        *(column("filename", _("File")), "state_shown", column("rows", _("Rows"))),
        *(column("created", _("New")), column("updated", _("Changed"))),
        *(column("unchanged", _("Unchanged")), column("bad", _("Bad rows"))),
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
            asked = columns_asked(request, file, always=form.cleaned_data["columns"])
            if asked is not None:
                return asked
            try:
                run = import_start(
                    shop=request.shop, file=file, filename=file.name, by=request.user
                )
            except ValueError as error:
                form.add_error("file", str(error))
            else:
                url = reverse("admin:catalog_importrun_change", args=[run.pk])
                return HttpResponseRedirect(url)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Upload a CSV or a ZIP"),
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
        name, tone = STATES[RunState(run.state)]
        photos = photos_of(run)
        context = {
            **self.admin_site.each_context(request),
            "title": run.filename,
            "run": run,
            "state_name": name,
            "tone": tone,
            "photos": photos,
            "ended": ended(run, photos),
            "problems": run.problems.all()[:SHOWN_PROBLEMS],
            "problem_count": run.problems.count(),
        }
        return render(request, "admin/catalog/importrun/run.html", context)

    @admin.display(description=_("State"), ordering="state")
    def state_shown(self, run: ImportRun) -> str:
        name, tone = STATES[RunState(run.state)]
        return format_html('<span class="chip {}">{}</span>', tone, name)


def photos_of(run: ImportRun) -> dict[str, Any]:
    """How far the photos of a run are."""
    is_done, is_failed = Q(state=Photo.State.DONE), Q(state=Photo.State.FAILED)
    counts = Photo.objects.filter(import_run=run).aggregate(
        total=Count("pk"), done=Count("pk", filter=is_done), failed=Count("pk", filter=is_failed)
    )
    total, done, failed = counts["total"], counts["done"], counts["failed"]
    text = ngettext(
        "%(done)d of %(total)d photo tagged", "%(done)d of %(total)d photos tagged", total
    )
    return {
        "total": total,
        "failed": failed,
        "waiting": total - done - failed,
        "share": (done + failed) / total if total else 0,
        "text": text % {"done": done, "total": total},
    }


def ended(run: ImportRun, photos: dict[str, Any]) -> bool:
    """Nothing will change any more by itself."""
    return run.state in (RunState.DONE, RunState.FAILED) and not photos["waiting"]


def _run_or_404(pk: int) -> ImportRun:
    run = ImportRun.objects.filter(pk=pk).first()
    if run is None:
        raise Http404("no such import in this shop")
    return run


@require_safe
def progress_view(request: Any, pk: int) -> JsonResponse:
    """What the run's page writes in its places every two seconds."""
    run = _run_or_404(pk)
    photos = photos_of(run)
    name, _tone = STATES[RunState(run.state)]
    texts = {key: f"{getattr(run, key):,}" for key in ("created", "updated", "unchanged", "bad")}
    return JsonResponse(
        {
            "texts": texts | {"state": str(name), "photos": photos["text"]},
            "shares": {"photos": photos["share"]},
            "ended": ended(run, photos),
        }
    )


@require_safe
def example_view(request: Any) -> HttpResponse:
    return _as_file(HttpResponse(example_csv(), content_type="text/csv; charset=utf-8"), "example")


@opens_own_scope
@require_safe
def problems_view(request: Any, pk: int) -> HttpResponseBase:
    """The rows that were left out, as a CSV that may be corrected and read in a spreadsheet."""
    with shop_scope(request.shop):
        run = _run_or_404(pk)
    lines = problem_lines(request.shop, run.pk)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    return _as_file(response, f"left-out-{run.pk}")


def problem_lines(shop: Shop, run_pk: int) -> Iterator[str]:
    """The report, read in short scopes, so that none stays open while a slow reader reads."""
    yield BYTE_ORDER_MARK + _csv_line(REPORT)
    last = (-1, 0)
    while True:
        with shop_scope(shop):
            after = Q(row__gt=last[0]) | Q(row=last[0], pk__gt=last[1])
            found = ImportProblem.objects.filter(after, run_id=run_pk).order_by("row", "pk")
            problems = list(found[:PROBLEMS_AT_ONCE])
        for problem in problems:
            yield _csv_line([_cell(getattr(problem, name)) for name in REPORT])
        if len(problems) < PROBLEMS_AT_ONCE:
            return
        last = (problems[-1].row, problems[-1].pk)


def _cell(value: Any) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _csv_line(cells: Any) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _as_file(response: Any, name: str) -> Any:
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


shop_admin.nav(NavItem(40, _("Imports"), "catalog_importrun_changelist"))
