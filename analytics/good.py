"""Whether a search had a good answer.

- By a photo, a drawing or a product: a garment was made out, and the best product's score reaches
  the mark of its kind.
- By words alone, and by words beside a photo: something was found, and nothing that the words name
  had to be left out for it.
"""

from recommender.searched import Kind, Searched

LEAST_SCORE: dict[Kind, float] = {
    "photo": 0.75,
    "photo+words": 0.6,
    "product": 0.75,
    "drawing": 0.6,
}
"""The least score of a good answer. See docs/analytics.md for how they were measured."""


def is_good(said: Searched) -> bool:
    if not said.found or not said.seen or said.missed:
        return False
    if said.best_score is None:
        return True
    return said.best_score >= LEAST_SCORE[said.kind]
