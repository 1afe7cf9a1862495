"""Files carry how a picture was made, and a project opens again exactly."""

from __future__ import annotations

import base64
import io
import json
import xml.etree.ElementTree as ElementTree

import numpy as np
from PIL import Image

LINE = [(0.2, 0.3), (0.4, 0.5), (0.7, 0.45)]


PIXEL = """([id, x, y]) => Array.from(document.querySelector(id).getContext('2d').getImageData(x, y, 1, 1).data)"""


def upload(page, where: str, data: bytes, name: str, kind: str) -> None:
    page.set_input_files(where, {"name": name, "mimeType": kind, "buffer": data})


def test_files_carry_how_they_were_made_and_a_project_opens_again_exactly(open_canvas, tmp_path):
    canvas = open_canvas()
    page = canvas.page
    words = 'a cat / ../ "x" & <b>'
    page.fill("#sl-prompt", words)
    canvas.stroke(LINE)
    page.evaluate("sprintLive.tools.color('#3f9c4b')")
    canvas.stroke([(0.5, 0.8), (0.6, 0.7)])
    page.keyboard.press("e")
    canvas.stroke([(0.4, 0.45), (0.42, 0.5)])
    canvas.settle()
    seed = page.input_value("#sl-seed")

    def saved(selector: str) -> tuple[str, bytes]:
        page.wait_for_timeout(
            300
        )  # on idle cores the eleventh download never came: Chromium drops some that follow too fast
        with page.expect_download() as download:
            page.locator(selector).dispatch_event("click")
        path = tmp_path / "file"
        download.value.save_as(path)
        return download.value.suggested_filename, path.read_bytes()

    for kind, ending in (("image/jpeg", "jpg"), ("image/png", "png"), ("image/webp", "webp")):
        page.locator(f"input[name=format][value='{kind}']").dispatch_event("click")
        name, data = saved("#sl-download")
        image = Image.open(io.BytesIO(data))
        image.load()
        assert (
            name == f"a-cat-x-b-{seed}.{ending}" and image.size == (1024, 1024) and image.get_format_mimetype() == kind
        )
        packet = image.info.get("xmp") or image.info["XML:com.adobe.xmp"].encode()
        about = next(
            ElementTree.fromstring(packet).iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description")
        ).attrib
        assert about["{urn:sprint-live:}prompt"] == words and about["{urn:sprint-live:}seed"] == seed
        assert about["{urn:sprint-live:}model"] == "stand-in"
        assert about["{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType"].endswith(
            "trainedAlgorithmicMedia"
        )
        page.evaluate("document.querySelector('#sl-with-metadata').checked = false")
        bare = saved("#sl-download")[1]
        assert b"sprint" not in bare.lower() and len(bare) < len(data)
        Image.open(io.BytesIO(bare)).load()
        page.evaluate("document.querySelector('#sl-with-metadata').checked = true")
    sketch = np.asarray(Image.open(io.BytesIO(saved("#sl-save-png")[1])).convert("RGB")).astype(int)
    assert tuple(sketch[768, 563]) == (0x3F, 0x9C, 0x4B) and (sketch.max(axis=2)[canvas.ink() == 255] == 0).all()
    svg = saved("#sl-save-svg")[1].decode()
    page.evaluate(
        """async (svg) => {
      const image = new Image();
      image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
      await image.decode();
      const drawn = document.createElement('canvas');
      drawn.width = drawn.height = 1024;
      const context = drawn.getContext('2d');
      context.fillStyle = '#fff'; context.fillRect(0, 0, 1024, 1024); context.drawImage(image, 0, 0);
      window.drawn = drawn.toDataURL();
    }""",
        svg,
    )
    again = np.asarray(
        Image.open(io.BytesIO(base64.b64decode(page.evaluate("drawn").split(",")[1]))).convert("RGB")
    ).astype(int)
    differ = np.abs(again - sketch).max(axis=2) > 100
    assert differ.sum() < 0.02 * (sketch.min(axis=2) < 128).sum()  # the SVG drawn by the browser is the sketch
    name, project = saved("#sl-save-project")
    assert name.endswith(".sprintlive.json") and json.loads(project)["settings"]["prompt"] == words
    code = canvas.settle()
    page.click("#sl-clear")
    page.fill("#sl-prompt", "something else")
    upload(page, "#sl-project-input", project, "cat.sprintlive.json", "application/json")
    page.wait_for_function("document.querySelector('#sl-prompt').value.startsWith('a cat')")
    assert saved("#sl-save-project")[1] == project and canvas.settle() == code
    upload(page, "#sl-project-input", b"{}", "bad.json", "application/json")
    page.wait_for_function("document.querySelector('#sl-toast p').textContent.includes('it is not a project file')")
    assert saved("#sl-save-project")[1] == project
