"""Training pairs without pictures: points on the guided teacher's own path from noise to latent.

    x_{s_k+1} = x_{s_k} + (s_{k+1} - s_k) (3 v_k - v_{k-1}) / 2,  v_k = v_guided(x_{s_k}, s_k),  s_0 = 1 > ... > s_K = 0

The first step is plain Euler; the others are second order at one evaluation a step (Adams-Bashforth). For steps h of
other lengths than the last one h': v_k + a (v_k - v_k-1), a = h / 2 h', at most 1. Measured, evenly spaced, on 64
held-out scenes at 512x512, kernel distance to real pictures as a ratio to 20 Euler steps at guidance 4.5: 8 Euler steps
at guidance 3 end at 1.13, 8 of these at 0.90, 12 of these at 0.89; 8 of these at guidance 4 at 0.95.

Captions and control maps come from the dataset, pictures do not: the end of a path stands for the picture. At s = 1 the
end is a function of the noise, where a picture is not; a student that regresses it need not average over pictures.

Source: TBCM (image-free consistency training on the teacher's trajectory); Bashforth and Adams 1883 for the step.
Knows: teacher, latents.  Must not know: pixels, losses, students.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from tqdm import tqdm

from controlnet.attention import plain_attention
from sprint_live.errors import ArgumentError, WeightsError, refusal
from sprint_live.train.loop.options import autocast_dtype
from sprint_live.train.networks.latent_datasets import Batch, MixedDataset
from sprint_live.train.networks.sample_sheets import guided_velocity
from sprint_live.train.networks.teacher import TeacherAndBranch

_BY_PATH = ("path", "control", "text", "length", "strength", "guidance")


@dataclasses.dataclass(frozen=True, kw_only=True)
class TrajectoryOptions:
    """`num_paths` at each of `latent_sides`; `num_steps` steps each; `batch_size` at the smallest side.

    guidance: the lowest and the highest; every path has its own between them, which the student is told.
    drop_control: share of paths drawn without their control map, for pages without a line.
    random_times: each batch of paths has its own times, see `draw_times`; else they are spaced evenly.
    """

    latents: Path
    out: Path
    num_paths: int
    latent_sides: tuple[int, ...]
    num_steps: int = 8
    guidance: tuple[float, float] = (3.0, 4.5)
    drop_control: float = 0.1
    batch_size: int = 64
    seed: int = 0
    random_times: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class Points:
    """Points drawn from paths: x_s (B, 32, Y, X) at flow time s (B,); `batch.picture` is where each path ends.

    v: the guided teacher's velocity there, from the path: stored, or taken back from its steps (`path_velocities`).
    strength (B,): 1, or 0 where the path was drawn without its control map. guidance (B,): the path's own.
    """

    x_s: Tensor
    v: Tensor
    s: Tensor
    guidance: Tensor
    strength: Tensor
    batch: Batch


def draw_times(num_steps: int, generator: torch.Generator) -> Tensor:
    """(num_steps + 1,) float64, falling: 1, one time drawn evenly from each of num_steps - 1 gaps of [0, 1], then 0."""
    corners = torch.linspace(1, 0, num_steps, dtype=torch.float64)
    share = torch.rand(num_steps - 1, generator=generator, dtype=torch.float64)
    inside = corners[:-1] + (corners[1:] - corners[:-1]) * share
    return torch.cat([corners[:1], inside, corners[-1:]])


def extrapolation(times: Tensor) -> list[float]:
    """a_k of each step between `times` (K + 1,): 0 for the first one, else h / 2 h', at most 1."""
    lengths = (times[:-1] - times[1:]).tolist()
    return [0.0] + [min(1.0, h / (2 * before)) for before, h in itertools.pairwise(lengths)]


def kept_paths(end: Tensor, black: Tensor, draws: Tensor) -> Tensor:
    """(P,) bool: False for a path that ends near the latent of a black picture, with chance 1 - m, m the mean square
    between them. end (P, ...), black (...) of unit deviation; draws (P,) in [0, 1)."""
    return draws >= 1 - (end - black).square().flatten(1).mean(1)


