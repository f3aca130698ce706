/** The first screen. */
export const sheet = new CSSStyleSheet();
sheet.replaceSync(`
.ways { display: grid; gap: 16px; }
.pick {
  display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 4px; width: 100%; min-height: 208px;
  padding: 24px; border: 1.5px dashed color-mix(in srgb, var(--faint) 55%, var(--line)); border-radius: var(--radius);
  background: var(--raised); text-align: center; transition: border-color .16s ease-out;
}
.pick:hover { border-color: var(--accent); }
.pick b { font-weight: 600; color: var(--accent); }
.pick-view { position: relative; display: grid; place-items: center; width: 88px; height: 88px; margin-bottom: 8px; color: var(--soft); }
.pick-view svg { width: 88px; height: 88px; stroke-width: .5; }
.pick-view svg + svg { position: absolute; width: 44px; height: 44px; stroke-width: 1.1; color: var(--ink); }
.pick-hint { color: var(--soft); font-size: 14px; }

.ways-row { display: flex; justify-content: center; gap: 8px; margin-top: -4px; }
.way { flex: 1 1 0; display: flex; align-items: center; justify-content: center; gap: 6px; max-width: 240px; min-height: 48px; padding: 8px; white-space: nowrap; border: 1px solid var(--line); border-radius: 999px; background: none; font-size: 14px; font-weight: 600; }
.way:hover { background: var(--raised); }
.way svg { width: 20px; height: 20px; }

.say label { display: flex; align-items: center; gap: 12px; margin-bottom: 8px; color: var(--soft); font-size: 14px; }
.say label::before, .say label::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
.say-field { display: flex; align-items: center; gap: 2px; min-height: 52px; padding: 3px 4px 3px 16px; border: 1px solid color-mix(in srgb, var(--faint) 55%, var(--line)); border-radius: 999px; background: var(--paper); transition: border-color .16s ease-out; }
.say-field:focus-within { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
.say-words { flex: 1; min-width: 0; height: 44px; padding: 0; border: 0; background: none; color: inherit; font: inherit; font-size: 16px; appearance: none; -webkit-appearance: none; }
.say-words:focus-visible { outline: none; }
.say-words::placeholder { color: var(--faint); opacity: 1; }
.say-words::-webkit-search-cancel-button { display: none; }
.say-go { background: var(--accent); color: var(--on-accent); }
.say-go:hover { background: color-mix(in srgb, var(--accent) 88%, var(--ink)); }
.say-voice { color: var(--soft); }
.say-listening .say-voice { color: var(--accent); background: var(--raised); animation: say-hear 1.2s ease-in-out infinite alternate; }
@keyframes say-hear { to { box-shadow: 0 0 0 5px color-mix(in srgb, var(--accent) 18%, transparent); } }
.say-hint, .say-told { margin-top: 8px; color: var(--faint); font-size: 12px; text-align: center; text-wrap: balance; }
.say-told { color: var(--soft); font-size: 14px; }
.say-told:not(:empty) + .say-hint, .say-told:empty { display: none; }
.ways-recents:empty { display: none; }

/* A phone on its side. */
@media (max-height: 480px) {
  .pick { min-height: 116px; padding: 12px; }
  .pick-view { width: 56px; height: 56px; margin: 0; }
  .pick-view svg { width: 56px; height: 56px; }
  .pick-view svg + svg { width: 30px; height: 30px; }
}
@media (max-height: 480px) and (min-width: 480px) {
  .ways { grid-template-columns: repeat(2, minmax(0, 1fr)); align-items: center; gap: 12px 20px; }
  .pick { grid-row: span 2; align-self: stretch; }
  .ways-row { margin: 0; }
  .ways-recents { grid-column: 1 / -1; }
}
@media (forced-colors: active) {
  .way, .say-field { border: 1px solid; }
}
`);
