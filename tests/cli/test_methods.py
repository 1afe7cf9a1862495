"""`sprint-live methods` from encoded scenes to a table, in parts, at tiny size."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from sprint_live.cli import main
from sprint_live.cli.methods import JUDGED
from sprint_live.train import comparison, run_pipelines
from sprint_live.train.data.heldout import write_pairs
from sprint_live.train.loop import checkpoint
from sprint_live.train.networks.teacher import TeacherAndBranch
from support.emoji_packages import write_emoji_packages
from tests.eval.test_ablation import SMALL


@pytest.fixture
def given(tmp_path, monkeypatch):
    """Encoded scenes, a teacher's run, held-out scenes; a cheap encoder in place of the edge network."""
    for place in (comparison, run_pipelines):
        monkeypatch.setattr(place, "TEACHERS", {"sprint-tiny": SMALL})
    monkeypatch.setattr(
        "controlnet.hed_network.features",
        lambda pictures_u8: pictures_u8[:, ::40, ::40].reshape(len(pictures_u8), -1).astype(np.float32),
    )
    generator = torch.Generator().manual_seed(3)
    latents = {name: torch.randn(6, 32, 4, 4, generator=generator).half() for name in ("picture", "control")}
    save_file(latents, tmp_path / "latents-00000-04.safetensors")
    text = torch.randn(6, 8, 24, generator=generator).half()
    save_file({"text": text, "length": torch.full((6,), 5, dtype=torch.int16)}, tmp_path / "text-00000.safetensors")
    torch.manual_seed(0)
    (tmp_path / "teacher").mkdir()
    checkpoint.write(tmp_path / "teacher", {"ema": {"teacher": TeacherAndBranch(SMALL).state_dict()}})
    write_pairs(write_emoji_packages(tmp_path / "node_modules"), tmp_path / "pairs", num_pairs=32, side_px=96)
    for path in (tmp_path / "pairs").glob("*.contours.png"):
        path.unlink()  # nothing to choose a threshold on, which is most of the work
    return tmp_path


def test_methods_are_trained_and_judged_in_parts_until_a_table_is_whole(given, tiny_model_folder, capsys):
    out, work = given / "bench/methods.json", given / "work"
    words = ["methods", work, "--train", given, "--teacher", given / "teacher", "--model", tiny_model_folder]
    words += ["--methods", "scm", "twinflow", "--seeds", 2, "--marks", 0.002, "--pairs", given / "pairs"]
    words += ["--num-pairs", 32, "--pairs-size", 256, "--teacher-steps", 1, "--collapse", 4, "--device", "cpu"]
    words = [str(word) for word in [*words, "--out", out]]
    assert main([*words, "--stop-after", "0"]) == 3, "nothing is trained in no time"
    assert "4 copies are not trained" in capsys.readouterr().out and json.loads(out.read_text())["runs"] == []
    assert main(words) == 0
    report = json.loads(out.read_text())
    assert {(run["method"], run["seed"]) for run in report["runs"]} == {
        (m, s) for m in ("scm", "twinflow") for s in (0, 1)
    }
    for run in [*report["runs"], report["teacher"]]:
        for name in ("kernel_distance", "second_kernel_distance", "frechet_distance", "second_frechet_distance"):
            assert run[name]["low"] <= run[name]["value"] <= run[name]["high"]
        assert 0 <= run["collapsed_seeds"] <= 1 and 0 <= run["edge_recall"]["mean"] <= 1
    first = report["runs"][0]
    assert first["kernel_distance"] != first["second_kernel_distance"] and first["updates"] >= 1
    assert [row["method"] for row in report["means"]] == ["scm", "twinflow"] and report["told_apart"]["pairs"] == 1
    table = out.with_suffix(".md").read_text()
    assert "### After 0.002 minutes" in table and "| twinflow | 2 |" in table and table in capsys.readouterr().out
    assert out.with_suffix(".png").stat().st_size > 10_000
    files = sorted(work.glob(f"*/{JUDGED}"))
    assert len(files) == 5, "four copies and the teacher"
    stamps = [file.stat().st_mtime_ns for file in files]
    files[0].unlink()
    assert main(words) == 0
    assert [file.stat().st_mtime_ns for file in files[1:]] == stamps[1:] and files[0].exists(), "the missing one alone"


def test_what_cannot_be_compared_is_refused_before_a_model_is_read(given, capsys, monkeypatch):
    monkeypatch.setattr("sprint_live.load_engine", lambda *given: pytest.fail("read a model"))
    words = ["methods", given / "work", "--train", given, "--teacher", given / "teacher"]
    pairs = ["--pairs", given / "pairs"]
    for more, named in (
        ([], "--pairs None"),
        ([*pairs, "--out", "a.txt"], "a.txt"),
        ([*pairs, "--seeds", 11], "--seeds 11"),
        ([*pairs, "--collapse", 3], "--collapse 3"),
    ):
        assert main([str(word) for word in [*words, *more]]) == 2
        assert named in capsys.readouterr().err
    (given / "latents-00000-04.safetensors").unlink()
    assert main([str(word) for word in [*words, *pairs]]) == 2
    assert "without latents" in capsys.readouterr().err
