/** The sheet all lenses of a page share. Constructable, so a Content-Security-Policy without 'unsafe-inline' is fine. */
export const sheet = new CSSStyleSheet();
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
  --top: calc(24px + env(safe-area-inset-top, 0px));
  width: 100%; max-width: 100%; max-height: calc(100dvh - var(--top) - var(--keyboard, 0px)); margin: auto 0 var(--keyboard, 0px); padding: 0; border: 0;
  overflow: hidden; border-radius: 20px 20px 0 0; background: var(--paper); color: inherit;
  box-shadow: 0 16px 64px rgb(0 0 0 / .28);
}
dialog[open] { outline: 1px solid var(--line); display: flex; animation: slide .24s cubic-bezier(.2, .8, .3, 1); }
dialog::backdrop { background: rgb(19 18 17 / .48); animation: fade .2s ease-out; }
dialog.wide { height: calc(100dvh - var(--top) - var(--keyboard, 0px)); }
dialog > .frame { flex: 1; min-width: 0; }
dialog .body { padding-bottom: calc(20px + env(safe-area-inset-bottom, 0px)); }
dialog footer:not([hidden]) { padding-bottom: calc(12px + env(safe-area-inset-bottom, 0px)); }
dialog .body:has(+ footer:not([hidden])) { padding-bottom: 20px; }
@media (max-width: 639px) {
  dialog { transform: translateY(var(--pulled, 0px)); transition: transform .2s ease-out; }
  dialog.pulled { transition: none; user-select: none; -webkit-user-select: none; }
  dialog.leaving { transform: translateY(105%); transition: transform .24s ease-in; }
  dialog.let-go { transition: transform .18s ease-out; }
  dialog header, .grip { touch-action: none; }
}
dialog.leaving::backdrop { background: transparent; transition: background-color .22s ease-in; }
.grip { display: none; height: 20px; margin-bottom: -8px; }
.grip::before { content: ""; display: block; width: 36px; height: 4px; margin: 8px auto; border-radius: 999px; background: var(--line); }
@media (max-width: 639px) { .grip { display: block; } }
@media (min-width: 640px) {
  dialog { width: calc(100% - 48px); max-width: 480px; max-height: calc(100dvh - 48px); margin: auto; border-radius: 20px; transition: opacity .2s ease-in, transform .2s ease-in; }
  dialog[open] { animation-name: rise; }
  dialog.wide { max-width: 1040px; height: auto; min-height: min(640px, calc(100dvh - 48px)); }
  dialog.leaving { opacity: 0; transform: translateY(12px); }
}
@keyframes slide { from { transform: translateY(100%); } }
@keyframes rise { from { transform: translateY(24px); opacity: 0; } }
@keyframes fade { from { opacity: 0; } }

.frame { position: relative; display: flex; flex-direction: column; min-height: 0; container-type: inline-size; }
/* As tall as the first screen, so that nothing moves when it comes. */
.panel { min-height: 486px; border: 1px solid var(--line); border-radius: calc(var(--radius) + 8px); background: var(--paper); overflow: hidden; }
header { display: flex; align-items: center; gap: 4px; padding: 8px 8px 8px 20px; }
header.deep { padding-left: 8px; }
@media (pointer: coarse) { .panel { min-height: 546px; } }
.panel header:not(.deep) { padding-bottom: 0; }
h2 { flex: 1; min-width: 0; min-height: 44px; display: flex; align-items: center; font-size: 20px; font-weight: 650; line-height: 1.2; }
.body { flex: 1; min-height: 0; overflow: auto; overscroll-behavior: contain; padding: 4px 20px 20px; }
.panel .body { overflow: visible; }
footer { display: flex; gap: 8px; align-items: center; padding: 12px 20px; border-top: 1px solid var(--line); color: var(--faint); font-size: 12px; }
footer svg { width: 16px; height: 16px; }
.drop { position: absolute; z-index: 3; inset: 8px; display: grid; place-content: center; justify-items: center; gap: 8px; border: 2px dashed var(--accent); border-radius: var(--radius); background: color-mix(in srgb, var(--paper) 92%, transparent); color: var(--accent); font-weight: 600; pointer-events: none; }

