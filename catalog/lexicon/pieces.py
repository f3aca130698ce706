"""A text cut into words with a meaning: Korean runs words together, and parts them at will.

"빨간체크 원피스로" is 빨간 · 체크 · 원피스 and an ending, "오프 숄더" is one word. The cut is the
cheapest way through the text, as in Viterbi segmentation: few and known pieces.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from functools import cache

from catalog.hangul import has_korean
from catalog.lexicon.build import Lexicon, Part, Reading, Role, lexicon, stock_lexicon
from catalog.lexicon.spelling import TOKEN, plain, stem

KNOWN, SHORT, LITERAL, ENDING, UNKNOWN, A_LETTER = 1.0, 1.4, 1.2, 0.3, 4.0, 1.0
"""Costs of a piece: with a meaning, of one syllable, a term of the shop, a Korean ending, and
what nobody knows, which costs more the longer it is."""
TORN = 3.0
"""A part of a word that nobody knows is dearer still: 브라우스 is a misspelt blouse, no bra."""
LONGEST_TERM = 10
"""Syllables of a shop's own term inside a longer word."""


@dataclass(frozen=True, slots=True)
class Token:
    """A run of one script. `start` is its place in the squeezed text; `glued` to the one before."""

    text: str
    shown: str
    start: int
    glued: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text: `text` as it is looked up, `shown` as it was written."""

    text: str
    shown: str
    readings: tuple[Reading, ...] = ()
    role: Role | None = None
    part: Part | None = None
    lacking: bool = False
    known: bool = True
    ending: bool = False


def tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at, behind = 0, -1
    for match in TOKEN.finditer(plain(text)):
        word = stem(match.group())
        found.append(Token(word, match.group(), at, match.start() == behind))
        at += len(word)
        behind = match.end()
    return found


def cut(text: str, *, terms: Container[str] = (), brands: Container[str] = ()) -> list[Piece]:
    """The pieces of a text in order.

    `terms` are words that stand for themselves, `brands` names in one word each.
    """
    words = tokens(text)
    if not words:
        return []
    return _Lattice(words, terms, brands).cheapest()


class _Lattice:
    def __init__(self, words: list[Token], terms: Container[str], brands: Container[str]) -> None:
        self.words, self.terms, self.brands, self.lexicon = words, terms, brands, lexicon()
        self.text = "".join(word.text for word in words)
        self.at = [word for word in words for _ in word.text]

    def cheapest(self) -> list[Piece]:
        size = len(self.text)
        best: list[tuple[float, int, Piece | None]] = [(0.0, 0, None)]
        best += [(float("inf"), 0, None)] * size
        for start in range(size):
            cost = best[start][0]
            if cost == float("inf"):
                continue
            for end, price, piece in self._edges(start):
                if cost + price < best[end][0]:
                    best[end] = cost + price, start, piece
        way: list[Piece] = []
        at = size
        while at:
            _, at, last = best[at]
            assert last is not None  # every token is an edge of its own
            way.append(last)
        return way[::-1]

    def _edges(self, start: int) -> Iterator[tuple[int, float, Piece]]:
        word = self.at[start]
        opens = start == word.start
        korean = has_korean(word.text)
        if not opens and not korean:
            return
        yield from self._meanings(start, opens)
        if korean:
            yield from self._inside(start, word, opens)
        else:
            yield from self._whole(word)

    def _meanings(self, start: int, opens: bool) -> Iterator[tuple[int, float, Piece]]:
        for end in range(start + 1, min(len(self.text), start + self.lexicon.longest) + 1):
            text = self.text[start:end]
            if not self._ends(end):
                continue
            if text in self.brands and opens and text not in self.lexicon.readings:
                shown = self._shown(start, end)
                yield (
                    end,
                    KNOWN - len(text) / 1000,
                    Piece(text, shown, (Reading("brand", (text,)),)),
                )
            if text not in self.lexicon:
                continue
            last = self.at[end - 1]
            spans = last is not self.at[start]
            if spans and not opens:
                continue
            piece = _piece(text, self._shown(start, end))
            whole = opens and end == last.end
            if piece.role not in (None, Role.NOT_AFTER) and not (whole or self._only_ends(end)):
                continue
            if len(text) == 1 and has_korean(text) and not whole and not self._clean(start, end):
                continue
            # Of two equal ways, the one with the longer pieces.
            yield end, (SHORT if len(text) == 1 else KNOWN) - len(text) / 1000, piece

    def _only_ends(self, end: int) -> bool:
        """Whether an ending is all that is left of the word."""
        word = self.at[end - 1]
        return self.text[end : word.end] in self.lexicon.particles

    def _ends(self, end: int) -> bool:
        """An English word ends where it ends; a Korean one may go on in a compound."""
        last = self.at[end - 1]
        return end == last.end or has_korean(last.text)

    def _inside(self, start: int, word: Token, opens: bool) -> Iterator[tuple[int, float, Piece]]:
        for end in range(start + 2, min(word.end, start + LONGEST_TERM) + 1):
            text = self.text[start:end]
            if text in self.terms:
                yield end, LITERAL - len(text) / 1000, Piece(text, text)
        rest = self.text[start : word.end]
        if not opens and rest in self.lexicon.particles:
            role = Role.JOIN if self.lexicon.particles[rest] else Role.STOP
            yield word.end, ENDING, Piece(rest, rest, role=role, ending=True)
        for end in range(start + 2, word.end + 1):
            text = self.text[start:end]
            torn = 0.0 if opens and (end == word.end or self._only_ends(end)) else TORN
            yield end, UNKNOWN + torn + A_LETTER * len(text), Piece(text, text, known=False)
        if len(word.text) == 1 or len(rest) == 1:
            known = rest in self.terms
            cost = LITERAL if known else UNKNOWN + A_LETTER
            yield word.end, cost, Piece(rest, rest, known=known)

    def _whole(self, word: Token) -> Iterator[tuple[int, float, Piece]]:
        known = word.text in self.terms or not word.text.isalnum()
        cost = LITERAL if known else UNKNOWN + A_LETTER * len(word.text)
        yield word.end, cost, Piece(word.text, word.shown, known=known)

    def _clean(self, start: int, end: int) -> bool:
        """Whether all the rest of the word is known, so that 울 is wool in 울코트, not in 거울."""
        word = self.at[start]
        before, after = self.text[word.start : start], self.text[end : word.end]
        return self._is_known(before, False) and self._is_known(after, True)

    def _is_known(self, text: str, may_end: bool) -> bool:
        if not text or text in self.lexicon.readings or text in self.terms:
            return True
        if may_end and text in self.lexicon.particles:
            return True
        return may_end and any(
            text[end:] in self.lexicon.particles
            for end in range(2, len(text))
            if text[:end] in self.lexicon.readings or text[:end] in self.terms
        )

    def _shown(self, start: int, end: int) -> str:
        shown = ""
        for word in self.words:
            if word.end <= start or word.start >= end:
                continue
            part = (
                self.text[max(start, word.start) : min(end, word.end)]
                if has_korean(word.text)
                else word.shown
            )
            shown += part if word.glued or not shown else f" {part}"
        return shown


@cache
def _stock_meaning(text: str) -> Piece:
    return _meaning(text, stock_lexicon())


def _meaning(text: str, known: Lexicon) -> Piece:
    return Piece(
        text,
        text,
        readings=known.readings.get(text, ()),
        role=known.roles.get(text),
        part=known.parts.get(text),
        lacking=text in known.lacking,
    )


def _piece(text: str, shown: str) -> Piece:
    known = lexicon()
    meaning = _stock_meaning(text) if known is stock_lexicon() else _meaning(text, known)
    return replace(meaning, shown=shown)
