"""The networks of one picture as ONNX graphs for a browser, each checked against torch.

    text     token ids (1, L)                                  -> embeddings (1, L, D)
    page     half-size pixels (1, 3, H/2, W/2) in [-1, 1]      -> latent (1, C, Y, X) at unit scale
    step     x_s, text, s, guidance, control latent, strength  -> v (1, C, Y, X)
    picture  latent at unit scale                              -> half-size pixels (1, 3, H/2, W/2), about [-1, 1]

Rows, columns and the number of tokens are dynamic. There is no mask: a text comes without its padding.

Knows: torch modules, ONNX.  Must not know: files of the site, browsers.
Legend: B batch, C channels, H W pixel rows/columns, Y X latent rows/columns, L text tokens, D width.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from diffusers.models.attention_processor import Attention
from torch import Tensor, nn
from torch.export import Dim

from controlnet.attention import PlainLinearAttention, plain_attention
from sprint_live.engine.openvino.graphs import PageGraph, PictureGraph, StepGraph
from sprint_live.errors import EngineError
from sprint_live.site.text_graph import TextGraph

if TYPE_CHECKING:
    import onnx

    from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

MAX_ERROR = 1e-4
"""Largest difference of any output from torch's, on random inputs."""
LEAST_WEIGHT = 1e-15  # as the 1e-15 that diffusers adds: no smaller sum of weights is divided by


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How one graph is made. example(rows, columns, tokens): arguments by name.
    shapes: names of the sizes that vary.
    """

    module: nn.Module
    example: Callable[[int, int, int], dict[str, Tensor]]
    shapes: Mapping[str, Mapping[int, object]]
    output: str


@dataclass(frozen=True, kw_only=True)
class CheckedGraph:
    """model: the ONNX model, its weights inside. max_error: its largest difference from torch."""

    model: onnx.ModelProto
    max_error: float


def recipes(pipeline: SanaSprintControlNetPipeline, folder: Path) -> dict[str, Recipe]:
    """A recipe by the name of each graph. folder: the model's, for its text encoder."""
    vae, config = pipeline.vae, pipeline.transformer.config
    rows, columns, tokens = Dim("rows", min=1, max=64), Dim("columns", min=1, max=64), Dim("tokens", min=2, max=512)
    side = pipeline.vae_scale_factor // 2
    channels, width = config.in_channels, config.caption_channels
    latent_shape = {2: rows, 3: columns}

    def latent(num_rows: int, num_columns: int) -> Tensor:
        return torch.randn(1, channels, num_rows, num_columns)

    text = TextGraph(folder)
    return {
        "text": Recipe(
            module=text,
            example=lambda _y, _x, num: {"ids_BL": torch.randint(0, text.num_words, (1, num))},
            shapes={"ids_BL": {1: tokens}},
            output="text",
        ),
        "page": Recipe(
            module=PageGraph(vae),
            example=lambda y, x, _num: {"image_pm1": torch.rand(1, 3, y * side, x * side) * 2 - 1},
            shapes={"image_pm1": {2: side * rows, 3: side * columns}},
            output="latent",
        ),
        "step": Recipe(
            module=UnmaskedStep(StepGraph(pipeline.transformer, pipeline.controlnet)),
            example=lambda y, x, num: {
                "x_s": latent(y, x),
                "text_BLD": torch.randn(1, num, width),
                "s": torch.rand(1),
                "guidance": torch.rand(1),
                "control": latent(y, x),
                "strength": torch.rand(1),
            },
            shapes={  # in the order of the inputs
                "x_s": latent_shape,
                "text_BLD": {1: tokens},
                "s": {},
                "guidance": {},
                "control": latent_shape,
                "strength": {},
            },
            output="v",
        ),
        "picture": Recipe(
            module=PictureGraph(vae),
            example=lambda y, x, _num: {"clean_BCYX": latent(y, x)},
            shapes={"clean_BCYX": latent_shape},
            output="image",
        ),
    }


