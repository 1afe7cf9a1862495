"""SANA and its released ControlNet a second time: plain functions on a flat state dict in the released names.

Written from the description of the topology alone, in float64, one sample and one head at a time, without a module of
diffusers or of this project. Shapes: tokens (N, D), text (L, D), time (D,).
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F

HEAD_DIM = 32


def layer(weights, name: str, x):
    bias = weights.get(f"{name}.bias")
    return x @ weights[f"{name}.weight"].T + (0 if bias is None else bias)


def plain_norm(x):
    return (x - x.mean(-1, keepdim=True)) / (x.var(-1, unbiased=False, keepdim=True) + 1e-6).sqrt()


def rms_norm(x, gain):
    return x / (x.square().mean(-1, keepdim=True) + 1e-5).sqrt() * gain


def silu(x):
    return x / (1 + torch.exp(-x))


def sinusoid(time):
    frequencies = 10000.0 ** (-torch.arange(128, dtype=torch.float64) / 128)
    return torch.cat([torch.cos(time * frequencies), torch.sin(time * frequencies)])


def linear_attention(weights, prefix: str, x):
    """Each head: sum_m relu(q.k_m) v_m / sum_m relu(q).relu(k_m)."""
    width = x.shape[1]
    q, k, v = (x @ weights[f"{prefix}.qkv.weight"].T).split(width, dim=1)
    heads = []
    for first in range(0, width, HEAD_DIM):
        part = slice(first, first + HEAD_DIM)
        scores = torch.relu(q[:, part]) @ torch.relu(k[:, part]).T
        heads.append(scores @ v[:, part] / (scores.sum(1, keepdim=True) + 1e-15))
    return layer(weights, f"{prefix}.proj", torch.cat(heads, 1))


def cross_attention(weights, prefix: str, x, text, num_heads: int):
    width = x.shape[1]
    q = layer(weights, f"{prefix}.q_linear", x)
    k, v = layer(weights, f"{prefix}.kv_linear", text).split(width, dim=1)
    step = width // num_heads
    heads = []
    for first in range(0, width, step):
        part = slice(first, first + step)
        heads.append(torch.softmax(q[:, part] @ k[:, part].T / math.sqrt(step), 1) @ v[:, part])
    return layer(weights, f"{prefix}.proj", torch.cat(heads, 1))


def mix_ffn(weights, prefix: str, x, rows: int, columns: int):
    image = x.T.reshape(1, -1, rows, columns)
    image = silu(
        F.conv2d(image, weights[f"{prefix}.inverted_conv.conv.weight"], weights[f"{prefix}.inverted_conv.conv.bias"])
    )
    depth = weights[f"{prefix}.depth_conv.conv.weight"]
    image = F.conv2d(image, depth, weights[f"{prefix}.depth_conv.conv.bias"], padding=1, groups=len(depth))
    value, gate = image.chunk(2, 1)
    image = F.conv2d(value * silu(gate), weights[f"{prefix}.point_conv.conv.weight"])
    return image.flatten(2)[0].T


def block(weights, prefix: str, x, text, six, rows: int, columns: int, num_heads: int):
    """six: (6 D,) from the time embedding."""
    shift_a, scale_a, gate_a, shift_f, scale_f, gate_f = weights[f"{prefix}.scale_shift_table"] + six.reshape(6, -1)
    x = x + gate_a * linear_attention(weights, f"{prefix}.attn", plain_norm(x) * (1 + scale_a) + shift_a)
    x = x + cross_attention(weights, f"{prefix}.cross_attn", x, text, num_heads)
    return x + gate_f * mix_ffn(weights, f"{prefix}.mlp", plain_norm(x) * (1 + scale_f) + shift_f, rows, columns)


def patches(weights, latent):
    """Patch size 1: (C, Y, X) -> (N, D)."""
    kernel = weights["x_embedder.proj.weight"][:, :, 0, 0]
    return latent.flatten(1).T @ kernel.T + weights["x_embedder.proj.bias"]


def embeddings(weights, time, text, mask):
    """Time (D,), six (6 D,) and text (L', D) of the words that the mask keeps."""
    time = layer(weights, "t_embedder.mlp.2", silu(layer(weights, "t_embedder.mlp.0", sinusoid(time))))
    text = F.gelu(layer(weights, "y_embedder.y_proj.fc1", text[mask.bool()]), approximate="tanh")
    text = rms_norm(layer(weights, "y_embedder.y_proj.fc2", text), weights["attention_y_norm.weight"])
    return time, layer(weights, "t_block.1", silu(time)), text


def count(weights, prefix: str) -> int:
    return 1 + max(int(name.split(".")[1]) for name in weights if name.startswith(prefix))


def residuals(weights, latent, control, s, text, mask, num_heads: int) -> list:
    """What a teacher-trained branch answers to the flow state `latent` at flow time s, in the teacher's dialect."""
    _, rows, columns = latent.shape
    _, six, text = embeddings(weights, math.floor(1000 * s), text, mask)
    state = block(weights, "blocks.0", patches(weights, latent), text, six, rows, columns, num_heads)
    state = state + layer(weights, "controlnet.0.before_proj", patches(weights, control))
    answers = []
    for index in range(count(weights, "controlnet.")):
        state = block(weights, f"controlnet.{index}.copied_block", state, text, six, rows, columns, num_heads)
        answers.append(layer(weights, f"controlnet.{index}.after_proj", state))
    return answers


def teacher(weights, latent, control, s, text, mask, num_heads: int, strength: float = 1.0):
    """Velocity (C, Y, X) of teacher and branch together: residual k enters base block k + 1."""
    _, rows, columns = latent.shape
    answers = residuals(weights, latent, control, s, text, mask, num_heads)
    time, six, text = embeddings(weights, math.floor(1000 * s), text, mask)
    x = block(weights, "blocks.0", patches(weights, latent), text, six, rows, columns, num_heads)
    for index in range(1, count(weights, "blocks.")):
        if index <= len(answers):
            x = x + strength * answers[index - 1]
        x = block(weights, f"blocks.{index}", x, text, six, rows, columns, num_heads)
    shift, scale = weights["final_layer.scale_shift_table"] + time
    x = layer(weights, "final_layer.linear", plain_norm(x) * (1 + scale) + shift)
    return x.T.reshape(-1, rows, columns)
