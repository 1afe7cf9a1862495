"""What people load and save around the pipeline, as with diffusers: folders, hub, variants, quantization, LoRA."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
import torch
from diffusers import DiffusionPipeline, SanaSprintPipeline

from controlnet import SanaSprintControlNet
from sprint_live import SanaSprintControlNetPipeline
from sprint_live.errors import ArgumentError
from support.diffusers_pipelines import LATENT, seeded, upstream
from support.small_model import make_tiny_branch, make_tiny_pipeline


def test_a_pickle_is_never_read(tiny_model_folder) -> None:
    with pytest.raises(ArgumentError, match="safetensors"):
        SanaSprintControlNetPipeline.from_pretrained(tiny_model_folder, use_safetensors=False)


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
