"""Whether a search had a good answer.

- By a photo, a drawing or a product: a garment was made out, and the best product's score reaches
  the mark of its kind.
- By words alone, and by words beside a photo: something was found, and nothing that the words name
  had to be left out for it.
"""

from recommender.searched import Kind, Searched

LEAST_SCORE: dict[Kind, float] = {
    "photo": 0.52,
    "photo+words": 0.52,
    "product": 0.66,
    "drawing": 0.78,
}
"""The least score of a good answer: where right answers and those of a shop that has nothing of the
kind lie farthest apart, as `lookus bench relevance` and `sketch` measure it (docs/analytics.md)."""


def is_good(said: Searched) -> bool:
    if not said.found or not said.seen or said.missed:
        return False
    if said.best_score is None:
        return True
    return said.best_score >= LEAST_SCORE[said.kind]
