"""`/imports`: files that bring products, watched, looked into and taken back."""

import io
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.models import Count, QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.asked import Asked
from catalog.api.cursors import cursor_of
from catalog.api.import_changes import changes_page
from catalog.api.imports_schema import (
    ConfirmInput,
    ImportByFile,
    ImportByUrl,
    ImportChangesReply,
    ImportInput,
    ImportProblemsReply,
    ImportReply,
    ImportsAsked,
    ImportsReply,
)
from catalog.models import ImportRun, Photo
from catalog.services.imports import (
    import_again,
    import_answer,
    import_start,
    import_undo,
    undoable,
)
from tenants.api_view import SecretView
from tenants.fetch import FetchError, fetch
from tenants.idempotency import IDEMPOTENCY, IDEMPOTENCY_PROBLEMS, idempotent
from tenants.problem_schema import REPLY_HEADERS, problems
from tenants.problems import Problem
from tenants.scope import shop_scope

MOST_FETCHED = 32 * 2**20
"""Bytes that a request waits for; a larger file is uploaded, or made a feed."""
PHOTO_GROUPS = {"pending": "waiting", "working": "waiting", "done": "done", "failed": "failed"}
SEEN_PROBLEMS = ("row", "sku", "field", "code", "message", "value")
State = ImportRun.State

Row = dict[str, Any]


