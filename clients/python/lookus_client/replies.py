"""An answer as the model that the OpenAPI document has of it."""

from collections.abc import Mapping
from typing import Any, Protocol, Self, TypeVar

import httpx

from lookus_client.errors import LookusError


class Model(Protocol):
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...


Reply = TypeVar("Reply", bound=Model)


def read(kind: type[Reply], told: Mapping[str, Any]) -> Reply:
    """Raises LookusError `bad_answer` where the server's version and this client's differ."""
    try:
        return kind.from_dict(told)
    except (KeyError, TypeError, ValueError) as error:
        detail = f"The answer is no {kind.__name__}, as this version knows it: {error!r}"
        raise LookusError("bad_answer", detail, status=200) from error


def json_of(response: httpx.Response) -> dict[str, Any]:
    """Raises LookusError `bad_answer` for what no LookUs answers: a proxy's page."""
    try:
        told = response.json()
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise LookusError("bad_answer", "This is no JSON.", status=response.status_code)
    return told
