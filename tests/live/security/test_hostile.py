"""Hostile input over every door: fuzzed messages into a session, fuzzed photos, bombs, guessed ids,
bodies nobody asked for.
"""

from __future__ import annotations

import http.client
import io
import subprocess
import sys
from pathlib import Path

import httpx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sprint_live.errors import InputError, SketchError
from sprint_live.live.canvas.image_decoding import MAX_PIXELS, MAX_WEBP_PIXELS, read_photo
from sprint_live.live.rendering.drawing_engine import in_this_process
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.sessions.hub import Hub
from sprint_live.live.wire import protocol as wire
from support.client import Client
from support.drawn import LINE, expected_code
from support.standin import StandInEngine
from support.vectors import VECTORS

ROOT = Path(__file__).resolve().parents[3]


class Inbox:
    def send(self, data):
        wire.decode(data)  # what the server says is well formed, whatever it was told

    def close(self, code, reason):
        pass


WIRES = sorted(wire.encode(message) for message in VECTORS.values())


def _flipped(data: bytes, changes) -> bytes:
    damaged = bytearray(data)
    for at, byte in changes:
        damaged[at % len(damaged)] = byte
    return bytes(damaged)


CHANGES = st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), max_size=4)
MESSAGE = st.one_of(
    st.sampled_from(WIRES), st.builds(_flipped, st.sampled_from(WIRES), CHANGES), st.binary(max_size=64)
)


@settings(max_examples=120, deadline=None)
@given(st.lists(MESSAGE, max_size=25))
def test_no_sequence_of_messages_does_more_than_end_its_own_connection(messages):
    hub = Hub(Worker(in_this_process(StandInEngine)))
    hub.worker.state = "ready"
    inbox, other = Inbox(), Inbox()
    session, bystander = hub.join(wire.NEW_SESSION, inbox), hub.join(wire.NEW_SESSION, other)
    for data in messages:
        try:
            hub.receive(session, wire.decode(data))
        except InputError as error:
            assert wire.close_code(error) in (1003, 1007, 1008, 1009)
            hub.leave(session, inbox)
            session = hub.join(session.session_id, inbox)
    assert session.session_id in hub.clients.sessions and len(hub.clients.sessions) == 2
    assert bystander.op_seq == 0 and not bystander.request().strokes
    session.raster.update(session.request().strokes)  # what was accepted can be drawn


def _files() -> list[bytes]:
    pixels = np.random.default_rng(0).integers(0, 255, (24, 32, 3)).astype(np.uint8)
    made = []
    for kind, mode in (
        ("PNG", "RGB"),
        ("PNG", "P"),
        ("JPEG", "RGB"),
        ("WEBP", "RGB"),
        ("GIF", "P"),
        ("BMP", "RGB"),
        ("TIFF", "RGB"),
    ):
        data = io.BytesIO()
        Image.fromarray(pixels).convert(mode).save(data, kind)
        made.append(data.getvalue())
    return made


FILES = _files()


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(FILES),
    st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), max_size=6),
    st.integers(0, 3000),
)
def test_a_damaged_photo_is_small_pixels_or_a_sketch_error(data, changes, cut):
    try:
        pixels_u8 = read_photo(_flipped(data, changes)[:cut] if cut < len(data) else _flipped(data, changes))
    except SketchError:
        return
    assert pixels_u8.dtype == np.uint8 and pixels_u8.shape[2] == 3 and max(pixels_u8.shape) <= 1024


def test_only_three_formats_are_read_and_a_polyglot_is_what_its_decoder_says():
    assert [isinstance(_read(data), np.ndarray) for data in FILES] == [True, True, True, True, False, False, False]
    assert isinstance(_read(FILES[0] + b"<script>alert(1)</script>PK\x03\x04"), np.ndarray)
    for data in (b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"%!PS-Adobe", b"PK\x03\x04" + bytes(64)):
        assert isinstance(_read(data), SketchError)


def _read(data: bytes) -> np.ndarray | SketchError:
    try:
        return read_photo(data)
    except SketchError as error:
        return error


