"""Encode once, train many times: shards of scenes become latents and text embeddings on disk.

For every `scenes-NNNNN.tar` and every canvas size there is one `latents-NNNNN-YY.safetensors` (picture
and control latents, scaled to unit standard deviation, float16) and one `text-NNNNN.safetensors`
(token embeddings, cut to the shard's longest caption, and their lengths); the same for held-out scenes.

Knows: shards, the autoencoder, the text encoder.  Must not know: time, losses.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from diffusers import AutoencoderDC
from safetensors.torch import load_file, save_file
from tqdm import tqdm
from transformers import PreTrainedTokenizerBase

from sprint_live.errors import InputError
from sprint_live.models.autoencoder import PIXEL_AVERAGE, SprintTinyAutoencoder
from sprint_live.pipeline.prompt_encoding import encode_prompts
from sprint_live.train.data.shards import held_out_paths, read_shard, shard_paths
from sprint_live.train.loop.run import autocast_dtype

TEXT_TOKENS = 48  # of sprint-tiny
TEXT_BUCKET = 64
_BATCH = 32


@dataclass(frozen=True, kw_only=True)
class Batch:
    """picture, control (B, 32, Y, X) unit std; text (B, L, D); text_mask (B, L) 1 = a real token.

    coverage (B, P, Y X) in [0, 1], span (B, P, K) bool: how much of each image token is named part p, and which of the
    first K text tokens name it; None where the files do not say (`networks.part_areas`).
    """

    picture: torch.Tensor
    control: torch.Tensor
    text: torch.Tensor
    text_mask: torch.Tensor
    coverage: torch.Tensor | None = None
    span: torch.Tensor | None = None


def measure_scaling(vae: AutoencoderDC, data: Path, num_scenes: int = 256) -> float:
    """1 / standard deviation of picture latents over the first scenes."""
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
        width = _bucket(int(mask.sum(1).max()), self.max_tokens)
        return torch.cat(texts)[:, :width], mask[:, :width]


def encode_captions(encoder: CaptionEncoder, data: Path, out: Path, *, num_shards: int) -> None:
    """Write the missing text files for the first `num_shards` shards, and for the held-out one."""
    out.mkdir(parents=True, exist_ok=True)
    for path in tqdm([*shard_paths(data)[:num_shards], *held_out_paths(data)], desc="captions", unit="shard"):
        file = out / f"{_file_stem('text', path)}.safetensors"
        if not file.exists():
            text, mask = encoder.encode([caption for _, _, caption in read_shard(path)])
            _save({"text": text.half().contiguous(), "length": mask.sum(1).to(torch.int16)}, file)


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """A Batch without a picture: control (B, 32, Y, X) unit std; text (B, L, D); text_mask (B, L) 1 = a real token."""

    control: torch.Tensor
    text: torch.Tensor
    text_mask: torch.Tensor


class LatentDataset:
    """All latents of one canvas size, read from their files as they are drawn;
    `batch` draws with an explicit generator.

    held_out: the scenes that nothing is trained on, instead of the others.
    """

    def __init__(self, folder: Path, latent_side: int, *, held_out: bool = False) -> None:
        files = sorted(folder.glob(f"{'held-out-latents' if held_out else 'latents'}-*-{latent_side:02d}.safetensors"))
        if not files:
            raise InputError(
                f"{folder} holds no {'held-out ' if held_out else ''}latents of {latent_side}x{latent_side}; run the "
                "encode stage first"
            )
        self._shards = [_with_text_and_parts(file) for file in files]
        self._starts = np.cumsum([0] + [len(shard["control"]) for shard in self._shards])

    def __len__(self) -> int:
        return int(self._starts[-1])

    def batch(self, size: int, generator: torch.Generator, device: torch.device) -> Batch:
        """A random batch. Text is cut to its longest caption, rounded up to `TEXT_BUCKET` tokens:
        few shapes to compile.

        Not mirrored: the autoencoder is not symmetric, so scenes are mirrored when they are composed.
        """
        return self.rows(torch.randint(len(self), (size,), generator=generator).tolist(), device)

    def rows(self, indices: Sequence[int], device: torch.device) -> Batch:
        """The scenes at these places in the order of their files."""
        places = self._places(indices)
        picture = torch.stack([part["picture"][row] for part, row in places]).float().to(device)
        given = self._conditions(places, device)
        batch = Batch(picture=picture, control=given.control, text=given.text, text_mask=given.text_mask)
        if not all("coverage" in part for part, _ in places):
            return batch
        coverage = torch.stack([part["coverage"][row] for part, row in places]).to(device).flatten(2).float() / 255
        span = torch.stack([part["span"][row] for part, row in places]).to(device)
        return dataclasses.replace(batch, coverage=coverage, span=span)

    def conditions(self, size: int, generator: torch.Generator, device: torch.device) -> Conditions:
        """As `batch`, of files that need hold no pictures."""
        places = self._places(torch.randint(len(self), (size,), generator=generator).tolist())
        return self._conditions(places, device)

    def _places(self, indices: Sequence[int]) -> list[tuple[dict[str, torch.Tensor], int]]:
        """The shard of each scene, and its row there."""
        return [
            (self._shards[shard], index - int(self._starts[shard]))
            for index in indices
            for shard in [int(np.searchsorted(self._starts, index, side="right")) - 1]
        ]

    def _conditions(self, places: list[tuple[dict[str, torch.Tensor], int]], device: torch.device) -> Conditions:
        control = torch.stack([part["control"][row] for part, row in places]).float().to(device)
        length = torch.tensor([int(part["length"][row]) for part, row in places])
        width = _bucket(int(length.max()), max(part["text"].shape[1] for part, _ in places))
        text = torch.stack(
            [
                torch.nn.functional.pad(part["text"][row][:width], (0, 0, 0, max(0, width - part["text"].shape[1])))
                for part, row in places
            ]
        )
        mask = torch.arange(width)[None] < length[:, None]
        return Conditions(control=control, text=text.float().to(device), text_mask=mask.to(device))


def _with_text_and_parts(file: Path) -> dict[str, torch.Tensor]:
    """A latent file's tensors with those of the text file beside it, and of the part areas if there are any."""
    text = file.with_name(f"{file.stem.rsplit('-', 1)[0].replace('latents', 'text')}.safetensors")
    parts = file.with_name(file.name.replace("latents", "grounding"))
    return {**load_file(file), **load_file(text), **(load_file(parts) if parts.exists() else {})}


