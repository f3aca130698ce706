"""What a check found."""

from dataclasses import dataclass

OK, WARNING, WRONG = "ok", "warning", "wrong"


@dataclass(frozen=True)
class Finding:
    """`check` is its stable name, `says` a sentence, `do` what mends it."""

    check: str
    state: str
    says: str
    do: str = ""


def well(check: str, says: str) -> Finding:
    return Finding(check, OK, says)


def doubtful(check: str, says: str, do: str) -> Finding:
    """It serves, and something may surprise."""
    return Finding(check, WARNING, says, do)


def wrong(check: str, says: str, do: str) -> Finding:
    return Finding(check, WRONG, says, do)
