"""The stages of a recipe in their order, each resumable, all in one work folder.

    WORK/data  WORK/autoencoder  WORK/latents  WORK/teacher-0  WORK/teacher-1  WORK/student-0  WORK/model

Knows: the stages' functions and where they keep things.  Must not know: the command line, the app.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import torch
from transformers import AutoTokenizer

from sprint_live.errors import ArgumentError
from sprint_live.models.text import SprintTinyTextEncoder
from sprint_live.train import autoencoder, latents, student, teacher
from sprint_live.train.data import shards
from sprint_live.train.export import export, save_text_encoder
from sprint_live.train.recipes import Recipe
from sprint_live.train.run import LoopOptions
from sprint_live.train.sheets import Sheet, read_prompts

STAGES = ("data", "autoencoder", "encode", "teacher", "student", "export")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Workplace:
    """Where a recipe finds its sources and keeps its results.

    node_modules: the npm packages of the data stage. text_encoder: a folder with all-MiniLM-L6-v2.
    drawings: sketches with prompts.json, for sample sheets only. max_minutes: ends this call early.
    """

    work: Path
    node_modules: Path
    text_encoder: Path
    drawings: Path
    max_minutes: float
    device: torch.device

    def limited(self, loop: LoopOptions) -> LoopOptions:
        return dataclasses.replace(loop, max_minutes=self.max_minutes)


def run_stage(stage: str, recipe: Recipe, place: Workplace) -> bool:
    """Run or resume one stage. Returns True when it is complete, False when time ran out.

    Raises:
        ArgumentError: a stage it builds on has not been run.
    """
    work = place.work
    if stage == "data":
        shards.build(shards.BuildOptions(node_modules=place.node_modules, out=work / "data", num_scenes=recipe.num_scenes, scenes_per_shard=recipe.scenes_per_shard))
        return True
    if stage == "autoencoder":
        return autoencoder.train(autoencoder.AutoencoderRecipe(data=work / "data", out=work / "autoencoder", loop=place.limited(recipe.autoencoder), max_scenes=recipe.scenes_in_memory), place.device)
    if stage == "encode":
        _encode(recipe, place)
        return True
    if stage == "teacher":
        return _teacher(recipe, place)
    if stage == "student":
        return _student(recipe, place)
    if stage == "export":
        export(_phase_folder(work, "student", len(recipe.student) - 1), work / "autoencoder", _scaling(work), work / "model", recipe.network)
        return True
    raise ArgumentError(f"got stage {stage!r}; accepted: {', '.join(STAGES)}")


def _encode(recipe: Recipe, place: Workplace) -> None:
    work = place.work
    vae = autoencoder.load_trained(work / "autoencoder", 1.0)
    factor = latents.measure_scaling(vae, work / "data")
    (work / "latents").mkdir(parents=True, exist_ok=True)
    (work / "latents/scaling.json").write_text(json.dumps({"scaling_factor": factor}))
    vae.register_to_config(scaling_factor=factor)
    vae.to(place.device)
    save_text_encoder(place.text_encoder, work / "model")
    encoder, tokenizer = _text(work)
    wanted: dict[int, int] = {}
    for phase in recipe.teacher + recipe.student:
        for side, count in zip(phase.latent_sides, phase.num_shards, strict=True):
            wanted[side] = max(count, wanted.get(side, 0))
    latents.encode_captions(encoder, tokenizer, work / "data", work / "latents", num_shards=max(wanted.values()))
    for side, count in wanted.items():
        latents.encode_scenes(vae, work / "data", work / "latents", latent_side=side, num_shards=count, device=place.device)


def _teacher(recipe: Recipe, place: Workplace) -> bool:
    before = None
    for index, phase in enumerate(recipe.teacher):
        options = teacher.TeacherRecipe(latents=place.work / "latents", out=_phase_folder(place.work, "teacher", index), loop=place.limited(phase.loop),
                                        network=recipe.network, latent_sides=phase.latent_sides, start_from=before)
        if not teacher.train(options, place.device, _sheet(place, max(phase.latent_sides))):
            return False
        before = options.out
    return True


def _student(recipe: Recipe, place: Workplace) -> bool:
    before = None
    for index, phase in enumerate(recipe.student):
        options = student.StudentRecipe(latents=place.work / "latents", teacher=_phase_folder(place.work, "teacher", len(recipe.teacher) - 1),
                                        out=_phase_folder(place.work, "student", index), loop=place.limited(phase.loop), network=recipe.network, latent_sides=phase.latent_sides, start_from=before, ladd=recipe.ladd, anchor=recipe.anchor)
        if not student.train(options, place.device, _sheet(place, max(phase.latent_sides))):
            return False
        before = options.out
    return True


def _phase_folder(work: Path, stage: str, index: int) -> Path:
    return work / f"{stage}-{index}"


def _scaling(work: Path) -> float:
    file = work / "latents/scaling.json"
    if not file.exists():
        raise ArgumentError(f"{file} is missing; run the encode stage first")
    return json.loads(file.read_text())["scaling_factor"]


def _text(work: Path) -> tuple[SprintTinyTextEncoder, AutoTokenizer]:
    return SprintTinyTextEncoder.from_pretrained(work / "model/text_encoder").eval(), AutoTokenizer.from_pretrained(work / "model/tokenizer")


def _sheet(place: Workplace, latent_side: int) -> Sheet:
    vae = autoencoder.load_trained(place.work / "autoencoder", _scaling(place.work))
    encoder, tokenizer = _text(place.work)
    text, mask = latents.embed(encoder, tokenizer, [entry["prompt"] for entry in read_prompts(place.drawings)])
    null, null_mask = latents.embed(encoder, tokenizer, [""])
    return Sheet(place.drawings, vae, text, mask, null[0, : int(null_mask.sum())], latent_side)