class ImportsView(SecretView):
    parser_classes = [MultiPartParser, JSONParser]

    @extend_schema(
        operation_id="imports",
        summary="List the shop's imports, the newest first",
        tags=["imports"],
        parameters=[ImportsAsked, *REPLY_HEADERS],
        responses={200: ImportsReply, **problems()},
    )
    def get(self, request: Request) -> Response:
        """With their progress and counts."""
        asked = ImportsAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        with shop_scope(self.shop):
            rows = ImportRun.objects.order_by("-pk")
            if "cursor" in told:
                rows = rows.filter(pk__lt=told["cursor"])
            if "state" in told:
                rows = rows.filter(state=told["state"])
            return Response(_page(rows, told["limit"], _documents))

    @extend_schema(
        operation_id="import_start",
        summary="Import a file",
        tags=["imports"],
        parameters=[*IDEMPOTENCY, *REPLY_HEADERS],
        request={"multipart/form-data": ImportByFile, "application/json": ImportByUrl},
        responses={
            202: OpenApiResponse(ImportReply, description="It waits for the worker."),
            **problems("url_failed", "url_refused", "too_large", *IDEMPOTENCY_PROBLEMS),
        },
    )
    @idempotent(atomic=False)
    def post(self, request: Request) -> Response:
        """The file is kept and read by the worker: ask for the import to see how far it is."""
        asked = ImportInput(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        file, filename = _file_of(told)
        try:
            run = import_start(
                shop=self.shop,
                file=file,
                filename=filename,
                dry=told["dry"],
                complete=told["complete"],
                look_again=told["look_again"],
                mapping=told.get("mapping"),
            )
        except ValueError as refused:
            error = {"field": "file", "code": "file_refused", "message": str(refused)}
            raise Problem("validation_error", errors=[error]) from None
        return _started(self, run)


class ImportView(SecretView):
    @extend_schema(
        operation_id="import",
        summary="One import: how far it is and what came of it",
        tags=["imports"],
        parameters=REPLY_HEADERS,
        responses={200: ImportReply, **problems("import_not_found")},
    )
    def get(self, request: Request, import_id: int) -> Response:
        """Ask again every few seconds while `state` is pending or working."""
        with shop_scope(self.shop):
            return Response(_documents([_run(import_id)])[0])


class ImportProblemsView(SecretView):
    @extend_schema(
        operation_id="import_problems",
        summary="The rows of an import that were left out, and why",
        tags=["imports"],
        parameters=[Asked, *REPLY_HEADERS],
        responses={200: ImportProblemsReply, **problems("import_not_found")},
    )
    def get(self, request: Request, import_id: int) -> Response:
        """Photos that could not be tagged are told here too, with the row that named them."""
        return _part(self, request, import_id, "problems", SEEN_PROBLEMS)


class ImportChangesView(SecretView):
    @extend_schema(
        operation_id="import_changes",
        summary="What an import changed, or in a dry run would",
        tags=["imports"],
        parameters=[Asked, *REPLY_HEADERS],
        responses={200: ImportChangesReply, **problems("import_not_found")},
    )
    def get(self, request: Request, import_id: int) -> Response:
        """A dry run shows the first hundred of each sort; its counts say how many there are."""
        asked = Asked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        with shop_scope(self.shop):
            run = _run(import_id)
            return Response(changes_page(run, after=told.get("cursor", 0), limit=told["limit"]))


class ImportUndoView(SecretView):
    @extend_schema(
        operation_id="import_undo",
        summary="Take back what an import did",
        tags=["imports"],
        parameters=[*IDEMPOTENCY, *REPLY_HEADERS],
        request=None,
        responses={
            202: OpenApiResponse(ImportReply, description="The worker takes it back."),
            **problems("import_not_found", "import_not_possible", *IDEMPOTENCY_PROBLEMS),
        },
    )
    @idempotent()
    def post(self, request: Request, import_id: int) -> Response:
        """Products that somebody changed since stay as they are."""
        with shop_scope(self.shop):
            run = _run(import_id)
            _possible(lambda: import_undo(run=run))
            return Response(_documents([_run(import_id)])[0], status=202)


class ImportConfirmView(SecretView):
    @extend_schema(
        operation_id="import_confirm",
        summary="Say yes to what an import asks, or do what a dry run showed",
        tags=["imports"],
        parameters=[*IDEMPOTENCY, *REPLY_HEADERS],
        request={"application/json": ConfirmInput},
        responses={
            202: OpenApiResponse(
                ImportReply, description="Of a dry run, the new import that does it."
            ),
            **problems("import_not_found", "import_not_possible", *IDEMPOTENCY_PROBLEMS),
        },
    )
    @idempotent(atomic=False)
    def post(self, request: Request, import_id: int) -> Response:
        """`asking`: most products would go. With `yes: false` they stay."""
        asked = ConfirmInput(data=request.data)
        asked.is_valid(raise_exception=True)
        yes = asked.validated_data["yes"]
        with shop_scope(self.shop):
            run = _run(import_id)
            if run.state == State.ASKING:
                _possible(lambda: import_answer(run=run, yes=yes))
                return Response(_documents([_run(import_id)])[0], status=202)
        if not (run.dry and run.state == State.DONE and yes):
            raise Problem("import_not_possible")
        return _started(self, import_again(run=run))


def _file_of(told: Row) -> tuple[Any, str]:
    """The file and its name. Raises url_refused and url_failed."""
    if "file" in told:
        return told["file"], told["file"].name or "upload"
    try:
        fetched = fetch(told["url"], max_bytes=MOST_FETCHED)
    except FetchError as error:
        raise Problem(error.code, error.message) from None
    name = PurePosixPath(unquote(urlsplit(told["url"]).path)).name
    return io.BytesIO(fetched.body), name or urlsplit(told["url"]).hostname or "feed"


def _started(view: SecretView, run: ImportRun) -> Response:
    with shop_scope(view.shop):
        shown = _documents([run])[0]
    return Response(shown, status=202, headers={"Location": f"/api/v1/imports/{run.pk}"})


def _run(import_id: int) -> ImportRun:
    run = ImportRun.objects.filter(pk=import_id).first()
    if run is None:
        raise Problem("import_not_found")
    return run


def _possible(call: Callable[[], None]) -> None:
    try:
        call()
    except ValueError as refused:
        raise Problem("import_not_possible", str(refused)) from None


def _part(
    view: SecretView, request: Request, import_id: int, part: str, names: Sequence[str]
) -> Response:
    """A page of what belongs to an import."""
    asked = Asked(data=request.query_params)
    asked.is_valid(raise_exception=True)
    told = asked.validated_data
    with shop_scope(view.shop):
        rows = getattr(_run(import_id), part).order_by("pk")
        rows = rows.filter(pk__gt=told.get("cursor", 0))
        return Response(
            _page(rows, told["limit"], lambda page: [_named(row, names) for row in page])
        )


def _named(row: Any, names: Sequence[str]) -> Row:
    return {name: getattr(row, name) for name in names}


def _page(rows: QuerySet[Any], limit: int, shown: Callable[[Sequence[Any]], list[Row]]) -> Row:
    found = list(rows[: limit + 1])
    page = found[:limit]
    more = cursor_of(page[-1].pk) if len(found) > len(page) else None
    return {"results": shown(page), "next_cursor": more}


def _documents(runs: Sequence[ImportRun]) -> list[Row]:
    photos: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(PHOTO_GROUPS.values(), 0))
    found = Photo.objects.filter(import_run__in=[run.pk for run in runs])
    for run_id, state, count in found.values_list("import_run", "state").annotate(n=Count("pk")):
        photos[run_id][PHOTO_GROUPS[state]] += count
    names = (
        *("kind", "filename", "state", "detail", "dry", "complete", "total", "rows", "created"),
        *("updated", "unchanged", "bad", "gone", "summary", "created_at", "finished_at"),
    )
    return [
        {"id": run.pk} | _named(run, names) | {"undoable": undoable(run), "photos": photos[run.pk]}
        for run in runs
    ]
