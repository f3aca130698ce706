from typing import Literal

ImportByUrlRequestMappingAdditionalProperty = Literal[
    "",
    "brand",
    "category",
    "color",
    "currency",
    "description",
    "description_en",
    "description_ko",
    "gender",
    "image_url",
    "in_stock",
    "material",
    "pattern",
    "price",
    "sale_price",
    "season",
    "sku",
    "style",
    "title",
    "title_en",
    "title_ko",
    "url",
    "variant_group",
]

IMPORT_BY_URL_REQUEST_MAPPING_ADDITIONAL_PROPERTY_VALUES: set[
    ImportByUrlRequestMappingAdditionalProperty
] = {
    "",
    "brand",
    "category",
    "color",
    "currency",
    "description",
    "description_en",
    "description_ko",
    "gender",
    "image_url",
    "in_stock",
    "material",
    "pattern",
    "price",
    "sale_price",
    "season",
    "sku",
    "style",
    "title",
    "title_en",
    "title_ko",
    "url",
    "variant_group",
}


def check_import_by_url_request_mapping_additional_property(
    value: str,
) -> ImportByUrlRequestMappingAdditionalProperty:
    if value in IMPORT_BY_URL_REQUEST_MAPPING_ADDITIONAL_PROPERTY_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {IMPORT_BY_URL_REQUEST_MAPPING_ADDITIONAL_PROPERTY_VALUES!r}"
    )
