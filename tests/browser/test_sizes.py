"""Portrait and landscape in a real Chromium: paper and picture take the same shape, and no stroke is lost."""

from __future__ import annotations

LINE = [(0.1, 0.5), (0.9, 0.5)]


def test_the_paper_takes_the_shape_of_the_picture_and_strokes_keep_their_places(open_canvas, live_server):
    canvas = open_canvas()
    page = canvas.page
    assert page.locator("#sl-picture-size optgroup").evaluate_all("groups => groups.map(({label}) => label)") == [
        "Square",
        "Portrait",
        "Landscape",
    ]
    canvas.stroke(LINE)
    square = canvas.settle()
    before = canvas.strokes()[0]
    page.click("#sl-more")
    page.select_option("#sl-picture-size", "768x1024")
    page.keyboard.press("Escape")
    assert canvas.settle() != square
    assert live_server.engine.sketches[-1].shape == (1024, 768) and live_server.engine.calls[-1]["size"] == (1024, 768)
    assert page.evaluate("[sprintLive.picture.canvas.width, sprintLive.picture.canvas.height]") == [768, 1024]
    box = page.locator("#sl-paper").bounding_box()
    beside, on = (
        page.evaluate("([x, y]) => document.elementFromPoint(x, y).id", [box["x"] + share * box["width"], box["y"] + 9])
        for share in (0.05, 0.5)
    )
    assert on == "sl-sketch" and beside != "sl-sketch"  # one can draw on the paper only
    canvas.stroke([(0.5, 0.1), (0.5, 0.9)])
    canvas.settle()
    assert (
        live_server.engine.sketches[-1][300:320, 384] < 128
    ).all()  # the middle of the canvas is the middle of the paper
    page.wait_for_timeout(900)
    page.reload()
    canvas.wait_ready()
    assert page.input_value("#sl-picture-size") == "768x1024" and canvas.strokes()[0].entries[:1] == before.entries
    page.click("#sl-more")
    page.select_option("#sl-picture-size", "1024x512")
    canvas.settle()
    assert live_server.engine.sketches[-1].shape == (512, 1024)
    page.select_option("#sl-picture-size", "1024x1024")
    page.click("#sl-undo")
    assert canvas.settle() == square


def test_a_stroke_begun_beside_the_page_starts_where_it_enters_it(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    page.evaluate(
        "() => { sprintLive.controls.wantedSize = '768x1024'; sprintLive.controls.showSize(); "
        "sprintLive.settingsChanged(); }"
    )
    canvas.stroke([(0.03, 0.5), (0.06, 0.5), (0.6, 0.5)], steps=3)
    page.wait_for_function("sprintLive.journal.visible().length === 1")
    columns = (canvas.ink() > 127).any(axis=0).nonzero()[0]
    assert columns.min() in range(120, 129) and columns.max() >= 600
    canvas.settle()
    canvas.stroke([(0.02, 0.2), (0.05, 0.6)], steps=3)  # it never comes to the page
    assert page.evaluate("[sprintLive.journal.visible().length, sprintLive.pad.drawing]") == [1, False]
    page.keyboard.press("r")
    canvas.stroke([(0.04, 0.6), (0.5, 0.8)], steps=6)
    page.wait_for_function("sprintLive.journal.visible().length === 2")
    rows = (canvas.ink()[520:, :] > 127).any(axis=0).nonzero()[0]
    assert rows.min() in range(120, 129)
