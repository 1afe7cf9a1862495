"""Ablations: the manifest, the table, the plots; run folders that draw; the command from checkpoints to a table."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest
import torch

from sprint_live import load_engine
from sprint_live.cli import main
from sprint_live.engine.engine import Engine
from sprint_live.errors import ArgumentError, WeightsError
from sprint_live.eval.ablation import Entry, bar_labels, by_question, markdown, read_manifest
from sprint_live.train import run_pipelines
from sprint_live.train.data.heldout import write_pairs
from sprint_live.train.loop import checkpoint
from sprint_live.train.networks.network import SPRINT_TINY
from sprint_live.train.networks.student import StudentAndBranch
from sprint_live.train.networks.teacher import TeacherAndBranch
from support.emoji_packages import write_emoji_packages
from support.small_model import make_tiny_branch

SMALL = dataclasses.replace(
    SPRINT_TINY,
    num_branch_blocks=2,
    feature_blocks=(0, 1, 2),
    transformer={
        **SPRINT_TINY.transformer,
        "num_attention_heads": 2,
        "attention_head_dim": 16,
        "num_layers": 4,
        "num_cross_attention_heads": 2,
        "cross_attention_head_dim": 16,
        "cross_attention_dim": 32,
        "caption_channels": 24,
    },
)


@pytest.fixture
def work(tmp_path, monkeypatch):
    """A teacher and a student that draws exactly as its teacher's TrigFlow twin, as run folders."""
    monkeypatch.setattr(run_pipelines, "SPRINT_TINY", SMALL)
    torch.manual_seed(0)
    teacher = TeacherAndBranch(SMALL)
    teacher.branch = make_tiny_branch(teacher.transformer, num_layers=2)
    student = StudentAndBranch.from_teacher(teacher)
    for name, module, kind in (("teacher-0", teacher, "teacher"), ("student-0", student, "student")):
        folder = tmp_path / "work" / name
        folder.mkdir(parents=True)
        checkpoint.write(folder, {"ema": {kind: module.state_dict()}})
        (folder / "stats.jsonl").write_text(
            "".join(json.dumps({"step": step, "gradient_norm": 1.0 / step}) + "\n" for step in (25, 50))
        )
    runs = [
        {"question": "steps", "variant": f"{steps} steps", "run": "student-0", "teacher": "teacher-0", "steps": steps}
        for steps in (1, 2)
    ]
    (tmp_path / "work/ablation.json").write_text(
        json.dumps({"options": {}, "runs": [*runs, {**runs[0], "question": "losses", "variant": "both"}]})
    )
    return tmp_path / "work"


def sketches(num: int) -> list[np.ndarray]:
    maps = np.zeros((num, 256, 256), np.uint8)
    for index in range(num):
        maps[index, 40 + 20 * index : 60 + 20 * index, 60:200] = 255
    return list(maps)


def test_a_run_draws_what_the_engine_draws_and_a_batch_draws_what_one_does(work, tiny_model_folder) -> None:
    engine = load_engine(tiny_model_folder, "cpu")
    student = run_pipelines.load_student(work / "student-0", work / "teacher-0")
    painter = run_pipelines.student_painter(engine.pipeline, student, num_steps=2)
    maps, captions = sketches(3), ["a cat", "red dog", "house"]
    batch = painter.paint(maps, captions, [5, 6, 7])
    alone = [
        painter.paint([one], [caption], [seed])[0] for one, caption, seed in zip(maps, captions, (5, 6, 7), strict=True)
    ]
    assert all(picture.shape == (256, 256, 3) and picture.dtype == np.uint8 for picture in batch)
    assert max(int(np.abs(a.astype(int) - b).max()) for a, b in zip(batch, alone, strict=True)) <= 1
    engine.pipeline.transformer, engine.pipeline.controlnet = student.transformer, student.branch
    drawn = Engine(engine.pipeline, engine.model).draw(maps[1], captions[1], seed=6, steps=2, size=256).pixels_u8
    assert np.abs(drawn.astype(int) - batch[1]).max() <= 1, "the same noise, sampler, text and control as the engine's"
    assert np.abs(batch[0].astype(int) - batch[1]).mean() > 0.1


