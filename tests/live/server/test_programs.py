"""Programs draw: Gradio's API through gradio_client as the guide shows it, over plain HTTP,
and as tools of an MCP client.
"""

from __future__ import annotations

import asyncio
import base64
import io
import json
import re
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import httpx
import numpy as np
import pytest
from gradio_client import Client as GradioClient
from gradio_client import handle_file
from gradio_client.exceptions import AppError
from PIL import Image, ImageDraw

from sprint_live.errors import EngineError
from sprint_live.live.server.xmp import jpeg_with_facts
from support.standin import code_of, read_code

ROOT = Path(__file__).resolve().parents[3]
GUIDE = ROOT / "assets" / "guides" / "programs.md"


@pytest.fixture(scope="module")
def sketch(tmp_path_factory) -> Path:
    """A circle, dark on light, as a file."""
    image = Image.new("L", (1024, 1024), 255)
    ImageDraw.Draw(image).ellipse((200, 200, 800, 800), outline=0, width=9)
    path = tmp_path_factory.mktemp("sketch") / "cat.png"
    image.save(path)
    return path


@pytest.fixture
def program(live_server, tmp_path) -> GradioClient:
    return GradioClient(live_server.base, verbose=False, download_files=tmp_path)


def expected_code(sketch: Path, prompt: str, seed: int = 0) -> int:
    return code_of(np.asarray(Image.open(sketch)), prompt, seed, 1)


def facts_in(jpeg: bytes) -> dict[str, str]:
    """The attributes of the XMP packet, by their local names."""
    packet = Image.open(io.BytesIO(jpeg)).info["xmp"]
    described = next(node for node in ElementTree.fromstring(packet).iter() if node.tag.endswith("Description"))
    return {name.rpartition("}")[2]: value for name, value in described.attrib.items()}


def test_draw_gives_the_picture_of_the_sketch_with_its_making_inside(program, sketch):
    picture, facts = program.predict(handle_file(sketch), "a cat", "3d", seed=7, api_name="/draw")
    jpeg = Path(picture).read_bytes()
    assert read_code(jpeg) == expected_code(sketch, "a cat, 3d", 7)
    assert (
        facts["model"] == "stand-in"
        and facts["seed"] == 7
        and facts["width"] == facts["height"] == 1024
        and facts["timings_ms"]["total"] > 0
    )
    about = facts_in(jpeg)
    assert (about["prompt"], about["style"], about["seed"]) == ("a cat", "3d", "7")
    assert about["DigitalSourceType"].endswith("trainedAlgorithmicMedia")


def test_lines_styles_and_model(program, sketch, live_server):
    lines = np.asarray(Image.open(program.predict(handle_file(sketch), detector="dark", api_name="/lines")))
    assert lines.shape == (1024, 1024) and lines[500, 200:206].min() == 0 and lines[500, 500] == 255
    assert program.predict(api_name="/styles") == ["plain", "3d"]
    assert program.predict(api_name="/model")["detectors"] == live_server.engine.detectors


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"steps": 9}, "steps 9; accepted: a whole number 1..4"),
        ({"style": "baroque"}, "style 'baroque'; accepted: plain, 3d"),
        ({"width": 7, "height": 7}, "size 7x7; accepted: 1024x1024"),
        ({"seed": -1}, "seed -1"),
        ({"prompt": "x" * 9000}, "up to 8192 bytes"),
    ],
)
def test_what_is_refused_is_said_in_words_and_the_next_call_works(program, sketch, options, words):
    with pytest.raises(AppError, match=re.escape(words)):
        program.predict(handle_file(sketch), api_name="/draw", **options)
    assert program.predict(api_name="/styles")


