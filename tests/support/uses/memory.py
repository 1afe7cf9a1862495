"""Offloading, casting, caches, compiled graphs and the enable_* family; the CPU stands for the card."""

from __future__ import annotations

import torch
from diffusers import FirstBlockCacheConfig
from diffusers.hooks import apply_layerwise_casting

from support.uses.sides import Side, Use, draw

CPU = torch.device("cpu")


def after(*methods: str, **arguments: object):
    """Draw after methods of the pipeline were called, the first of them with arguments."""

    def run(side: Side) -> object:
        pipeline = side.sprint()
        for index, method in enumerate(methods):
            getattr(pipeline, method)(**(arguments if index == 0 else {}))
        return draw(pipeline)

    return run


def on_transformer(method: str, **arguments: object):
    def run(side: Side) -> object:
        pipeline = side.sprint()
        getattr(pipeline.transformer, method)(**arguments)
        return draw(pipeline)

    return run


def on_decoder(method: str, **arguments: object):
    def run(side: Side) -> object:
        pipeline = side.sprint()
        getattr(pipeline.vae, method)(**arguments)
        return draw(pipeline, height=64, width=64)

    return run


def cast(side: Side) -> object:
    pipeline = side.sprint()
    pipeline.transformer.enable_layerwise_casting(storage_dtype=torch.float8_e4m3fn, compute_dtype=torch.float32)
    return draw(pipeline), pipeline.transformer.transformer_blocks[0].attn1.to_q.weight.dtype


def cast_by_hand(side: Side) -> object:
    pipeline = side.sprint()
    apply_layerwise_casting(pipeline.transformer, storage_dtype=torch.float16, compute_dtype=torch.float32)
    return draw(pipeline)


def compiled(side: Side) -> object:
    pipeline, graphs = side.sprint(), []

    def backend(graph, examples):
        graphs.append(graph)
        return graph.forward

    torch._dynamo.reset()
    pipeline.transformer.compile(backend=backend)
    made = draw(pipeline)
    torch._dynamo.reset()
    return made, bool(graphs)


def hooked(name: str):
    def run(side: Side) -> object:
        pipeline, calls = side.sprint(), []
        module = getattr(pipeline, name)
        inner = {"vae": "decoder", "text_encoder": "layers", "transformer": "transformer_blocks"}[name]
        part = getattr(module, inner)
        (part[0] if isinstance(part, torch.nn.ModuleList) else part).register_forward_hook(
            lambda *given: calls.append(1)
        )
        draw(pipeline)
        return len(calls)

    return run


def offloaded_twice(side: Side) -> object:
    pipeline = side.sprint()
    pipeline.enable_model_cpu_offload(device="cpu")
    first = draw(pipeline)
    pipeline.enable_model_cpu_offload(device="cpu")
    return first, draw(pipeline)


def sequence(side: Side) -> object:
    return side.sprint_class.model_cpu_offload_seq


GROUPS = {"onload_device": CPU, "offload_device": CPU}
BLOCKS = {"offload_type": "block_level", "num_blocks_per_group": 1}

USES = [
    Use("`enable_model_cpu_offload`", after("enable_model_cpu_offload", device="cpu")),
    Use("`enable_model_cpu_offload`, twice", offloaded_twice),
    Use("`enable_model_cpu_offload` without a card", after("enable_model_cpu_offload")),
    Use("`enable_sequential_cpu_offload` without a card", after("enable_sequential_cpu_offload")),
    Use("`enable_group_offload`, blocks", after("enable_group_offload", **GROUPS, **BLOCKS)),
    Use("`enable_group_offload`, leaves", after("enable_group_offload", **GROUPS, offload_type="leaf_level")),
    Use("`transformer.enable_group_offload`", on_transformer("enable_group_offload", **GROUPS, **BLOCKS)),
    Use("`remove_all_hooks`", after("enable_model_cpu_offload", "remove_all_hooks", device="cpu")),
    Use("`maybe_free_model_hooks`", after("maybe_free_model_hooks")),
    Use("`reset_device_map`", after("reset_device_map")),
    Use("`model_cpu_offload_seq`", sequence),
    Use("`enable_layerwise_casting`", cast),
    Use("`apply_layerwise_casting`", cast_by_hand),
    Use("`transformer.compile`", compiled),
    Use("`compile_repeated_blocks`", on_transformer("compile_repeated_blocks", backend="eager")),
    Use("a forward hook in the transformer", hooked("transformer")),
    Use("a forward hook in the text encoder", hooked("text_encoder")),
    Use("a forward hook in the decoder", hooked("vae")),
    Use("`enable_attention_slicing`", after("enable_attention_slicing")),
    Use("`disable_attention_slicing`", after("enable_attention_slicing", "disable_attention_slicing")),
    Use(
        "`enable_xformers_memory_efficient_attention` without xformers",
        after("enable_xformers_memory_efficient_attention"),
    ),
    Use(
        "`vae.enable_tiling`",
        on_decoder(
            "enable_tiling",
            tile_sample_min_height=48,
            tile_sample_min_width=48,
            tile_sample_stride_height=32,
            tile_sample_stride_width=32,
        ),
    ),
    Use("`vae.enable_slicing`", on_decoder("enable_slicing")),
    Use("`transformer.set_attention_backend`", on_transformer("set_attention_backend", backend="native")),
    Use("`transformer.fuse_qkv_projections`", on_transformer("fuse_qkv_projections")),
    Use("`transformer.enable_gradient_checkpointing`", on_transformer("enable_gradient_checkpointing")),
    Use("`transformer.enable_cache`", on_transformer("enable_cache", config=FirstBlockCacheConfig(threshold=0.1))),
    Use("`enable_freeu`", after("enable_freeu", s1=0.9, s2=0.2, b1=1.2, b2=1.4)),
]
