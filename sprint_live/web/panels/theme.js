// Light or dark: the person's choice if there is one, else the system's.

const KEY = 'sprint-live-theme';

export class Theme {
  constructor() {
    try {
      const kept = localStorage.getItem(KEY);
      if (kept) this.set(kept === 'dark');
    } catch { /* storage is refused: the system's choice stands */ }
  }

  set(dark) { document.body.classList.toggle('dark', dark); }

  toggle() {
    const dark = !document.body.classList.contains('dark');
    this.set(dark);
    try { localStorage.setItem(KEY, dark ? 'dark' : 'light'); } catch { /* as above */ }
  }
}
