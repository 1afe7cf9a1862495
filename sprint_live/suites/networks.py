"""The networks that score MJHQ-30K: Inception's features and CLIP's score, with weights from a folder.

Nothing is downloaded. The error for a missing file names its address.

Knows: packages of the extra [suites], weight files.  Must not know: suites, runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from transformers import CLIPModel, CLIPProcessor

from sprint_live.errors import ArgumentError, WeightsError, refusal

CLIP_TOKENS = 77


@dataclass(frozen=True, kw_only=True)
class Weights:
    """file: below the folder of weights. source: where it is published."""

    file: str
    source: str

    def path(self, folder: Path) -> Path:
        """The folder in which it lies.

        Raises:
            WeightsError: it does not.
        """
        path = folder / self.file
        if not path.exists():
            raise WeightsError(
                refusal(
                    got=f"no {path}",
                    accepted=f"{self.file} of {self.source}",
                    fix="download it; name its folder: --weights",
                )
            )
        return path


INCEPTION = Weights(
    file="checkpoints/pt_inception-2015-12-05-6726825d.pth",
    source="https://github.com/mseitzer/pytorch-fid/releases (fid_weights)",
)
CLIP = Weights(file="clip-vit-large-patch14", source="https://huggingface.co/openai/clip-vit-large-patch14")


def square(picture_u8: np.ndarray, size_px: int) -> np.ndarray:
    """(H, W, 3) -> (size_px, size_px, 3): the short side scaled, the middle kept, by Pillow's bilinear filter."""
    from PIL import Image

    height, width = picture_u8.shape[:2]
    factor = size_px / min(height, width)
    scaled = Image.fromarray(picture_u8).resize(
        (max(size_px, round(width * factor)), max(size_px, round(height * factor))), Image.Resampling.BILINEAR
    )
    left, top = (scaled.width - size_px) // 2, (scaled.height - size_px) // 2
    return np.asarray(scaled.crop((left, top, left + size_px, top + size_px)))


def read_square(file: Path, size_px: int) -> np.ndarray:
    """A picture file as `square`.

    Raises:
        ArgumentError: it is no picture.
    """
    data = np.frombuffer(file.read_bytes(), np.uint8) if file.is_file() else np.empty(0, np.uint8)
    pixels = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    if pixels is None:
        raise ArgumentError(refusal(got=f"{file}", accepted="a picture", fix="delete it and run the command again"))
    return square(pixels[..., ::-1], size_px)


class Inception:
    """pool3 features (N, 2048) of pytorch-fid's network.

    Raises:
        ArgumentError: the package is not installed.
        WeightsError: its weights are missing.
    """

    def __init__(self, weights: Path, device: torch.device) -> None:
        INCEPTION.path(weights)
        try:
            from pytorch_fid.inception import InceptionV3  # pyright: ignore[reportMissingImports]
        except ImportError as error:
            raise ArgumentError(
                refusal(got="no pytorch-fid", accepted="pytorch-fid 0.3.0", fix='pip install "sprint-live[suites]"')
            ) from error
        torch.hub.set_dir(str(weights))
        self._device = device
        self._network = InceptionV3([InceptionV3.BLOCK_INDEX_BY_DIM[2048]]).eval().to(device)

    @torch.inference_mode()
    def features(self, pictures_u8: np.ndarray) -> np.ndarray:
        """(N, S, S, 3) uint8 -> (N, 2048) float32."""
        pixels = torch.from_numpy(pictures_u8).to(self._device).permute(0, 3, 1, 2).float() / 255
        return self._network(pixels)[0].flatten(1).cpu().numpy()


class Clip:
    """exp(logit_scale) x cosine of picture and prompt, cut at 77 tokens, not clamped.

    Raises:
        WeightsError: the folder is missing or damaged.
    """

    def __init__(self, weights: Path, device: torch.device) -> None:
        folder = CLIP.path(weights)
        try:
            self._model: Any = CLIPModel.from_pretrained(folder, local_files_only=True).eval()
            self._model.to(device)
            self._processor: Any = CLIPProcessor.from_pretrained(folder, local_files_only=True)
        except (OSError, ValueError) as error:
            raise WeightsError(
                refusal(got=f"{folder} ({str(error).splitlines()[0]})", accepted=CLIP.source, fix="copy it again")
            ) from error
        self._device = device

    @torch.inference_mode()
    def scores(self, pictures_u8: list[np.ndarray], prompts: list[str]) -> list[float]:
        """One score a picture."""
        given = self._processor(
            text=prompts,
            images=pictures_u8,
            return_tensors="pt",
            padding=True,
            truncation=True,
            max_length=min(CLIP_TOKENS, self._model.config.text_config.max_position_embeddings),
        )
        found = self._model(**given.to(self._device))
        return found.logits_per_image.diagonal().float().cpu().tolist()