BOMB = """
import io, sys, threading, time
import numpy as np
from PIL import Image
from sprint_live.live.canvas.image_decoding import read_photo
width, kind, mode = int(sys.argv[1]), sys.argv[2], sys.argv[3]
data = io.BytesIO()
Image.new(mode, (width, int(sys.argv[4]) // width)).save(data, kind)
rss_mb = lambda: int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6
before, peak, done = rss_mb(), [0.0], threading.Event()
def watch():
    while not done.is_set():
        peak[0] = max(peak[0], rss_mb())
        time.sleep(0.002)
watcher = threading.Thread(target=watch)
watcher.start()
pixels = read_photo(data.getvalue())
done.set()
watcher.join()
print(max(pixels.shape), peak[0] - before)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads /proc")
@pytest.mark.parametrize(
    ("kind", "mode", "num_pixels"),
    [("PNG", "RGBA", MAX_PIXELS), ("JPEG", "RGB", MAX_PIXELS), ("WEBP", "RGBA", MAX_WEBP_PIXELS)],
)
def test_the_largest_photo_takes_less_than_a_hundred_megabytes(kind, mode, num_pixels):
    done = subprocess.run(
        [sys.executable, "-c", BOMB, "4000", kind, mode, str(num_pixels)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    side, grown_mb = map(float, done.stdout.split())
    assert side == 1024 and grown_mb < 100


def test_a_guessed_session_id_is_answered_like_one_that_never_was(live_server):
    with Client(live_server.base) as victim:
        victim.draw(1, LINE)
        victim.settle()
        wanted = victim.welcome.session_id
        guesses = [_flipped(wanted, [(i, wanted[i] ^ 1)]) for i in range(16)] + [
            bytes(16),
            b"\xff" * 16,
            bytes(reversed(wanted)),
        ]
        seen = set()
        for guess in guesses:
            with Client(live_server.base, guess) as guesser:
                assert (
                    not guesser.welcome.resumed
                    and guesser.welcome.last_op_seq == 0
                    and guesser.welcome.session_id != guess
                )
                seen.add(guesser.welcome.session_id)
                guesser.settle()
                assert not guesser.frames
        assert len(seen) == len(guesses) and wanted not in seen
        assert victim.code == expected_code({1: LINE})


SHUT = [
    "/gradio_api/api/draw",
    "/gradio_api/component_server",
    "/gradio_api/reset",
    "/gradio_api/stream/x",
    "/gradio_api/vibe-edit",
    "/login",
    "/",
    "/live-web/main.js",
    "/metrics",
]
CALLED = ["/gradio_api/queue/join", "/gradio_api/call/draw", "/gradio_api/run/live_up", "/gradio_api/cancel"]


@pytest.mark.parametrize("path", SHUT)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_takes_a_body_but_the_doors_and_what_programs_call(live_server, method, path):
    deep = b"[" * 100_000
    answer = httpx.request(
        method, live_server.base + path, content=deep, headers={"Content-Type": "application/json"}, trust_env=False
    )
    assert answer.status_code == 405 and answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", CALLED)
@pytest.mark.parametrize(
    ("body", "status"),
    [(b"[" * 100_000, 422), (b"{", 422), (b"\xff\xfe", 422), (bytes((2 << 20) + 1), 413), (b'{"data": [NaN]}', 400)],
    ids=["deep", "cut", "no text", "too large", "nothing that is called"],
)
def test_what_programs_call_is_bounded_before_it_is_read(live_server, path, body, status):
    answer = httpx.post(
        live_server.base + path, content=body, headers={"Content-Type": "application/json"}, trust_env=False, timeout=30
    )
    assert answer.status_code == status or (status == 400 and answer.status_code < 600 and answer.status_code != 405)
    assert httpx.put(live_server.base + path, content=b"{}", trust_env=False).status_code == 405


def test_a_body_without_a_length_is_not_read_and_an_upload_is_bounded(live_server):
    def endless():
        yield b"{}"

    call = live_server.base + "/gradio_api/run/live_up"
    assert httpx.post(call, content=endless(), trust_env=False).status_code == 411
    announced = http.client.HTTPConnection("127.0.0.1", live_server.server.port, timeout=10)
    announced.putrequest("POST", "/gradio_api/upload")
    announced.putheader("Content-Length", str(10 << 20))
    announced.endheaders()
    assert announced.getresponse().status == 413
    announced.close()


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/live-web/..%2f..%2fserver.py",
        "/live-web/%2e%2e/%2e%2e/hub.py",
        "/gradio_api/file=app.py",
        "/proxy=http://127.0.0.1:1/",
    ],
)
def test_no_path_leads_out_of_the_web_folder(live_server, path):
    answer = httpx.get(live_server.base + path, trust_env=False)
    assert answer.status_code in (400, 403, 404) and "root:" not in answer.text and "import " not in answer.text


def test_a_compressed_socket_is_not_agreed_on(live_server):
    from websockets.sync.client import connect

    with connect(live_server.base.replace("http", "ws") + "/live", compression="deflate", proxy=None) as socket:
        assert "Sec-WebSocket-Extensions" not in socket.response.headers  # so a deflate bomb is only bytes
