"""Pictures of the lens in every state, of drawn garments only: for docs/widget.md, and to compare.

`python -m tests.frontend.pictures` draws them all anew into docs/pictures/lens.
"""

from __future__ import annotations

import io
import sys
from functools import cache
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.frontend.answers import Shelf
from tests.frontend.conftest import CHROMIUM, FLAGS
from tests.frontend.stand_in import Answer, Call, StandIn, garment
from tests.frontend.states import STATES, Visit, visitor
from vision.outline import outline
from vision.render import DemoProduct, demo_catalogue, render, render_outfit

FOLDER = Path(__file__).parents[2] / "docs" / "pictures" / "lens"
# Their place in the demo catalogue; the photo lays the first, trousers and a bag on a ground.
ALIKE = (22, 25, 30, 24, 23, 26)
WORN = (22, 44, 47)
PHOTO = (480, 640)
PRODUCT = (360, 480)
# name: state, device, language, scheme
PICTURES = {
    **{name: (name, "phone", "en", "light") for name in STATES},
    "first use, Korean": ("first use", "phone", "ko", "dark"),
    "results, Korean": ("results", "phone", "ko", "dark"),
    "results, wide": ("results", "desk", "en", "light"),
    "drawing, wide, Korean": ("drawing", "desk", "ko", "dark"),
    "crop, wide, Korean": ("crop", "desk", "ko", "dark"),
}
LABELS = {
    "Colour": "색상", "Pattern": "무늬", "Price": "가격", "Availability": "재고",
    "Sleeve": "소매", "fabric": "소재", "Style": "스타일", "Red": "빨강", "Blue": "파랑",
    "Navy": "네이비", "Solid": "무지", "Check": "체크", "In stock": "구매 가능",
    "Sold out": "품절", "Short sleeve": "반소매", "Long sleeve": "긴소매", "wool": "울",
    "linen": "린넨", "Casual": "캐주얼", "plain": "무지", "Blazer": "블레이저",
    "Trousers": "바지", "Bag": "가방", "White": "하양", "Tan": "탄",
}  # fmt: skip
WHY = {"en": "Same kind, close in colour.", "ko": "같은 종류이고 색이 비슷해요."}
JPEG = {"Content-Type": "image/jpeg"}
SEEN = (("Blazer", "Navy", "#202b47"), ("Trousers", "White", "#f4f3f0"), ("Bag", "Tan", "#98623a"))


@cache
def catalogue() -> list[DemoProduct]:
    return list(demo_catalogue("atelier", max(ALIKE + WORN) + 1))


@cache
def product_photo(place: int) -> bytes:
    return jpeg(render(catalogue()[place].specs[0], width=PRODUCT[0], height=PRODUCT[1]).image)


@cache
def shopper_photo() -> tuple[bytes, tuple[dict[str, Any], ...]]:
    """A photo of three pieces, and each as the API would have found it."""
    pieces = render_outfit(
        [catalogue()[place].specs[0] for place in WORN], width=PHOTO[0], height=PHOTO[1], seed=3
    )
    found = []
    for at, (piece, (label, color, hue)) in enumerate(zip(pieces, SEEN, strict=True)):
        x0, y0, x1, y1 = piece.box
        rings = outline(piece.mask[y0:y1, x0:x1], piece.box)
        found.append({**garment(at, label, [*piece.box], color, hue), "outline": rings})
        found[-1]["colors"] = found[-1]["colors"][:1]
    return jpeg(pieces[0].image), tuple(found)


def jpeg(image: Any) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


class DrawnShop(StandIn):
    """A shop whose products and photos are the demo's."""

    def _serve_site(self, request: BaseHTTPRequestHandler) -> Answer:
        if not request.path.startswith("/img/"):
            return super()._serve_site(request)
        place = ALIKE[int(request.path[5:].removesuffix(".svg"))]
        return Answer(body=product_photo(place), headers={"Content-Type": "image/jpeg"})


class DrawnShelf(Shelf):
    """Answers with the demo's products, in the language that was asked for."""

    def answer(self, call: Call) -> Answer:
        body = super().answer(call).body
        lang = (call.json or call.fields).get("lang", "en")
        if body["query"]["garments"]:
            sides = {"width": PHOTO[0], "height": PHOTO[1]}
            body["query"] |= {**sides, "garments": list(shopper_photo()[1])}
        return Answer(body=in_words(body, lang))

    def _product(self, index: int, lang: str) -> dict[str, Any]:
        drawn = catalogue()[ALIKE[index]]
        one = super()._product(index, lang)
        one["why"]["sentence"] = WHY[lang]
        return one | {
            "title": drawn.title_ko if lang == "ko" else drawn.title,
            "brand": drawn.brand,
            "price": won(drawn.price),
            "sale_price": won(drawn.sale_price) if drawn.sale_price else None,
        }


def won(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "KRW", "display": f"₩{amount:,}"}


def in_words(told: Any, lang: str) -> Any:
    """The same answer, its labels in the language."""
    if isinstance(told, list):
        return [in_words(one, lang) for one in told]
    if not isinstance(told, dict) or lang == "en":
        return told
    return {
        name: LABELS.get(one, one)
        if name in ("label", "name") and isinstance(one, str)
        else in_words(one, lang)
        for name, one in told.items()
    }


def drawn(chromium: Browser, name: str) -> Image.Image:
    """The picture of that name, as the lens looks now."""
    state, device, lang, scheme = PICTURES[name]
    shop = DrawnShop()
    try:
        DrawnShelf(shop)
        shop.pictured = lambda call: Answer(200, product_photo(ALIKE[0]), JPEG)
        with visitor(chromium, device, scheme) as page:
            STATES[state](Visit(page, shop, shopper_photo()[0], lang))
            page.mouse.move(2, 2)
            page.wait_for_timeout(250)
            return Image.open(io.BytesIO(page.screenshot(caret="hide"))).convert("RGB")
    finally:
        shop.close()


def path_of(name: str) -> Path:
    return FOLDER / f"{name.replace(',', '').replace(' ', '-').lower()}.png"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name in sys.argv[1:] or PICTURES:
            # Rare colours, as of a swatch, keep a place of their own.
            few = drawn(chromium, name).quantize(240, Image.Quantize.MAXCOVERAGE, kmeans=1)
            few.save(path_of(name), optimize=True)
        chromium.close()


if __name__ == "__main__":
    main()
