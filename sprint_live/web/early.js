// What cannot wait for the page's scripts, and is a script of its own for that: light or dark, and what is drawn on the paper before
// they are there. It is seen at once, and handed to the pad when that can draw.

(() => {
  const THEME = 'sprint-live-theme'; // as panels/theme.js keeps it
  const keptTheme = () => {
    try { return localStorage.getItem(THEME); } catch { return null; }
  };
  // The person's choice, else that of the page around this one (a Space's), else the system's.
  const theme = [keptTheme(), new URLSearchParams(location.search).get('__theme')].find((name) => name === 'dark' || name === 'light');
  document.body.classList.toggle('dark', theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);
})();

(() => {
  const SHOWN_PX = 6;
  const FIELDS = ['type', 'pointerId', 'pointerType', 'isPrimary', 'button', 'buttons', 'pressure', 'tiltX', 'tiltY', 'timeStamp', 'shiftKey'];
  const TYPES = ['pointerdown', 'pointermove', 'pointerup', 'pointercancel'];
  const paper = /** @type {HTMLCanvasElement} */ (document.querySelector('#sl-sketch'));
  const preview = /** @type {HTMLCanvasElement} */ (document.querySelector('#sl-preview')).getContext('2d');
  const caught = [];
  const at = new Map(); // id of a pointer that is down -> its last place, as shares of the paper

  function hear(event) {
    if (event.target !== paper) return;
    event.stopImmediatePropagation(); // the pad may be there already, but the kept drawing is not yet
    const parts = event.type === 'pointermove' ? event.getCoalescedEvents?.() ?? [] : [];
    for (const part of parts.length ? parts : [event]) take(event, part);
    if (event.type === 'pointerdown') paper.setPointerCapture(event.pointerId);
  }

  function take(event, part) {
    const { left, top, width, height } = paper.getBoundingClientRect();
    const place = { x: (part.clientX - left) / width, y: (part.clientY - top) / height };
    if (event.type === 'pointerdown') at.set(event.pointerId, place);
    const before = at.get(event.pointerId);
    if (!before) return; // it hovers
    caught.push({ ...Object.fromEntries(FIELDS.map((name) => [name, part[name]])), type: event.type, place });
    show(before, place);
    if (event.type === 'pointermove') at.set(event.pointerId, place);
    else if (event.type !== 'pointerdown') at.delete(event.pointerId);
  }

  function show(from, to) {
    const { width, height } = preview.canvas;
    Object.assign(preview, { lineWidth: SHOWN_PX, lineCap: 'round' });
    preview.beginPath();
    preview.moveTo(from.x * width, from.y * height);
    preview.lineTo(to.x * width, to.y * height);
    preview.stroke();
  }

  for (const type of TYPES) addEventListener(type, hear, true);

  // From now on the pad hears for itself. Returns what was caught, in order.
  const earlyStrokes = () => {
    for (const type of TYPES) removeEventListener(type, hear, true);
    preview.reset();
    return caught;
  };
  Object.assign(window, { earlyStrokes });
})();
