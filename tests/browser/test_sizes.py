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
