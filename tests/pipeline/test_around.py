"""What people do around a pipeline of diffusers: signatures, callbacks, loading, pictures of every kind, LoRA."""

from __future__ import annotations

import inspect
import json
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from diffusers import DiffusionPipeline, SanaSprintImg2ImgPipeline, SanaSprintPipeline
from diffusers.callbacks import MultiPipelineCallbacks, PipelineCallback
from PIL import Image

from controlnet import SanaSprintControlNet
from sprint_live import SanaSprintControlNetPipeline
from sprint_live.errors import ArgumentError
from support.small_model import make_tiny_branch, make_tiny_pipeline, make_tiny_transformer

SMALL = {"height": 128, "width": 128, "use_resolution_binning": False}
LATENT = {"prompt": "a red cat", "output_type": "latent", **SMALL}


def seeded(seed: int = 3) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def upstream(pipeline, pipeline_class=SanaSprintPipeline):
    parts = {name: getattr(pipeline, name) for name in ("tokenizer", "text_encoder", "vae", "transformer", "scheduler")}
    theirs = pipeline_class(**parts)
    theirs.vae_scale_factor = 64
    theirs.set_progress_bar_config(disable=True)
    return theirs


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


def test_a_pickle_is_never_read(tiny_model_folder) -> None:
    with pytest.raises(ArgumentError, match="safetensors"):
        SanaSprintControlNetPipeline.from_pretrained(tiny_model_folder, use_safetensors=False)


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


def test_loading_by_the_arguments_of_diffusers(tiny_model_folder) -> None:
    load = SanaSprintControlNetPipeline.from_pretrained
    mixed = load(
        tiny_model_folder,
        torch_dtype={"transformer": torch.bfloat16, "default": torch.float32},
        local_files_only=True,
        use_safetensors=True,
        low_cpu_mem_usage=True,
        device_map="cpu",
    )
    assert mixed.transformer.dtype == torch.bfloat16 and mixed.vae.dtype == mixed.controlnet.dtype == torch.float32
    assert load(tiny_model_folder, dtype=torch.bfloat16).controlnet.dtype == torch.bfloat16
    prompts_only = load(tiny_model_folder, vae=None, transformer=None, controlnet=None)
    assert prompts_only.encode_prompt("cat")[0].shape == (1, 12, 24)
    with pytest.raises(ArgumentError, match="one of the two"):
        load(tiny_model_folder, dtype=torch.float32, torch_dtype=torch.float32)
    with pytest.raises(ArgumentError, match="device_map"):
        load(tiny_model_folder, device_map="everywhere")


@pytest.mark.parametrize("there", [None, torch.device("meta")])
def test_balanced_is_the_accelerator_where_there_is_one(monkeypatch, tiny_model_folder, there) -> None:
    monkeypatch.setattr(torch.accelerator, "current_accelerator", lambda check_available: there)
    loaded = SanaSprintControlNetPipeline.from_pretrained(tiny_model_folder, device_map="balanced", vae=None)
    assert loaded.transformer.device == loaded.controlnet.device == (there or torch.device("cpu"))


@pytest.mark.parametrize("asked", [{}, {"custom_pipeline": "pipeline"}])
def test_a_saved_folder_is_opened_by_diffusers_itself(tmp_path, monkeypatch, tiny_pipeline, asked) -> None:
    monkeypatch.setattr("diffusers.utils.dynamic_modules_utils.HF_MODULES_CACHE", str(tmp_path / "modules"))
    tiny_pipeline.save_pretrained(tmp_path)
    opened = DiffusionPipeline.from_pretrained(tmp_path, **asked, trust_remote_code=True)
    opened.set_progress_bar_config(disable=True)
    assert isinstance(opened, SanaSprintControlNetPipeline) and isinstance(opened.controlnet, SanaSprintControlNet)
    assert torch.equal(opened(**LATENT, generator=seeded()).images, tiny_pipeline(**LATENT, generator=seeded()).images)
    with pytest.raises(ValueError, match="trust_remote_code"):
        DiffusionPipeline.from_pretrained(tmp_path, **asked)