class UnmaskedStep(nn.Module):
    """A `StepGraph` whose text has no padding."""

    def __init__(self, step: StepGraph) -> None:
        super().__init__()
        self.step = step

    def forward(
        self, x_s: Tensor, text_BLD: Tensor, s: Tensor, guidance: Tensor, control: Tensor, strength: Tensor
    ) -> Tensor:
        """v (1, C, Y, X)."""
        return self.step(x_s, text_BLD, None, s, guidance, control, strength)


def export(recipe: Recipe) -> onnx.ModelProto:
    """An ONNX model of the recipe's module, float32, not yet checked."""
    module = recipe.module.eval()
    example = recipe.example(6, 4, 5)  # all different, so that no size is taken for another
    with torch.no_grad(), _exportable_attention(module), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own, of its versions and of names
        program = torch.onnx.export(
            module,
            kwargs=example,
            dynamic_shapes=dict(recipe.shapes),
            input_names=list(example),
            output_names=[recipe.output],
            dynamo=True,
            verbose=False,
        )
    assert program is not None, "the dynamo exporter answers with a program"
    return _without_notes(program.model_proto)


def _without_notes(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model without the exporter's notes on where each node came from: 1 MB of a graph of 0.3."""
    graph = model.graph
    del graph.value_info[:]
    for part in (model, graph, *graph.node, *graph.initializer, *graph.input, *graph.output):
        del part.metadata_props[:]
        part.ClearField("doc_string")
    return model


def checked(recipe: Recipe, model: onnx.ModelProto, *, name: str, draws: int = 3) -> CheckedGraph:
    """Compare a model with its torch module, on random inputs of other shapes than the example's.

    Raises:
        EngineError: they differ by more than MAX_ERROR, or the graph answers NaN.
        ImportError: onnxruntime is not installed (extra [site]).
    """
    import onnxruntime

    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    torch.manual_seed(0)
    worst = 0.0
    for rows, columns, tokens in ((4, 4, 7), (8, 5, 13), (16, 16, 9))[:draws]:
        inputs = recipe.example(rows, columns, tokens)
        with torch.no_grad():
            wanted = recipe.module(**inputs).numpy()
        found = np.asarray(session.run(None, {key: tensor.numpy() for key, tensor in inputs.items()})[0])
        worst = max(worst, float(np.abs(found - wanted).max(initial=0.0)) if np.isfinite(found).all() else np.inf)
    if worst > MAX_ERROR:
        raise EngineError(
            f"the ONNX graph {name} differs from torch by {worst:.1e}, accepted: {MAX_ERROR:.0e}; "
            "fix: use the versions of torch and onnxscript in constraints.txt"
        )
    return CheckedGraph(model=model, max_error=worst)


class _GuardedLinearAttention(PlainLinearAttention):
    """Linear attention whose guard survives the exporter's optimizer, which drops the sum with 1e-15 as if it were
    zero.
    """

    def __call__(
        self,
        attn: Attention,
        hidden_states: Tensor,
        encoder_hidden_states: Tensor | None = None,
        attention_mask: Tensor | None = None,
    ) -> Tensor:
        context = hidden_states if encoder_hidden_states is None else encoder_hidden_states
        assert attn.to_k is not None and attn.to_v is not None and attn.to_out is not None
        query, key, value = attn.to_q(hidden_states), attn.to_k(context), attn.to_v(context)
        if attn.norm_q is not None:
            assert attn.norm_k is not None
            query, key = attn.norm_q(query), attn.norm_k(key)
        query, key, value = (x.unflatten(-1, (attn.heads, -1)).transpose(1, 2) for x in (query, key, value))
        query, key = torch.relu(query), torch.relu(key)
        mixed = query @ (key.transpose(-1, -2) @ value)
        weight = query @ key.sum(dim=-2).unsqueeze(-1)
        mixed = mixed / weight.clamp_min(LEAST_WEIGHT)
        return attn.to_out[1](attn.to_out[0](mixed.transpose(1, 2).flatten(2)))


@contextmanager
def _exportable_attention(module: nn.Module) -> Iterator[None]:
    with plain_attention(module):
        for part in module.modules():
            if isinstance(part, Attention) and type(part.processor) is PlainLinearAttention:
                part.set_processor(_GuardedLinearAttention())  # pyright: ignore[reportArgumentType]
        yield
