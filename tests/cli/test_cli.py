"""The command line: exit codes, one clear line for every mistake, JSON that parses, and no heavy import for --help."""

from __future__ import annotations

import errno
import json
import os
import shutil
import socket
import subprocess
import sys

import cv2
import numpy as np
import pytest
from PIL import Image

import sprint_live.cli
from sprint_live.cli import commands, draw
from support.command_line import run

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


@pytest.fixture
def sketch_file(tmp_path):
    page = np.full((90, 120), 255, np.uint8)
    cv2.circle(page, (60, 45), 30, 0, 4)
    path = tmp_path / "sketch.png"
    Image.fromarray(page).save(path)
    return path


def one_line(stderr: str) -> str:
    lines = [line for line in stderr.replace("\r", "\n").splitlines() if "sprint-live" in line]
    assert len(lines) == 1 and "Traceback" not in stderr, stderr
    assert stderr.rstrip().endswith(lines[0].rstrip()), stderr
    return lines[0]


def test_the_folder_is_the_list_of_commands() -> None:
    files = {
        name.removesuffix(".py")
        for name in os.listdir(sprint_live.cli.__path__[0])
        if (name.endswith(".py") or os.path.isdir(os.path.join(sprint_live.cli.__path__[0], name)))
        and not name.startswith("_")
    }
    found = commands()
    assert set(found) == files and next(iter(found)) == "serve"
    assert {"serve", "draw", "models", "doctor", "bench", "train"} <= files
    assert all(module.HELP and callable(module.run) for module in found.values())