@pytest.mark.parametrize("listed", [True, False])
def test_a_saved_folder_is_found_in_the_cache_of_the_hub(tmp_path, monkeypatch, tiny_pipeline, listed) -> None:
    """listed: whether the cache remembers the names of the repository's files, as a download while online leaves it."""
    commit = "0" * 40
    (tmp_path / "models--me--mine/refs").mkdir(parents=True)
    (tmp_path / "models--me--mine/refs/main").write_text(commit)
    folder = tmp_path / "models--me--mine/snapshots" / commit
    tiny_pipeline.save_pretrained(folder)
    if listed:
        names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
        tree = [SimpleNamespace(path=name) for name in names]
        monkeypatch.setattr("diffusers.pipelines.pipeline_utils.get_cached_repo_tree", lambda *args, **named: tree)
    loaded = SanaSprintControlNetPipeline.from_pretrained("me/mine", cache_dir=tmp_path, local_files_only=True)
    assert torch.equal(loaded.controlnet.before_proj.weight, tiny_pipeline.controlnet.before_proj.weight)


def test_code_in_a_folder_is_never_run_by_our_own_loader(tmp_path, tiny_pipeline) -> None:
    tiny_pipeline.save_pretrained(tmp_path)
    (tmp_path / "pipeline.py").write_text("raise SystemExit('run')")
    assert SanaSprintControlNetPipeline.from_pretrained(tmp_path).controlnet is not None


def test_variants(tmp_path, tiny_pipeline) -> None:
    tiny_pipeline.save_pretrained(tmp_path, variant="fp16")
    loaded = SanaSprintControlNetPipeline.from_pretrained(tmp_path, variant="fp16")
    assert torch.equal(loaded.transformer.proj_out.weight, tiny_pipeline.transformer.proj_out.weight)
    with pytest.raises(ValueError, match="the `variant=bf16`, but no such.*model.fp16.safetensors"):
        SanaSprintControlNetPipeline.from_pretrained(tmp_path, variant="bf16")


def test_weights_are_saved_as_safetensors_whatever_is_asked(tmp_path, tiny_pipeline) -> None:
    tiny_pipeline.save_pretrained(tmp_path, safe_serialization=False)
    assert not list(tmp_path.rglob("*.bin")) and len(list(tmp_path.rglob("*.safetensors"))) == 4
    assert SanaSprintControlNetPipeline.from_pretrained(tmp_path).controlnet is not None
    with pytest.raises(ArgumentError, match="flashpack"):
        tiny_pipeline.save_pretrained(tmp_path, use_flashpack=True)


def test_what_is_saved_is_uploaded_as_diffusers_does(tmp_path, monkeypatch, tiny_pipeline) -> None:
    asked = {}
    monkeypatch.setattr(
        "diffusers.pipelines.pipeline_utils.create_repo",
        lambda name, **named: SimpleNamespace(repo_id=asked.setdefault("name", name)),
    )
    monkeypatch.setattr(
        "diffusers.pipelines.pipeline_utils.load_or_create_model_card", lambda *args, **named: SimpleNamespace(save=str)
    )
    monkeypatch.setattr("diffusers.pipelines.pipeline_utils.populate_model_card", lambda card: card)
    monkeypatch.setattr(
        SanaSprintControlNetPipeline, "_upload_folder", lambda self, folder, repo, **named: asked.update(named)
    )
    tiny_pipeline.save_pretrained(tmp_path, push_to_hub=True, repo_id="me/mine", commit_message="first")
    assert asked == {"name": "me/mine", "token": None, "commit_message": "first", "create_pr": False}


def test_a_hub_name_offline_is_the_error_of_diffusers(tmp_path) -> None:
    with pytest.raises(OSError) as ours:
        SanaSprintControlNetPipeline.from_pretrained("nobody/nothing", cache_dir=tmp_path)
    with pytest.raises(OSError) as theirs:
        SanaSprintPipeline.from_pretrained("nobody/nothing", cache_dir=tmp_path)
    assert type(ours.value) is type(theirs.value) and str(ours.value) == str(theirs.value)


def test_from_the_components_of_a_plain_sprint_pipeline(tiny_pipeline) -> None:
    sprint = upstream(tiny_pipeline)
    ours = SanaSprintControlNetPipeline(**sprint.components, max_sequence_length=12, use_instruction=False)
    ours.set_progress_bar_config(disable=True)
    assert ours.controlnet is None
    expected = tiny_pipeline(**LATENT, generator=seeded()).images
    assert torch.equal(ours(**LATENT, generator=seeded()).images, expected)
    piped = SanaSprintControlNetPipeline.from_pipe(sprint, controlnet=tiny_pipeline.controlnet)
    assert piped.controlnet is tiny_pipeline.controlnet and piped.transformer is sprint.transformer
    back = SanaSprintPipeline.from_pipe(tiny_pipeline, vae=tiny_pipeline.vae)
    assert back.transformer is tiny_pipeline.transformer


