"""What a search request may say."""

from typing import Any

from rest_framework import serializers

from recommender.candidates import Filters
from recommender.fields import BoxField, FiltersField, refused
from recommender.services import Asked
from tenants.problems import LANGUAGES

DEFAULT_LIMIT, MOST_RESULTS = 6, 48
QUERIES = ("image", "image_url", "product_id")


class SearchByReference(serializers.Serializer[Any]):
    """A search as JSON: exactly one of `image_url` and `product_id`."""

    image_url = serializers.CharField(
        required=False,
        max_length=2000,
        help_text="A public http or https address of a photo; it is fetched by the server.",
    )
    product_id = serializers.CharField(
        required=False,
        max_length=100,
        help_text="SKU of one of the shop's products: what is similar to it, without itself.",
    )
    box = BoxField(required=False)
    filters = FiltersField(required=False)
    limit = serializers.IntegerField(
        required=False, default=DEFAULT_LIMIT, min_value=1, max_value=MOST_RESULTS
    )
    lang = serializers.ChoiceField(
        choices=LANGUAGES,
        required=False,
        help_text="Of names, prices and sentences. Otherwise Accept-Language, "
        "otherwise the shop's language.",
    )

    def to_internal_value(self, data: Any) -> Any:
        known: list[str] = list(self.fields.keys())
        for name in data if hasattr(data, "keys") else ():
            if name not in known:
                raise refused(
                    "unknown_field", str(name)[:40], name=str(name)[:40], known=", ".join(known)
                )
        return super().to_internal_value(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        queries = [name for name in QUERIES if name in self.fields]
        if sum(name in attrs for name in queries) != 1:
            raise refused("one_query", queries[0], known=", ".join(queries))
        return attrs

    def asked(self, lang: str) -> Asked:
        """The valid request as the service takes it."""
        data = self.validated_data
        image = data.get("image")
        return Asked(
            image=image.read() if image is not None else None,
            image_url=data.get("image_url", ""),
            sku=data.get("product_id", ""),
            box=data.get("box"),
            filters=data.get("filters", Filters()),
            limit=data["limit"],
            lang=lang,
        )


class SearchByPhoto(SearchByReference):
    """A search as a form: exactly one of `image`, `image_url` and `product_id`.

    `box` and `filters` are JSON text.
    """

    image = serializers.FileField(
        required=False,
        allow_empty_file=True,
        use_url=False,
        help_text="JPEG, PNG, WebP, HEIC or AVIF; at most 10 MB and 40 million pixels, "
        "at least 32 pixels a side.",
    )
