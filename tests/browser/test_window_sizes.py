"""The page holds together in every window: nothing is cut off, covered, or too small for the finger that is to press
it.
"""

from __future__ import annotations

import pytest

from support.browser.fitting import troubles, widths

MICE = [
    (720, 560),
    (820, 1180),
    (900, 600),
    (1024, 600),
    (1024, 768),
    (1180, 820),
    (1240, 700),
    (1280, 600),
    (1280, 720),
]
WIDE = [(1366, 625), (1366, 768), (1440, 700), (1440, 900), (1536, 730), (1920, 950), (2560, 1440), (960, 480)]
FINGERS = [(320, 568), (360, 640), (390, 844), (430, 932), (568, 320), (667, 375), (844, 390), (932, 430)]
TABLETS = [(768, 1024), (820, 1180), (1024, 768), (1180, 820), (1366, 1024)]
PANELS = ["sl-presets", "sl-shapes", "sl-layers", "sl-files", "sl-formats", "sl-vary", "sl-more"]
LEAST_PROMPT_PX = 150


def least_paper_px(width: int, height: int) -> float:
    """The side that the smaller of two equal papers must have: most of what the window leaves beside a hand's tools."""
    if width <= 720 and height > width:
        return 0.26 * height
    return min(0.36 * width, 0.47 * height)


def check(canvas, size: tuple[int, int], *, coarse: bool) -> list[str]:
    page = canvas.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    found = []
    for mode in ("sketch", "painting"):
        page.evaluate("(mode) => document.querySelector(`input[name=mode][value=${mode}]`).click()", mode)
        page.wait_for_function("(mode) => document.querySelector(`input[name=mode][value=${mode}]`).checked", arg=mode)
        found += [f"{mode}: {what}" for what in troubles(page, coarse=coarse)]
        room = widths(page)
        if room["prompt"] < LEAST_PROMPT_PX:
            found.append(f"{mode}: the prompt is {room['prompt']:.0f} px wide")
        if min(room["paper"], room["picture"]) < least_paper_px(*size):
            found.append(f"{mode}: the paper is {room['paper']:.0f} px, the picture {room['picture']:.0f}")
        for panel in PANELS:
            page.evaluate("(id) => document.getElementById(id).click()", panel)
            if page.get_attribute(f"#{panel}", "aria-expanded") != "true":
                found.append(f"{mode}, {panel} does not open")
                continue
            found += [f"{mode}, {panel} open: {what}" for what in troubles(page, coarse=coarse)]
            page.evaluate("(id) => document.getElementById(id).click()", panel)
    page.evaluate("() => document.querySelector('input[name=mode][value=sketch]').click()")
    return found


@pytest.mark.parametrize("language", ["en-US", "de-DE"])
def test_nothing_is_cut_or_covered_with_a_mouse(open_canvas, language):
    canvas = open_canvas(locale=language)
    canvas.stroke([(0.2, 0.2), (0.8, 0.7)])
    canvas.settle()
    found = {size: check(canvas, size, coarse=False) for size in MICE + WIDE}
    assert not any(found.values()), "\n".join(f"{size}: {what}" for size, all_ in found.items() for what in all_)


def test_nothing_is_cut_covered_or_small_for_fingers(open_canvas):
    canvas = open_canvas(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    canvas.stroke([(0.2, 0.2), (0.8, 0.7)])
    canvas.settle()
    found = {size: check(canvas, size, coarse=True) for size in FINGERS + TABLETS}
    assert not any(found.values()), "\n".join(f"{size}: {what}" for size, all_ in found.items() for what in all_)


def test_an_empty_paper_says_draw_here_again_and_shows_no_figure(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke([(0.2, 0.2), (0.8, 0.7)])
    canvas.settle()
    assert not page.is_visible("#sl-hint") and "ms" in page.inner_text("#sl-latency b")
    page.click("#sl-clear")
    page.wait_for_selector("#sl-hint", state="visible")
    assert page.text_content("#sl-latency b") == ""
    page.wait_for_timeout(900)  # the drawing is kept by then
    page.reload()
    canvas.wait_ready()
    assert page.is_visible("#sl-hint")
    canvas.stroke([(0.2, 0.2), (0.8, 0.7)])
    assert not page.is_visible("#sl-hint")


def test_a_readout_shows_its_texts_whole_or_not_at_all(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke([(0.2, 0.2), (0.8, 0.7)])
    canvas.settle()
    for width, height in ((1280, 720), (1366, 625), (1440, 900), (1536, 730), (2560, 1440), (390, 844), (844, 390)):
        page.set_viewport_size({"width": width, "height": height})
        for engine_ms in (8, 122, 8888):
            cut = page.evaluate(
                """(engine) => {
                  sprintLive.readout.times(engine + 400, [['engine', engine]]);
                  const edge = document.querySelector('#sl-latency').getBoundingClientRect();
                  return [...document.querySelectorAll('#sl-latency > *')].map((one) => one.getBoundingClientRect())
                    .filter(({ top, right, width }) => width > 0 && top < edge.bottom - 2 && right > edge.right + 1)
                      .length;
                }""",
                engine_ms,
            )
            assert cut == 0, (width, height, engine_ms)


def test_numbers_are_written_as_the_language_writes_them(open_canvas):
    german = open_canvas(locale="de-DE")
    assert german.page.text_content("#sl-strength-out") == "1,00"
    english = open_canvas(locale="en-US")
    assert english.page.text_content("#sl-strength-out") == "1.00"


def test_a_message_covers_no_tool_and_no_paper(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    for width, height in ((1280, 800), (1366, 625), (390, 844), (844, 390)):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(
            "sprintLive.say('A message that is long enough to take a second line on most of these windows, "
            "as some do.')"
        )
        page.wait_for_selector("#sl-toast", state="visible")
        covered = page.evaluate(
            """() => {
              const box = (id) => document.querySelector(id).getBoundingClientRect();
              const toast = box('#sl-toast');
              const meets = (one) => one.left < toast.right && one.right > toast.left
                && one.top < toast.bottom && one.bottom > toast.top;
              const ids = [
                '#sl-undo', '#sl-redo', '#sl-clear', '#sl-latency', '#sl-paper', '#sl-prompt', '#sl-download'];
              return ids.filter((id) => meets(box(id)));
            }"""
        )
        assert not covered, (width, height, covered)
