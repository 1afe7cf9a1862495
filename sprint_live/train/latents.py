"""Encode once, train many times: shards of scenes become latents and text embeddings on disk.

For every `scenes-NNNNN.tar` and every canvas size there is one `latents-NNNNN-YY.safetensors` (picture
and control latents, scaled to unit standard deviation, float16) and one `text-NNNNN.safetensors`
(token embeddings padded to `TEXT_TOKENS`, and their lengths).

Knows: shards, the autoencoder, the text encoder.  Must not know: time, losses.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from safetensors.torch import load_file, save_file
from tqdm import tqdm
from transformers import PreTrainedTokenizerBase

from sprint_live.models.autoencoder import PIXEL_FOLD, SprintTinyAutoencoder
from sprint_live.models.text import SprintTinyTextEncoder
from sprint_live.train.data.shards import read_shard, shard_paths
from sprint_live.train.run import autocast_dtype

TEXT_TOKENS = 32
_BATCH = 32


@dataclass(frozen=True, kw_only=True)
class Batch:
    """picture, control (B, 32, Y, X) unit std; text (B, L, 384); text_mask (B, L) 1 = a real token."""

    picture: torch.Tensor
    control: torch.Tensor
    text: torch.Tensor
    text_mask: torch.Tensor


def measure_scaling(vae: SprintTinyAutoencoder, data: Path, num_scenes: int = 256) -> float:
    """1 / standard deviation of picture latents over the first scenes."""
    pictures = []
    for picture, _, _ in read_shard(shard_paths(data)[0]):
        pictures.append(picture)
        if len(pictures) == num_scenes:
            break
    return 1.0 / _encode(vae, np.stack(pictures), torch.device("cpu")).float().std().item()


def encode_scenes(vae: SprintTinyAutoencoder, data: Path, out: Path, *, latent_side: int, num_shards: int, device: torch.device) -> None:
    """Write the missing latent files for the first `num_shards` shards at one canvas size.

    The factor `vae.config.scaling_factor` must be set (see `measure_scaling`).
    """
    out.mkdir(parents=True, exist_ok=True)
    side_px = latent_side * vae.spatial_compression_ratio // 2
    for path in tqdm(shard_paths(data)[:num_shards], desc=f"encoding {latent_side}x{latent_side}", unit="shard"):
        file = out / f"latents-{path.stem.split('-')[1]}-{latent_side:02d}.safetensors"
        if file.exists():
            continue
        pictures, sketches = [], []
        for picture, sketch, _ in read_shard(path):
            pictures.append(cv2.resize(picture, (side_px, side_px), interpolation=cv2.INTER_AREA))
            sketches.append(cv2.cvtColor(cv2.resize(sketch, (side_px, side_px), interpolation=cv2.INTER_AREA), cv2.COLOR_GRAY2RGB))
        encoded = {name: _encode(vae, np.stack(stack), device) * vae.config.scaling_factor for name, stack in (("picture", pictures), ("control", sketches))}
        _save({name: latent.half().contiguous() for name, latent in encoded.items()}, file)


def encode_captions(encoder: SprintTinyTextEncoder, tokenizer: PreTrainedTokenizerBase, data: Path, out: Path, *, num_shards: int) -> None:
    """Write the missing text files for the first `num_shards` shards."""
    out.mkdir(parents=True, exist_ok=True)
    for path in tqdm(shard_paths(data)[:num_shards], desc="captions", unit="shard"):
        file = out / f"text-{path.stem.split('-')[1]}.safetensors"
        if not file.exists():
            text, mask = embed(encoder, tokenizer, [caption for _, _, caption in read_shard(path)])
            _save({"text": text.half(), "length": mask.sum(1).to(torch.int16)}, file)


@torch.no_grad()
def embed(encoder: SprintTinyTextEncoder, tokenizer: PreTrainedTokenizerBase, captions: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """Captions -> (embeddings (N, 32, 384) float32 with zeros behind the last token, mask (N, 32))."""
    tokens = tokenizer(captions, padding="max_length", truncation=True, max_length=TEXT_TOKENS, return_tensors="pt")
    hidden = [encoder(i, m).last_hidden_state for i, m in zip(tokens.input_ids.split(128), tokens.attention_mask.split(128), strict=True)]
    return torch.cat(hidden) * tokens.attention_mask[..., None], tokens.attention_mask


class LatentDataset:
    """All latents of one canvas size in memory; `batch` draws with an explicit generator."""

    def __init__(self, folder: Path, latent_side: int) -> None:
        files = sorted(folder.glob(f"latents-*-{latent_side:02d}.safetensors"))
        latents = [load_file(file) for file in files]
        texts = [load_file(folder / f"text-{file.stem.split('-')[1]}.safetensors") for file in files]
        self.picture, self.control = (torch.cat([part[name] for part in latents]) for name in ("picture", "control"))
        self.text, self.length = (torch.cat([part[name] for part in texts]) for name in ("text", "length"))

    def __len__(self) -> int:
        return len(self.picture)

    def batch(self, size: int, generator: torch.Generator, device: torch.device) -> Batch:
        """A random batch. Text keeps its full width, so that shapes never change (compiled blocks).

        Not mirrored: the autoencoder is not symmetric, so scenes are mirrored when they are composed.
        """
        index = torch.randint(len(self), (size,), generator=generator)
        mask = torch.arange(TEXT_TOKENS)[None] < self.length[index][:, None]
        return Batch(picture=self.picture[index].float().to(device), control=self.control[index].float().to(device),
                     text=self.text[index].float().to(device), text_mask=mask.to(device))


class MixedDataset:
    """Several canvas sizes: every batch is of one of them, with as many tokens as `batch_size` at the smallest."""

    def __init__(self, folder: Path, latent_sides: tuple[int, ...]) -> None:
        self._parts = {side: LatentDataset(folder, side) for side in latent_sides}

    def batch(self, batch_size: int, generator: torch.Generator, device: torch.device) -> Batch:
        """A random batch at a random canvas size."""
        sides = sorted(self._parts)
        side = sides[int(torch.randint(len(sides), (1,), generator=generator))]
        return self._parts[side].batch(max(1, batch_size * sides[0] ** 2 // side**2), generator, device)


@torch.no_grad()
def _encode(vae: SprintTinyAutoencoder, half_pixels_u8: np.ndarray, device: torch.device) -> torch.Tensor:
    """Half-size pictures (N, S, S, 3) uint8 (what avg_pool2d makes of a 2S canvas) -> unscaled latents, float32."""
    dtype = autocast_dtype(device, "auto")
    encoded = []
    for start in range(0, len(half_pixels_u8), _BATCH):
        pixels = torch.from_numpy(half_pixels_u8[start : start + _BATCH]).to(device).permute(0, 3, 1, 2).float() / 127.5 - 1.0
        with torch.autocast(device.type, dtype, enabled=dtype != torch.float32):
            encoded.append(vae.encoder(torch.nn.functional.pixel_unshuffle(pixels, PIXEL_FOLD)).float().cpu())
    return torch.cat(encoded)


def _save(tensors: dict[str, torch.Tensor], file: Path) -> None:
    partial = file.with_suffix(".partial")
    save_file(tensors, partial)
    partial.replace(file)
