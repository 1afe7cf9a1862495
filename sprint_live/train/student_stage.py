"""The student stage: every phase by the recipe's method, each resumable.

Knows: the methods' functions.  Must not know: the command line, the app.
"""

from __future__ import annotations

from pathlib import Path

from sprint_live.train.loop.checkpoint import load_averaged
from sprint_live.train.loop.distributed import Processes
from sprint_live.train.methods import mean_velocity, tbcm, twinflow
from sprint_live.train.networks import distillation, student_recipe, teacher
from sprint_live.train.networks.latents import black_latent
from sprint_live.train.networks.sample_sheets import Sheet
from sprint_live.train.networks.trajectories import TrajectoryOptions, write_trajectories
from sprint_live.train.recipe import Phase, Recipe
from sprint_live.train.workspace import Workplace, make_sheet, network_of

_WEIGHTS = {
    "twinflow": twinflow.TWINFLOW,
    "twinflow-image-free": twinflow.Weights(image_free=True),
    "rcgm": twinflow.RCGM,
}


def train_student(recipe: Recipe, place: Workplace) -> bool:
    """Run or resume all phases of the student, each from the weights of the one before.

    Returns: True when they are complete, False when time ran out.
    """
    before = None
    paths = _paths(recipe, place) if recipe.num_paths else None
    for index, phase in enumerate(recipe.student):
        sheet, out = make_sheet(recipe, place, max(phase.latent_sides)), place.phase("student", index)
        if recipe.method in _WEIGHTS:
            done = _mean_velocity(recipe, place, phase, sheet, out, before)
        else:
            done = _consistency(recipe, place, phase, sheet, out, before, paths)
        if not done:
            return False
        before = out
    return True


def _mean_velocity(
    recipe: Recipe, place: Workplace, phase: Phase, sheet: Sheet, out: Path, before: Path | None
) -> bool:
    options = mean_velocity.MeanVelocityRecipe(
        latents=place.latents,
        teacher=place.folder("teacher", recipe),
        out=out,
        loop=place.share(phase.loop),
        network=network_of(recipe, place),
        latent_sides=phase.latent_sides,
        weights=_WEIGHTS[recipe.method],
        self_guidance=recipe.self_guidance,
        start_from=before,
    )
    return mean_velocity.train(options, place.device, sheet)


def _consistency(
    recipe: Recipe, place: Workplace, phase: Phase, sheet: Sheet, out: Path, before: Path | None, paths: Path | None
) -> bool:
    options = student_recipe.StudentRecipe(
        latents=place.latents,
        teacher=place.folder("teacher", recipe),
        out=out,
        loop=place.share(phase.loop),
        network=network_of(recipe, place),
        latent_sides=phase.latent_sides,
        start_from=before,
        ladd=recipe.ladd,
        anchor=recipe.anchor,
        tangent_warmup=recipe.tangent_warmup,
        calm_down=recipe.calm_down,
        trajectories=paths,
    )
    if recipe.method == "tbcm":
        black = {side: black_latent(sheet.vae, side) for side in phase.latent_sides}
        return tbcm.train(options, place.device, sheet, black)
    return distillation.train(options, place.device, sheet)


def _paths(recipe: Recipe, place: Workplace) -> Path:
    """The teacher's paths for every canvas size of the student, written by the main process; what is there is kept."""
    sides = tuple(sorted({side for phase in recipe.student for side in phase.latent_sides}))
    options = TrajectoryOptions(
        latents=place.latents, out=place.work / "paths", num_paths=recipe.num_paths, latent_sides=sides
    )
    processes = Processes(place.device)
    if processes.is_main:
        source = teacher.TeacherAndBranch(network_of(recipe, place))
        load_averaged(source, place.folder("teacher", recipe), "teacher")
        write_trajectories(
            source.eval().to(place.device),
            make_sheet(recipe, place, max(sides)).null_text.to(place.device),
            options,
            place.device,
        )
    processes.wait()
    return options.out
