"""Strict environment: a wrong value stops the start with its name and what it accepts.

Every variable `NAME` may instead be given as `NAME_FILE`, a path whose content is the value
(Docker and Kubernetes secrets).
"""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


LAST_HOUR = 23
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def text(name: str, default: str = "") -> str:
    """The variable's value, from `NAME` or the file named by `NAME_FILE`."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        if name in os.environ:
            raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: keep one of them")
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE={path}: {error.strerror}") from error
    return os.environ.get(name, default)


def boolean(name: str, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name}={value!r}: use true or false")
    return value in TRUE


def integer(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    value = text(name)
    if not value:
        return default
    try:
        number = int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r}: use a whole number") from error
    if number < least:
        raise ImproperlyConfigured(f"{name}={number}: use {least} or more")
    if most is not None and number > most:
        raise ImproperlyConfigured(f"{name}={number}: use {least} to {most}")
    return number


def hour(name: str, default: int) -> int:
    """Of the day, in TIME_ZONE."""
    return integer(name, default, most=LAST_HOUR)


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def choice(name: str, options: tuple[str, ...], default: str) -> str:
    value = text(name, default)
    if value not in options:
        raise ImproperlyConfigured(f"{name}={value!r}: use one of {', '.join(options)}")
    return value


def slug(name: str, default: str) -> str:
    """Letters and digits, as they stand in names that people read out."""
    value = text(name, default)
    if not re.fullmatch(r"[A-Za-z0-9]{1,12}", value):
        raise ImproperlyConfigured(f"{name}={value!r}: use 1 to 12 letters or digits")
    return value


def need(name: str, value: object, because: str) -> None:
    """Stop the start where another setting asks for this one."""
    if not value:
        raise ImproperlyConfigured(f"{name} is empty: {because} needs it")


def url(name: str, schemes: tuple[str, ...], default: str) -> str:
    value = text(name, default)
    scheme, separator, _ = value.partition("://")
    if not separator or scheme not in schemes:
        accepted = ", ".join(f"{one}://" for one in schemes)
        raise ImproperlyConfigured(f"{name}: an address that begins with {accepted}")
    return value


def api_url(name: str, default: str) -> str:
    """Where a secret is sent to: by https, or to this very machine."""
    value = url(name, ("https", "http"), default)
    if value.startswith("http://") and urlsplit(value).hostname not in LOOPBACK:
        raise ImproperlyConfigured(f"{name}: use https://, for a secret is sent there")
    return value


def rate(name: str, default: str) -> str:
    """Requests in a time, as `60/min`."""
    value = text(name, default)
    if not re.fullmatch(r"[1-9]\d*/(s|sec|m|min|h|hour|d|day)", value):
        raise ImproperlyConfigured(f"{name}={value!r}: use a rate such as 60/min, 5/sec or 1000/h")
    return value
