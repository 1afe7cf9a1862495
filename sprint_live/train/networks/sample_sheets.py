"""Sample sheets: what the model draws now, beside the sketch, on drawings nobody trains on.

Knows: drawings, the autoencoder, samplers as plain loops.  Must not know: losses, optimizers.
"""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path

import cv2
import numpy as np
import torch
from diffusers import AutoencoderDC
from PIL import Image
from torch import Tensor, nn

from sprint_live.diffusion import trigflow
from sprint_live.train.networks.latents import decode_pixels, encode_pixels, pixels_per_latent

TEACHER_STEPS = 16
_TILE_PX = 192


class Sheet:
    """A fixed set of drawings with prompts and noise; `write_*` draws one row of pictures a method.

    `null_text` (L, D) is the embedding of the empty caption.
    """

    def __init__(
        self, drawings: Path, vae: AutoencoderDC, text: Tensor, text_mask: Tensor, null_text: Tensor, latent_side: int
    ) -> None:
        self.vae, self.null_text, self.latent_side = vae, null_text, latent_side
        self.names = [entry["file"] for entry in read_prompts(drawings)]
        self.text, self.mask = text, text_mask.bool()
        side_px = latent_side * pixels_per_latent(vae)
        self.sketches = np.stack(
            [
                255
                - cv2.resize(
                    cv2.imdecode(np.fromfile(drawings / name, np.uint8), cv2.IMREAD_GRAYSCALE),
                    (side_px, side_px),
                    interpolation=cv2.INTER_AREA,
                )
                for name in self.names
            ]
        )
        maps = np.repeat(self.sketches[..., None], 3, axis=3)
        self.control = encode_pixels(vae, maps, torch.device("cpu")) * vae.config.scaling_factor
        self.noise = torch.randn(self.control.shape, generator=torch.Generator().manual_seed(0))

    @torch.no_grad()
    def write_teacher(self, teacher: nn.Module, path: Path, device: torch.device, guidance: float = 3.0) -> None:
        """Save a PNG with the rows sketch, the teacher's one-step guess x0 = z - v(z, 1), and its picture after
        `TEACHER_STEPS` Euler steps with classifier-free guidance of this scale.
        """
        control, text, mask, noise = (tensor.to(device) for tensor in (self.control, self.text, self.mask, self.noise))
        ones = torch.ones(len(noise), device=device)
        one_step = noise - teacher.velocity(noise, ones, text, mask, control)
        x = noise
        times = torch.linspace(1, 0, TEACHER_STEPS + 1)
        for now, then in itertools.pairwise(times):
            v = guided_velocity(teacher, x, now * ones, text, mask, control, self.null_text.to(device), guidance)
            x = x + (then - now) * v
        self.write([one_step.cpu(), x.cpu()], path)

    @torch.no_grad()
    def write_student(self, student: nn.Module, path: Path, device: torch.device, guidance: float = 4.5) -> None:
        """Save a PNG with the rows sketch, the student's picture after one step from angle pi/2, and after a second
        one from angle 1.3. guidance: the scale that the student is told.
        """
        control, text, mask, noise = (tensor.to(device) for tensor in (self.control, self.text, self.mask, self.noise))
        scale = torch.full((len(noise),), guidance, device=device)
        x_t, rows = trigflow.SIGMA_DATA * noise, []
        again = torch.randn(noise.shape, generator=torch.Generator().manual_seed(1)).to(device)
        for angle in (math.pi / 2, 1.3):
            t = torch.full_like(scale, angle)
            if rows:
                x_t = trigflow.x_t_from_x0(trigflow.SIGMA_DATA * rows[-1], again, t)
            F_hat = student.predict(x_t, t, scale, text, mask, control)
            rows.append(trigflow.x0_from_F(F_hat, x_t, t) / trigflow.SIGMA_DATA)
        self.write([row.cpu() for row in rows], path)

    @torch.no_grad()
    def write(self, latents: list[Tensor], path: Path) -> None:
        """Decode latents, (N, 32, Y, X) of unit deviation a row, and save them under the N sketches as one PNG."""
        rows = [np.repeat(255 - self.sketches[..., None], 3, axis=3)]
        for latent in latents:
            rows.append(decode_pixels(self.vae, latent / self.vae.config.scaling_factor))
        tiles = [
            np.hstack([cv2.resize(tile, (_TILE_PX, _TILE_PX), interpolation=cv2.INTER_AREA) for tile in row])
            for row in rows
        ]
        Image.fromarray(np.vstack(tiles)).save(path)


def guided_velocity(
    teacher: nn.Module,
    x: Tensor,
    s: Tensor,
    text: Tensor,
    mask: Tensor,
    control: Tensor | None,
    null_text: Tensor,
    guidance: Tensor | float,
    strength: Tensor | float = 1.0,
) -> Tensor:
    """Classifier-free guidance, v_null + g (v_text - v_null): (B, 32, Y, X), in one call of the teacher on 2 B samples.

    x (B, 32, Y, X), s (B,), text (B, L, D), mask (B, L), control as x: see `TeacherAndBranch.velocity`. null_text
    (K, D): the empty caption, K <= L. guidance g, strength: one number, or one for each sample (B,). The
    control stays on in both halves.

    Source: arXiv 2207.12598, equation 6 with g = 1 + w.
    """
    null = torch.zeros_like(text)
    null[:, : len(null_text)] = null_text
    null_mask = (torch.arange(text.shape[1], device=text.device) < len(null_text)).expand_as(mask)
    both = None if control is None else torch.cat([control, control])
    strengths = torch.cat([strength, strength]) if isinstance(strength, Tensor) else strength
    v_text, v_null = teacher.velocity(
        torch.cat([x, x]), torch.cat([s, s]), torch.cat([text, null]), torch.cat([mask, null_mask]), both, strengths
    ).chunk(2)
    weight = guidance[:, None, None, None] if isinstance(guidance, Tensor) else guidance
    return v_null + weight * (v_text - v_null)


def read_prompts(drawings: Path) -> list[dict[str, str]]:
    """The entries {"file", "prompt"} of a drawings folder's prompts.json."""
    return json.loads((drawings / "prompts.json").read_text("utf-8"))