def test_a_quantization_of_the_pipeline_reaches_the_components_it_names(monkeypatch, tiny_model_folder) -> None:
    """Stands in for PipelineQuantizationConfig, which asks for the package of its backend on being made."""
    from sprint_live.pipeline import loading

    given = {}
    monkeypatch.setattr(
        loading,
        "load_component",
        lambda folder, name, *rest, quantization, **named: given.setdefault(name, quantization),
    )
    wanted = object()
    config = SimpleNamespace(
        _resolve_quant_config=lambda is_diffusers, module_name: wanted if module_name == "transformer" else None
    )
    parts = dict.fromkeys(("tokenizer", "vae", "scheduler", "text_encoder"))
    SanaSprintControlNetPipeline.from_pretrained(
        tiny_model_folder, quantization_config=config, controlnet=None, transformer=None, **parts
    )
    monkeypatch.setattr(SanaSprintControlNetPipeline, "__init__", lambda self, **named: None)
    monkeypatch.setattr(SanaSprintControlNetPipeline, "register_to_config", lambda self, **named: None)
    SanaSprintControlNetPipeline.from_pretrained(tiny_model_folder, quantization_config=config, **parts)
    assert given == {"transformer": wanted, "controlnet": None}
    with pytest.raises(ArgumentError, match="PipelineQuantizationConfig"):
        SanaSprintControlNetPipeline.from_pretrained(tiny_model_folder, quantization_config={"load_in_4bit": True})


# ---- LoRA and the branch as a model


def test_lora_is_loaded_scaled_fused_saved_and_taken_off(tmp_path) -> None:
    from peft import LoraConfig
    from peft.utils import get_peft_model_state_dict

    pipeline = make_tiny_pipeline()
    plain = pipeline(**LATENT, generator=seeded()).images
    settings = LoraConfig(r=2, lora_alpha=2, target_modules=["to_q", "to_v"], init_lora_weights=False)
    pipeline.transformer.add_adapter(settings, adapter_name="ink")
    layers = get_peft_model_state_dict(pipeline.transformer, adapter_name="ink")
    SanaSprintControlNetPipeline.save_lora_weights(tmp_path, transformer_lora_layers=layers)
    pipeline.unload_lora_weights()
    pipeline.load_lora_weights(tmp_path, adapter_name="ink")
    pipeline.load_lora_weights(tmp_path, adapter_name="again")
    assert pipeline.get_list_adapters() == {"transformer": ["ink", "again"]}
    pipeline.set_adapters(["ink", "again"], adapter_weights=[0.5, 0.0])
    half = pipeline(**LATENT, generator=seeded()).images
    pipeline.delete_adapters("again")
    pipeline.set_adapters("ink")
    scaled = pipeline(**LATENT, generator=seeded(), attention_kwargs={"scale": 0.5}).images
    whole = pipeline(**LATENT, generator=seeded()).images
    assert torch.allclose(half, scaled, atol=1e-4) and (whole - plain).abs().max() > 1e-3
    pipeline.fuse_lora(components=["transformer"])
    assert torch.allclose(pipeline(**LATENT, generator=seeded()).images, whole, atol=1e-3)
    pipeline.unfuse_lora(components=["transformer"])
    pipeline.unload_lora_weights()
    assert torch.allclose(pipeline(**LATENT, generator=seeded()).images, plain, atol=1e-4)


def test_the_branch_is_saved_in_shards_and_its_attention_can_be_replaced(tmp_path, tiny_transformer) -> None:
    branch = make_tiny_branch(tiny_transformer)
    branch.save_pretrained(tmp_path, max_shard_size="40KB")
    index = json.loads((tmp_path / "diffusion_pytorch_model.safetensors.index.json").read_text())
    assert len(set(index["weight_map"].values())) > 1
    loaded = SanaSprintControlNet.from_pretrained(tmp_path, low_cpu_mem_usage=True)
    for name, tensor in branch.state_dict().items():
        assert torch.equal(loaded.state_dict()[name], tensor), name
    processors = branch.attn_processors
    assert len(processors) == 2 * len(branch.blocks)
    branch.set_attn_processor(dict(processors))
    assert hasattr(branch, "add_adapter") and hasattr(branch, "load_lora_adapter")