def test_a_teacher_is_sampled_by_guided_euler_steps(work, tiny_model_folder) -> None:
    pipeline = load_engine(tiny_model_folder, "cpu").pipeline
    calls = []

    class Straight(torch.nn.Module):
        """A flow that is straight: every number of steps ends at the same place; the caption moves it by a constant."""

        def velocity(self, x, s, text, mask, control, strength):
            calls.append((len(x), round(float(s[0]), 4), [int(length) for length in mask.sum(1)]))
            ones = torch.ones_like(x)
            return torch.cat([3 * ones[: len(x) // 2], ones[: len(x) // 2]])

    seen = {}
    decode = pipeline.decode
    pipeline.decode = lambda clean, kind: seen.setdefault(len(calls), clean) is None or decode(clean, kind)
    try:
        for num_steps in (1, 4):
            run_pipelines.teacher_painter(pipeline, Straight(), num_steps=num_steps, guidance=4.5).paint(
                sketches(2), ["cat", "red house"], [0, 1]
            )
    finally:
        del pipeline.decode
    noise = torch.cat([torch.randn((1, 32, 4, 4), generator=torch.Generator().manual_seed(seed)) for seed in (0, 1)])
    for clean in seen.values():
        assert torch.allclose(clean, noise - (1 + 4.5 * (3 - 1)), atol=1e-5), (
            "v = v_null + g (v_text - v_null), from s = 1 to 0"
        )
    assert [s for _, s, _ in calls] == [1.0, 1.0, 0.75, 0.5, 0.25]
    assert calls[0][0] == 4 and calls[0][2][2:] == [2, 2], "the second half has the empty caption: its two marks"


def test_a_run_of_the_other_kind_is_refused_by_name(work) -> None:
    with pytest.raises(WeightsError, match="without a teacher"):
        run_pipelines.load_teacher(work / "student-0")
    with pytest.raises(WeightsError, match="without a student"):
        run_pipelines.load_student(work / "teacher-0", work / "teacher-0")
    with pytest.raises(ArgumentError, match="no checkpoint"):
        run_pipelines.load_teacher(work)


def test_the_command_judges_every_run_once_and_writes_table_and_plots(
    capsys, tmp_path, work, tiny_model_folder, monkeypatch
) -> None:
    monkeypatch.setattr(
        "controlnet.hed_network.features",
        lambda pictures_u8: pictures_u8[:, ::40, ::40].reshape(len(pictures_u8), -1).astype(np.float32),
    )
    packages, out = write_emoji_packages(tmp_path / "node_modules"), tmp_path / "bench/ablation.json"
    write_pairs(packages, tmp_path / "pairs", num_pairs=31, side_px=96)
    for path in (tmp_path / "pairs").glob("*.contours.png"):
        path.unlink()  # nothing to choose a threshold on, which is most of the work
    words = [
        "ablation",
        work,
        "--model",
        tiny_model_folder,
        "--pairs",
        tmp_path / "pairs",
        "--make-pairs",
        "--num-pairs",
        32,
        "--pairs-size",
        256,
    ]
    assert (
        main(
            [
                *map(str, words),
                "--node-modules",
                str(packages),
                "--teacher-steps",
                "2",
                "--out",
                str(out),
                "--device",
                "cpu",
            ]
        )
        == 0
    )
    report = json.loads(out.read_text())
    assert [(row["question"], row["variant"], row["steps"]) for row in report["runs"]] == [
        ("steps", "1 steps", 1),
        ("steps", "2 steps", 2),
        ("losses", "both", 1),
    ]
    one, two, both = report["runs"]
    assert one["kernel_distance"] == both["kernel_distance"] != two["kernel_distance"]
    assert one["ratio_to_first"]["kernel"]["value"] == both["ratio_to_first"]["kernel"]["value"] == 1, (
        "each question has a first row of its own"
    )
    assert two["ratio_to_first"]["kernel"]["value"] == pytest.approx(
        two["kernel_distance"]["value"] / one["kernel_distance"]["value"], rel=1e-3
    )
    assert {"edge_recall", "frechet_distance", "difference_from_teacher", "ratio_to_teacher", "ratio_to_first"} <= set(
        one
    ) and set(report["teachers"]) == {"teacher-0"}
    table = out.with_suffix(".md").read_text()
    assert table.count("### ") == 2 and "| both | 1 |" in table and table in capsys.readouterr().out
    assert {path.name for path in out.parent.iterdir()} == {
        "ablation.json",
        "ablation.md",
        "ablation-steps.png",
        "ablation-losses.png",
    }


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "not such a list"),
        ('{"runs": []}', "without runs"),
        ('{"runs": [{"question": "a", "variant": "b", "run": "student-0"}]}', "teacher"),
        ('{"runs": [{"question": "a", "variant": "b", "run": "gone", "teacher": "teacher-0"}]}', "'gone'"),
        ('{"runs": [{"question": "a", "variant": "b", "run": "../work/../..", "teacher": "teacher-0"}]}', "below it"),
        ('{"runs": [{"question": "a/b", "variant": "b", "run": "student-0", "teacher": "teacher-0"}]}', "a/b"),
        (
            '{"runs": [{"question": "a", "variant": "b", "run": "student-0", "teacher": "teacher-0", "steps": 5}]}',
            "5 steps",
        ),
    ],
)
def test_a_bad_manifest_is_refused(work, text: str, named: str) -> None:
    (work / "ablation.json").write_text(text)
    with pytest.raises(ArgumentError, match=named):
        read_manifest(work)


