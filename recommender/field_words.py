"""What is wrong with a part of a search request, in both languages."""

from tenants.field_words import FieldWords

WORDS = {
    "not_json": (
        "This is no JSON: {detail}.",
        "JSON이 아니에요: {detail}.",
    ),
    "not_an_object": (
        'This must be an object, as {"category": ["dress"]}.',
        '객체여야 해요. 예: {"category": ["dress"]}.',
    ),
    "not_a_box": (
        "A box is four whole numbers [x0, y0, x1, y1] in pixels, with x0 < x1 and y0 < y1.",
        "box는 픽셀 단위 정수 네 개 [x0, y0, x1, y1]이고, x0 < x1, y0 < y1이어야 해요.",
    ),
    "unknown_field": (
        "There is no field {name}; there are {known}.",
        "{name} 필드는 없어요. 쓸 수 있는 필드: {known}.",
    ),
    "unknown_filter": (
        "There is no filter {name}; there are {known}.",
        "{name} 필터는 없어요. 쓸 수 있는 필터: {known}.",
    ),
    "unknown_value": (
        "There is no {kind} {name}; there are {known}.",
        "{kind}에 {name} 값은 없어요. 쓸 수 있는 값: {known}.",
    ),
    "not_a_list": (
        'This must be a list, as ["a", "b"].',
        '목록이어야 해요. 예: ["a", "b"].',
    ),
    "not_a_price": (
        "A price is a whole number of the currency's smallest unit, 0 or more.",
        "가격은 통화의 가장 작은 단위로 적은 0 이상의 정수예요.",
    ),
    "price_order": (
        "The least price is above the greatest.",
        "최저 가격이 최고 가격보다 높아요.",
    ),
    "not_a_value": (
        "A value is a text of 1 to {most} characters.",
        "값은 1~{most}자의 글이어야 해요.",
    ),
    "not_a_yes": (
        "This is true or false.",
        "true 또는 false로 적어 주세요.",
    ),
    "too_many": (
        "These are too many: at most {most}.",
        "너무 많아요. {most}개까지 쓸 수 있어요.",
    ),
    "unknown_facet": (
        "There is no facet {name}; there are {known}.",
        "{name} 패싯은 없어요. 쓸 수 있는 패싯: {known}.",
    ),
    "no_query": (
        "There is nothing to look for: send one of {known}.",
        "무엇을 찾을지 알 수 없어요. {known} 중 하나를 보내 주세요.",
    ),
    "one_query": (
        "Send at most one of {known}.",
        "{known} 중 하나만 보내 주세요.",
    ),
    "needs_photo": (
        "This is for a photo: send {known} with it.",
        "사진에만 쓸 수 있어요. {known}도 함께 보내 주세요.",
    ),
    "one_place": (
        "Send one of box, object and objects.",
        "box, object, objects 중 하나만 보내 주세요.",
    ),
    "outside": (
        "The photo has {size} pixels: the box reaches outside it.",
        "사진은 {size} 픽셀이에요. box가 사진 밖으로 나갔어요.",
    ),
    "too_small": (
        "The box is too small to show a garment: draw it larger.",
        "영역이 너무 작아서 옷을 알아볼 수 없어요. 더 크게 그려 주세요.",
    ),
    "no_object": (
        "There is no garment {name}; {count} were found, counted from 0.",
        "{name}번 옷은 없어요. 찾은 옷은 {count}개이고 번호는 0부터예요.",
    ),
    "not_weights": (
        'Weights are numbers of 0 or more, as {"shape": 1, "color": 2}; there are {known}.',
        '가중치는 0 이상의 수예요. 예: {"shape": 1, "color": 2}. 쓸 수 있는 이름: {known}.',
    ),
    "nothing_weighed": (
        "The weights sum to nothing: at least one must be above 0.",
        "가중치의 합이 0이에요. 하나는 0보다 커야 해요.",
    ),
    "not_a_data_url": (
        "A drawing in JSON is a text as data:image/png;base64,…; in a form it is a file.",
        "JSON에서는 그림을 data:image/png;base64,… 글로 보내고, 폼에서는 파일로 보내 주세요.",
    ),
    "not_colors": (
        'Colours are a list, as ["#c8202c", "#ffffff"].',
        '색은 목록이어야 해요. 예: ["#c8202c", "#ffffff"].',
    ),
    "not_a_color": (
        "{name} is no colour: write it as #c8202c.",
        "{name}은(는) 색이 아니에요. #c8202c처럼 적어 주세요.",
    ),
    "needs_sketch": (
        "This is said of a drawing: send sketch with it.",
        "그림에만 쓸 수 있어요. sketch도 함께 보내 주세요.",
    ),
    "sketch_too_large": (
        "A drawing may have at most 5 MB.",
        "그림은 5MB까지 보낼 수 있어요.",
    ),
    "sketch_too_many_pixels": (
        "A drawing may have at most 16 million pixels: 4,000 × 4,000.",
        "그림은 1,600만 화소(4,000 × 4,000)까지 보낼 수 있어요.",
    ),
    "not_a_cursor": (
        "This is no cursor: send next_cursor of a reply as it is.",
        "커서가 아니에요. 응답의 next_cursor를 그대로 보내 주세요.",
    ),
}

_FIELDS = FieldWords(WORDS)
worded = _FIELDS.worded
refused = _FIELDS.refused
