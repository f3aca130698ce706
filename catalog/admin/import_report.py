"""The rows of an import that were left out, as a CSV."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from catalog.admin.fault_words import fault_words
from catalog.imports.bad_rows import bad_rows
from catalog.imports.text import records
from catalog.models import ImportProblem, ImportRun
from catalog.services.imports.reading import LINES
from tenants.admin_scope import opens_own_scope
from tenants.csv_cells import BYTE_ORDER_MARK, csv_line
from tenants.models import Shop
from tenants.scope import shop_scope

PROBLEMS_AT_ONCE = 1000
REPORT = ("row", "sku", "field", "message", "value", "code")


@opens_own_scope
@require_safe
def problems_view(request: Any, pk: int) -> HttpResponseBase:
    """Of a table its own rows with the reason behind them, to be corrected and uploaded again; of
    another file a list of what is wrong."""
    with shop_scope(request.shop):
        run = ImportRun.objects.filter(pk=pk).first()
    if run is None:
        raise Http404("no such import in this shop")
    lang = get_language() or settings.LANGUAGE_CODE
    told = problem_lines(request.shop, run.pk, lang)
    if run.kind in LINES and run.file and default_storage.exists(str(run.file.name)):
        told = row_lines(request.shop, run, lang)
    response = StreamingHttpResponse(told, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="left-out-{run.pk}.csv"'
    return response


def row_lines(shop: Shop, run: ImportRun, lang: str) -> Iterator[str]:
    """The table's rows that a problem names, cells as they stand there, the reasons in `lang`."""
    yield BYTE_ORDER_MARK
    with default_storage.open(str(run.file.name)) as file:
        reasons = ((one.row, _reason(one, lang)) for one in problems_of(shop, run.pk))
        yield from bad_rows(records(file), reasons)


def problem_lines(shop: Shop, run_pk: int, lang: str) -> Iterator[str]:
    """One line a problem, where the file has no rows of its own. The codes are the API's."""
    yield BYTE_ORDER_MARK + csv_line(REPORT)
    for problem in problems_of(shop, run_pk):
        problem.message = _words(problem, lang)
        yield csv_line([str(getattr(problem, name)) for name in REPORT])


def problems_of(shop: Shop, run_pk: int) -> Iterator[ImportProblem]:
    """By row, read in short scopes, so that none stays open while a slow reader reads."""
    last = (-1, 0)
    while True:
        with shop_scope(shop):
            after = Q(row__gt=last[0]) | Q(row=last[0], pk__gt=last[1])
            found = ImportProblem.objects.filter(after, run_id=run_pk).order_by("row", "pk")
            problems = list(found[:PROBLEMS_AT_ONCE])
        yield from problems
        if len(problems) < PROBLEMS_AT_ONCE:
            return
        last = (problems[-1].row, problems[-1].pk)


def _reason(problem: ImportProblem, lang: str) -> str:
    words = _words(problem, lang)
    return f"{problem.field}: {words}" if problem.field else words


def _words(problem: ImportProblem, lang: str) -> str:
    """The answer is streamed when the request's own language is gone."""
    with override(lang):
        return fault_words(problem.code, problem.message)
