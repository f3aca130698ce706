"""Reading a shopper's text: filters with their chips, terms to rank by, misspelt words mended."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from catalog.hangul import has_korean
from catalog.lexicon import Piece, Role, cut, lexicon, tokens
from catalog.models.teaching import OWN
from catalog.shop_taxonomy import shop_taxonomy
from catalog.shop_words import own_words
from catalog.terms import concept
from recommender.filters import Filters
from recommender.words.chips import filter_chip, price_chip, stock_chip
from recommender.words.kinds import (
    FILTERED,
    SHOWN_WHERE_TAGGED,
    Wanted,
    brand_names,
    filters_of,
    hard_kinds,
    refused_kinds,
)
from recommender.words.meaning import LOOSE_IN_TAIL, Meaning, meanings, wanted_categories
from recommender.words.near import known_words, nearest
from recommender.words.prices import PriceWords, price_words
from recommender.words.understood import NOT, Chip, Understood
from recommender.words.vocabulary import Vocabulary, possible_terms, shop_words, vocabulary_of
from vision.taxonomy import taxonomy


def understand(text: str, *, lang: str, currency: str, off: Collection[str] = ()) -> Understood:
    """What a text of at most some hundred characters asks of the shop in scope.

    `lang` is that of the chips' labels; the text may be Korean, English or both. `currency` is the
    shop's. `off` are ids of chips that the shopper took off: their words are read as plain words.
    One statement, and a second where a word is misspelt or a brand is named.
    """
    with own_words():
        return _understood(text, lang, currency, off)


def _understood(text: str, lang: str, currency: str, off: Collection[str]) -> Understood:
    price, rest = price_words(text, currency)
    words = tokens(rest)
    vocabulary = vocabulary_of(possible_terms(words) | _attribute_terms())
    brands = _Brands(vocabulary)
    pieces = cut(rest, terms=vocabulary, brands=brands)
    pieces, mended = _mended(pieces, vocabulary)
    reader = _Reader(vocabulary, lang, frozenset(off))
    reader.read(pieces)
    if price is not None:
        reader.read_price(price, currency)
    return reader.understood(mended)


@dataclass(frozen=True, slots=True)
class _Brands:
    """The shop's brands, as far as the text may name them."""

    vocabulary: Vocabulary

    def __contains__(self, word: object) -> bool:
        return concept("brand", str(word)) in self.vocabulary


def _attribute_terms() -> set[str]:
    """Whether the shop's products have these at all, or the words can only rank."""
    known = taxonomy()
    stock = {concept(kind, value) for kind in SHOWN_WHERE_TAGGED for value in known.ids(kind)}
    return stock | {concept(OWN, value.id) for value in shop_taxonomy().own}


def _mended(pieces: Sequence[Piece], vocabulary: Vocabulary) -> tuple[list[Piece], dict[str, str]]:
    """Put the nearest known word in the place of each that nobody knows."""
    found: list[Piece] = []
    mended: dict[str, str] = {}
    for piece in pieces:
        meant = () if piece.known else _meant(piece.text, vocabulary)
        if not meant:
            found += [piece] if piece.known else _torn(piece)
            continue
        mended[piece.shown] = " ".join(meant)
        for word in meant:
            found += cut(word, terms=frozenset((word,)))
    return found, mended


def _torn(piece: Piece) -> list[Piece]:
    """A word that is known in part: 린넨 of 린넨자몽. A name of a thing is not trusted so far."""
    known = lexicon().readings
    for at in range(len(piece.text) - 2, 1, -1):
        first = known.get(piece.text[:at], ())
        if has_korean(piece.text) and first and all(one.kind != "category" for one in first):
            rest = piece.text[at:]
            return [*cut(piece.text[:at]), Piece(rest, rest, known=False)]
    return [piece]


