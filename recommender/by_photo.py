"""Products like a garment, of a photo or of the catalogue. In the shop's scope."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from catalog.terms import concept
from recommender.by_words import known_words, text_shares, without_refused
from recommender.candidates import Candidate, by_products, candidates
from recommender.grouping import same_thing
from recommender.merchandising import Arrangement
from recommender.query import Belief
from recommender.rank import Ranked, Weights, rank
from recommender.sought import Case, Found
from recommender.words import WordMatch, fuse, word_matches
from recommender.words.change import WORDS_SHARE
from recommender.words.understood import NOT

MOST_BESIDE = 100
"""Products that words bring into a photo's list. Where they find more, those that the photo found
are asked about by themselves: of a common word the best 100 are few of what is near."""
SURE_TOGETHER = 0.9
"""The probability of the kinds that a drawing's nearest are looked for among."""
COMPARED = tuple(concept(kind, "") for kind in ("category", "group", "color", "pattern"))
"""Terms of what a photo is compared by anyway: they are not looked up beside it."""


def photo_found(case: Case, rules: Arrangement, weights: Weights) -> Found:
    """By the garment, what the words name standing in its place; other words are looked up in the
    products' texts, and both orders become one. Pinned products are among them, however unlike.
    """
    ranked, texts = photo_and_words(case, rules, weights)
    shares = text_shares(texts)
    return Found(fuse(ranked, texts), shares, WORDS_SHARE) if shares else Found(ranked)


def photo_and_words(
    case: Case, rules: Arrangement, weights: Weights
) -> tuple[list[Ranked], list[WordMatch]]:
    """The photo's order, with what the words alone found; and the words' own, of all of these."""
    texts = _texts(case)
    compared = _compared(case, [*(one.product_id for one in texts), *rules.wanted])
    if len(texts) == MOST_BESIDE:
        texts = _texts(case, among=[one.product_id for one in compared])
    return rank(case.sought.garment, compared, weights), texts


def _compared(case: Case, also: Iterable[int]) -> list[Candidate]:
    """What is near to the garment, and these products too, less what must not be found."""
    asked, own, garment = case.asked, case.sought.own, case.sought.garment
    found = case.once.under(
        "near",
        case.filters,
        lambda: candidates(
            garment.embedding,
            shop=case.shop,
            revision=case.revision,
            filters=case.filters,
            limit=asked.limit,
            without=own.product_id if own is not None else None,
        ),
    )
    near = [*found]
    if garment.drawn:
        near += _of_its_kind(case, {one.product_id for one in near})
    known = {one.product_id for one in near}
    missing = [one for one in dict.fromkeys(also) if one not in known]
    if missing:
        near += by_products(
            missing, embedding=garment.embedding, revision=case.revision, filters=case.filters
        )
    near = without_refused(near, case.sought.terms)
    if own is None:
        return near
    return [
        one
        for one in near
        if not same_thing(one, own, by_variant=asked.by_variant, fold=asked.fold)
    ]


def _of_its_kind(case: Case, known: Collection[int]) -> list[Candidate]:
    """The nearest of what a drawing probably is: among all products of a large shop they may stand
    behind others, for lines say less than a photo. None where the kind is asked for already."""
    kinds, filters = _likely(case.sought.garment.categories), case.filters
    if not kinds or not case.sought.query.found or filters.values.keys() & {"category", "group"}:
        return []
    of_kind = replace(filters, values={**filters.values, "category": kinds})
    found = case.once.under(
        "near",
        of_kind,
        lambda: candidates(
            case.sought.garment.embedding,
            shop=case.shop,
            revision=case.revision,
            filters=of_kind,
            limit=case.asked.limit,
        ),
    )
    return [one for one in found if one.product_id not in known]


def _likely(categories: Belief) -> tuple[str, ...]:
    """The likeliest, until together they are as good as sure."""
    kinds: list[str] = []
    for kind in sorted(categories, key=lambda one: (-categories[one], one)):
        kinds.append(kind)
        if sum(categories[one] for one in kinds) >= SURE_TOGETHER:
            break
    return tuple(kinds)


def _texts(case: Case, among: Collection[int] | None = None) -> list[WordMatch]:
    """The best of the shop, or all of those `among`: the words say something of each of them."""
    terms = [one for one in case.sought.terms if not one.startswith((NOT, *COMPARED))]
    if not terms:
        return []
    limit = MOST_BESIDE if among is None else len(among)
    return case.once(
        ("texts", case.filters, among),
        lambda: word_matches(
            terms,
            filters=case.filters,
            revision=case.revision,
            limit=limit,
            among=among,
            vocabulary=known_words(case, terms),
        ),
    )
