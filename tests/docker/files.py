"""The files under docker/, read as what they are."""

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
DOCKER = ROOT / "docker"


def read(name: str) -> Any:
    return yaml.safe_load((DOCKER / name).read_text(encoding="utf-8"))


def manifests() -> list[dict[str, Any]]:
    """Every object of the Kubernetes files, kustomization.yaml left out."""
    found: list[dict[str, Any]] = []
    for path in sorted((DOCKER / "kubernetes").glob("*.yaml")):
        if path.name != "kustomization.yaml":
            found += yaml.safe_load_all(path.read_text(encoding="utf-8"))
    return found


def variables() -> set[str]:
    """Every environment variable that LookUs reads, its `_FILE` form too."""
    files = ["settings", "mail_providers", "cli/commands", "web_server"]
    code = "\n".join((ROOT / f"lookus/{name}.py").read_text(encoding="utf-8") for name in files)
    names = set(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', code))
    names |= set(re.findall(r'environ\.get\("([A-Z0-9_]+)"', code))
    names |= {"EMAIL_API_KEY", "EMAIL_API_SECRET", "EMAIL_DOMAIN"}
    return names | {f"{name}_FILE" for name in names}


def dockerfile() -> list[tuple[str, str]]:
    """Instructions in order: the word and what follows, continued lines joined."""
    text = (DOCKER / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    parted = (line.split(maxsplit=1) for line in joined.splitlines() if line.strip())
    return [(one[0], one[1] if len(one) > 1 else "") for one in parted]


def stages() -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """By name: what it is built from, and its instructions."""
    found: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    name = ""
    for word, rest in dockerfile():
        if word == "FROM":
            source, _, name = rest.partition(" AS ")
            found[name] = (source, [])
        else:
            found[name][1].append((word, rest))
    return found
