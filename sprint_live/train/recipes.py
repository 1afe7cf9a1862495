"""Recipes: one table of presets. A recipe says how much of each stage; the stages say what.

| recipe           | made for            | scenes | measured                                          |
| sprint-tiny-cpu  | 2 CPU cores, hours  |  20500 | the weights in assets/sprint-tiny (see its card)  |
| sprint-tiny      | one H200, 25 min    |  60000 | not yet run                                       |
| smoke            | tests, seconds      |     40 | code path only                                    |

Small canvases come first: the network has no positional embedding, and 8x8 tokens (a 512x512 canvas)
cost a quarter of 16x16. Later phases mix both, so that one network draws at either size.

Knows: numbers.  Must not know: how they are used.
"""

from __future__ import annotations

from dataclasses import dataclass

from sprint_live.errors import ArgumentError
from sprint_live.train.network import SPRINT_TINY, Network
from sprint_live.train.run import LoopOptions


@dataclass(frozen=True, kw_only=True)
class Phase:
    """One stretch of training. Every update draws one canvas size from `latent_sides` (tokens per side, 16 = 1024
    pixels); `num_shards` bounds the scenes that are encoded for each. The batch is `loop.batch_size` at the smallest
    side and shrinks with the number of tokens, so that every update costs the same.
    """

    latent_sides: tuple[int, ...]
    num_shards: tuple[int, ...]
    loop: LoopOptions


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """All stages of one model."""

    name: str
    num_scenes: int
    scenes_per_shard: int
    scenes_in_memory: int
    autoencoder: LoopOptions
    teacher: tuple[Phase, ...]
    student: tuple[Phase, ...]
    network: Network = SPRINT_TINY
    ladd: float = 0.5
    anchor: float = 0.0


RECIPES: dict[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        Recipe(
            name="sprint-tiny-cpu", num_scenes=20_500, scenes_per_shard=500, scenes_in_memory=4_000,
            autoencoder=LoopOptions(num_updates=6_000, batch_size=16, learning_rate=2e-3, ema_decay=0.998, sample_every=250),
            teacher=(Phase(latent_sides=(8,), num_shards=(41,), loop=LoopOptions(num_updates=750, batch_size=64, learning_rate=2e-3, final_rate=0.5, ema_decay=0.99, compile=True)),
                     Phase(latent_sides=(8, 16), num_shards=(41, 16), loop=LoopOptions(num_updates=850, batch_size=64, learning_rate=1e-3, ema_decay=0.99, warmup_updates=20, compile=True))),
            student=(Phase(latent_sides=(8, 16), num_shards=(41, 16), loop=LoopOptions(num_updates=400, batch_size=32, learning_rate=3e-4, ema_decay=0.98, warmup_updates=20, gradient_clip=0.1, compile=True)),),
            ladd=0.2, anchor=2.0,
        ),
        Recipe(
            name="sprint-tiny", num_scenes=60_000, scenes_per_shard=500, scenes_in_memory=20_000,
            autoencoder=LoopOptions(num_updates=12_000, batch_size=64, learning_rate=2e-3, sample_every=1_000),
            teacher=(Phase(latent_sides=(8,), num_shards=(120,), loop=LoopOptions(num_updates=12_000, batch_size=512, learning_rate=2e-3, final_rate=0.5, sample_every=1_000)),
                     Phase(latent_sides=(8, 16), num_shards=(120, 120), loop=LoopOptions(num_updates=8_000, batch_size=512, learning_rate=1e-3, sample_every=1_000))),
            student=(Phase(latent_sides=(8, 16), num_shards=(120, 120), loop=LoopOptions(num_updates=8_000, batch_size=256, learning_rate=3e-4, gradient_clip=0.1, sample_every=1_000)),),
        ),
        Recipe(
            name="smoke", num_scenes=40, scenes_per_shard=20, scenes_in_memory=20,
            autoencoder=LoopOptions(num_updates=3, batch_size=2, learning_rate=1e-3),
            teacher=(Phase(latent_sides=(4,), num_shards=(2,), loop=LoopOptions(num_updates=3, batch_size=4, learning_rate=1e-3)),),
            student=(Phase(latent_sides=(4,), num_shards=(2,), loop=LoopOptions(num_updates=3, batch_size=4, learning_rate=1e-3)),),
        ),
    )
}


def get_recipe(name: str) -> Recipe:
    """The recipe of that name.

    Raises:
        ArgumentError: there is none; the message lists what there is.
    """
    if name not in RECIPES:
        raise ArgumentError(f"got recipe {name!r}; accepted: {', '.join(RECIPES)}")
    return RECIPES[name]
