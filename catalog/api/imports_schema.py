"""What `/imports` takes and answers."""

import json
from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.api.asked import Asked
from catalog.api.fields import LONGEST_ADDRESS, SHOWN, storable
from catalog.api.words import refused
from catalog.imports.columns import COLUMNS
from catalog.models import ImportChange, ImportRun

MOST_COLUMNS = 500
LONGEST_COLUMN = 300


@extend_schema_field(
    {
        "type": "object",
        "description": "Our column for each of the file's; an empty text leaves one out. In a "
        "form as JSON text. Otherwise it is guessed, or as the shop mapped such a file before.",
        "additionalProperties": {"type": "string", "enum": ["", *(one.name for one in COLUMNS)]},
        "examples": [{"상품코드": "sku", "Verkaufspreis": "price", "internal note": ""}],
    }
)
class MappingField(serializers.Field):
    def to_internal_value(self, data: Any) -> dict[str, str]:
        if isinstance(data, str):
            try:
                data = json.loads(data)
            except (ValueError, RecursionError):
                raise refused("not_json") from None
        if not isinstance(data, Mapping):
            raise refused("not_an_object")
        if len(data) > MOST_COLUMNS:
            raise refused("too_many", most=str(MOST_COLUMNS))
        known = [column.name for column in COLUMNS]
        for name, column in data.items():
            if not storable(name, LONGEST_COLUMN):
                raise refused("not_a_text", str(name)[:SHOWN], most=str(LONGEST_COLUMN))
            if column != "" and column not in known:
                shown = str(column)[:SHOWN]
                raise refused("unknown_column", name[:SHOWN], name=shown, known=", ".join(known))
        return dict(data)


class ImportInput(serializers.Serializer[Any]):
    """A file in a form, or the address of one."""

    file = serializers.FileField(
        required=False,
        allow_empty_file=True,
        use_url=False,
        help_text="CSV, TSV, XML or ZIP: what it is, its content says. At most IMPORT_MAX_BYTES.",
    )
    url = serializers.CharField(
        required=False,
        max_length=LONGEST_ADDRESS,
        help_text="A public address, fetched now: at most 32 MB within FETCH_TIMEOUT_SECONDS.",
    )
    dry = serializers.BooleanField(
        required=False, default=False, help_text="Only say what would change."
    )
    complete = serializers.BooleanField(
        required=False,
        default=False,
        help_text="The file is the whole catalogue: what it does not name is gone.",
    )
    look_again = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Ask the addresses of known photos too whether they changed.",
    )
    mapping = MappingField(required=False)

    def to_internal_value(self, data: Any) -> Any:
        for name in data if hasattr(data, "keys") else ():
            if name not in self.fields:
                shown, known = str(name)[:SHOWN], ", ".join(self.fields)
                raise refused("unknown_field", shown, name=shown, known=known)
        return super().to_internal_value(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("file" in attrs) == ("url" in attrs):
            raise refused("one_file", "file")
        return attrs


class ImportsAsked(Asked):
    state = serializers.ChoiceField(choices=ImportRun.State.choices, required=False)


class ConfirmInput(serializers.Serializer[Any]):
    yes = serializers.BooleanField(
        required=False, default=True, help_text="False: what the file does not name stays."
    )


class ImportByUrl(ImportInput):
    """The address of a file, as JSON."""

    file = None  # type: ignore[assignment]  # takes the field away
    url = serializers.CharField(
        max_length=LONGEST_ADDRESS,
        help_text="A public address, fetched now: at most 32 MB within FETCH_TIMEOUT_SECONDS.",
    )


class ImportByFile(ImportInput):
    """A file in a form, or the address of one; `mapping` is JSON text."""

    mapping = serializers.CharField(  # type: ignore[assignment]  # only described
        required=False,
        help_text="JSON text: our column for each of the file's; an empty text leaves one out.",
    )


class ImportPhotosReply(serializers.Serializer[Any]):
    waiting = serializers.IntegerField()
    done = serializers.IntegerField()
    failed = serializers.IntegerField()


class ImportReply(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=ImportRun.Kind.choices)
    filename = serializers.CharField()
    state = serializers.ChoiceField(
        choices=ImportRun.State.choices,
        help_text="`asking`: so much would go that somebody must say yes or no: see confirm.",
    )
    detail = serializers.CharField(help_text="Why the whole file failed.")
    dry = serializers.BooleanField()
    complete = serializers.BooleanField()
    total = serializers.IntegerField(allow_null=True, help_text="About how many rows, if known.")
    rows = serializers.IntegerField(help_text="Read so far.")
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    bad = serializers.IntegerField(help_text="Rows left out: see problems.")
    gone = serializers.IntegerField()
    summary = serializers.DictField(help_text="Which fields changed, and what else is known.")
    undoable = serializers.BooleanField()
    photos = ImportPhotosReply(help_text="That it brought, by how far they are tagged.")
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class ImportsReply(serializers.Serializer[Any]):
    results = ImportReply(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class ImportProblemReply(serializers.Serializer[Any]):
    row = serializers.IntegerField(help_text="Line of the file, from 1.")
    sku = serializers.CharField()
    field = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()
    value = serializers.CharField()


class ImportProblemsReply(serializers.Serializer[Any]):
    results = ImportProblemReply(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class ImportChangeReply(serializers.Serializer[Any]):
    sku = serializers.CharField()
    action = serializers.ChoiceField(choices=ImportChange.Action.choices)
    before = serializers.DictField(help_text="Only what differs.")
    after = serializers.DictField()


class ImportChangesReply(serializers.Serializer[Any]):
    results = ImportChangeReply(many=True)
    next_cursor = serializers.CharField(allow_null=True)
