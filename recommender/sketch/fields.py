"""The parts of a request that say what was drawn."""

import base64
import re
from difflib import get_close_matches
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from recommender.fields import JsonOrText, refused
from recommender.sketch.seeing import LIMITS, too_large
from recommender.sketch.sent import Sketch
from vision.sketch.drawing import MOST_COLORS
from vision.taxonomy import taxonomy

COLOR = re.compile(r"#[0-9a-fA-F]{6}")
DATA_URL = re.compile(r"data:image/[a-z.+-]{2,20};base64,")
MOST_TEXT = LIMITS.max_bytes * 4 // 3 + 100
"""Characters of the base64 of the largest picture."""
MOST_NAMED = 5
HELP = (
    "A drawing instead of a photo: lines of ink (#1a1a1a) and strokes of colour on a transparent "
    "or white ground; at most 5 MB and 16 million pixels."
)
PARTS = ("colors", "category")
"""What may be said of a drawing."""


class SketchFile(serializers.FileField):
    """The picture in a form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            allow_empty_file=True, use_url=False, help_text=f"{HELP} PNG, best.", **kwargs
        )

    def to_internal_value(self, data: Any) -> Any:
        return bytes(super().to_internal_value(data).read())


@extend_schema_field({"type": "string", "format": "uri", "maxLength": MOST_TEXT})
class SketchText(serializers.Field):
    """The picture in JSON: a data URL. Not a CharField, whose validators look at every letter."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(help_text=f"{HELP} As `data:image/png;base64,…`.", **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        head = DATA_URL.match(data) if isinstance(data, str) else None
        if head is None:
            raise refused("not_a_data_url")
        if len(data) > MOST_TEXT:
            raise too_large()
        try:
            return base64.b64decode(data[head.end() :], validate=True)
        except ValueError:
            raise refused("not_a_data_url") from None


class ColorsField(JsonOrText):
    """A list of `#rrggbb`, in small letters, each once."""

    def checked(self, data: Any) -> tuple[str, ...]:
        if not isinstance(data, list):
            raise refused("not_colors")
        if len(data) > MOST_COLORS:
            raise refused("too_many", most=MOST_COLORS)
        for at, color in enumerate(data):
            if not isinstance(color, str) or not COLOR.fullmatch(color):
                raise refused("not_a_color", str(at), name=str(color)[:20])
        return tuple(dict.fromkeys(color.lower() for color in data))

    def described(self) -> dict[str, Any]:
        return {
            "type": "array",
            "items": {"type": "string", "pattern": f"^{COLOR.pattern}$"},
            "maxItems": MOST_COLORS,
            "description": "The colours that were painted with: black and white paint are told "
            "from ink and ground by them.",
            "examples": [["#c8202c", "#ffffff"]],
        }


class CategoryField(serializers.CharField):
    """A category of the taxonomy."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=60, help_text="What is drawn, a category of the taxonomy.", **kwargs
        )

    def to_internal_value(self, data: Any) -> str:
        category = str(super().to_internal_value(data))
        known = taxonomy().ids("category")
        if category not in known:
            near = get_close_matches(category, known, n=MOST_NAMED)
            named = ", ".join(dict.fromkeys((*near, *known)))
            raise refused("unknown_value", kind="category", name=category[:40], known=named)
        return category


def sketch_of(data: dict[str, Any]) -> Sketch | None:
    """Of checked fields; None where nothing was drawn."""
    if data.get("sketch") is None:
        return None
    return Sketch(data["sketch"], data.get("colors", ()), data.get("category", ""))
