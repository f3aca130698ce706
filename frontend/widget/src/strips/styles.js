export const sheet = new CSSStyleSheet();
sheet.replaceSync(`
.strip { display: block; }
.head { display: flex; align-items: center; justify-content: space-between; gap: 16px; min-height: 44px; margin-bottom: 12px; }
.head h2 { display: block; min-height: 0; font-size: 20px; font-weight: 650; line-height: 1.2; }
.steps { display: none; gap: 8px; }
@media (hover: hover) { .steps { display: flex; } }
.step { display: grid; place-items: center; width: 44px; height: 44px; padding: 0; border: 1px solid var(--line); border-radius: 50%; background: none; }
.step:hover:enabled { background: var(--raised); }
.step:disabled { opacity: .4; cursor: default; }
.step svg { width: 20px; height: 20px; }
.step.after svg { transform: scaleX(-1); }
.list { position: relative; display: grid; grid-auto-flow: column; grid-auto-columns: var(--card); gap: 20px; margin-block: -4px; padding-block: 4px; overflow-x: auto; overscroll-behavior-x: contain; scroll-snap-type: x proximity; scrollbar-width: none; }
.list::-webkit-scrollbar { display: none; }
li { position: relative; scroll-snap-align: start; min-width: 0; }
.slot { height: 28px; color: var(--soft); font-size: 14px; line-height: 20px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.card { display: block; color: inherit; text-decoration: none; border-radius: var(--radius); }
.card:focus-visible { outline-offset: -2px; }
.pic { position: relative; aspect-ratio: 3 / 4; border-radius: var(--radius); overflow: hidden; background: var(--raised); }
.pic img { display: block; width: 100%; height: 100%; object-fit: cover; transition: transform .24s ease-out; }
.pic img.off { visibility: hidden; }
.card:hover img { transform: scale(1.02); }
.card:hover .name { text-decoration: underline; text-underline-offset: 3px; text-decoration-thickness: 1px; }
.flag { position: absolute; left: 8px; bottom: 8px; padding: 2px 10px; border-radius: 999px; background: #fff; color: #171614; font-size: 12px; font-weight: 600; }
.text { min-height: 108px; padding: 10px 2px 0; font-size: 14px; }
.brand { color: var(--faint); font-size: 12px; line-height: 18px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.name { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; line-height: 20px; }
.price { display: flex; flex-wrap: wrap; gap: 0 8px; align-items: baseline; height: 24px; overflow: hidden; line-height: 24px; font-weight: 650; font-variant-numeric: tabular-nums; }
.price s { color: var(--faint); font-size: 12px; font-weight: 400; }
.another { position: absolute; top: 28px; right: 0; display: grid; place-items: center; width: 44px; height: 44px; padding: 0; border: 0; border-radius: 50%; background: none; color: #171614; }
.another::before { content: ""; grid-area: 1 / 1; width: 34px; height: 34px; border-radius: 50%; background: rgb(255 255 255 / .92); box-shadow: 0 1px 4px rgb(0 0 0 / .18); }
.another svg { grid-area: 1 / 1; width: 18px; height: 18px; }
@container (max-width: 639px) { .list { gap: 12px; } }
@media (prefers-reduced-motion: reduce) { .pic img { transition: none; } }
@media (forced-colors: active) { .step, .another::before { border: 1px solid; } }
`);
