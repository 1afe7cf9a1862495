"""The page under a finger, on a tablet and a phone, in real Chromium:
what is pressed is large enough, nothing is cut off.
"""

from __future__ import annotations

import pytest

LINE = [(0.2, 0.3), (0.4, 0.5), (0.7, 0.45)]
PANELS = ("shapes", "layers", "files", "formats")
SMALL = """(least) => [...document.querySelectorAll(
  '#sprint-live button, #sprint-live select, #sprint-live input:not([type=file]), #sprint-live a')]
  .filter((one) => one.getClientRects().length && getComputedStyle(one).visibility === 'visible')
  .map((one) => [one, (one.closest('label') ?? one).getBoundingClientRect(), one.getBoundingClientRect()])
  .filter(([one, label, own]) => one.id !== 'sl-refine'
    && (Math.max(label.width, own.width) < least || Math.max(label.height, own.height) < 44))
  .map(([one, { width, height }]) =>
    `${one.id || one.className || one.name} ${Math.round(width)}x${Math.round(height)}`)"""
CUT = """() => {
  const pressed = document.querySelectorAll('#sprint-live button, #sprint-live select, #sprint-live input');
  const outside = [...pressed].filter((one) => {
    const { left, right, width } = one.getBoundingClientRect();
    return width && (left < -1 || right > innerWidth + 1);
  });
  const boxes = ':is(.sl-strip, .sl-head, .sl-row, .sl-join, .sl-button, .sl-layer-acts, .sl-panel)';
  const cut = [...document.querySelectorAll(`#sprint-live ${boxes}`)]
    .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1);
  return [...outside, ...cut].map((one) => `${one.id} ${one.className}: ${one.textContent.trim().slice(0, 40)}`);
}"""


@pytest.mark.parametrize("locale", ["de-DE", "fr-FR"])
@pytest.mark.parametrize("size, least", [((1024, 768), 43), ((390, 844), 40)], ids=["tablet", "phone"])
def test_everything_is_large_enough_for_a_finger_and_nothing_is_cut_off(open_canvas, size, least, locale):
    canvas = open_canvas(
        viewport={"width": size[0], "height": size[1]},
        has_touch=True,
        is_mobile=size[0] < 800,
        locale=locale,
        reduced_motion="reduce",
    )
    page, found = canvas.page, {}

    def look(state: str) -> None:
        found[state] = page.evaluate(SMALL, least) + page.evaluate(CUT)

    look("first visit")
    canvas.stroke(LINE)
    canvas.settle()
    for panel in PANELS:
        page.click(f"#sl-{panel}")
        look(panel)
        page.keyboard.press("Escape")
    page.click("#sl-more")
    look("settings")
    page.click("#sl-vary")
    page.wait_for_selector("#sl-varied button:not(:disabled)")
    assert page.locator("#sl-settings.is-open").count() == 0  # it would lie over them
    look("variations")
    page.keyboard.press("Escape")
    page.click("#sl-pin")
    assert page.locator("#sl-pin-says").is_visible()
    look("pinning")
    page.click("#sl-pin-not")
    page.click("#sl-overlay")
    look("overlay")
    page.click("#sl-overlay")
    page.click("#sl-history")
    look("history")
    page.evaluate("sprintLive.onDown({ code: 4001, retryInMs: null })")
    look("taken over")
    assert not {state: small for state, small in found.items() if small}
