import re
import tomllib
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_every_setting_is_documented() -> None:
    code = read("lookus/settings.py") + read("lookus/cli/commands.py")
    names = set(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', code))
    names |= set(re.findall(r'environ\.get\("([A-Z0-9_]+)"', code))
    assert len(names) > 20
    documented = read("docs/operations.md")
    assert sorted(name for name in names if f"`{name}`" not in documented) == []


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = [re.split(r"[\[<>=!~;]", line)[0].strip() for line in wanted]
    table = "\n".join(line for line in read("docs/dependencies.md").splitlines() if line[:1] == "|")
    assert sorted(name for name in names if not re.search(rf"\b{re.escape(name)}\b", table)) == []


def test_the_serving_lock_has_no_torch_and_both_locks_agree() -> None:
    serve, test = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", read(f"requirements/{name}.txt"), re.MULTILINE))
        for name in ("serve", "test")
    )
    assert not {"torch", "torchvision"} & set(serve)
    assert {"torch", "torchvision"} <= set(test)
    assert {name: test.get(name) for name in serve} == serve
