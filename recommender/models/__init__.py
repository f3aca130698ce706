"""What finding keeps: queries that may be asked again, outfits, moods, looks, rules and tests."""

from recommender.models.kept import KeptPhoto
from recommender.models.looks import Look, LookItem
from recommender.models.memory import QueryMemory, ResultList
from recommender.models.merchandising import Arm, Experiment, Rule
from recommender.models.mood import ShopMood
from recommender.models.outfit import CoCount
from recommender.models.quality import QualityRun

__all__ = [
    "Arm",
    "CoCount",
    "Experiment",
    "KeptPhoto",
    "Look",
    "LookItem",
    "QualityRun",
    "QueryMemory",
    "ResultList",
    "Rule",
    "ShopMood",
]
