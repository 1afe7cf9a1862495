"""Back in time along the journal, and the timelapse of it, in a real Chromium."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image

from support.browser.lasso import AROUND, lasso

STROKES = ([(0.2, 0.3), (0.4, 0.5)], [(0.6, 0.3), (0.8, 0.4)], [(0.3, 0.7), (0.7, 0.75)], [(0.5, 0.1), (0.5, 0.2)])
PROJECT = """async () => {
  const { projectText } = await import(new URL('storage/project-file.js', sprintLive.base));
  return projectText(sprintLive.snapshot());
}"""
KEPT = (
    "async () => (await (await import(new URL('storage/gallery-store.js', sprintLive.base))).list())"
    ".map((one) => one.project)"
)


def drawn(canvas) -> str:
    for stroke in STROKES:
        canvas.stroke(stroke)
    canvas.settle()
    return canvas.page.evaluate(PROJECT)


def scrub(page, count: int, *, release: bool = True) -> None:
    page.evaluate(
        """([count, release]) => {
      const range = document.querySelector('#sl-moment');
      range.value = String(count);
      range.dispatchEvent(new Event('input', { bubbles: true }));
      if (release) range.dispatchEvent(new Event('change', { bubbles: true }));
    }""",
        [count, release],
    )


def test_scrubbing_moves_the_paper_and_on_release_the_picture_and_loses_nothing(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    assert page.locator("#sl-history").is_disabled()
    whole = drawn(canvas)
    code, ink = canvas.shown_code(), canvas.ink()
    page.keyboard.press("h")
    assert page.evaluate("document.activeElement.id") == "sl-moment" and page.locator("#sl-brush").is_hidden()
    sent = page.get_attribute("#sprint-live", "data-sent-op")
    scrub(page, 2, release=False)
    page.wait_for_function(
        "document.querySelector('#sl-sketch').getContext('2d').getImageData(512, 740, 1, 1).data[3] === 0"
    )
    assert (
        page.get_attribute("#sprint-live", "data-sent-op") == sent
        and page.evaluate("sprintLive.journal.entries.length") == 4
    )
    scrub(page, 2)
    canvas.settle()  # the server has gone back, too
    assert len(canvas.strokes()[0].visible()) == 2 and page.inner_text("#sl-moment-out") == "2 of 4"
    page.fill("#sl-prompt", "another cat")  # that moment with other words
    assert canvas.settle() != code
    page.fill("#sl-prompt", "a cat")
    page.locator("#sl-moment").press("End")
    assert canvas.settle() == code and np.array_equal(canvas.ink(), ink)
    assert page.evaluate(PROJECT) == whole and page.evaluate(KEPT) == []


def test_drawing_on_from_the_past_keeps_what_came_later_in_the_gallery(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    whole = drawn(canvas)
    page.click("#sl-history")
    scrub(page, 1)
    canvas.stroke([(0.1, 0.9), (0.2, 0.9)])
    canvas.settle()
    page.wait_for_function("document.querySelector('#sl-toast p').textContent.includes('in the gallery')")
    assert page.evaluate(KEPT) == [whole] and len(canvas.strokes()[0].visible()) == 2
    page.click("#sl-play")  # from the beginning, stroke by stroke
    page.wait_for_function("sprintLive.history.playing === 0 && sprintLive.journal.entries.length === 2")
    canvas.settle()
    assert page.evaluate("sprintLive.journal.undone.length") == 0 and len(page.evaluate(KEPT)) == 1


def test_closing_the_history_returns_to_the_present(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    drawn(canvas)
    code = canvas.shown_code()
    page.click("#sl-history")
    scrub(page, 1)
    canvas.settle()
    page.click("#sl-history-close")
    assert canvas.settle() == code and page.evaluate("sprintLive.journal.undone.length") == 0
    page.click("#sl-undo")
    page.click("#sl-history")
    scrub(page, 1)
    scrub(page, 2, release=False)  # dragged, and not let go
    page.keyboard.press("h")
    canvas.settle()
    assert page.evaluate("[sprintLive.journal.entries.length, sprintLive.journal.undone.length]") == [3, 1]
    page.click("#sl-history")
    scrub(page, 1)
    canvas.stroke([(0.1, 0.9), (0.2, 0.9)])
    page.keyboard.press("h")
    canvas.settle()
    assert page.evaluate("[sprintLive.journal.entries.length, sprintLive.journal.undone.length]") == [2, 0]


def test_the_card_of_the_later_drawing_shows_its_own_picture(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    drawn(canvas)
    picture = page.evaluate("Array.from(new Uint8Array(sprintLive.picture.jpeg))")
    page.click("#sl-history")
    scrub(page, 1)
    canvas.settle()
    page.evaluate("sprintLive.clear()")
    page.wait_for_function("document.querySelector('#sl-toast p').textContent.includes('in the gallery')")
    kept = page.evaluate("""async () => {
      const [one] = await (await import(new URL('storage/gallery-store.js', sprintLive.base))).list();
      return [one.made.prompt, Array.from(new Uint8Array(await one.picture.arrayBuffer()))];
    }""")
    assert kept == ["a cat", picture]


def pictures_in(path) -> list[np.ndarray]:
    video, frames = cv2.VideoCapture(str(path)), []
    while (read := video.read())[0]:
        frames.append(read[1])
    return frames


def test_the_timelapse_is_a_video_of_drawing_and_picture(open_canvas, live_server, tmp_path):
    canvas = open_canvas()
    page = canvas.page
    drawn(canvas)
    before, num_calls = page.evaluate(PROJECT), len(live_server.engine.calls)
    page.click("#sl-history")
    page.click("#sl-timelapse")
    page.select_option("#sl-film-length", "3")
    with page.expect_download(timeout=60000) as download:
        page.click("#sl-film-start")
    download.value.save_as(tmp_path / download.value.suggested_filename)
    assert download.value.suggested_filename.rsplit(".", 1)[1] in ("webm", "mp4")
    frames = pictures_in(tmp_path / download.value.suggested_filename)
    assert frames[0].shape == (512, 1024, 3) and 15 <= len(frames) <= 50  # 45 were asked for; a busy machine skips some
    ink = [int((frame[40:, :512] < 100).all(axis=2).sum()) for frame in frames]
    assert ink[0] < ink[len(ink) // 2] < ink[-1]
    expected = cv2.resize(canvas.ink(), (512, 512), interpolation=cv2.INTER_AREA) > 128
    assert (frames[-1][40:, :512].mean(axis=2) < 128)[expected[40:]].mean() > 0.8
    assert (frames[-1][40:, 512:].mean(axis=2) > 170)[
        expected[40:]
    ].mean() > 0.5  # the stand-in paints its lines white on gray
    assert len({(call["prompt"], call["seed"]) for call in live_server.engine.calls[num_calls:]}) == 1
    assert page.evaluate(PROJECT) == before and page.inner_text("#sl-film-says").startswith("Done")


def test_what_was_pinned_stays_in_the_timelapse_from_that_moment_on(open_canvas, live_server):
    canvas, engine = open_canvas(), live_server.engine
    page = canvas.page
    canvas.stroke(STROKES[0], steps=20)
    canvas.settle()
    lasso(page, AROUND)
    page.wait_for_function("sprintLive.pins.pin !== null")
    canvas.stroke(STROKES[2], steps=20)
    page.click("#sl-unpin")
    canvas.stroke(STROKES[1], steps=20)
    canvas.settle()
    assert page.evaluate("[0, 1, 2, 3].map((at) => Boolean(sprintLive.marks.valueAt('pin', at, null)))") == [
        False,
        True,
        False,
        False,
    ]
    num_calls, before = len(engine.calls), page.evaluate(PROJECT)
    page.click("#sl-history")
    page.click("#sl-timelapse")
    page.select_option("#sl-film-length", "3")
    with page.expect_download(timeout=60000):
        page.click("#sl-film-start")
    pinned = [call["pinned"] for call in engine.calls[num_calls:]]
    turns = [kept for i, kept in enumerate(pinned) if i == 0 or kept != pinned[i - 1]]
    assert turns == [False, True, False] and min(pinned.count(True), pinned.count(False)) >= 5
    assert page.evaluate(PROJECT) == before


def test_a_timelapse_can_be_given_up_and_comes_as_a_gif_too(open_canvas, tmp_path):
    canvas = open_canvas()
    page = canvas.page
    drawn(canvas)
    page.click("#sl-history")
    page.click("#sl-timelapse")
    page.click("#sl-film-start")
    page.wait_for_function("document.querySelector('#sl-film-progress').value > 0")
    page.keyboard.press("Escape")
    page.wait_for_function("document.querySelector('#sl-film-progress').hidden && !sprintLive.timelapse.abort")
    page.click("#sl-timelapse")
    assert page.inner_text("#sl-film-says") == ""
    page.locator("input[name=film][value=gif]").dispatch_event("click")
    page.select_option("#sl-film-length", "3")
    with page.expect_download(timeout=60000) as download:
        page.click("#sl-film-start")
    download.value.save_as(tmp_path / "film.gif")
    film = Image.open(io.BytesIO((tmp_path / "film.gif").read_bytes()))
    assert film.format == "GIF" and film.size == (640, 320)
    times_ms = []
    for i in range(film.n_frames):
        film.seek(i)
        times_ms.append(film.info["duration"])
    assert (
        film.n_frames >= 5 and sum(times_ms) == 3000 + 1500 and times_ms[-1] >= 1600
    )  # equal frames are one that stays
