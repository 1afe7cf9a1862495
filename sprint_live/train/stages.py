"""The stages of a recipe in their order, each resumable, each judged when it is done.

With several processes the main one builds, encodes and exports while the others wait; all of them train.

Knows: the stages' functions.  Must not know: the command line, the app.
"""

from __future__ import annotations

import json
from pathlib import Path

from sprint_live.errors import ArgumentError
from sprint_live.train.data.compose import SceneOptions, build_scenes
from sprint_live.train.loop.acceptance import NAME as VERDICT_NAME
from sprint_live.train.loop.acceptance import Verdict, accept
from sprint_live.train.loop.distributed import Processes
from sprint_live.train.metrics import measure
from sprint_live.train.networks import autoencoder, latents, preview, teacher
from sprint_live.train.networks.export import export_released, export_tiny, keep_text_encoder, save_text_encoder
from sprint_live.train.networks.part_areas import encode_parts
from sprint_live.train.networks.starting_points import (
    keep_autoencoder,
    model_autoencoder,
    start_teacher_from_model,
)
from sprint_live.train.networks.word_binding import BindingOptions, told_captions
from sprint_live.train.recipe import Recipe
from sprint_live.train.student_stage import train_student
from sprint_live.train.workspace import (
    Workplace,
    load_autoencoder,
    load_caption_encoder,
    make_sheet,
    network_of,
    scaling_factor,
)


def run_stage(stage: str, recipe: Recipe, place: Workplace) -> bool:
    """Run or resume one stage. Returns True when it is complete, False when time ran out.

    Raises:
        ArgumentError: the recipe has no such stage, or one it builds on has not been run.
    """
    if stage not in recipe.stages:
        raise ArgumentError(f"got stage {stage!r}; accepted for {recipe.name}: {', '.join(recipe.stages)}")
    if stage == "autoencoder" and place.start_model is not None:
        _keep_autoencoder(place, place.start_model)
        return True
    if stage == "autoencoder":
        options = autoencoder.AutoencoderRecipe(
            data=place.data_folder,
            out=place.work / "autoencoder",
            loop=place.share(recipe.autoencoder),
            max_scenes=recipe.scenes_in_memory,
        )
        return autoencoder.train(options, place.device)
    if stage == "preview":
        return _preview(recipe, place)
    if stage == "teacher":
        return _teacher(recipe, place)
    if stage == "student":
        return train_student(recipe, place)
    processes = Processes(place.device)
    if processes.is_main:
        {"data": _data, "encode": _encode, "export": _export}[stage](recipe, place)
    processes.wait()
    return True


def judge_stage(stage: str, recipe: Recipe, place: Workplace) -> Verdict:
    """Measure a finished stage, hold it against the recipe's bounds, and write acceptance.json into its folder."""
    return accept(place.folder(stage, recipe), stage, measure(stage, recipe, place), recipe.bounds.get(stage, {}))


def _data(recipe: Recipe, place: Workplace) -> None:
    build_scenes(
        SceneOptions(
            node_modules=place.node_modules,
            out=place.data_folder,
            num_scenes=recipe.num_scenes,
            scenes_per_shard=recipe.scenes_per_shard,
            mix=recipe.scene_mix,
        )
    )


def _encode(recipe: Recipe, place: Workplace) -> None:
    data, out = place.data_folder, place.latents
    out.mkdir(parents=True, exist_ok=True)
    if recipe.released is None:
        if place.start_model is None:
            factor = latents.measure_scaling(autoencoder.load_trained(place.work / "autoencoder", 1.0), data)
        else:
            factor = model_autoencoder(place.start_model).config.scaling_factor
        (out / "scaling.json").write_text(json.dumps({"scaling_factor": factor}), encoding="utf-8")
        _text_encoder(recipe, place)
    wanted: dict[int, int] = {}
    for phase in recipe.teacher + recipe.student:
        for side, count in zip(phase.latent_sides, phase.num_shards, strict=True):
            wanted[side] = max(count, wanted.get(side, 0))
    captions = load_caption_encoder(recipe, place)
    latents.encode_captions(captions, data, out, num_shards=max(wanted.values()))
    vae = load_autoencoder(recipe, place).to(place.device)
    for side, count in wanted.items():
        if any(phase.grounding for phase in recipe.teacher):
            encode_parts(
                captions.tokenizer, data, out, latent_side=side, num_shards=count, max_tokens=captions.max_tokens
            )
        latents.encode_scenes(vae, data, out, latent_side=side, num_shards=count, device=place.device)


def _text_encoder(recipe: Recipe, place: Workplace) -> None:
    out = place.work / "model"
    if place.start_model is not None:
        keep_text_encoder(place.start_model, out)
        return
    binding = BindingOptions(num_layers=recipe.text_layers) if recipe.text_layers else None
    save_text_encoder(place.text_encoder, out, binding, told_captions(place.data_folder) if binding else ())


def _preview(recipe: Recipe, place: Workplace) -> bool:
    options = preview.PreviewRecipe(
        latents=place.latents, out=place.folder("preview", recipe), loop=place.share(recipe.preview)
    )
    done = preview.train(options, load_autoencoder(recipe, place), place.device)
    processes = Processes(place.device)
    if done and processes.is_main:
        preview.export(options.out, place.work / "model")
    processes.wait()
    return done


def _keep_autoencoder(place: Workplace, model: Path) -> None:
    """The start model's autoencoder as this work folder's: its student knows no other's latents."""
    processes = Processes(place.device)
    if processes.is_main:
        keep_autoencoder(model, place.work / "autoencoder")
    processes.wait()


def _start(recipe: Recipe, place: Workplace) -> Path | None:
    """The run that the first teacher phase starts from, written by the main process; None for random weights."""
    if place.start_model is None:
        return None
    processes = Processes(place.device)
    if processes.is_main:
        start_teacher_from_model(place.start_model, place.work / "start", recipe.network)
    processes.wait()
    return place.work / "start"


def _teacher(recipe: Recipe, place: Workplace) -> bool:
    before, network = _start(recipe, place), network_of(recipe, place)
    for index, phase in enumerate(recipe.teacher):
        options = teacher.TeacherRecipe(
            latents=place.latents,
            out=place.phase("teacher", index),
            loop=place.share(phase.loop),
            network=network,
            train_base=recipe.released is None,
            latent_sides=phase.latent_sides,
            max_time=phase.max_time,
            relative_error=phase.relative_error,
            grounding=phase.grounding,
            weigh_parts=phase.weigh_parts,
            start_from=before,
        )
        if not teacher.train(options, place.device, make_sheet(recipe, place, max(phase.latent_sides))):
            return False
        before = options.out
    return True


def _export(recipe: Recipe, place: Workplace) -> None:
    run, out, network = place.folder("student", recipe), place.work / "model", network_of(recipe, place)
    (out / VERDICT_NAME).unlink(
        missing_ok=True
    )  # about the old weights, and no part of a model: its sum must not be recorded
    if recipe.released is None:
        export_tiny(run, place.work / "autoencoder", scaling_factor(place), out, network)
    else:
        export_released(run, place.student_model, out, network)
