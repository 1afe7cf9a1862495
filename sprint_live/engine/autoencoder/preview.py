"""A small decoder for previews: pictures shown while the pen is down and replaced soon after.

A model folder has one or not: our own for sprint-tiny, or any decoder of its latents in diffusers' layout that somebody
puts there. For the released models there are tiny autoencoders by name (`models.autoencoders`),
which take the same way.

Knows: the folder, latents, uint8 pictures.  Must not know: text, time, control, names, the app.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from diffusers import AutoencoderDC

from sprint_live.engine.autoencoder.decoder import PictureDecoder
from sprint_live.errors import WeightsError, refusal
from sprint_live.models.tiny_autoencoder import TinySanaAutoencoder
from sprint_live.pipeline.model_folder import load_component

PREVIEW_FOLDER = "preview"
PREVIEW_CLASSES = {
    "SprintPreviewDecoder": "sprint_live.models.preview",
    "TinySanaAutoencoder": "sprint_live.models.tiny_autoencoder",
    "AutoencoderDC": "diffusers",
    "AutoencoderTiny": "diffusers",
}


class PreviewDecoder(PictureDecoder):
    """As PictureDecoder, with a smaller network; its pictures may be smaller, too: the page scales them."""

    @property
    def control_encoder(self) -> TinySanaAutoencoder | None:
        """The network whose `encode` may read the control page in the DC-AE's place; None where it has none."""
        return self.vae if isinstance(self.vae, TinySanaAutoencoder) else None


def load_preview(model_folder: Path, device: torch.device, dtype: torch.dtype) -> PreviewDecoder | None:
    """The preview decoder in `model_folder`/preview; None where there is no such folder.

    Raises:
        WeightsError: it is there and cannot be read, or is of a class that is not one of PREVIEW_CLASSES.
    """
    folder = model_folder / PREVIEW_FOLDER
    return read_preview(folder, device, dtype) if folder.is_dir() else None


def read_preview(folder: Path, device: torch.device, dtype: torch.dtype) -> PreviewDecoder:
    """The decoder in `folder`. Of an AutoencoderDC the encoder is not kept: a model has its own.

    Raises:
        WeightsError: it cannot be read, or is of a class that is not one of PREVIEW_CLASSES.
    """
    class_name = _class_name(folder / "config.json")
    if class_name not in PREVIEW_CLASSES:
        raise WeightsError(
            refusal(
                got=f"{folder} of class {class_name!r}",
                accepted=", ".join(PREVIEW_CLASSES),
                fix="use one of these, or remove the folder",
            )
        )
    network = load_component(folder.parent, folder.name, [PREVIEW_CLASSES[class_name], class_name], dtype)
    if isinstance(network, AutoencoderDC):
        network.encoder = None
    return PreviewDecoder(network.requires_grad_(False).to(device))


def _class_name(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8")).get("_class_name")
    except (OSError, ValueError, AttributeError) as error:
        raise WeightsError(
            f"{path} is no configuration ({error}); fix: restore the file, or remove its folder"
        ) from error
