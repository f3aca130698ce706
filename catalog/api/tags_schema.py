"""What `/tags` takes and answers."""

from typing import Any

from rest_framework import serializers

from catalog.api.asked import Asked
from catalog.api.fields import SHOWN, check_tag
from catalog.api.product_input import LONGEST
from catalog.api.product_reply import RowErrorReply, TagReply
from catalog.api.words import refused

MOST_NAMED = 200


class TagsAsked(Asked):
    sku = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST["sku"]),
        required=False,
        max_length=MOST_NAMED,
        help_text="May stand several times.",
    )
    kind = serializers.ListField(
        child=serializers.CharField(max_length=60),
        required=False,
        max_length=MOST_NAMED,
        help_text="As `color`; may stand several times.",
    )


class ProductTagsReply(serializers.Serializer[Any]):
    sku = serializers.CharField()
    tags = serializers.DictField(child=TagReply(), help_text="By kind, the tag that counts.")


class TagsReply(serializers.Serializer[Any]):
    results = ProductTagsReply(many=True)
    next_cursor = serializers.CharField(allow_null=True, help_text="Null on the last page.")


class StatementInput(serializers.Serializer[Any]):
    sku = serializers.CharField(max_length=LONGEST["sku"])
    kind = serializers.CharField(help_text="As `/taxonomy` names it, or `region`.")
    value = serializers.CharField(allow_null=True, help_text="Null takes the statement back.")

    def to_internal_value(self, data: Any) -> Any:
        for name in data if isinstance(data, dict) else ():
            if name not in self.fields:
                shown, known = str(name)[:SHOWN], ", ".join(self.fields)
                raise refused("unknown_field", shown, name=shown, known=known)
        said = super().to_internal_value(data)
        check_tag(self.context["values"], said["kind"], said["value"], at="kind", value_at="value")
        return said


class StatementsInput(serializers.Serializer[Any]):
    """At most 1,000; every product and kind may stand once."""

    statements = StatementInput(many=True)


class StatementResult(serializers.Serializer[Any]):
    index = serializers.IntegerField(help_text="Place among the statements, from 0.")
    sku = serializers.CharField(allow_null=True)
    kind = serializers.CharField(allow_null=True)
    status = serializers.IntegerField()
    errors = RowErrorReply(many=True)  # type: ignore[assignment]  # a field of this name


class StatementsReply(serializers.Serializer[Any]):
    request_id = serializers.CharField()
    said = serializers.IntegerField()
    taken_back = serializers.IntegerField()
    refused = serializers.IntegerField()
    results = StatementResult(many=True)


class TakeBack(serializers.Serializer[Any]):
    sku = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST["sku"]), max_length=MOST_NAMED
    )
    kind = serializers.ListField(child=serializers.CharField(max_length=60), max_length=MOST_NAMED)


class TakenBackReply(serializers.Serializer[Any]):
    request_id = serializers.CharField()
    taken_back = serializers.IntegerField(help_text="Statements that there were.")