.split, .whole { display: grid; gap: 20px; }
.query { --tall: 272px; min-width: 0; }
.told { min-width: 0; }
.stage { display: grid; justify-items: center; border-radius: var(--radius); background: var(--raised); overflow: hidden; }
.photo { position: relative; width: min(100%, calc(var(--tall) * var(--ratio))); aspect-ratio: var(--ratio); }
.photo canvas { display: block; width: 100%; height: 100%; }
.photo .blank { position: absolute; inset: 0; display: grid; place-content: center; justify-items: center; gap: 8px; padding: 16px; color: var(--faint); font-size: 14px; overflow-wrap: anywhere; text-align: center; }
.glow { position: absolute; inset: 0; overflow: hidden; }
.glow::after { content: ""; position: absolute; inset: 0; background: linear-gradient(180deg, transparent, rgb(255 255 255 / .34) 50%, transparent); background-size: 100% 45%; background-repeat: no-repeat; animation: sweep 1.8s ease-in-out infinite alternate; }
@keyframes sweep { from { background-position: 0 -20%; } to { background-position: 0 120%; } }
.under { display: flex; flex-wrap: wrap; gap: 8px 16px; justify-content: space-between; align-items: start; margin-top: 8px; }
.under > div { flex: 1 1 160px; }
.seen h3 { font-size: 16px; font-weight: 600; line-height: 1.4; }
.seen ul { display: flex; flex-wrap: wrap; gap: 4px 16px; margin-top: 4px; font-size: 14px; color: var(--soft); }
.seen li { display: inline-flex; align-items: center; gap: 8px; }
.swatch { width: 16px; height: 16px; border-radius: 50%; background: var(--swatch); box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--ink) 26%, transparent); }
.under > .act { display: none; flex: none; font-size: 14px; padding-inline: 16px; }

.stage + .steps { margin-top: 16px; }
.bar { height: 4px; border-radius: 999px; background: var(--line); overflow: hidden; }
.bar i { display: block; height: 100%; width: 100%; border-radius: inherit; background: var(--ink); transform-origin: 0 50%; transform: scaleX(var(--done, 0)); transition: transform .24s ease-out; }
.bar.wait i { transition-duration: 8s; }
.row { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; justify-content: space-between; margin-top: 8px; min-height: 44px; font-size: 14px; color: var(--soft); }
.row .act { font-size: 14px; padding-inline: 16px; }

.ghosts { display: grid; grid-template-columns: repeat(var(--lookus-columns, 2), minmax(0, 1fr)); gap: 20px 12px; }
.ghost .plate { aspect-ratio: 3 / 4; border-radius: var(--radius); background: var(--raised); animation: breathe 1.4s ease-in-out infinite alternate; }
.ghost .line { height: 10px; margin: 6px 0 0; border-radius: 999px; background: var(--raised); }
.ghost .line + .line { width: 45%; }
.ghost-ways .plate { height: var(--ways-tall, 216px); aspect-ratio: auto; }
@keyframes breathe { to { opacity: .55; } }

.note { margin-bottom: 16px; padding: 12px 16px; border-radius: var(--radius); background: var(--raised); }
.note h3 { font-size: 16px; font-weight: 600; line-height: 1.4; }
.note p { font-size: 14px; color: var(--soft); }
.word { display: grid; justify-items: center; gap: 8px; padding: 28px 8px; text-align: center; }
.word svg { width: 40px; height: 40px; stroke-width: 1.2; color: var(--soft); }
.word h3, .word p, .note h3 { text-wrap: balance; }
.word h3 { font-size: 20px; font-weight: 650; line-height: 1.3; }
.word p { max-width: 40ch; color: var(--soft); }
.word small { color: var(--faint); font-size: 12px; overflow-wrap: anywhere; }
.acts { display: flex; flex-wrap: wrap; justify-content: center; gap: 8px; margin-top: 8px; }

@container (min-width: 560px) {
  .ghosts { grid-template-columns: repeat(var(--lookus-columns, 3), minmax(0, 1fr)); }
  .query { --tall: 400px; }
}
@container (min-width: 720px) {
  .split { grid-template-columns: minmax(240px, 34%) minmax(0, 1fr); gap: 28px; align-items: start; }
  .query { position: sticky; top: 0; --tall: 460px; }
  .under > .act { display: inline-flex; }
  .body { padding: 4px 28px 28px; }
  header:not(.deep) { padding-left: 28px; }
  header.deep { padding-left: 16px; }
  footer { padding-inline: 28px; }
}
@media (prefers-reduced-motion: reduce) {
  *, ::before, ::after, ::backdrop, dialog, dialog.leaving { animation: none !important; transition: none !important; }
}
@media (forced-colors: active) {
  .act, .open { border: 1px solid; }
  .swatch { forced-color-adjust: none; }
}
`);

/** Puts a part's sheet beside the lens's own, once. @param {ShadowRoot} root @param {CSSStyleSheet | undefined} one */
export function adopt(root, one) {
  if (one && !root.adoptedStyleSheets.includes(one)) root.adoptedStyleSheets.push(one);
}
