"""Camera and screen as the sketch, with Chromium's made-up camera (a test pattern that moves) and a screen that is a
canvas.
"""

from __future__ import annotations

FRAMES = "Number(document.querySelector('#sprint-live').dataset.liveFrames ?? 0)"
SCREEN = """() => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 800, height: 800 });
  const context = canvas.getContext('2d');
  let x = 200;
  setInterval(() => {
    context.fillStyle = '#fff'; context.fillRect(0, 0, 800, 800);
    context.lineWidth = 12; context.strokeRect(x, 300, 200, 200);
    x += 1;
  }, 50);
  window.screenStream = canvas.captureStream(10);
  navigator.mediaDevices.getDisplayMedia = async () => window.screenStream;
}"""
HIDE = """() => {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
  document.dispatchEvent(new Event('visibilitychange'));
}"""


def press(canvas, name: str) -> None:
    canvas.page.click("#sl-files")
    canvas.page.click(f"#sl-{name}")
    canvas.page.keyboard.press("Escape")


def wait_frames(page, number: int) -> None:
    page.wait_for_function(f"number => {FRAMES} >= number", arg=number, timeout=30000)


def test_the_lines_of_a_screen_are_the_sketch_until_they_are_frozen(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke([(0.1, 0.9), (0.9, 0.9)])
    page.evaluate(SCREEN)
    press(canvas, "screen")
    wait_frames(page, 1)
    first = page.evaluate("Array.from(sprintLive.journal.entries[1].chunks[0])")
    wait_frames(page, 3)
    assert page.evaluate("sprintLive.journal.entries.length") == 2  # the newest in place of those before
    assert page.evaluate("Array.from(sprintLive.journal.entries[1].chunks[0])") != first
    page.click("#sl-freeze")
    assert (
        page.evaluate("screenStream.getVideoTracks()[0].readyState") == "ended"
        and page.locator("#sl-live-bar").is_hidden()
    )
    canvas.settle()
    assert canvas.ink_error() < 0.02
    frozen = canvas.strokes()[0].visible()
    points = frozen[1].point_array()
    assert (
        200 < points["y"].min() / 16 < 1024 * 330 / 800 and 1024 * 470 / 800 < points["y"].max() / 16 < 1024 * 530 / 800
    )
    page.wait_for_timeout(500)
    assert canvas.strokes()[0].visible() == frozen
    page.click("#sl-undo")
    canvas.settle()
    assert len(canvas.strokes()[0].visible()) == 1


def test_drawing_on_freezes_and_stop_takes_the_lines_away(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    page.evaluate(SCREEN)
    press(canvas, "screen")
    wait_frames(page, 1)
    page.click("#sl-unlive")
    assert page.evaluate("sprintLive.journal.entries.length") == 0
    page.evaluate(SCREEN)
    press(canvas, "screen")
    wait_frames(page, 2)
    canvas.stroke([(0.1, 0.9), (0.9, 0.9)])
    page.wait_for_function("screenStream.getVideoTracks()[0].readyState === 'ended'")
    canvas.settle()
    assert len(canvas.strokes()[0].visible()) == 2


def test_the_camera_goes_off_when_the_tab_is_hidden_and_a_refusal_is_explained(open_canvas):
    canvas = open_canvas(permissions=["camera"])
    page = canvas.page
    press(canvas, "camera")
    page.wait_for_function("sprintLive.liveInput.video.videoWidth === 640")
    page.evaluate("window.track = sprintLive.liveInput.stream.getVideoTracks()[0]")
    assert page.locator("#sl-freeze").is_visible()
    page.evaluate(HIDE)
    assert page.evaluate("track.readyState") == "ended" and "turned off" in page.inner_text("#sl-toast p")
    other = open_canvas()
    press(other, "camera")
    other.page.wait_for_function("document.querySelector('#sl-toast p').textContent.includes('is not allowed')")
    assert other.page.locator("#sl-live-bar").is_hidden()


FRAMED = (
    '<body style="margin: 0"><iframe src="{address}" allow="{allow}" '
    'style="width: 1200px; height: 780px; border: 0"></iframe>'
)


def test_inside_a_frame_that_keeps_the_camera_the_page_says_where_to_go(open_canvas, live_server):
    page = open_canvas().page
    around = live_server.base + "/around"  # the server lets no foreign site frame it but Hugging Face's
    for allow, says in (
        ("camera 'none'", f"Open {live_server.base}/ in its own tab"),
        ("camera", "Allow it next to the address"),
    ):
        page.route(
            around,
            lambda route, *, allow=allow: route.fulfill(
                body=FRAMED.format(address=live_server.base + "/", allow=allow), content_type="text/html"
            ),
        )
        page.goto(around)
        inside = page.frame_locator("iframe")
        inside.locator("#sprint-live[data-state=idle]").wait_for()
        inside.locator("#sl-camera").evaluate("button => button.click()")
        inside.locator("#sl-toast p", has_text=says).wait_for()
        page.unroute(around)
