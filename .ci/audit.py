"""Known faults of what LookUs is installed with: `make audit`, a part of `make lint`.

pip-audit asks PyPI's database about every line of requirements/. Where that cannot be reached, or
knows none of the packages (a mirror), the age of the lock is judged instead. Ends with 1 where a
fault is known that `.ci/audit-known.txt` does not excuse, or where the lock is too old.
"""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements/serve.txt", "requirements/test.txt")
# An identifier and the reason why it does not concern us, one a line.
KNOWN = ROOT / ".ci" / "audit-known.txt"
SECONDS = 180
# A tenth may be unknown to the database; with more it is not one.
LEAST_KNOWN = 0.9
OLDEST_DAYS = 180


def main() -> int:
    # The tests' lock holds all that is served, at the same versions, and more.
    lines, status = judged({LOCKS[-1]: asked(LOCKS[-1])}, days_old(), excused())
    sys.stdout.write("\n".join(lines) + "\n")
    return status


def asked(lock: str) -> list[dict[str, Any]] | None:
    """pip-audit's word on each package; None where its database does not answer."""
    command = [
        sys.executable, "-m", "pip_audit", "--requirement", str(ROOT / lock), "--no-deps",
        "--disable-pip", "--progress-spinner", "off", "--format", "json", "--timeout", "10",
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError, KeyError):
        return None
    answered = [one for one in found if "vulns" in one]
    return found if len(answered) >= LEAST_KNOWN * len(found) else None


def judged(
    report: dict[str, list[dict[str, Any]] | None], age: int, excuses: dict[str, str]
) -> tuple[list[str], int]:
    """Lines for people, and the status to end with."""
    lines, faults = [], {}
    for lock, found in report.items():
        if found is None:
            lines.append(
                f"audit: {lock}: no database of known faults can be reached; "
                f"the lock is {age} days old (at most {OLDEST_DAYS})"
            )
            continue
        lines.append(f"audit: {lock}: {len(found)} packages asked about")
        for one in found:
            for fault in one.get("vulns", ()):
                names = {fault["id"], *fault.get("aliases", ())}
                if not names & set(excuses):
                    mended = ", ".join(fault.get("fix_versions", ())) or "in no version yet"
                    what = f"{one['name']} {one['version']}: {fault['id']}, mended {mended}"
                    faults[what] = f"audit: {what}"
    if faults:
        return [*lines, *faults.values(), "audit: update it (make lock UPGRADE=--upgrade)"], 1
    if None in report.values() and age > OLDEST_DAYS:
        return [*lines, "audit: too old to trust unasked: make lock UPGRADE=--upgrade"], 1
    return lines, 0


def days_old() -> int:
    """Days since the lock was made: since its last commit, or its file's own date."""
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct", "--", *LOCKS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = done.stdout.strip()
    made = float(told) if told.isdecimal() else (ROOT / LOCKS[0]).stat().st_mtime
    return max(0, (datetime.now(UTC) - datetime.fromtimestamp(made, UTC)).days)


def excused() -> dict[str, str]:
    if not KNOWN.exists():
        return {}
    pairs = (line.partition(" ") for line in KNOWN.read_text(encoding="utf-8").splitlines())
    return {name: reason.strip() for name, _, reason in pairs if name and reason.strip()}


if __name__ == "__main__":
    sys.exit(main())
