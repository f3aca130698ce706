"""`/products/{sku}/photos`: one more photo of a product, or one less."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.documents import photo_document
from catalog.api.fields import PhotoAddressField, storable
from catalog.api.product_input import LONGEST
from catalog.api.product_reply import CatalogPhotoReply
from catalog.api.words import refused
from catalog.imports.rows import MAX_PHOTOS
from catalog.models import Photo, Product
from catalog.services.photos import PhotoSource, photo_add, photo_remove, photo_store
from tenants.api_view import SecretView
from tenants.audit import audit_record
from tenants.idempotency import IDEMPOTENCY, IDEMPOTENCY_PROBLEMS, idempotent
from tenants.problem_schema import REPLY_HEADERS, problems
from tenants.problems import Problem
from tenants.scope import shop_scope
from vision.errors import ImageRejected

IMAGE = (
    *("empty", "too_large", "not_an_image", "unsupported_format"),
    *("too_many_pixels", "too_small", "truncated"),
    *("too_costly", "decoder_died"),
)


class PhotoInput(serializers.Serializer[Any]):
    """One of `image` (in a form) and `url`."""

    image = serializers.FileField(
        required=False,
        allow_empty_file=True,
        use_url=False,
        help_text="JPEG, PNG, WebP, HEIC or AVIF, as in a search.",
    )
    url = PhotoAddressField(required=False, help_text="A public address; it is fetched later.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise refused("one_photo", "image")
        return attrs


class PhotoByUrl(serializers.Serializer[Any]):
    """The address of a photo, as JSON."""

    url = PhotoAddressField(help_text="A public address; it is fetched later.")


class PhotosView(SecretView):
    parser_classes = [MultiPartParser, JSONParser]

    @extend_schema(
        operation_id="photo_add",
        summary="Add a photo to a product",
        tags=["products"],
        parameters=[*IDEMPOTENCY, *REPLY_HEADERS],
        request={"multipart/form-data": PhotoInput, "application/json": PhotoByUrl},
        responses={
            201: CatalogPhotoReply,
            **problems("product_not_found", *IMAGE, *IDEMPOTENCY_PROBLEMS),
        },
    )
    @idempotent(atomic=False)
    def post(self, request: Request, sku: str) -> Response:
        """Behind those it has. It is tagged soon after, and `state` says how far that is."""
        asked = PhotoInput(data=request.data)
        asked.is_valid(raise_exception=True)
        with shop_scope(self.shop):
            self._room(sku)
        source = self._source(asked.validated_data)
        with shop_scope(self.shop):
            product = self._room(sku)
            photo = photo_add(product=product, source=source)
            audit_record(actor=None, action="api photo", target=product, changes={})
            return Response(photo_document(photo), status=201)

    def _source(self, said: Any) -> PhotoSource:
        if "url" in said:
            return PhotoSource(url=said["url"])
        try:
            stored = photo_store(shop_id=self.shop.pk, data=said["image"].read())
        except ImageRejected as rejected:
            raise Problem(rejected.code, rejected.message) from None
        return PhotoSource(stored=stored)

    def _room(self, sku: str) -> Product:
        product = product_held(sku)
        if product.photos.count() >= MAX_PHOTOS:
            raise refused("too_many", "photos", most=str(MAX_PHOTOS))
        return product


class PhotoView(SecretView):
    @extend_schema(
        operation_id="photo_delete",
        summary="Take a photo away from a product",
        tags=["products"],
        parameters=[*IDEMPOTENCY, *REPLY_HEADERS],
        responses={204: None, **problems("photo_not_found", *IDEMPOTENCY_PROBLEMS)},
    )
    @idempotent()
    def delete(self, request: Request, sku: str, photo_id: int) -> Response:
        """The product's tags are then those of the photos that are left."""
        with shop_scope(self.shop):
            product = product_held(sku, code="photo_not_found")
            photo = Photo.objects.filter(product=product, pk=photo_id).first()
            if photo is None:
                raise Problem("photo_not_found")
            photo_remove(photo=photo)
            audit_record(actor=None, action="api photo delete", target=product, changes={})
        return Response(status=204)


def product_held(sku: str, *, code: str = "product_not_found") -> Product:
    """Held until the transaction ends. Raises the problem `code`."""
    rows = Product.objects.select_for_update(no_key=True)
    product = rows.filter(sku=sku).first() if storable(sku, LONGEST["sku"]) else None
    if product is None:
        raise Problem(code)
    return product
