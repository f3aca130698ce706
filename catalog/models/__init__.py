"""What a shop sells and what was seen in its photos."""

from catalog.models.alike import NotAlike
from catalog.models.feeds import Feed, FeedPage, HostPace
from catalog.models.finding import Posting, ProductFacet, SearchIndex, VocabularyTerm
from catalog.models.garment import Garment
from catalog.models.imports import ImportChange, ImportChunk, ImportProblem, ImportRun
from catalog.models.mappings import ColumnMapping, HeldFile
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
    "ColumnMapping",
    "Feed",
    "FeedPage",
    "Garment",
    "HeldFile",
    "HostPace",
    "ImportChange",
    "ImportChunk",
    "ImportProblem",
    "ImportRun",
    "NotAlike",
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
