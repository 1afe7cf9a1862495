"""The recipe of the tests: every stage in seconds, at a size that learns nothing."""

from __future__ import annotations

from sprint_live.train.loop.options import LoopOptions
from sprint_live.train.recipe import Phase, Recipe

RECIPES = (
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
