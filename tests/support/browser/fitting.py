"""What does not hold together in a window: controls that are cut off, covered, or too small for a finger."""

from __future__ import annotations

FINGER_PX = 44

_LOOK = """(coarse) => {
  const seen = (element) => element.checkVisibility({ opacityProperty: false, visibilityProperty: true })
    && element.getClientRects().length > 0;
  const name = (element) => element.id || element.title || element.name || element.className
    || element.textContent.trim();
  const wrong = [];
  const controls = document.querySelectorAll('.sl button, .sl input, .sl select, .sl-paper, .sl-view');
  for (const element of controls) {
    if (!seen(element) || element.closest('dialog:not([open])') || element.closest('.sl-empty, .sl-hint')) continue;
    const hidden = element.matches('input[type=radio], input[type=checkbox]');
    const shown = hidden ? element.closest('label') : element;
    const box = shown.getBoundingClientRect();
    const scroller = element.closest('.sl-panel, .sl-settings.is-open, .sl-finer, .sl-stages, dialog');
    if (scroller) shown.scrollIntoView({ block: 'nearest' });
    const { left, top, right, bottom, width, height } = shown.getBoundingClientRect();
    const middle = [(left + right) / 2, (top + bottom) / 2];
    if (left < -0.5 || top < -0.5 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5) {
      wrong.push(`${name(element)} is cut: ${[left, top, right, bottom].map(Math.round)}`);
      continue;
    }
    for (let clip = shown.parentElement; clip && clip.closest('.sl'); clip = clip.parentElement) {
      if (getComputedStyle(clip).position === 'fixed') break;
      if (getComputedStyle(clip).overflow === 'visible') continue;
      const edge = clip.getBoundingClientRect();
      if (left < edge.left - 1 || right > edge.right + 1 || top < edge.top - 1 || bottom > edge.bottom + 1)
        wrong.push(`${name(element)} is cut by ${clip.id || clip.className}`);
    }
    const open = document.querySelector('.sl-panel:not([hidden]), .sl-settings.is-open');
    // what is open may lie over the rest
    if (open && !open.contains(element) && !element.matches(`[aria-controls="${open.id}"]`)) continue;
    const at = document.elementFromPoint(...middle);
    if (!at || !(shown.contains(at) || at.contains(shown) || at.closest('label')?.contains(shown))
      && !shown.matches('.sl-paper, .sl-view'))
      wrong.push(`${name(element)} is covered by ${at && (at.id || at.className.baseVal || at.className)}`);
    const range = element.matches('input[type=range], input[type=color]');
    const least = element.matches('.sl-paper, .sl-view') || range && !coarse ? 0 : coarse && !hidden ? FINGER : 14;
    if (height < least - 0.5 || (!range && width < least - 0.5)) {
      wrong.push(`${name(element)} is small: ${Math.round(width)}x${Math.round(height)}`);
    }
  }
  return wrong;
}""".replace("FINGER", str(FINGER_PX))


def troubles(page, *, coarse: bool) -> list[str]:
    """Every control of the page that is cut off, covered, or (coarse) smaller than a finger, in words."""
    return page.evaluate(_LOOK, coarse)


def widths(page) -> dict[str, float]:
    """The sizes that make the page usable, in pixels: the prompt's width, the paper's and the picture's side."""
    return page.evaluate(
        """() => Object.fromEntries([['prompt', '#sl-prompt'], ['paper', '#sl-paper'], ['picture', '#sl-view']]
          .map(([name, at]) => [name, document.querySelector(at).getBoundingClientRect().width]))"""
    )
