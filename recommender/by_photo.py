"""Products like a garment, of a photo or of the catalogue. In the shop's scope."""

from catalog.terms import concept
from recommender.by_words import text_shares, without_refused
from recommender.candidates import by_products, candidates
from recommender.grouping import same_thing
from recommender.merchandising import Arrangement
from recommender.rank import Weights, rank
from recommender.sought import Case, Found
from recommender.words import WordMatch, fuse, word_matches
from recommender.words.change import WORDS_SHARE
from recommender.words.understood import NOT

MOST_BESIDE = 100
"""Products that words bring into a photo's list."""
COMPARED = tuple(concept(kind, "") for kind in ("category", "group", "color", "pattern"))
"""Terms of what a photo is compared by anyway: they are not looked up beside it."""


def photo_found(case: Case, rules: Arrangement, weights: Weights) -> Found:
    """By the garment, what the words name standing in its place; other words are looked up in the
    products' texts, and both orders become one. Pinned products are among them, however unlike.
    """
    asked, own, garment = case.asked, case.sought.own, case.sought.garment
    near = candidates(
        garment.embedding,
        shop=case.shop,
        revision=case.revision,
        filters=case.filters,
        limit=asked.limit,
        without=own.product_id if own is not None else None,
    )
    texts = _texts(case)
    known = {one.product_id for one in near}
    also = dict.fromkeys((*(one.product_id for one in texts), *rules.wanted))
    missing = [one for one in also if one not in known]
    if missing:
        near += by_products(
            missing, embedding=garment.embedding, revision=case.revision, filters=case.filters
        )
    near = without_refused(near, case.sought.terms)
    if own is not None:
        near = [
            one
            for one in near
            if not same_thing(one, own, by_variant=asked.by_variant, fold=asked.fold)
        ]
    ranked = rank(garment, near, weights)
    shares = text_shares(texts)
    return Found(fuse(ranked, texts), shares, WORDS_SHARE) if shares else Found(ranked)


def _texts(case: Case) -> list[WordMatch]:
    terms = [one for one in case.sought.terms if not one.startswith((NOT, *COMPARED))]
    if not terms:
        return []
    return word_matches(terms, filters=case.filters, revision=case.revision, limit=MOST_BESIDE)
