"""What can be wrong with an event, in the language of the request."""

from tenants.field_words import FieldWords
from tenants.problem_texts import PROBLEMS


def _problem(code: str) -> tuple[str, str]:
    said = PROBLEMS[code]
    return said.words("en").detail, said.words("ko").detail


_WORDS = {
    **{code: _problem(code) for code in ("product_not_found", "search_not_found")},
    "wrong_currency": (
        "The shop counts in {shop}: this is {name}.",
        "쇼핑몰의 통화는 {shop}이에요. {name}(으)로 받았어요.",
    ),
    "too_late": (
        "This happened more than {days} days ago.",
        "{days}일이 지난 일은 받지 않아요.",
    ),
    "not_uuid7": (
        "An event_id is a UUID of version 7, made once for each event.",
        "event_id는 이벤트마다 한 번 만드는 버전 7의 UUID예요.",
    ),
    "not_an_object": ("An event is an object.", "이벤트는 객체여야 해요."),
    "not_a_list": ("This must be a list.", "목록이어야 해요."),
    "too_many_events": (
        "At most {most} events in a request: send the others in the next.",
        "한 번에 {most}개까지 보낼 수 있어요. 나머지는 다음 요청에 보내 주세요.",
    ),
    "order_or_session": (
        "A purchase needs its order number, or the session's name.",
        "구매에는 주문 번호나 세션 이름이 필요해요.",
    ),
    "only_one": (
        "Send one of {names}.",
        "{names} 중 하나만 보내 주세요.",
    ),
}

_FIELDS = FieldWords(_WORDS)
worded = _FIELDS.worded
refused = _FIELDS.refused
