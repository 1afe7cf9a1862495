"""A browser that refuses all storage: the page starts, draws, and says once that nothing is kept."""

from __future__ import annotations

import pytest

REFUSE = """(names) => {
  for (const name of names) {
    Object.defineProperty(window, name, { get() { throw new DOMException('insecure', 'SecurityError'); } });
  }
  const refuse = async () => { throw new DOMException('insecure', 'SecurityError'); };
  Object.assign(LockManager.prototype, { request: refuse, query: refuse });
  const count = () => {
    const toast = document.querySelector('#sl-toast p');
    if (!toast) return void setTimeout(count, 1);
    window.said = [];
    const hear = () => toast.textContent && said.push(toast.textContent);
    new MutationObserver(hear).observe(toast, { childList: true });
  };
  count();
}"""
STORES = ["localStorage", "sessionStorage", "indexedDB", "caches"]
NOT_KEPT = "This browser cannot store the drawing. Save the project before you close the page."


@pytest.mark.parametrize("tool", ["b", "g"], ids=["brush", "fill"])
def test_without_any_storage_the_page_draws_and_says_once_that_nothing_is_kept(open_canvas, tool):
    canvas = open_canvas(prepare=lambda page: page.add_init_script(f"({REFUSE})({STORES})"))
    page = canvas.page
    assert page.evaluate("() => said") == [NOT_KEPT], "at the start, before work is lost"
    canvas.stroke([(0.3, 0.3), (0.6, 0.3), (0.6, 0.6), (0.3, 0.6), (0.3, 0.3)])
    canvas.settle()
    page.keyboard.press(tool)
    canvas.stroke([(0.4, 0.4), (0.5, 0.5)])
    page.wait_for_function("() => sprintLive.journal.entries.length === 2")
    canvas.settle()
    page.keyboard.press("Control+z")
    page.evaluate("() => sprintLive.store.flush()")
    page.evaluate("() => sprintLive.theme.toggle()")
    assert page.evaluate("() => said").count(NOT_KEPT) == 1
    page.click("#sl-gallery")
    assert page.is_visible("#sl-kept-none")
    page.reload()
    canvas.wait_ready()
    assert not canvas.strokes()[0].visible()
