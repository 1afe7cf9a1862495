"""app.py on ZeroGPU, with a stand-in for its package: leases through queued events, for their own visitor,
given back when idle.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from sprint_live.live.wire import protocol as wire
from support.client import Client
from support.doors import Closed, EventDoor, Refused
from support.drawn import LINE, OTHER
from support.waiting import wait_for

ROOT = Path(__file__).resolve().parents[3]
FAKE = Path(__file__).parent / "fake_spaces"
HOST = "me-sprint-live.hf.space"


class ZeroSpace:
    """A running app.py: its address, its process, and what was asked of `spaces`."""

    def __init__(self, base: str, process: subprocess.Popen, log: Path) -> None:
        self.base, self.process, self._log = base, process, log

    def notes(self, did: str) -> list[dict]:
        lines = [json.loads(line) for line in self._log.read_text().splitlines()]
        return [line for line in lines if line["did"] == did]


@pytest.fixture(scope="module")
def zero_space(tiny_model_folder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("zero")
    log = folder / "spaces.jsonl"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log.touch()
    environment = {
        **os.environ,
        "SYSTEM": "spaces",
        "SPACE_ID": "me/sprint-live",
        "SPACE_HOST": HOST,
        "SPACES_ZERO_GPU": "true",
        "SPRINT_LIVE_MODEL": str(tiny_model_folder),
        "SPRINT_LIVE_PORT": str(port),
        "FAKE_SPACES_LOG": str(log),
        "PYTHONPATH": os.pathsep.join([str(FAKE), str(ROOT)]),
        "GRADIO_SSR_MODE": "False",
    }
    with (folder / "stderr").open("w+") as stderr:
        process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=stderr, text=True
        )
        try:
            started = any(line.startswith("Sprint Live: ") for line in iter(process.stdout.readline, ""))
            assert started, (folder / "stderr").read_text()
            base = f"http://127.0.0.1:{port}"
            wait_for(lambda: httpx.get(base + "/readyz", trust_env=False).status_code == 200, 120)
            yield ZeroSpace(base, process, log)
            process.send_signal(signal.SIGTERM)
            assert process.wait(40) == 0  # Gradio waits 5 s for streams that are open
        finally:
            process.kill()
        stderr.seek(0)
        assert [json.loads(line)["event"] for line in stderr if line.startswith("{")][-1] == "server_stopped"


def come_in(space: ZeroSpace, visitor: str, **options) -> Client:
    headers = {"Origin": f"https://{HOST}", "X-Forwarded-For": "203.0.113.7", "X-IP-Token": visitor, **options}
    return Client(space.base, door=EventDoor, **headers)


def test_the_lease_is_a_plain_generator_of_a_minute_decorated_before_the_launch(zero_space):
    [decorated] = zero_space.notes("decorated")
    assert decorated["generator"] and 30 <= decorated["duration"] <= 60
    [launched] = zero_space.notes("launched")
    assert launched[
        "torch"
    ]  # the model is in memory by then: what is on the "GPU" at the launch is packed for the real one


def test_a_visitor_draws_in_a_lease_of_their_own_and_gives_it_back_when_idle(zero_space):
    before = len(zero_space.notes("leased"))
    with come_in(zero_space, "anna") as anna:
        assert len(zero_space.notes("leased")) == before  # looking on costs nobody anything
        anna.settings(prompt="a cat", width=512, height=512)
        anna.draw(1, LINE)
        anna.settle(60)
        assert anna.frames[-1].jpeg.startswith(b"\xff\xd8")
        assert any(isinstance(said, wire.Status) and said.text == "waiting for a GPU" for said in anna.said)
        anna.draw(2, OTHER)
        anna.settle(60)
        [lease] = zero_space.notes("leased")[before:]  # one lease for both strokes
        assert lease["visitor"] == "anna" and lease["queued"]
        wait_for(lambda: len(zero_space.notes("released")) == before + 1, 20)
        shown = len(anna.frames)
        anna.settings(prompt="a dog", width=512, height=512)
        anna.settle(60)
        assert len(anna.frames) > shown and len(zero_space.notes("leased")) == before + 2


def test_a_visitor_without_quota_is_told_so_and_another_draws_on(zero_space):
    with come_in(zero_space, "used-up") as poor, come_in(zero_space, "berta") as berta:
        poor.settings(prompt="a cat", width=512, height=512)
        poor.draw(1, LINE)
        assert "quota" in poor.receive(wire.ErrorText, 60).text
        berta.settings(prompt="a cat", width=512, height=512)
        berta.draw(1, OTHER)
        berta.settle(60)
        assert berta.frames and not poor.frames
        assert zero_space.notes("leased")[-1]["visitor"] == "berta"


def test_the_other_doors_are_shut_and_the_gate_is_the_same(zero_space):
    assert httpx.post(zero_space.base + "/live", content=bytes(20), trust_env=False).status_code in (404, 405)
    with pytest.raises((Refused, Closed)) as refused:
        come_in(zero_space, "eve", Origin="https://evil-sprint.hf.space")
    assert refused.value.status == 403
    page = httpx.get(zero_space.base + "/", trust_env=False)
    assert 'data-transport="events"' in page.text
    assert "frame-ancestors 'self' https://huggingface.co" in page.headers["content-security-policy"]


def test_a_program_draws_through_its_own_lease(zero_space, tmp_path):
    from gradio_client import Client as GradioClient
    from gradio_client import handle_file
    from PIL import Image

    Image.new("L", (512, 512), 255).save(tmp_path / "sketch.png")
    caller = GradioClient(zero_space.base, verbose=False, download_files=tmp_path, headers={"X-IP-Token": "program"})
    picture, facts = caller.predict(handle_file(tmp_path / "sketch.png"), "a cat", api_name="/draw")
    assert Image.open(picture).size == (facts["width"], facts["height"])
    assert zero_space.notes("leased")[-1]["visitor"] == "program"
    wait_for(lambda: len(zero_space.notes("released")) == len(zero_space.notes("leased")), 20)
