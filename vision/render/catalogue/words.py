"""Sentences of the demo shops' product pages, English and Korean."""

from __future__ import annotations

from vision.render.catalogue.lines import Line

MATERIAL: dict[str, tuple[str, str]] = {
    "linen": (
        "Garment-washed linen that softens with every wear.",
        "입을수록 부드러워지는 워싱 린넨이에요.",
    ),
    "cotton": (
        "Long-staple cotton with a dry, clean hand.",
        "보송하고 깔끔한 촉감의 장섬유 면이에요.",
    ),
    "jersey": (
        "Compact jersey that keeps its shape after washing.",
        "세탁 후에도 형태가 잘 유지되는 탄탄한 저지예요.",
    ),
    "fleece": (
        "Loopback fleece, brushed once for warmth without bulk.",
        "부해 보이지 않고 따뜻한 쭈리 원단이에요.",
    ),
    "knit": (
        "A soft, even knit that sits close without clinging.",
        "몸에 달라붙지 않고 포근하게 감기는 니트예요.",
    ),
    "wool": ("Pure wool with a quiet, brushed surface.", "결이 차분하게 정돈된 울 소재예요."),
    "denim": ("Thirteen-ounce denim, washed in small batches.", "소량씩 워싱한 13온스 데님이에요."),
    "satin": ("Fluid satin with a soft, low shine.", "은은한 광택이 흐르는 새틴이에요."),
    "chiffon": ("Light chiffon that moves as you walk.", "걸을 때마다 가볍게 흩날리는 쉬폰이에요."),
    "lace": ("Fine corded lace over a plain lining.", "섬세한 코드 레이스에 안감을 덧댔어요."),
    "leather": (
        "Full-grain leather that deepens with time.",
        "시간이 지날수록 깊어지는 풀그레인 가죽이에요.",
    ),
    "suede": ("Soft calf suede with a tidy nap.", "결이 고운 송아지 스웨이드예요."),
    "nylon": (
        "Water-repellent nylon that packs away small.",
        "가볍게 접히는 생활 방수 나일론이에요.",
    ),
    "corduroy": (
        "Fine-wale corduroy with a warm depth of colour.",
        "색이 깊고 따뜻한 잔골 코듀로이예요.",
    ),
    "canvas": ("Sturdy cotton canvas, made to be used.", "매일 쓰기 좋은 튼튼한 면 캔버스예요."),
    "straw": (
        "Hand-woven straw that keeps its brim.",
        "챙의 모양이 잘 유지되는 손뜨개 스트로예요.",
    ),
}
PATTERN: dict[str, tuple[str, str]] = {
    "stripe-wide": (
        "Wide, even stripes matched at the seams.",
        "봉제선까지 맞춘 넓은 스트라이프예요.",
    ),
    "stripe-fine": (
        "Fine stripes, knitted in rather than printed.",
        "프린트가 아닌 편직으로 넣은 잔 스트라이프예요.",
    ),
    "stripe-vertical": (
        "Vertical stripes that lengthen the line.",
        "선이 길어 보이는 세로 스트라이프예요.",
    ),
    "check": ("A yarn-dyed check in two quiet tones.", "차분한 두 톤의 선염 체크예요."),
    "dot": (
        "Small dots, placed by hand on the cutting table.",
        "재단할 때 하나하나 자리를 맞춘 도트예요.",
    ),
    "floral": ("A meadow print drawn in our studio.", "스튜디오에서 직접 그린 꽃 프린트예요."),
    "print": (
        "An all-over print you will not see twice.",
        "어디서도 본 적 없는 올오버 프린트예요.",
    ),
    "animal": (
        "An animal print with the contrast turned down.",
        "대비를 낮춰 부담 없는 애니멀 프린트예요.",
    ),
    "graphic": ("Screen-printed in water-based ink.", "수성 잉크로 실크스크린했어요."),
    "melange": ("Flecked yarn gives the colour its depth.", "멜란지 원사라 색이 깊어요."),
    "lace": ("Scattered flowers on a fine net.", "고운 망 위에 꽃을 흩뿌렸어요."),
    "color-block": ("Two colours meeting on one clean line.", "두 가지 색이 한 선에서 만나요."),
}
SEASON: dict[str, tuple[str, str]] = {
    "spring": ("A layer for the months in between.", "간절기에 두루 입기 좋아요."),
    "summer": ("Made for the warmest weeks of the year.", "한여름에도 시원하게 입을 수 있어요."),
    "autumn": ("For the first cool mornings.", "선선해지는 아침에 딱 좋아요."),
    "winter": ("Warm enough to be the only thing you reach for.", "겨우내 손이 가는 따뜻함이에요."),
}
FIT: dict[str, tuple[str, str]] = {
    "loose": ("Cut loose; take your usual size.", "여유 있는 핏이니 정사이즈를 추천해요."),
    "slim": ("Cut close to the body.", "몸에 가볍게 맞는 슬림 핏이에요."),
    "wide": (
        "A wide leg that falls straight from the hip.",
        "골반에서 곧게 떨어지는 와이드 핏이에요.",
    ),
    "straight": (
        "A straight leg that goes with any shoe.",
        "어떤 신발에도 어울리는 일자 핏이에요.",
    ),
    "flared": ("Fitted to the knee, then a long flare.", "무릎부터 길게 퍼지는 플레어 핏이에요."),
    "skinny": ("Second-skin fit with plenty of stretch.", "신축성이 좋은 스키니 핏이에요."),
}


def described(line: Line) -> tuple[str, str]:
    """A product's description in English and Korean: pattern, material, fit, season."""
    parts = [
        PATTERN.get(line.pattern),
        MATERIAL.get(line.spec.get("material", "cotton")),
        FIT.get(line.spec.get("fit", "")),
        SEASON.get(line.season),
    ]
    found = [part for part in parts if part]
    return " ".join(p[0] for p in found), " ".join(p[1] for p in found)
