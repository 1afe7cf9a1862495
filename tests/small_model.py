"""Builders of a random small model of the same classes as the real one."""

from __future__ import annotations

TINY_TRANSFORMER = {
    "in_channels": 32,
    "out_channels": 32,
    "num_attention_heads": 4,
    "attention_head_dim": 8,
    "num_layers": 5,
    "num_cross_attention_heads": 2,
    "cross_attention_head_dim": 16,
    "cross_attention_dim": 32,
    "caption_channels": 24,
    "mlp_ratio": 2.0,
    "sample_size": 16,
    "patch_size": 1,
    "qk_norm": "rms_norm_across_heads",
    "guidance_embeds": True,
    "guidance_embeds_scale": 0.1,
    "timestep_scale": 1.0,
}


def make_tiny_transformer(**changes):
    """A seeded random SanaTransformer2DModel of width 32; `changes` override its config."""
    import torch
    from diffusers import SanaTransformer2DModel

    with torch.random.fork_rng():
        torch.manual_seed(0)
        return SanaTransformer2DModel(**{**TINY_TRANSFORMER, **changes}).eval()


def make_tiny_branch(transformer, num_layers: int = 3):
    """A branch of the transformer whose zero projections are re-randomised, so that control matters."""
    import torch

    from controlnet.branch import SanaSprintControlNet

    branch = SanaSprintControlNet.from_transformer(transformer, num_layers=num_layers).eval()
    generator = torch.Generator().manual_seed(1)
    for projection in (branch.before_proj, *branch.after_proj):
        projection.weight.data.copy_(torch.randn(projection.weight.shape, generator=generator) * 0.2)
        projection.bias.data.copy_(torch.randn(projection.bias.shape, generator=generator) * 0.2)
    return branch
