"""Frames to a GIF: what comes back, and what is refused before anything is decoded."""

from __future__ import annotations

import io
import struct

import httpx
import numpy as np
import pytest
from PIL import Image

from sprint_live.errors import ArgumentError, SketchError, SketchTooLarge
from sprint_live.live.server.gif import MAX_BYTES, MAX_FRAMES, gif_of, split_frames


def jpeg(red: int, size=(64, 32)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (red, 0, 0)).save(file, "JPEG")
    return file.getvalue()


def body(frames) -> bytes:
    return b"".join(struct.pack("<I", len(frame)) + frame for frame in frames)


def test_frames_come_back_in_their_order_and_times():
    frames = [jpeg(red) for red in (0, 100, 200)]
    gif = Image.open(io.BytesIO(gif_of(split_frames(body(frames)), frame_ms=100, hold_ms=1500)))
    assert gif.n_frames == 3 and gif.info["loop"] == 0
    found = []
    for i in range(3):
        gif.seek(i)
        found.append((round(float(np.asarray(gif.convert("RGB"))[..., 0].mean()), -1), gif.info["duration"]))
    assert found == [(0, 100), (100, 100), (200, 1600)]


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", SketchError, "no frame"),
        (body([jpeg(0)])[:-1], SketchError, "cut short"),
        (struct.pack("<I", 2**31) + b"x", SketchError, "cut short"),
        (struct.pack("<I", 0), SketchError, "cut short"),
        (body([b"x"] * (MAX_FRAMES + 1)), SketchTooLarge, "240 frames"),
    ],
)
def test_a_body_that_does_not_fit_is_refused(data, error, words):
    with pytest.raises(error, match=words):
        split_frames(data)


@pytest.mark.parametrize(
    ("frames", "times", "error", "words"),
    [
        ([jpeg(0), b"GIF89a, not a JPEG"], (100, 0), SketchError, "not a readable picture"),
        ([jpeg(0), jpeg(0, (32, 32))], (100, 0), SketchError, "one size"),
        ([jpeg(0, (1024, 512))], (100, 0), SketchTooLarge, "1024x512"),
        ([jpeg(0)], (10, 0), ArgumentError, "10 ms"),
        ([jpeg(0)], (100, 5001), ArgumentError, "5001 ms"),
    ],
)
def test_frames_that_do_not_fit_are_refused(frames, times, error, words):
    with pytest.raises(error, match=words):
        gif_of(frames, frame_ms=times[0], hold_ms=times[1])


def test_the_route_answers_a_gif_or_a_sentence(live_server):
    with httpx.Client(base_url=live_server.base, trust_env=False, timeout=30) as client:
        answer = client.post("/timelapse?frame_ms=50", content=body([jpeg(0), jpeg(200)]))
        assert answer.status_code == 200 and answer.headers["content-type"] == "image/gif"
        assert Image.open(io.BytesIO(answer.content)).n_frames == 2
        for content, query, status, words in (
            (b"", "", 415, "no frame"),
            (body([jpeg(0)]), "?frame_ms=5", 422, "5 ms"),
            (body([b"x"]), "", 415, "readable"),
            (bytes(MAX_BYTES + 1), "", 413, "bytes"),
        ):
            answer = client.post("/timelapse" + query, content=content)
            assert answer.status_code == status and words in answer.json()["error"]
