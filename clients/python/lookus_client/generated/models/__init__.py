"""Contains all the data models used in inputs/outputs"""

from .action_enum import ActionEnum
from .amount_reply import AmountReply
from .batch_input_request import BatchInputRequest
from .batch_reply import BatchReply
from .blank_enum import BlankEnum
from .by_enum import ByEnum
from .card_reply import CardReply
from .catalog_color_reply import CatalogColorReply
from .catalog_garment_reply import CatalogGarmentReply
from .catalog_photo_reply import CatalogPhotoReply
from .catalog_photo_reply_state_enum import CatalogPhotoReplyStateEnum
from .category_enum import CategoryEnum
from .chip_reply import ChipReply
from .closure_enum import ClosureEnum
from .code_enum import CodeEnum
from .color_enum import ColorEnum
from .color_reply import ColorReply
from .confirm_input_request import ConfirmInputRequest
from .cover_reply import CoverReply
from .deliveries_reply import DeliveriesReply
from .delivery_reply import DeliveryReply
from .delivery_reply_state_enum import DeliveryReplyStateEnum
from .discover_by_photo_request import DiscoverByPhotoRequest
from .discover_by_reference_request import DiscoverByReferenceRequest
from .discover_reply import DiscoverReply
from .event_batch_reply import EventBatchReply
from .event_batch_request import EventBatchRequest
from .event_error_reply import EventErrorReply
from .event_reply import EventReply
from .event_row_reply import EventRowReply
from .facet_reply import FacetReply
from .facet_value_reply import FacetValueReply
from .field_error_reply import FieldErrorReply
from .filters import Filters
from .filters_gender_enum import FiltersGenderEnum
from .filters_price import FiltersPrice
from .fit_enum import FitEnum
from .garment_reply import GarmentReply
from .gave_reply import GaveReply
from .gender_enum import GenderEnum
from .group_by_enum import GroupByEnum
from .group_enum import GroupEnum
from .import_by_file_request import ImportByFileRequest
from .import_by_url_request import ImportByUrlRequest
from .import_by_url_request_mapping import ImportByUrlRequestMapping
from .import_by_url_request_mapping_additional_property import (
    ImportByUrlRequestMappingAdditionalProperty,
)
from .import_change_reply import ImportChangeReply
from .import_change_reply_after import ImportChangeReplyAfter
from .import_change_reply_before import ImportChangeReplyBefore
from .import_changes_lang import ImportChangesLang
from .import_changes_reply import ImportChangesReply
from .import_photos_reply import ImportPhotosReply
from .import_problem_reply import ImportProblemReply
from .import_problems_lang import ImportProblemsLang
from .import_problems_reply import ImportProblemsReply
from .import_reply import ImportReply
from .import_reply_state_enum import ImportReplyStateEnum
from .import_reply_summary import ImportReplySummary
from .imports_lang import ImportsLang
from .imports_reply import ImportsReply
from .imports_state import ImportsState
from .kfashion_style_enum import KfashionStyleEnum
from .kind_enum import KindEnum
from .kind_reply import KindReply
from .lang_enum import LangEnum
from .length_enum import LengthEnum
from .line_input_request import LineInputRequest
from .line_input_request_price_type_1 import LineInputRequestPriceType1
from .look_garment_reply import LookGarmentReply
from .look_lang import LookLang
from .look_reply import LookReply
from .looks_lang import LooksLang
from .looks_reply import LooksReply
from .material_enum import MaterialEnum
from .mood_word_reply import MoodWordReply
from .name_reply import NameReply
from .neckline_enum import NecklineEnum
from .objects_enum import ObjectsEnum
from .off_reason_enum import OffReasonEnum
from .op_enum import OpEnum
from .operation_input_request import OperationInputRequest
from .operation_input_request_product import OperationInputRequestProduct
from .operation_reply import OperationReply
from .others_reply import OthersReply
from .outfit_by_photo_request import OutfitByPhotoRequest
from .outfit_by_reference_request import OutfitByReferenceRequest
from .outfit_reply import OutfitReply
from .outfit_row_reply import OutfitRowReply
from .outfit_why_reply import OutfitWhyReply
from .owned_reply import OwnedReply
from .patched_product_patch_request import PatchedProductPatchRequest
from .patched_product_patch_request_attributes_type_0 import (
    PatchedProductPatchRequestAttributesType0,
)
from .patched_product_patch_request_price_type_1 import PatchedProductPatchRequestPriceType1
from .patched_product_patch_request_sale_price_type_1 import (
    PatchedProductPatchRequestSalePriceType1,
)
from .patched_product_patch_request_tags_type_0 import PatchedProductPatchRequestTagsType0
from .patched_product_patch_request_translations_type_0 import (
    PatchedProductPatchRequestTranslationsType0,
)
from .patched_product_patch_request_translations_type_0_en import (
    PatchedProductPatchRequestTranslationsType0En,
)
from .patched_product_patch_request_translations_type_0_ko import (
    PatchedProductPatchRequestTranslationsType0Ko,
)
from .patched_webhook_input_request import PatchedWebhookInputRequest
from .pattern_enum import PatternEnum
from .photo_by_url_request import PhotoByUrlRequest
from .photo_input_request import PhotoInputRequest
from .photo_outfit_reply import PhotoOutfitReply
from .photo_style_reply import PhotoStyleReply
from .piece_reply import PieceReply
from .preview_by_file_request import PreviewByFileRequest
from .preview_by_text_request import PreviewByTextRequest
from .price_reply import PriceReply
from .problem_reply import ProblemReply
from .product_input_request import ProductInputRequest
from .product_input_request_attributes_type_0 import ProductInputRequestAttributesType0
from .product_input_request_price_type_1 import ProductInputRequestPriceType1
from .product_input_request_sale_price_type_1 import ProductInputRequestSalePriceType1
from .product_input_request_tags_type_0 import ProductInputRequestTagsType0
from .product_input_request_translations_type_0 import ProductInputRequestTranslationsType0
from .product_input_request_translations_type_0_en import ProductInputRequestTranslationsType0En
from .product_input_request_translations_type_0_ko import ProductInputRequestTranslationsType0Ko
from .product_outfit_lang import ProductOutfitLang
from .product_reply import ProductReply
from .product_reply_attributes import ProductReplyAttributes
from .product_reply_tags import ProductReplyTags
from .product_reply_translations import ProductReplyTranslations
from .product_reply_translations_additional_property import (
    ProductReplyTranslationsAdditionalProperty,
)
from .product_tags_reply import ProductTagsReply
from .product_tags_reply_tags import ProductTagsReplyTags
from .products_lang import ProductsLang
from .products_reply import ProductsReply
from .products_tagging import ProductsTagging
from .query_reply import QueryReply
from .replay_since_request import ReplaySinceRequest
from .replayed_reply import ReplayedReply
from .result_reply import ResultReply
from .row_error_reply import RowErrorReply
from .row_reply import RowReply
from .search_by_photo_request import SearchByPhotoRequest
from .search_by_reference_request import SearchByReferenceRequest
from .search_reply import SearchReply
from .seen_reply import SeenReply
from .share_reply import ShareReply
from .shop_found_reply import ShopFoundReply
from .shop_mood_lang import ShopMoodLang
from .shop_mood_reply import ShopMoodReply
from .shop_reply import ShopReply
from .shopper_event_request import ShopperEventRequest
from .shopper_event_request_price_type_1 import ShopperEventRequestPriceType1
from .shopper_event_request_total_type_1 import ShopperEventRequestTotalType1
from .similar_group_by import SimilarGroupBy
from .similar_lang import SimilarLang
from .similar_sort import SimilarSort
from .sleeve_enum import SleeveEnum
from .slot_enum import SlotEnum
from .sort_enum import SortEnum
from .source_enum import SourceEnum
from .statement_input_request import StatementInputRequest
from .statement_reply import StatementReply
from .statement_result import StatementResult
from .statements_input_request import StatementsInputRequest
from .statements_reply import StatementsReply
from .style_enum import StyleEnum
from .style_reply import StyleReply
from .style_share_reply import StyleShareReply
from .suggestion_reply import SuggestionReply
from .synonyms_reply import SynonymsReply
from .tag_reply import TagReply
from .tags_lang import TagsLang
from .tags_reply import TagsReply
from .taken_back_reply import TakenBackReply
from .taxonomy_reply import TaxonomyReply
from .term_reply import TermReply
from .type_enum import TypeEnum
from .types_enum import TypesEnum
from .value_reply import ValueReply
from .webhook_deliveries_lang import WebhookDeliveriesLang
from .webhook_deliveries_state import WebhookDeliveriesState
from .webhook_input_request import WebhookInputRequest
from .webhook_made_reply import WebhookMadeReply
from .webhook_reply import WebhookReply
from .webhooks_reply import WebhooksReply
from .weights import Weights
from .why_reply import WhyReply
from .words_reply import WordsReply
from .words_reply_mended import WordsReplyMended

