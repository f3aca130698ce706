"""What a shop sells and what was seen in its photos."""

from catalog.models.finding import Posting, ProductFacet, SearchIndex, VocabularyTerm
from catalog.models.garment import Garment
from catalog.models.imports import ImportChange, ImportProblem, ImportRun
from catalog.models.product import Photo, Product, Tag

__all__ = [
    "Garment",
    "ImportChange",
    "ImportProblem",
    "ImportRun",
    "Photo",
    "Posting",
    "Product",
    "ProductFacet",
    "SearchIndex",
    "Tag",
    "VocabularyTerm",
]
