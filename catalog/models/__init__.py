"""What a shop sells and what was seen in its photos."""

from catalog.models.finding import Posting, ProductFacet, SearchIndex, VocabularyTerm
from catalog.models.garment import Garment
from catalog.models.imports import ImportChange, ImportProblem, ImportRun
from catalog.models.product import Photo, Product, Tag
from catalog.models.reviews import (
    BrandRule,
    PhotoChoice,
    ProductSeen,
    RetagPreview,
    ReviewDecision,
    ReviewThreshold,
)
from catalog.models.teaching import (
    OwnClass,
    OwnExample,
    OwnScore,
    ShopHead,
    ShopTerm,
    TermEdit,
)

__all__ = [
    "BrandRule",
    "Garment",
    "ImportChange",
    "ImportProblem",
    "ImportRun",
    "OwnClass",
    "OwnExample",
    "OwnScore",
    "Photo",
    "PhotoChoice",
    "Posting",
    "Product",
    "ProductFacet",
    "ProductSeen",
    "RetagPreview",
    "ReviewDecision",
    "ReviewThreshold",
    "SearchIndex",
    "ShopHead",
    "ShopTerm",
    "Tag",
    "TermEdit",
    "VocabularyTerm",
]
