"""The recipes of sprint-tiny, from nothing: two for CPU cores, one for a GPU.

Small canvases come first. The network has no positional embedding, and 8x8 tokens (a 512x512 canvas) cost a quarter
of 16x16. Later phases mix both, so one network draws at either size.
"""

from __future__ import annotations

from sprint_live.train.loop.acceptance import Bound
from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.recipe import UNIT_LATENTS, Phase, Recipe

_TINY_BOUNDS: dict[str, dict[str, Bound]] = {
    "data": {"usable_share": Bound(at_least=0.95)},
    "autoencoder": {"psnr_db": Bound(at_least=24.0), "sketch_psnr_db": Bound(at_least=14.0)},
    "encode": UNIT_LATENTS,
    "preview": {"psnr_db": Bound(at_least=26.0), "weights_mb": Bound(at_most=3.0)},
    "teacher": {
        "flow_loss_at_1": Bound(at_most=0.5),
        "flow_loss_at_half": Bound(at_most=0.4),
        "control_gain": Bound(at_least=1.1),
    },
    "student": {"one_step_ratio": Bound(at_most=1.0)},
    "export": {"weights_mb": Bound(at_most=64.0), "text_encoder_mb": Bound(at_most=25.0)},
}


def _onward(*, sides: tuple[int, ...], num_shards: tuple[int, ...], num_updates: int) -> Phase:
    """A teacher phase with four fifths of the batch at s = 1: a one-step model before any distillation."""
    loop = LoopOptions(
        num_updates=num_updates,
        batch_size=64,
        learning_rate=6e-4,
        ema_decay=0.99,
        warmup_updates=50,
        compile=True,
        optimizer="adamw",
    )
    return Phase(latent_sides=sides, num_shards=num_shards, loop=loop, max_time=0.8, grounding=0.6, weigh_parts=True)


def _cpu_student(*, num_shards: tuple[int, int], num_updates: int) -> Phase:
    """A student phase at both canvas sizes, with the numbers found on two CPU cores."""
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


RECIPES = (
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
        scene_mix="named",
        text_layers=3,
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
)
