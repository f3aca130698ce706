"""What a request for an outfit may say."""

from typing import Any

from rest_framework import serializers

from recommender.fields import BoxField, FiltersField, refused
from recommender.filters import Filters
from recommender.outfit.services import Owned, Wish
from tenants.problems import LANGUAGES

DEFAULT_CHOICES, MOST_CHOICES = 4, 12
MOST_OBJECTS = 99
EACH = "all"
PHOTOS = ("image", "image_url", "image_id")
PLACES = ("box", "object", "objects")


class OutfitOf(serializers.Serializer[Any]):
    """How to complete a look; behind a question mark, `filters` are JSON text."""

    as_text = True

    choices = serializers.IntegerField(
        required=False,
        default=DEFAULT_CHOICES,
        min_value=1,
        max_value=MOST_CHOICES,
        help_text="Products at most for each slot.",
    )
    filters = FiltersField(required=False)
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

    def wish(self, lang: str) -> Wish:
        """The valid request as the service takes it."""
        data = self.validated_data
        return Wish(filters=data.get("filters", Filters()), choices=data["choices"], lang=lang)


class OutfitByReference(OutfitOf):
    """A photo of what the shopper owns, as JSON: exactly one of `image_url` and `image_id`."""

    as_text = False

    image_url = serializers.CharField(
        required=False,
        max_length=2000,
        help_text="A public http or https address of a photo; it is fetched by the server.",
    )
    image_id = serializers.UUIDField(
        required=False, help_text="The same photo again, without sending it: of an earlier reply."
    )
    box = BoxField(required=False)
    object = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_OBJECTS,
        help_text="Index of the garment that is owned, in the place of the biggest.",
    )
    objects = serializers.ChoiceField(
        choices=(EACH,),
        required=False,
        help_text="`all`: everything in the photo is worn; only what is missing is suggested.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        photos = [name for name in PHOTOS if name in self.fields]
        if sum(name in attrs for name in photos) != 1:
            code = "one_query" if any(name in attrs for name in photos) else "no_query"
            raise refused(code, photos[0], known=", ".join(photos))
        places = [name for name in PLACES if name in attrs]
        if len(places) > 1:
            raise refused("one_place", places[1])
        return attrs

    def owned(self) -> Owned:
        """The valid request's photo as the service takes it."""
        data = self.validated_data
        image = data.get("image")
        return Owned(
            image=image.read() if image is not None else None,
            image_url=data.get("image_url", ""),
            image_id=data.get("image_id"),
            box=data.get("box"),
            object=data.get("object"),
            every_object=data.get("objects") == EACH,
        )


class OutfitByPhoto(OutfitByReference):
    """A photo of what the shopper owns, as a form: exactly one of `image`, `image_url` and
    `image_id`. `box` and `filters` are JSON text.
    """

    as_text = True

    image = serializers.FileField(
        required=False,
        allow_empty_file=True,
        use_url=False,
        help_text="JPEG, PNG, WebP, HEIC or AVIF; at most 10 MB and 40 million pixels, "
        "at least 32 pixels a side.",
    )
