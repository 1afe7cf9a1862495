"""Recipes: one table of presets. A recipe says how much of each stage; the stages say what.

| recipe                      | made for            | scenes | measured                                          |
| sprint-tiny-cpu             | 2 CPU cores, hours  |  18000 | the weights in assets/sprint-tiny (see its card)  |
| sprint-tiny-onward          | 2 CPU cores, a day  |  50000 | begun, not yet run to its end: --start-model      |
| sprint-tiny                 | one H200, 25 min    |  60000 | not yet run                                       |
| sana-sprint-0.6b-controlnet | GPUs, your pictures |      - | not run: code path only, at reduced size, in tests |
| sana-sprint-1.6b-controlnet | GPUs, your pictures |      - | not run: as above                                 |
| twinflow, rcgm, tbcm        | 2 CPU cores, hours  |  18000 | sprint-tiny-cpu by another method, not yet run    |
| sana-sprint-0.6b-twinflow . | GPUs, your pictures |      - | not run: each method and size by its name         |
| smoke                       | tests, seconds      |     40 | code path only                                    |

The two released recipes start from the folders of a SANA-Sprint model and its teacher: the branch learns on the frozen
teacher with the flow loss, then teacher and branch are distilled into the released student and the branch.

Small canvases come first: the network has no positional embedding, and 8x8 tokens (a 512x512 canvas)
cost a quarter of 16x16. Later phases mix both, so that one network draws at either size.

Knows: numbers.  Must not know: how they are used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sprint_live.errors import ArgumentError
from sprint_live.train.loop.acceptance import Bound
from sprint_live.train.loop.run import LoopOptions
from sprint_live.train.methods.mean_velocity import SELF_GUIDANCE
from sprint_live.train.networks.network import SPRINT_TINY, Network

STAGES = ("data", "autoencoder", "encode", "preview", "teacher", "student", "export")
METHODS = ("sprint", "twinflow", "twinflow-image-free", "rcgm", "tbcm")  # sprint: sCM and LADD, networks.distillation
EVERY_SHARD = 1_000_000
_UNIT_LATENTS = {"latent_std": Bound(at_least=0.8, at_most=1.25)}
_TINY_BOUNDS: dict[str, dict[str, Bound]] = {
    "data": {"usable_share": Bound(at_least=0.95)},
    "autoencoder": {"psnr_db": Bound(at_least=24.0), "sketch_psnr_db": Bound(at_least=14.0)},
    "encode": _UNIT_LATENTS,
    "preview": {"psnr_db": Bound(at_least=26.0), "weights_mb": Bound(at_most=3.0)},
    "teacher": {
        "flow_loss_at_1": Bound(at_most=0.5),
        "flow_loss_at_half": Bound(at_most=0.4),
        "control_gain": Bound(at_least=1.1),
    },
    "student": {"one_step_ratio": Bound(at_most=1.0)},
    "export": {"weights_mb": Bound(at_most=64.0), "text_encoder_mb": Bound(at_most=25.0)},
}


@dataclass(frozen=True, kw_only=True)
class Phase:
    """One stretch of training. Every update draws one canvas size from `latent_sides` (tokens per side, 16 = 1024
    pixels); `num_shards` bounds the scenes that are encoded for each. The batch is `loop.batch_size` at the smallest
    side and shrinks with the number of tokens, so that every update costs the same. `max_time`: share of a teacher's batch
    at s = 1. What it answers there is its one-step picture, so at 0.5 the teacher is a one-step model by itself: soft,
    since squared error averages, but with its colors in their places. relative_error: of a teacher, see `TeacherRecipe`.
    """

    latent_sides: tuple[int, ...]
    num_shards: tuple[int, ...]
    loop: LoopOptions
    max_time: float = 0.2
    relative_error: bool = False


@dataclass(frozen=True, kw_only=True)
class Released:
    """The released model a recipe starts from. Its two diffusers folders are given on the command line.

    model: its name in the zoo, for shapes before there are folders. teacher_repo, student_repo: where they are published.
    """

    model: str
    teacher_repo: str
    student_repo: str
    num_branch_blocks: int = 7
    num_features: int = 4
    text_tokens: int = 300


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """All stages of one model.

    autoencoder, preview: None for a released model, which brings its own. bounds: stage -> figure -> what it must reach.
    scenes_in_memory: for the autoencoder. scene_mix: a name in `train.data.scene_mix`. num_scenes 0: the dataset folder is somebody's own (`sprint-live data build`).
    num_paths: guided paths of the teacher that the student learns from, at each canvas size; 0: from noised pictures.
    method: of the student, one of `METHODS`. self_guidance: of twinflow and rcgm; None asks the teacher. calm_down: see StudentRecipe.
    """

    name: str
    num_scenes: int
    scenes_per_shard: int
    scenes_in_memory: int
    autoencoder: LoopOptions | None
    teacher: tuple[Phase, ...]
    student: tuple[Phase, ...]
    preview: LoopOptions | None = None
    network: Network = SPRINT_TINY
    released: Released | None = None
    ladd: float = 0.5
    anchor: float = 0.0
    num_paths: int = 0
    tangent_warmup: int = 400
    scene_mix: str = "even"
    method: str = "sprint"
    self_guidance: float | None = SELF_GUIDANCE
    calm_down: tuple[int, int] | None = None
    bounds: Mapping[str, Mapping[str, Bound]] = field(default_factory=dict)

    @property
    def stages(self) -> tuple[str, ...]:
        """Names of its stages, in order."""
        left_out = {
            "data": not self.num_scenes,
            "autoencoder": self.autoencoder is None,
            "preview": self.preview is None,
        }
        return tuple(stage for stage in STAGES if not left_out.get(stage, False))


def _released(name: str, released: Released, *, batch_size: int) -> Recipe:
    """Numbers of the paper where it gives them (clip 0.1, warm-up 4000); the rest is a start, not a result.

    `--dry-run` counts 17 GiB a device for the 0.6B student in float32 and 47 GiB for 1.6B, both at a batch of 4 on one
    device with recomputed blocks (73 and 126 without); --batch-size or more processes bring it down.
    """
    teacher = LoopOptions(
        num_updates=20_000,
        batch_size=batch_size,
        learning_rate=1e-4,
        warmup_updates=500,
        sample_every=1_000,
        save_every_s=900,
        recompute=True,
    )
    student = LoopOptions(
        num_updates=10_000,
        batch_size=batch_size,
        learning_rate=2e-5,
        warmup_updates=500,
        gradient_clip=0.1,
        sample_every=500,
        save_every_s=900,
        recompute=True,
    )
    return Recipe(
        name=name,
        num_scenes=0,
        scenes_per_shard=500,
        scenes_in_memory=0,
        autoencoder=None,
        released=released,
        tangent_warmup=4_000,
        teacher=(Phase(latent_sides=(32,), num_shards=(EVERY_SHARD,), loop=teacher),),
        student=(Phase(latent_sides=(32,), num_shards=(EVERY_SHARD,), loop=student),),
        bounds={
            "encode": _UNIT_LATENTS,
            "teacher": {"control_gain": Bound(at_least=1.02)},
            "student": {"one_step_ratio": Bound(at_most=1.0)},
        },
    )


def _onward(*, sides: tuple[int, ...], num_shards: tuple[int, ...], num_updates: int) -> Phase:
    """A teacher phase two thirds of which sit at s = 1: the teacher is a one-step model before any distillation."""
    loop = LoopOptions(
        num_updates=num_updates,
        batch_size=64,
        learning_rate=8e-4,
        ema_decay=0.99,
        warmup_updates=30,
        compile=True,
        optimizer="adamw",
    )
    return Phase(latent_sides=sides, num_shards=num_shards, loop=loop, max_time=0.65, relative_error=True)


def _cpu_student(*, num_shards: tuple[int, int], num_updates: int) -> Phase:
    """A student phase at both canvas sizes, as it was found on two CPU cores."""
    loop = LoopOptions(
        num_updates=num_updates,
        batch_size=32,
        learning_rate=3e-4,
        ema_decay=0.99,
        warmup_updates=20,
        gradient_clip=0.1,
        compile=True,
    )
    return Phase(latent_sides=(8, 16), num_shards=num_shards, loop=loop)


RECIPES: dict[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        Recipe(
            name="sprint-tiny-cpu",
            num_scenes=18_000,
            scenes_per_shard=500,
            scenes_in_memory=4_000,
            autoencoder=LoopOptions(
                num_updates=5_000, batch_size=16, learning_rate=2e-3, ema_decay=0.998, sample_every=250
            ),
            preview=LoopOptions(num_updates=3_000, batch_size=16, learning_rate=2e-3, ema_decay=0.99, sample_every=250),
            teacher=(
                Phase(
                    latent_sides=(8,),
                    num_shards=(36,),
                    loop=LoopOptions(
                        num_updates=750, batch_size=64, learning_rate=2e-3, final_rate=0.5, ema_decay=0.99, compile=True
                    ),
                ),
                Phase(
                    latent_sides=(8, 16),
                    num_shards=(36, 17),
                    loop=LoopOptions(
                        num_updates=2_000,
                        batch_size=64,
                        learning_rate=1.5e-3,
                        ema_decay=0.99,
                        warmup_updates=20,
                        compile=True,
                    ),
                ),
            ),
            student=(_cpu_student(num_shards=(36, 17), num_updates=3_000),),
            ladd=0.03,
            anchor=2.0,
            num_paths=2_400,
            bounds=_TINY_BOUNDS,
        ),
        Recipe(
            name="sprint-tiny-onward",
            scene_mix="parts",
            num_scenes=50_000,
            scenes_per_shard=500,
            scenes_in_memory=4_000,
            autoencoder=LoopOptions(num_updates=5_000, batch_size=16, learning_rate=2e-3, ema_decay=0.998),
            preview=LoopOptions(num_updates=3_000, batch_size=16, learning_rate=2e-3, ema_decay=0.99),
            teacher=(
                _onward(sides=(8,), num_shards=(100,), num_updates=3_000),
                _onward(sides=(8, 16), num_shards=(100, 40), num_updates=5_000),
            ),
            student=(_cpu_student(num_shards=(100, 40), num_updates=6_000),),
            ladd=0.03,
            anchor=2.0,
            num_paths=6_000,
            bounds=_TINY_BOUNDS,
        ),
        Recipe(
            name="sprint-tiny",
            num_scenes=60_000,
            scenes_per_shard=500,
            scenes_in_memory=20_000,
            autoencoder=LoopOptions(num_updates=12_000, batch_size=64, learning_rate=2e-3, sample_every=1_000),
            preview=LoopOptions(num_updates=8_000, batch_size=64, learning_rate=2e-3, sample_every=1_000),
            teacher=(
                Phase(
                    latent_sides=(8,),
                    num_shards=(120,),
                    loop=LoopOptions(
                        num_updates=12_000, batch_size=512, learning_rate=2e-3, final_rate=0.5, sample_every=1_000
                    ),
                ),
                Phase(
                    latent_sides=(8, 16),
                    num_shards=(120, 120),
                    loop=LoopOptions(num_updates=8_000, batch_size=512, learning_rate=1e-3, sample_every=1_000),
                ),
            ),
            student=(
                Phase(
                    latent_sides=(8, 16),
                    num_shards=(120, 120),
                    loop=LoopOptions(
                        num_updates=8_000, batch_size=256, learning_rate=3e-4, gradient_clip=0.1, sample_every=1_000
                    ),
                ),
            ),
            ladd=0.05,
            anchor=2.0,
            num_paths=16_384,
            bounds=_TINY_BOUNDS,
        ),
        _released(
            "sana-sprint-0.6b-controlnet",
            Released(
                model="sana-sprint-0.6b",
                teacher_repo="Efficient-Large-Model/Sana_Sprint_0.6B_1024px_teacher_diffusers",
                student_repo="Efficient-Large-Model/Sana_Sprint_0.6B_1024px_diffusers",
            ),
            batch_size=4,
        ),
        _released(
            "sana-sprint-1.6b-controlnet",
            Released(
                model="sana-sprint-1.6b",
                teacher_repo="Efficient-Large-Model/Sana_Sprint_1.6B_1024px_teacher_diffusers",
                student_repo="Efficient-Large-Model/Sana_Sprint_1.6B_1024px_diffusers",
            ),
            batch_size=4,
        ),
        Recipe(
            name="smoke",
            num_scenes=40,
            scenes_per_shard=20,
            scenes_in_memory=20,
            anchor=1.0,
            num_paths=4,
            autoencoder=LoopOptions(num_updates=3, batch_size=2, learning_rate=1e-3),
            preview=LoopOptions(num_updates=3, batch_size=2, learning_rate=1e-3),
            teacher=(
                Phase(
                    latent_sides=(4,),
                    num_shards=(2,),
                    loop=LoopOptions(num_updates=3, batch_size=4, learning_rate=1e-3),
                ),
            ),
            student=(
                Phase(
                    latent_sides=(4,),
                    num_shards=(2,),
                    loop=LoopOptions(num_updates=3, batch_size=4, learning_rate=1e-3),
                ),
            ),
        ),
    )
}


def _by_method(base: str, name: str, method: str) -> Recipe:
    """The recipe `base` with its students trained by another method.

    TwinFlow and RCGM: no gradient clip to speak of, average 0.99. TBCM: 15 points a path, the tangent's weight full after a
    fifth of the updates and calm between 0.75 and 0.85 of them (published: 4,000, 15,000 and 17,000 updates).
    """
    recipe = RECIPES[base]
    released = recipe.released is not None
    phases = []
    for phase in recipe.student:
        loop = replace(phase.loop, ema_decay=0.99)
        if method == "tbcm":
            changes = (
                {"num_updates": 20_000, "learning_rate": 1e-5, "batch_size": 15} if released else {"batch_size": 30}
            )
            loop = replace(loop, gradient_clip=0.1, **changes)
        else:
            changes = {"num_updates": 30_000, "learning_rate": 1e-4} if released else {}
            loop = replace(loop, gradient_clip=1.0, **changes)
        phases.append(replace(phase, loop=loop))
    updates = phases[-1].loop.num_updates
    return replace(
        recipe,
        name=name,
        student=tuple(phases),
        method=method,
        num_paths=0,
        self_guidance=None if method == "twinflow-image-free" else recipe.self_guidance,
        tangent_warmup=updates // 5,
        calm_down=(updates * 3 // 4, updates * 17 // 20) if method == "tbcm" else None,
    )


RECIPES |= {
    recipe.name: recipe
    for method in METHODS[1:]
    for recipe in (
        _by_method("sprint-tiny-cpu", method, method),
        _by_method("sana-sprint-0.6b-controlnet", f"sana-sprint-0.6b-{method}", method),
        _by_method("sana-sprint-1.6b-controlnet", f"sana-sprint-1.6b-{method}", method),
    )
}


def get_recipe(name: str, *, batch_size: int | None = None) -> Recipe:
    """The recipe of that name; `batch_size` replaces that of its teacher and student.

    Raises:
        ArgumentError: there is none, and the message lists what there is; or the batch is below 1.
    """
    if name not in RECIPES:
        raise ArgumentError(f"got recipe {name!r}; accepted: {', '.join(RECIPES)}")
    recipe = RECIPES[name]
    if batch_size is None:
        return recipe
    resized = {
        stage: tuple(
            replace(phase, loop=replace(phase.loop, batch_size=batch_size)) for phase in getattr(recipe, stage)
        )
        for stage in ("teacher", "student")
    }
    return replace(recipe, **resized)