def test_a_table_shows_values_with_their_intervals() -> None:
    entry = Entry(question="losses", variant="sCM alone", run="a", teacher="t")
    mean, value = {"mean": 0.5, "low": 0.25, "high": 0.75}, {"value": 1.5, "low": 1.25, "high": 1.75}
    row = {
        "edge_recall": mean,
        "edge_precision": mean,
        "edge_f": 0.5,
        "kernel_distance": value,
        "frechet_distance": value,
        "difference_from_teacher": mean,
    }
    other, ratio = dataclasses.replace(entry, variant="both", run="b"), {"value": 0.83, "low": 0.76, "high": 0.9}
    against = {
        ("losses", *entry.key): {"kernel": {"value": 1.0, "low": 1.0, "high": 1.0}, "frechet": None},
        ("losses", *other.key): {"kernel": ratio, "frechet": None},
    }
    lines = markdown([entry, other], {entry.key: row, other.key: row}, against).splitlines()
    assert lines[0] == "### losses" and lines[2].count("|") == lines[3].count("|") == lines[4].count("|")
    assert lines[4].startswith("| sCM alone | 1 | 0.5 (0.25 to 0.75) |") and "| 1.5 (1.25 to 1.75) |" in lines[4]
    assert lines[4].endswith("| 1 | 1 |") and lines[5].endswith("| 0.83 (0.76 to 0.9) | - |"), (
        "how many times the first row's distance"
    )
    assert list(by_question([entry, dataclasses.replace(entry, question="x"), entry])) == ["losses", "x"]
    assert bar_labels([entry, dataclasses.replace(entry, steps=2)]) == [
        "sCM alone, 1 step",
        "sCM alone, 2 steps",
    ] and bar_labels([entry]) == ["sCM alone"]


def test_the_command_trains_what_it_judges_and_refuses_a_folder_without_scenes(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "sprint_live.train.ablations.run_ablations", lambda options, device, sheet: seen.append((options, sheet))
    )
    arguments = [
        "ablation",
        str(tmp_path / "work"),
        "--pairs",
        str(tmp_path),
        "--train",
        str(tmp_path),
        "--teacher-updates",
        "7",
        "--out",
        str(tmp_path / "a.json"),
    ]
    assert main(arguments) != 0 and not seen, "no encoded scenes: nothing is trained"
    (tmp_path / "latents-00000-08.safetensors").touch()
    assert main(arguments) != 0, "a training that leaves no runs leaves nothing to judge"
    ((options, sheet),) = seen
    assert (options.teacher_updates, options.student_updates, options.out) == (7, 150, tmp_path / "work")
    assert sheet.null_text.shape[1] == 384 and 1 <= sheet.null_text.shape[0] <= 4, (
        "the empty caption without its padding"
    )