def _meant(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words that one was meant to be: one, or a known one and one that is near, run together
    as Korean does (체크브라우스)."""
    among = (known_words(), shop_words(vocabulary))
    whole = nearest(word, among)
    if whole or not has_korean(word):
        return (whole,) if whole else ()
    known = lexicon().readings
    for at in range(len(word) - 2, 1, -1):
        first, second = word[:at], word[at:]
        if first in known and (near := nearest(second, among)):
            return first, near
        if second in known and (near := nearest(first, among)):
            return near, second
    return ()


@dataclass(slots=True)
class _Reader:
    vocabulary: Vocabulary
    lang: str
    off: frozenset[str]
    wanted: list[Wanted] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    terms: dict[str, None] = field(default_factory=dict)
    changes: dict[str, dict[str, None]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    price: PriceWords | None = None
    in_stock: bool | None = None
    foreign: str = ""
    alone: bool = False
    """The text is one word."""

    def read(self, pieces: Sequence[Piece]) -> None:
        found = meanings(pieces)
        self.alone = len(pieces) == 1
        things = {id(meaning) for meaning in wanted_categories(found)}
        for meaning in found:
            if meaning.piece.role is Role.STOCK:
                self._read_stock(meaning)
            elif meaning.readings:
                self._read_meaning(meaning, id(meaning) in things)
            elif meaning.piece.role is not Role.STOP:
                self._read_literal(meaning.piece, meaning.negated)

    def read_price(self, price: PriceWords, currency: str) -> None:
        if price.foreign:
            self.foreign = price.words
            return
        chip = price_chip(price, currency, self.lang)
        if chip.id not in self.off:
            self.price = price
            self.chips.append(chip)

    def understood(self, mended: dict[str, str]) -> Understood:
        filters = filters_of(self.wanted)
        self._exclude("category", tuple(refused_kinds(self.wanted)))
        if self.price is not None or self.in_stock is not None:
            filters = Filters(
                filters.values,
                price_min=self.price.least if self.price else None,
                price_max=self.price.most if self.price else None,
                in_stock=self.in_stock,
            )
        if not self.terms and not filters:
            # Nobody who types a strange word asks to see the whole shop.
            self.terms.update(dict.fromkeys(self.unknown))
        return Understood(
            filters=filters,
            changes={kind: tuple(values) for kind, values in self.changes.items()},
            terms=tuple(self.terms),
            mended=mended,
            chips=tuple(self.chips),
            unknown=tuple(self.unknown),
            foreign=self.foreign,
        )

    def _read_stock(self, meaning: Meaning) -> None:
        chip = stock_chip(meaning.piece.shown, self.lang)
        if chip.id not in self.off:
            self.in_stock = True
            self.chips.append(chip)

    def _read_literal(self, piece: Piece, negated: bool) -> None:
        if not piece.known:
            self.unknown.append(piece.shown)
        elif piece.text.isalnum():
            self.terms[NOT * negated + piece.text] = None

    def _read_meaning(self, meaning: Meaning, is_thing: bool) -> None:
        asked = hard_kinds(meaning, is_thing, self.vocabulary)
        chips = [self._chip(meaning, wanted) for wanted in asked]
        if any(chip.id in self.off for chip in chips):
            self._read_plainly(meaning.piece)
            return
        for wanted, chip in zip(asked, chips, strict=True):
            self.wanted.append(wanted)
            if all(chip.id != one.id for one in self.chips):
                self.chips.append(chip)
        hard = {wanted.kind for wanted in asked}
        for reading in meaning.readings:
            if meaning.excludes:
                if reading.kind in hard:
                    self.changes.setdefault(reading.kind, {})
                elif reading.kind not in FILTERED:
                    self._exclude(reading.kind, reading.values)
            elif self.alone or not reading.ranks_only:
                self._rank_by(meaning, reading.kind, reading.values, is_thing)

    def _exclude(self, kind: str, values: Sequence[str]) -> None:
        for value in shop_taxonomy().with_merged(kind, values):
            self.terms[NOT + concept(kind, value)] = None

    def _rank_by(self, meaning: Meaning, kind: str, values: Sequence[str], is_thing: bool) -> None:
        for value in shop_taxonomy().with_merged(kind, values):
            self.terms[concept(kind, value)] = None
        loose = (meaning.beside and kind in LOOSE_IN_TAIL) or (kind == "category" and not is_thing)
        if not loose and kind not in ("group", "brand", OWN):
            self.changes.setdefault(kind, {}).update(dict.fromkeys(values))

    def _read_plainly(self, piece: Piece) -> None:
        for token in tokens(piece.shown):
            if token.text.isalnum():
                self.terms[token.text] = None

    def _chip(self, meaning: Meaning, wanted: Wanted) -> Chip:
        values = brand_names(wanted.values) if wanted.kind == "brand" else wanted.values
        return filter_chip(wanted, values, words=meaning.piece.shown, lang=self.lang)
