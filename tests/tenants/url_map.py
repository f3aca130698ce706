"""The URL map as a test sees it: every route, and addresses made from it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import get_resolver

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


def routes(urlconf: str) -> list[str]:
    return [route for route, _ in views(urlconf)]


def views(urlconf: str) -> list[tuple[str, Any]]:
    """Each route with what answers it."""
    return list(_walk(get_resolver(urlconf), ""))


def _walk(resolver: Any, before: str) -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _walk(pattern, route)
        else:
            yield route, pattern.callback


def address(route: str, values: Mapping[str, Any]) -> str:
    """The route with its parameters filled; KeyError names one that the test does not know."""
    filled = PARAMETER.sub(lambda found: str(values[found[1] or found[2]]), route)
    return filled.replace("^", "").replace("$", "").replace("\\", "")
