"""What is pasted and dropped, and what a browser gives instead of what it was asked for: in a real Chromium."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image, ImageDraw

STROKES = "sprintLive.journal.visible().length"
SAYS = "document.querySelector('#sl-toast p').textContent"
GIVE = """([how, selector, texts, files]) => {
  const given = new DataTransfer();
  for (const [type, text] of Object.entries(texts)) given.setData(type, text);
  for (const [name, type, data] of files) {
    given.items.add(new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], name, { type }));
  }
  const options = { bubbles: true, cancelable: true };
  const event = how === 'paste' ? new ClipboardEvent('paste', { clipboardData: given, ...options })
    : new DragEvent(how, { dataTransfer: given, ...options });
  return !document.querySelector(selector).dispatchEvent(event);
}"""


def png() -> str:
    image = Image.new("RGB", (300, 300), "white")
    ImageDraw.Draw(image).ellipse((60, 60, 240, 240), outline="black", width=6)
    image.save(file := io.BytesIO(), "PNG")
    return base64.b64encode(file.getvalue()).decode()


def give(page, how: str, selector: str, texts: dict[str, str], files=()) -> bool:
    """True if the page took it: the browser's own way is prevented."""
    return page.evaluate(GIVE, [how, selector, texts, list(files)])


def has_strokes(page, number: int) -> None:
    page.wait_for_function(f"{STROKES} === {number} && !sprintLive.photo.tracing")


@pytest.mark.parametrize("how", ["paste", "drop", "dragover"])
def test_in_a_text_field_text_wins_over_the_picture_beside_it(open_canvas, how):
    page = open_canvas().page
    cells = ({"text/plain": "a red house", "text/html": "<table></table>"}, [("cells.png", "image/png", png())])
    traced = []
    page.on("request", lambda request: traced.append(request.url) if "photo-lines" in request.url else None)
    for field in ("#sl-prompt", "#sl-seed"):
        assert not give(page, how, field, *cells)
    assert page.evaluate(STROKES) == 0 and not traced
    if how == "dragover":
        assert give(page, how, "#sl-sketch", *cells)
        return
    assert give(page, how, "#sl-sketch", *cells)  # elsewhere the picture is what is wanted
    has_strokes(page, 1)
    assert give(page, how, "#sl-prompt", {}, cells[1])  # a picture alone is for the paper, wherever the cursor is
    has_strokes(page, 2)


def test_a_picture_of_a_web_page_is_taken_where_it_may_be_read_and_explained_where_not(open_canvas, live_server):
    page = open_canvas().page
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    address = "https://pictures.example/cat.jpg"
    give(page, "drop", "#sl-sketch", {"text/html": f"<img src='{address}'>", "text/uri-list": address})
    page.wait_for_function(f"{SAYS}.includes('Copy the picture and paste it')")
    assert not any("pictures.example" in one for one in fetched)
    give(page, "drop", "#sl-sketch", {"text/html": f"<img src='data:image/png;base64,{png()}'>"})
    has_strokes(page, 1)
    page.route("**/own.png", lambda route: route.fulfill(body=base64.b64decode(png()), content_type="image/png"))
    give(page, "drop", "#sl-sketch", {"text/uri-list": f"{live_server.base}/own.png"})
    has_strokes(page, 2)


def test_a_project_file_dropped_on_the_page_opens_and_the_drawing_before_it_is_kept(open_canvas):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke([(0.2, 0.2), (0.8, 0.3)])
    project = page.evaluate("""async () => {
      const { projectText } = await import(new URL('storage/project-file.js', sprintLive.base));
      return projectText(sprintLive.snapshot());
    }""")
    for height in (0.4, 0.6):
        canvas.stroke([(0.2, height), (0.8, height)])
    canvas.settle()
    file = ("mine.sprintlive.json", "", base64.b64encode(project.encode()).decode())
    assert give(page, "drop", "#sl-sketch", {}, [file])
    has_strokes(page, 1)
    assert "in the gallery" in page.evaluate(SAYS)
    canvas.settle()
    page.click("#sl-gallery")
    page.click("#sl-kept .sl-kept-open")
    has_strokes(page, 3)


def test_a_browser_that_writes_no_webp_gives_a_png_that_says_so(open_canvas, tmp_path):
    canvas = open_canvas()
    page = canvas.page
    canvas.stroke([(0.2, 0.2), (0.8, 0.3)])
    canvas.settle()
    page.evaluate("""() => {
      const own = HTMLCanvasElement.prototype.toBlob;
      HTMLCanvasElement.prototype.toBlob = function (done, type, quality) {
        own.call(this, done, type === 'image/webp' ? 'image/png' : type, quality);
      };
    }""")
    page.locator("input[name=format][value='image/webp']").dispatch_event("click")
    with page.expect_download() as download:
        page.click("#sl-download")
    download.value.save_as(tmp_path / "picture")
    image = Image.open(tmp_path / "picture")
    image.load()
    assert download.value.suggested_filename.endswith(".png") and image.format == "PNG"
    assert "sl:prompt" in image.info["XML:com.adobe.xmp"] and "saved as PNG" in page.evaluate(SAYS)