class MixedDataset:
    """Several canvas sizes: every batch is of one of them, with as many tokens as `batch_size` at the smallest."""

    def __init__(self, folder: Path, latent_sides: tuple[int, ...]) -> None:
        self._parts = {side: LatentDataset(folder, side) for side in latent_sides}

    def batch(
        self, batch_size: int, generator: torch.Generator, device: torch.device, side: int | None = None
    ) -> Batch:
        """A random batch, at a random canvas size unless `side` names one."""
        part, count = self._drawn(batch_size, generator, side)
        return part.batch(count, generator, device)

    def conditions(self, batch_size: int, generator: torch.Generator, device: torch.device) -> Conditions:
        """As `batch`, without pictures."""
        part, count = self._drawn(batch_size, generator, None)
        return part.conditions(count, generator, device)

    def _drawn(self, batch_size: int, generator: torch.Generator, side: int | None) -> tuple[LatentDataset, int]:
        sides = sorted(self._parts)
        side = side or sides[int(torch.randint(len(sides), (1,), generator=generator))]
        return self._parts[side], max(1, batch_size * sides[0] ** 2 // side**2)


def latent_sides_in(folder: Path) -> tuple[int, ...]:
    """The canvas sizes, in latents per side, that a folder holds training latents of.

    Raises:
        InputError: it holds none.
    """
    sides = sorted({int(file.stem.rpartition("-")[2]) for file in folder.glob("latents-*-*.safetensors")})
    if not sides:
        raise InputError(f"{folder} holds no latents; run the encode stage first")
    return tuple(sides)


def pixels_per_latent(vae: AutoencoderDC) -> int:
    """Pixels per side that one latent position is encoded from; sprint-tiny reads canvases at half their size."""
    return vae.spatial_compression_ratio // (PIXEL_AVERAGE if isinstance(vae, SprintTinyAutoencoder) else 1)


def black_latent(vae: AutoencoderDC, latent_side: int) -> torch.Tensor:
    """The latent (32, Y, X) of a black picture, scaled as training latents are."""
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


def _bucket(num_tokens: int, most: int) -> int:
    return min(most, -(-num_tokens // TEXT_BUCKET) * TEXT_BUCKET)


def _file_stem(kind: str, shard: Path) -> str:
    """latents-00007 for scenes-00007.tar, held-out-latents-00000 for held-out-00000.tar."""
    name, number = shard.stem.rsplit("-", 1)
    return f"{'held-out-' if name == 'held-out' else ''}{kind}-{number}"


def _save(tensors: dict[str, torch.Tensor], file: Path) -> None:
    partial = file.with_suffix(".partial")
    save_file(tensors, partial)
    partial.replace(file)
