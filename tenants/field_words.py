"""What can be wrong with a field of the API, in the language of the request."""

from collections.abc import Mapping
from dataclasses import dataclass

from rest_framework import serializers

from tenants.problems import current_language


@dataclass(frozen=True)
class FieldWords:
    """By code, the sentence in English and in Korean; `{name}` stands for a value."""

    words: Mapping[str, tuple[str, str]]

    def worded(self, code: str, **values: object) -> str:
        """What is wrong; KeyError for a code that there is not."""
        text = self.words[code][current_language() == "ko"]
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def refused(self, code: str, field: str = "", **values: object) -> serializers.ValidationError:
        """A validation error at `field` inside the present one."""
        error = serializers.ErrorDetail(self.worded(code, **values), code)
        return serializers.ValidationError({field: [error]} if field else [error])
