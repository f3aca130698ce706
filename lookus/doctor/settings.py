"""Settings that are read well and yet do not go together."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache, caches

from lookus.caching import PatientRedis
from lookus.doctor.findings import Finding, doubtful, well, wrong

LOCAL = {"localhost", "127.0.0.1", "::1"}


def settings_check() -> Iterator[Finding]:
    found = list(_faults())
    yield from found or [well("settings", "The settings go together.")]


def _faults() -> Iterator[Finding]:
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    public = host not in LOCAL
    if settings.SECRET_KEY_IS_EPHEMERAL:
        yield wrong(
            "settings",
            "SECRET_KEY is not set: the web server and the workers refuse to start.",
            "Set it to a long random text, the same for every process.",
        )
    if settings.DEBUG and public:
        yield wrong(
            "settings",
            "DEBUG is on, and strangers would read settings and code in error pages.",
            "Set DEBUG=false.",
        )
    if not _allowed(host):
        yield wrong(
            "settings",
            f"PUBLIC_URL's host {host} is not in ALLOWED_HOSTS: every page there is a 400.",
            f"Add {host} to ALLOWED_HOSTS.",
        )
    if public and not settings.HTTPS:
        yield doubtful(
            "settings",
            f"PUBLIC_URL={settings.PUBLIC_URL} is not https: cookies and keys travel in the open.",
            "Put a proxy with a certificate in front and set PUBLIC_URL=https://…",
        )
    if settings.HTTPS and not settings.BEHIND_PROXY:
        yield doubtful(
            "settings",
            "PUBLIC_URL is https and BEHIND_PROXY is off: all callers seem to be the proxy.",
            "Set BEHIND_PROXY=true if a proxy of yours sets X-Forwarded-For and -Proto.",
        )
    if settings.CACHE_URL.startswith("memory") and os.environ.get("WEB_PROCESSES", "1") != "1":
        yield wrong(
            "settings",
            "Several web processes count rates and wrong passwords each for itself.",
            "Set CACHE_URL to a Redis that all of them share.",
        )
    if public and settings.BROKER_URL.startswith(("filesystem", "memory")):
        yield doubtful(
            "settings",
            f"BROKER_URL={settings.BROKER_URL.partition('://')[0]}:// serves one machine only.",
            "Set BROKER_URL to RabbitMQ (amqp://…) or Redis when there is a second machine.",
        )


def _allowed(host: str) -> bool:
    return any(
        one in ("*", host, f"[{host}]") or (one.startswith(".") and f".{host}".endswith(one))
        for one in settings.ALLOWED_HOSTS
    )


def cache_check() -> Iterator[Finding]:
    try:
        held = caches["default"]
        if isinstance(held, PatientRedis):
            held.ping()
        cache.set("lookus-doctor", "here", 30)
        kept = cache.get("lookus-doctor") == "here"
    except Exception as error:  # each backend has errors of its own
        yield wrong(
            "cache",
            f"The cache does not answer ({type(error).__name__}): rates cannot be counted.",
            "Start the Redis that CACHE_URL names, or mend CACHE_URL.",
        )
        return
    if kept:
        yield well("cache", "The cache keeps what it is given.")
    else:
        yield wrong("cache", "The cache forgets at once.", "Give its Redis more memory.")
