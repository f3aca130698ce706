"""Korean texts split into morphemes. Only the worker does it: the analyser takes 330 MiB.

Kiwi (kiwipiepy) knows Korean; the lexicon's words are told to it, so that it parts 핸드메이드울코트
at 울 and 코트.
"""

from functools import cache, lru_cache
from typing import Any

from catalog.hangul import has_korean
from catalog.lexicon import lexicon, stock_lexicon

# Nouns, roots, verbs, adjectives, adverbs, numbers and foreign words: what a shopper would type.
MEANINGFUL = ("NNG", "NNP", "XR", "VV", "VA", "MAG", "SN")
NOUNS = ("NNG", "NNP", "NNB", "XPN", "XSN", "XR", "MM", "NR")
ADJECTIVE = "VA"
STEM_TAGS = ("VV", ADJECTIVE)


def morphemes(text: str) -> list[str]:
    """The words of a text that carry meaning, in order; verbs and adjectives as their stems.

    What the analyser takes apart and the lexicon does not know stands there as written too: it
    parts 핸드메이드 in two.
    """
    found: list[str] = []
    run: list[tuple[int, int]] = []
    for token in _analyser().tokenize(text):
        tag = token.tag.split("-")[0]
        noun = tag in NOUNS and token.form not in lexicon().readings
        if not (noun and run and run[-1][1] == token.start):
            found += _as_written(text, run)
            run = []
        if noun:
            run.append((token.start, token.end))
        if tag in MEANINGFUL and has_korean(token.form) and len(token.form) > _least(tag):
            found.append(token.form)
            if tag == ADJECTIVE:
                found.append(_before_a_noun(token.form))
    return found + _as_written(text, run)


def _as_written(text: str, run: list[tuple[int, int]]) -> list[str]:
    """Nouns in one run, if there are several."""
    return [text[run[0][0] : run[-1][1]]] if len(run) > 1 else []


@lru_cache(maxsize=4096)
def _before_a_noun(adjective: str) -> str:
    """As it is typed: 부드럽 becomes 부드러운."""
    return str(_analyser().join([(adjective, ADJECTIVE), ("은", "ETM")]))


def _least(tag: str) -> int:
    """Verbs of one syllable ("입다", "보다") say nothing about a garment."""
    return 1 if tag in STEM_TAGS else 0


@cache
def _analyser() -> Any:
    # Here, and not above: the web process imports this module's neighbours and must stay small.
    from kiwipiepy import Kiwi  # noqa: PLC0415

    # One thread, and without the dictionary of names and the typo tables: 330 MiB instead of 520.
    made = Kiwi(num_workers=1, load_multi_dict=False, load_typo_dict=False)
    for word in stock_lexicon().readings:
        if has_korean(word) and not _is_compound(word):
            made.add_user_word(word, "NNP", 0.0)
    return made


def _is_compound(word: str) -> bool:
    """니트조끼 is found by 니트 and by 조끼: it is left to be parted."""
    known = stock_lexicon().readings
    return any(word[:at] in known and word[at:] in known for at in range(1, len(word)))
