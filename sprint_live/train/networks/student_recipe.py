"""What stage 3 trains on, and which losses teach the student.

Knows: names and numbers.  Must not know: tensors, training runs.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.networks.network import SPRINT_TINY, Network


@dataclasses.dataclass(frozen=True, kw_only=True)
class StudentRecipe:
    """What stage 3 trains on. `scm`, `ladd` and `anchor` are weights of losses; 0 leaves one out.

    `anchor` is ours, not the paper's: || F - F* ||^2 against the data at the largest angle, where sCM is silent. With
    some hundred updates on a CPU the discriminator alone made holes and mottled colors there (seen after 87).
    `trajectories`: a folder of `write_trajectories`; then the points come from the teacher's paths instead of noised
    pictures, each at its path's guidance, the anchor holds at every angle (all points of a path share its end), and
    pictures are the judge's only: without `ladd` none is read. `points_per_path`: of one path in a batch.
    `free_velocities`: the teacher's velocity on a path is what the path itself went by, so no teacher is asked for it.
    `calm_down`: (from, to) updates over which the tangent's weight falls from 1 to `CALM`, as TBCM's does.
    `graft_on`: a student run whose transformer is kept as it is;
    the teacher's branch is grafted on it and trained alone.
    """

    latents: Path
    teacher: Path
    out: Path
    loop: LoopOptions
    network: Network = SPRINT_TINY
    latent_sides: tuple[int, ...] = (16,)
    scm: float = 1.0
    ladd: float = 0.5
    anchor: float = 0.0
    max_time: float = 0.5
    trajectories: Path | None = None
    free_velocities: bool = False
    points_per_path: int = 1
    tangent_warmup: int = 400
    calm_down: tuple[int, int] | None = None
    drop_control: float = 0.15
    start_from: Path | None = None
    graft_on: Path | None = None
