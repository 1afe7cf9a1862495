"""Batches of encoded scenes, read from their files as they are drawn.

Knows: files of latents and embeddings.  Must not know: pixels, captions, time, losses.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file

from sprint_live.errors import InputError

TEXT_BUCKET = 64


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
        """The scenes with these numbers, 0 to len - 1 in the order of their files, in float32 on the device.

        Text is cut as in `batch`. Parts are there if every one of these scenes has them.
        """
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
        """`size` random scenes as for `batch`, without their pictures; the files need not have any."""
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
        width = bucket(int(length.max()), max(part["text"].shape[1] for part, _ in places))
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
    """Several canvas sizes: every batch is of one of them, with as many tokens as `batch_size` at the smallest.

    latent_sides: the sizes, in latent positions a side.

    Raises:
        InputError: the folder has no latents of one of them.
    """

    def __init__(self, folder: Path, latent_sides: tuple[int, ...]) -> None:
        self._parts = {side: LatentDataset(folder, side) for side in latent_sides}

    def batch(
        self, batch_size: int, generator: torch.Generator, device: torch.device, side: int | None = None
    ) -> Batch:
        """A random batch, at a random canvas size unless `side` (latent positions a side) names one.

        It has `batch_size` scenes at the smallest size and fewer at larger ones, at least 1.

        Raises: KeyError for a side that this data set does not have.
        """
        part, count = self._drawn(batch_size, generator, side)
        return part.batch(count, generator, device)

    def conditions(self, batch_size: int, generator: torch.Generator, device: torch.device) -> Conditions:
        """A random batch at a random canvas size, as for `batch`, without its pictures."""
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


def bucket(num_tokens: int, most: int) -> int:
    """The number of tokens a text of `num_tokens` is padded or cut to, so that few shapes are compiled."""
    return min(most, -(-num_tokens // TEXT_BUCKET) * TEXT_BUCKET)
