"""Saving, and every way of loading."""

from __future__ import annotations

import json

import torch
from diffusers import DiffusionPipeline, PipelineQuantizationConfig, SCMScheduler

from support.uses.components import quiet
from support.uses.rounding import RoundingConfig, rounding
from support.uses.sides import Side, Use, draw


def loaded(**asked: object):
    """Save, load, draw."""
    return lambda side: draw(quiet(side.sprint_class.from_pretrained(side.saved(), **asked)))


def formats(**asked: object):
    """Number formats of what is loaded."""

    def run(side: Side) -> object:
        pipeline = side.sprint_class.from_pretrained(side.saved(), **asked)
        return pipeline.transformer.dtype, pipeline.vae.dtype, pipeline.text_encoder.dtype

    return run


def saved_files(**asked: object):
    def run(side: Side) -> object:
        folder = side.saved(**asked)
        weights = folder.rglob("*.safetensors*")
        return sorted(path.relative_to(folder).as_posix() for path in weights)

    return run


def variant(side: Side) -> object:
    return draw(quiet(side.sprint_class.from_pretrained(side.saved(variant="fp16"), variant="fp16")))


def pickled(side: Side) -> object:
    return draw(quiet(side.sprint_class.from_pretrained(side.saved(safe_serialization=False))))


def foreign_pickle(side: Side) -> object:
    folder = Side(False, side.folder).saved(safe_serialization=False)
    return draw(quiet(side.sprint_class.from_pretrained(folder)))


def from_theirs(side: Side) -> object:
    return draw(quiet(side.sprint_class.from_pretrained(Side(False, side.folder).saved())))


def without(*names: str):
    def run(side: Side) -> object:
        pipeline = side.sprint_class.from_pretrained(side.saved(), **dict.fromkeys(names))
        return [getattr(pipeline, name) for name in names], pipeline.scheduler is not None

    return run


def component(side: Side) -> object:
    pipeline = side.sprint_class.from_pretrained(side.saved(), scheduler=SCMScheduler(sigma_data=0.4))
    return draw(quiet(pipeline))


def any_class(side: Side) -> object:
    return draw(quiet(DiffusionPipeline.from_pretrained(side.saved())))


def any_class_trusted(side: Side) -> object:
    return draw(quiet(DiffusionPipeline.from_pretrained(side.saved(), trust_remote_code=True)))


def hub(**asked: object):
    return lambda side: side.sprint_class.from_pretrained("nobody/nothing", cache_dir=side.folder, **asked)


def quantized(side: Side) -> object:
    """By a backend of three lines: those of diffusers ask for packages of their own."""
    config = PipelineQuantizationConfig(quant_mapping={"transformer": RoundingConfig()})
    with rounding():
        pipeline = quiet(side.sprint_class.from_pretrained(side.saved(), quantization_config=config))
    return draw(pipeline), pipeline.transformer.is_quantized


def name(side: Side) -> object:
    folder = side.saved()
    return str(side.sprint_class.from_pretrained(folder).name_or_path) == str(folder)


def index(side: Side) -> object:
    written = json.loads((side.saved() / "model_index.json").read_text())
    return {part: written[part] for part in ("transformer", "vae", "scheduler", "text_encoder", "tokenizer")}


def configured(side: Side) -> object:
    config = side.sprint_class.load_config(side.saved())
    return sorted(key for key in config if key in ("transformer", "vae", "scheduler"))


USES = [
    Use("`save_pretrained`", saved_files()),
    Use('`save_pretrained(variant="fp16")`', saved_files(variant="fp16")),
    Use("`save_pretrained(max_shard_size=...)`", saved_files(max_shard_size="20KB")),
    Use("`save_pretrained(safe_serialization=False)`, and back", pickled),
    Use("components in model_index.json", index),
    Use("`load_config`", configured),
    Use("`from_pretrained`", loaded()),
    Use("`from_pretrained` of a folder of SanaSprintPipeline", from_theirs),
    Use("`from_pretrained` of pickles", foreign_pickle, "different", "safetensors only: a pickle can run code"),
    Use("`dtype`", formats(dtype=torch.bfloat16)),
    Use("`torch_dtype`", formats(torch_dtype=torch.float16)),
    Use("`torch_dtype`, a mapping", formats(torch_dtype={"transformer": torch.bfloat16, "default": torch.float16})),
    Use("`torch_dtype`, a mapping without a default", formats(torch_dtype={"transformer": torch.bfloat16})),
    Use("`variant`", variant),
    Use("a `variant` that is not there", loaded(variant="fp16")),
    Use("`use_safetensors=True`", loaded(use_safetensors=True)),
    Use("`use_safetensors=False`", loaded(use_safetensors=False), "different", "refused: a pickle can run code"),
    Use('`device_map="cpu"`', loaded(device_map="cpu")),
    Use('`device_map="balanced"`', loaded(device_map="balanced")),
    Use(
        "a `device_map` that is none",
        loaded(device_map="everywhere"),
        "different",
        "an error that says what is accepted",
    ),
    Use("`low_cpu_mem_usage=True`", loaded(low_cpu_mem_usage=True)),
    Use("`low_cpu_mem_usage=False`", loaded(low_cpu_mem_usage=False)),
    Use("`local_files_only`", loaded(local_files_only=True)),
    Use("`text_encoder=None, tokenizer=None`", without("text_encoder", "tokenizer")),
    Use("`vae=None, transformer=None`", without("vae", "transformer")),
    Use("a component that is passed", component),
    Use("a hub name, offline", hub()),
    Use("a hub name with `revision` and `token`", hub(revision="main", token=False, local_files_only=True)),
    Use("`quantization_config`", quantized),
    Use("`name_or_path`", name),
    Use(
        "`DiffusionPipeline.from_pretrained`",
        any_class,
        "different",
        "diffusers has no class of this name: it asks for `trust_remote_code=True`",
    ),
    Use("`DiffusionPipeline.from_pretrained(trust_remote_code=True)`", any_class_trusted),
]
