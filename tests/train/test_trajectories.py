"""Paths of the teacher: they follow its velocity, they resume, and a student can be trained on them alone."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from sprint_live.diffusion import trigflow
from sprint_live.errors import ArgumentError, WeightsError
from sprint_live.train.ablations import NoSheet
from sprint_live.train.loop import checkpoint
from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.loop.stats import read_stats
from sprint_live.train.networks import distillation, student, student_recipe, teacher, trajectories
from sprint_live.train.networks.sample_sheets import guided_velocity
from sprint_live.train.networks.student_update import Distillation
from sprint_live.train.networks.trajectories import TrajectoryDataset, TrajectoryOptions, write_trajectories
from tests.train.test_training import SMALL, _awake, _trainer


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, teacher.TeacherAndBranch, torch.Tensor]:
    generator = torch.Generator().manual_seed(3)
    latents = {name: torch.randn(6, 32, 4, 4, generator=generator).half() for name in ("picture", "control")}
    save_file(latents, tmp_path / "latents-00000-04.safetensors")
    save_file(
        {
            "text": torch.randn(6, 32, 384, generator=generator).half(),
            "length": torch.tensor([3, 4, 5, 6, 7, 32], dtype=torch.int16),
        },
        tmp_path / "text-00000.safetensors",
    )
    source, null = _awake(teacher.TeacherAndBranch(SMALL)).eval(), torch.randn(2, 384, generator=generator)
    write_trajectories(source, null, _options(tmp_path), torch.device("cpu"))
    return tmp_path, source, null


def _options(folder: Path) -> TrajectoryOptions:
    return TrajectoryOptions(
        latents=folder,
        out=folder / "paths",
        num_paths=6,
        latent_sides=(4,),
        num_steps=3,
        guidance=(1.5, 4.5),
        drop_control=0.5,
        batch_size=4,
    )


def test_every_step_of_a_path_is_the_second_order_step_of_its_own_guided_velocity(written) -> None:
    folder, source, null = written
    part = load_file(folder / "paths/paths-04-0000.safetensors")
    path, times, lengths = part["path"].float(), part["times"], part["length"]
    assert (
        path.shape == (4, 4, 32, 4, 4)
        and times[0] == 1
        and times[-1] == 0
        and set(part["strength"].tolist()) == {0.0, 1.0}
    )
    mask = torch.arange(32)[None] < lengths[:, None]
    guidance = part["guidance"]
    assert 1.5 <= guidance.min() < guidance.max() <= 4.5
    before = None
    for k in range(3):
        with torch.no_grad():
            v = guided_velocity(
                source,
                path[:, k],
                times[k].expand(4),
                part["text"].float(),
                mask,
                part["control"].float(),
                null,
                guidance,
                part["strength"],
            )
        step = path[:, k + 1] - path[:, k]
        expected = (times[k + 1] - times[k]) * (v if before is None else 1.5 * v - 0.5 * before)
        before = v
        # stored in float16 and drawn in bfloat16 where the CPU has it: 2 % of a step; a wrong sign or time errs by 100
        # %
        assert (step - expected).norm() / expected.norm() < 0.02


def test_finished_files_are_kept_and_missing_ones_come_back_the_same(written) -> None:
    folder, source, null = written
    files = sorted((folder / "paths").glob("*.safetensors"))
    assert len(files) == 2
    before, stamp = load_file(files[1]), files[0].stat().st_mtime_ns
    files[1].unlink()
    write_trajectories(source, null, _options(folder), torch.device("cpu"))
    assert files[0].stat().st_mtime_ns == stamp and torch.equal(load_file(files[1])["path"], before["path"])


def test_a_batch_holds_points_before_the_end_and_the_first_ones_at_pure_noise(written) -> None:
    folder, _, _ = written
    data = TrajectoryDataset(folder / "paths", (4,))
    points = data.batch(32, 8, torch.Generator().manual_seed(0), torch.device("cpu"))
    assert (points.s[:8] == 1).all() and (points.s > 0).all() and (points.s[8:] < 1).sum() > 0
    at_noise = points.x_s[points.s == 1]
    assert abs(at_noise.std() - 1) < 0.05


def test_paths_of_an_older_version_are_named_with_what_to_do(written) -> None:
    folder, _, _ = written
    file = folder / "paths/paths-04-0001.safetensors"
    save_file({name: value for name, value in load_file(file).items() if name != "guidance"}, file)
    with pytest.raises(WeightsError, match=r"paths-04-0001\.safetensors.*lacks guidance.*Delete"):
        TrajectoryDataset(folder / "paths", (4,))


def test_the_student_is_told_the_guidance_of_its_path(written, tmp_path: Path) -> None:
    folder, _, _ = written
    trainer = _trainer(tmp_path / "run", scm=1.0, ladd=0.0, anchor=1.0)
    points = TrajectoryDataset(folder / "paths", (4,)).batch(
        4, 2, torch.Generator().manual_seed(0), torch.device("cpu")
    )
    told, followed, predict, consistency = [], [], trainer.student.predict, trainer.consistency
    trainer.student.predict = lambda x, t, guidance, *rest: told.append(guidance) or predict(x, t, guidance, *rest)
    trainer.consistency = lambda F, x, t, guidance, *rest: (
        followed.append(guidance) or consistency(F, x, t, guidance, *rest)
    )
    trainer.update(points.batch, points)
    assert torch.equal(told[0], points.guidance) and torch.equal(followed[0], points.guidance[2:])


def test_a_student_learns_where_the_paths_end_from_every_point(written, tmp_path: Path) -> None:
    folder, _, _ = written
    trainer = _trainer(tmp_path / "run", scm=0.0, ladd=0.0, anchor=1.0)
    points = TrajectoryDataset(folder / "paths", (4,)).batch(
        4, 2, torch.Generator().manual_seed(0), torch.device("cpu")
    )

    def distance() -> float:
        with torch.no_grad():
            t, x_t = trigflow.t_from_s(points.s), trigflow.x_t_from_x_s(points.x_s, points.s)
            F = trainer.student.predict(
                x_t,
                t,
                torch.full((4,), 4.5),
                points.batch.text,
                points.batch.text_mask,
                points.batch.control,
                points.strength,
            )
            return (trigflow.x0_from_F(F, x_t, t) / student.SIGMA - points.batch.picture).square().mean().item()

    before = distance()
    for _ in range(30):
        trainer.update(points.batch, points)
    assert distance() < 0.5 * before


@pytest.mark.parametrize("random_times", [False, True])
def test_velocities_come_back_from_a_path_however_its_times_are_spaced(random_times) -> None:
    generator = torch.Generator().manual_seed(4)
    times = torch.linspace(1, 0, 9, dtype=torch.float64)
    if random_times:
        times = trajectories.draw_times(8, generator)
    wanted = torch.randn(2, 8, 3, 4, 4, generator=generator, dtype=torch.float64)
    path = [torch.zeros(2, 3, 4, 4, dtype=torch.float64)]
    for k in range(8):
        h, slope = times[k + 1] - times[k], wanted[:, k]
        if k:
            a = min(1.0, (h / (2 * (times[k] - times[k - 1]))).item())
            slope = slope + a * (slope - wanted[:, k - 1])
        path.append(path[-1] + h * slope)
    torch.testing.assert_close(trajectories.path_velocities(torch.stack(path, 1), times), wanted)


def test_random_times_are_one_of_each_gap_evenly() -> None:
    generator = torch.Generator().manual_seed(0)
    drawn = torch.stack([trajectories.draw_times(8, generator) for _ in range(4000)])
    assert drawn.dtype == torch.float64 and (drawn[:, 0] == 1).all() and (drawn[:, -1] == 0).all()
    share = 7 * (torch.linspace(1, 0, 8, dtype=torch.float64)[:-1] - drawn[:, 1:-1])
    assert share.min() >= 0 and share.max() <= 1
    expected = (torch.arange(4000, dtype=torch.float64)[:, None] + 0.5) / 4000
    assert (share.sort(0).values - expected).abs().max() < 1.9 / 4000**0.5, "Kolmogorov-Smirnov, p = 0.001"
    assert torch.corrcoef(share.T).fill_diagonal_(0).abs().max() < 0.08


def test_a_step_of_any_length_is_exact_where_the_velocity_is_linear_in_time() -> None:
    """v = s: a step from s to s' goes (s'^2 - s^2) / 2, whatever the step before was; a is at most 1."""
    times = torch.tensor([1.0, 0.9, 0.7, 0.6, 0.35, 0.2, 0.0], dtype=torch.float64)
    a = torch.tensor(trajectories.extrapolation(times), dtype=torch.float64)
    assert a[0] == 0 and a[3] == 1, "0.25 after 0.1"
    went = times.diff()[1:] * (times[1:-1] + a[1:] * (times[1:-1] - times[:-2]))
    exact = torch.arange(1, 6) != 3
    torch.testing.assert_close(went[exact], ((times[2:] ** 2 - times[1:-1] ** 2) / 2)[exact], rtol=0, atol=1e-12)


def test_paths_at_random_times_keep_their_velocities_and_read_no_picture(written) -> None:
    folder, source, null = written
    file = folder / "latents-00000-04.safetensors"
    save_file({"control": load_file(file)["control"]}, file)
    options = dataclasses.replace(_options(folder), out=folder / "random", random_times=True, num_steps=5)
    write_trajectories(source, null, options, torch.device("cpu"))
    one, two = (load_file(folder / f"random/paths-04-000{index}.safetensors") for index in (0, 1))
    assert not torch.equal(one["times"], two["times"]) and one["velocity"].shape == (4, 5, 32, 4, 4)
    a = trajectories.extrapolation(one["times"])
    path, v, h = one["path"].float(), one["velocity"].float(), one["times"].diff()
    for k in range(5):
        expected = h[k] * (v[:, k] + a[k] * (v[:, k] - v[:, k - 1]))
        assert (path[:, k + 1] - path[:, k] - expected).norm() < 0.02 * expected.norm() + 0.03, "half precision"
    points = TrajectoryDataset(folder / "random", (4,)).batch(
        16, 2, torch.Generator().manual_seed(0), torch.device("cpu"), points_per_path=3
    )
    for row in range(16):
        part = one if torch.isin(points.s[row], one["times"]) and points.s[row] < 1 else two
        if points.s[row] == 1:
            continue
        k = int((part["times"] == points.s[row]).nonzero())
        which = (part["path"][:, k].float() == points.x_s[row]).flatten(1).all(1).nonzero().item()
        assert torch.equal(points.v[row], part["velocity"][which, k].float())
        assert torch.equal(points.batch.picture[row], part["path"][which, -1].float())


def test_a_batch_has_several_points_of_one_path_and_no_two_the_same(written) -> None:
    folder, _, _ = written
    data, generator = TrajectoryDataset(folder / "paths", (4,)), torch.Generator().manual_seed(0)
    times = load_file(folder / "paths/paths-04-0000.safetensors")["times"]
    met = torch.zeros(3)
    for _ in range(500):
        points = data.batch(7, 1, generator, torch.device("cpu"), points_per_path=2)
        assert points.s[0] == 1
        for one in (1, 3, 5):
            assert torch.equal(points.batch.picture[one], points.batch.picture[one + 1])
            assert (
                torch.equal(points.batch.text[one], points.batch.text[one + 1]) and points.s[one] != points.s[one + 1]
            )
        met += (points.s[1:, None] == times[None, :3]).sum(0) / 3000
    assert met.sum() == pytest.approx(1) and (met - 1 / 3).abs().max() < 0.03
    with pytest.raises(ArgumentError, match="4 points a path.*1 to 3"):
        data.batch(7, 1, generator, torch.device("cpu"), points_per_path=4)


def test_paths_that_end_near_black_are_left_out(written) -> None:
    folder, _, _ = written
    ends = torch.cat([load_file(file)["path"][:, -1] for file in sorted((folder / "paths").glob("*"))]).float()
    draws, generator = torch.Generator().manual_seed(1), torch.device("cpu")
    left = TrajectoryDataset(folder / "paths", (4,), {4: ends[2]}).batch(200, 0, draws, generator).batch.picture
    assert not (left == ends[2]).flatten(1).all(1).any()
    assert len({picture.sum().item() for picture in left}) == len(ends) - 1, "the others are two and more away"
    for file in (folder / "paths").glob("*"):
        part = load_file(file)
        part["path"][:, -1] = 0
        save_file(part, file)
    with pytest.raises(WeightsError, match="every path.*ends near black"):
        TrajectoryDataset(folder / "paths", (4,), {4: torch.zeros(32, 4, 4)})


def test_a_student_without_a_judge_learns_from_paths_alone_and_asks_no_teacher(written, monkeypatch) -> None:
    folder, source, _ = written
    monkeypatch.setattr(Distillation, "teacher_velocity", lambda *given: pytest.fail("asked the teacher"))
    for file in folder.glob("latents-*"):
        file.unlink()
    (folder / "teacher").mkdir()
    checkpoint.write(folder / "teacher", {"ema": {"teacher": source.state_dict()}})
    loop = LoopOptions(
        num_updates=2, batch_size=6, learning_rate=1e-3, warmup_updates=1, stats_every=1, dtype="float32"
    )
    recipe = student_recipe.StudentRecipe(
        latents=folder, teacher=folder / "teacher", out=folder / "run", loop=loop, network=SMALL, latent_sides=(4,),
        ladd=0.0, anchor=1.0, trajectories=folder / "paths", free_velocities=True, points_per_path=3,
    )  # fmt: skip
    assert distillation.train(recipe, torch.device("cpu"), NoSheet(torch.randn(2, 384)))
    assert {"scm", "anchor"} <= read_stats(folder / "run")[-1].keys()
