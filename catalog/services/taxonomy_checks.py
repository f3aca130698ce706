"""What a shop may not write into its taxonomy, and in which words it is told so."""

from collections.abc import Sequence

from catalog.lexicon import stock_lexicon
from catalog.lexicon.spelling import squeezed
from catalog.models.teaching import OWN
from catalog.shop_taxonomy import Value, shop_taxonomy
from catalog.shop_words import words_of_value
from vision.taxonomy import LANGUAGES, taxonomy

MOST_OWN = 100
"""Values of a shop's own: more are no longer a choice that a shopper reads."""
MOST_SYNONYMS = 30
MOST_CHARACTERS = 60


class TaxonomyRefused(ValueError):
    """A change that cannot be made: a code of `WORDS` and its words."""

    def __init__(self, code: str, field: str = "", **words: str) -> None:
        super().__init__(WORDS[code].format(**words))
        self.code, self.field, self.words = code, field, words


WORDS = {
    "unknown_kind": "There is no attribute {name}.",
    "unknown_value": "There is no value {name} in {kind}.",
    "no_name": "Write a name in {language}.",
    "too_long": "“{word}” is too long: {most} characters at most.",
    "no_word": "“{word}” has no letter that a search could find.",
    "small_word": "“{word}” is a small word of searches and cannot be a name.",
    "clash": "“{word}” already means {other}. A word can mean one value only.",
    "too_many_synonyms": "A value has at most {most} synonyms in a language.",
    "too_many_own": "A shop has at most {most} values of its own. Delete one first.",
    "merge_chain": "{other} was merged itself. Choose a value that stands for itself.",
    "merged_here": "Other values were merged into this one. Take them out first.",
    "merge_own": "A value of your own cannot be merged.",
    "changed_since": "It was changed again since. Undo the later change first.",
    "own_gone": "That value was deleted; its examples are gone with it.",
}
"""In English; the pages translate them."""


def value_checked(wanted: Value) -> Value:
    """The value as it may be written. Raises TaxonomyRefused. In the shop's scope."""
    for lang, language in zip(LANGUAGES, ("English", "Korean"), strict=True):
        if not wanted.label(lang):
            raise TaxonomyRefused("no_name", lang, language=language)
        if len(wanted.synonyms.get(lang, ())) > MOST_SYNONYMS:
            raise TaxonomyRefused("too_many_synonyms", f"synonyms_{lang}", most=str(MOST_SYNONYMS))
        for word in (wanted.label(lang), *wanted.synonyms.get(lang, ())):
            field = lang if word == wanted.label(lang) else f"synonyms_{lang}"
            _check_word(wanted, word, field)
    _check_merge(wanted)
    return wanted


def _check_word(wanted: Value, word: str, field: str) -> None:
    if len(word) > MOST_CHARACTERS:
        raise TaxonomyRefused(
            "too_long", field, word=word[:MOST_CHARACTERS], most=str(MOST_CHARACTERS)
        )
    plain = squeezed(word)
    if not plain or "\0" in word:
        raise TaxonomyRefused("no_word", field, word=word)
    if plain in stock_lexicon().roles:
        raise TaxonomyRefused("small_word", field, word=word)
    other = _meant_already(wanted, plain)
    if other is not None:
        raise TaxonomyRefused("clash", field, word=word, other=f"{other.en} ({other.ko})")


def _meant_already(wanted: Value, plain: str) -> Value | None:
    """Another value that the word stands for: of the same kind, or of any where one is own."""
    own = shop_taxonomy()
    for value in own.changed.values():
        if (value.kind, value.id) == (wanted.kind, wanted.id):
            continue
        related = value.kind == wanted.kind or OWN in (value.kind, wanted.kind)
        if related and plain in words_of_value(value):
            return value
    for reading in stock_lexicon().readings.get(plain, ()):
        if reading.kind == wanted.kind and wanted.id not in reading.values:
            return _named(reading.kind, reading.values)
        if wanted.kind == OWN:
            return _named(reading.kind, reading.values)
    return None


def _named(kind: str, values: Sequence[str]) -> Value:
    found = shop_taxonomy().value(kind, values[0]) if kind in taxonomy().kinds else None
    return found or Value(kind, values[0], values[0], values[0])


def _check_merge(wanted: Value) -> None:
    if not wanted.merged_into:
        return
    own = shop_taxonomy()
    if wanted.kind == OWN:
        raise TaxonomyRefused("merge_own", "merged_into")
    target = own.value(wanted.kind, wanted.merged_into)
    if target is None or target.id == wanted.id:
        raise TaxonomyRefused(
            "unknown_value", "merged_into", name=wanted.merged_into, kind=wanted.kind
        )
    if not target.shown:
        raise TaxonomyRefused("merge_chain", "merged_into", other=target.en)
    if wanted.id in own.merged(wanted.kind).values():
        raise TaxonomyRefused("merged_here", "merged_into")
