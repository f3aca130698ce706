"""Asking by a drawing."""

import base64
import io
import json
from typing import Any

from django.test import Client

from tests.recommender.stock import SEARCH

PREVIEW = "/api/v1/sketch/preview"


def sent(token: str, data: bytes | None, *, path: str = SEARCH, **fields: Any) -> Any:
    """As a form."""
    form: dict[str, Any] = {
        key: value if isinstance(value, str) else json.dumps(value) for key, value in fields.items()
    }
    if data is not None:
        upload = io.BytesIO(data)
        upload.name = "sketch.png"
        form["sketch"] = upload
    return Client().post(path, form, headers={"Authorization": f"Bearer {token}"})


def as_json(token: str, data: bytes | str, *, path: str = SEARCH, **fields: Any) -> Any:
    """As JSON, the bytes as a data URL."""
    text = data
    if isinstance(data, bytes):
        text = "data:image/png;base64," + base64.b64encode(data).decode()
    return Client().post(
        path,
        json.dumps({"sketch": text, **fields}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
