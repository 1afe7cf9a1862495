"""What a recipe is: how much of each stage makes one model. The recipes themselves lie in `sprint_live.train.recipes`.

Knows: numbers.  Must not know: how they are used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sprint_live.train.loop.acceptance import Bound
from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.methods.mean_velocity import SELF_GUIDANCE
from sprint_live.train.networks.network import SPRINT_TINY, Network

STAGES = ("data", "autoencoder", "encode", "preview", "teacher", "student", "export")
METHODS = ("sprint", "twinflow", "twinflow-image-free", "rcgm", "tbcm")  # sprint: sCM and LADD, networks.distillation
EVERY_SHARD = 1_000_000
UNIT_LATENTS = {"latent_std": Bound(at_least=0.8, at_most=1.25)}


@dataclass(frozen=True, kw_only=True)
class Phase:
    """One stretch of training.

    latent_sides: canvas sizes in tokens per side (16 = 1024 pixels); every update draws one of them.
    num_shards: how many shards of scenes are encoded for each size.
    loop: its batch size holds at the smallest side. It shrinks with the number of tokens, so every update costs the
    same.
    max_time: the share of a teacher's batch at s = 1. The answer there is a one-step picture, so at 0.5 the teacher is
    a one-step model by itself: soft, because squared error averages, but with the colors in place.
    relative_error, grounding, weigh_parts: for a teacher; see `TeacherRecipe`.
    """

    latent_sides: tuple[int, ...]
    num_shards: tuple[int, ...]
    loop: LoopOptions
    max_time: float = 0.2
    relative_error: bool = False
    grounding: float = 0.0
    weigh_parts: bool = False


@dataclass(frozen=True, kw_only=True)
class Released:
    """The released model that a recipe starts from. Its two diffusers folders are given on the command line.

    model: its name in the zoo, which gives the shapes before there are folders.
    teacher_repo, student_repo: where the two are published.
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

    autoencoder, preview: None for a released model, which brings its own.
    bounds: stage -> figure -> what it must reach.
    scenes_in_memory: for the autoencoder.
    scene_mix: a name in `train.data.scene_mix`.
    text_layers: of all-MiniLM-L6-v2, kept and taught which words belong together; 0 keeps all, untaught.
    num_scenes: 0 means that the dataset folder is your own (`sprint-live data build`).
    num_paths: guided paths of the teacher that the student learns from, at each canvas size; 0: from noised pictures.
    method: of the student, one of `METHODS`.
    self_guidance: for twinflow and rcgm; None asks the teacher.
    calm_down: see `StudentRecipe`.
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
    text_layers: int = 0
    method: str = "sprint"
    self_guidance: float | None = SELF_GUIDANCE
    calm_down: tuple[int, int] | None = None
    bounds: Mapping[str, Mapping[str, Bound]] = field(default_factory=dict)

    @property
    def stages(self) -> tuple[str, ...]:
        """Names of the stages, in order."""
        left_out = {
            "data": not self.num_scenes,
            "autoencoder": self.autoencoder is None,
            "preview": self.preview is None,
        }
        return tuple(stage for stage in STAGES if not left_out.get(stage, False))
