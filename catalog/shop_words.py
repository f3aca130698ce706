"""A shop's own words laid over the lexicon: its names and synonyms are read, hidden values not."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock

from catalog.lexicon import Lexicon, Reading, lexicon_in_use, stock_lexicon
from catalog.lexicon.spelling import squeezed
from catalog.shop_taxonomy import ShopTaxonomy, Value, shop_taxonomy
from tenants.scope import current_shop_id
from vision.taxonomy import LANGUAGES

SHOPS_KEPT = 16

_lock = Lock()
_kept: OrderedDict[int, tuple[ShopTaxonomy, Lexicon]] = OrderedDict()


@contextmanager
def own_words() -> Iterator[None]:
    """Texts in the block are read with the words of the shop in scope."""
    with lexicon_in_use(words_in_use()):
        yield


def words_in_use(*, fresh: bool = False) -> Lexicon | None:
    """The lexicon of the shop in scope; None where it changed nothing."""
    return _lexicon_of(shop_taxonomy(fresh=fresh))


def words_of_value(value: Value) -> dict[str, str]:
    """Every word that the shop gave the value: squeezed → as it was written."""
    said = [value.en, value.ko]
    for lang in LANGUAGES:
        said += value.synonyms.get(lang, ())
    return {one: word for word in said if (one := squeezed(word))}


def shop_lexicon(own: ShopTaxonomy) -> Lexicon:
    """The installation's lexicon as the shop wants it.

    1. What names a merged value names the value that it counts as; hidden values have no names.
    2. The shop's names and synonyms are words too. A word may keep what it means beside.
    """
    stock = stock_lexicon()
    readings = dict(stock.readings)
    if any(not one.shown for one in own.changed.values()):
        readings = {word: left for word, kinds in readings.items() if (left := _shown(kinds, own))}
    more: dict[str, list[Reading]] = {}
    for value in own.changed.values():
        if own.is_hidden(value.kind, value.id):
            continue
        for word in words_of_value(value):
            reading = Reading(value.kind, (own.counts_as(value.kind, value.id),))
            more.setdefault(word, []).append(reading)
    for word, said in more.items():
        kinds = {one.kind for one in said}
        beside = tuple(one for one in readings.get(word, ()) if one.kind not in kinds)
        readings[word] = (*beside, *said)
    return replace(stock, readings=readings, longest=max(stock.longest, *map(len, more), 0))


def _shown(kinds: tuple[Reading, ...], own: ShopTaxonomy) -> tuple[Reading, ...]:
    """The readings without hidden values, and with merged ones as what they count as."""
    found = []
    for reading in kinds:
        values = tuple(
            dict.fromkeys(
                own.counts_as(reading.kind, value)
                for value in reading.values
                if not own.is_hidden(reading.kind, value)
            )
        )
        if values:
            found.append(reading if values == reading.values else replace(reading, values=values))
    return tuple(found)


def _lexicon_of(own: ShopTaxonomy) -> Lexicon | None:
    """Kept for the shops that were asked last; None where the shop changed nothing."""
    if not own:
        return None
    shop = current_shop_id()
    with _lock:
        held = _kept.get(shop)
        if held is not None and held[0] is own:
            _kept.move_to_end(shop)
            return held[1]
    made = shop_lexicon(own)
    with _lock:
        _kept[shop] = own, made
        _kept.move_to_end(shop)
        while len(_kept) > SHOPS_KEPT:
            _kept.popitem(last=False)
    return made
