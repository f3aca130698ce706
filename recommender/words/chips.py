"""Chips: the filters that words named, in the shopper's language."""

from collections.abc import Sequence

from catalog.lexicon import lexicon
from catalog.money import display
from recommender.filter_labels import value_label
from recommender.words.kinds import Wanted
from recommender.words.prices import PriceWords
from recommender.words.understood import Chip

PRICE, STOCK = "price", "in_stock"
_NOT = {"en": "Not {label}", "ko": "{label} 제외"}
_PRICES = {
    ("en", "most"): "Up to {most}",
    ("en", "least"): "From {least}",
    ("en", "both"): "{least} – {most}",
    ("ko", "most"): "{most} 이하",
    ("ko", "least"): "{least} 이상",
    ("ko", "both"): "{least}~{most}",
}
_STOCK = {"en": "In stock", "ko": "재고 있음"}
# Taxonomy and shops differ here: a product's gender is one of women, men, unisex, kids.
_GENDERS = {"kids": {"en": "Kids", "ko": "아동"}}


def filter_chip(wanted: Wanted, values: Sequence[str], *, words: str, lang: str) -> Chip:
    label = _label(wanted.kind, values, words, lang)
    if wanted.negated:
        label = _NOT[lang].format(label=_lower(label) if lang == "en" else label)
    return Chip(
        id=f"{'not:' * wanted.negated}{wanted.kind}:{'+'.join(values)}",
        kind=wanted.kind,
        value=",".join(values),
        label=label,
        words=words,
        negated=wanted.negated,
    )


def price_chip(price: PriceWords, currency: str, lang: str) -> Chip:
    shown = {
        "least": display(price.least, currency, lang),
        "most": display(price.most, currency, lang),
    }
    form = "both" if price.least is not None and price.most is not None else None
    form = form or ("most" if price.most is not None else "least")
    value = "-".join("" if one is None else str(one) for one in (price.least, price.most))
    return Chip(PRICE, PRICE, value, _PRICES[lang, form].format_map(shown), price.words)


def stock_chip(words: str, lang: str) -> Chip:
    return Chip(STOCK, STOCK, "true", _STOCK[lang], words)


def _label(kind: str, values: Sequence[str], words: str, lang: str) -> str:
    """The value's name; of several what they are called together, of colours as it was typed."""
    if kind == "brand":
        return ", ".join(values)
    if kind == "gender":
        own = _GENDERS.get(values[0])
        return own[lang] if own else value_label(kind, values[0], lang)
    if len(values) == 1:
        return value_label(kind, values[0], lang)
    named = lexicon().names.get((kind, tuple(values)), {}).get(lang)
    if named is None and kind != "color":
        return "/".join(value_label(kind, value, lang) for value in values)
    return _upper(named or words)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(label: str) -> str:
    """As it stands inside a phrase: `T-shirt` keeps its capital."""
    return label if label[1:2] == "-" else label[:1].lower() + label[1:]
