"""A small decoder for pictures that will be replaced in a moment: shown while the pen is down.

A model folder has one or not: our own for sprint-tiny, or, for a released model, any decoder of its latents in
diffusers' layout that somebody puts there.

Knows: the folder, latents, uint8 pictures.  Must not know: the full autoencoder, text, time, control, the app.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch

from sprint_live.engine.autoencoder.decoder import PictureDecoder
from sprint_live.errors import WeightsError, refusal
from sprint_live.pipeline.model_folder import load_component

PREVIEW_FOLDER = "preview"
PREVIEW_CLASSES = {
    "SprintPreviewDecoder": "sprint_live.models.preview",
    "AutoencoderDC": "diffusers",
    "AutoencoderTiny": "diffusers",
}


class PreviewDecoder(PictureDecoder):
    """As PictureDecoder, with a smaller network; its pictures may be smaller, too: the page scales them."""


def load_preview(model_folder: Path, device: torch.device, dtype: torch.dtype) -> PreviewDecoder | None:
    """The preview decoder in `model_folder`/preview; None where there is no such folder.

    Raises:
        WeightsError: it is there and cannot be read, or is of a class that is not one of PREVIEW_CLASSES.
    """
    folder = model_folder / PREVIEW_FOLDER
    if not folder.is_dir():
        return None
    class_name = _class_name(folder / "config.json")
    if class_name not in PREVIEW_CLASSES:
        raise WeightsError(
            refusal(
                got=f"{folder} of class {class_name!r}",
                accepted=", ".join(PREVIEW_CLASSES),
                fix="use one of these, or remove the folder",
            )
        )
    network = load_component(model_folder, PREVIEW_FOLDER, [PREVIEW_CLASSES[class_name], class_name], dtype)
    return PreviewDecoder(network.requires_grad_(False).to(device))


def _class_name(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8")).get("_class_name")
    except (OSError, ValueError, AttributeError) as error:
        raise WeightsError(
            f"{path} is no configuration ({error}); fix: restore the file, or remove its folder"
        ) from error
