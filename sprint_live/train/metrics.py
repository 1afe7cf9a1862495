"""The figures a finished stage is judged by, on scenes that nothing was trained on.

| stage       | figure         | what it is |
| data        | usable_share   | samples in the shards, of all that were read |
| autoencoder | psnr_db        | peak signal-to-noise of held-out pictures after encoding and decoding; sketch_psnr_db |
| encode      | latent_std     | standard deviation of held-out latents after scaling |
| preview     | psnr_db        | of the preview against the full decoder's half-size pictures; weights_mb of its file |
| teacher     | flow_loss_at_1 | held-out flow loss at s = 1, flow_loss_at_half at 1/2; control_gain: without / with |
| student     | one_step_ratio | distance to the teacher's many-step picture: student's one step / teacher's one step |
| export      | weights_mb     | transformer + branch + autoencoder; text_encoder_mb |

Knows: run folders, held-out shards.  Must not know: what is good enough (see the recipe's bounds).
"""

from __future__ import annotations

import itertools
import json
import math

import cv2
import numpy as np
import torch
from torch import Tensor

from sprint_live.diffusion import trigflow
from sprint_live.train.data.shards import held_out_paths, read_shard
from sprint_live.train.loop.checkpoint import load_averaged
from sprint_live.train.networks import autoencoder, preview
from sprint_live.train.networks.export import megabytes
from sprint_live.train.networks.latent_datasets import Batch, LatentDataset
from sprint_live.train.networks.latents import decode_pixels, encode_pixels
from sprint_live.train.networks.sample_sheets import guided_velocity
from sprint_live.train.networks.signed_time import load_student
from sprint_live.train.networks.student import SIGMA
from sprint_live.train.networks.teacher import TeacherAndBranch
from sprint_live.train.recipe import Recipe
from sprint_live.train.workspace import Workplace, drawings_text, load_autoencoder, network_of

_NUM_SCENES = 32
_SCENE_PX = 512
_TEACHER_STEPS = 8
_GUIDANCE = 4.5


@torch.no_grad()
def measure(stage: str, recipe: Recipe, place: Workplace) -> dict[str, float]:
    """The figures of a finished stage by name, as the table above lists them; psnr in dB, sizes in MB (10^6 bytes).

    Figures that need held-out scenes are left out where there are none.

    Raises: KeyError for a stage that the table does not have.
    """
    if stage == "data":
        manifest = json.loads((place.data_folder / "manifest.json").read_text("utf-8"))
        return {"usable_share": manifest["num_samples"] / max(1, manifest["num_samples"] + manifest["num_left_out"])}
    if stage == "export":
        sizes = megabytes(place.work / "model")
        return {
            "weights_mb": sizes["transformer"] + sizes["controlnet"] + sizes["vae"],
            "text_encoder_mb": sizes["text_encoder"],
        }
    if not held_out_paths(place.data_folder):
        return {}
    return {
        "autoencoder": _autoencoder,
        "encode": _encode,
        "preview": _preview,
        "teacher": _teacher,
        "student": _student,
    }[stage](recipe, place)


def _autoencoder(recipe: Recipe, place: Workplace) -> dict[str, float]:
    model = autoencoder.load_trained(place.work / "autoencoder", 1.0).to(place.device)
    pictures, sketches = [], []
    for picture, sketch, _ in read_shard(held_out_paths(place.data_folder)[0]):
        side = min(_SCENE_PX, len(picture))
        pictures.append(cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA))
        sketches.append(cv2.resize(sketch, (side, side), interpolation=cv2.INTER_AREA))
        if len(pictures) == _NUM_SCENES:
            break

    def psnr_db(stack: np.ndarray) -> float:
        rebuilt = decode_pixels(model, encode_pixels(model, stack, place.device).to(place.device))
        error = np.square(stack.astype(np.float64) - rebuilt).mean(axis=(1, 2, 3))
        return float((10 * np.log10(255.0**2 / np.maximum(error, 1e-2))).mean())

    return {"psnr_db": psnr_db(np.stack(pictures)), "sketch_psnr_db": psnr_db(np.stack(sketches))}


