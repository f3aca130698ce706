"""The words shoppers and shops use for what the taxonomy knows, in both languages.

The taxonomy's own names and synonyms, the names of colours, and `shoppers.json`: what people type
beside them ("반팔티셔츠", "tee"), words that stand for several values ("stripes" are fine, wide or
vertical), and the small words that change the meaning of others ("말고", "without", "or").
"""

from catalog.lexicon.build import (
    Lexicon,
    Part,
    Reading,
    Role,
    lexicon,
    lexicon_in_use,
    stock_lexicon,
)
from catalog.lexicon.pieces import Piece, Token, cut, tokens

__all__ = [
    "Lexicon",
    "Part",
    "Piece",
    "Reading",
    "Role",
    "Token",
    "cut",
    "lexicon",
    "lexicon_in_use",
    "stock_lexicon",
    "tokens",
]
