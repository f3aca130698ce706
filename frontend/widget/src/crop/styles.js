/** The photo with outlines, labels and the box. What lies on the photo keeps its colours in dark too. */
export const sheet = new CSSStyleSheet();
sheet.replaceSync(`
.crop { min-width: 0; }
.crop-on + .under { display: none; }
.photo img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: fill; }
.crop-on { --tall: clamp(220px, 58dvh, 520px); }
.crop-on .stage { overflow: visible; }
.crop-drawing { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; stroke-width: 2; }
.crop-around { fill: rgb(12 11 10 / .36); stroke: none; }
.crop-line { stroke: #fff; vector-effect: non-scaling-stroke; }
.crop-line.under { stroke: rgb(12 11 10 / .5); stroke-width: 4.5; }
.crop-drawing path { transition: opacity .2s ease-out; }
.crop-busy .crop-line:not(.under) { stroke-dasharray: 4 3; animation: crop-run 6s linear infinite; }
.crop-on .crop-line { opacity: .7; }
@keyframes crop-run { to { stroke-dashoffset: -70; } }

.pin { position: absolute; transform: translate(-50%, -50%); display: inline-flex; align-items: center; justify-content: center; min-width: 44px; height: 44px; padding: 0; border: 0; background: none; }
.pin span { display: inline-flex; align-items: center; gap: 5px; padding: 2px 8px 2px 6px; border-radius: 999px; background: rgb(255 255 255 / .94); color: #171614; font-size: 12px; font-weight: 600; line-height: 1.4; white-space: nowrap; box-shadow: 0 1px 4px rgb(0 0 0 / .24); }
.pin span::before { content: ""; width: 7px; height: 7px; border-radius: 50%; border: 2px solid #1f4fd8; }
.pin[aria-pressed="true"] span { background: #171614; color: #fff; }
.pin[aria-pressed="true"] span::before { background: #fff; border-color: #fff; }
.pin:focus-visible { outline: none; }
.pin:focus-visible span { outline: 3px solid #fff; box-shadow: 0 0 0 5px #1f4fd8; }
.crop-small .pin span { gap: 0; padding: 5px; font-size: 0; }

.crop-bar { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; justify-content: flex-end; min-height: 44px; margin-top: 8px; }
.crop-hint { flex: 1 1 120px; color: var(--soft); font-size: 14px; }
.crop-on > .crop-bar { justify-content: space-between; }
.crop-on .crop-hint { flex-basis: 100%; text-align: center; text-wrap: balance; }
.crop-act { padding-inline: 14px; font-size: 14px; }
.crop-act svg { width: 18px; height: 18px; }

.crop-layer { --x: calc(100% * var(--left)); --y: calc(100% * var(--top)); --x1: calc(100% * var(--right)); --y1: calc(100% * var(--bottom)); position: absolute; inset: 0; cursor: crosshair; user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; }
.crop-clip { position: absolute; inset: 0; overflow: hidden; pointer-events: none; }
.crop-window, .crop-box { position: absolute; left: var(--x); top: var(--y); width: calc(var(--x1) - var(--x)); height: calc(var(--y1) - var(--y)); }
.crop-window { border-radius: 3px; box-shadow: 0 0 0 1.5px #fff, 0 0 0 200vmax rgb(12 11 10 / .5); }
.crop-box { padding: 0; border: 0; background: none; cursor: move; touch-action: none; }
.crop-box::after {
  --bar: linear-gradient(#fff, #fff) no-repeat; --long: min(22px, 40%);
  content: ""; position: absolute; inset: -4px; pointer-events: none;
  background: var(--bar) 0 0 / var(--long) 4px, var(--bar) 0 0 / 4px var(--long), var(--bar) 100% 0 / var(--long) 4px, var(--bar) 100% 0 / 4px var(--long),
    var(--bar) 0 100% / var(--long) 4px, var(--bar) 0 100% / 4px var(--long), var(--bar) 100% 100% / var(--long) 4px, var(--bar) 100% 100% / 4px var(--long);
  filter: drop-shadow(0 0 2px rgb(0 0 0 / .5));
}
.crop-box:focus-visible { outline: 3px solid #fff; outline-offset: 3px; box-shadow: 0 0 0 9px #1f4fd8; }
.crop-handle { position: absolute; width: 44px; height: 44px; padding: 0; border: 0; border-radius: 50%; background: none; transform: translate(-50%, -50%); touch-action: none; }
.crop-handle:focus-visible { outline: 3px solid #fff; outline-offset: -6px; box-shadow: 0 0 0 2px #1f4fd8, inset 0 0 0 9px #1f4fd8; }
/* Outward of the corner, so that a small box can still be held in its middle; within the photo's edge. */
.crop-handle:nth-of-type(2), .crop-handle:nth-of-type(4) { left: clamp(12px, var(--x) - 10px, 100% - 32px); cursor: nwse-resize; }
.crop-handle:nth-of-type(3), .crop-handle:nth-of-type(5) { left: clamp(32px, var(--x1) + 10px, 100% - 12px); cursor: nesw-resize; }
.crop-handle:nth-of-type(2), .crop-handle:nth-of-type(3) { top: clamp(12px, var(--y) - 10px, 100% - 32px); }
.crop-handle:nth-of-type(4), .crop-handle:nth-of-type(5) { top: clamp(32px, var(--y1) + 10px, 100% - 12px); }
.crop-handle:nth-of-type(3), .crop-handle:nth-of-type(4) { cursor: nesw-resize; }
.crop-handle:nth-of-type(5) { cursor: nwse-resize; }
/* A phone on its side: the whole photo and what stands under it are in sight. */
@media (max-height: 520px) {
  .crop, .crop-on { --tall: max(150px, 100dvh - 172px); }
  .crop-hint { display: none; }
}
@media (forced-colors: active) {
  .crop-window { border: 2px solid; }
  .crop-line { stroke: CanvasText; }
  .crop-box::after { forced-color-adjust: none; }
}
`);
