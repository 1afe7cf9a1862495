// Light or dark: the person's choice if there is one, else the system's.

const KEY = 'sprint-live-theme';

export function wireTheme(button) {
  const set = (dark) => document.body.classList.toggle('dark', dark);
  try {
    const kept = localStorage.getItem(KEY);
    if (kept) set(kept === 'dark');
  } catch { /* storage is refused: the system's choice stands */ }
  button.addEventListener('click', () => {
    const dark = !document.body.classList.contains('dark');
    set(dark);
    try { localStorage.setItem(KEY, dark ? 'dark' : 'light'); } catch { /* as above */ }
  });
}
