"""The command line on hub models: one clear line for each thing that can be missing,
and a doctor who says what to do.
"""

from __future__ import annotations

import json

import cv2
import huggingface_hub.constants
import numpy as np
import pytest
from PIL import Image

from sprint_live.cli import main
from sprint_live.models.hub import fetch
from sprint_live.models.hub_lock import HubSource

MODEL = "someone/sprint-random"
RELEASED = "sana-sprint-0.6b"


@pytest.fixture
def draw_command(tmp_path) -> list[str]:
    page_u8 = np.full((64, 64), 255, np.uint8)
    cv2.circle(page_u8, (32, 32), 20, 0, 3)
    Image.fromarray(page_u8).save(tmp_path / "sketch.png")
    words = [
        "draw",
        tmp_path / "sketch.png",
        "--prompt",
        "a red cat",
        "--out",
        tmp_path / "out.png",
        "--size",
        64,
        "--device",
        "cpu",
    ]
    return [str(word) for word in (*words, "--model", MODEL)]


def last_line(capsys) -> str:
    err = capsys.readouterr().err
    assert "Traceback" not in err
    return err.replace("\r", "\n").strip().splitlines()[-1]


def findings(capsys, *argv: str) -> dict[str, dict[str, str]]:
    main(["doctor", "--json", "--port", "0", *argv])
    return {finding["what"]: finding for finding in json.loads(capsys.readouterr().out)["findings"]}


def test_draw_with_a_model_of_the_hub(hub, draw_command, tmp_path, capsys) -> None:
    assert main(draw_command) == 1
    assert "--accept-license" in last_line(capsys) and not hub.requests
    assert main([*draw_command, "--accept-license", "--offline"]) == 1
    assert "while offline" in last_line(capsys) and not hub.requests
    assert main([*draw_command, "--json"]) == 0  # acknowledged above
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["model"] == "sprint-random"
    assert Image.open(tmp_path / "out.png").size == (64, 64)
    asked = len(hub.requests)
    assert main([*draw_command, "--offline"]) == 0 and len(hub.requests) == asked


def test_draw_says_what_the_hub_lacks(hub, draw_command, capsys) -> None:
    hub.faults.refuse.add("vae/config.json")
    assert main([*draw_command, "--accept-license"]) == 1
    assert MODEL in last_line(capsys)
    hub.close()
    assert main(draw_command) == 1
    assert "check the network" in last_line(capsys)


def test_models_lists_what_is_here_and_what_is_not(empty_cache, capsys) -> None:
    assert main(["models", "--json"]) == 0
    entries = {entry["name"]: entry for entry in map(json.loads, capsys.readouterr().out.splitlines())}
    released = entries[RELEASED]
    assert (
        entries["sprint-tiny"]["here"]
        and not released["here"]
        and released["revision"] is None
        and not released["acknowledged"]
    )
    assert 7e9 < released["bytes"] < 8e9 and len(released["shapes"]) == 33 and len(released["terms"]) == 3
    assert released["memory_gib"]["everything in bfloat16"] > 8 > released["memory_gib"]["nf4 text encoder"]
    assert main(["models"]) == 0
    out = capsys.readouterr().out
    assert (
        "not here: about 7.7 GB" in out
        and "not measured yet" in out
        and "https://ai.google.dev/gemma/prohibited_use_policy" in out
    )


def test_doctor_on_a_released_model_that_is_not_here(empty_cache, monkeypatch, capsys) -> None:
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", "http://127.0.0.1:9")
    found = findings(capsys, "--model", RELEASED)
    for what, fix in (
        ("license", "--accept-license"),
        (f"weights of {RELEASED}", f"sprint-live --model {RELEASED}"),
        ("network", "HTTPS_PROXY"),
    ):
        assert found[what]["state"] == "missing" and fix in found[what]["fix"], what
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    assert "HF_HUB_OFFLINE is set" in findings(capsys, "--model", RELEASED)["network"]["found"]
    assert {"peft", "torchao", "bitsandbytes"} <= set(found) and all(
        found[name]["state"] in ("ok", "note") for name in ("peft", "torchao")
    )


def test_doctor_on_room_and_memory(empty_cache, monkeypatch, capsys) -> None:
    monkeypatch.setattr("sprint_live.engine.loading.placement.free_bytes", lambda device: 2**30)
    monkeypatch.setattr("sprint_live.models.hub.SPARE_BYTES", 2**60)
    found = findings(capsys, "--model", RELEASED)
    assert (
        found["memory for the model"]["state"] == "missing"
        and "1.0 GiB free on cpu" in found["memory for the model"]["found"]
    )
    assert found["room for the download"]["state"] == "missing" and "HF_HOME" in found["room for the download"]["fix"]


def test_doctor_on_a_downloaded_model(hub, capsys) -> None:
    folder = fetch(HubSource(repo_id=MODEL))
    found = findings(capsys, "--model", MODEL)
    assert (
        found[f"weights of {MODEL}"]["state"] == "ok" and "match their sha256" in found[f"weights of {MODEL}"]["found"]
    )
    path = folder / "vae" / "diffusion_pytorch_model.safetensors"
    path.resolve().write_bytes(path.read_bytes()[:-1] + b"!")
    damaged = findings(capsys, "--model", MODEL)[f"weights of {MODEL}"]
    assert (
        damaged["state"] == "missing"
        and "vae/diffusion_pytorch_model.safetensors" in damaged["found"]
        and "delete the folder" in damaged["fix"]
    )
