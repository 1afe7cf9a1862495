"""Zoo entries like the released ones, a hundred times narrower: the same classes and code path in a second."""

from __future__ import annotations

import dataclasses

from sprint_live.models import released
from sprint_live.models.zoo import ZooModel, find_model

AUTOENCODER = {
    **released.AUTOENCODER,
    "attention_head_dim": 8,
    "encoder_block_out_channels": (8, 8, 16, 16, 16, 32),
    "decoder_block_out_channels": (8, 8, 16, 16, 16, 32),
    "encoder_layers_per_block": (1, 1, 1, 1, 1, 1),
    "decoder_layers_per_block": (1, 1, 1, 1, 1, 1),
}
SIDE_PX = 256


def small_released(name: str = "sana-sprint-0.6b") -> ZooModel:
    """The named entry with 8 blocks of width 64, in float32, which a small CPU multiplies faster.
    Pictures have 256 pixels a side.
    """
    entry = find_model(name)
    transformer = {
        **entry.configs["transformer"],
        "num_attention_heads": 2,
        "num_cross_attention_heads": 2,
        "cross_attention_head_dim": 32,
        "cross_attention_dim": 64,
    }
    transformer |= {"num_layers": 8, "caption_channels": 48, "sample_size": 8}
    configs = {
        **entry.configs,
        "transformer": transformer,
        "vae": AUTOENCODER,
        "text_encoder": {**released.TEXT_ENCODER, "hidden_size": 48},
    }
    return dataclasses.replace(
        entry,
        configs=configs,
        parts={},
        bfloat16=False,
        sizes=(SIDE_PX,),
        default_size=SIDE_PX,
        shapes=((192, 320), (256, 256), (320, 192)),
    )
