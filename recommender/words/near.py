"""Spelling: what a word that nobody knows was meant to be.

Distance is counted in letters, Korean ones below the syllable (블라우수 and 블라우스 differ in one
vowel), as optimal string alignment: insertions, deletions, substitutions and swapped neighbours
(Damerau 1964). Letters that are heard for one another count half.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from catalog.hangul import ALIKE, has_korean, jamo, typed_as_english, typed_as_korean
from catalog.lexicon import lexicon, stock_lexicon
from catalog.lexicon.spelling import squeezed, stem
from vision.taxonomy import taxonomy

LEAST_LETTERS = 4
"""Shorter words have too many neighbours to be guessed at."""
LETTERS_A_FAULT = 4
"""One fault is forgiven for so many letters, …"""
MOST_FAULTS = 2.5
"""… and never more than this."""
HALF = 0.5
NAMED, ALSO = 30, 3
"""Products that a word of the lexicon counts as many as: a name, another word for it."""
COMMON_WEIGHT = 0.05
"""Of equally near words the one that more products have."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words to compare with: their letters, and a bit for each letter that occurs."""

    words: tuple[str, ...]
    letters: tuple[str, ...]
    lengths: npt.NDArray[np.int16]
    signs: npt.NDArray[np.uint64]
    weights: npt.NDArray[np.float32]

    @classmethod
    def of(cls, counted: Iterable[tuple[str, int]]) -> "Words":
        pairs = sorted(counted)
        letters = tuple(jamo(word) for word, _ in pairs)
        return cls(
            words=tuple(word for word, _ in pairs),
            letters=letters,
            lengths=np.array([len(one) for one in letters], np.int16),
            signs=np.array([_sign(one) for one in letters], np.uint64),
            weights=np.log1p(np.array([count for _, count in pairs], np.float32)),
        )


@cache
def known_words() -> Words:
    """The lexicon's words, each as if some products had it; the taxonomy's own names stand first,
    so that 가디겐 becomes 가디건 and not another slip that is known."""
    names = {squeezed(name) for name in _names()}
    return Words.of(
        (word, NAMED if word in names else ALSO)
        for word in stock_lexicon().readings
        if len(jamo(word)) >= LEAST_LETTERS
    )


def _names() -> Iterator[str]:
    for kind in taxonomy().kinds:
        for term in taxonomy().terms(kind).values():
            yield from (term.en, term.ko)


def nearest(word: str, among: Sequence[Words]) -> str | None:
    """The word that was meant, or None where nothing is near enough.

    A word typed with the keyboard in the other language comes first: "dnjsvltm" is 원피스.
    """
    for typed in (typed_as_korean(word), typed_as_english(word)):
        if typed and _is_known(stem(typed), among):
            return stem(typed)
    letters = jamo(word)
    if len(letters) < LEAST_LETTERS or word.isdigit():
        return None
    allowed = min(MOST_FAULTS, len(letters) / LETTERS_A_FAULT)
    best: tuple[float, str] | None = None
    for words in among:
        for place in _worth_a_look(letters, words, allowed):
            other = words.words[place]
            if has_korean(other) != has_korean(word):
                continue
            gap = distance(letters, words.letters[place], allowed)
            # A wrong first letter is rare: a word that differs there must be nearer.
            gap += HALF if letters[0] != words.letters[place][0] else 0.0
            if gap <= allowed:
                found = (gap - COMMON_WEIGHT * float(words.weights[place]), other)
                best = min(best, found) if best else found
    return best[1] if best else None


def _is_known(word: str, among: Sequence[Words]) -> bool:
    if word in lexicon().readings:
        return True
    for words in among:
        place = int(np.searchsorted(np.array(words.words, dtype=object), word))
        if place < len(words.words) and words.words[place] == word:
            return True
    return False


def _worth_a_look(letters: str, words: Words, allowed: float) -> npt.NDArray[np.intp]:
    """Places of words of about that length with about those letters."""
    close = np.abs(words.lengths - len(letters)) <= allowed
    # One fault changes at most two bits, and one that counts half as many: one more is let in.
    apart = np.bitwise_count(words.signs ^ np.uint64(_sign(letters)))
    return np.flatnonzero(close & (apart <= 2 * allowed + 2))


def _sign(letters: str) -> int:
    sign = 0
    for letter in letters:
        sign |= 1 << (ord(letter) % 64)
    return sign


def distance(one: str, other: str, most: float) -> float:
    """Faults between two runs of letters; anything above `most` where there are more."""
    before: list[float] = []
    row = [float(at) for at in range(len(other) + 1)]
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [float(i)]
        for j, theirs in enumerate(other, 1):
            cost = _change(letter, theirs)
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + cost)
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                best = min(best, last[j - 2] + HALF)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]


def _change(letter: str, other: str) -> float:
    if letter == other:
        return 0.0
    return HALF if frozenset((letter, other)) in ALIKE else 1.0
