"""The recipes of the released SANA-Sprint models: each makes a control branch for one of them.

They start from the folders of a SANA-Sprint model and its teacher. The branch learns on the frozen teacher with the
flow loss; then teacher and branch are distilled into the released student and the branch.
"""

from __future__ import annotations

from sprint_live.train.loop.acceptance import Bound
from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.recipe import EVERY_SHARD, UNIT_LATENTS, Phase, Recipe, Released


def _released(name: str, released: Released, *, batch_size: int) -> Recipe:
    """A recipe with the paper's numbers where it gives them (clip 0.1, warm-up 4000); the rest is a start, not a
    result.

    `--dry-run` counts 17 GiB a device for the 0.6B student in float32 and 47 GiB for 1.6B, both at a batch of 4 on one
    device with recomputed blocks (73 and 126 without). `--batch-size` or more processes bring it down.
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
            "encode": UNIT_LATENTS,
            "teacher": {"control_gain": Bound(at_least=1.02)},
            "student": {"one_step_ratio": Bound(at_most=1.0)},
        },
    )


RECIPES = (
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
)