def _encode(recipe: Recipe, place: Workplace) -> dict[str, float]:
    return {"latent_std": _held_out(recipe.teacher[-1].latent_sides, place).picture.std().item()}


def _preview(recipe: Recipe, place: Workplace) -> dict[str, float]:
    full, small = (
        load_autoencoder(recipe, place).to(place.device),
        preview.load_trained(place.folder("preview", recipe)).to(place.device),
    )
    latent = _held_out(recipe.teacher[-1].latent_sides, place).picture
    errors = [
        (small.decode(rows).sample.clamp(-1, 1) - full.decode_half(rows / full.config.scaling_factor).clamp(-1, 1))
        .square()
        .mean()
        .item()
        for rows in latent.split(8)
    ]
    weights = sum(file.stat().st_size for file in (place.work / "model" / preview.FOLDER).glob("*.safetensors")) / 1e6
    return {"psnr_db": preview.psnr_db(sum(errors) / len(errors)), "weights_mb": weights}


def _teacher(recipe: Recipe, place: Workplace) -> dict[str, float]:
    model = _load_teacher(recipe, place)
    batch = _held_out(recipe.teacher[-1].latent_sides, place)
    z = _noise(batch.picture)

    def loss(s: float, control: Tensor | None) -> float:
        errors = []
        for rows in torch.arange(len(z), device=z.device).split(8):
            x_s = (1 - s) * batch.picture[rows] + s * z[rows]
            v = model.velocity(
                x_s,
                torch.full((len(rows),), s, device=z.device),
                batch.text[rows],
                batch.text_mask[rows],
                None if control is None else control[rows],
            )
            errors.append((v.float() - (z[rows] - batch.picture[rows])).square().mean(dim=(1, 2, 3)))
        return torch.cat(errors).mean().item()

    half = loss(0.5, batch.control)
    return {
        "flow_loss_at_1": loss(1.0, batch.control),
        "flow_loss_at_half": half,
        "control_gain": loss(0.5, None) / half,
    }


def _student(recipe: Recipe, place: Workplace) -> dict[str, float]:
    teacher = _load_teacher(recipe, place)
    student = load_student(teacher.network, place.folder("student", recipe))
    student.to(place.device).eval()
    batch = _held_out(recipe.student[-1].latent_sides, place)
    null_text = drawings_text(recipe, place)[2].to(place.device)
    z, distances = _noise(batch.picture), []
    for rows in torch.arange(len(z), device=z.device).split(8):
        given = (batch.text[rows], batch.text_mask[rows], batch.control[rows])
        ones = torch.ones(len(rows), device=z.device)
        x, one_step = z[rows], None
        for now, then in itertools.pairwise(torch.linspace(1, 0, _TEACHER_STEPS + 1).tolist()):
            v = guided_velocity(teacher, x, now * ones, *given, null_text, _GUIDANCE).float()
            one_step = x - v if one_step is None else one_step
            x = x + (then - now) * v
        assert one_step is not None, "the teacher takes at least one step"
        angle = ones * math.pi / 2
        drawn = (
            trigflow.x0_from_F(
                student.predict(SIGMA * z[rows], angle, _GUIDANCE * ones, *given).float(), SIGMA * z[rows], angle
            )
            / SIGMA
        )
        distances.append(torch.stack([(guess - x).square().mean(dim=(1, 2, 3)) for guess in (drawn, one_step)]))
    by_student, by_teacher = torch.cat(distances, 1).mean(dim=1).tolist()
    return {"one_step_distance": by_student, "one_step_ratio": by_student / by_teacher}


def _load_teacher(recipe: Recipe, place: Workplace) -> TeacherAndBranch:
    model = TeacherAndBranch(network_of(recipe, place))
    load_averaged(model, place.folder("teacher", recipe), "teacher")
    return model.to(place.device).eval()


def _held_out(latent_sides: tuple[int, ...], place: Workplace) -> Batch:
    data = LatentDataset(place.latents, min(latent_sides), held_out=True)
    return data.rows(range(min(_NUM_SCENES, len(data))), place.device)


def _noise(like: Tensor) -> Tensor:
    return torch.randn(like.shape, generator=torch.Generator().manual_seed(0)).to(like.device)
