/** The results' own sheet; colours and sizes are the base sheet's variables. */
export const sheet = new CSSStyleSheet();
sheet.replaceSync(`
.results { display: grid; gap: 12px; min-width: 0; }
.results > *, .wishes { min-width: 0; }
.found { display: grid; gap: 16px; transition: opacity .16s ease-out; }
.found[aria-busy="true"] .grid { opacity: .55; }
.notes:empty { display: none; }
.notes .note:last-child { margin-bottom: 0; }
.notes .note + .note { margin-top: 8px; }

.chip {
  display: inline-flex; flex: none; align-items: center; gap: 8px; min-height: 44px; padding: 4px 14px;
  border: 1px solid var(--line); border-radius: 999px; background: var(--paper); color: var(--ink);
  font-size: 14px; line-height: 1.2; white-space: nowrap; cursor: pointer; transition: background-color .16s ease-out, border-color .16s ease-out;
}
.chip:hover { background: var(--raised); }
.chip svg { width: 18px; height: 18px; margin-inline-end: -4px; color: var(--soft); transition: transform .16s ease-out; }
.chip[aria-expanded="true"] svg:last-child { transform: rotate(180deg); }
.chip small { color: var(--faint); font-size: 12px; font-variant-numeric: tabular-nums; }
.chip[aria-pressed="true"], .chip.has { border-color: var(--ink); font-weight: 600; }
.chip[aria-pressed="true"] { background: var(--ink); color: var(--paper); }
.chip[aria-pressed="true"] small { color: inherit; opacity: .8; }
.chip[aria-pressed="true"] .swatch { box-shadow: 0 0 0 1.5px var(--paper); }
.chip.none { color: var(--faint); border-style: dashed; }
.chip.on { background: var(--raised); border-color: transparent; }
.chip.on:hover { border-color: var(--line); }
.chip.idle span { text-decoration: line-through; color: var(--faint); }
.swatch { flex: none; width: 16px; height: 16px; border-radius: 50%; background: var(--swatch); box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--ink) 26%, transparent); }
.swatch.many { background: conic-gradient(#c8102e, #fbe04a, #2e8b46, #2563d8, #6a2c91, #c8102e); }
.quiet {
  display: inline-flex; align-items: center; justify-content: center; gap: 6px; min-height: 44px; min-width: 44px; padding: 4px 8px;
  border: 0; border-radius: 999px; background: none; color: var(--soft); font-size: 14px; line-height: 1.2; cursor: pointer;
}
.quiet:hover { color: var(--ink); background: var(--raised); }
.quiet svg { width: 18px; height: 18px; }

.reel {
  display: flex; gap: 8px; overflow-x: auto; overscroll-behavior-x: contain; scrollbar-width: none; padding: 3px;
  margin: -3px; scroll-padding-inline: 24px; position: relative;
}
.chips { display: flex; gap: 8px; }
.lead { flex: none; align-self: center; padding-inline-end: 4px; color: var(--soft); font-size: 14px; }
.refine { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; }
.refine .reel { flex: 1 1 100%; min-width: 0; }
.bare-bar .reel { display: none; }
.reel:not(:focus-within, :hover) { mask-image: linear-gradient(90deg, #000 calc(100% - 24px), transparent); }
.reel:dir(rtl):not(:focus-within) { mask-image: none; }
/* A mouse has no finger to draw the row with. */
@media (pointer: fine) { .reel { scrollbar-width: thin; scrollbar-color: var(--line) transparent; } }
.ends { display: flex; flex: 1; align-items: center; justify-content: flex-end; }
.ends .sort { margin-inline: -10px auto; }
.refine .bare { position: relative; }
.refine .bare small {
  position: absolute; top: 4px; inset-inline-end: 2px; min-width: 16px; padding: 0 4px; border-radius: 999px;
  background: var(--ink); color: var(--paper); font-size: 11px; font-weight: 600; line-height: 16px; text-align: center;
}
.refine .bare small:empty { display: none; }
.refine .bare[aria-expanded="true"] { background: var(--raised); }
.sort { position: relative; display: inline-flex; align-items: center; color: var(--ink); }
.sort select {
  appearance: none; field-sizing: content; min-height: 44px; padding: 4px 28px 4px 10px; border: 0; border-radius: 999px; background: none;
  color: inherit; font: inherit; font-size: 14px; text-overflow: ellipsis; cursor: pointer;
}
.sort select:hover { background: var(--raised); }
.sort option { background: var(--paper); color: var(--ink); }
.sort svg { position: absolute; inset-inline-end: 6px; width: 18px; height: 18px; color: var(--soft); pointer-events: none; }
.shelf { padding: 12px; border-radius: var(--radius); background: var(--raised); animation: in .2s ease-out; }
.values { display: flex; flex-wrap: wrap; gap: 8px; }
.shelf .chip:hover { border-color: var(--faint); }
.hint { color: var(--soft); font-size: 14px; }
.applied { display: flex; flex-wrap: wrap; gap: 4px 8px; }

.grid { display: grid; grid-template-columns: repeat(var(--lookus-columns, 2), minmax(0, 1fr)); gap: 20px 12px; }
.card { display: block; color: inherit; text-decoration: none; border-radius: var(--radius); }
.pic { position: relative; aspect-ratio: 3 / 4; border-radius: var(--radius); background: #f6f5f3; overflow: hidden; }
.pic img { display: block; width: 100%; height: 100%; object-fit: cover; transition: transform .24s ease-out; }
img.off { visibility: hidden; }
.card:hover img { transform: scale(1.02); }
.card:hover .name { text-decoration: underline; text-underline-offset: 3px; }
.flag { position: absolute; left: 8px; bottom: 8px; padding: 2px 10px; border-radius: 999px; background: #fff; color: #171614; font-size: 12px; font-weight: 600; }
.card .text { display: grid; gap: 2px; padding: 8px 2px 0; font-size: 14px; }
.brand { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--faint); font-size: 12px; }
.name { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; line-height: 1.4; }
.price { display: flex; flex-wrap: wrap; gap: 0 8px; align-items: baseline; font-weight: 650; font-variant-numeric: tabular-nums; }
.price s { color: var(--faint); font-weight: 400; font-size: 12px; }
.why { color: var(--soft); font-size: 12px; line-height: 1.4; }
.why b { color: var(--ink); font-weight: 600; }
.in { animation: in .24s ease-out backwards; }
@keyframes in { from { opacity: 0; transform: translateY(8px); } }
.item { position: relative; display: flex; flex-direction: column; }
.heart { position: absolute; top: 4px; inset-inline-end: 4px; display: grid; place-items: center; width: 44px; height: 44px; padding: 0; border: 0; background: none; color: #171614; cursor: pointer; }
.heart::before { content: ""; position: absolute; inset: 4px; border-radius: 50%; background: rgb(255 255 255 / .86); transition: transform .16s ease-out; }
.heart:hover::before { transform: scale(1.06); }
.heart svg { position: relative; width: 20px; height: 20px; }
.heart[aria-pressed="true"] svg { fill: currentColor; }
.heart.pen { top: 48px; }
.acts-of { display: flex; flex-wrap: wrap; margin-inline: -6px; }
.acts-of .quiet { padding-inline: 6px; font-size: 12px; gap: 2px; }
.acts-of .fold { flex: 1 0 100%; justify-content: flex-start; }
.acts-of [aria-expanded="true"] svg { transform: rotate(180deg); }
.bars { display: grid; gap: 4px; padding: 0 2px 8px; }
.bars div { display: grid; grid-template-columns: 4.5em 1fr; align-items: center; gap: 8px; font-size: 12px; color: var(--soft); }
.bars dd { display: grid; grid-template-columns: 1fr 3.2em; align-items: center; gap: 6px; font-variant-numeric: tabular-nums; text-align: end; }
.meter { height: 4px; border-radius: 999px; background: var(--line); overflow: hidden; }
.meter i { display: block; height: 100%; border-radius: inherit; background: var(--ink); transform-origin: 0 50%; transform: scaleX(var(--share, 0)); }
.end { display: grid; justify-items: center; gap: 8px; padding: 4px 0 8px; }
.trail { display: grid; grid-template-columns: 44px 48px minmax(0, 1fr) auto; gap: 8px; align-items: center; padding: 8px; border-radius: var(--radius); background: var(--raised); }
.trail .thumb { aspect-ratio: 3 / 4; border-radius: 8px; overflow: hidden; background: #f6f5f3; }
.trail img { display: block; width: 100%; height: 100%; object-fit: cover; }
.trail .text { display: grid; min-width: 0; font-size: 14px; }
.trail small { color: var(--soft); font-size: 12px; }
.trail b { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; font-weight: 600; line-height: 1.4; }
.trail .bare:hover { background: var(--paper); }
.wishes { display: grid; gap: 12px; }
.headline { display: flex; align-items: center; gap: 4px; margin-inline-start: -12px; }
.headline h3 { font-size: 16px; font-weight: 600; }
.headline h3:focus-visible { outline: none; }
@container (min-width: 560px) {
  .grid { grid-template-columns: repeat(var(--lookus-columns, 3), minmax(0, 1fr)); }
}
@container (min-width: 720px) {
  .whole .grid { grid-template-columns: repeat(var(--lookus-columns, 4), minmax(0, 1fr)); }
  .refine .reel { flex-basis: 0; }
  .ends { flex: none; }
  .ends .sort { margin-inline: 0; }
}
@container (min-width: 1100px) {
  .grid { grid-template-columns: repeat(var(--lookus-columns, 4), minmax(0, 1fr)); }
}
@media (forced-colors: active) {
  .swatch { forced-color-adjust: none; }
  .chip[aria-pressed="true"], .heart[aria-pressed="true"] { forced-color-adjust: none; background: Highlight; color: HighlightText; }
  .meter i { forced-color-adjust: none; background: CanvasText; }
}
`);
