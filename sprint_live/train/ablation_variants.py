"""The ablations: which runs there are, and which questions of the paper each answers. A run changes one thing.

The network has a sixth of sprint-tiny's work, on 512x512 canvases (8x8 tokens). The teachers differ in normalization
and in the scale of time. The students differ in their losses and in the source of their training points. Normalization
and time scale are tested with sCM alone: they stabilize its gradient (figure 3 of the paper), which LADD's would hide.

Knows: networks and names of runs.  Must not know: how runs are trained or judged.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from sprint_live.train.networks.network import SPRINT_TINY, Network

SIDE = 8
GROWN = "sprint-tiny"  # a whole teacher that is there already, in place of the small dense one
_SMALL = {
    **SPRINT_TINY.transformer,
    "num_attention_heads": 4,
    "num_layers": 6,
    "num_cross_attention_heads": 4,
    "cross_attention_dim": 128,
    "sample_size": SIDE,
}

DENSE = Network(transformer=_SMALL, num_branch_blocks=2, feature_blocks=(1, 3, 4))

TEACHERS: dict[str, Network] = {
    "dense": DENSE,
    "without-qk-norm": dataclasses.replace(DENSE, transformer={**_SMALL, "qk_norm": None}),
    "thousand-ticks": dataclasses.replace(DENSE, time_scale=1000.0),
    GROWN: SPRINT_TINY,
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Variant:
    """One student run.

    questions: the comparisons that include it. scm, ladd, anchor: weights of the losses. ladd is a tenth of the paper's
    weight by default, as in sprint-tiny: at batch size 32 the paper's weight is a variant of its own. on_paths: train
    on points of the teacher's paths (TBCM). free_velocities, points_per_path: see StudentRecipe. calm_down: of the
    tangent, between 0.75 and 0.85 of the updates. random_times: of the paths, see TrajectoryOptions. drop_black: leave
    out paths that end near black. graft_on: the run whose transformer gets the teacher's branch. share:
    fraction of the student updates, 0 to 1 (0: untrained).
    """

    name: str
    questions: tuple[str, ...]
    teacher: str = "dense"
    scm: float = 1.0
    ladd: float = 0.05
    anchor: float = 0.0
    max_time: float = 0.5
    on_paths: bool = False
    free_velocities: bool = False
    points_per_path: int = 1
    calm_down: bool = False
    random_times: bool = False
    drop_black: bool = False
    graft_on: str | None = None
    share: float = 1.0


_PATHS: dict[str, Any] = {"questions": ("paths",), "anchor": 2.0, "on_paths": True}
VARIANTS = (
    Variant(name="scm-and-ladd", questions=("losses", "max-time", "points", "anchor", "graft")),
    Variant(name="scm-alone", questions=("losses", "qk-norm", "time-scale"), ladd=0.0),
    Variant(name="ladd-alone", questions=("losses",), scm=0.0),
    Variant(name="scm-and-ladd-as-published", questions=("losses",), ladd=0.5),
    Variant(name="without-qk-norm", questions=("qk-norm",), teacher="without-qk-norm", ladd=0.0),
    Variant(name="thousand-ticks", questions=("time-scale",), teacher="thousand-ticks", ladd=0.0),
    Variant(name="without-max-time", questions=("max-time",), max_time=0.0),
    Variant(name="teacher-paths", questions=("points",), on_paths=True),
    Variant(name="anchored", questions=("anchor",), anchor=2.0),
    Variant(name="anchored-on-paths", questions=("losses", "anchor", "points", "paths"), anchor=2.0, on_paths=True),
    Variant(name="anchored-on-paths-without-ladd", questions=("losses",), ladd=0.0, anchor=2.0, on_paths=True),
    Variant(name="free-velocities", free_velocities=True, **_PATHS),
    Variant(name="several-points-of-a-path", points_per_path=8, **_PATHS),
    Variant(name="calmed-down", calm_down=True, **_PATHS),
    Variant(name="random-times", random_times=True, **_PATHS),
    Variant(name="without-black-ends", drop_black=True, **_PATHS),
    Variant(name="grafted-untrained", questions=("graft",), graft_on="scm-and-ladd", share=0.0),
    Variant(name="grafted-half", questions=("graft",), graft_on="scm-and-ladd", share=0.5),
    Variant(name="grafted-whole", questions=("graft",), graft_on="scm-and-ladd"),
)

STEPPED = ("scm-and-ladd", "anchored-on-paths")  # drawn with 1 to 4 steps
QUESTIONS = (*dict.fromkeys(question for variant in VARIANTS for question in variant.questions), "steps")


def chosen(questions: tuple[str, ...]) -> list[Variant]:
    """The variants that answer these questions, and the variants they are grafted on, in the order of the table."""
    wanted = {variant.name for variant in VARIANTS if set(variant.questions) & set(questions)}
    if "steps" in questions:
        wanted.update(STEPPED)
    wanted.update(variant.graft_on for variant in VARIANTS if variant.name in wanted and variant.graft_on is not None)
    return [variant for variant in VARIANTS if variant.name in wanted]
