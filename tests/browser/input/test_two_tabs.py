"""Tabs of one browser and their drawings: a copy of a tab, a reload, and many tabs, in a real Chromium."""

from __future__ import annotations

import pytest

from support.browser.canvas import Canvas

STROKES = "sprintLive.journal.visible().length"
SAVE = "async () => { sprintLive.store.touch(); await sprintLive.store.flush(); }"
WITHOUT_LOCKS = "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })"
OLD = """async (names) => {
  const database = await sprintLive.store.opening;
  const store = database.transaction('drawings', 'readwrite').objectStore('drawings');
  const [record] = await new Promise((done) => { const all = store.getAll(); all.onsuccess = () => done(all.result); });
  names.forEach((tab, i) => store.put({ ...record, tab, savedAt: Date.now() + 1e6 + i }));
  await new Promise((done) => { store.transaction.oncomplete = done; });
}"""


def draw(canvas: Canvas, *heights: float) -> None:
    for height in heights:
        before = canvas.page.evaluate(STROKES)
        canvas.stroke([(0.2, height), (0.8, height)])
        canvas.page.wait_for_function(f"{STROKES} === {before + 1}")
    canvas.page.evaluate(SAVE)


def again(canvas: Canvas) -> int:
    """Reload; how many strokes are there."""
    canvas.page.reload()
    canvas.wait_ready()
    return canvas.page.evaluate(STROKES)


def copy_of(canvas: Canvas) -> Canvas:
    """A window that the page opens gets a copy of its sessionStorage, as a duplicated tab does."""
    with canvas.page.expect_popup() as popup:
        canvas.page.evaluate("window.open(location.href) && null")
    copy = Canvas(popup.value)
    copy.wait_ready()
    return copy


@pytest.mark.parametrize("locks", [True, False], ids=["locks", "plain http"])
def test_a_copied_tab_goes_on_with_a_copy_of_the_drawing_and_each_keeps_its_own(open_canvas, locks):
    canvas = open_canvas(prepare=lambda page: None if locks else page.context.add_init_script(WITHOUT_LOCKS))
    draw(canvas, 0.1, 0.2)
    copy = copy_of(canvas)
    assert copy.page.evaluate(STROKES) == 2
    assert copy.page.evaluate("sprintLive.store.tab.name") != canvas.page.evaluate("sprintLive.store.tab.name")
    draw(canvas, 0.3, 0.4)
    draw(copy, 0.6)
    assert again(canvas) == 4 and again(copy) == 3
    name = canvas.page.evaluate("sprintLive.store.tab.name")
    assert again(canvas) == 4 and canvas.page.evaluate("sprintLive.store.tab.name") == name


def test_a_tab_that_stays_open_keeps_its_drawing_however_many_others_are_newer(open_canvas):
    canvas = open_canvas()
    draw(canvas, 0.1, 0.2, 0.3)
    canvas.page.evaluate(OLD, [f"other-{i}" for i in range(12)])
    other = copy_of(canvas)  # its start tidies up
    other.page.wait_for_function("""async () => {
      const store = (await sprintLive.store.opening).transaction('drawings').objectStore('drawings');
      return (await new Promise((done) => { const all = store.count(); all.onsuccess = () => done(all.result); })) < 12;
    }""")
    assert again(canvas) == 3
