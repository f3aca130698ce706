"""`/tags`: what counts of each product, and what the shop says against the model."""

from collections import defaultdict
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import exceptions
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api import etags
from catalog.api.cursors import cursor_of
from catalog.api.documents import tag_document
from catalog.api.fields import check_tag
from catalog.api.product_input import LONGEST
from catalog.api.tags_schema import (
    StatementInput,
    StatementsInput,
    StatementsReply,
    TagsAsked,
    TagsReply,
    TakeBack,
    TakenBackReply,
)
from catalog.api.taxonomy import values_by_kind
from catalog.api.words import refused, worded
from catalog.models import Product, Tag
from catalog.selectors import effective_tags
from catalog.services.tags import REGION, tags_clear, tags_say
from tenants.api_view import SecretView
from tenants.audit import audit_record_many
from tenants.idempotency import IDEMPOTENCY, IDEMPOTENCY_PROBLEMS, idempotent
from tenants.models import Shop
from tenants.problem_schema import REPLY_HEADERS, problems
from tenants.problems import problem_of, request_id_of
from tenants.scope import shop_scope
from vision.taxonomy import taxonomy

MOST_STATEMENTS = 1000

Row = dict[str, Any]


class TagsView(SecretView):
    parser_classes = [JSONParser]

    @extend_schema(
        operation_id="tags",
        summary="The tags that count, product by product",
        tags=["tags"],
        parameters=[TagsAsked, etags.IF_NONE_MATCH, etags.ETAG, *REPLY_HEADERS],
        responses={
            200: TagsReply,
            304: OpenApiResponse(description="Nothing on this page has changed."),
            **problems(),
        },
    )
    def get(self, request: Request) -> Response:
        """A person's word stands above the shop's own, and that above the model's."""
        asked = TagsAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        with shop_scope(self.shop):
            _check_kinds(self.shop, told.get("kind", ()))
            rows = Product.objects.filter(pk__gt=told.get("cursor", 0)).order_by("pk")
            if "sku" in told:
                rows = rows.filter(sku__in=told["sku"])
            found = list(rows.values_list("pk", "sku")[: told["limit"] + 1])
            page = found[: told["limit"]]
            shown = {
                "results": _tags_of(page, told.get("kind")),
                "next_cursor": cursor_of(page[-1][0]) if len(found) > len(page) else None,
            }
        return etags.answered(request, shown)

    @extend_schema(
        operation_id="tags_put",
        summary="Say what products are, against the model and the feed",
        tags=["tags"],
        parameters=[*IDEMPOTENCY, *REPLY_HEADERS],
        request=StatementsInput,
        examples=[
            OpenApiExample(
                "One said, one taken back",
                request_only=True,
                value={
                    "statements": [
                        {"sku": "MR-1", "kind": "color", "value": "navy"},
                        {"sku": "MR-2", "kind": "pattern", "value": None},
                    ]
                },
            )
        ],
        responses={
            200: OpenApiResponse(StatementsReply, description="A result for each."),
            **problems("too_large", *IDEMPOTENCY_PROBLEMS),
        },
    )
    @idempotent()
    def put(self, request: Request) -> Response:
        """As if a person had said it in the admin: no later photo or bundle overwrites it."""
        with shop_scope(self.shop):
            statements = _Statements(self.shop, _rows(request.data))
            said, back = statements.write()
        told = statements.told()
        return Response(
            {
                "request_id": request_id_of(request),
                "said": said,
                "taken_back": back,
                "refused": sum(row["status"] != 200 for row in told),
                "results": told,
            }
        )

    @extend_schema(
        operation_id="tags_delete",
        summary="Take back what was said of products",
        tags=["tags"],
        parameters=[TakeBack, *IDEMPOTENCY, *REPLY_HEADERS],
        responses={200: TakenBackReply, **problems(*IDEMPOTENCY_PROBLEMS)},
    )
    @idempotent()
    def delete(self, request: Request) -> Response:
        """Every kind named, of every product named: the feed or the model counts again."""
        asked = TakeBack(data=request.query_params)
        asked.is_valid(raise_exception=True)
        with shop_scope(self.shop):
            kinds = asked.validated_data["kind"]
            _check_kinds(self.shop, kinds)
            ids = [one.pk for one in _locked(asked.validated_data["sku"])]
            count = sum(tags_clear(kind=kind, product_ids=ids) for kind in kinds if ids)
        return Response({"request_id": request_id_of(request), "taken_back": count})


