"""The pipeline against diffusers' SanaSprintPipeline, and what it adds: control, round trip, refusals."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
import torch
from diffusers import SanaSprintPipeline
from PIL import Image

from controlnet import SanaSprintControlNet
from sprint_live import SanaSprintControlNetPipeline
from sprint_live.errors import ArgumentError, OutOfMemory, PromptError, WeightsError
from sprint_live.pipeline.prompt_encoding import encode_prompts
from support.small_model import make_tiny_pipeline

SIDE = 128
SMALL = {"height": SIDE, "width": SIDE, "use_resolution_binning": False}


def noise(batch: int = 1, seed: int = 5) -> torch.Tensor:
    return torch.randn(batch, 32, 2, 2, generator=torch.Generator().manual_seed(seed))


def lines() -> Image.Image:
    page = np.zeros((SIDE, SIDE, 3), np.uint8)
    page[60:68] = 255
    return Image.fromarray(page)


@pytest.fixture(scope="module")
def upstream(tiny_pipeline) -> SanaSprintPipeline:
    pipeline = SanaSprintPipeline(
        tokenizer=tiny_pipeline.tokenizer,
        text_encoder=tiny_pipeline.text_encoder,
        vae=tiny_pipeline.vae,
        transformer=tiny_pipeline.transformer,
        scheduler=tiny_pipeline.scheduler,
    )
    pipeline.vae_scale_factor = 64  # upstream counts stages, which is not this autoencoder's ratio
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


@pytest.mark.parametrize("num_steps", [1, 2, 4])
def test_equal_to_diffusers_with_the_same_weights_and_noise(tiny_pipeline, upstream, num_steps: int) -> None:
    shared = {
        "prompt": ["a red cat", "dog"],
        "num_inference_steps": num_steps,
        "output_type": "latent",
        "max_sequence_length": 12,
        "complex_human_instruction": [],
        **SMALL,
    }
    theirs = upstream(
        **shared,
        intermediate_timesteps=1.3 if num_steps == 2 else None,
        generator=torch.Generator().manual_seed(9),
    ).images
    ours = tiny_pipeline(**shared, generator=torch.Generator().manual_seed(9)).images
    assert ours.shape == (2, 32, 2, 2)
    assert (ours - theirs).abs().max() < 1e-5 * theirs.abs().max()
    assert (ours[0] - ours[1]).abs().max() > 1e-2


def test_equal_pictures_and_guidance_matters(tiny_pipeline, upstream) -> None:
    shared = {"prompt": "cat", "latents": noise(), "num_inference_steps": 1, "output_type": "np", **SMALL}
    theirs = upstream(
        **shared,
        intermediate_timesteps=None,
        max_sequence_length=12,
        complex_human_instruction=[],
    ).images
    ours = tiny_pipeline(**shared).images
    assert ours.shape == (1, SIDE, SIDE, 3)
    assert np.abs(ours - theirs).max() < 1e-5
    assert np.abs(ours - tiny_pipeline(**shared, guidance_scale=1.0).images).max() > 1e-4


def test_a_fresh_branch_changes_nothing_bit_for_bit(tiny_pipeline) -> None:
    fresh = make_tiny_pipeline(
        controlnet=SanaSprintControlNet.from_transformer(tiny_pipeline.transformer, num_layers=3),
        transformer=tiny_pipeline.transformer,
        vae=tiny_pipeline.vae,
    )
    call = {"prompt": "cat", "latents": noise(), "num_inference_steps": 2, "output_type": "latent", **SMALL}
    plain = fresh(**call, generator=torch.Generator().manual_seed(0)).images
    assert torch.equal(plain, fresh(**call, control_image=lines(), generator=torch.Generator().manual_seed(0)).images)
    random_branch = tiny_pipeline(**call, control_image=lines(), generator=torch.Generator().manual_seed(0)).images
    assert (random_branch - plain).abs().max() > 1e-2


def test_control_image_and_control_latents_are_one_thing_and_strength_0_is_off(tiny_pipeline) -> None:
    call = {"prompt": "cat", "latents": noise(), "num_inference_steps": 1, "output_type": "latent", **SMALL}
    by_image = tiny_pipeline(**call, control_image=lines()).images
    encoded = tiny_pipeline.encode_image(lines(), SIDE, SIDE)
    assert torch.equal(by_image, tiny_pipeline(**call, control_latents=encoded).images)
    map_pm1 = torch.from_numpy(np.array(lines())).permute(2, 0, 1)[None] / 127.5 - 1
    assert torch.allclose(by_image, tiny_pipeline(**call, control_image=map_pm1).images, atol=1e-5)
    scaled = tiny_pipeline.vae.encode(map_pm1).latent * tiny_pipeline.vae.config.scaling_factor
    assert torch.allclose(encoded, scaled, atol=1e-5)
    off = tiny_pipeline(**call, control_image=lines(), controlnet_conditioning_scale=0.0).images
    assert torch.equal(off, tiny_pipeline(**call).images)
    assert (off - by_image).abs().max() > 1e-2


def test_latent_output_decodes_to_the_picture(tiny_pipeline) -> None:
    call = {"prompt": "cat", "latents": noise(), "num_inference_steps": 1, **SMALL}
    latent = tiny_pipeline(**call, output_type="latent").images
    picture = tiny_pipeline.vae.decode(latent / tiny_pipeline.vae.config.scaling_factor).sample
    expected = (picture.detach() / 2 + 0.5).clamp(0, 1).permute(0, 2, 3, 1).numpy()
    assert np.abs(tiny_pipeline(**call, output_type="np").images - expected).max() < 1e-6
    pictures = tiny_pipeline(**call).images
    assert pictures[0].size == (SIDE, SIDE) and pictures[0].mode == "RGB"
    assert isinstance(tiny_pipeline(**call, return_dict=False), tuple)


def test_embeddings_without_tokenizer_and_text_encoder(tiny_pipeline) -> None:
    call = {"latents": noise(), "num_inference_steps": 1, "output_type": "latent", **SMALL}
    embeds, mask = tiny_pipeline.encode_as_trained("a red cat")
    mute = make_tiny_pipeline(
        tokenizer=None, text_encoder=None, transformer=tiny_pipeline.transformer, controlnet=tiny_pipeline.controlnet
    )
    ours = mute(prompt_embeds=embeds, prompt_attention_mask=mask, **call).images
    assert torch.equal(ours, tiny_pipeline(prompt="a red cat", **call).images)
    with pytest.raises(ArgumentError, match="no tokenizer"):
        mute(prompt="a red cat", **call)


def test_num_images_per_prompt_keeps_prompt_order(tiny_pipeline) -> None:
    latents = noise(4)
    call = {"num_inference_steps": 1, "output_type": "latent", **SMALL}
    both = tiny_pipeline(prompt=["cat", "dog dog dog"], num_images_per_prompt=2, latents=latents, **call).images
    for index, prompt in enumerate(["cat", "cat", "dog dog dog", "dog dog dog"]):
        alone = tiny_pipeline(prompt=prompt, latents=latents[index : index + 1], **call).images[0]
        assert torch.allclose(both[index], alone, atol=1e-5), index


def test_callbacks_see_every_step_and_may_change_the_state(tiny_pipeline) -> None:
    seen = []
    call = {"prompt": "cat", "latents": noise(), "num_inference_steps": 4, "output_type": "latent", **SMALL}

    def watch(pipeline, index, t, tensors):
        seen.append((index, t.item(), sorted(tensors), tuple(tensors["latents"].shape)))
        return {}

    plain = tiny_pipeline(**call, generator=torch.Generator().manual_seed(0)).images
    watched = tiny_pipeline(
        **call,
        generator=torch.Generator().manual_seed(0),
        callback_on_step_end=watch,
        callback_on_step_end_tensor_inputs=["latents", "prompt_embeds"],
    ).images
    assert torch.equal(plain, watched)
    assert [entry[0] for entry in seen] == [0, 1, 2, 3] and seen[0][1] == pytest.approx(1.5708)
    assert seen[0][2] == ["latents", "prompt_embeds"] and seen[0][3] == (1, 32, 2, 2)

    def zero(pipeline, index, t, tensors):
        return {"latents": torch.zeros_like(tensors["latents"])}

    assert not tiny_pipeline(**(call | {"num_inference_steps": 1}), callback_on_step_end=zero).images.any()


def test_interrupt_stops_with_the_present_estimate(tiny_pipeline) -> None:
    steps = []

    def stop(pipeline, index, t, tensors):
        steps.append(index)
        pipeline._interrupt = True
        return {}

    call = {"prompt": "cat", "latents": noise(), "output_type": "latent", **SMALL}
    stopped = tiny_pipeline(**call, num_inference_steps=4, callback_on_step_end=stop).images
    assert steps == [0]
    assert torch.equal(stopped, tiny_pipeline(**call, num_inference_steps=1).images)
    assert not torch.equal(stopped, tiny_pipeline(**call, num_inference_steps=4).images)


def test_folder_round_trip(tiny_pipeline, tiny_model_folder) -> None:
    loaded = SanaSprintControlNetPipeline.from_pretrained(tiny_model_folder, torch_dtype=torch.float32)
    loaded.set_progress_bar_config(disable=True)
    assert isinstance(loaded.controlnet, SanaSprintControlNet)
    assert loaded.config.max_sequence_length == 12 and loaded.config.use_instruction is False
    call = {"prompt": "a red cat", "latents": noise(), "num_inference_steps": 1, "output_type": "np", **SMALL}
    ours, theirs = (pipe(**call, control_image=lines()).images for pipe in (tiny_pipeline, loaded))
    assert np.array_equal(ours, theirs)
    assert not list(tiny_model_folder.rglob("*.bin"))


def test_loading_without_some_components(tiny_model_folder) -> None:
    mute = SanaSprintControlNetPipeline.from_pretrained(tiny_model_folder, tokenizer=None, text_encoder=None)
    assert mute.text_encoder is None and mute.transformer is not None


def test_a_plain_sprint_folder_loads_without_a_branch(tmp_path, upstream) -> None:
    upstream.save_pretrained(tmp_path)
    plain = SanaSprintControlNetPipeline.from_pretrained(tmp_path)
    assert plain.controlnet is None and plain.config.max_sequence_length == 300 and plain.config.use_instruction
    with pytest.raises(ArgumentError, match="no controlnet"):
        plain(prompt="cat", control_image=lines(), **SMALL)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda folder: (folder / "model_index.json").unlink(), "model_index.json"),
        (lambda folder: (folder / "model_index.json").write_text("{"), "not JSON"),
        (lambda folder: (folder / "vae" / "config.json").unlink(), "vae"),
        (
            lambda folder: (folder / "controlnet" / "diffusion_pytorch_model.safetensors").write_bytes(b"x"),
            "controlnet",
        ),
        (lambda folder: _reshape(folder, num_layers=2), "controlnet: unexpected keys"),
        (lambda folder: _reshape(folder, num_layers=4), "controlnet: missing keys"),
        (lambda folder: _redeclare(folder, "vae", ["os", "system"]), "never run"),
        (lambda folder: _redeclare(folder, "vae", ["diffusers", "Nonsense"]), "Nonsense"),
        (lambda folder: _redeclare(folder, "vae", "vae"), "vae"),
    ],
)
def test_damaged_folders_are_named(tmp_path, tiny_model_folder, damage, message: str) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(tiny_model_folder, folder)
    damage(folder)
    with pytest.raises(WeightsError, match=message):
        SanaSprintControlNetPipeline.from_pretrained(folder)


def _reshape(folder, **changes: object) -> None:
    path = folder / "controlnet" / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def _redeclare(folder, name: str, declared: object) -> None:
    index = json.loads((folder / "model_index.json").read_text())
    index[name] = declared
    (folder / "model_index.json").write_text(json.dumps(index))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"prompt": None}, ArgumentError),
        ({"prompt": 3}, PromptError),
        ({"prompt": []}, PromptError),
        ({"prompt_embeds": torch.zeros(1, 4, 24)}, ArgumentError),
        ({"prompt": None, "prompt_embeds": torch.zeros(1, 4, 24)}, ArgumentError),
        ({"height": 100}, ArgumentError),
        ({"width": 0}, ArgumentError),
        ({"num_inference_steps": 0}, ArgumentError),
        ({"num_inference_steps": 1001}, ArgumentError),
        ({"num_inference_steps": 1, "intermediate_timesteps": 1.2}, ArgumentError),
        ({"timesteps": [1.5, 1.0]}, ArgumentError),
        ({"output_type": "jpeg"}, ArgumentError),
        ({"latents": torch.zeros(1, 32, 3, 3)}, ArgumentError),
        ({"control_latents": torch.zeros(1, 32, 3, 3)}, ArgumentError),
        ({"control_latents": torch.zeros(1, 32, 2, 2), "control_image": lines()}, ArgumentError),
        ({"control_image": torch.zeros(1, 5, 64, 64)}, ArgumentError),
        ({"generator": [torch.Generator(), torch.Generator()]}, ArgumentError),
        ({"controlnet_conditioning_scale": float("nan")}, ArgumentError),
        ({"callback_on_step_end_tensor_inputs": ["weights"]}, ArgumentError),
    ],
)
def test_refusals(tiny_pipeline, change: dict, error: type) -> None:
    with pytest.raises(error, match="got "):
        tiny_pipeline(**({"prompt": "cat", **SMALL} | change))


def test_out_of_memory_is_a_typed_error(tiny_pipeline, monkeypatch) -> None:
    def fail(*args, **kwargs):
        raise torch.OutOfMemoryError("no room")

    monkeypatch.setattr(tiny_pipeline.vae, "decode", fail)
    with pytest.raises(OutOfMemory, match="128x128"):
        tiny_pipeline(prompt="cat", num_inference_steps=1, **SMALL)


def test_the_instruction_shapes_embeddings_but_only_its_end_is_kept(tiny_pipeline) -> None:
    tokenizer, encoder = tiny_pipeline.tokenizer, tiny_pipeline.text_encoder
    plain, plain_mask = encode_prompts(tokenizer, encoder, ["cat"], max_sequence_length=10, instruction=())
    led, mask = encode_prompts(tokenizer, encoder, ["cat"], max_sequence_length=10, instruction=("red house: ",))
    assert plain.shape == led.shape == (1, 10, 24) and mask.shape == plain_mask.shape == (1, 10)
    assert plain_mask[0].tolist() == [1, 1, 1] + [0] * 7
    assert not torch.allclose(plain[0, 1], led[0, 1], atol=1e-3)
