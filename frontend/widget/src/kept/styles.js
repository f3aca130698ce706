/** What a device kept, on the first screen. */
export const sheet = new CSSStyleSheet();
sheet.replaceSync(`
.kept { display: grid; gap: 8px; justify-items: start; margin-top: 16px; }
.kept.none { display: none; }
.recent { width: 100%; min-width: 0; }
.recent .headline { justify-content: space-between; margin: 0; }
.recent h3 { font-size: 14px; font-weight: 600; color: var(--soft); }
.where { color: var(--faint); font-size: 12px; }
.recents { display: flex; gap: 8px; overflow-x: auto; padding: 4px; margin: 0 -4px; scrollbar-width: none; }
.recents::-webkit-scrollbar { display: none; }
.recents li { position: relative; flex: none; display: flex; align-items: center; border: 1px solid var(--line); border-radius: var(--radius); }
.again { display: inline-flex; align-items: center; gap: 8px; min-height: 64px; max-width: 200px; padding: 4px 0 4px 12px; border: 0; background: none; color: inherit; font-size: 14px; text-align: start; }
.again.pictured { padding-inline-start: 4px; }
.again span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.again canvas { width: 42px; height: 56px; border-radius: 8px; background: var(--raised); }
.again svg { width: 20px; height: 20px; color: var(--soft); }
.forget { display: grid; place-items: center; width: 44px; height: 44px; padding: 0; border: 0; border-radius: 999px; background: none; color: var(--faint); }
.forget:hover { color: var(--ink); }
.forget svg { width: 18px; height: 18px; }
`);
