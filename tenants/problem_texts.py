"""What can go wrong over the API, by its stable code: status, and the words for a person.

One table for both languages, so that a new problem is never told in one only. `docs/api.md`
lists the same codes (a test compares them).
"""

from typing import NamedTuple


class Words(NamedTuple):
    title: str
    detail: str


class Text(NamedTuple):
    status: int
    en: Words
    ko: Words

    def words(self, lang: str) -> Words:
        return self.ko if lang == "ko" else self.en


PROBLEMS: dict[str, Text] = {
    "bad_request": Text(
        400,
        Words("Bad request", "The request could not be read."),
        Words("잘못된 요청이에요", "요청을 읽을 수 없어요."),
    ),
    "parse_error": Text(
        400,
        Words("Body not readable", "The body is not what its Content-Type says."),
        Words("본문을 읽을 수 없어요", "본문이 Content-Type과 맞지 않아요."),
    ),
    "validation_error": Text(
        400,
        Words("Some fields are not right", "See errors: each names its field."),
        Words("입력값을 확인해 주세요", "errors에 필드별 이유가 있어요."),
    ),
    "empty": Text(
        400,
        Words("Empty photo", "The file is empty."),
        Words("빈 파일이에요", "내용이 있는 사진을 보내 주세요."),
    ),
    "cursor_mismatch": Text(
        400,
        Words(
            "Cursor of another search",
            "This cursor goes on with another search: send it alone, or with the same question.",
        ),
        Words(
            "다른 검색의 커서예요",
            "이 커서는 다른 검색에서 받은 거예요. 커서만 보내거나 같은 조건으로 보내 주세요.",
        ),
    ),
    "missing_key": Text(
        401,
        Words("No API key", "Send the header 'Authorization: Bearer <key>'."),
        Words("API 키가 없어요", "'Authorization: Bearer <키>' 헤더를 보내 주세요."),
    ),
    "invalid_key": Text(
        401,
        Words("API key not valid", "The key is unknown, revoked or expired."),
        Words("쓸 수 없는 API 키예요", "없는 키이거나 폐지·만료된 키예요."),
    ),
    "plan_limit": Text(
        402,
        Words(
            "The plan has no room for it",
            "The shop has as many products as its plan allows: choose a larger plan.",
        ),
        Words(
            "요금제의 상품 수가 찼어요",
            "이 쇼핑몰은 요금제에서 둘 수 있는 상품을 모두 채웠어요. 더 큰 요금제를 골라 주세요.",
        ),
    ),
    "key_kind_not_allowed": Text(
        403,
        Words("Another kind of key is needed", "This kind of key may not call this address."),
        Words("다른 종류의 키가 필요해요", "이 키로는 이 주소를 부를 수 없어요."),
    ),
    "origin_not_allowed": Text(
        403,
        Words(
            "Origin not allowed",
            "This publishable key may not be used from here: add the page's origin to the "
            "shop's allowed origins, or use a secret key from a server.",
        ),
        Words(
            "허용되지 않은 출처예요",
            "이 공개 키는 여기에서 쓸 수 없어요. 쇼핑몰의 허용 출처에 이 페이지의 출처를 "
            "더하거나, 서버에서는 비밀 키를 쓰세요.",
        ),
    ),
    "permission_denied": Text(
        403,
        Words("Not allowed", "This key may not do that."),
        Words("권한이 없어요", "이 키로는 할 수 없는 일이에요."),
    ),
    "shop_closed": Text(
        403,
        Words(
            "This shop is closed",
            "The shop was closed and answers nothing until its owner brings it back.",
        ),
        Words(
            "문을 닫은 쇼핑몰이에요",
            "쇼핑몰이 닫혀 있어서 주인이 다시 열 때까지 아무것도 응답하지 않아요.",
        ),
    ),
    "webhook_not_found": Text(
        404,
        Words("No such webhook", "This shop has no webhook, or no delivery of it, with this id."),
        Words("없는 웹훅이에요", "이 쇼핑몰에는 이 id의 웹훅이나 전송 기록이 없어요."),
    ),
    "not_found": Text(
        404,
        Words("Not found", "There is nothing at this address."),
        Words("찾을 수 없어요", "이 주소에는 아무것도 없어요."),
    ),
    "product_not_found": Text(
        404,
        Words("No such product", "This shop has no product with this SKU."),
        Words("없는 상품이에요", "이 쇼핑몰에는 이 SKU의 상품이 없어요."),
    ),
    "photo_not_found": Text(
        404,
        Words("No such photo", "This product has no photo with this id."),
        Words("없는 사진이에요", "이 상품에는 이 id의 사진이 없어요."),
    ),
    "kept_photo_not_found": Text(
        404,
        Words("No such photo", "No photo of this name is kept: it may be deleted already."),
        Words("없는 사진이에요", "보관된 사진이 없어요. 이미 삭제했을 수 있어요."),
    ),
    "import_not_found": Text(
        404,
        Words("No such import", "This shop has no import with this id."),
        Words("없는 가져오기예요", "이 쇼핑몰에는 이 id의 가져오기가 없어요."),
    ),
    "look_not_found": Text(
        404,
        Words("No such look", "The shop shows no look of this name."),
        Words("찾을 수 없는 룩이에요", "이 쇼핑몰에는 이 이름의 룩이 없어요."),
    ),
    "search_not_found": Text(
        404,
        Words("No such search", "This shop answered no search with this search_id."),
        Words("없는 검색이에요", "이 쇼핑몰에는 이 search_id의 검색이 없어요."),
    ),
    "shop_not_found": Text(
        404,
        Words("No such shop", "This key reaches no shop of this name."),
        Words("없는 쇼핑몰이에요", "이 키로 볼 수 있는 쇼핑몰 중에는 이 이름이 없어요."),
    ),
    "method_not_allowed": Text(
        405,
        Words("Method not allowed", "This address does not take this method: see Allow."),
        Words("쓸 수 없는 메서드예요", "이 주소가 받는 메서드는 Allow 헤더에 있어요."),
    ),
    "not_acceptable": Text(
        406,
        Words("Not acceptable", "Replies are application/json: accept that."),
        Words("줄 수 없는 형식이에요", "응답은 application/json이에요. Accept를 바꿔 주세요."),
    ),
    "no_products": Text(
        409,
        Words("No products yet", "This shop has no products yet."),
        Words("아직 상품이 없어요", "이 쇼핑몰에는 아직 상품이 없어요."),
    ),
    "no_products_ready": Text(
        409,
        Words(
            "Products are being prepared",
            "This shop's photos are still being tagged. Try again in a few minutes.",
        ),
        Words("상품을 준비하고 있어요", "사진을 분석하고 있어요. 몇 분 뒤에 다시 시도해 주세요."),
    ),
    "product_not_ready": Text(
        409,
        Words(
            "Product is being prepared",
            "No photo of this product has been tagged yet. Try again in a few minutes.",
        ),
        Words(
            "상품을 준비하고 있어요",
            "이 상품의 사진을 아직 분석하지 못했어요. 몇 분 뒤에 다시 시도해 주세요.",
        ),
    ),
    "sketch_unavailable": Text(
        409,
        Words(
            "Drawings are not read here",
            "The networks that this shop is searched with read no drawings: send a photo or words.",
        ),
        Words(
            "그림으로는 찾을 수 없어요",
            "이 쇼핑몰에서는 아직 그림을 읽지 못해요. 사진이나 글로 찾아 주세요.",
        ),
    ),
    "import_not_possible": Text(
        409,
        Words("Not possible for this import", "The import is not in a state for that."),
        Words("이 가져오기에는 할 수 없어요", "지금 상태의 가져오기에는 할 수 없는 일이에요."),
    ),
    "request_under_way": Text(
        409,
        Words(
            "Still under way",
            "The first request with this Idempotency-Key is not answered yet. Wait for the "
            "seconds in Retry-After, then send it again.",
        ),
        Words(
            "아직 처리하고 있어요",
            "이 Idempotency-Key의 첫 요청이 끝나지 않았어요. Retry-After만큼 기다린 뒤 다시 "
            "보내 주세요.",
        ),
    ),
    "no_shops_joined": Text(
        409,
        Words("No shop has joined yet", "No shop of this mall lets shoppers discover it yet."),
        Words(
            "아직 참여한 쇼핑몰이 없어요", "이 몰에는 아직 스타일 발견에 참여한 쇼핑몰이 없어요."
        ),
    ),
    "cursor_expired": Text(
        410,
        Words(
            "These results are gone",
            "The list of this search is kept for half an hour: search again.",
        ),
        Words("결과 목록이 사라졌어요", "검색 결과는 30분 동안만 보관해요. 다시 검색해 주세요."),
    ),
    "image_expired": Text(
        410,
        Words(
            "This photo is forgotten",
            "What was seen in a photo is kept for half an hour: send the photo again.",
        ),
        Words("사진이 지워졌어요", "사진은 30분 동안만 기억해요. 사진을 다시 보내 주세요."),
    ),
    "precondition_failed": Text(
        412,
        Words(
            "It has changed since",
            "What If-Match or If-None-Match says is not so: read the product again and send your "
            "change with its new ETag.",
        ),
        Words(
            "그사이에 바뀌었어요",
            "If-Match나 If-None-Match의 조건과 맞지 않아요. 상품을 다시 읽고 새 ETag로 보내 "
            "주세요.",
        ),
    ),
    "too_large": Text(
        413,
        Words("Too large", "A photo may have at most 10 MB."),
        Words("용량이 너무 커요", "사진은 10MB까지 보낼 수 있어요."),
    ),
    "too_many_pixels": Text(
        413,
        Words("Too many pixels", "A photo may have at most 40 million pixels."),
        Words("픽셀 수가 너무 많아요", "사진은 4,000만 화소까지 보낼 수 있어요."),
    ),
    "unsupported_media_type": Text(
        415,
        Words("Unsupported body", "Send application/json or multipart/form-data."),
        Words(
            "읽을 수 없는 본문 형식이에요", "application/json 또는 multipart/form-data로 보내세요."
        ),
    ),
    "not_an_image": Text(
        415,
        Words("Not a photo", "Send a JPEG, PNG, WebP, HEIC or AVIF photo."),
        Words("사진이 아니에요", "JPEG, PNG, WebP, HEIC, AVIF 사진을 보내 주세요."),
    ),
    "unsupported_format": Text(
        415,
        Words("Unsupported format", "Send a JPEG, PNG, WebP, HEIC or AVIF photo."),
        Words("읽을 수 없는 형식이에요", "JPEG, PNG, WebP, HEIC, AVIF 사진을 보내 주세요."),
    ),
    "too_small": Text(
        422,
        Words("Too small", "A photo needs at least 32 pixels on each side."),
        Words("사진이 너무 작아요", "가로와 세로가 32픽셀 이상인 사진을 보내 주세요."),
    ),
    "truncated": Text(
        422,
        Words("Damaged photo", "The file is cut short or damaged; send it again."),
        Words("손상된 사진이에요", "파일이 잘렸거나 손상됐어요. 다시 보내 주세요."),
    ),
    "too_costly": Text(
        422,
        Words(
            "Too much work to open",
            "Opening this photo takes too much time or memory; save it anew and send that.",
        ),
        Words(
            "열기에 너무 무거운 사진이에요",
            "이 사진을 여는 데 시간이나 메모리가 너무 많이 들어요. 다시 저장해서 보내 주세요.",
        ),
    ),
    "decoder_died": Text(
        422,
        Words(
            "Could not be opened",
            "The program that opens photos ended at this one; save it anew and send that.",
        ),
        Words(
            "사진을 열지 못했어요",
            "이 사진을 열던 프로그램이 멈췄어요. 다시 저장해서 보내 주세요.",
        ),
    ),
    "photo_needed": Text(
        422,
        Words(
            "The photo is needed",
            "This part of the photo was not looked at yet: send the photo with the box.",
        ),
        Words(
            "사진이 필요해요",
            "사진의 이 부분은 아직 보지 않았어요. 영역과 함께 사진을 다시 보내 주세요.",
        ),
    ),
    "no_garment": Text(
        422,
        Words(
            "No garment found",
            "No garment was made out in this photo. Show it alone on a plain ground, or draw a "
            "box around it.",
        ),
        Words(
            "옷을 찾지 못했어요",
            "사진에서 옷을 알아보지 못했어요. 단순한 배경에서 하나만 찍거나, 옷에 영역을 그려 "
            "주세요.",
        ),
    ),
    "sketch_empty": Text(
        422,
        Words("Nothing is drawn", "Draw the outline of a garment."),
        Words("아직 그린 것이 없어요", "찾고 싶은 옷의 윤곽을 그려 주세요."),
    ),
    "sketch_too_little": Text(
        422,
        Words(
            "Too little is drawn",
            "That is too little to go by: draw the whole outline of a garment.",
        ),
        Words("조금 더 그려 주세요", "이것만으로는 알 수 없어요. 옷의 윤곽을 끝까지 그려 주세요."),
    ),
    "sketch_scribble": Text(
        422,
        Words(
            "Too many lines",
            "The lines cover one another: draw the outline with fewer strokes.",
        ),
        Words("선이 너무 많아요", "선이 겹쳐서 알아볼 수 없어요. 더 적은 선으로 그려 주세요."),
    ),
    "sketch_is_photo": Text(
        422,
        Words(
            "This looks like a photo",
            "Send it as the photo that it is, or draw on a plain ground.",
        ),
        Words("사진처럼 보여요", "사진으로 보내거나, 단색 바탕에 그려 주세요."),
    ),
    "idempotency_key_reused": Text(
        422,
        Words(
            "Idempotency-Key used before",
            "This Idempotency-Key was sent with another request: make a new key for each write.",
        ),
        Words(
            "이미 쓴 Idempotency-Key예요",
            "이 Idempotency-Key는 다른 요청에 쓰였어요. 쓰기마다 새 키를 만들어 주세요.",
        ),
    ),
    "url_refused": Text(
        422,
        Words("Address refused", "Only public http and https addresses are fetched."),
        Words("쓸 수 없는 주소예요", "공개된 http, https 주소의 사진만 가져올 수 있어요."),
    ),
    "url_failed": Text(
        422,
        Words("Photo not fetched", "The photo at this address could not be fetched."),
        Words("사진을 가져오지 못했어요", "이 주소의 사진을 가져올 수 없었어요."),
    ),
    "over_quota": Text(
        429,
        Words("Quota used up", "The plan's searches of this month are used up."),
        Words("이번 달 검색을 모두 썼어요", "요금제의 이번 달 검색 횟수를 모두 썼어요."),
    ),
    "rate_limited": Text(
        429,
        Words("Too many requests", "Wait for the seconds in Retry-After, then try again."),
        Words("요청이 너무 잦아요", "Retry-After에 적힌 초만큼 기다린 뒤 다시 시도해 주세요."),
    ),
    "server_error": Text(
        500,
        Words("Our mistake", "Something went wrong here. Tell us the request_id."),
        Words("문제가 생겼어요", "저희 쪽에 문제가 생겼어요. request_id를 알려 주세요."),
    ),
    "unavailable": Text(
        503,
        Words(
            "Not available at the moment",
            "A part of LookUs does not answer right now, and nothing was changed. Wait for the "
            "seconds in Retry-After, then send it again.",
        ),
        Words(
            "잠시 이용할 수 없어요",
            "지금은 응답할 수 없고, 바뀐 것은 없어요. Retry-After만큼 기다린 뒤 다시 보내 주세요.",
        ),
    ),
}
