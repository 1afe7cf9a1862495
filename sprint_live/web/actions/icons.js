// The icons of the page: what lies inside an <svg viewBox="0 0 24 24">. Lines only; the stylesheet gives them width and color.

/** @type {Record<string, string>} */
export const ICONS = {
  gallery:
    '<rect x="3.5" y="3.5" width="7" height="7" rx="1.8"/><rect x="13.5" y="3.5" width="7" height="7" rx="1.8"/>'
    + '<rect x="3.5" y="13.5" width="7" height="7" rx="1.8"/><rect x="13.5" y="13.5" width="7" height="7" rx="1.8"/>',
  presets: '<path d="M12 3.5l1.9 5.1 5.1 1.9-5.1 1.9L12 17.5l-1.9-5.1L5 10.5l5.1-1.9zM18.5 16v4.5M16.3 18.2h4.5"/>',
  question: '<path d="M9 9.2a3.1 3.1 0 1 1 4.6 2.7c-1.1.6-1.6 1.2-1.6 2.4M12 17.6v.01"/><circle cx="12" cy="12" r="9"/>',
  globe: '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17"/>',
  moon: '<path d="M12 3.5a8.5 8.5 0 1 0 8.5 8.5A6.6 6.6 0 0 1 12 3.5z"/>',
  brush: '<path d="M4 20l1.2-4.6L16.3 4.3a1.9 1.9 0 0 1 2.7 0l.7.7a1.9 1.9 0 0 1 0 2.7L8.6 18.8 4 20z"/><path d="M14.3 6.3l3.4 3.4"/>',
  eraser:
    '<path d="M9.5 19.5L4.3 14.3a1.6 1.6 0 0 1 0-2.3l8-8a1.6 1.6 0 0 1 2.3 0l5.1 5.1a1.6 1.6 0 0 1 0 2.3l-8.1 8.1H9.5z"/>'
    + '<path d="M8.2 8.1l7.6 7.6M11.6 19.5H20"/>',
  paint:
    '<path d="M14.5 4.2l5.3 5.3-6.6 4.2-2.9-2.9 4.2-6.6z"/>'
    + '<path class="sl-drop" d="M9.8 11.6c-3.3.2-4.1 2.3-4.4 4.6-.2 1.6-.8 2.6-1.9 3.5 4 .9 8.9-.2 8.9-5.5"/>',
  fill:
    '<path d="M10.5 3.5l8.2 8.2-6.5 6.5a2 2 0 0 1-2.8 0l-5.1-5.1a2 2 0 0 1 0-2.8l5.1-5.1"/><path d="M4 12h14.5"/>'
    + '<path class="sl-drop" d="M20 15.5c1.3 1.8 1.9 2.7 1.9 3.5a1.9 1.9 0 0 1-3.8 0c0-.8.6-1.7 1.9-3.5z"/>',
  select:
    '<path d="M4 7V5.5A1.5 1.5 0 0 1 5.5 4H7M11 4h2.5M17 4h1.5A1.5 1.5 0 0 1 20 5.5V7M4 11v2.5M4 17v1.5A1.5 1.5 0 0 0 5.5 20H7M11 20h.5"/>'
    + '<path d="M12 11.5l8.5 3.2-3.7 1.5-1.6 3.8z"/>',
  shapes: '<rect x="3.5" y="10" width="10.5" height="10.5" rx="1.5"/><circle cx="15.5" cy="8.5" r="5"/>',
  layers: '<path d="M12 3.5l8.5 4.7-8.5 4.7-8.5-4.7z"/><path d="M3.8 12.4l8.2 4.5 8.2-4.5M3.8 16.3l8.2 4.5 8.2-4.5"/>',
  photo: '<rect x="3.5" y="5" width="17" height="14" rx="2.5"/><circle cx="9" cy="10" r="1.6"/><path d="M4 17l5-4.5 3.5 3 3-2.6 4.5 4"/>',
  undo: '<path d="M8.5 5L4 9.5 8.5 14"/><path d="M4 9.5h10.2a5.3 5.3 0 0 1 0 10.6H8"/>',
  redo: '<path d="M15.5 5L20 9.5 15.5 14"/><path d="M20 9.5H9.8a5.3 5.3 0 0 0 0 10.6H16"/>',
  clear: '<path d="M4.5 6.5h15M9.5 6V4.2h5V6M6.5 6.5l.9 13h9.2l.9-13M10.3 10.5v5.5M13.7 10.5v5.5"/>',
  play: '<path class="sl-go" d="M8 5.5v13l10.5-6.5z"/><path class="sl-halt" d="M8.5 6v12M15.5 6v12"/>',
  film: '<rect x="3.5" y="5" width="17" height="14" rx="2.5"/><path d="M7.5 5v14M16.5 5v14M3.5 9.7h4M3.5 14.3h4M16.5 9.7h4M16.5 14.3h4"/>',
  close: '<path d="M6 6l12 12M18 6L6 18"/>',
  copy:
    '<rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2"/>'
    + '<path d="M15.5 5.5A1.5 1.5 0 0 0 14 4H5.5A1.5 1.5 0 0 0 4 5.5V14a1.5 1.5 0 0 0 1.5 1.5"/>',
  'turn-left': '<path d="M5 4.5v5h5M5.5 9.5a7.5 7.5 0 1 1-1 5"/>',
  'turn-right': '<path d="M19 4.5v5h-5M18.5 9.5a7.5 7.5 0 1 0 1 5"/>',
  'flip-sideways': '<path d="M12 3.5v17M9 7v10L3.5 17zM15 7v10l5.5 0z"/>',
  'flip-down': '<path d="M3.5 12h17M7 9h10V3.5zM7 15h10v5.5z"/>',
  up: '<path d="M12 19V5M6 11l6-6 6 6"/>',
  down: '<path d="M12 5v14M6 13l6 6 6-6"/>',
  eye: '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>',
  unpin: '<path d="M9 3.5h6l-.7 6 3.2 3.5h-11L9.7 9.5 9 3.5zM12 13v7.5M4 4l16 16"/>',
  pin: '<path d="M9 3.5h6l-.7 6 3.2 3.5h-11L9.7 9.5 9 3.5zM12 13v7.5"/>',
  overlay:
    '<rect x="3.5" y="8" width="12.5" height="12.5" rx="2.5"/>'
    + '<path d="M8.5 8V6A2.5 2.5 0 0 1 11 3.5h7A2.5 2.5 0 0 1 20.5 6v7a2.5 2.5 0 0 1-2.5 2.5h-2"/>',
  full: '<path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"/>',
  history: '<path d="M4.5 12a7.8 7.8 0 1 0 2.6-5.8L4.5 8.5"/><path d="M4.5 4v4.5H9M12 8v4.3l3 1.9"/>',
  keep: '<path d="M7 4h10a1 1 0 0 1 1 1v15l-6-4.5L6 20V5a1 1 0 0 1 1-1z"/>',
  file: '<path d="M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5"/>',
  download: '<path d="M12 4v11.5M7.3 11l4.7 4.7 4.7-4.7M4.5 19.5h15"/>',
  minus: '<path d="M6 12h12"/>',
  plus: '<path d="M6 12h12M12 6v12"/>',
  lock: '<rect x="5.5" y="11" width="13" height="9" rx="2.5"/><path class="sl-shackle" d="M8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
  dice:
    '<rect x="4.5" y="4.5" width="15" height="15" rx="4"/><circle cx="9" cy="9" r=".8"/><circle cx="15" cy="15" r=".8"/>'
    + '<circle cx="12" cy="12" r=".8"/><circle cx="15" cy="9" r=".8"/><circle cx="9" cy="15" r=".8"/>',
  vary:
    '<rect x="4" y="4" width="7" height="7" rx="1.8"/><rect x="13" y="4" width="7" height="7" rx="1.8"/>'
    + '<rect x="4" y="13" width="7" height="7" rx="1.8"/><path d="M16.5 13.5v6M13.5 16.5h6"/>',
  sliders: '<path d="M4 7.5h9M19 7.5h1M4 16.5h1M11 16.5h9"/><circle cx="16" cy="7.5" r="2.6"/><circle cx="8" cy="16.5" r="2.6"/>',
  bin: '<path d="M4.5 6.5h15M9.5 6V4.2h5V6M6.5 6.5l.9 13h9.2l.9-13"/>',
};

// An icon as an element. The markup is this file's own.
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.innerHTML = ICONS[name];
  return svg;
}

// <svg data-icon="name"> in the markup, and in its templates, get their lines.
export function fillIcons(root) {
  for (const template of root.querySelectorAll('template')) fillIcons(template.content);
  for (const svg of root.querySelectorAll('svg[data-icon]')) svg.innerHTML = ICONS[svg.dataset.icon];
}