class _Statements:
    """The rows of one request, and what came of each."""

    def __init__(self, shop: Shop, rows: list[Any]) -> None:
        self.rows = rows
        self.errors: dict[int, list[dict[str, str]]] = {}
        self.good: dict[int, Row] = {}
        read = StatementInput(context={"values": sayable(shop)})
        first: dict[tuple[str, str], int] = {}
        for at, row in enumerate(rows):
            try:
                said = read.run_validation(row)
                name = said["sku"], said["kind"]
                if first.setdefault(name, at) != at:
                    raise refused("duplicate_statement", "sku", name=str(first[name]))
                self.good[at] = said
            except exceptions.ValidationError as error:
                problem = problem_of(error)
                self.errors[at] = problem.errors if problem else []

    def write(self) -> tuple[int, int]:
        """How many were said, and how many taken back."""
        held = {one.sku: one for one in _locked(row["sku"] for row in self.good.values())}
        said: dict[str, dict[int, str]] = defaultdict(dict)
        back: dict[str, list[int]] = defaultdict(list)
        for at, row in self.good.items():
            product = held.get(row["sku"])
            if product is None:
                message = worded("product_not_found")
                self.errors[at] = [
                    {"field": "sku", "code": "product_not_found", "message": message}
                ]
            elif row["value"] is None:
                back[row["kind"]].append(product.pk)
            else:
                said[row["kind"]][product.pk] = row["value"]
        for kind, values in said.items():
            tags_say(kind=kind, values=values, by=None)
        count = sum(tags_clear(kind=kind, product_ids=ids) for kind, ids in back.items())
        self._tell(held)
        return sum(map(len, said.values())), count

    def _tell(self, held: dict[str, Product]) -> None:
        by_sku: dict[str, dict[str, Any]] = defaultdict(dict)
        for at, row in self.good.items():
            if at not in self.errors:
                by_sku[row["sku"]][row["kind"]] = row["value"]
        audit_record_many(
            actor=None,
            entries=[("api tags", held[sku], {"tags": tags}) for sku, tags in by_sku.items()],
        )

    def told(self) -> list[Row]:
        results = []
        for at, row in enumerate(self.rows):
            said = row if isinstance(row, dict) else {}
            errors = self.errors.get(at, [])
            missing = any(one["code"] == "product_not_found" for one in errors)
            status = 404 if missing else 400 if errors else 200
            names = {name: _shown(said.get(name)) for name in ("sku", "kind")}
            results.append({"index": at, **names, "status": status, "errors": errors})
        return results


def sayable(shop: Shop) -> dict[str, tuple[str, ...]]:
    """What a person may say: values, and which garment of the photos the product is."""
    return values_by_kind(shop) | {REGION: taxonomy().regions}


def _rows(data: Any) -> list[Any]:
    rows = data.get("statements") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        raise refused("not_a_list", "statements")
    if len(rows) > MOST_STATEMENTS:
        raise refused("too_many", "statements", most=str(MOST_STATEMENTS))
    return rows


def _locked(skus: Any) -> list[Product]:
    """In order, so that two callers wait for each other and do not lock each other out."""
    rows = Product.objects.select_for_update(no_key=True).filter(sku__in=list(skus))
    return list(rows.order_by("pk"))


def _check_kinds(shop: Shop, kinds: Any) -> None:
    known = sayable(shop)
    for kind in kinds:
        check_tag(known, kind, None, at="kind")


def _tags_of(products: list[tuple[int, str]], kinds: list[str] | None) -> list[Row]:
    tags: dict[int, list[Tag]] = defaultdict(list)
    rows = Tag.objects.filter(product_id__in=[pk for pk, _ in products]).order_by("kind", "pk")
    for tag in rows if kinds is None else rows.filter(kind__in=kinds):
        tags[tag.product_id].append(tag)
    return [
        {
            "sku": sku,
            "tags": {kind: tag_document(tag) for kind, tag in effective_tags(tags[pk]).items()},
        }
        for pk, sku in products
    ]


def _shown(value: Any) -> str | None:
    return value[: LONGEST["sku"]] if isinstance(value, str) else None
