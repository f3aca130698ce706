"""What a request for a preview may say."""

from typing import Any

from rest_framework import serializers

from recommender.sketch.fields import (
    CategoryField,
    ColorsField,
    SketchFile,
    SketchText,
    sketch_of,
)
from recommender.sketch.sent import Sketch
from tenants.problems import LANGUAGES


class PreviewByText(serializers.Serializer[Any]):
    """A drawing as JSON."""

    sketch = SketchText()
    colors = ColorsField(required=False)
    category = CategoryField(required=False)
    lang = serializers.ChoiceField(
        choices=LANGUAGES, required=False, help_text="Of what is said when something is wrong."
    )

    def asked(self) -> Sketch:
        sketch = sketch_of(self.validated_data)
        assert sketch is not None
        return sketch


class PreviewByFile(PreviewByText):
    """A drawing as a form; `colors` is JSON text."""

    as_text = True

    sketch = SketchFile()  # type: ignore[assignment]  # a form's is a file
