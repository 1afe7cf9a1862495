"""A random small ControlNet checkpoint in the released layout."""

from __future__ import annotations

import torch

WIDTH, HIDDEN, CAPTION, CHANNELS, HEADS = 64, 160, 24, 32, 4


def make_released_state(num_base: int = 5, num_branch: int = 3, dtype=torch.float32) -> dict[str, torch.Tensor]:
    """Names and shapes as NVlabs/Sana saves them; every tensor random, so that a swapped pair shows."""
    generator = torch.Generator().manual_seed(7)
    shapes: dict[str, tuple[int, ...]] = {
        "x_embedder.proj.weight": (WIDTH, CHANNELS, 1, 1),
        "x_embedder.proj.bias": (WIDTH,),
        "t_embedder.mlp.0.weight": (WIDTH, 256),
        "t_embedder.mlp.0.bias": (WIDTH,),
        "t_embedder.mlp.2.weight": (WIDTH, WIDTH),
        "t_embedder.mlp.2.bias": (WIDTH,),
        "t_block.1.weight": (6 * WIDTH, WIDTH),
        "t_block.1.bias": (6 * WIDTH,),
        "y_embedder.y_proj.fc1.weight": (WIDTH, CAPTION),
        "y_embedder.y_proj.fc1.bias": (WIDTH,),
        "y_embedder.y_proj.fc2.weight": (WIDTH, WIDTH),
        "y_embedder.y_proj.fc2.bias": (WIDTH,),
        "y_embedder.y_embedding": (300, CAPTION),
        "attention_y_norm.weight": (WIDTH,),
        "final_layer.linear.weight": (CHANNELS, WIDTH),
        "final_layer.linear.bias": (CHANNELS,),
        "final_layer.scale_shift_table": (2, WIDTH),
    }
    block = {
        "scale_shift_table": (6, WIDTH),
        "attn.qkv.weight": (3 * WIDTH, WIDTH),
        "attn.proj.weight": (WIDTH, WIDTH),
        "attn.proj.bias": (WIDTH,),
        "cross_attn.q_linear.weight": (WIDTH, WIDTH),
        "cross_attn.q_linear.bias": (WIDTH,),
        "cross_attn.kv_linear.weight": (2 * WIDTH, WIDTH),
        "cross_attn.kv_linear.bias": (2 * WIDTH,),
        "cross_attn.proj.weight": (WIDTH, WIDTH),
        "cross_attn.proj.bias": (WIDTH,),
        "mlp.inverted_conv.conv.weight": (2 * HIDDEN, WIDTH, 1, 1),
        "mlp.inverted_conv.conv.bias": (2 * HIDDEN,),
        "mlp.depth_conv.conv.weight": (2 * HIDDEN, 1, 3, 3),
        "mlp.depth_conv.conv.bias": (2 * HIDDEN,),
        "mlp.point_conv.conv.weight": (WIDTH, HIDDEN, 1, 1),
    }
    for index in range(num_base):
        shapes |= {f"blocks.{index}.{name}": shape for name, shape in block.items()}
    for index in range(num_branch):
        shapes |= {f"controlnet.{index}.copied_block.{name}": shape for name, shape in block.items()}
        shapes |= {
            f"controlnet.{index}.after_proj.weight": (WIDTH, WIDTH),
            f"controlnet.{index}.after_proj.bias": (WIDTH,),
        }
    shapes |= {"controlnet.0.before_proj.weight": (WIDTH, WIDTH), "controlnet.0.before_proj.bias": (WIDTH,)}

    def draw(name: str, shape: tuple[int, ...]) -> torch.Tensor:
        fan_in = max(1, torch.Size(shape[1:]).numel()) if name.endswith("weight") and len(shape) > 1 else 16
        values = torch.randn(shape, generator=generator) / fan_in**0.5
        return (values + (name == "attention_y_norm.weight")).to(dtype)

    state = {name: draw(name, shape) for name, shape in shapes.items()}
    return state | {"pos_embed": torch.zeros(1, 1024, WIDTH, dtype=dtype)}