__all__ = (
    "ActionEnum",
    "AmountReply",
    "BatchInputRequest",
    "BatchReply",
    "BlankEnum",
    "ByEnum",
    "CardReply",
    "CatalogColorReply",
    "CatalogGarmentReply",
    "CatalogPhotoReply",
    "CatalogPhotoReplyStateEnum",
    "CategoryEnum",
    "ChipReply",
    "ClosureEnum",
    "CodeEnum",
    "ColorEnum",
    "ColorReply",
    "ConfirmInputRequest",
    "CoverReply",
    "DeliveriesReply",
    "DeliveryReply",
    "DeliveryReplyStateEnum",
    "DiscoverByPhotoRequest",
    "DiscoverByReferenceRequest",
    "DiscoverReply",
    "EventBatchReply",
    "EventBatchRequest",
    "EventErrorReply",
    "EventReply",
    "EventRowReply",
    "FacetReply",
    "FacetValueReply",
    "FieldErrorReply",
    "Filters",
    "FiltersGenderEnum",
    "FiltersPrice",
    "FitEnum",
    "GarmentReply",
    "GaveReply",
    "GenderEnum",
    "GroupByEnum",
    "GroupEnum",
    "ImportByFileRequest",
    "ImportByUrlRequest",
    "ImportByUrlRequestMapping",
    "ImportByUrlRequestMappingAdditionalProperty",
    "ImportChangeReply",
    "ImportChangeReplyAfter",
    "ImportChangeReplyBefore",
    "ImportChangesLang",
    "ImportChangesReply",
    "ImportPhotosReply",
    "ImportProblemReply",
    "ImportProblemsLang",
    "ImportProblemsReply",
    "ImportReply",
    "ImportReplyStateEnum",
    "ImportReplySummary",
    "ImportsLang",
    "ImportsReply",
    "ImportsState",
    "KfashionStyleEnum",
    "KindEnum",
    "KindReply",
    "LangEnum",
    "LengthEnum",
    "LineInputRequest",
    "LineInputRequestPriceType1",
    "LookGarmentReply",
    "LookLang",
    "LookReply",
    "LooksLang",
    "LooksReply",
    "MaterialEnum",
    "MoodWordReply",
    "NameReply",
    "NecklineEnum",
    "ObjectsEnum",
    "OffReasonEnum",
    "OpEnum",
    "OperationInputRequest",
    "OperationInputRequestProduct",
    "OperationReply",
    "OthersReply",
    "OutfitByPhotoRequest",
    "OutfitByReferenceRequest",
    "OutfitReply",
    "OutfitRowReply",
    "OutfitWhyReply",
    "OwnedReply",
    "PatchedProductPatchRequest",
    "PatchedProductPatchRequestAttributesType0",
    "PatchedProductPatchRequestPriceType1",
    "PatchedProductPatchRequestSalePriceType1",
    "PatchedProductPatchRequestTagsType0",
    "PatchedProductPatchRequestTranslationsType0",
    "PatchedProductPatchRequestTranslationsType0En",
    "PatchedProductPatchRequestTranslationsType0Ko",
    "PatchedWebhookInputRequest",
    "PatternEnum",
    "PhotoByUrlRequest",
    "PhotoInputRequest",
    "PhotoOutfitReply",
    "PhotoStyleReply",
    "PieceReply",
    "PreviewByFileRequest",
    "PreviewByTextRequest",
    "PriceReply",
    "ProblemReply",
    "ProductInputRequest",
    "ProductInputRequestAttributesType0",
    "ProductInputRequestPriceType1",
    "ProductInputRequestSalePriceType1",
    "ProductInputRequestTagsType0",
    "ProductInputRequestTranslationsType0",
    "ProductInputRequestTranslationsType0En",
    "ProductInputRequestTranslationsType0Ko",
    "ProductOutfitLang",
    "ProductReply",
    "ProductReplyAttributes",
    "ProductReplyTags",
    "ProductReplyTranslations",
    "ProductReplyTranslationsAdditionalProperty",
    "ProductsLang",
    "ProductsReply",
    "ProductsTagging",
    "ProductTagsReply",
    "ProductTagsReplyTags",
    "QueryReply",
    "ReplayedReply",
    "ReplaySinceRequest",
    "ResultReply",
    "RowErrorReply",
    "RowReply",
    "SearchByPhotoRequest",
    "SearchByReferenceRequest",
    "SearchReply",
    "SeenReply",
    "ShareReply",
    "ShopFoundReply",
    "ShopMoodLang",
    "ShopMoodReply",
    "ShopperEventRequest",
    "ShopperEventRequestPriceType1",
    "ShopperEventRequestTotalType1",
    "ShopReply",
    "SimilarGroupBy",
    "SimilarLang",
    "SimilarSort",
    "SleeveEnum",
    "SlotEnum",
    "SortEnum",
    "SourceEnum",
    "StatementInputRequest",
    "StatementReply",
    "StatementResult",
    "StatementsInputRequest",
    "StatementsReply",
    "StyleEnum",
    "StyleReply",
    "StyleShareReply",
    "SuggestionReply",
    "SynonymsReply",
    "TagReply",
    "TagsLang",
    "TagsReply",
    "TakenBackReply",
    "TaxonomyReply",
    "TermReply",
    "TypeEnum",
    "TypesEnum",
    "ValueReply",
    "WebhookDeliveriesLang",
    "WebhookDeliveriesState",
    "WebhookInputRequest",
    "WebhookMadeReply",
    "WebhookReply",
    "WebhooksReply",
    "Weights",
    "WhyReply",
    "WordsReply",
    "WordsReplyMended",
)
