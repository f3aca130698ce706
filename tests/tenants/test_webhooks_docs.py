"""The guide's own lines check a message as it is sent."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from tenants.webhooks.signing import headers_of, new_secret

GUIDE = Path(settings.BASE_DIR) / "docs" / "api.md"
BODY = json.dumps({"type": "test", "data": {"message": "안녕"}}, ensure_ascii=False)

Check = Callable[[str, dict[str, str], str], Any]


def block(language: str) -> str:
    section = GUIDE.read_text().partition("\n## Webhooks\n")[2].partition("\n## ")[0]
    found = re.search(rf"```{language}\n(.*?)```", section, re.DOTALL)
    assert found is not None
    return found[1]


def by_python(body: str, headers: dict[str, str], secret: str) -> Any:
    names: dict[str, Any] = {}
    exec(block("python"), names)
    return names["receive"](body.encode(), headers, secret)


def by_node(body: str, headers: dict[str, str], secret: str) -> Any:
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no node here")
    asked = json.dumps([body, headers, secret])
    told = f"process.stdout.write(JSON.stringify(receive(...{asked})));"
    run = subprocess.run(
        [node, "--input-type=module"],
        input=block("js") + told,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise ValueError(run.stderr)
    return json.loads(run.stdout)


@pytest.mark.parametrize("check", [by_python, by_node])
def test_the_lines_of_the_guide_check_a_message(check: Check) -> None:
    former, secret, other = new_secret(), new_secret(), new_secret()
    headers = headers_of("msg_1", BODY, [secret, former], timezone.now())
    for one in (secret, former):
        assert check(BODY, headers, one)["data"] == {"message": "안녕"}
    with pytest.raises(Exception, match=r"(?i)sign"):
        check(BODY, headers, other)
    with pytest.raises(Exception, match=r"(?i)sign"):
        check(BODY.replace("안녕", "안냥"), headers, secret)
    late = headers_of("msg_1", BODY, [secret], timezone.now() - timedelta(minutes=6))
    with pytest.raises(Exception, match="too old"):
        check(BODY, late, secret)
