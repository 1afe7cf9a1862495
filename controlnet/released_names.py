"""The tensor names of released SANA checkpoints beside those of diffusers.

A released tensor that holds several of ours (qkv, kv) is cut along its first dimension, in the order given.

Source: the module names of NVlabs/Sana sana_multi_scale.py and sana_multi_scale_controlnet.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor

Names = Mapping[str, tuple[str, ...]]


def _linear(released: str, *ours: str) -> dict[str, tuple[str, ...]]:
    """Weight and bias of a layer under its released name and its names here."""
    return {f"{released}.{part}": tuple(f"{name}.{part}" for name in ours) for part in ("weight", "bias")}


EMBEDDINGS: Names = {
    **_linear("x_embedder.proj", "patch_embed.proj"),
    **_linear("t_embedder.mlp.0", "time_embed.emb.timestep_embedder.linear_1"),
    **_linear("t_embedder.mlp.2", "time_embed.emb.timestep_embedder.linear_2"),
    **_linear("t_block.1", "time_embed.linear"),
    **_linear("y_embedder.y_proj.fc1", "caption_projection.linear_1"),
    **_linear("y_embedder.y_proj.fc2", "caption_projection.linear_2"),
    "attention_y_norm.weight": ("caption_norm.weight",),
}
BLOCK: Names = {
    "scale_shift_table": ("scale_shift_table",),
    "attn.qkv.weight": ("attn1.to_q.weight", "attn1.to_k.weight", "attn1.to_v.weight"),
    **_linear("attn.proj", "attn1.to_out.0"),
    **_linear("cross_attn.q_linear", "attn2.to_q"),
    **_linear("cross_attn.kv_linear", "attn2.to_k", "attn2.to_v"),
    **_linear("cross_attn.proj", "attn2.to_out.0"),
    **_linear("mlp.inverted_conv.conv", "ff.conv_inverted"),
    **_linear("mlp.depth_conv.conv", "ff.conv_depth"),
    "mlp.point_conv.conv.weight": ("ff.conv_point.weight",),
}
OUTPUT: Names = {
    **_linear("final_layer.linear", "proj_out"),
    "final_layer.scale_shift_table": ("scale_shift_table",),
}
NOT_WEIGHTS = ("pos_embed", "y_embedder.y_embedding")  # a buffer for positions, and the empty caption of training


def _blocks(released: str, ours: str, count: int) -> dict[str, tuple[str, ...]]:
    """Names of `count` blocks; `released` and `ours` hold {} for the index."""
    return {
        f"{released.format(index)}.{name}": tuple(f"{ours.format(index)}.{part}" for part in parts)
        for index in range(count)
        for name, parts in BLOCK.items()
    }


def transformer_names(num_blocks: int) -> Names:
    """Names of the base: SanaTransformer2DModel without guidance and qk-norm."""
    return {**EMBEDDINGS, **_blocks("blocks.{}", "transformer_blocks.{}", num_blocks), **OUTPUT}


def branch_names(num_blocks: int) -> Names:
    """Names of the branch: SanaSprintControlNet with the shared stem."""
    projections = {**_linear("controlnet.0.before_proj", "before_proj")}
    for index in range(num_blocks):
        projections |= _linear(f"controlnet.{index}.after_proj", f"after_proj.{index}")
    return {**_blocks("controlnet.{}.copied_block", "blocks.{}", num_blocks), **projections}


def rename(released: Mapping[str, Tensor], names: Names) -> dict[str, Tensor]:
    """The tensors of `names` under our names; all of them must be there."""
    return {
        name: part
        for key, ours in names.items()
        for name, part in zip(ours, released[key].chunk(len(ours)), strict=True)
    }
