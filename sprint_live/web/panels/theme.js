// Light or dark: early.js has chosen; here it is changed, and kept.

const KEY = 'sprint-live-theme';

export class Theme {
  toggle() {
    const dark = document.body.classList.toggle('dark');
    try { localStorage.setItem(KEY, dark ? 'dark' : 'light'); } catch { /* storage is refused: for this visit only */ }
  }
}
