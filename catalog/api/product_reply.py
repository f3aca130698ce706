"""What the catalogue's API answers, as its description in the OpenAPI document."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.models import Photo, Tag
from catalog.services.product_changes import Op

SOURCE_HELP = "`person` stands above `feed` (the shop's own word), and that above `model`."


class AmountReply(serializers.Serializer[Any]):
    amount = serializers.IntegerField(help_text="In the currency's smallest unit.")
    currency = serializers.CharField()


class TagReply(serializers.Serializer[Any]):
    value = serializers.CharField()
    source = serializers.ChoiceField(  # type: ignore[assignment]  # a field of this name
        choices=Tag.Source.choices, help_text=SOURCE_HELP
    )
    probability = serializers.FloatField(allow_null=True, help_text="0..1; of the model.")
    unsure = serializers.BooleanField(help_text="The model itself would not rely on it.")
    revision = serializers.CharField(help_text="Of the bundle that said it; empty for others.")
    at = serializers.DateTimeField()


class StatementReply(TagReply):
    kind = serializers.CharField()


class CatalogPhotoReply(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    position = serializers.IntegerField(help_text="From 0.")
    source_url = serializers.CharField(help_text="Empty for one that was uploaded.")
    image_url = serializers.CharField(help_text="Empty until it was fetched.")
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    state = serializers.ChoiceField(choices=Photo.State.choices)
    reason = serializers.CharField(help_text="Stable code of a failure, or of why it waits.")
    detail = serializers.CharField()
    revision = serializers.CharField()
    tagged_at = serializers.DateTimeField(allow_null=True)


class CatalogColorReply(serializers.Serializer[Any]):
    name = serializers.CharField()
    family = serializers.CharField()
    hex = serializers.CharField()
    share = serializers.FloatField(help_text="Of the garment's pixels, 0..1.")


@extend_schema_field({"type": "array", "items": {"type": "integer"}, "minItems": 4, "maxItems": 4})
class BoxReplyField(serializers.ListField):
    pass


class CatalogGarmentReply(serializers.Serializer[Any]):
    photo = serializers.IntegerField(help_text="Its id among `photos`.")
    region = serializers.CharField()
    box = BoxReplyField(help_text="[x0, y0, x1, y1] in pixels of the photo.")
    area = serializers.FloatField(help_text="Share of the photo.")
    is_product = serializers.BooleanField(help_text="This garment is what the product sells.")
    category = serializers.CharField()
    pattern = serializers.CharField()
    style = serializers.CharField()  # type: ignore[assignment]  # a field of this name
    color_family = serializers.CharField()
    colors = CatalogColorReply(many=True)


class ProductReply(serializers.Serializer[Any]):
    """A product with what was seen in its photos. Names of values: `/taxonomy`."""

    sku = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    brand = serializers.CharField()
    url = serializers.CharField()
    category = serializers.CharField(help_text="The shop's own; ours is in `tags`.")
    gender = serializers.CharField()
    season = serializers.CharField()
    price = AmountReply(allow_null=True)
    sale_price = AmountReply(allow_null=True)
    currency = serializers.CharField()
    in_stock = serializers.BooleanField()
    variant_group = serializers.CharField()
    attributes = serializers.DictField()
    translations = serializers.DictField(child=serializers.DictField())
    tags = serializers.DictField(child=TagReply(), help_text="By kind, the tag that counts.")
    statements = StatementReply(many=True, help_text="Everything that was said, by whom.")
    photos = CatalogPhotoReply(many=True)
    garments = CatalogGarmentReply(many=True, help_text="As the live bundle sees the photos.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class ProductsReply(serializers.Serializer[Any]):
    results = ProductReply(many=True)
    next_cursor = serializers.CharField(allow_null=True, help_text="Null on the last page.")


class RowErrorReply(serializers.Serializer[Any]):
    field = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


class OperationReply(serializers.Serializer[Any]):
    index = serializers.IntegerField(help_text="Place among the operations, from 0.")
    op = serializers.ChoiceField(choices=[one.value for one in Op], allow_null=True)
    sku = serializers.CharField(allow_null=True)
    status = serializers.IntegerField(help_text="As if it had been sent alone.")
    outcome = serializers.CharField(
        allow_null=True, help_text="created, updated, unchanged or deleted; null where refused."
    )
    errors = RowErrorReply(many=True)  # type: ignore[assignment]  # a field of this name


class BatchReply(serializers.Serializer[Any]):
    request_id = serializers.CharField()
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    deleted = serializers.IntegerField()
    refused = serializers.IntegerField()
    results = OperationReply(many=True)
