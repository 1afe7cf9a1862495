"""What people do around a pipeline of diffusers: signatures, callbacks, loading, pictures of every kind, LoRA."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
import torch
from diffusers import SanaSprintImg2ImgPipeline, SanaSprintPipeline
from diffusers.callbacks import MultiPipelineCallbacks, PipelineCallback
from PIL import Image

from sprint_live import SanaSprintControlNetPipeline
from sprint_live.errors import ArgumentError
from support.diffusers_pipelines import LATENT, SMALL, seeded, upstream
from support.small_model import make_tiny_pipeline, make_tiny_transformer

THEIRS = {"max_sequence_length": 12, "complex_human_instruction": []}


# ---- the call


@pytest.mark.parametrize("name", ["__call__", "encode_prompt", "check_inputs", "prepare_latents"])
def test_names_order_and_defaults_are_those_of_diffusers(name: str) -> None:
    ours = inspect.signature(getattr(SanaSprintControlNetPipeline, name)).parameters
    theirs = inspect.signature(getattr(SanaSprintPipeline, name)).parameters
    assert list(ours)[: len(theirs)] == list(theirs)
    for argument, parameter in theirs.items():
        assert ours[argument].default == parameter.default or parameter.default is None, argument


def test_the_names_of_image_to_image_and_control_are_those_of_diffusers() -> None:
    ours = inspect.signature(SanaSprintControlNetPipeline.__call__).parameters
    theirs = inspect.signature(SanaSprintImg2ImgPipeline.__call__).parameters
    assert set(theirs) <= set(ours) and ours["strength"].default == theirs["strength"].default
    assert {"control_image", "controlnet_conditioning_scale", "control_guidance_start", "control_guidance_end"} <= set(
        ours
    )


@pytest.mark.parametrize("num_steps", [3, 8, 20])
def test_many_steps_equal_diffusers(tiny_pipeline, num_steps: int) -> None:
    shared = {**LATENT, "num_inference_steps": num_steps}
    theirs = upstream(tiny_pipeline)(**shared, **THEIRS, intermediate_timesteps=None, generator=seeded()).images
    ours = tiny_pipeline(**shared, generator=seeded()).images
    assert (ours - theirs).abs().max() < 1e-5 * theirs.abs().max()


def test_the_scheduler_is_asked(tiny_pipeline, monkeypatch) -> None:
    asked = []
    step = tiny_pipeline.scheduler.step
    monkeypatch.setattr(tiny_pipeline.scheduler, "step", lambda *args, **named: asked.append(1) or step(*args, **named))
    tiny_pipeline(**LATENT, num_inference_steps=3)
    assert len(asked) == 3 and tiny_pipeline.scheduler.num_inference_steps == 3
    assert tiny_pipeline.num_timesteps == 3 and tiny_pipeline.guidance_scale == 4.5
    assert tiny_pipeline.attention_kwargs is None


class Remember(PipelineCallback):
    def __init__(self, *names: str) -> None:
        super().__init__(cutoff_step_ratio=1.0)
        self.names, self.seen = list(names), []

    @property
    def tensor_inputs(self) -> list[str]:
        return self.names

    def callback_fn(self, pipeline, step_index, timestep, callback_kwargs):
        self.seen.append((step_index, sorted(callback_kwargs), pipeline.num_timesteps, pipeline.guidance_scale))
        return callback_kwargs


def test_callback_objects_and_their_tensors(tiny_pipeline) -> None:
    one, two = Remember("latents", "prompt_embeds"), Remember("latents", "prompt_embeds")
    tiny_pipeline(**LATENT, callback_on_step_end=one, guidance_scale=3.0)
    assert one.seen == [(index, ["latents", "prompt_embeds"], 2, 3.0) for index in (0, 1)]
    tiny_pipeline(**LATENT, callback_on_step_end=MultiPipelineCallbacks([two, Remember("latents")]))
    assert len(two.seen) == 2


def test_what_a_callback_gives_back_last_is_decoded(tiny_pipeline) -> None:
    def zero(pipeline, index, t, tensors):
        return {"latents": torch.zeros_like(tensors["latents"])} if index == 1 else {}

    call = {**LATENT, "output_type": "pt"}
    black = tiny_pipeline.decode(torch.zeros(1, 32, 2, 2), "pt")
    assert torch.equal(tiny_pipeline(**call, callback_on_step_end=zero).images, black)
    theirs = upstream(tiny_pipeline)
    kept = theirs(**call, **THEIRS, callback_on_step_end=zero, generator=seeded()).images
    assert torch.equal(kept, theirs(**call, **THEIRS, generator=seeded()).images)


def test_prompts_are_encoded_as_there(tiny_pipeline) -> None:
    theirs = upstream(tiny_pipeline)
    instruction = ["red house: "]
    for given in ({}, {"complex_human_instruction": instruction}, {"num_images_per_prompt": 2}, {"device": "cpu"}):
        ours = tiny_pipeline.encode_prompt("A Cat ", max_sequence_length=10, **given)
        other = theirs.encode_prompt("A Cat ", max_sequence_length=10, **given)
        assert all(torch.equal(one, two) for one, two in zip(ours, other, strict=True)), given


# ---- where we differ on purpose (a row each in the guide)


def test_two_of_each_keep_the_mask_and_the_picture_of_their_prompt(tiny_pipeline) -> None:
    """diffusers repeats masks and pictures a, b, a, b beside embeddings a, a, b, b."""
    prompts, noise = ["cat", "dog dog dog dog"], torch.randn(4, 32, 2, 2, generator=seeded())
    call = {"num_images_per_prompt": 2, "num_inference_steps": 1, "output_type": "latent", "latents": noise, **SMALL}
    ours = tiny_pipeline(prompts, **call).images
    theirs = upstream(tiny_pipeline)(prompts, **call, **THEIRS, intermediate_timesteps=None).images
    alone = tiny_pipeline(prompts[0], **(call | {"num_images_per_prompt": 1, "latents": noise[1:2]})).images
    assert torch.allclose(ours[1], alone[0], atol=1e-5) and not torch.allclose(theirs[1], alone[0], atol=1e-3)


def test_two_pictures_with_two_prompts_and_two_of_each_start_from_the_picture_of_their_prompt(tiny_pipeline) -> None:
    prompts, pictures = ["cat", "dog dog dog dog"], torch.rand(2, 3, 64, 64, generator=seeded())
    call = {"strength": 0.5, "output_type": "latent", **SMALL}
    four = [torch.Generator().manual_seed(seed) for seed in range(4)]
    together = tiny_pipeline(prompts, image=pictures, num_images_per_prompt=2, **(call | {"generator": four})).images
    for seed in range(4):
        own, generator = seed // 2, torch.Generator().manual_seed(seed)
        alone = tiny_pipeline(prompts[own], image=pictures[own : own + 1], **(call | {"generator": generator})).images
        assert torch.allclose(together[seed], alone[0], atol=1e-5), seed
    assert not torch.allclose(together[0], together[2], atol=1e-2)


def test_a_tuple_of_prompts_and_steps_without_a_middle_angle_are_taken(tiny_pipeline) -> None:
    pair = tiny_pipeline(("cat", "dog"), num_inference_steps=1, output_type="latent", **SMALL).images
    assert pair.shape[0] == 2
    with pytest.raises(ValueError, match="Intermediate"):
        upstream(tiny_pipeline)("cat", num_inference_steps=1, **SMALL)


def test_bins_are_for_models_of_1024_pixels() -> None:
    pipeline = make_tiny_pipeline(transformer=make_tiny_transformer(sample_size=4), controlnet=None)
    call = {"prompt": "cat", "output_type": "pt", "height": 64, "width": 192}
    asked = pipeline(**call, use_resolution_binning=True, generator=seeded()).images
    assert asked.shape[-2:] == (64, 192)
    assert torch.equal(asked, pipeline(**call, use_resolution_binning=False, generator=seeded()).images)
    with pytest.raises(ValueError, match="Invalid sample size"):
        upstream(pipeline)(**call, **THEIRS, use_resolution_binning=True)


# ---- pictures


def page(mode: str = "RGB") -> Image.Image:
    gray = np.zeros((96, 96), np.uint8)
    gray[40:50, 10:80] = 255
    return Image.fromarray(gray).convert("RGB").convert(mode)


@pytest.mark.parametrize("mode", ["L", "1", "P", "RGBA", "LA"])
def test_control_images_of_every_mode_are_the_same_page(tiny_pipeline, mode: str) -> None:
    expected = tiny_pipeline.encode_image(page(), 128, 128)
    assert torch.allclose(tiny_pipeline.encode_image(page(mode), 128, 128), expected, atol=1e-5)


def test_arrays_and_tensors_are_pages_too(tiny_pipeline) -> None:
    array = np.asarray(page().resize((128, 128), Image.Resampling.NEAREST))
    expected = tiny_pipeline.encode_image(Image.fromarray(array), 128, 128)
    unit = torch.from_numpy(array.copy()).permute(2, 0, 1) / 255
    for same in (array, array[..., 0], array[..., :1], array[..., 0] > 0, unit, unit[:1], unit[None], unit * 2 - 1):
        assert torch.allclose(tiny_pipeline.encode_image(same, 128, 128), expected, atol=1e-5)
    assert tiny_pipeline.encode_image([unit, unit], 128, 128).shape[0] == 2
    with pytest.raises(ArgumentError, match="accepted: PIL"):
        tiny_pipeline.encode_image("page.png", 128, 128)


@pytest.mark.parametrize("shape", [(3, 128, 128), (3, 80, 100), (1, 3, 200, 60)])
def test_image_to_image_takes_tensors_of_any_size_as_diffusers_does(tiny_pipeline, shape: tuple) -> None:
    image = torch.rand(shape, generator=seeded(1))
    shared = {**LATENT, "image": image, "strength": 0.5, "num_inference_steps": 2}
    theirs = upstream(tiny_pipeline, SanaSprintImg2ImgPipeline)(**shared, **THEIRS, generator=seeded()).images
    ours = tiny_pipeline(**shared, generator=seeded()).images
    assert (ours - theirs).abs().max() < 1e-5 * theirs.abs().max()


def test_latents_beside_an_image_are_the_first_state_as_in_diffusers(tiny_pipeline) -> None:
    image, state = torch.rand(1, 3, 128, 128, generator=seeded(1)), torch.randn(1, 32, 2, 2, generator=seeded(2))
    shared = {**LATENT, "image": image, "latents": state, "strength": 0.5}
    theirs = upstream(tiny_pipeline, SanaSprintImg2ImgPipeline)(**shared, **THEIRS, generator=seeded()).images
    assert torch.allclose(tiny_pipeline(**shared, generator=seeded()).images, theirs, atol=1e-4)


# ---- loading


# ---- LoRA and the branch as a model
