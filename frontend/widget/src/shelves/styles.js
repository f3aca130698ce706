/** What opens under the chips of the results. */
export const sheet = new CSSStyleSheet();
sheet.replaceSync(`
.weights { display: grid; gap: 4px; max-width: 480px; }
.weigh { display: grid; grid-template-columns: minmax(64px, auto) minmax(0, 1fr); align-items: center; gap: 16px; font-size: 14px; }
.weights .ends { justify-content: flex-end; }
input[type="range"] { appearance: none; width: 100%; height: 44px; margin: 0; background: none; cursor: pointer; border-radius: 999px; }
input[type="range"]::-webkit-slider-runnable-track { height: 4px; border-radius: 999px; background: linear-gradient(90deg, var(--ink) calc(var(--at, 0) * 1%), color-mix(in srgb, var(--ink) 22%, transparent) 0); }
input[type="range"]::-moz-range-track { height: 4px; border-radius: 999px; background: color-mix(in srgb, var(--ink) 22%, transparent); }
input[type="range"]::-moz-range-progress { height: 4px; border-radius: 999px; background: var(--ink); }
input[type="range"]::-webkit-slider-thumb { appearance: none; width: 24px; height: 24px; margin-top: -10px; border: 2px solid var(--ink); border-radius: 50%; background: var(--paper); pointer-events: auto; }
input[type="range"]::-moz-range-thumb { box-sizing: border-box; width: 24px; height: 24px; border: 2px solid var(--ink); border-radius: 50%; background: var(--paper); pointer-events: auto; }
.prices { display: grid; gap: 8px; max-width: 480px; }
.span { font-size: 16px; font-weight: 600; font-variant-numeric: tabular-nums; }
.pair { position: relative; height: 44px; }
.pair::before { content: ""; position: absolute; inset: 20px 0 auto; height: 4px; border-radius: 999px; background: linear-gradient(90deg, color-mix(in srgb, var(--ink) 22%, transparent) calc(var(--from) * 100%), var(--ink) 0 calc(var(--to) * 100%), color-mix(in srgb, var(--ink) 22%, transparent) 0); }
.pair input { position: absolute; inset: 0; pointer-events: none; }
.pair input::-webkit-slider-runnable-track { background: none; }
.pair input::-moz-range-track, .pair input::-moz-range-progress { background: none; }
.share { display: grid; gap: 12px; }
.share .row { display: flex; flex-wrap: wrap; gap: 8px; margin: 0; }
.share input { flex: 1 1 160px; min-width: 0; min-height: 44px; padding: 4px 14px; border: 1px solid var(--line); border-radius: 999px; background: var(--paper); color: var(--soft); font: inherit; font-size: 14px; text-overflow: ellipsis; }
@media (forced-colors: active) {
  .pair::before { forced-color-adjust: none; background: CanvasText; }
}
`);