@torch.no_grad()
def write_trajectories(
    teacher: TeacherAndBranch, null_text: Tensor, options: TrajectoryOptions, device: torch.device
) -> None:
    """Write the guided teacher's paths from noise to picture, one file paths-YY-NNNN.safetensors a batch.

    null_text (K, D): the empty caption. YY: latent positions a side. Each file has its own seed and finished ones are
    kept, so a call resumes and gives what one call would have given. No picture is read. Velocities are stored with
    random times alone: a short step, in half precision, does not give them back.
    """
    options.out.mkdir(parents=True, exist_ok=True)
    dtype = autocast_dtype(device, "auto")
    times = torch.linspace(1.0, 0.0, options.num_steps + 1)
    for side in options.latent_sides:
        data = MixedDataset(options.latents, (side,))
        count = max(1, options.batch_size * options.latent_sides[0] ** 2 // side**2)
        for index in tqdm(range(-(-options.num_paths // count)), desc=f"paths {side}x{side}", unit="batch"):
            file = options.out / f"paths-{side:02d}-{index:04d}.safetensors"
            if file.exists():
                continue
            generator = torch.Generator().manual_seed(options.seed * 1_000_003 + side * 10_007 + index)
            batch = data.conditions(count, generator, device)
            x = torch.randn(batch.control.shape, generator=generator).to(device)
            strength = (torch.rand(count, generator=generator) >= options.drop_control).float().to(device)
            low, high = options.guidance
            guidance = (low + (high - low) * torch.rand(count, generator=generator)).to(device)
            if options.random_times:
                times = draw_times(options.num_steps, generator).float()
            path, velocities = [x], []
            with torch.autocast(device.type, dtype, enabled=dtype != torch.float32), plain_attention(teacher):
                for (now, then), a in zip(itertools.pairwise(times.tolist()), extrapolation(times), strict=True):
                    s = torch.full((count,), now, device=device)
                    v = guided_velocity(
                        teacher, x, s, batch.text, batch.text_mask, batch.control, null_text, guidance, strength
                    ).float()
                    x = x + (then - now) * (v + a * (v - velocities[-1]) if velocities else v)
                    path.append(x)
                    velocities.append(v)
            stored = {"velocity": torch.stack(velocities, 1).half().cpu().contiguous()} if options.random_times else {}
            partial = file.with_suffix(".partial")
            save_file(
                {
                    **stored,
                    "path": torch.stack(path, 1).half().cpu().contiguous(),
                    "control": batch.control.half().cpu(),
                    "text": batch.text.half().cpu(),
                    "length": batch.text_mask.sum(1).to(torch.int16).cpu(),
                    "strength": strength.cpu(),
                    "guidance": guidance.cpu(),
                    "times": times,
                },
                partial,
            )
            partial.replace(file)


def path_velocities(path: Tensor, times: Tensor) -> Tensor:
    """The velocities (B, K, ...) that `write_trajectories` went by, of paths (B, K + 1, ...) at `times` (K + 1,).

    v_0 = (x_1 - x_0) / h,   v_k = ((x_k+1 - x_k) / h + a_k v_k-1) / (1 + a_k)
    """
    found: list[Tensor] = []
    for k, a in enumerate(extrapolation(times)):
        slope = (path[:, k + 1] - path[:, k]) / (times[k + 1] - times[k])
        found.append((slope + a * found[-1]) / (1 + a) if found else slope)
    return torch.stack(found, 1)


def _read(file: Path) -> dict[str, Tensor]:
    part = load_file(file)
    if missing := {*_BY_PATH, "times"} - part.keys():
        raise WeightsError(
            f"got {file}, which lacks {', '.join(sorted(missing))}; accepted: paths of this version. Delete "
            f"{file.parent} and run the stage again: they are drawn anew"
        )
    return part


class TrajectoryDataset:
    """All paths of a folder in memory, by canvas size.

    black: side -> the latent (32, Y, X) of a black picture; paths that end near it are left out (`kept_paths`), by
    draws that are the same in every run.

    Raises:
        WeightsError: a file is of an older version and lacks what is read here, or no path is left.
    """

    def __init__(self, folder: Path, latent_sides: tuple[int, ...], black: Mapping[int, Tensor] | None = None) -> None:
        self._parts: dict[int, dict[str, Tensor]] = {}
        for side in latent_sides:
            parts = [_read(file) for file in sorted(folder.glob(f"paths-{side:02d}-*.safetensors"))]
            names = (*_BY_PATH, "velocity") if "velocity" in parts[0] else _BY_PATH
            part = {name: torch.cat([one[name] for one in parts]) for name in names}
            part["times"] = torch.cat([one["times"].expand(len(one["path"]), -1) for one in parts])
            if black is not None:
                draws = torch.rand(len(part["path"]), generator=torch.Generator().manual_seed(0))
                kept = kept_paths(part["path"][:, -1].float(), black[side].cpu(), draws)
                if not kept.any():
                    raise WeightsError(f"every path in {folder} ends near black; fix: train the teacher longer")
                part = {name: values[kept] for name, values in part.items()}
            self._parts[side] = part

    def batch(
        self,
        batch_size: int,
        num_first: int,
        generator: torch.Generator,
        device: torch.device,
        *,
        points_per_path: int = 1,
    ) -> Points:
        """Random paths at one random canvas size: the first `num_first` at s = 1, the rest before the end, with
        `points_per_path` points of one path, no two of them the same. As many latent positions as `batch_size` samples
        have at the smallest size; `num_first` shrinks with them.

        Raises:
            ArgumentError: a path has fewer points.
        """
        sides = sorted(self._parts)
        side = sides[int(torch.randint(len(sides), (1,), generator=generator))]
        part, count = self._parts[side], max(1, batch_size * sides[0] ** 2 // side**2)
        num_steps, first = part["times"].shape[1] - 1, num_first * count // batch_size
        if not 1 <= points_per_path <= num_steps:
            raise ArgumentError(
                refusal(got=f"{points_per_path} points a path", accepted=f"1 to {num_steps}", fix="change it")
            )
        num_paths = first + -(-(count - first) // points_per_path)
        index = torch.randint(len(part["path"]), (num_paths,), generator=generator)
        step = torch.rand(num_paths - first, num_steps, generator=generator).argsort(1)[:, :points_per_path]
        index = torch.cat([index[:first], index[first:].repeat_interleave(points_per_path)])[:count]
        step = torch.cat([torch.zeros(first, dtype=torch.int64), step.flatten()])[:count]
        path, rows = part["path"][index].float(), torch.arange(count)
        stored = part.get("velocity")
        velocity = path_velocities(path, part["times"][0]) if stored is None else stored[index].float()
        mask = torch.arange(part["text"].shape[1])[None] < part["length"][index][:, None]
        batch = Batch(
            picture=path[:, -1].to(device),
            control=part["control"][index].float().to(device),
            text=part["text"][index].float().to(device),
            text_mask=mask.to(device),
        )
        return Points(
            x_s=path[rows, step].to(device),
            v=velocity[rows, step].to(device),
            s=part["times"][index, step].to(device),
            guidance=part["guidance"][index].to(device),
            strength=part["strength"][index].to(device),
            batch=batch,
        )
