"""What `make audit` makes of pip-audit's word."""

import importlib.util
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
assert SPEC is not None and SPEC.loader is not None
audit: Any = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(audit)

# As pip-audit 2.10 writes it.
FAULT = {
    "id": "PYSEC-2099-1", "aliases": ["CVE-2099-1", "GHSA-xxxx"], "fix_versions": ["2.0"],
    "description": "…",
}  # fmt: skip
CLEAN = [{"name": "one", "version": "1.0", "vulns": []}]
FAULTY = [{"name": "two", "version": "1.0", "vulns": [FAULT]}]


def test_nothing_known_is_fine() -> None:
    lines, status = audit.judged({"serve.txt": CLEAN}, 4000, {})
    assert (status, lines) == (0, ["audit: serve.txt: 1 packages asked about"])


def test_a_known_fault_fails_with_what_mends_it() -> None:
    lines, status = audit.judged({"serve.txt": CLEAN, "test.txt": FAULTY}, 0, {})
    assert status == 1
    assert "audit: two 1.0: PYSEC-2099-1, mended 2.0" in lines


def test_one_may_be_excused_by_any_of_its_names() -> None:
    for name in ("PYSEC-2099-1", "CVE-2099-1", "GHSA-xxxx"):
        assert audit.judged({"test.txt": FAULTY}, 0, {name: "we never call it"})[1] == 0


def test_without_a_database_the_age_of_the_lock_is_told_and_counts() -> None:
    lines, status = audit.judged({"serve.txt": None}, 12, {})
    assert status == 0
    assert "no database of known faults can be reached; the lock is 12 days old" in lines[0]
    assert audit.judged({"serve.txt": None}, audit.OLDEST_DAYS + 1, {})[1] == 1


def test_excuses_have_a_reason() -> None:
    for name, reason in audit.excused().items():
        assert len(name) > 8 and len(reason) > 15, name


def test_the_lock_knows_its_age() -> None:
    assert 0 <= audit.days_old() < 20 * 365


def test_it_is_a_part_of_lint() -> None:
    made = (ROOT / "Makefile").read_text(encoding="utf-8")
    (line,) = (one for one in made.splitlines() if one.startswith("lint:"))
    assert "audit" in line.split()
