"""The ablation runner: what each variant changes, and that grafting keeps the transformer."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from sprint_live.errors import ArgumentError
from sprint_live.train import ablation_variants, ablations, run_pipelines
from sprint_live.train.loop.checkpoint import averaged_weights, load_averaged
from sprint_live.train.networks import student, teacher
from tests.train.test_training import SMALL, _awake, _batch


def test_a_grafted_branch_answers_as_on_its_teacher_and_is_all_that_learns() -> None:
    source = _awake(teacher.TeacherAndBranch(SMALL)).eval()
    pupil = _awake(student.StudentAndBranch.from_teacher(source))
    pupil.graft(source)
    learning = {name.split(".")[0] for name, parameter in pupil.named_parameters() if parameter.requires_grad}
    assert learning == {"branch", "log_variance"}
    assert pupil.branch.config.stem == "own" and pupil.branch.config.timestep_scale == SMALL.time_scale
    batch, t = _batch(), torch.tensor([0.3, 1.1, student.T_MAX])
    with torch.no_grad():
        with_branch, without = (
            pupil.predict(
                0.5 * torch.randn(3, 32, 4, 4, generator=torch.Generator().manual_seed(1)),
                t,
                torch.full((3,), 4.5),
                batch.text,
                batch.text_mask,
                control,
            )
            for control in (batch.control, None)
        )
    assert (with_branch - without).abs().max() > 1e-3


def test_every_question_compares_at_least_two_runs_that_differ_in_it() -> None:
    for question in {q for variant in ablation_variants.VARIANTS for q in variant.questions}:
        members = [
            dataclasses.replace(v, name="", questions=()) for v in ablation_variants.VARIANTS if question in v.questions
        ]
        assert len(members) >= 2 and len(set(members)) == len(members), question
    assert len({v.name for v in ablation_variants.VARIANTS}) == len(ablation_variants.VARIANTS)


def test_a_question_brings_the_runs_it_compares_and_those_they_are_grafted_on() -> None:
    assert [v.name for v in ablation_variants.chosen(("time-scale",))] == ["scm-alone", "thousand-ticks"]
    assert [v.name for v in ablation_variants.chosen(("steps",))] == ["scm-and-ladd", "anchored-on-paths"]
    assert "scm-and-ladd" in [v.name for v in ablation_variants.chosen(("graft",))]
    assert ablation_variants.chosen(ablation_variants.QUESTIONS) == list(ablation_variants.VARIANTS)


def test_a_question_nobody_asks_is_refused(tmp_path: Path) -> None:
    options = ablations.AblationOptions(latents=tmp_path, out=tmp_path / "out", questions=("losses", "color"))
    with pytest.raises(ArgumentError, match="color.*accepted: losses, max-time"):
        ablations.run_ablations(options, torch.device("cpu"), ablations.NoSheet(torch.zeros(2, 384)))
    assert not (tmp_path / "out").exists()


def test_students_of_a_given_teacher_train_no_other_and_refuse_questions_about_teachers(
    ran: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ablations, "TEACHERS", {"sprint-tiny": SMALL})
    given = ablations.AblationOptions(
        latents=tmp_path,
        out=tmp_path / "given",
        student_updates=1,
        student_batch=4,
        num_paths=4,
        questions=("max-time", "points"),
        teacher=ran.parent / "teacher-dense",
    )
    sheet = ablations.NoSheet(torch.randn(2, 384, generator=torch.Generator().manual_seed(0)))
    manifest = json.loads(ablations.run_ablations(given, torch.device("cpu"), sheet).read_text())
    assert {run["teacher"] for run in manifest["runs"]} == {"teacher-sprint-tiny"} and {
        run["question"] for run in manifest["runs"]
    } == {"max-time", "points"}
    assert {folder.name for folder in (tmp_path / "given").iterdir() if folder.is_dir()} == {
        "teacher-sprint-tiny",
        "scm-and-ladd",
        "teacher-paths",
        "paths",
    }
    own, other = (
        averaged_weights(folder, "teacher")
        for folder in (tmp_path / "given/teacher-sprint-tiny", ran.parent / "teacher-dense")
    )
    assert own.keys() == other.keys() and all(torch.equal(own[name], other[name]) for name in own)
    monkeypatch.undo()
    with pytest.raises(ArgumentError, match="a teacher and the question qk-norm"):
        ablations.run_ablations(dataclasses.replace(given, questions=("losses", "qk-norm")), torch.device("cpu"), sheet)


@pytest.fixture
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(ablations, "TEACHERS", {"dense": SMALL})
    monkeypatch.setattr(ablations, "SIDE", 4)
    names = ("scm-and-ladd", "teacher-paths", "grafted-untrained", "grafted-half")
    monkeypatch.setattr(ablation_variants, "VARIANTS", tuple(v for v in ablation_variants.VARIANTS if v.name in names))
    generator = torch.Generator().manual_seed(3)
    save_file(
        {name: torch.randn(6, 32, 4, 4, generator=generator).half() for name in ("picture", "control")},
        tmp_path / "latents-00000-04.safetensors",
    )
    save_file(
        {"text": torch.randn(6, 32, 384, generator=generator).half(), "length": torch.full((6,), 5, dtype=torch.int16)},
        tmp_path / "text-00000.safetensors",
    )
    options = ablations.AblationOptions(
        latents=tmp_path,
        out=tmp_path / "out",
        teacher_updates=2,
        student_updates=2,
        teacher_batch=4,
        student_batch=4,
        num_paths=4,
        questions=("losses", "points", "graft"),
    )
    return ablations.run_ablations(
        options, torch.device("cpu"), ablations.NoSheet(torch.randn(2, 384, generator=torch.Generator().manual_seed(0)))
    )


def test_the_runner_trains_each_variant_and_says_which_question_it_answers(
    ran: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = json.loads(ran.read_text())
    assert not any(run["question"] in ("steps", "max-time") for run in manifest["runs"])
    assert {(run["question"], run["variant"]) for run in manifest["runs"]} >= {
        ("graft", "grafted-untrained"),
        ("points", "teacher-paths"),
        ("losses", "scm-and-ladd"),
    }
    for run in manifest["runs"]:
        assert (ran.parent / run["run"] / "checkpoint.pt").exists() and (
            ran.parent / run["teacher"] / "checkpoint.pt"
        ).exists()
    monkeypatch.setattr(run_pipelines, "TEACHERS", {"dense": SMALL})
    base, untrained, half = (
        run_pipelines.load_student(ran.parent / name, ran.parent / "teacher-dense")
        for name in ("scm-and-ladd", "grafted-untrained", "grafted-half")
    )
    source = teacher.TeacherAndBranch(SMALL)
    load_averaged(source, ran.parent / "teacher-dense", "teacher")
    weight = "transformer_blocks.0.attn1.to_q.weight"
    for grafted in (untrained, half):
        assert torch.equal(base.transformer.state_dict()[weight], grafted.transformer.state_dict()[weight])
    (ran.parent / "grafted-half").rename(ran.parent / "a-run-of-my-own")
    mine = run_pipelines.load_student(ran.parent / "a-run-of-my-own", ran.parent / "teacher-dense")
    assert all(torch.equal(a, b) for a, b in zip(mine.state_dict().values(), half.state_dict().values(), strict=True))
    assert torch.equal(untrained.branch.before_proj.weight, source.branch.before_proj.weight)
    assert not torch.equal(half.branch.before_proj.weight, source.branch.before_proj.weight)
