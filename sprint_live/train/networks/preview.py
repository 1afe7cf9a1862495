"""The preview decoder, distilled: what the full decoder draws from a latent is what it learns to draw.

Its pictures are the network's own half-size ones, so nothing is scaled. Latents are those of training pictures with a
little noise: at inference both decoders see what a one-step student guessed, and the target is exact for any latent.

Knows: latents, both decoders.  Must not know: text, time, the transformer.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import torch
from diffusers import AutoencoderDC
from PIL import Image

from sprint_live.models.preview import SprintPreviewDecoder
from sprint_live.models.sums import SUMS_NAME, record_weights
from sprint_live.train.loop.checkpoint import load_averaged
from sprint_live.train.loop.options import LoopOptions, autocast_dtype
from sprint_live.train.loop.run import Run
from sprint_live.train.networks.autoencoder import edge_error, start_from_shortcuts
from sprint_live.train.networks.latent_datasets import LatentDataset, MixedDataset, latent_sides_in

FOLDER = "preview"
_MOST_NOISE = 0.3  # standard deviation, beside latents of unit standard deviation; each sample draws its own up to this
_SAMPLES = 6


@dataclasses.dataclass(frozen=True, kw_only=True)
class PreviewRecipe:
    """What the stage trains on: the folder of the encode stage."""

    latents: Path
    out: Path
    loop: LoopOptions


def train(recipe: PreviewRecipe, vae: AutoencoderDC, device: torch.device) -> bool:
    """Train or resume against the decoder of `vae`, a SprintTinyAutoencoder. Returns True when all updates are done."""
    torch.manual_seed(recipe.loop.seed)
    vae = vae.requires_grad_(False).to(device, memory_format=torch.channels_last)
    model = SprintPreviewDecoder()
    start_from_shortcuts(model)
    model.to(device, memory_format=torch.channels_last)
    run = Run(recipe.out, recipe.loop, {"preview": model})
    run.resume()
    sides = latent_sides_in(recipe.latents)
    dataset = MixedDataset(recipe.latents, sides)
    dtype = autocast_dtype(device, recipe.loop.dtype)

    def update(step: int) -> None:
        clean = dataset.batch(recipe.loop.batch_size, run.generator, device).picture
        noise = torch.randn(clean.shape, generator=run.generator) * torch.rand(
            len(clean), 1, 1, 1, generator=run.generator
        )
        latent = (clean + _MOST_NOISE * noise.to(device)).contiguous(memory_format=torch.channels_last)
        with torch.autocast(device.type, dtype, enabled=dtype != torch.float32):
            with torch.no_grad():
                target = vae.decode_half(latent / vae.config.scaling_factor).float().clamp(-1, 1)
            drawn = model.decode(latent, return_dict=False)[0].float()
        difference = drawn - target
        squared = difference.square().mean()
        error = difference.abs().mean() + squared
        edges = edge_error(drawn, target)
        norm = run.update("preview", error + 0.5 * edges)
        run.note(error=error.item(), edges=edges.item(), psnr_db=psnr_db(squared.item()), gradient_norm=norm)

    def sample(path: Path) -> None:
        latent = LatentDataset(recipe.latents, max(sides)).rows(range(_SAMPLES), device).picture
        model.eval()
        with torch.no_grad():
            rows = [vae.decode_half(latent / vae.config.scaling_factor), model.decode(latent, return_dict=False)[0]]
        model.train()
        sheet = torch.cat([torch.cat(list(row), 2) for row in rows], 1)
        Image.fromarray(((sheet.clamp(-1, 1) + 1) * 127.5).byte().permute(1, 2, 0).cpu().numpy()).save(path)

    return run.loop(update, sample)


def psnr_db(mean_square_pm1: float) -> float:
    """Peak signal-to-noise ratio of pictures in [-1, 1] from their mean square error."""
    return 10 * torch.tensor(4.0 / max(mean_square_pm1, 1e-9)).log10().item()


def load_trained(folder: Path) -> SprintPreviewDecoder:
    """The averaged preview decoder of a run folder, in float32 evaluation mode."""
    model = SprintPreviewDecoder()
    load_averaged(model, folder, "preview")
    return model.eval()


def export(run_folder: Path, model_folder: Path) -> None:
    """Write `model_folder`/preview in half precision; where the folder has sums already, they are taken again."""
    load_trained(run_folder).half().save_pretrained(model_folder / FOLDER)
    if (model_folder / SUMS_NAME).exists():
        record_weights(model_folder)
