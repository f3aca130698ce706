"""`python -m lookus.doctor [--json]`: status 1 when something is wrong."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict

import django
from django.core.exceptions import ImproperlyConfigured

from lookus.doctor.findings import OK, WARNING, WRONG, Finding, wrong

SIGNS = {OK: "ok     ", WARNING: "look at", WRONG: "WRONG  "}
Check = Callable[[], Iterable[Finding]]


def main(words: list[str]) -> int:
    found = list(findings())
    if "--json" in words:
        print(json.dumps({"findings": [asdict(one) for one in found]}, ensure_ascii=False))  # noqa: T201
    else:
        print("\n".join(told(found)))  # noqa: T201
    return int(any(one.state == WRONG for one in found))


def findings() -> Iterator[Finding]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lookus.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        yield wrong(
            "settings",
            f"The settings cannot be read: {error}.",
            "Mend this variable; docs/operations.md lists what each accepts.",
        )
        return
    for check in checks():
        yield from _survived(check)


def checks() -> tuple[Check, ...]:
    from lookus.doctor import database, files, services, settings  # noqa: PLC0415  need the apps

    return (
        settings.settings_check,
        database.database_check,
        services.broker_check,
        settings.cache_check,
        files.storage_check,
        files.disk_check,
        files.bundle_check,
        services.mail_check,
    )


def _survived(check: Check) -> Iterator[Finding]:
    """What a check finds; one that fails itself is told, and the others go on."""
    try:
        yield from check()
    except Exception as error:  # a doctor who falls ill must say so
        name = check.__name__.removesuffix("_check")
        yield wrong(
            name,
            f"This could not be looked at: {type(error).__name__}: {error}",
            "If nothing else above explains it, tell us with this line.",
        )


def told(found: list[Finding]) -> Iterator[str]:
    for one in found:
        yield f"{SIGNS[one.state]}  {one.check}: {one.says}"
        if one.do:
            yield f"{'':9}→ {one.do}"
    count = sum(one.state == WRONG for one in found)
    yield "" if not count else f"\n{count} to mend."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
