"""Why words found a product, as one sentence in the shopper's language."""

from collections.abc import Sequence

MOSTLY = 0.6
"""Of the best score of the search: from here on a product's texts are said to say the words."""

_SENTENCES = {
    # What the words name and the product is; what its texts say; what they say in part.
    "en": ("It fits {labels}", "its texts say “{terms}”", "its texts say some of “{terms}”"),
    "ko": (
        "찾으신 조건에 맞아요: {labels}",
        "설명에 나오는 말: {terms}",
        "설명에 일부 나오는 말: {terms}",
    ),
}
_NOTHING = {"en": "One of the shop's products.", "ko": "이 쇼핑몰의 상품이에요."}


def word_reason(*, labels: Sequence[str], terms: Sequence[str], words: float, lang: str) -> str:
    """`labels` are what the words name, `words` how well the texts fit the `terms`, 0..1."""
    fits, says, says_some = _SENTENCES[lang]
    clauses = []
    if labels:
        clauses.append(fits.format(labels=", ".join(labels)))
    if terms and words:
        clauses.append((says if words >= MOSTLY else says_some).format(terms=" ".join(terms)))
    if not clauses:
        return _NOTHING[lang]
    if lang == "ko":
        return ". ".join(clauses) + "."
    sentence = ", and ".join(clauses)
    return f"{sentence[0].upper()}{sentence[1:]}."
