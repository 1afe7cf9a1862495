"""Encode once, train many times: shards of scenes become latents and text embeddings on disk.

For every `scenes-NNNNN.tar` and every canvas size there is one `latents-NNNNN-YY.safetensors` (picture
and control latents, scaled to unit standard deviation, float16) and one `text-NNNNN.safetensors`
(token embeddings, cut to the shard's longest caption, and their lengths); the same for held-out scenes.

Knows: shards, the autoencoder, the text encoder.  Must not know: time, losses.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from diffusers import AutoencoderDC
from safetensors.torch import save_file
from tqdm import tqdm
from transformers import PreTrainedTokenizerBase

from sprint_live.models.autoencoder import PIXEL_AVERAGE, SprintTinyAutoencoder
from sprint_live.pipeline.prompt_encoding import encode_prompts
from sprint_live.train.data.shards import held_out_paths, read_shard, shard_paths
from sprint_live.train.loop.options import autocast_dtype
from sprint_live.train.networks.latent_datasets import bucket

TEXT_TOKENS = 48  # of sprint-tiny
_BATCH = 32


def measure_scaling(vae: AutoencoderDC, data: Path, num_scenes: int = 256) -> float:
    """1 / standard deviation of the first `num_scenes` scenes' picture latents: the factor that makes them unit."""
    pictures = []
    for picture, _, _ in read_shard(shard_paths(data)[0]):
        pictures.append(picture)
        if len(pictures) == num_scenes:
            break
    return 1.0 / encode_pixels(vae, np.stack(pictures), torch.device("cpu")).float().std().item()


def encode_scenes(
    vae: AutoencoderDC, data: Path, out: Path, *, latent_side: int, num_shards: int, device: torch.device
) -> None:
    """Write the missing latent files for the first `num_shards` shards, and for the held-out one, at one canvas size.

    The factor `vae.config.scaling_factor` must be set (see `measure_scaling`).
    """
    out.mkdir(parents=True, exist_ok=True)
    side_px = latent_side * pixels_per_latent(vae)
    for path in tqdm(
        [*shard_paths(data)[:num_shards], *held_out_paths(data)],
        desc=f"encoding {latent_side}x{latent_side}",
        unit="shard",
    ):
        file = out / f"{_file_stem('latents', path)}-{latent_side:02d}.safetensors"
        if file.exists():
            continue
        pictures, sketches = [], []
        for picture, sketch, _ in read_shard(path):
            pictures.append(cv2.resize(picture, (side_px, side_px), interpolation=cv2.INTER_AREA))
            sketches.append(cv2.resize(sketch, (side_px, side_px), interpolation=cv2.INTER_AREA))
        encoded = {
            name: encode_pixels(vae, np.stack(stack), device) * vae.config.scaling_factor
            for name, stack in (("picture", pictures), ("control", sketches))
        }
        _save({name: latent.half().contiguous() for name, latent in encoded.items()}, file)


