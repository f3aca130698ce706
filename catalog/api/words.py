"""What can be wrong with a field of the catalogue's API, in the language of the request."""

from tenants.field_words import FieldWords

WORDS = {
    "unknown_field": (
        "There is no field {name}; there are {known}.",
        "{name} 필드는 없어요. 쓸 수 있는 필드: {known}.",
    ),
    "unknown_kind": (
        "There is no kind {name}; there are {known}.",
        "{name} 종류는 없어요. 쓸 수 있는 종류: {known}.",
    ),
    "unknown_value": (
        "There is no {kind} {name}; there are {known}.",
        "{kind}에 {name} 값은 없어요. 쓸 수 있는 값: {known}.",
    ),
    "unknown_column": (
        "We have no column {name}; there are {known}.",
        "{name} 열은 없어요. 쓸 수 있는 열: {known}.",
    ),
    "unknown_language": (
        "There is no language {name}; there are {known}.",
        "{name} 언어는 쓸 수 없어요. 쓸 수 있는 언어: {known}.",
    ),
    "not_an_object": ("This must be an object.", "객체여야 해요."),
    "not_a_list": ("This must be a list.", "목록이어야 해요."),
    "not_a_price": (
        "A price is a whole number of the currency's smallest unit, 0 or more, or an object with "
        "amount and currency: not a text, and no fraction.",
        "가격은 통화의 가장 작은 단위로 적은 0 이상의 정수이거나 amount와 currency가 있는 "
        "객체예요. 글이나 소수는 쓸 수 없어요.",
    ),
    "not_a_currency": (
        "{name} is no ISO 4217 currency, as KRW.",
        "{name}은(는) ISO 4217 통화 코드가 아니에요. 예: KRW.",
    ),
    "currencies_differ": (
        "The prices are in two currencies.",
        "가격의 통화가 서로 달라요.",
    ),
    "price_missing": (
        "There is a sale price and no price.",
        "할인가만 있고 가격이 없어요.",
    ),
    "sale_price_above_price": (
        "The sale price is above the price.",
        "할인가가 가격보다 높아요.",
    ),
    "not_an_address": (
        "This is no web address: it begins with http:// or https://.",
        "웹 주소가 아니에요. http:// 또는 https://로 시작해야 해요.",
    ),
    "not_a_text": (
        "A text of at most {most} characters, without characters that cannot be stored.",
        "{most}자 이하의 글이어야 하고, 저장할 수 없는 문자는 쓸 수 없어요.",
    ),
    "not_an_attribute": (
        "An attribute is a text, a number, true or false, or a list of these.",
        "속성은 글, 숫자, true/false 또는 그 목록이에요.",
    ),
    "too_many": (
        "These are too many: at most {most}.",
        "너무 많아요. {most}개까지 쓸 수 있어요.",
    ),
    "another_sku": (
        "The body names another SKU than the address.",
        "본문의 SKU가 주소의 SKU와 달라요.",
    ),
    "duplicate_sku": (
        "This SKU stands in operation {name} too: that one counts.",
        "이 SKU는 {name}번 작업에도 있어요. 그 작업만 반영돼요.",
    ),
    "duplicate_statement": (
        "This SKU and kind stand in row {name} too: that one counts.",
        "이 SKU와 종류는 {name}번 행에도 있어요. 그 행만 반영돼요.",
    ),
    "product_not_found": (
        "This shop has no product with this SKU.",
        "이 쇼핑몰에는 이 SKU의 상품이 없어요.",
    ),
    "not_a_cursor": (
        "This is no cursor: send next_cursor of a reply as it is.",
        "커서가 아니에요. 응답의 next_cursor를 그대로 보내 주세요.",
    ),
    "one_photo": (
        "Send one of image (in a form) and url.",
        "image(폼)와 url 중 하나를 보내 주세요.",
    ),
    "one_file": (
        "Send one of file (in a form) and url.",
        "file(폼)과 url 중 하나를 보내 주세요.",
    ),
    "not_json": ("This is no JSON object.", "JSON 객체가 아니에요."),
    "plan_limit": (
        "{name}",
        "요금제에서 둘 수 있는 상품 수가 찼어요. 더 큰 요금제를 고르거나 먼저 상품을 지워 주세요.",
    ),
    "refused": (
        "It could not be kept: {name}",
        "저장하지 못했어요: {name}",
    ),
}

_FIELDS = FieldWords(WORDS)
worded = _FIELDS.worded
refused = _FIELDS.refused
