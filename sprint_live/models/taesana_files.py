"""Converts TAESANA's published files to a folder that diffusers can load. Nothing in them is executed.

The published state dicts name layers by their position in a sequence; ours are the same layers in the same order, so
the two are matched by order, and every shape must agree.

Knows: the two files, the network.  Must not know: where files come from, the app.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn

from sprint_live.errors import OutputError, WeightsError, refusal
from sprint_live.models.sums import record_weights
from sprint_live.models.tiny_autoencoder import TinySanaAutoencoder

ENCODER_NAME, DECODER_NAME = "taesana_encoder.pth", "taesana_decoder.pth"


def read_taesana(encoder: Path, decoder: Path) -> TinySanaAutoencoder:
    """The network of the two published files, in their precision (float16).

    Raises:
        WeightsError: a file is missing, holds more than tensors, or other layers than TAESANA's.
    """
    with torch.device("meta"):
        network = TinySanaAutoencoder()
    for half, path in ((network.encoder, encoder), (network.decoder, decoder)):
        half.load_state_dict(_renamed(path, _read(path), half), assign=True)
    return network.eval().requires_grad_(False)


def write_taesana(encoder: Path, decoder: Path, out: Path) -> None:
    """Write the folder of `read_taesana`'s network with its SHA256SUMS: all of it or nothing.

    Raises:
        WeightsError: see `read_taesana`.
        OutputError: `out` cannot be written, or holds something.
    """
    network = read_taesana(encoder, decoder)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
        try:
            network.save_pretrained(made)
            record_weights(made)
            made.replace(out)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise OutputError(
            f"cannot write {out}: {error.strerror or error}; fix: free space or choose another folder"
        ) from error


def _read(path: Path) -> Mapping[str, Tensor]:
    fix = f"take {path.name} from https://github.com/madebyollin/taesd again"
    try:
        found = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch raises many kinds for a broken file
        raise WeightsError(f"{path} cannot be read as tensors ({type(error).__name__}); fix: {fix}") from error
    if not isinstance(found, dict) or not all(isinstance(value, Tensor) for value in found.values()):
        raise WeightsError(refusal(got=f"{path} with more in it than tensors", accepted="a state dict", fix=fix))
    return found


def _renamed(path: Path, published: Mapping[str, Tensor], half: nn.Module) -> dict[str, Tensor]:
    """The published tensors under our names."""
    ours = half.state_dict()
    theirs, names = sorted(published, key=_position), sorted(ours, key=_position)
    differs = next(
        (
            f"{name} of shape {tuple(published[name].shape)}"
            for name, own in zip(theirs, names, strict=False)
            if published[name].shape != ours[own].shape or not published[name].is_floating_point()
        ),
        f"{len(theirs)} tensors",
    )
    if len(theirs) != len(names) or "shape" in differs:
        raise WeightsError(
            refusal(
                got=f"{path} with {differs}",
                accepted=f"TAESANA's {len(names)} tensors",
                fix=f"use {ENCODER_NAME} and {DECODER_NAME}, each in its place",
            )
        )
    return {own: published[name] for own, name in zip(names, theirs, strict=True)}


def _position(name: str) -> tuple[tuple[int, str], ...]:
    """Names by number, not by letter: 10 comes after 4."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in name.split("."))
