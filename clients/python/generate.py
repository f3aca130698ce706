"""Writes lookus_client/generated anew from the API's OpenAPI document: `make clients`.

`made-from.json` keeps the document's sum: a test compares it, so that the API does not change
without its client.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TARGET = HERE / "lookus_client" / "generated"
MADE_FROM = HERE / "made-from.json"
REPLIES = ("Reply", "Result")
Json = dict[str, Any]


def document() -> Json:
    """The OpenAPI document as `manage.py spectacular` prints it; needs no database."""
    from django.utils import translation
    from drf_spectacular.generators import SchemaGenerator

    with translation.override("en"):
        told = SchemaGenerator().get_schema(request=None, public=True)
    plain: Json = json.loads(json.dumps(told, default=str))
    return plain


def digest(told: Json) -> str:
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def lenient(told: Json) -> Json:
    """Values of replies become plain texts: a client must outlive the next value of the API."""
    schemas = told["components"]["schemas"]
    for name, schema in schemas.items():
        if name.endswith(REPLIES):
            properties = schema.get("properties", {})
            schema["properties"] = {field: _text(one) for field, one in properties.items()}
    return told


def _text(schema: Json) -> Json:
    refs = [schema, *schema.get("allOf", ())]
    if "enum" in schema or any(one.get("$ref", "").endswith("Enum") for one in refs):
        about = {"description": schema["description"]} if "description" in schema else {}
        return {"type": "string", **about}
    return schema


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lookus.settings")
    import django

    django.setup()
    told = document()
    made_from = digest(told)
    generator, ruff = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "openapi.json"
        source.write_text(json.dumps(lenient(told)), encoding="utf-8")
        shutil.rmtree(TARGET, ignore_errors=True)
        config = HERE / "openapi-python-client.yaml"
        words = ("--path", source, "--config", config, "--output-path", TARGET, "--meta", "none")
        subprocess.run([generator, "generate", *words, "--fail-on-warning"], check=True)
    for step in (("check", "--fix-only", "--select", "F401,I"), ("format",)):
        subprocess.run([ruff, *step, "--isolated", "--line-length", "100", TARGET], check=True)
    MADE_FROM.write_text(json.dumps({"openapi": made_from}) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
