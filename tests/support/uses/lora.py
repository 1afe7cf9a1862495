"""LoRA: the family of methods, several adapters, DoRA, metadata, hotswap."""

from __future__ import annotations

from collections.abc import Callable

import torch
from peft import LoraConfig
from peft.utils import get_peft_model_state_dict

from support.uses.sides import Side, Use, draw

Pipeline = object


def adapted(pipeline, name: str, *, seed: int = 1, **settings: object) -> None:
    """Put a seeded adapter on the transformer."""
    wide = {"r": 4, "lora_alpha": 4, "target_modules": ["to_q", "to_k", "to_v"], "init_lora_weights": False}
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        pipeline.transformer.add_adapter(LoraConfig(**(wide | settings)), adapter_name=name)


def saved(side: Side, *, seed: int = 1, metadata: bool = False, **settings: object) -> str:
    """A folder with an adapter."""
    pipeline, folder = side.sprint(), side.folder / f"lora{seed}"
    adapted(pipeline, "ink", seed=seed, **settings)
    layers = get_peft_model_state_dict(pipeline.transformer, adapter_name="ink")
    about = {"transformer_lora_adapter_metadata": pipeline.transformer.peft_config["ink"].to_dict()} if metadata else {}
    side.sprint_class.save_lora_weights(folder, transformer_lora_layers=layers, **about)
    return str(folder)


def loaded(then: Callable[[Pipeline], object] = lambda pipeline: None, **settings: object):
    """Load an adapter, do something, draw; what was done is compared, too."""

    def run(side: Side) -> object:
        pipeline = side.sprint()
        pipeline.load_lora_weights(saved(side, **settings), adapter_name="ink")
        return then(pipeline), draw(pipeline)

    return run


def two(then: Callable[[Pipeline], object]):
    def run(side: Side) -> object:
        pipeline = side.sprint()
        adapted(pipeline, "ink", seed=1)
        adapted(pipeline, "chalk", seed=2)
        return then(pipeline), draw(pipeline)

    return run


def scaled(side: Side) -> object:
    pipeline = side.sprint()
    adapted(pipeline, "ink")
    return [draw(pipeline, attention_kwargs={"scale": scale}) for scale in (0.0, 0.5, 1.0)]


def swapped(side: Side) -> object:
    pipeline = side.sprint()
    pipeline.enable_lora_hotswap(target_rank=8)
    pipeline.load_lora_weights(saved(side, seed=1), adapter_name="ink")
    pipeline.load_lora_weights(saved(side, seed=2, r=8, lora_alpha=8), adapter_name="ink", hotswap=True)
    return draw(pipeline)


def state(side: Side) -> object:
    return sorted(side.sprint_class.lora_state_dict(saved(side)))


def about(side: Side) -> object:
    found = side.sprint_class.lora_state_dict(saved(side, metadata=True, lora_alpha=8), return_lora_metadata=True)[-1]
    return found["transformer.lora_alpha"], found["transformer.r"]


def from_a_dict(side: Side) -> object:
    pipeline = side.sprint()
    pipeline.load_lora_weights(side.sprint_class.lora_state_dict(saved(side)))
    return draw(pipeline)


def fused(pipeline: Pipeline) -> object:
    pipeline.fuse_lora(components=["transformer"], lora_scale=0.7)
    return pipeline.num_fused_loras, pipeline.fused_loras, draw(pipeline)


def unfused(pipeline: Pipeline) -> object:
    pipeline.fuse_lora()
    pipeline.unfuse_lora()
    return pipeline.num_fused_loras


def switched(pipeline: Pipeline) -> object:
    pipeline.disable_lora()
    plain = draw(pipeline)
    pipeline.enable_lora()
    return plain


def cast(side: Side) -> object:
    pipeline = side.sprint()
    pipeline.transformer.enable_layerwise_casting(storage_dtype=torch.float8_e4m3fn, compute_dtype=torch.float32)
    pipeline.load_lora_weights(saved(side), adapter_name="ink")
    return draw(pipeline)


USES = [
    Use("`load_lora_weights` of a folder", loaded()),
    Use("`load_lora_weights` of a dict", from_a_dict),
    Use(
        "`load_lora_weights` of nothing that fits",
        lambda side: side.sprint().load_lora_weights({"lora_a": torch.ones(1)}),
    ),
    Use(
        "`load_lora_weights(low_cpu_mem_usage=True)`",
        lambda side: (
            (pipeline := side.sprint()).load_lora_weights(saved(side), low_cpu_mem_usage=True) or draw(pipeline)
        ),
    ),
    Use("`unload_lora_weights`", loaded(lambda pipeline: pipeline.unload_lora_weights())),
    Use('`attention_kwargs={"scale": ...}`', scaled),
    Use("`fuse_lora`", loaded(fused)),
    Use("`unfuse_lora`", loaded(unfused)),
    Use("`set_adapters`", two(lambda pipeline: pipeline.set_adapters("ink"))),
    Use("`set_adapters` with weights", two(lambda pipeline: pipeline.set_adapters(["ink", "chalk"], [0.5, 0.6]))),
    Use("`set_adapters` of an unknown one", two(lambda pipeline: pipeline.set_adapters("oil"))),
    Use(
        "`get_list_adapters`, `get_active_adapters`",
        two(lambda pipeline: (pipeline.get_list_adapters(), pipeline.get_active_adapters())),
    ),
    Use("`delete_adapters`", two(lambda pipeline: pipeline.delete_adapters("ink"))),
    Use("`disable_lora`, `enable_lora`", two(switched)),
    Use("`set_lora_device`", two(lambda pipeline: pipeline.set_lora_device(["ink"], "cpu"))),
    Use("`lora_state_dict`", state),
    Use("metadata of an adapter", about),
    Use("DoRA", loaded(use_dora=True)),
    Use("`enable_lora_hotswap` and `hotswap=True`", swapped),
    Use("an adapter under layerwise casting", cast),
]
