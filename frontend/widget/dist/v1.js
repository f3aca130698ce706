/**
 * LookUs lens 1: search a shop by photo. Apache-2.0. Built from frontend/widget/src; guide: docs/widget.md.
 *
 *   <script type="module" src="https://HOST/widget/v1.js"></script>
 *   <lookus-lens key="pk_…" lang="ko"></lookus-lens>
 *
 * Attributes
 *   key       publishable key of the shop, pk_…
 *   lang      ko | en; without it the page's lang, then the browser's
 *   mode      button (opens a sheet, default) | panel (stands in the page)
 *   theme     light | dark; without it the page's color-scheme
 *   limit     products to show, 1 to 48; default 6
 *   endpoint  address of the API, https://HOST/api/v1/; without it the host this file came from
 *   timeout   seconds without a sign of life before giving up; default 20
 * Methods  open() · close() · search(fileOrBlob) · reset()
 * Events   lookus:open · lookus:close · lookus:search {name, size}
 *          lookus:reset, back at the first screen
 *          lookus:results {search_id, total, results, query}
 *          lookus:select {search_id, product, position}, cancelable: preventDefault() keeps the page
 *          lookus:error {code, status, detail, request_id}
 * Slots    (default) words on the button · privacy: the line under the photo
 * Parts    button label sheet panel frame header title back close body ways pick action photo outline pin
 *          progress garment swatch note grid product product-image product-brand product-title price why
 *          nothing error privacy
 * CSS      --lookus-paper -raised -line -ink -soft-ink -faint -accent -on-accent -warn -bad
 *          -radius -font -columns
 */
