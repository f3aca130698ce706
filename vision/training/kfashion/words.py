"""K-Fashion's Korean label words, and the taxonomy's ids that each may mean.

A word with an empty answer is known and teaches nothing: 우븐 is any woven cloth.
"""

from __future__ import annotations

from vision.training.labels import ALL_OVER, STRIPES

PARTS = {"아우터": "outer", "하의": "lower", "원피스": "full-body", "상의": "upper"}
OTHER = "기타"
# where a K-Fashion style surely is one of our own; most of its plain outfits are called 스트리트
OUR_STYLE = {
    "classic": "classic",
    "preppy": "classic",
    "romantic": "romantic",
    "feminine": "romantic",
    "sporty": "sports",
    "street": "street casual",
    "hip-hop": "street",
}

KINDS_OF_PART = {
    "upper": "t-shirt polo shirt blouse tank-top sweater cardigan sweatshirt hoodie vest",
    "outer": "cardigan jacket coat blazer vest hoodie sweatshirt",
    "lower": "skirt jeans trousers leggings shorts",
    "full-body": "dress jumpsuit",
}
CATEGORY = {
    "티셔츠": "t-shirt sweatshirt",
    "니트웨어": "sweater",
    "블라우스": "blouse",
    "셔츠": "shirt",
    "후드티": "hoodie",
    "탑": "tank-top t-shirt blouse",
    "브라탑": "tank-top underwear swimwear",
    "청바지": "jeans",
    "팬츠": "trousers",
    "스커트": "skirt",
    "래깅스": "leggings",
    "레깅스": "leggings",
    "조거팬츠": "trousers",
    "코트": "coat",
    "재킷": "jacket blazer",
    "점퍼": "jacket",
    "패딩": "jacket coat vest",
    "베스트": "vest",
    "가디건": "cardigan",
    "짚업": "hoodie sweatshirt jacket",
    "드레스": "dress",
    "점프수트": "jumpsuit",
}
# (category, key, word) -> the kinds that this other word leaves; the first that fits counts
NARROWED = {
    ("티셔츠", "옷깃", "폴로칼라"): "polo",
    ("티셔츠", "소매기장", "반팔"): "t-shirt",
    ("티셔츠", "소매기장", "캡"): "t-shirt",
    ("티셔츠", "소매기장", "민소매"): "t-shirt tank-top",
    ("탑", "소매기장", "민소매"): "tank-top",
    ("니트웨어", "소매기장", "민소매"): "sweater vest tank-top",
    ("패딩", "소매기장", "민소매"): "vest",
    ("패딩", "소매기장", "긴팔"): "jacket coat",
    ("짚업", "넥라인", "후드"): "hoodie",
    ("청바지", "기장", "미니"): "shorts",
    ("팬츠", "기장", "미니"): "shorts",
    ("조거팬츠", "기장", "미니"): "shorts",
    ("청바지", "기장", "니렝스"): "shorts jeans",
    ("팬츠", "기장", "니렝스"): "shorts trousers",
    ("조거팬츠", "기장", "니렝스"): "shorts trousers",
}
COLOR = {
    "블랙": "black",
    "화이트": "white",
    "그레이": "grey",
    "레드": "red",
    "와인": "red",
    "핑크": "pink",
    "오렌지": "orange",
    "베이지": "beige",
    "브라운": "brown",
    "옐로우": "yellow",
    "그린": "green",
    "카키": "khaki",
    "민트": "mint",
    "블루": "blue",
    "네이비": "navy",
    "스카이블루": "sky",
    "퍼플": "purple",
    "라벤더": "purple",
    "네온": "yellow green pink orange",
    "골드": "gold yellow",
    "실버": "silver grey",
}
SLEEVE = {
    "민소매": "sleeveless",
    "반팔": "short",
    "캡": "short",
    "캡소매": "short",
    "7부소매": "three-quarter",
    "긴팔": "long",
    "없음": "",
}
NECKLINE = {
    "라운드넥": "crew",
    "유넥": "crew",
    "브이넥": "v",
    "터틀넥": "turtleneck",
    "보트넥": "boat",
    "스퀘어넥": "square",
    "오프숄더": "off-shoulder",
    "원숄더": "off-shoulder",
    "후드": "hood",
    "홀터넥": "halter",
    "홀토넥": "halter",
    "노카라": "",
    "스위트하트": "",
    "없음": "",
}
COLLAR = {
    **dict.fromkeys(("셔츠칼라", "폴로칼라", "테일러드칼라", "테일러칼라", "너치드칼라"), "collar"),
    **dict.fromkeys(("숄칼라", "피터팬칼라", "세일러칼라", "보우칼라"), "collar"),
    **dict.fromkeys(("차이나칼라", "밴드칼라", "없음"), ""),
}
NORMAL = ("노멀", "노말")
SILENT_LENGTH = dict.fromkeys(
    (*NORMAL, "크롭", "하프", "롱", "맥시", "미니", "니렝스", "미디", "발목"), ""
)
LENGTH_TOP = SILENT_LENGTH | {
    **dict.fromkeys(NORMAL, "regular"),
    "크롭": "cropped",
    "하프": "regular long",
    "롱": "long",
    "맥시": "long",
}
LENGTH_SKIRT = SILENT_LENGTH | {
    "미니": "mini",
    "니렝스": "midi",
    "미디": "midi",
    "발목": "maxi",
    "맥시": "maxi",
    "롱": "maxi",
}
LENGTH_LEG = SILENT_LENGTH | {
    **dict.fromkeys(NORMAL, "regular"),
    "크롭": "cropped",
    "미디": "cropped",
    "발목": "regular",
    "맥시": "regular long",
    "롱": "regular long",
}
FIT_TOP = {
    **dict.fromkeys(NORMAL, "regular"),
    **dict.fromkeys(("루즈", "오버사이즈", "와이드"), "loose"),
    **dict.fromkeys(("타이트", "스키니"), "slim"),
    "벨보텀": "",
}
FIT_LEG = {
    **dict.fromkeys(NORMAL, "regular straight"),
    "루즈": "loose wide",
    "오버사이즈": "loose wide",
    "와이드": "wide",
    "타이트": "slim skinny",
    "스키니": "skinny",
    "벨보텀": "flared",
}
FIT_SKIRT = {
    **dict.fromkeys(NORMAL, "regular straight flared"),
    "루즈": "loose wide flared",
    "오버사이즈": "loose",
    "와이드": "loose wide flared",
    "타이트": "slim straight",
    "스키니": "slim",
    "벨보텀": "flared",
}
MATERIAL = {
    "면": "cotton",
    "데님": "denim",
    "니트": "knit",
    "헤어니트": "knit",
    "앙고라": "knit wool",
    "저지": "jersey",
    "가죽": "leather",
    "레이스": "lace",
    "퍼": "fur",
    "무스탕": "fur suede leather",
    "린넨": "linen",
    "실크": "satin",
    "울/캐시미어": "wool cashmere",
    "트위드": "wool",
    "합성섬유": "polyester",
    "시폰": "chiffon",
    "메시": "mesh",
    "플리스": "fleece",
    "코듀로이": "corduroy",
    "스웨이드": "suede",
    "벨벳": "velvet",
    **dict.fromkeys(("우븐", "스판덱스", "자카드", "네오프렌", "비닐/PVC", "시퀸/글리터"), ""),
    "패딩": "",
}
# its annotators call a cloth that is not printed plain, so a heathered one too
PLAIN = "solid melange"
PRINT = {
    "무지": PLAIN,
    "스트라이프": STRIPES,
    **dict.fromkeys(("체크", "깅엄", "하운즈투스", "하운드투스"), "check"),
    "아가일": "check jacquard",
    "도트": "dot",
    "플로럴": "floral",
    **dict.fromkeys(("호피", "지브라", "뱀피"), "animal"),
    **dict.fromkeys(("페이즐리", "카무플라쥬", "카모플라쥬", "타이다이", "지그재그"), "print"),
    "그라데이션": "print color-block",
    "레터링": "graphic",
    **dict.fromkeys(("그래픽", "해골", "하트"), "graphic print"),
    "믹스": f"{ALL_OVER} graphic",
}
# what else a cloth that is called plain may be, by its 소재 and 디테일
PLAIN_CLOTH = {"데님": "denim", "레이스": "lace", "자카드": "jacquard"}
PLAIN_DETAIL = {
    "자수": "embroidery",
    "니트꽈베기": "jacquard",
    "니트꽈배기": "jacquard",
    "패치워크": "color-block",
}
# a button or zip of an outer closes it; those of other garments may not
CLOSURE = {
    **dict.fromkeys(("단추", "더블브레스티드", "싱글브레스티드"), "buttons"),
    "지퍼": "zip",
}