@dataclass(frozen=True, kw_only=True)
class CaptionEncoder:
    """A tokenizer and text encoder, and how their model's prompts are encoded (see
    sprint_live.pipeline.prompt_encoding).
    """

    tokenizer: PreTrainedTokenizerBase
    text_encoder: torch.nn.Module
    max_tokens: int = TEXT_TOKENS
    instruction: tuple[str, ...] = ()

    def encode(self, captions: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """Captions -> (embeddings (N, L, D) float32 with zeros behind the last token, mask (N, L)) on the CPU.

        L is cut to the longest caption, rounded up to `TEXT_BUCKET` tokens, and at most `max_tokens`.
        """
        texts, masks = [], []
        for start in range(0, len(captions), _BATCH):
            text, mask = encode_prompts(
                self.tokenizer,
                self.text_encoder,
                captions[start : start + _BATCH],
                max_sequence_length=self.max_tokens,
                instruction=self.instruction,
            )
            texts.append((text * mask[..., None]).float().cpu())
            masks.append(mask.cpu())
        mask = torch.cat(masks)
        width = bucket(int(mask.sum(1).max()), self.max_tokens)
        return torch.cat(texts)[:, :width], mask[:, :width]


def encode_captions(encoder: CaptionEncoder, data: Path, out: Path, *, num_shards: int) -> None:
    """Write the missing text files for the first `num_shards` shards, and for the held-out one.

    Each has text (N, L, D) float16 and length (N,) int16, the number of real tokens; a file that is there stays.
    """
    out.mkdir(parents=True, exist_ok=True)
    for path in tqdm([*shard_paths(data)[:num_shards], *held_out_paths(data)], desc="captions", unit="shard"):
        file = out / f"{_file_stem('text', path)}.safetensors"
        if not file.exists():
            text, mask = encoder.encode([caption for _, _, caption in read_shard(path)])
            _save({"text": text.half().contiguous(), "length": mask.sum(1).to(torch.int16)}, file)


def pixels_per_latent(vae: AutoencoderDC) -> int:
    """Pixels per side that one latent position is encoded from; sprint-tiny reads canvases at half their size."""
    return vae.spatial_compression_ratio // (PIXEL_AVERAGE if isinstance(vae, SprintTinyAutoencoder) else 1)


def black_latent(vae: AutoencoderDC, latent_side: int) -> torch.Tensor:
    """The latent (32, Y, X) float32 of a black picture, `latent_side` positions a side, scaled as in training."""
    side_px = latent_side * pixels_per_latent(vae)
    black_u8 = np.zeros((1, side_px, side_px, 3), np.uint8)
    return encode_pixels(vae, black_u8, torch.device("cpu"))[0] * vae.config.scaling_factor


@torch.no_grad()
def encode_pixels(vae: AutoencoderDC, pixels_u8: np.ndarray, device: torch.device) -> torch.Tensor:
    """Pictures (N, S, S, 3) uint8 RGB -> unscaled latents (N, 32, Y, X), float32, on the CPU.

    For SprintTinyAutoencoder they are half canvases: what its average over 2x2 pixels makes of a canvas of side 2 S.
    """
    dtype = autocast_dtype(device, "auto")
    encoded = []
    for start in range(0, len(pixels_u8), _BATCH):
        pixels = (
            torch.from_numpy(pixels_u8[start : start + _BATCH]).to(device).permute(0, 3, 1, 2).float() / 127.5 - 1.0
        )
        with torch.autocast(device.type, dtype, enabled=dtype != torch.float32):
            latent = (
                vae.encode_half(pixels)
                if isinstance(vae, SprintTinyAutoencoder)
                else vae.encode(pixels.contiguous(), return_dict=False)[0]
            )
            encoded.append(latent.float().cpu())
    return torch.cat(encoded)


@torch.no_grad()
def decode_pixels(vae: AutoencoderDC, latent: torch.Tensor) -> np.ndarray:
    """Unscaled latents (N, 32, Y, X) -> pictures (N, S, S, 3) uint8 RGB: the inverse of `encode_pixels`."""
    pixels = (
        vae.decode_half(latent) if isinstance(vae, SprintTinyAutoencoder) else vae.decode(latent, return_dict=False)[0]
    )
    return ((pixels.float().clamp(-1, 1) + 1) * 127.5).byte().permute(0, 2, 3, 1).cpu().numpy()


def _file_stem(kind: str, shard: Path) -> str:
    """latents-00007 for scenes-00007.tar, held-out-latents-00000 for held-out-00000.tar."""
    name, number = shard.stem.rsplit("-", 1)
    return f"{'held-out-' if name == 'held-out' else ''}{kind}-{number}"


def _save(tensors: dict[str, torch.Tensor], file: Path) -> None:
    partial = file.with_suffix(".partial")
    save_file(tensors, partial)
    partial.replace(file)
