"""SANA-Sprint without a branch: text-to-image and image-to-image against diffusers' own two pipelines.

A random small model in the released classes: AutoencoderDC of ratio 32, trained side 1024.
"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch
from diffusers import AutoencoderDC, SanaSprintImg2ImgPipeline, SanaSprintPipeline
from PIL import Image

import sprint_live
from sprint_live import SanaSprintControlNetPipeline
from sprint_live.engine.denoising.plain import painting_angles
from sprint_live.errors import ArgumentError
from sprint_live.pipeline.arguments import binned_size
from support.small_model import make_tiny_pipeline, make_tiny_transformer, write_checksums

SMALL = {"height": 128, "width": 192, "use_resolution_binning": False}
PROMPTS = ["a red cat", "dog"]


def make_autoencoder() -> AutoencoderDC:
    stages = 6
    with torch.random.fork_rng():
        torch.manual_seed(2)
        return AutoencoderDC(
            encoder_block_types="ResBlock",
            decoder_block_types="ResBlock",
            encoder_block_out_channels=(4, 8, 8, 16, 16, 32),
            decoder_block_out_channels=(4, 8, 8, 16, 16, 32),
            encoder_layers_per_block=(1,) * stages,
            decoder_layers_per_block=(1,) * stages,
            encoder_qkv_multiscales=((),) * stages,
            decoder_qkv_multiscales=((),) * stages,
            downsample_block_type="Conv",
            upsample_block_type="interpolate",
            scaling_factor=0.41407,
        ).eval()


@pytest.fixture(scope="module")
def ours() -> SanaSprintControlNetPipeline:
    return make_tiny_pipeline(
        transformer=make_tiny_transformer(sample_size=32), vae=make_autoencoder(), controlnet=None
    )


def theirs_of(ours, pipeline_class):
    parts = {name: getattr(ours, name) for name in ("tokenizer", "text_encoder", "vae", "transformer", "scheduler")}
    pipeline = pipeline_class(**parts)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def seeded(seed: int = 9) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def their_arguments(num_steps: int) -> dict[str, object]:
    """diffusers raises on its own default unless there are two steps."""
    middle = 1.3 if num_steps == 2 else None
    return {"intermediate_timesteps": middle, "max_sequence_length": 12, "complex_human_instruction": []}


def paintings(count: int, height: int = 128, width: int = 192) -> list[Image.Image]:
    generator = np.random.default_rng(4)
    coarse = generator.integers(0, 256, (count, 4, 6, 3), np.uint8)
    return [Image.fromarray(picture).resize((width, height), Image.Resampling.BICUBIC) for picture in coarse]


@pytest.mark.parametrize("num_steps", [1, 2, 4])
def test_text_to_image_equals_diffusers(ours, num_steps: int) -> None:
    shared = {"prompt": PROMPTS, "num_inference_steps": num_steps, "guidance_scale": 3.0, "output_type": "np", **SMALL}
    theirs = theirs_of(ours, SanaSprintPipeline)(**shared, **their_arguments(num_steps), generator=seeded()).images
    pictures = ours(**shared, generator=seeded()).images
    assert pictures.shape == (2, 128, 192, 3)
    assert np.abs(pictures - theirs).max() < 1e-5
    assert np.abs(pictures[0] - pictures[1]).max() > 1e-2


@pytest.mark.parametrize(
    ("num_steps", "strength"), [(1, 0.6), (1, 1.0), (2, 0.5), (2, 0.6), (4, 0.25), (4, 0.5), (4, 0.6), (4, 1.0)]
)
def test_image_to_image_equals_diffusers(ours, num_steps: int, strength: float) -> None:
    shared = {"prompt": PROMPTS, "image": paintings(2), "strength": strength, "num_inference_steps": num_steps, **SMALL}
    theirs = theirs_of(ours, SanaSprintImg2ImgPipeline)(
        **shared, **their_arguments(num_steps), generator=seeded(), output_type="latent"
    ).images
    clean = ours(**shared, generator=seeded(), output_type="latent").images
    assert (clean - theirs).abs().max() < 1e-5 * theirs.abs().max()
    other = ours(**(shared | {"image": paintings(2)[::-1]}), generator=seeded(), output_type="latent").images
    reads_painting = num_steps * strength <= num_steps - 1
    assert ((other - clean).abs().max() > 1e-3) == reads_painting  # else the first angle is pure noise


def test_one_painting_serves_a_batch_and_a_single_prompt_may_give_several_pictures(ours) -> None:
    shared = {
        "prompt": "a red cat",
        "image": paintings(1),
        "strength": 0.5,
        "num_inference_steps": 4,
        "num_images_per_prompt": 2,
        **SMALL,
    }
    theirs = theirs_of(ours, SanaSprintImg2ImgPipeline)(
        **shared, **their_arguments(4), generator=seeded(), output_type="latent"
    ).images
    clean = ours(**shared, generator=seeded(), output_type="latent").images
    assert clean.shape[0] == 2 and (clean - theirs).abs().max() < 1e-5 * theirs.abs().max()


@pytest.mark.parametrize(
    ("pipeline_class", "extra"), [(SanaSprintPipeline, {}), (SanaSprintImg2ImgPipeline, {"strength": 0.5})]
)
def test_resolution_binning_equals_diffusers(ours, pipeline_class, extra: dict) -> None:
    """600 x 1000 is drawn at 768 x 1280 and cut back."""
    shared = {
        "prompt": "cat",
        "num_inference_steps": 2,
        "height": 600,
        "width": 1000,
        "use_resolution_binning": True,
        "output_type": "np",
        **extra,
    }
    if extra:
        shared["image"] = paintings(1, 300, 500)[0]
    theirs = theirs_of(ours, pipeline_class)(**shared, **their_arguments(2), generator=seeded()).images
    pictures = ours(**shared, generator=seeded()).images
    assert pictures.shape == (1, 600, 1000, 3)
    assert np.abs(pictures - theirs).max() < 1e-5


def test_bins_are_those_of_1024(ours) -> None:
    assert binned_size(600, 1000, 1024) == (768, 1280)
    assert binned_size(3000, 3000, 1024) == (1024, 1024)
    assert binned_size(100, 1000, 1024) == (512, 2048)
    with pytest.raises(ArgumentError, match="512 px model"):
        binned_size(600, 1000, 512)
    with pytest.raises(ArgumentError, match="height=0"):
        ours("cat", height=0, width=100, use_resolution_binning=True)


def test_an_encoded_painting_is_the_painting(ours) -> None:
    call = {"prompt": "cat", "strength": 0.5, "num_inference_steps": 2, "output_type": "latent", **SMALL}
    encoded = ours.encode_image(paintings(1), 128, 192)
    by_latents = ours(**call, image_latents=encoded, generator=seeded()).images
    assert torch.equal(by_latents, ours(**call, image=paintings(1), generator=seeded()).images)


@pytest.mark.parametrize(
    "change",
    [
        {"strength": 0.0},
        {"strength": 1.1},
        {"strength": -0.5},
        {"strength": float("nan")},
        {"image_latents": torch.zeros(1, 32, 4, 6)},
        {"image": None, "image_latents": torch.zeros(1, 32, 3, 3)},
        {"image": paintings(3)},
        {"image": torch.zeros(1, 5, 64, 64)},
        {"control_guidance_start": 0.5, "control_guidance_end": 0.5},
        {"control_guidance_end": 1.5},
        {"control_guidance_start": -0.1},
        {"control_guidance_start": True},
        {"control_guidance_end": "1"},
    ],
)
def test_refusals(ours, change: dict) -> None:
    with pytest.raises(ArgumentError, match="got .*accepted: .*fix: "):
        ours(**({"prompt": "cat", "image": paintings(1), "num_inference_steps": 2, **SMALL} | change))


@pytest.fixture(scope="module")
def engine(ours, tmp_path_factory) -> sprint_live.Engine:
    """A model folder without controlnet/, as SanaSprintPipeline saves it."""
    folder = tmp_path_factory.mktemp("plain") / "sprint-plain"
    ours.save_pretrained(folder)
    assert not (folder / "controlnet").exists()
    write_checksums(folder)
    return sprint_live.load_engine(folder, device="cpu")


def lined_page(side: int = 256) -> np.ndarray:
    page = np.full((side, side), 255, np.uint8)
    page[100:110] = 0
    return page


@pytest.mark.parametrize("steps", [1, 2, 4])
def test_an_engine_without_a_branch_draws_text_to_image(engine, ours, steps: int) -> None:
    assert not engine.has_branch
    frame = engine.draw(lined_page(), "A red cat ", seed=9, steps=steps, guidance=3.0, size=256)
    theirs = theirs_of(ours, SanaSprintPipeline)(
        "A red cat ",
        num_inference_steps=steps,
        guidance_scale=3.0,
        height=256,
        width=256,
        use_resolution_binning=False,
        generator=seeded(),
        **their_arguments(steps),
    ).images[0]
    assert not frame.controlled
    assert np.abs(frame.pixels_u8.astype(int) - np.asarray(theirs)).max() <= 1


@pytest.mark.parametrize(
    ("steps", "strength", "num_steps_there"), [(1, 0.5, 2), (1, 0.25, 4), (3, 0.75, 4), (4, 1.0, 4), (1, 1.0, 1)]
)
def test_an_engine_without_a_branch_paints_over_a_painting(
    engine, ours, steps: int, strength: float, num_steps_there: int
) -> None:
    """Where diffusers' strength can express the run, the picture is diffusers'."""
    painting = paintings(1, 256, 256)[0]
    frame = engine.draw(lined_page(), "cat", seed=9, steps=steps, size=256, painting=painting, strength=strength)
    theirs = theirs_of(ours, SanaSprintImg2ImgPipeline)(
        "cat",
        image=painting,
        strength=strength,
        num_inference_steps=num_steps_there,
        height=256,
        width=256,
        use_resolution_binning=False,
        generator=seeded(),
        **their_arguments(num_steps_there) | {"intermediate_timesteps": None},
    ).images[0]
    assert np.abs(frame.pixels_u8.astype(int) - np.asarray(theirs)).max() <= 1
    other = engine.draw(
        lined_page(), "cat", seed=9, steps=steps, size=256, painting=paintings(2, 256, 256)[1], strength=strength
    )
    assert (np.abs(frame.pixels_u8.astype(int) - other.pixels_u8).max() > 2) == (strength < 1)


def test_painting_angles_are_the_schedule_shrunk() -> None:
    assert painting_angles(2, 0.5) == pytest.approx([1.5708 / 2, 1.3 / 2, 0])
    assert painting_angles(1, 0.6) == pytest.approx([1.5708 * 0.6, 0])
    assert painting_angles(4, 1.0) == pytest.approx([1.5708, 1.5708 * 0.75, 1.5708 * 0.5, 1.5708 * 0.25, 0])


def test_a_painting_of_any_shape_and_kind_is_centered_on_white(engine) -> None:
    wide = np.zeros((128, 256, 3), np.uint8)
    wide[..., 0] = 200
    square = np.full((256, 256, 3), 255, np.uint8)
    square[64:192] = wide
    call = {"prompt": "cat", "seed": 1, "size": 256, "strength": 0.5}
    blank = lined_page() * 0 + 255
    base = engine.draw(blank, **call, painting=square).jpeg
    rgba = np.dstack([square, np.full((256, 256), 255, np.uint8)])
    for same in (Image.fromarray(square), wide, rgba):
        assert engine.draw(blank, **call, painting=same).jpeg == base
    assert engine.draw(blank, **call).jpeg != base
    gray = np.full((256, 256), 130, np.uint8)
    assert (
        engine.draw(blank, **call, painting=gray).jpeg
        == engine.draw(blank, **call, painting=np.dstack([gray] * 3)).jpeg
    )


def test_a_shape_of_the_model_is_drawn_whole(engine, ours) -> None:
    """A zoo entry names its bins; (height, width) draws one of them, lines and painting centered on it."""
    wide = dataclasses.replace(engine.model, shapes=((256, 256), (512, 512), (1024, 1024), (128, 192)))
    shaped = sprint_live.Engine(engine.pipeline, wide)
    painting = paintings(1)[0]
    frame = shaped.draw(lined_page(), "cat", seed=9, size=(128, 192), painting=painting, strength=0.5)
    theirs = theirs_of(ours, SanaSprintImg2ImgPipeline)(
        "cat",
        image=painting,
        strength=0.5,
        num_inference_steps=2,
        **SMALL,
        generator=seeded(),
        **their_arguments(2) | {"intermediate_timesteps": None},
    ).images[0]
    assert frame.image.size == (192, 128)
    assert np.abs(frame.pixels_u8.astype(int) - np.asarray(theirs)).max() <= 1
    with pytest.raises(ArgumentError, match=r"size \(192, 128\).*\(128, 192\)"):
        shaped.draw(lined_page(), "cat", size=(192, 128))
    with pytest.raises(ArgumentError, match="256, 512, 1024"):
        engine.draw(lined_page(), "cat", size=(128, 192))
