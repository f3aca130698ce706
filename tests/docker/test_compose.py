"""compose.yaml and what is laid over it."""

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from lookus.cli import COMMANDS
from tests.docker.files import DOCKER, read, stages, variables

KEYS = {
    *("image", "build", "restart", "command", "entrypoint", "environment", "secrets", "volumes"),
    *("ports", "depends_on", "healthcheck", "deploy", "hostname", "profiles", "cap_drop"),
    *("security_opt", "stop_grace_period", "networks"),
}
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}
FILES = ("compose.yaml", "compose.s3.yaml", "compose.pooler.yaml")
BASE, *OVERS = (read(name) for name in FILES)
OURS = {name: one for name, one in BASE["services"].items() if "build" in one}
WHOLE: dict[str, dict[str, Any]] = {
    key: {name: one for file in (*OVERS, BASE) for name, one in file[key].items()}
    for key in ("services", "secrets")
}
WHOLE["volumes"] = {**BASE["volumes"], **OVERS[0]["volumes"]}
ALL: dict[str, dict[str, Any]] = {
    name: {
        key: told for file in (BASE, *OVERS) for key, told in file["services"].get(name, {}).items()
    }
    for name in WHOLE["services"]
}


def test_every_key_is_composes() -> None:
    for name, one in ALL.items():
        assert set(one) <= KEYS, name
    assert set(OURS) == {"migrate", "web", "worker", "clock"}


@pytest.mark.parametrize("name", FILES)
def test_what_is_named_is_there(name: str) -> None:
    for service, one in read(name)["services"].items():
        for secret in one.get("secrets", ()):
            assert secret in WHOLE["secrets"], service
        for other, told in one.get("depends_on", {}).items():
            assert other in WHOLE["services"]
            assert told["condition"] in CONDITIONS
            if told["condition"] == "service_healthy":
                assert "healthcheck" in ALL[other] or "build" in ALL[other]
        for volume in one.get("volumes", ()):
            source = volume.partition(":")[0]
            made = source.startswith("./secrets/")
            assert source in WHOLE["volumes"] or made or (DOCKER / source).exists(), volume
        target = one.get("build", {}).get("target")
        assert target is None or target in stages()


def test_nothing_foreign_is_of_any_version() -> None:
    for name, one in ALL.items():
        image = one["image"]
        assert image.startswith("lookus-") or re.search(r":[\w.-]*\d", image), name
        assert not image.endswith(":latest")


def test_ours_have_no_rights_to_spare_and_everybody_says_how_it_is() -> None:
    for name, one in OURS.items():
        assert one["cap_drop"] == ["ALL"], name
        assert one["security_opt"] == ["no-new-privileges:true"]
        assert "privileged" not in one
        assert "ports" not in one, "only the proxy is reached from outside"
    for name, one in ALL.items():
        assert "healthcheck" in one or "build" in one, name


def test_every_variable_is_one_that_is_read() -> None:
    for file in (BASE, *OVERS):
        for name, one in file["services"].items():
            told = set(one.get("environment", {}))
            ours = name in {*OURS, "bucket"}
            assert not ours or told <= variables(), (name, told - variables())


def test_every_command_is_ours() -> None:
    for name, one in OURS.items():
        assert one["command"][0] in COMMANDS, name


def test_only_who_needs_it_has_the_owners_role() -> None:
    having = {name for name, one in OURS.items() if "owner_database_url" in one["secrets"]}
    assert having == {"migrate", "worker"}


def test_no_secret_stands_in_a_file() -> None:
    for name in FILES:
        text = (DOCKER / name).read_text(encoding="utf-8")
        assert not re.search(r"(PASSWORD|SECRET|TOKEN|KEY): +[^\s$/{]", text), name
        assert "://lookus_app:" not in text


def test_the_secrets_that_compose_names_are_made(tmp_path: Path) -> None:
    shutil.copy(DOCKER / "secrets.sh", tmp_path)
    for _ in range(2):  # the second time all of it stays
        subprocess.run(["bash", tmp_path / "secrets.sh"], check=True)
    made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert {Path(one["file"]).name for one in WHOLE["secrets"].values()} <= set(made)
    assert all(made.values())
    assert made["app_password"] in made["database_url"]
    assert made["pooler_users"] == f'"lookus_app" "{made["app_password"]}"\n'
    assert made["s3_secret_key"] in made["s3.json"]
    assert stat.S_IMODE(os.stat(tmp_path / "secrets").st_mode) == 0o700
    subprocess.run(["bash", tmp_path / "secrets.sh"], check=True)
    again = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert again == made


def test_the_proxy_hides_figures_and_trusts_no_callers_address() -> None:
    text = (DOCKER / "nginx.conf").read_text(encoding="utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    assert code.count("{") == code.count("}")
    for line in code.splitlines():
        assert not line.strip() or line.rstrip()[-1] in "{};", line
    assert re.search(r"location = /metrics \{ return 404; \}", code)
    assert "X-Forwarded-For $remote_addr;" in code
    assert "X-Forwarded-Proto $scheme;" in code
    assert BASE["services"]["web"]["environment"]["BEHIND_PROXY"] == "true"