const STRINGS = {
en: {
open: "Find it by photo",
title: "Find it by photo",
close: "Close",
choose: "Choose a photo",
gallery: "Gallery",
camera: "Take a photo",
dropHint: "or drop or paste one here",
dropNow: "Drop the photo here",
tip: "One garment, in good light, works best.",
privacy: "Your photo is used for this search only and is not kept.",
another: "Another photo",
cancel: "Cancel",
retry: "Try again",
retryIn: "Try again in {seconds} s",
browse: "Keep browsing",
yourPhoto: "Your photo",
looking: "Looking",
preparing: "Making the photo small…",
sending: "Sending the photo… {percent}%",
working: "Looking for it in this shop…",
slow: "This takes longer than usual. Still looking…",
found: "Found in your photo",
showGarment: "Show products like this: {label}",
chooseGarment: "Tap another piece to search for it.",
unsure: "Probably {label}",
colors: "Colours",
count: "{count} like this",
countOne: "1 like this",
countSaid: "{count} products found. {label}.",
alike: "{percent}% alike",
sale: "Sale price",
was: "Regular price",
soldOut: "Sold out",
noGarment: "We could not make out a garment",
noGarmentHint: "These look like the photo as a whole. A closer photo of one garment finds more.",
nothing: "Nothing like this here yet",
nothingHint: "Try another piece in the photo, a closer photo, or one with better light.",
reference: "Reference: {id}",
forShop: "For the shop: {detail}",
problems: {
no_key: ["Photo search is not set up here yet", "Please look around the shop in the meantime."],
invalid_key: ["Photo search is not available here right now", "Please look around the shop in the meantime."],
origin_not_allowed: ["Photo search is not open on this site", "Please look around the shop in the meantime."],
over_quota: ["Photo search is resting for now", "This shop has used up its searches. Please try again later."],
rate_limited: ["That was quick", "Please wait a moment, then try again. Your photo is still here."],
not_an_image: ["This file is not a photo", "Choose a JPEG, PNG, WebP, HEIC or AVIF photo."],
unsupported_format: ["This kind of picture cannot be read", "Choose a JPEG, PNG, WebP, HEIC or AVIF photo."],
empty: ["This file is empty", "Choose another photo."],
too_large: ["This photo is too large", "Choose one of 10 MB or less."],
too_many_pixels: ["This photo has too many pixels", "Choose one of 40 megapixels or less."],
too_small: ["This photo is too small", "Choose one of at least 32 pixels a side."],
truncated: ["Part of this photo is missing", "It seems damaged. Choose it again or take another."],
url_refused: ["This address cannot be used", "Save the photo to your device and choose it here."],
url_failed: ["The photo at this address could not be fetched", "Save the photo to your device and choose it here."],
product_not_found: ["This product is no longer here", "Search with a photo instead."],
product_not_ready: ["This product is still being prepared", "Please try again in a minute."],
validation_error: ["This search could not be understood", "Choose another photo, or try again."],
no_products: ["This shop has no products to compare yet", "Please come back a little later."],
no_products_ready: ["The shelves are still being filled", "This shop’s photos are being read. Please try again in a few minutes."],
offline: ["You are offline", "Your photo is still here. The search goes on when you are back online."],
network: ["The search could not be reached", "Check the connection and try again. Your photo is still here."],
timeout: ["No answer came in time", "The network may be slow. Try again, your photo is still here."],
server: ["Something went wrong on our side", "Please try again. Your photo is still here."],
bad_answer: ["The answer could not be read", "Please try again. Your photo is still here."],
},
},
ko: {
open: "사진으로 찾기",
title: "사진으로 찾기",
close: "닫기",
choose: "사진 고르기",
gallery: "앨범",
camera: "사진 찍기",
dropHint: "끌어다 놓거나 붙여 넣어도 돼요",
dropNow: "여기에 사진을 놓으세요",
tip: "밝은 곳에서 옷 하나만 찍으면 더 잘 찾아요.",
privacy: "사진은 이번 검색에만 쓰고 저장하지 않아요.",
another: "다른 사진",
cancel: "취소",
retry: "다시 시도",
retryIn: "{seconds}초 뒤 다시 시도",
browse: "상품 둘러보기",
yourPhoto: "내 사진",
looking: "찾는 중",
preparing: "사진 크기를 줄이고 있어요…",
sending: "사진을 보내고 있어요… {percent}%",
working: "이 쇼핑몰에서 찾고 있어요…",
slow: "평소보다 오래 걸려요. 계속 찾고 있어요…",
found: "사진에서 찾은 옷",
showGarment: "비슷한 상품 보기: {label}",
chooseGarment: "다른 옷을 누르면 그 옷으로 찾아요.",
unsure: "아마도 {label}",
colors: "색상",
count: "비슷한 상품 {count}개",
countOne: "비슷한 상품 1개",
countSaid: "상품 {count}개를 찾았어요. {label}.",
alike: "{percent}% 닮음",
sale: "할인가",
was: "정가",
soldOut: "품절",
noGarment: "옷을 알아보지 못했어요",
noGarmentHint: "사진 전체와 닮은 상품이에요. 옷 하나를 가까이에서 찍으면 더 잘 찾아요.",
nothing: "아직 비슷한 상품이 없어요",
nothingHint: "사진 속 다른 옷을 누르거나, 더 가깝고 밝은 사진으로 찾아보세요.",
reference: "문의 번호: {id}",
forShop: "쇼핑몰 담당자께: {detail}",
problems: {
no_key: ["사진 검색이 아직 준비되지 않았어요", "그동안 상품을 둘러보세요."],
invalid_key: ["지금은 사진 검색을 쓸 수 없어요", "그동안 상품을 둘러보세요."],
origin_not_allowed: ["이 사이트에서는 사진 검색을 쓸 수 없어요", "그동안 상품을 둘러보세요."],
over_quota: ["사진 검색을 잠시 쉬고 있어요", "이 쇼핑몰의 검색 횟수를 모두 썼어요. 나중에 다시 시도해 주세요."],
rate_limited: ["조금 빨랐어요", "잠시 뒤 다시 시도해 주세요. 사진은 그대로 있어요."],
not_an_image: ["사진 파일이 아니에요", "JPEG, PNG, WebP, HEIC, AVIF 사진을 골라 주세요."],
unsupported_format: ["읽을 수 없는 형식이에요", "JPEG, PNG, WebP, HEIC, AVIF 사진을 골라 주세요."],
empty: ["빈 파일이에요", "다른 사진을 골라 주세요."],
too_large: ["사진 용량이 너무 커요", "10MB 이하의 사진을 골라 주세요."],
too_many_pixels: ["사진의 픽셀 수가 너무 많아요", "4,000만 화소 이하의 사진을 골라 주세요."],
too_small: ["사진이 너무 작아요", "가로와 세로가 32픽셀 이상인 사진을 골라 주세요."],
truncated: ["사진의 일부가 없어요", "파일이 손상된 것 같아요. 다시 고르거나 새로 찍어 주세요."],
url_refused: ["쓸 수 없는 주소예요", "사진을 기기에 저장한 뒤 골라 주세요."],
url_failed: ["그 주소의 사진을 가져오지 못했어요", "사진을 기기에 저장한 뒤 골라 주세요."],
product_not_found: ["지금은 없는 상품이에요", "사진으로 찾아보세요."],
product_not_ready: ["상품을 아직 준비하고 있어요", "잠시 뒤 다시 시도해 주세요."],
validation_error: ["검색 내용을 이해하지 못했어요", "다른 사진을 고르거나 다시 시도해 주세요."],
no_products: ["아직 비교할 상품이 없어요", "조금 뒤에 다시 찾아 주세요."],
no_products_ready: ["상품을 아직 준비하고 있어요", "쇼핑몰 사진을 읽고 있어요. 몇 분 뒤 다시 시도해 주세요."],
offline: ["인터넷에 연결되어 있지 않아요", "사진은 그대로 있어요. 다시 연결되면 이어서 찾아요."],
network: ["검색 서버에 연결하지 못했어요", "연결을 확인하고 다시 시도해 주세요. 사진은 그대로 있어요."],
timeout: ["제때 답이 오지 않았어요", "네트워크가 느린 것 같아요. 다시 시도해 주세요. 사진은 그대로 있어요."],
server: ["저희 쪽에 문제가 생겼어요", "다시 시도해 주세요. 사진은 그대로 있어요."],
bad_answer: ["답을 읽지 못했어요", "다시 시도해 주세요. 사진은 그대로 있어요."],
},
},
};
function stringsFor(tag) {
return STRINGS[(tag || "").toLowerCase().split("-")[0]] || STRINGS.en;
}
function fill(text, values) {
return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
const SVG = "http://www.w3.org/2000/svg";
function h(tag, props, ...children) {
const node = document.createElement(tag);
for (const [name, value] of Object.entries(props || {})) {
if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
else if (value === true) node.setAttribute(name, "");
else if (value !== false && value != null) node.setAttribute(name, value);
}
node.append(...children.flat().filter((child) => child != null && child !== false));
return node;
}
const CORNERS = "M4 8V6a2 2 0 0 1 2-2h2M16 4h2a2 2 0 0 1 2 2v2M20 16v2a2 2 0 0 1-2 2h-2M8 20H6a2 2 0 0 1-2-2v-2";
const ICONS = {
lens: [CORNERS, "M12 8.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z"],
corners: [CORNERS],
shirt: ["M9 4 4 6.6 5.6 11 8 10.4V20h8v-9.6l2.4.6L20 6.6 15 4a3.1 3.1 0 0 1-6 0z"],
camera: ["M4 8h3l1.6-2.5h6.8L17 8h3v11H4z", "M12 10a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4z"],
gallery: ["M4 5h16v14H4z", "m4 16 5-5 4.5 4.5 2-2L20 18", "M15.5 8.6h.01"],
close: ["M6 6l12 12M18 6 6 18"],
back: ["M14.5 5.5 8 12l6.5 6.5"],
cloud: ["M7 18h10a3.8 3.8 0 0 0 .6-7.5 5.6 5.6 0 0 0-10.8-.9A4.3 4.3 0 0 0 7 18z", "M5 4l14 16"],
alert: ["M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16z", "M12 8v5M12 16h.01"],
lock: ["M6.5 11h11v8.5h-11z", "M9 11V8.2a3 3 0 0 1 6 0V11"],
};
function icon(name) {
const svg = document.createElementNS(SVG, "svg");
svg.setAttribute("viewBox", "0 0 24 24");
svg.setAttribute("aria-hidden", "true");
for (const d of ICONS[name]) {
const path = document.createElementNS(SVG, "path");
path.setAttribute("d", d);
svg.append(path);
}
return svg;
}
class LensError extends Error {
constructor(code, more = {}) {
super(more.detail || code);
Object.assign(this, { code, status: 0, detail: "", requestId: "", retryAfter: 0 }, more);
}
}
const CODE_OF_STATUS = {
401: "invalid_key",
402: "over_quota",
403: "origin_not_allowed",
408: "timeout",
413: "too_large",
415: "unsupported_format",
429: "rate_limited",
};
function readJson(text) {
try {
return JSON.parse(text);
} catch {
return null;
}
}
function problemOf(xhr, body) {
const code = body?.code || CODE_OF_STATUS[xhr.status] || (xhr.status >= 500 ? "server" : "bad_answer");
return new LensError(code, {
status: xhr.status,
detail: body?.detail || "",
requestId: body?.request_id || "",
retryAfter: Number(xhr.getResponseHeader("Retry-After")) || 0,
});
}
function searchPhoto({ base, key, blob, box, limit, lang, signal, timeout, onprogress }) {
return new Promise((resolve, reject) => {
const form = new FormData();
form.append("image", blob, blob.name || "photo.jpg");
if (box) form.append("box", JSON.stringify(box));
form.append("limit", limit);
form.append("lang", lang);
const xhr = new XMLHttpRequest();
let timer;
const alive = () => {
clearTimeout(timer);
timer = setTimeout(() => fail(new LensError("timeout")), timeout);
};
const abort = () => fail(new DOMException("aborted", "AbortError"));
const end = () => {
clearTimeout(timer);
signal.removeEventListener("abort", abort);
};
const fail = (error) => {
end();
reject(error);
xhr.abort();
};
xhr.upload.onprogress = (event) => {
alive();
if (event.lengthComputable) onprogress(event.loaded / event.total);
};
xhr.upload.onload = () => onprogress(1);
xhr.onerror = () => fail(new LensError(navigator.onLine ? "network" : "offline"));
xhr.onload = () => {
end();
const body = readJson(xhr.responseText);
if (xhr.status !== 200) reject(problemOf(xhr, body));
else if (Array.isArray(body?.results) && body.query) resolve(body);
else reject(new LensError("bad_answer", { status: 200 }));
};
if (signal.aborted) return abort();
signal.addEventListener("abort", abort);
xhr.open("POST", base + "search");
xhr.setRequestHeader("Authorization", "Bearer " + key);
xhr.setRequestHeader("Accept", "application/json, application/problem+json");
alive();
xhr.send(form);
});
}
function sendEvent({ base, key, event }) {
fetch(base + "events", {
method: "POST",
keepalive: true,
headers: { Authorization: "Bearer " + key, "Content-Type": "application/json" },
body: JSON.stringify(event),
}).catch(() => {});
}
const MAX_SIDE = 1024;
const JPEG_QUALITY = 0.9;
const MAX_BYTES = 10 * 1024 * 1024;
async function preparePhoto(file) {
if (!file.size) throw new LensError("empty");
let bitmap;
try {
bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
} catch {
if (file.size > MAX_BYTES) throw new LensError("too_large");
return { blob: file, canvas: null, width: 3, height: 4 };
}
const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
const canvas = document.createElement("canvas");
canvas.width = Math.max(1, Math.round(bitmap.width * scale));
canvas.height = Math.max(1, Math.round(bitmap.height * scale));
const pen = canvas.getContext("2d");
pen.fillStyle = "#fff";
pen.fillRect(0, 0, canvas.width, canvas.height);
pen.imageSmoothingQuality = "high";
pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
bitmap.close();
const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", JPEG_QUALITY));
return { blob: blob || file, canvas, width: canvas.width, height: canvas.height };
}
function pictureOf(transfer) {
const files = [...(transfer?.files || [])];
return files.find((file) => file.type.startsWith("image/")) || files[0] || null;
}
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host { display: inline-block; }
:host([hidden]) { display: none; }
:host([mode="panel"]) { display: block; }
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }
.root {
all: initial;
color-scheme: inherit;
display: block;
--paper: var(--lookus-paper, #ffffff);
--raised: var(--lookus-raised, #f6f5f3);
--line: var(--lookus-line, #e4e2de);
--ink: var(--lookus-ink, #171614);
--soft: var(--lookus-soft-ink, #5c5953);
--faint: var(--lookus-faint, #6f6b64);
--accent: var(--lookus-accent, #1f4fd8);
--on-accent: var(--lookus-on-accent, #ffffff);
--bad: var(--lookus-bad, #b3261e);
--warn: var(--lookus-warn, #8a5a00);
--radius: var(--lookus-radius, 12px);
font: 400 16px/1.5 system-ui, sans-serif;
font-family: var(--lookus-font, inherit);
color: var(--ink);
text-align: start;
-webkit-text-size-adjust: 100%;
}
@supports (color: light-dark(#000, #fff)) {
.root {
--paper: var(--lookus-paper, light-dark(#ffffff, #131313));
--raised: var(--lookus-raised, light-dark(#f6f5f3, #1d1d1c));
--line: var(--lookus-line, light-dark(#e4e2de, #33322f));
--ink: var(--lookus-ink, light-dark(#171614, #f3f1ed));
--soft: var(--lookus-soft-ink, light-dark(#5c5953, #b5b1a9));
--faint: var(--lookus-faint, light-dark(#6f6b64, #98948c));
--accent: var(--lookus-accent, light-dark(#1f4fd8, #8fadff));
--on-accent: var(--lookus-on-accent, light-dark(#ffffff, #0d1636));
--bad: var(--lookus-bad, light-dark(#b3261e, #ff8a80));
--warn: var(--lookus-warn, light-dark(#8a5a00, #f0b95a));
}
}
*, ::before, ::after { box-sizing: border-box; }
:lang(ko) { word-break: keep-all; overflow-wrap: anywhere; }
[hidden] { display: none !important; }
h2, h3, p, ul, dl, dd { margin: 0; padding: 0; }
ul { list-style: none; }
svg { width: 24px; height: 24px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
button, .act { font: inherit; color: inherit; cursor: pointer; -webkit-tap-highlight-color: transparent; }
:focus { outline: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
h2:focus-visible { outline: none; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.open, .act {
display: inline-flex; align-items: center; justify-content: center; gap: 8px;
min-height: 44px; padding: 8px 20px; border: 1px solid transparent; border-radius: 999px;
font-size: 16px; font-weight: 600; line-height: 1.2; text-decoration: none;
transition: background-color .16s ease-out, border-color .16s ease-out, opacity .16s ease-out;
}
.open, .act.main { background: var(--accent); color: var(--on-accent); }
.open:hover, .act.main:hover { background: color-mix(in srgb, var(--accent) 88%, var(--ink)); }
.act.plain { background: none; border-color: var(--line); }
.act.plain:hover { background: var(--raised); }
.act[aria-disabled="true"] { opacity: .6; cursor: default; }
.bare { display: inline-flex; align-items: center; justify-content: center; width: 44px; height: 44px; padding: 0; border: 0; border-radius: 999px; background: none; }
.bare:hover { background: var(--raised); }
dialog {
width: 100%; max-width: 100%; max-height: calc(100dvh - 24px); margin: auto 0 0; padding: 0; border: 0;
overflow: hidden; border-radius: 20px 20px 0 0; background: var(--paper); color: inherit;
box-shadow: 0 16px 64px rgb(0 0 0 / .28);
}
dialog[open] { outline: 1px solid var(--line); display: flex; animation: rise .24s ease-out; }
dialog::backdrop { background: rgb(19 18 17 / .48); animation: fade .2s ease-out; }
dialog.wide { height: calc(100dvh - 24px); }
dialog > .frame { flex: 1; min-width: 0; }
@media (min-width: 640px) {
dialog { width: calc(100% - 48px); max-width: 480px; margin: auto; border-radius: 20px; }
dialog.wide { max-width: 1040px; height: auto; min-height: min(640px, calc(100dvh - 48px)); max-height: calc(100dvh - 48px); }
}
@keyframes rise { from { transform: translateY(24px); opacity: 0; } }
@keyframes fade { from { opacity: 0; } }
.frame { position: relative; display: flex; flex-direction: column; min-height: 0; container-type: inline-size; }
.panel { border: 1px solid var(--line); border-radius: calc(var(--radius) + 8px); background: var(--paper); overflow: hidden; }
header { display: flex; align-items: center; gap: 4px; padding: 8px 8px 8px 20px; }
header.deep { padding-left: 8px; }
.panel header:not(.deep) { padding-bottom: 0; }
h2 { flex: 1; min-width: 0; min-height: 44px; display: flex; align-items: center; font-size: 20px; font-weight: 650; line-height: 1.2; }
.body { flex: 1; min-height: 0; overflow: auto; overscroll-behavior: contain; padding: 4px 20px 20px; }
.panel .body { overflow: visible; }
footer { display: flex; gap: 8px; align-items: center; padding: 12px 20px; border-top: 1px solid var(--line); color: var(--faint); font-size: 12px; }
footer svg { width: 16px; height: 16px; }
.pick {
display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 4px; width: 100%; min-height: 216px;
padding: 24px; border: 1.5px dashed color-mix(in srgb, var(--faint) 55%, var(--line)); border-radius: var(--radius);
background: var(--raised); text-align: center; transition: border-color .16s ease-out;
}
.pick:hover { border-color: var(--accent); }
.view { position: relative; display: grid; place-items: center; width: 88px; height: 88px; margin-bottom: 12px; color: var(--soft); }
.view svg { width: 88px; height: 88px; stroke-width: .5; }
.view svg + svg { position: absolute; width: 48px; height: 48px; stroke-width: 1.1; color: var(--ink); }
.pick b { font-weight: 600; color: var(--accent); }
.hint { color: var(--soft); font-size: 14px; }
.touch { display: none; gap: 8px; margin-top: 12px; }
.touch > * { flex: 1 0 auto; padding-inline: 10px; }
@media (pointer: coarse) {
.touch { display: flex; flex-wrap: wrap; }
.pick .hint, .pick b { display: none; }
.pick { min-height: 152px; }
.view { margin: 0; }
}
.tip { margin-top: 12px; text-align: center; color: var(--soft); font-size: 14px; }
.drop { position: absolute; z-index: 3; inset: 8px; display: grid; place-content: center; justify-items: center; gap: 8px; border: 2px dashed var(--accent); border-radius: var(--radius); background: color-mix(in srgb, var(--paper) 92%, transparent); color: var(--accent); font-weight: 600; pointer-events: none; }
.split { display: grid; gap: 20px; }
.query { --tall: 272px; min-width: 0; }
.stage { display: grid; justify-items: center; border-radius: var(--radius); background: var(--raised); overflow: hidden; }
.photo { position: relative; width: min(100%, calc(var(--tall) * var(--ratio))); aspect-ratio: var(--ratio); }
.photo canvas { display: block; width: 100%; height: 100%; }
.photo .blank { position: absolute; inset: 0; display: grid; place-content: center; justify-items: center; gap: 8px; padding: 16px; color: var(--faint); font-size: 14px; overflow-wrap: anywhere; text-align: center; }
.clip { position: absolute; inset: 0; overflow: hidden; }
.mark { position: absolute; border-radius: 12px; border: 2px solid #fff; outline: 1px solid rgb(0 0 0 / .45); box-shadow: 0 0 0 200vmax rgb(12 11 10 / .38); transition: left .24s ease-out, top .24s ease-out, width .24s ease-out, height .24s ease-out; }
.pin { position: absolute; transform: translate(-50%, -50%); display: inline-flex; align-items: center; justify-content: center; min-width: 44px; height: 44px; padding: 0; border: 0; background: none; }
.pin span { display: inline-flex; align-items: center; gap: 6px; padding: 4px 10px 4px 8px; border-radius: 999px; background: #fff; color: #171614; font-size: 12px; font-weight: 600; line-height: 1.4; white-space: nowrap; box-shadow: 0 1px 6px rgb(0 0 0 / .3); }
.pin span::before { content: ""; width: 8px; height: 8px; border-radius: 50%; border: 2px solid #1f4fd8; }
.pin[aria-pressed="true"] span { background: #171614; color: #fff; }
.pin[aria-pressed="true"] span::before { background: #fff; border-color: #fff; }
.pin:focus-visible { outline: none; }
.pin:focus-visible span { outline: 3px solid #fff; box-shadow: 0 0 0 5px #1f4fd8; }
.glow { position: absolute; inset: 0; overflow: hidden; }
.glow::after { content: ""; position: absolute; inset: 0; background: linear-gradient(180deg, transparent, rgb(255 255 255 / .34) 50%, transparent); background-size: 100% 45%; background-repeat: no-repeat; animation: sweep 1.8s ease-in-out infinite alternate; }
@keyframes sweep { from { background-position: 0 -20%; } to { background-position: 0 120%; } }
.steps { margin-top: 16px; }
.bar { height: 4px; border-radius: 999px; background: var(--line); overflow: hidden; }
.bar i { display: block; height: 100%; width: 100%; border-radius: inherit; background: var(--ink); transform-origin: 0 50%; transform: scaleX(var(--done, 0)); transition: transform .24s ease-out; }
.bar.wait i { transition-duration: 8s; }
.row { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; justify-content: space-between; margin-top: 8px; min-height: 44px; font-size: 14px; color: var(--soft); }
.row .act { font-size: 14px; padding-inline: 16px; }
.under { display: flex; flex-wrap: wrap; gap: 8px 16px; justify-content: space-between; align-items: start; margin-top: 12px; }
.under > .act { font-size: 14px; padding-inline: 16px; }
.under > div { flex: 1 1 160px; }
.about h3, .note h3 { font-size: 16px; font-weight: 600; line-height: 1.4; }
.colors { display: flex; flex-wrap: wrap; gap: 4px 16px; margin-top: 4px; font-size: 14px; color: var(--soft); }
.colors li { display: inline-flex; align-items: center; gap: 8px; }
.swatch { width: 16px; height: 16px; border-radius: 50%; background: var(--swatch); box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--ink) 26%, transparent); }
.about p { margin-top: 8px; font-size: 14px; color: var(--soft); }
.note { margin-bottom: 16px; padding: 12px 16px; border-radius: var(--radius); background: var(--raised); }
.note p { font-size: 14px; color: var(--soft); }
.grid { display: grid; grid-template-columns: repeat(var(--lookus-columns, 2), minmax(0, 1fr)); gap: 20px 12px; }
.card { display: block; color: inherit; text-decoration: none; border-radius: var(--radius); }
.pic { position: relative; aspect-ratio: 3 / 4; border-radius: var(--radius); background: #f6f5f3; overflow: hidden; }
.pic img { display: block; width: 100%; height: 100%; object-fit: cover; transition: transform .24s ease-out; }
.pic img.off { visibility: hidden; }
.card:hover img { transform: scale(1.02); }
.card:hover .name { text-decoration: underline; text-underline-offset: 3px; }
.flag { position: absolute; left: 8px; bottom: 8px; padding: 2px 10px; border-radius: 999px; background: #fff; color: #171614; font-size: 12px; font-weight: 600; }
.text { display: grid; gap: 2px; padding: 8px 2px 0; font-size: 14px; }
.brand { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--faint); font-size: 12px; }
.photo:has(.mark) .blank { display: none; }
.name { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; line-height: 1.4; }
.price { display: flex; flex-wrap: wrap; gap: 0 8px; align-items: baseline; font-weight: 650; font-variant-numeric: tabular-nums; }
.price s { color: var(--faint); font-weight: 400; font-size: 12px; }
.why { color: var(--soft); font-size: 12px; line-height: 1.4; }
.why b { color: var(--ink); font-weight: 600; }
.ghost .pic { background: var(--raised); animation: breathe 1.4s ease-in-out infinite alternate; }
.ghost .line { height: 10px; margin: 6px 0 0; border-radius: 999px; background: var(--raised); }
.ghost .line + .line { width: 45%; }
@keyframes breathe { to { opacity: .55; } }
.in { animation: in .24s ease-out backwards; }
@keyframes in { from { opacity: 0; transform: translateY(8px); } }
.word { display: grid; justify-items: center; gap: 8px; padding: 28px 8px; text-align: center; }
.word svg { width: 40px; height: 40px; stroke-width: 1.2; color: var(--soft); }
.word h3, .word p, .note h3 { text-wrap: balance; }
.word h3 { font-size: 20px; font-weight: 650; line-height: 1.3; }
.word p { max-width: 40ch; color: var(--soft); }
.word small { color: var(--faint); font-size: 12px; overflow-wrap: anywhere; }
.acts { display: flex; flex-wrap: wrap; justify-content: center; gap: 8px; margin-top: 8px; }
@container (min-width: 560px) {
.grid { grid-template-columns: repeat(var(--lookus-columns, 3), minmax(0, 1fr)); }
.query { --tall: 400px; }
}
@container (min-width: 720px) {
.split { grid-template-columns: minmax(240px, 34%) minmax(0, 1fr); gap: 28px; align-items: start; }
.query { position: sticky; top: 0; --tall: 460px; }
.body { padding: 4px 28px 28px; }
header:not(.deep) { padding-left: 28px; }
header.deep { padding-left: 16px; }
footer { padding-inline: 28px; }
}
@media (prefers-reduced-motion: reduce) {
*, ::before, ::after, ::backdrop { animation: none !important; transition: none !important; }
}
@media (forced-colors: active) {
.swatch, .mark { forced-color-adjust: none; }
.pin span, .act, .open { border: 1px solid; }
}
`);
const SHOWN_COLOR_SHARE = 0.12;
const SHOWN_COLORS = 3;
const LABEL = { width: 84, height: 28 };
const PHOTO = { width: 330, height: 272 };
const NEAR = [0, 0.55, -0.55, 1.05, -1.05, 2.05, -2.05, 3.05, -3.05]
.flatMap((dy) => [0, 0.55, -0.55, 1.05, -1.05].map((dx) => [dx, dy]))
.sort((a, b) => Math.hypot(a[0] * LABEL.width, a[1] * LABEL.height) - Math.hypot(b[0] * LABEL.width, b[1] * LABEL.height));
function waysIn(t, { onchoose, oncamera }) {
return h("div", { part: "ways" },
h("button", { class: "pick", part: "pick", type: "button", onclick: onchoose, "aria-label": t.choose },
h("span", { class: "view" }, icon("corners"), icon("shirt")),
h("b", {}, t.choose),
h("span", { class: "hint" }, t.dropHint)),
h("div", { class: "touch" },
h("button", { class: "act main", part: "action", type: "button", onclick: oncamera }, icon("camera"), t.camera),
h("button", { class: "act plain", part: "action", type: "button", onclick: onchoose }, icon("gallery"), t.gallery)),
h("p", { class: "tip" }, t.tip));
}
function photoStage(t, photo) {
const inner = photo.canvas || h("div", { class: "blank" }, icon("gallery"), photo.blob.name || t.yourPhoto);
if (photo.canvas) {
inner.setAttribute("role", "img");
inner.setAttribute("aria-label", t.yourPhoto);
}
const box = h("div", { class: "photo", part: "photo" }, inner);
box.style.setProperty("--ratio", photo.width / photo.height);
return h("div", { class: "stage" }, box);
}
function emptyStage() {
const box = h("div", { class: "photo", part: "photo" });
box.style.setProperty("--ratio", 3 / 4);
return h("div", { class: "stage" }, box);
}
function progressSteps(t, oncancel) {
const words = h("span", {});
const fillBar = h("i", {});
const bar = h("div", { class: "bar" }, fillBar);
const node = h("div", { class: "steps", part: "progress" },
bar,
h("div", { class: "row" }, words,
h("button", { class: "act plain", part: "action", type: "button", onclick: oncancel }, t.cancel)));
return {
node,
say(text, done, wait = false) {
words.textContent = text;
bar.classList.toggle("wait", wait);
fillBar.style.setProperty("--done", done);
},
};
}
function ghostGrid(count) {
const card = () => h("li", { class: "ghost" }, h("div", { class: "pic" }), h("div", { class: "line" }), h("div", { class: "line" }));
return h("ul", { class: "grid", "aria-hidden": "true" }, Array.from({ length: count }, card));
}
function garmentLabel(t, garment) {
const label = garment?.category?.label || "";
return garment?.category?.unsure && label ? fill(t.unsure, { label }) : label;
}
function pinPlaces(boxes, width, height) {
const scale = Math.min(PHOTO.width / width, PHOTO.height / height);
const room = { x: Math.min(1, LABEL.width / (width * scale)), y: LABEL.height / (height * scale) };
const inside = (part, axis) => Math.min(1 - room[axis] / 2, Math.max(room[axis] / 2, part));
const places = [];
for (const [x0, y0, x1, y1] of boxes) {
const x = inside((x0 + x1) / 2 / width, "x");
const y = inside((y0 + y1) / 2 / height, "y");
const free = (p) => !places.some((q) => Math.abs(p.x - q.x) < room.x && Math.abs(p.y - q.y) < room.y);
const around = NEAR.map(([dx, dy]) => ({ x: inside(x + dx * room.x, "x"), y: inside(y + dy * room.y, "y") }));
places.push(around.find(free) || { x, y });
}
return places;
}
const percent = (part) => 100 * part + "%";
function layGarments(t, stage, { garments, width, height }, onpick) {
const box = stage.querySelector(".photo");
box.style.setProperty("--ratio", width / height);
const mark = h("div", { class: "mark", part: "outline" });
const places = pinPlaces(garments.map((garment) => garment.box), width, height);
const pins = garments.map((garment, index) => {
const label = garmentLabel(t, garment);
const pin = h("button", { class: "pin", part: "pin", type: "button", onclick: () => onpick(index),
"aria-label": fill(t.showGarment, { label }) }, h("span", {}, garment.category?.label || ""));
pin.style.left = percent(places[index].x);
pin.style.top = percent(places[index].y);
return pin;
});
box.append(h("div", { class: "clip" }, mark), h("div", { role: "group", "aria-label": t.found }, pins));
return (selected) => {
const [x0, y0, x1, y1] = garments[selected].box;
mark.style.left = percent(x0 / width);
mark.style.top = percent(y0 / height);
mark.style.width = percent((x1 - x0) / width);
mark.style.height = percent((y1 - y0) / height);
pins.forEach((pin, index) => pin.setAttribute("aria-pressed", index === selected));
};
}
function garmentNotes(t, garment, several) {
const pattern = garment.pattern && !garment.pattern.unsure ? garment.pattern.label : "";
const colors = (garment.colors || []).filter((c, i) => !i || c.share >= SHOWN_COLOR_SHARE).slice(0, SHOWN_COLORS);
const swatches = colors.map((color) => {
const dot = h("span", { class: "swatch", part: "swatch" });
dot.style.setProperty("--swatch", color.hex);
return h("li", {}, dot, color.name);
});
return h("div", { class: "about", part: "garment" },
h("h3", {}, [garmentLabel(t, garment), pattern].filter(Boolean).join(" · ")),
swatches.length > 0 && h("ul", { class: "colors", "aria-label": t.colors }, swatches),
several && h("p", {}, t.chooseGarment));
}
function webAddress(text) {
if (!text) return null;
try {
const url = new URL(text, document.baseURI);
return /^https?:$/.test(url.protocol) ? url.href : null;
} catch {
return null;
}
}
function priceLine(t, product) {
const now = product.sale_price || product.price;
if (!now) return null;
if (!product.sale_price || !product.price) return h("div", { class: "price", part: "price" }, now.display);
return h("div", { class: "price", part: "price" },
h("span", {}, h("span", { class: "said" }, t.sale + " "), now.display),
h("s", {}, h("span", { class: "said" }, t.was + " "), product.price.display));
}
function productCard(t, product, position, onselect) {
const image = h("img", { part: "product-image", src: webAddress(product.image_url), alt: "", width: 300, height: 400,
loading: position < 6 ? "eager" : "lazy", decoding: "async", onerror: (event) => event.target.classList.add("off") });
const alike = Math.round(100 * Math.min(1, Math.max(0, product.score)));
const href = webAddress(product.url);
const card = h("a", { class: "card", part: "product", href,
role: href ? null : "link", tabindex: href ? null : 0, onkeydown: (event) => !href && event.key === "Enter" && card.click(),
onclick: (event) => onselect(event, product, position + 1) },
h("div", { class: "pic" }, image, product.in_stock === false && h("span", { class: "flag" }, t.soldOut)),
h("div", { class: "text" },
product.brand && h("div", { class: "brand", part: "product-brand" }, product.brand),
h("div", { class: "name", part: "product-title" }, product.title),
priceLine(t, product),
h("div", { class: "why", part: "why" }, Number.isFinite(alike) && h("b", {}, fill(t.alike, { percent: alike })),
product.why?.sentence && " · " + product.why.sentence)));
const item = h("li", { class: "in" }, card);
item.style.animationDelay = 30 * Math.min(position, 8) + "ms";
return item;
}
function resultGrid(t, results, onselect) {
return h("ul", { class: "grid", part: "grid" }, results.map((product, position) => productCard(t, product, position, onselect)));
}
function nothingView(t, onanother) {
return statement({ part: "nothing", image: "shirt", title: t.nothing, text: t.nothingHint, small: [], actions: [[t.another, onanother]] });
}
function note(title, text) {
return h("div", { class: "note", part: "note" }, h("h3", {}, title), h("p", {}, text));
}
function statement({ image, title, text, small, actions, part }) {
return h("div", { class: "word", part },
icon(image), h("h3", {}, title), h("p", {}, text),
small.map((line) => h("small", {}, line)),
h("div", { class: "acts" }, actions.map(([label, onclick], index) =>
h("button", { class: index ? "act plain" : "act main", part: "action", type: "button", onclick }, label))));
}
const RETRY = new Set(["offline", "network", "timeout", "server", "bad_answer", "rate_limited", "over_quota", "product_not_ready", "no_products_ready", "validation_error"]);
const SHOP = new Set(["no_key", "invalid_key", "origin_not_allowed"]);
const SAME = {
server_error: "server",
missing_key: "invalid_key",
key_kind_not_allowed: "invalid_key",
permission_denied: "invalid_key",
bad_request: "validation_error",
parse_error: "validation_error",
};
const COUNTDOWN_MAX_S = 90;
const asProblem = (error) => (error instanceof LensError ? error : new LensError("bad_answer", { detail: String(error) }));
const kindOf = ({ code }) => SAME[code] || code;
const mayRetry = (problem) => RETRY.has(kindOf(problem)) || problem.status >= 500;
function wordsOf(t, problem) {
return t.problems[kindOf(problem)] || [t.problems.server[0], problem.detail || t.problems.server[1]];
}
function problemView(t, problem, ways) {
const [title, text] = wordsOf(t, problem);
const { detail, requestId, status } = problem;
const code = kindOf(problem);
const small = [];
if (SHOP.has(code)) {
small.push(fill(t.forShop, { detail: detail || code }));
console.warn(`[lookus-lens] ${problem.code}: ${detail}`);
}
if (requestId && (status >= 500 || !t.problems[code])) small.push(fill(t.reference, { id: requestId }));
const another = [t.another, ways.another];
let actions = [another];
if (mayRetry(problem)) actions = [[t.retry, ways.retry], another];
else if (ways.close && (SHOP.has(code) || code === "no_products")) actions = [[t.browse, ways.close]];
return statement({ part: "error", image: code === "offline" ? "cloud" : "alert", title, text, small, actions });
}
function holdRetry(t, button, seconds) {
if (!(seconds > 0 && seconds <= COUNTDOWN_MAX_S)) return null;
const hold = (event) => event.stopImmediatePropagation();
button.addEventListener("click", hold, true);
button.setAttribute("aria-disabled", "true");
const tick = () => {
button.textContent = seconds > 0 ? fill(t.retryIn, { seconds }) : t.retry;
if (seconds-- > 0) return;
clearInterval(timer);
button.removeAttribute("aria-disabled");
button.removeEventListener("click", hold, true);
};
const timer = setInterval(tick, 1000);
tick();
return timer;
}
function buildShell({ t, lang, panel, on }) {
const ui = {
title: h("h2", { part: "title", tabindex: -1, id: "title" }),
back: h("button", { class: "bare", type: "button", part: "back", "aria-label": t.another, onclick: on.back }, icon("back")),
body: h("div", { class: "body", part: "body" }),
foot: h("footer", { part: "privacy" }, icon("lock"), h("slot", { name: "privacy" }, t.privacy)),
status: h("div", { class: "said", role: "status", "aria-live": "polite" }),
drop: h("div", { class: "drop", hidden: true }, icon("gallery"), t.dropNow),
file: fileInput(on, {}),
camera: fileInput(on, { capture: "environment" }),
root: h("div", { class: "root", lang }),
};
ui.head = h("header", { part: "header" }, ui.back, ui.title,
!panel && h("button", { class: "bare", type: "button", part: "close", "aria-label": t.close, onclick: on.close }, icon("close")));
const frame = h("div", { class: panel ? "frame panel" : "frame", part: panel ? "panel" : "frame" },
ui.head, ui.body, ui.foot, ui.drop, ui.file, ui.camera);
if (panel) {
frame.setAttribute("role", "region");
frame.setAttribute("aria-labelledby", "title");
ui.root.append(frame, ui.status);
acceptDrops(frame, ui, on);
return ui;
}
ui.dialog = h("dialog", { part: "sheet", "aria-labelledby": "title", onclose: on.closed,
onclick: (event) => event.target === ui.dialog && on.close() }, frame, ui.status);
const trigger = h("button", { class: "open", type: "button", part: "button", "aria-haspopup": "dialog", onclick: on.open },
icon("lens"), h("span", { part: "label" }, h("slot", {}, t.open)));
ui.root.append(trigger, ui.dialog);
acceptDrops(trigger, ui, on);
acceptDrops(ui.dialog, ui, on);
return ui;
}
function fileInput(on, props) {
const onchange = (event) => {
const [file] = event.target.files;
if (file) on.photo(file);
event.target.value = "";
};
return h("input", { type: "file", accept: "image/*,.heic,.heif,.avif", hidden: true, tabindex: -1, onchange, ...props });
}
function acceptDrops(target, ui, on) {
target.addEventListener("dragover", (event) => {
if (!event.dataTransfer.types.includes("Files")) return;
event.preventDefault();
event.dataTransfer.dropEffect = "copy";
ui.drop.hidden = false;
});
target.addEventListener("dragleave", (event) => {
if (!target.contains(event.relatedTarget)) ui.drop.hidden = true;
});
target.addEventListener("drop", (event) => {
ui.drop.hidden = true;
const file = pictureOf(event.dataTransfer);
if (!file) return;
event.preventDefault();
on.photo(file);
});
}
class Screens {
#ui;
#t;
#limit;
#on;
#results;
#about;
#another;
#moveMark;
constructor({ ui, t, limit, on }) {
this.#ui = ui;
this.#t = t;
this.#limit = limit;
this.#on = on;
}
say(text) {
this.#ui.status.textContent = text;
}
ways() {
this.say("");
this.#show({ title: this.#t.title, first: true }, waysIn(this.#t, { onchoose: this.#on.choose, oncamera: this.#on.camera }));
}
looking(photo) {
const t = this.#t;
const steps = progressSteps(t, this.#on.another);
const stage = photo ? photoStage(t, photo) : emptyStage();
stage.firstChild.append(h("div", { class: "glow" }));
this.#show({ title: t.looking, line: true }, h("div", { class: "split" },
h("div", { class: "query" }, stage, steps.node),
h("div", { "aria-busy": "true" }, ghostGrid(this.#limit()))));
this.say(t.looking);
return steps;
}
answer(photo, { garments, width, height, found }) {
const t = this.#t;
const stage = photoStage(t, photo);
this.#moveMark = found && garments.length ? layGarments(t, stage, { garments, width, height }, this.#on.pick) : () => {};
this.#about = h("div", {});
this.#results = h("div", {});
this.#another = h("button", { class: "act plain", part: "action", type: "button", onclick: this.#on.another }, t.another);
this.#show({ title: t.yourPhoto }, h("div", { class: "split" },
h("div", { class: "query" }, stage, h("div", { class: "under" }, this.#about, this.#another)),
this.#results));
}
lookingAgain(query, selected) {
this.#choose(query, selected);
this.#ui.title.textContent = this.#t.looking;
this.say(this.#t.looking);
this.#results.setAttribute("aria-busy", "true");
this.#results.replaceChildren(ghostGrid(this.#limit()));
}
results(query, selected, products) {
const t = this.#t;
const count = products.length;
this.#choose(query, selected);
this.#another.hidden = !count;
this.#ui.title.textContent = count ? fill(count === 1 ? t.countOne : t.count, { count }) : t.yourPhoto;
const label = query.found ? garmentLabel(t, query.garments[selected]) : t.noGarment;
this.say(count ? fill(t.countSaid, { count, label }) : t.nothing + ". " + t.nothingHint);
this.#results.removeAttribute("aria-busy");
if (!count) this.#results.replaceChildren(nothingView(t, this.#on.another));
else this.#results.replaceChildren(...(query.found ? [] : [note(t.noGarment, t.noGarmentHint)]),
resultGrid(t, products, this.#on.select));
}
problem(problem, photo, query) {
const t = this.#t;
const { retry, another, close } = this.#on;
const word = problemView(t, problem, { retry, another, close });
if (query) {
this.#ui.title.textContent = t.yourPhoto;
this.#another.hidden = true;
this.#results.removeAttribute("aria-busy");
this.#results.replaceChildren(word);
} else if (photo && mayRetry(problem)) {
this.#show({ title: t.yourPhoto }, h("div", { class: "split" }, h("div", { class: "query" }, photoStage(t, photo)), word));
} else this.#show({ title: t.title, small: true }, word);
this.say(wordsOf(t, problem).join(". "));
return word.querySelector(".act");
}
#choose({ garments, found }, selected) {
this.#moveMark(selected);
const garment = found && garments[selected];
this.#about.replaceChildren(...(garment ? [garmentNotes(this.#t, garment, garments.length > 1)] : []));
}
#show({ title, first = false, small = first, line = first }, ...nodes) {
const { body, back, head, foot, dialog } = this.#ui;
const held = body.contains(body.getRootNode().activeElement);
this.#ui.title.textContent = title;
back.hidden = first;
foot.hidden = !line;
head.classList.toggle("deep", !first);
dialog?.classList.toggle("wide", !small);
body.replaceChildren(...nodes);
body.scrollTop = 0;
if (held) this.#ui.title.focus({ preventScroll: true });
}
}
const SLOW_AFTER_MS = 8000;
class LookusLens extends HTMLElement {
static observedAttributes = ["lang", "mode"];
#root;
#ui;
#screens;
#life;
#control;
#timers = [];
#photo = null;
#query = null;
#selected = 0;
#answers = new Map();
#problem = null;
#again;
connectedCallback() {
this.#root ||= this.attachShadow({ mode: "open" });
this.#root.adoptedStyleSheets = [sheet];
this.#build();
this.#life = new AbortController();
const { signal } = this.#life;
document.addEventListener("paste", (event) => this.#pasted(event), { signal });
window.addEventListener("online", () => this.#problem?.code === "offline" && this.#again(), { signal });
}
disconnectedCallback() {
this.#life.abort();
this.#stop();
}
attributeChangedCallback(name, before, now) {
if (!this.#ui || !this.isConnected || before === now) return;
this.#stop();
this.#build();
}
open() {
const { dialog } = this.#ui;
if (!dialog) this.scrollIntoView({ block: "nearest" });
else if (!dialog.open) {
dialog.showModal();
this.#emit("open");
}
this.#focusFirst();
}
close() {
this.#ui.dialog?.close();
}
reset() {
this.#stop();
this.#photo = this.#query = null;
this.#screens.ways();
this.#emit("reset");
}
async search(file) {
this.#stop();
const { signal } = (this.#control = new AbortController());
this.#photo = this.#query = null;
this.#answers.clear();
if (this.#ui.dialog && !this.#ui.dialog.open) this.open();
this.#emit("search", { name: file.name || "", size: file.size });
this.#screens.looking(null).say(this.#t.preparing, 0.05);
try {
if (!this.getAttribute("key")) throw new LensError("no_key", { detail: 'the attribute key="pk_…" is missing' });
const photo = await preparePhoto(file);
if (signal.aborted) return;
this.#photo = photo;
} catch (error) {
if (!signal.aborted) this.#fail(error, () => this.search(file));
return;
}
await this.#ask(0);
}
get #t() {
return stringsFor(this.#lang);
}
get #lang() {
const tag = this.getAttribute("lang") || this.closest("[lang]")?.lang || navigator.language;
return /^ko\b/i.test(tag) ? "ko" : "en";
}
get #access() {
const endpoint = this.getAttribute("endpoint");
const base = endpoint ? new URL(endpoint, document.baseURI) : new URL("../api/v1/", import.meta.url);
return { base: base.href.replace(/\/*$/, "/"), key: this.getAttribute("key") };
}
get #limit() {
const limit = Number.parseInt(this.getAttribute("limit"), 10);
return limit >= 1 && limit <= 48 ? limit : 6;
}
#emit(name, detail = {}, cancelable = false) {
return this.dispatchEvent(new CustomEvent("lookus:" + name, { detail, cancelable, bubbles: true, composed: true }));
}
#stop() {
this.#control?.abort();
this.#control = this.#problem = null;
this.#timers.splice(0).forEach(clearTimeout);
}
#build() {
const panel = this.getAttribute("mode") === "panel";
const close = () => this.close();
const another = () => this.#backToWays();
const ui = (this.#ui = buildShell({
t: this.#t,
lang: this.#lang,
panel,
on: { open: () => this.open(), close, closed: () => this.#closed(), back: another, photo: (file) => this.search(file) },
}));
this.#screens = new Screens({
ui,
t: this.#t,
limit: () => this.#limit,
on: {
choose: () => ui.file.click(),
camera: () => ui.camera.click(),
another,
retry: () => this.#again(),
close: panel ? null : close,
pick: (index) => this.#pick(index),
select: (event, product, position) => this.#select(event, product, position),
},
});
this.#photo = this.#query = null;
this.#root.replaceChildren(ui.root);
this.#screens.ways();
}
#closed() {
if (this.#control || !this.#query) this.reset();
this.#emit("close");
}
#backToWays() {
this.reset();
this.#focusFirst();
}
#focusFirst() {
const ways = [...this.#ui.body.querySelectorAll(".pick, .touch .main")].filter((node) => node.getClientRects().length);
(ways.pop() || this.#ui.title).focus({ preventScroll: true });
}
#pasted(event) {
const mine = this.#ui.dialog ? this.#ui.dialog.open : this.matches(":hover, :focus-within");
const file = mine && pictureOf(event.clipboardData);
if (!file) return;
event.preventDefault();
this.search(file);
}
async #ask(index) {
this.#stop();
const { signal } = (this.#control = new AbortController());
const first = !this.#query;
this.#selected = index;
const steps = first ? this.#screens.looking(this.#photo) : this.#screens.lookingAgain(this.#query, index);
try {
if (!navigator.onLine) throw new LensError("offline");
const answer = await searchPhoto({
...this.#access,
blob: this.#photo.blob,
box: first ? null : this.#query.garments[index].box,
limit: this.#limit,
lang: this.#lang,
signal,
timeout: 1000 * (Number(this.getAttribute("timeout")) || 20),
onprogress: (part) => this.#tellProgress(steps, part),
});
this.#stop();
this.#take(answer, first);
} catch (error) {
if (!signal.aborted) this.#fail(error, () => this.#ask(index));
}
}
#tellProgress(steps, part) {
const t = this.#t;
if (part < 1) {
steps?.say(fill(t.sending, { percent: Math.round(100 * part) }), 0.05 + 0.5 * part);
return;
}
steps?.say(t.working, 0.92, true);
this.#timers.push(setTimeout(() => {
steps?.say(t.slow, 0.96, true);
this.#screens.say(t.slow);
}, SLOW_AFTER_MS));
}
#take(answer, first) {
const { search_id, total, results, query } = answer;
if (first) {
this.#query = { ...query, garments: query.garments || [] };
this.#selected = query.selected || 0;
this.#screens.answer(this.#photo, this.#query);
}
this.#answers.set(this.#selected, answer);
this.#screens.results(this.#query, this.#selected, results);
this.#emit("results", { search_id, total, results, query });
}
#pick(index) {
const answer = this.#answers.get(index);
if (!answer) this.#ask(index);
else if (index !== this.#selected) {
this.#stop();
this.#selected = index;
this.#screens.results(this.#query, index, answer.results);
}
}
#select(event, product, position) {
const { search_id } = this.#answers.get(this.#selected);
sendEvent({ ...this.#access, event: { search_id, type: "click", product_id: product.product_id, position } });
if (!this.#emit("select", { search_id, product, position }, true)) event.preventDefault();
}
#fail(error, again) {
const problem = asProblem(error);
this.#stop();
this.#problem = problem;
this.#again = again;
const button = this.#screens.problem(problem, this.#photo, this.#query);
const held = holdRetry(this.#t, button, problem.retryAfter);
if (held) this.#timers.push(held);
const { code, status, detail, requestId } = problem;
this.#emit("error", { code, status, detail, request_id: requestId });
}
}
if (!customElements.get("lookus-lens")) customElements.define("lookus-lens", LookusLens);
