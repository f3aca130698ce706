"""What docker/ says is run: commands and environments, read from its files.

Addresses and paths are all that is changed, so that what a test runs is what an engine would.
"""

import json
import re
from typing import Any

from tests.docker.files import read, stages

FILES = ("compose.yaml", "compose.s3.yaml", "compose.pooler.yaml")
SERVICES: dict[str, dict[str, Any]] = {}
"""By name. Of an overlay maps and lists are added, the rest is in its place, as compose does it."""
for _file in FILES:
    for _name, _told in read(_file)["services"].items():
        _one = SERVICES.setdefault(_name, {})
        for _key, _value in _told.items():
            if isinstance(_value, dict):
                _one[_key] = {**_one.get(_key, {}), **_value}
            elif _key in ("secrets", "volumes"):
                _one[_key] = [*_one.get(_key, ()), *_value]
            else:
                _one[_key] = _value


def command_of(service: str) -> list[str]:
    """Entrypoint and command, of the compose file or of the image."""
    told = SERVICES[service]
    entry = told.get("entrypoint") or _of_image(service, "ENTRYPOINT")
    return [*entry, *(told.get("command") or _of_image(service, "CMD"))]


def health_of(service: str) -> list[str]:
    """The command that says whether a copy is well."""
    told = SERVICES[service].get("healthcheck")
    if told:
        kind, *words = told["test"]
        return ["sh", "-c", *words] if kind == "CMD-SHELL" else words
    return list(_of_image(service, "HEALTHCHECK"))


def environment_of(service: str, **chosen: str) -> dict[str, str]:
    """The image's and the service's; `chosen` are variables of compose (`${NAME:-default}`)."""
    found = {**_environment_of_image(service), **SERVICES[service].get("environment", {})}
    return {name: _filled(str(value), chosen) for name, value in found.items()}


def _filled(value: str, chosen: dict[str, str]) -> str:
    return re.sub(
        r"\$\{(\w+):-([^}]*)\}", lambda met: chosen.get(met.group(1), met.group(2)), value
    )


def _lineage(service: str) -> list[list[tuple[str, str]]]:
    """Instructions of the image's stage and of those it stands on, the last first."""
    stage = SERVICES[service]["image"].removeprefix("lookus-")
    found = []
    while stage in stages():
        source, body = stages()[stage]
        found.append(body)
        stage = source
    return found


def _of_image(service: str, word: str) -> list[str]:
    told = next(rest for body in _lineage(service) for one, rest in body if one == word)
    words: list[str] = json.loads(told.partition(" CMD ")[2] or told)
    return words


def _environment_of_image(service: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for body in reversed(_lineage(service)):
        for word, rest in body:
            if word == "ENV":
                found |= dict(re.findall(r"(\w+)=(\S+)", rest))
    return found
