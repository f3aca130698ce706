"""docs/security.md promises nothing that no test holds."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`((?:[a-z.]+/)[\w./-]+(?:::\w+)?)`", PAGE)))
CHAPTERS = {1, 2, 3, 4, 5, 6, 7, 8, 11, 13, 14, 15, 16}


@pytest.mark.parametrize("name", NAMED)
def test_what_is_named_is_there(name: str) -> None:
    path, _, test = name.partition("::")
    assert (ROOT / path).exists(), path
    if test:
        found = re.search(
            rf"^def {test}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE
        )
        assert found, f"{path} has no {test}"


def test_every_row_names_its_test() -> None:
    rows = [line for line in PAGE.splitlines() if re.match(r"\| (API\d|\d+\.\d)", line)]
    assert len(rows) > 60
    assert [row for row in rows if "`tests/" not in row] == []


def test_every_risk_and_chapter_is_there() -> None:
    assert all(f"| API{number} |" in PAGE for number in range(1, 11))
    assert {int(one) for one in re.findall(r"^\| (\d+)\.\d", PAGE, re.MULTILINE)} >= CHAPTERS


def test_a_report_finds_its_way() -> None:
    assert "Report a vulnerability" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")