def test_help_is_instant() -> None:
    script = (
        "import sys\nfrom sprint_live.cli import main\nmain(['--help'])\nfor n in ('torch','gradio','cv2','numpy'): "
        "assert n not in sys.modules, n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert all(name in done.stdout for name in commands())


@pytest.mark.parametrize(
    "argv",
    [
        ["nonsense"],
        ["draw"],
        ["draw", "x.png", "--prompt", "a"],
        ["draw", "x.png", "--prompt", "a", "--out", "o.png", "--seed", "x"],
        ["draw", "x.png", "--prompt", "a", "--out", "o.png", "--color", "red"],
        ["draw", "missing.png", "--prompt", "a", "--out", "o.png"],
        ["draw", "missing.png", "--prompt", "a", "--out", "o.txt"],
        ["draw", "missing.png", "--prompt", "a", "--out", "no/such/folder/o.png"],
        ["draw", "missing.png", "--prompt", "a", "--out", "o.png", "--size", "1x2x3"],
        ["--port", "99999"],
        ["--port", "x"],
        ["--model", "nonsense"],
        ["--sprint"],
        ["bench", "picture", "--runs", "0"],
        ["train"],
        ["train", "nonsense"],
    ],
)
def test_wrong_arguments_are_one_line_and_code_2(capsys, monkeypatch, tmp_path, argv: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, *argv)
    assert code == 2 and not out
    assert one_line(err) and len(err.strip().splitlines()) == 1


def test_wrong_arguments_leave_no_traceback_in_a_real_process(tmp_path) -> None:
    words = [sys.executable, "-m", "sprint_live", "draw", str(tmp_path / "x.png"), "--prompt", "a", "--out", "o.png"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and "Traceback" not in done.stderr and "x.png" in one_line(done.stderr)


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp"])
def test_draw_writes_a_picture_and_one_json_line(capsys, sketch_file, tmp_path, tiny_model_folder, suffix: str) -> None:
    out = tmp_path / f"out{suffix}"
    words = ["draw", sketch_file, "--prompt", "a cat", "--out", out, "--model", tiny_model_folder, "--size", 256]
    code, stdout, _ = run(capsys, *words, "--json", "--seed", 3, "--control-strength", 0.5, "--device", "cpu")
    assert code == 0
    facts = json.loads(stdout.splitlines()[-1])
    assert facts["size"] == 256 and facts["model"] == "sprint-random" and facts["timings_ms"]["total"] > 0
    assert Image.open(out).size == (256, 256)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([out.name, "sketch.png"])
    if suffix == ".png":
        engine = sprint_live.load_engine(tiny_model_folder, device="cpu")
        expected = engine.draw(Image.open(sketch_file), "a cat", seed=3, control_strength=0.5, size=256)
        assert np.array_equal(np.asarray(Image.open(out)), expected.pixels_u8)


def test_draw_paints_over_a_painting_with_and_without_lines(capsys, sketch_file, tmp_path, tiny_model_folder) -> None:
    painting = tmp_path / "painting.png"
    Image.new("RGB", (256, 256), (200, 30, 30)).save(painting)
    engine = sprint_live.load_engine(tiny_model_folder, device="cpu")
    words = [
        "--prompt",
        "a cat",
        "--model",
        tiny_model_folder,
        "--size",
        256,
        "--steps",
        2,
        "--painting",
        painting,
        "--strength",
        0.4,
    ]
    settings = {"size": 256, "steps": 2, "painting": Image.open(painting), "strength": 0.4}
    assert run(capsys, "draw", *words, "--out", tmp_path / "colors.png")[0] == 0
    expected = engine.draw(Image.new("L", (1, 1), "white"), "a cat", **settings)
    assert np.array_equal(np.asarray(Image.open(tmp_path / "colors.png")), expected.pixels_u8)
    code, _, err = run(capsys, "draw", sketch_file, *words, "--control-start", 0.5, "--out", tmp_path / "both.png")
    expected = engine.draw(Image.open(sketch_file), "a cat", control_start=0.5, **settings)
    assert (
        code == 0
        and "not used" not in err
        and np.array_equal(np.asarray(Image.open(tmp_path / "both.png")), expected.pixels_u8)
    )


@pytest.mark.parametrize(
    ("extra", "code", "named"),
    [
        (["--strength", "0"], 2, "strength"),
        (["--control-end", "2"], 2, "control_end"),
        (["--painting", "nowhere.png"], 2, "nowhere.png"),
        (["--steps", "9"], 2, "steps"),
        (["--seed", "-1"], 2, "seed"),
        (["--size", "100"], 2, "size"),
        (["--control-strength", "nan"], 2, "control_strength"),
        (["--style", "oil"], 2, "style"),
        (["--device", "warp"], 2, "warp"),
        (["--prompt", "x" * 9000], 2, "8192"),
    ],
)
def test_refused_values(capsys, sketch_file, tmp_path, tiny_model_folder, extra, code: int, named: str) -> None:
    words = [
        "draw",
        sketch_file,
        "--prompt",
        "a",
        "--out",
        tmp_path / "o.png",
        "--model",
        tiny_model_folder,
        "--size",
        256,
    ]
    found, _, err = run(capsys, *words, *extra)
    assert found == code and named in one_line(err)
    assert not (tmp_path / "o.png").exists()


@pytest.mark.parametrize(
    "extra",
    [
        ["--steps", "9"],
        ["--seed", "-1"],
        ["--size", "100"],
        ["--size", "64x2048"],
        ["--style", "oil"],
        ["--prompt", "x" * 9000],
    ],
)
def test_what_a_known_model_refuses_is_refused_before_it_is_loaded(
    capsys, monkeypatch, sketch_file, tmp_path, extra
) -> None:
    monkeypatch.setattr("sprint_live.load_engine", lambda *args, **options: pytest.fail("loaded"), raising=False)
    code, _, err = run(capsys, "draw", sketch_file, "--prompt", "a", "--out", tmp_path / "o.png", *extra)
    assert code == 2 and "accepted: " in one_line(err)


def test_a_shape_is_width_by_height() -> None:
    assert draw.picture_size("1024") == 1024 and draw.picture_size("1216x832") == (832, 1216)


def test_damaged_weights_are_code_1_and_named(capsys, sketch_file, tmp_path, tiny_model_folder) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_model_folder, folder)
    (folder / "vae" / "diffusion_pytorch_model.safetensors").write_bytes(b"short")
    code, _, err = run(capsys, "draw", sketch_file, "--prompt", "a", "--out", tmp_path / "o.png", "--model", folder)
    assert code == 1 and "vae/diffusion_pytorch_model.safetensors" in one_line(err) and "fix: " in err


def test_no_free_disk_leaves_no_half_picture(capsys, monkeypatch, sketch_file, tmp_path, tiny_model_folder) -> None:
    def full(self, file, kind):
        file.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", full)
    out = tmp_path / "o.png"
    words = ["draw", sketch_file, "--prompt", "a", "--out", out, "--model", tiny_model_folder, "--size", 256]
    code, _, err = run(capsys, *words)
    assert code == 1 and "no space left" in one_line(err) and str(out) in err
    assert [path.name for path in tmp_path.iterdir()] == ["sketch.png"]


def test_models_lists_the_zoo(capsys) -> None:
    code, out, _ = run(capsys, "models", "--json")
    entries = {entry["name"]: entry for entry in map(json.loads, out.splitlines())}
    assert code == 0 and entries["sprint-tiny"]["here"] and 1024 in entries["sprint-tiny"]["sizes"]
    code, out, _ = run(capsys, "models")
    assert code == 0 and "license" in out


def test_doctor_names_what_is_missing_and_the_fix(capsys, tiny_model_folder) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, _ = run(capsys, "doctor", "--json", "--port", port, "--model", tiny_model_folder)
    findings = {finding["what"]: finding for finding in json.loads(out)["findings"]}
    assert code == 1 and findings[f"port {port}"]["state"] == "missing" and "--port" in findings[f"port {port}"]["fix"]
    assert findings["torch"]["state"] == "ok" and findings[f"weights of {tiny_model_folder}"]["state"] == "ok"
    code, out, _ = run(capsys, "doctor", "--port", 0, "--model", tiny_model_folder)
    assert code == 0 and "everything needed is here" in out
    code, out, _ = run(capsys, "doctor", "--port", 0, "--model", "no-such-model")
    assert code == 1 and "fix: " in out


def test_the_picture_is_readable_by_others_as_usual(tmp_path, tiny_model_folder) -> None:
    frame = sprint_live.load_engine(tiny_model_folder).draw(np.full((8, 8), 255, np.uint8), "a", size=256)
    draw.write_picture(frame, tmp_path / "a.png")
    (tmp_path / "b").write_text("")
    assert (tmp_path / "a.png").stat().st_mode == (tmp_path / "b").stat().st_mode
