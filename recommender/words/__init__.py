"""Words: what a shopper's text asks for, which products it finds, and what it changes of a photo.

1. `understand` reads a text in the shop's scope: filters that it names (each a chip that can be
   taken off), terms to rank by, words that were misspelt.
2. `word_matches` ranks the products by those terms (BM25), under the filters.
3. `changed` and `fuse` are for a photo with words: what the words name replaces that part of the
   photo, and both orders become one.
"""

from recommender.words.change import changed, damped, fuse
from recommender.words.matches import WordMatch, word_matches
from recommender.words.understand import understand
from recommender.words.understood import Chip, Understood

__all__ = [
    "Chip",
    "Understood",
    "WordMatch",
    "changed",
    "damped",
    "fuse",
    "understand",
    "word_matches",
]