def test_a_file_that_is_no_picture_and_a_failing_engine(program, sketch, live_server, tmp_path):
    (tmp_path / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    with pytest.raises(AppError):
        program.predict(handle_file(tmp_path / "bad.png"), api_name="/draw")
    live_server.engine.fail = EngineError("the device is on fire")
    with pytest.raises(AppError, match="on fire"):
        program.predict(handle_file(sketch), api_name="/draw")
    live_server.engine.fail = ValueError("the secret words were 'a cat'")
    with pytest.raises(AppError):
        program.predict(handle_file(sketch), api_name="/draw")
    assert program.predict(handle_file(sketch), api_name="/draw")


def test_a_data_url_over_plain_http_will_do(live_server, sketch):
    data = "data:image/png;base64," + base64.b64encode(sketch.read_bytes()).decode()
    with httpx.Client(base_url=live_server.base + "/gradio_api", trust_env=False, timeout=30) as http:
        event = http.post("/call/draw", json={"data": [{"url": data}, "a cat", "", 0, 1, 4.5, 1.0, 0, 0]}).json()[
            "event_id"
        ]
        answer = http.get(f"/call/draw/{event}").text
        picture, facts = json.loads(re.search(r"event: complete\ndata: (.*)", answer)[1])
        assert read_code(http.get(f"/file={picture['path']}").content) == expected_code(sketch, "a cat")
        assert facts["steps"] == 1


def test_an_mcp_client_finds_the_tools_and_draws(live_server, sketch):
    pytest.importorskip("mcp", reason="the extra [mcp] is not installed: Gradio then offers no MCP tools")
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def scenario():
        async with (
            streamable_http_client(live_server.base + "/gradio_api/mcp/") as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            tools = {tool.name: tool for tool in (await session.list_tools()).tools}
            assert set(tools) == {"draw", "lines", "styles", "model"}  # the page's own events are nobody's tool
            assert (
                "sketch" in tools["draw"].inputSchema["properties"] and "lines of a sketch" in tools["draw"].description
            )
            data = "data:image/png;base64," + base64.b64encode(sketch.read_bytes()).decode()
            drawn = await session.call_tool("draw", {"sketch": data, "prompt": "a cat"})
            return drawn, await session.call_tool("lines", {"photo": data, "detector": "dark"})

    drawn, lines = asyncio.run(scenario())
    assert not drawn.isError and not lines.isError
    address = re.search(r"'url': '([^']+)'", drawn.content[0].text)[1]
    assert read_code(httpx.get(address, trust_env=False).content) == expected_code(sketch, "a cat")
    image = next(item for item in lines.content if item.type == "image")
    assert Image.open(io.BytesIO(base64.b64decode(image.data))).size == (1024, 1024)


def test_nothing_of_a_call_is_kept_for_long():
    from sprint_live.live.server.page import CACHE

    every_s, older_than_s = CACHE
    assert every_s <= 60 and older_than_s <= 300


def test_any_text_can_be_a_fact_and_the_pixels_stay():
    image = Image.effect_noise((64, 64), 40)
    data = io.BytesIO()
    image.save(data, "JPEG")
    marked = jpeg_with_facts(data.getvalue(), {"prompt": "<b>\"a' & \x00\ud800 猫", "seed": 3})
    assert Image.open(io.BytesIO(marked)).tobytes() == Image.open(io.BytesIO(data.getvalue())).tobytes()
    assert facts_in(marked)["prompt"] == "<b>\"a' &    猫"


def examples() -> list[str]:
    return re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), flags=re.DOTALL)


def test_the_guides_examples_run_as_they_stand(live_server, sketch, tmp_path):
    assert len(examples()) >= 2
    for example in examples():
        example = example.replace("http://127.0.0.1:7860", live_server.base)
        (tmp_path / "cat.png").write_bytes(sketch.read_bytes())
        (tmp_path / "photo.jpg").write_bytes(sketch.read_bytes())
        done = subprocess.run(
            [sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
    assert Image.open(tmp_path / "picture.jpg").size == (1024, 1024)


def test_programs_take_turns_with_each_other_and_with_the_canvas(live_server, sketch, tmp_path):
    callers = [GradioClient(live_server.base, verbose=False, download_files=tmp_path) for _ in range(2)]
    start_s = time.monotonic()
    jobs = [caller.submit(handle_file(sketch), f"cat {i}", api_name="/draw") for i in range(3) for caller in callers]
    assert len([job.result(timeout=60) for job in jobs]) == 6 and time.monotonic() - start_s < 60
    assert len(live_server.engine.calls) == 6
