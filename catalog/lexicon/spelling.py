"""One spelling of a written word: for the lexicon, for the terms of products and for queries."""

import re
import unicodedata

TOKEN = re.compile(r"[a-z0-9]+|[가-힣]+|[&,/+]")
_APOSTROPHE = re.compile(r"['’`´]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d)")
# Not what is left of it: "shorts" are no "short".
_KEPT = frozenset(("shorts", "canvas", "always", "less", "plus"))


def plain(text: str) -> str:
    """Lower case, one form of each character, no accents and no apostrophes: café's → cafes."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = _THOUSANDS.sub("", _APOSTROPHE.sub("", text))
    apart = unicodedata.normalize("NFD", text)
    bare = "".join(char for char in apart if unicodedata.category(char) != "Mn")
    return unicodedata.normalize("NFC", bare)


def stem(word: str) -> str:
    """dresses → dress, skirts → skirt, jeans → jean: the same for a query and a text."""
    if not word.isascii() or len(word) < 4 or word in _KEPT or word[-1] != "s":
        return word
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word if word.endswith(("ss", "us")) else word[:-1]


def squeezed(text: str) -> str:
    """All its words in one: "T-Shirts" → tshirt, "오프 숄더" → 오프숄더."""
    return "".join(stem(found.group()) for found in TOKEN.finditer(plain(text)))
