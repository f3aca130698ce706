"""What is wrong, in the reader's language: rows keep it in English, with what it is about."""

import re
from functools import cache, lru_cache
from typing import Any

from django.utils.translation import gettext

from catalog.admin.fault_sentences import SENTENCES
from catalog.admin.feed_words import RESULTS
from catalog.admin.framed import REASONS
from catalog.admin.words import language

_PLACE = re.compile(r"%\\\((\w+)\\\)s|%\((\w+)\)s")
# The table of a ZIP is named before, the page of a site and robots.txt behind.
_BEFORE = r"(?P<before_>products\.csv: )?"
_BEHIND = r"(?P<behind_> \((?:https?://.*|robots\.txt)\))?"
WHY = "why"


def fault_words(code: str, message: str) -> str:
    """The message in English; else its sentence in the reader's language, else what its code
    means, else the message as it is."""
    if language() == "en" or not message:
        return message
    return _said(message, language()) or str(_meaning(code) or message)


def _meaning(code: str) -> Any:
    return REASONS.get(code) or RESULTS.get(code, ("", ""))[0]


@lru_cache(maxsize=2048)
def _said(message: str, _lang: str) -> str:
    """ "" where the sentence is none of those that are known."""
    for sentence, pattern in _patterns():
        found = pattern.fullmatch(message)
        if found is None:
            continue
        about = found.groupdict(default="")
        before, behind = about.pop("before_"), about.pop("behind_")
        if WHY in about:
            about[WHY] = _said(about[WHY], _lang) or about[WHY]
        return before + gettext(sentence) % about + behind
    return ""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Those that say most themselves first: “X is empty.” fits much."""
    ordered = sorted(SENTENCES, key=lambda one: -len(_PLACE.sub("", re.escape(one))))
    return tuple(
        (one, re.compile(f"{_BEFORE}{_pattern(one)}{_BEHIND}", re.DOTALL)) for one in ordered
    )


def _pattern(sentence: str) -> str:
    """Of a sentence with places for what it is about."""
    return _PLACE.sub(lambda found: f"(?P<{found[1] or found[2]}>.+?)", re.escape(sentence))
