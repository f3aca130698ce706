"""`/products/batch`: many writes in one request, each with its own result."""

from collections import Counter
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.fields import SHOWN
from catalog.api.product_input import LONGEST, ProductInput, ProductPatch, patch_of, put_of
from catalog.api.product_reply import BatchReply
from catalog.api.products import error_of
from catalog.api.taxonomy import values_by_kind
from catalog.api.words import refused
from catalog.services.plan_limit import PLAN_LIMIT
from catalog.services.product_changes import Change, Changed, Op, products_change
from tenants.api_view import SecretView
from tenants.idempotency import IDEMPOTENCY, IDEMPOTENCY_PROBLEMS, idempotent
from tenants.models import Shop
from tenants.problem_schema import REPLY_HEADERS, problems
from tenants.problems import problem_of, request_id_of
from tenants.scope import shop_scope

MOST_OPERATIONS = 1000
CHUNK = 500
"""Operations in one transaction, where no Idempotency-Key makes it one for all."""
STATUS = {"created": 201, "updated": 200, "unchanged": 200, "deleted": 204}
REFUSED = {"product_not_found": 404, PLAN_LIMIT: 402}
OUTCOMES = tuple(STATUS)

Row = dict[str, Any]


class OperationInput(serializers.Serializer[Any]):
    op = serializers.ChoiceField(choices=[one.value for one in Op])
    sku = serializers.CharField(max_length=LONGEST["sku"])
    product = serializers.DictField(
        required=False, help_text="To put: the whole product. To patch: what changes."
    )

    def to_internal_value(self, data: Any) -> Any:
        known = ", ".join(self.fields)
        for name in data if isinstance(data, dict) else ():
            if name not in self.fields:
                raise refused("unknown_field", str(name)[:SHOWN], name=name[:SHOWN], known=known)
        said = super().to_internal_value(data)
        if said["op"] != Op.DELETE and "product" not in said:
            required = self.fields["product"].error_messages["required"]
            raise serializers.ValidationError(
                {"product": [serializers.ErrorDetail(str(required), "required")]}
            )
        return said


class BatchInput(serializers.Serializer[Any]):
    """At most 1,000 operations; every SKU may stand once."""

    operations = OperationInput(many=True)


class BatchView(SecretView):
    parser_classes = [JSONParser]

    @extend_schema(
        operation_id="products_batch",
        summary="Put, patch and delete up to 1,000 products",
        tags=["products"],
        parameters=[*IDEMPOTENCY, *REPLY_HEADERS],
        request=BatchInput,
        examples=[
            OpenApiExample(
                "Three operations",
                request_only=True,
                value={
                    "operations": [
                        {"op": "put", "sku": "MR-1", "product": {"title": "Shirt", "price": 9000}},
                        {"op": "patch", "sku": "MR-2", "product": {"in_stock": False}},
                        {"op": "delete", "sku": "MR-3"},
                    ]
                },
            )
        ],
        responses={
            200: OpenApiResponse(BatchReply, description="A result for each, in their order."),
            **problems("too_large", *IDEMPOTENCY_PROBLEMS),
        },
    )
    @idempotent()
    def post(self, request: Request) -> Response:
        """What is good is kept, what is not is told; one bad operation stops no other."""
        operations = _operations(request.data)
        results: dict[int, Row] = {}
        changes = _changes(operations, self.shop, results)
        places = list(changes)
        for first in range(0, len(places), CHUNK):
            chunk = places[first : first + CHUNK]
            with shop_scope(self.shop):
                done = products_change(shop=self.shop, changes=[changes[at] for at in chunk])
            for at, changed in zip(chunk, done, strict=True):
                results[at] = _done(at, changes[at].op, changed)
        told = [results[at] for at in range(len(operations))]
        counts = Counter(row["outcome"] for row in told)
        return Response(
            {
                "request_id": request_id_of(request),
                **{outcome: counts[outcome] for outcome in OUTCOMES},
                "refused": counts[None],
                "results": told,
            }
        )


def _operations(data: Any) -> list[Any]:
    """Only the envelope: each operation is judged by itself."""
    operations = data.get("operations") if isinstance(data, dict) else None
    for name in data if isinstance(data, dict) else ():
        if name != "operations":
            shown = str(name)[:SHOWN]
            raise refused("unknown_field", shown, name=shown, known="operations")
    if not isinstance(operations, list):
        raise refused("not_a_list", "operations")
    if len(operations) > MOST_OPERATIONS:
        raise refused("too_many", "operations", most=str(MOST_OPERATIONS))
    return operations


def _changes(operations: list[Any], shop: Shop, results: dict[int, Row]) -> dict[int, Change]:
    """The good ones by their place; into `results` go the refused."""
    read = _Reader(shop)
    changes: dict[int, Change] = {}
    first: dict[str, int] = {}
    for at, operation in enumerate(operations):
        try:
            change = read.change(operation)
            if change.sku in first:
                raise refused("duplicate_sku", "sku", name=str(first[change.sku]))
        except exceptions.ValidationError as error:
            results[at] = _refused(at, operation, error)
            continue
        first[change.sku] = at
        changes[at] = change
    return changes


class _Reader:
    """One serializer of each kind for all rows: to make one costs more than to use it."""

    def __init__(self, shop: Shop) -> None:
        context = {"values": values_by_kind(shop)}
        self.operation = OperationInput()
        self.put = ProductInput(context=context)
        self.patch = ProductPatch(context=context)

    def change(self, operation: Any) -> Change:
        said = self.operation.run_validation(operation)
        op, sku = Op(said["op"]), said["sku"]
        if op == Op.DELETE:
            return Change(op, sku)
        product = (self.put if op == Op.PUT else self.patch).run_validation(said["product"])
        if product.get("sku", sku) != sku:
            raise refused("another_sku", "sku")
        return (put_of if op == Op.PUT else patch_of)(sku, product)


def _done(at: int, op: Op, changed: Changed) -> Row:
    errors = [error_of(changed)] if changed.code else []
    status = STATUS.get(changed.outcome) or REFUSED.get(changed.code, 400)
    return {
        "index": at,
        "op": op.value,
        "sku": changed.sku,
        "status": status,
        "outcome": changed.outcome or None,
        "errors": errors,
    }


def _refused(at: int, operation: Any, error: exceptions.ValidationError) -> Row:
    said = operation if isinstance(operation, dict) else {}
    problem = problem_of(error)
    assert problem is not None
    op, sku = said.get("op"), said.get("sku")
    shown = sku[: LONGEST["sku"]] if isinstance(sku, str) else None
    known = op if isinstance(op, str) and op in list(Op) else None
    return {
        "index": at,
        "op": known,
        "sku": shown,
        "status": 400,
        "outcome": None,
        "errors": problem.errors,
    }
