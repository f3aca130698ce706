"""What a request to discover shops may say."""

from typing import Any

from rest_framework import serializers

from recommender.fields import BoxField, refused
from recommender.mood.discovery import DiscoverAsked
from tenants.problems import LANGUAGES

PHOTOS = ("image", "image_url")


class DiscoverByReference(serializers.Serializer[Any]):
    """The address of a photo, as JSON."""

    image_url = serializers.CharField(
        required=False,
        max_length=2000,
        help_text="A public http or https address of a photo; it is fetched by the server.",
    )
    box = BoxField(required=False)
    lang = serializers.ChoiceField(
        choices=LANGUAGES,
        required=False,
        help_text="Of names, prices and sentences. Otherwise Accept-Language, otherwise English.",
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
        photos = [name for name in PHOTOS if name in self.fields]
        sent = [name for name in photos if name in attrs]
        if len(sent) != 1:
            code = "one_query" if sent else "no_query"
            raise refused(code, photos[0], known=", ".join(photos))
        return attrs

    def asked(self, lang: str) -> DiscoverAsked:
        """The valid request as the service takes it."""
        data = self.validated_data
        image = data.get("image")
        return DiscoverAsked(
            image=image.read() if image is not None else None,
            image_url=data.get("image_url", ""),
            box=data.get("box"),
            lang=lang,
        )


class DiscoverByPhoto(DiscoverByReference):
    """A photo as a form, or its address; `box` is JSON text."""

    as_text = True

    image = serializers.FileField(
        required=False,
        allow_empty_file=True,
        use_url=False,
        help_text="JPEG, PNG, WebP, HEIC or AVIF; at most 10 MB and 40 million pixels, "
        "at least 32 pixels a side.",
    )
