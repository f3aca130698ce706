"""A shopper's words without what says who wrote them."""

import re

from analytics.models import LONGEST_TEXT

MASK = "•••"
_PERSONAL = re.compile(
    # An e-mail address; the part before the sign may be of any script.
    r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[^\s@<>(),;:]+"
    # Nine digits or more, as of telephones, cards and citizens: prices have fewer. The signs that
    # people put between them may stand in pairs, as in "(02) 123-4567".
    r"|\+?\(?\d(?:[\s().\-–·]{0,2}\d){8,}",
)


def masked(text: str) -> str:
    """At most LONGEST_TEXT letters, e-mail addresses and long numbers replaced by MASK."""
    return _PERSONAL.sub(_mask, " ".join(text.split()))[:LONGEST_TEXT]


def _mask(found: re.Match[str]) -> str:
    """Sizes stand in rows too, but have no four digits together."""
    said = found.group()
    return MASK if "@" in said or re.search(r"\d{4}", said) else said
