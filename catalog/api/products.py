"""`/products`: the catalogue, product by product."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.db.models import Exists, OuterRef, QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api import etags
from catalog.api.asked import MOST, Asked
from catalog.api.cursors import cursor_of
from catalog.api.documents import Document, product_documents
from catalog.api.fields import storable
from catalog.api.product_input import (
    LONGEST,
    ProductInput,
    ProductPatch,
    patch_of,
    put_of,
)
from catalog.api.product_reply import ProductReply, ProductsReply
from catalog.api.taxonomy import values_by_kind
from catalog.api.words import refused, worded
from catalog.models import Photo, Product
from catalog.services.plan_limit import PLAN_LIMIT
from catalog.services.product_changes import Change, Changed, Op, products_change
from catalog.services.products import Outcome
from tenants.api_view import SecretView
from tenants.idempotency import IDEMPOTENCY, IDEMPOTENCY_PROBLEMS, idempotent
from tenants.models import Shop
from tenants.problem_schema import REPLY_HEADERS, problems
from tenants.problems import Problem
from tenants.scope import shop_scope

State = Photo.State
WAITING = (State.PENDING, State.WORKING)
ADDRESS = "/api/v1/products/"


class ProductsAsked(Asked):
    sku = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST["sku"]),
        required=False,
        max_length=MOST,
        help_text="May stand several times; reaches products whose SKU no address can hold.",
    )
    updated_since = serializers.DateTimeField(
        required=False, help_text="Written at or after it, as 2026-01-31T09:00:00Z."
    )
    in_stock = serializers.BooleanField(required=False, allow_null=True)
    tagging = serializers.ChoiceField(
        choices=["done", "waiting", "failed", "none"],
        required=False,
        help_text="`done`: all photos tagged; `waiting`, `failed`: one or more; `none`: no photo.",
    )
    brand = serializers.CharField(required=False, max_length=LONGEST["brand"])


class MergePatchParser(JSONParser):
    media_type = "application/merge-patch+json"


class ProductsView(SecretView):
    @extend_schema(
        operation_id="products",
        summary="List the shop's products",
        tags=["products"],
        parameters=[ProductsAsked, etags.IF_NONE_MATCH, etags.ETAG, *REPLY_HEADERS],
        responses={
            200: OpenApiResponse(ProductsReply, description="In the order they came in."),
            304: OpenApiResponse(description="Nothing on this page has changed."),
            **problems(),
        },
    )
    def get(self, request: Request) -> Response:
        """Page after page, each beginning behind the last product of the one before it."""
        asked = ProductsAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        with shop_scope(self.shop):
            rows = list(_found(told).order_by("pk")[: told["limit"] + 1])
            page = rows[: told["limit"]]
            more = cursor_of(page[-1].pk) if len(rows) > len(page) else None
            shown = {
                "results": product_documents(page, shop=self.shop),
                "next_cursor": more,
            }
        return etags.answered(request, shown)


def _found(told: Any) -> QuerySet[Product]:
    rows: QuerySet[Product] = Product.objects.filter(pk__gt=told.get("cursor", 0))
    if "sku" in told:
        rows = rows.filter(sku__in=told["sku"])
    if "updated_since" in told:
        rows = rows.filter(updated_at__gte=told["updated_since"])
    if told.get("in_stock") is not None:
        rows = rows.filter(in_stock=told["in_stock"])
    if "brand" in told:
        rows = rows.filter(brand=told["brand"])
    if "tagging" in told:
        photos = Photo.objects.filter(product=OuterRef("pk"))
        waiting, failed = photos.filter(state__in=WAITING), photos.filter(state=State.FAILED)
        done = Exists(photos) & ~Exists(waiting) & ~Exists(failed)
        wanted: dict[str, Any] = {
            "done": done,
            "waiting": Exists(waiting),
            "failed": Exists(failed),
            "none": ~Exists(photos),
        }
        rows = rows.filter(wanted[told["tagging"]])
    return rows


class ProductView(SecretView):
    parser_classes = [JSONParser, MergePatchParser]

    @extend_schema(
        operation_id="product",
        summary="One product with its photos, tags and garments",
        tags=["products"],
        parameters=[etags.IF_NONE_MATCH, etags.ETAG, *REPLY_HEADERS],
        responses={
            200: ProductReply,
            304: OpenApiResponse(description="It has not changed."),
            **problems("product_not_found"),
        },
    )
    def get(self, request: Request, sku: str) -> Response:
        """Slashes and other letters of a SKU are percent-encoded, as `A%2F1`."""
        with shop_scope(self.shop):
            return etags.answered(request, product_document(sku, shop=self.shop))

    @extend_schema(
        operation_id="product_put",
        summary="Create or replace a product",
        tags=["products"],
        parameters=[etags.IF_MATCH, etags.ONLY_NEW, etags.ETAG, *IDEMPOTENCY, *REPLY_HEADERS],
        request={"application/json": ProductInput},
        responses={
            200: OpenApiResponse(ProductReply, description="Replaced, or as it was."),
            201: OpenApiResponse(ProductReply, description="New."),
            **problems("precondition_failed", PLAN_LIMIT, *IDEMPOTENCY_PROBLEMS),
        },
    )
    @idempotent()
    def put(self, request: Request, sku: str) -> Response:
        """What the body does not name is emptied; photos that it does not name stay."""
        said = validated(ProductInput, request.data, shop=self.shop, sku=sku)
        return self._write(request, put_of(sku, said))

    @extend_schema(
        operation_id="product_patch",
        summary="Change some of a product's fields",
        tags=["products"],
        parameters=[etags.IF_MATCH, etags.ETAG, *IDEMPOTENCY, *REPLY_HEADERS],
        request={"application/merge-patch+json": ProductPatch, "application/json": ProductPatch},
        responses={
            200: ProductReply,
            **problems("product_not_found", "precondition_failed", *IDEMPOTENCY_PROBLEMS),
        },
    )
    @idempotent()
    def patch(self, request: Request, sku: str) -> Response:
        """A JSON merge patch (RFC 7396): what is not named stays, null empties."""
        said = validated(ProductPatch, request.data, shop=self.shop, sku=sku)
        return self._write(request, patch_of(sku, said))

    @extend_schema(
        operation_id="product_delete",
        summary="Delete a product with its photos and tags",
        tags=["products"],
        parameters=[etags.IF_MATCH, *IDEMPOTENCY, *REPLY_HEADERS],
        responses={
            204: OpenApiResponse(description="Gone."),
            **problems("product_not_found", "precondition_failed", *IDEMPOTENCY_PROBLEMS),
        },
    )
    @idempotent()
    def delete(self, request: Request, sku: str) -> Response:
        """Searches do not find it any more, from now on."""
        with shop_scope(self.shop):
            self._checked(request, sku)
            [changed] = products_change(shop=self.shop, changes=[Change(Op.DELETE, sku)])
            _raise(changed)
        return Response(status=204)

    def _write(self, request: Request, change: Change) -> Response:
        with shop_scope(self.shop):
            self._checked(request, change.sku)
            [changed] = products_change(shop=self.shop, changes=[change])
            _raise(changed)
            new = changed.outcome == Outcome.CREATED
            if not new and request.headers.get("If-None-Match") == etags.ANY:
                # Somebody else made it meanwhile.
                raise Problem("precondition_failed")
            shown = product_document(change.sku, shop=self.shop)
        headers = {"ETag": etags.etag_of(shown)}
        if new:
            headers["Location"] = ADDRESS + quote(change.sku, safe="")
        return Response(shown, status=201 if new else 200, headers=headers)

    def _checked(self, request: Request, sku: str) -> None:
        """Hold the product until the transaction ends, and see that it is what the caller read."""
        if not storable(sku, LONGEST["sku"]):
            most = str(LONGEST["sku"])
            raise refused("not_a_text", "sku", most=most)
        if not {"If-Match", "If-None-Match"} & {*request.headers}:
            return
        held = Product.objects.select_for_update(no_key=True).filter(sku=sku).first()
        shown = product_documents([held], shop=self.shop)[0] if held else None
        etags.check(request, etags.etag_of(shown) if shown else None)


def product_document(sku: str, *, shop: Shop) -> Document:
    """In the shop's scope. Raises product_not_found."""
    product = Product.objects.filter(sku=sku).first() if storable(sku, LONGEST["sku"]) else None
    if product is None:
        raise Problem("product_not_found")
    return product_documents([product], shop=shop)[0]


def validated(
    read: Callable[..., serializers.Serializer[Any]], data: Any, *, shop: Shop, sku: str
) -> Any:
    """What the body says of this product. Raises ValidationError."""
    asked = read(data=data, context={"values": values_by_kind(shop)})
    asked.is_valid(raise_exception=True)
    if asked.validated_data.get("sku", sku) != sku:
        raise refused("another_sku", "sku")
    return asked.validated_data


def _raise(changed: Changed) -> None:
    if changed.code == "product_not_found":
        raise Problem(changed.code)
    if changed.code == PLAN_LIMIT:
        raise Problem(changed.code, changed.detail)
    if changed.code:
        raise Problem("validation_error", errors=[error_of(changed)])


def error_of(changed: Changed) -> dict[str, str]:
    """Why a change was refused, as errors of the API are told."""
    message = worded(changed.code, name=changed.detail)
    return {"field": changed.field, "code": changed.code, "message": message}
