"""Stage 1: the autoencoder, on crops of pictures and of control maps.

The loss is plain: absolute and squared error of pixels, absolute error of their differences (edges), at two scales. The
decoder sees slightly noisy latents, because at inference it decodes what a one-step student guessed.

Knows: shards and SprintTinyAutoencoder.  Must not know: text, time, the transformer.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from diffusers.models.autoencoders.autoencoder_dc import ResBlock
from PIL import Image
from torch import nn
from tqdm import tqdm

from sprint_live.models.autoencoder import PIXEL_FOLD, SprintTinyAutoencoder
from sprint_live.train.data.shards import read_shard, shard_paths
from sprint_live.train.loop.checkpoint import load_averaged
from sprint_live.train.loop.options import LoopOptions, autocast_dtype
from sprint_live.train.loop.run import Run

_CROP_PX = 256
_SPREAD_WEIGHT = (
    0.02  # keeps every latent channel near unit std; without it the latent grew past 12 and drowned the blocks
)
_LATENT_NOISE = 0.05  # standard deviation, beside latents of unit standard deviation


@dataclasses.dataclass(frozen=True, kw_only=True)
class AutoencoderRecipe:
    """What stage 1 trains on. `max_scenes` bounds memory: a 512-pixel scene is 1 MiB."""

    data: Path
    out: Path
    loop: LoopOptions
    max_scenes: int = 6000


def train(recipe: AutoencoderRecipe, device: torch.device) -> bool:
    """Train the autoencoder, or resume. Returns True when all updates are done, False when time ran out."""
    torch.manual_seed(recipe.loop.seed)
    model = SprintTinyAutoencoder()
    start_from_shortcuts(model)
    model.to(device, memory_format=torch.channels_last)
    run = Run(recipe.out, recipe.loop, {"vae": model})
    run.resume()
    pictures, sketches = _load(recipe.data, recipe.max_scenes)
    dtype = autocast_dtype(device, recipe.loop.dtype)

    def update(step: int) -> None:
        batch = _crops(pictures, sketches, recipe.loop.batch_size, run.generator).to(device)
        with torch.autocast(device.type, dtype, enabled=dtype != torch.float32):
            latent = model.encoder(F.pixel_unshuffle(batch, PIXEL_FOLD).contiguous(memory_format=torch.channels_last))
            noisy = latent + _LATENT_NOISE * torch.randn_like(latent)
            rebuilt = model.decode_half(noisy)
        rebuilt = rebuilt.float()
        difference = rebuilt - batch
        error = (
            difference.abs().mean() + difference.square().mean()
        )  # the square keeps thin lines: the median of a sketch is black
        edges = edge_error(rebuilt, batch) + 0.5 * edge_error(F.avg_pool2d(rebuilt, 2), F.avg_pool2d(batch, 2))
        spread = latent.float().std(dim=(0, 2, 3)).clamp_min(1e-4).log()
        norm = run.update("vae", error + 0.5 * edges + _SPREAD_WEIGHT * spread.square().mean())
        run.note(error=error.item(), edges=edges.item(), latent_log_std=spread.mean().item(), gradient_norm=norm)

    def sample(path: Path) -> None:
        model.eval()
        with torch.no_grad():
            batch = _crops(pictures, sketches, 8, torch.Generator().manual_seed(1)).to(device)
            rebuilt = model.decode_half(model.encoder(F.pixel_unshuffle(batch, PIXEL_FOLD)))
        model.train()
        sheet = torch.cat([torch.cat(list(batch), 2), torch.cat(list(rebuilt), 2)], 1)
        pixels = ((sheet.clamp(-1, 1) + 1) * 127.5).byte().permute(1, 2, 0).cpu().numpy()
        Image.fromarray(pixels).save(path)

    return run.loop(update, sample)


def load_trained(folder: Path, scaling_factor: float) -> SprintTinyAutoencoder:
    """The averaged autoencoder of a run folder, in float32 evaluation mode."""
    model = SprintTinyAutoencoder(scaling_factor=scaling_factor)
    load_averaged(model, folder, "vae")
    return model.eval()


def start_from_shortcuts(model: nn.Module) -> None:
    """Zero the norm that ends every residual block, so that training starts from DC-AE's averaging shortcuts.

    With unit norms every block adds noise as large as the signal: after 200 updates the decoder had
    not even learned the mean color and the latent had shrunk to a tenth.
    """
    for module in model.modules():
        if isinstance(module, ResBlock):
            torch.nn.init.zeros_(module.norm.weight)


def edge_error(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Mean absolute error of the differences between neighboring pixels of (B, C, H, W), along both axes."""
    d = a - b
    return (d[..., 1:] - d[..., :-1]).abs().mean() + (d[..., 1:, :] - d[..., :-1, :]).abs().mean()


def _load(folder: Path, max_scenes: int) -> tuple[np.ndarray, np.ndarray]:
    """Pictures and control pages, both (N, S, S, 3) uint8, in memory."""
    pictures, sketches = [], []
    for path in tqdm(shard_paths(folder), desc="reading scenes", unit="shard"):
        for picture, sketch, _ in read_shard(path):
            pictures.append(picture)
            sketches.append(sketch)
        if len(pictures) >= max_scenes:
            break
    return np.stack(pictures), np.stack(sketches)


def _crops(pictures: np.ndarray, sketches: np.ndarray, count: int, generator: torch.Generator) -> torch.Tensor:
    """(B, 3, 256, 256) in [-1, 1]: three quarters crops of pictures (some of half-size ones), the rest control maps."""
    side = pictures.shape[1]
    crops = []
    for index in range(count):
        which, x, y, mirror, half = torch.randint(0, 2**31, (5,), generator=generator).tolist()
        source = pictures[which % len(pictures)] if index % 4 else sketches[which % len(sketches)]
        if half % 3 == 0 and side == 2 * _CROP_PX:
            crop = cv2.resize(source, (_CROP_PX, _CROP_PX), interpolation=cv2.INTER_AREA)
        else:
            left, top = x % (side - _CROP_PX + 1), y % (side - _CROP_PX + 1)
            crop = source[top : top + _CROP_PX, left : left + _CROP_PX]
        crops.append(crop[:, ::-1] if mirror % 2 else crop)
    return torch.from_numpy(np.stack(crops)).permute(0, 3, 1, 2).float() / 127.5 - 1.0
