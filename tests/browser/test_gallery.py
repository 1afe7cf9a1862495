"""The gallery of kept pictures, in a real Chromium: what is kept opens its journal exactly,
and nothing is lost on the way.
"""

from __future__ import annotations

LINE = [(0.2, 0.3), (0.4, 0.5), (0.7, 0.45)]
OTHER = [(0.6, 0.8), (0.8, 0.7)]
PROJECT = """async () => {
  const { projectText } = await import(new URL('storage/project-file.js', sprintLive.base));
  return projectText(sprintLive.snapshot());
}"""
KEPT = "async () => (await (await import(new URL('storage/gallery-store.js', sprintLive.base))).list()).length"


def wait_kept(page, number: int) -> None:
    for _ in range(100):
        if page.evaluate(KEPT) == number:
            return
        page.wait_for_timeout(50)
    assert page.evaluate(KEPT) == number


def test_a_kept_picture_opens_its_journal_exactly_and_the_drawing_before_it_is_kept(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    assert page.locator("#sl-keep").is_disabled()
    page.fill("#sl-prompt", 'a <b>cat</b> & "dog"')
    canvas.stroke(LINE)
    canvas.stroke(OTHER)
    page.click("#sl-undo")
    code, project = canvas.settle(), page.evaluate(PROJECT)
    page.keyboard.press("k")
    wait_kept(page, 1)
    page.keyboard.press("k")  # the same once more is not kept twice
    page.click("#sl-redo")
    page.fill("#sl-prompt", "a bird")
    canvas.settle()
    later = page.evaluate(PROJECT)
    page.wait_for_timeout(1100)  # what is drawn is saved at most a second later
    page.reload()
    canvas.wait_ready()
    page.click("#sl-gallery")
    page.wait_for_selector("#sl-gallery-sheet[open]")
    card = page.locator("#sl-kept li")
    assert card.count() == 1 and card.locator("b").inner_text() == 'a <b>cat</b> & "dog"'
    assert "1 kept, 0." in page.locator("#sl-kept-size").inner_text()
    page.wait_for_function("document.querySelector('#sl-kept img').naturalWidth === 256")
    page.keyboard.press("c")  # a shortcut of the page behind does not reach it
    card.locator(".sl-kept-open").click()
    page.wait_for_selector("#sl-gallery-sheet:not([open])", state="attached")
    assert page.evaluate(PROJECT) == project
    page.evaluate("() => { sprintLive.refiner.box.checked = false; sprintLive.refiner.wake(); }")
    assert canvas.settle() == code
    wait_kept(page, 2)
    page.click("#sl-gallery")
    page.wait_for_selector("#sl-gallery-sheet[open]")
    page.locator(".sl-kept-open").first.click()
    page.wait_for_selector("#sl-gallery-sheet:not([open])", state="attached")
    assert page.evaluate(PROJECT) == later


def test_the_gallery_deletes_on_the_second_press_and_says_when_it_is_full(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke(LINE)
    canvas.settle()
    page.click("#sl-keep")
    wait_kept(page, 1)
    page.click("#sl-gallery")
    page.wait_for_selector("#sl-gallery-sheet[open]")
    with page.expect_download() as download:
        page.click("#sl-kept button[title='Download the picture']")
    assert download.value.suggested_filename == "a-cat.jpg"
    bin = page.locator("#sl-kept button").last
    bin.click()
    assert bin.get_attribute("aria-label") == "Press again to delete" and page.evaluate(KEPT) == 1
    bin.click()
    wait_kept(page, 0)
    page.wait_for_selector("#sl-kept-none")  # the sheet is drawn after the store has forgotten it
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "sl-gallery"  # the focus is where it was
    page.evaluate("""async () => {
      const { MAX_BYTES } = await import(new URL('storage/gallery-store.js', sprintLive.base));
      const opening = indexedDB.open('sprint-live-gallery');
      const database = await new Promise((done) => { opening.onsuccess = () => done(opening.result); });
      const store = database.transaction('pictures', 'readwrite').objectStore('pictures');
      store.add({ keptAt: 0, picture: null, thumbnail: new Blob(['x']), project: 'x', made: { prompt: '' },
        bytes: MAX_BYTES });
      await new Promise((done) => { store.transaction.oncomplete = done; });
      database.close();
    }""")
    page.click("#sl-keep")
    page.wait_for_function("document.querySelector('#sl-toast p').textContent.includes('The gallery is full')")
    wait_kept(page, 1)
