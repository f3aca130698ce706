"""What the lists of the catalogue's API have in common."""

from typing import Any

from rest_framework import serializers

from catalog.api.cursors import CursorField
from catalog.api.fields import SHOWN
from catalog.api.words import refused
from tenants.problems import LANGUAGES

DEFAULT_LIMIT, MOST = 50, 200


class Asked(serializers.Serializer[Any]):
    """What stands behind the question mark of a list; what is not known is refused by name."""

    limit = serializers.IntegerField(
        required=False, default=DEFAULT_LIMIT, min_value=1, max_value=MOST
    )
    cursor = CursorField(required=False, help_text="`next_cursor` of a reply, with its filters.")
    lang = serializers.ChoiceField(choices=LANGUAGES, required=False, help_text="Of errors.")

    def to_internal_value(self, data: Any) -> Any:
        for name in data:
            if name not in self.fields:
                shown = str(name)[:SHOWN]
                raise refused("unknown_field", shown, name=shown, known=", ".join(self.fields))
        return super().to_internal_value(data)
