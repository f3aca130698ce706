"""Why words found a product, as one sentence in the shopper's language."""

from collections.abc import Sequence

MOSTLY = 0.6
"""Of the best score of the search: from here on a product is said to have the words."""

_SENTENCES = {
    # What the words name and the product is; what its texts and tags have; what they have in part.
    "en": (
        "It fits {labels}",
        "its texts and tags have “{terms}”",
        "its texts and tags have some of “{terms}”",
    ),
    "ko": (
        "찾으신 조건에 맞아요: {labels}",
        "설명과 태그에 나오는 말: {terms}",
        "설명과 태그에 일부 나오는 말: {terms}",
    ),
}


def word_reason(*, labels: Sequence[str], terms: Sequence[str], words: float, lang: str) -> str:
    """`labels` are what the words name, `words` how well the texts fit the `terms`, 0..1.

    Empty where there is nothing to say.
    """
    fits, has, has_some = _SENTENCES[lang]
    clauses = []
    if labels:
        clauses.append(fits.format(labels=", ".join(labels)))
    if terms and words:
        clauses.append((has if words >= MOSTLY else has_some).format(terms=" ".join(terms)))
    if not clauses:
        return ""
    if lang == "ko":
        return ". ".join(clauses) + "."
    sentence = ", and ".join(clauses)
    return f"{sentence[0].upper()}{sentence[1:]}."
