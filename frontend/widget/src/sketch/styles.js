/** The pad. Its paper is white in the dark too, as what is drawn is ink and colour. */
export const sheet = new CSSStyleSheet();
sheet.replaceSync(`
.pad { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; justify-items: center; }
.pad > * { max-width: 100%; }
.pad-paper { position: relative; width: min(100%, max(240px, 36dvh)); aspect-ratio: 1; border-radius: var(--radius); background: #fff radial-gradient(#d9d6d0 1px, transparent 1.2px) 0 0 / 16px 16px; box-shadow: inset 0 0 0 1px var(--line); overflow: hidden; }
.pad-paper canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
.pad-ink { touch-action: none; cursor: crosshair; user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; border-radius: var(--radius); }
.pad-ink:focus-visible { outline-offset: -3px; }
.pad-axis { position: absolute; inset: 0 auto 0 50%; border-inline-start: 1.5px dashed #1f4fd8; opacity: .6; pointer-events: none; }
.pad-cursor { position: absolute; width: 24px; height: 24px; margin: -12px; pointer-events: none; background: linear-gradient(#1f4fd8, #1f4fd8) 50% / 24px 2px no-repeat, linear-gradient(#1f4fd8, #1f4fd8) 50% / 2px 24px no-repeat; }
.pad-cursor.down { border: 2px solid #1f4fd8; border-radius: 50%; }
.pad-tools { display: flex; justify-content: center; margin-inline: -8px; }
.tool { flex: none; color: var(--ink); }
.tool[aria-pressed="true"] { background: var(--ink); color: var(--paper); }
.tool[aria-disabled="true"] { color: var(--faint); opacity: .55; cursor: default; }
.pad-tools i { flex: none; align-self: center; height: 24px; margin-inline: 2px; border-inline-start: 1px solid var(--line); }
.pad-colors, .pad-used { width: 100%; gap: 0; }
.pad-colors .chips, .pad-used .chips { gap: 0; }
.paint { position: relative; flex: none; }
.dot { width: 28px; height: 28px; border-radius: 50%; background: var(--swatch); box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--ink) 26%, transparent); }
.paint[aria-pressed="true"] .dot, .paint.on .dot { box-shadow: 0 0 0 2px var(--paper), 0 0 0 4px var(--ink); }
.paint svg { position: absolute; width: 16px; height: 16px; color: var(--ink); mix-blend-mode: normal; }
.paint.on svg { display: none; }
.paint input { position: absolute; inset: 0; width: 44px; height: 44px; opacity: 0; cursor: pointer; }
.paint:has(input:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px; }
.pad-said { min-height: 0; color: var(--soft); font-size: 14px; text-align: center; text-wrap: balance; }
.pad-said:empty { display: none; }

.pad-split { gap: 12px; }
.pad-seen { display: grid; grid-template-columns: 92px minmax(0, 1fr); gap: 12px; align-items: center; margin-bottom: 8px; }
.pad-picture { aspect-ratio: 1; border-radius: var(--radius); background: #f6f5f3; overflow: hidden; }
.pad-picture canvas { display: block; width: 100%; height: 100%; object-fit: contain; transition: opacity .16s ease-out; }
.pad-picture .none { opacity: 0; }
.pad-what { display: grid; gap: 4px; min-width: 0; }
.pad-used .lead { font-size: 12px; }
.pad-hint { display: grid; gap: 4px; padding: 4px 0 12px; text-align: center; }
.pad-hint h3 { font-size: 16px; font-weight: 600; line-height: 1.4; text-wrap: balance; }
.pad-hint p { color: var(--soft); font-size: 14px; text-wrap: balance; }
.pad-outlines { display: grid; gap: 4px; min-width: 0; margin-top: 8px; }
.pad-outlines .lead { font-size: 12px; }
.outline { display: grid; justify-items: center; gap: 2px; flex: none; min-width: 72px; padding: 8px 6px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--paper); font-size: 12px; line-height: 1.3; white-space: nowrap; }
.outline:hover { background: var(--raised); }
.outline svg { width: 44px; height: 44px; stroke-width: .7; }

/* On a phone the pad, its picture and products are in sight together. */
@container (max-width: 559px) {
  .pad-split [part="but"], .pad-split .sort { display: none; }
  .pad-split .refine { flex-wrap: nowrap; }
  .pad-split .refine .reel { flex: 1 1 0; }
  .pad-split .ends { flex: none; }
}
/* Eight tools of 44 px do not fit beside each other: what takes back goes below what draws. */
@container (max-width: 381px) {
  .pad-tools { flex-wrap: wrap; }
  .pad-tools i { flex-basis: 100%; height: 0; margin: 0; border: 0; }
}
@container (min-width: 720px) {
  .split.pad-split { grid-template-columns: minmax(366px, 42%) minmax(0, 1fr); gap: 28px; }
  .pad-paper { width: min(100%, max(240px, 100dvh - 268px)); }
  .pad-hint { padding: 28px 0 12px; }
  .pad-outlines .reel { flex-wrap: wrap; justify-content: center; }
  .pad-outlines .chips { flex-wrap: wrap; justify-content: center; }
}
@container (min-width: 961px) { .pad-seen { grid-template-columns: 144px minmax(0, 1fr); gap: 16px; } }
@container (min-width: 720px) and (max-width: 960px) {
  .pad-split .grid { grid-template-columns: repeat(var(--lookus-columns, 2), minmax(0, 1fr)); }
}
@media (pointer: fine) { .pad-colors.reel { overflow: visible; mask-image: none; } .pad-colors .chips { flex: 1; flex-wrap: wrap; justify-content: center; } }
/* A phone on its side. */
@media (max-height: 480px) { .pad-paper { width: min(100%, max(180px, 100dvh - 200px)); } }
@media (forced-colors: active) {
  .dot, .pad-paper, .pad-axis, .pad-cursor { forced-color-adjust: none; }
  .tool[aria-pressed="true"] { forced-color-adjust: none; background: Highlight; color: HighlightText; }
}
`);
