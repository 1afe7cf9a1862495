"""app.py as a Hugging Face Space starts it: its environment, its port, a page in a frame of another site."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from sprint_live.live.wire import protocol as wire
from support.client import Client
from support.drawn import LINE
from support.waiting import wait_for

ROOT = Path(__file__).resolve().parents[3]
HOST = "me-sprint-live.hf.space"


def test_the_variables_of_a_space_become_options():
    sys.path.insert(0, str(ROOT))
    try:
        from app import arguments
    finally:
        sys.path.pop(0)
    assert arguments({}) == ["serve", "--no-open", "--port", "7860"]
    given = {"SPRINT_LIVE_MODEL": "sana-sprint-0-6b", "SPRINT_LIVE_TOKEN": "sesam", "SPACE_ID": "me/x"}
    assert arguments(given)[4:] == ["--model", "sana-sprint-0-6b", "--token", "sesam", "--log-json"]
    from sprint_live.cli import _parser, commands

    assert _parser(commands()).parse_args(arguments(given)).token == "sesam"


def test_the_front_matter_names_what_is_here():
    front = (ROOT / "README.md").read_text().split("---")[1]
    fields = dict(re.findall(r"^(\w+): (.+)$", front, flags=re.MULTILINE))
    assert fields["sdk"] == "gradio" and (ROOT / fields["app_file"]).is_file() and fields["python_version"] == '"3.11"'


@pytest.fixture(scope="module")
def space(tiny_model_folder, tmp_path_factory):
    """A running app.py; yields (address on this machine, its stderr so far as a function)."""
    log = (tmp_path_factory.mktemp("space") / "stderr").open("w+")
    environment = {
        **os.environ,
        "SYSTEM": "spaces",
        "SPACE_ID": "me/sprint-live",
        "SPACE_HOST": HOST,
        "SPACE_AUTHOR_NAME": "me",
        "GRADIO_SERVER_NAME": "0.0.0.0",
        "SPRINT_LIVE_MODEL": str(tiny_model_folder),
        "SPRINT_LIVE_PORT": "0",
    }
    process = subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
    )
    try:
        port = int(process.stdout.readline().strip().rstrip("/").rpartition(":")[2])
        base = f"http://127.0.0.1:{port}"
        wait_for(lambda: httpx.get(base + "/readyz", trust_env=False).status_code == 200, 300)
        yield base, process
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    finally:
        process.kill()
        log.seek(0)
    events = [json.loads(line)["event"] for line in log if line.startswith("{")]
    assert events[:2] == ["server_started", "model_ready"] and events[-1] == "server_stopped"


def test_a_visitor_draws_through_the_proxy_of_the_space(space):
    base, _ = space
    proxied = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
    with Client(base, origin=f"https://{HOST}", additional_headers=proxied) as visitor:
        visitor.settings(prompt="a cat", width=512, height=512)
        visitor.draw(1, LINE)
        frame = visitor.receive(wire.FrameReady, 60)
        assert frame.jpeg.startswith(b"\xff\xd8")


def test_the_page_may_be_framed_by_the_hub_and_by_nobody_else(space):
    base, _ = space
    frame_of_the_hub = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "iframe",
        "Referer": "https://huggingface.co/",
    }
    page = httpx.get(base + "/", headers=frame_of_the_hub, trust_env=False)
    assert page.status_code == 200 and "x-frame-options" not in page.headers
    ancestors = re.search(r"frame-ancestors ([^;]+)", page.headers["content-security-policy"])[1].split()
    assert ancestors == ["'self'", "https://huggingface.co", "https://*.hf.space"]
    assert (
        "set-cookie" not in page.headers
    )  # a cookie would need SameSite=None; the session id comes in the first message


def test_another_space_and_other_machines_get_nothing(space):
    base, _ = space
    for origin in ("https://evil-sprint.hf.space", "null", f"http://{HOST}.evil.example"):
        with pytest.raises(InvalidStatus) as refused:
            Client(base, origin=origin)
        assert refused.value.response.status_code == 403
    visitor = {"X-Forwarded-For": "203.0.113.7"}
    assert httpx.get(base + "/metrics", headers=visitor, trust_env=False).status_code == 403
