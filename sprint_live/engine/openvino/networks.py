"""The three networks of a frame, compiled by OpenVINO for this CPU:
what the engine's encoder, denoiser and decoder are made of there.

Knows: compiled graphs, arrays.  Must not know: requests, prompts, people.
Legend: B batch, C channels, H W pixel rows/columns, Y X latent rows/columns, L text tokens, D width.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from sprint_live.engine.openvino.cached_model import CachedModel, ModelFacts, facts_of
from sprint_live.engine.openvino.graph_files import load_openvino
from sprint_live.errors import ArgumentError, refusal

if TYPE_CHECKING:
    import openvino

    from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

PRECISIONS = {"float32": "f32", "bfloat16": "bf16"}
TRIAL_PX = 256
NATIVE = {"float32": "FP32", "bfloat16": "BF16"}


def native_precisions() -> Collection[str]:
    """What OpenVINO says this CPU multiplies natively."""
    openvino = load_openvino()
    found = openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return [precision for precision, name in NATIVE.items() if name in found]


class OpenVinoNetworks:
    """Page encoder, one step of transformer and branch, picture decoder; float32 arrays at both ends.

    precision: "float32", or "bfloat16" for the arithmetic inside.

    Raises:
        ArgumentError: another precision.
        ImportError: openvino is not installed (extra [openvino]).
    """

    def __init__(
        self,
        model: SanaSprintControlNetPipeline | CachedModel,
        *,
        precision: str = "float32",
        cache: Path | None = None,
    ) -> None:
        openvino = load_openvino()
        if precision not in PRECISIONS:
            raise ArgumentError(
                refusal(got=f"precision {precision!r}", accepted=", ".join(PRECISIONS), fix="use one of these")
            )
        options = {
            "INFERENCE_PRECISION_HINT": PRECISIONS[precision],
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_NUM_THREADS": torch.get_num_threads(),
        }
        if isinstance(model, CachedModel) and os.access(model.graphs_folder, os.W_OK):
            options["CACHE_DIR"] = str(
                model.graphs_folder
            )  # compiled in 0.6 s instead of 2.0; OpenVINO checks what it finds
        found, self.facts = _found(model, cache)
        core = openvino.Core()
        self._compiled = {name: core.compile_model(graph, "CPU", options) for name, graph in found.items()}
        self.pixels_a_side, self.guidance_scale = self.facts.pixels_a_side, self.facts.guidance_scale

    def latent_shape(self, num_pictures: int, height: int, width: int) -> tuple[int, int, int, int]:
        """(B, C, Y, X) of pictures of height x width pixels."""
        ratio = self.facts.latent_ratio
        return num_pictures, self.facts.num_channels, height // ratio, width // ratio

    def page(self, image_pm1: Tensor) -> Tensor:
        """(1, 3, H, W), H and W already divided by `pixels_a_side` -> latent (1, C, Y, X) at unit scale."""
        return self._run("page", [image_pm1])

    def step(
        self,
        x_s: Tensor,
        text_BLD: Tensor,
        mask_BL: Tensor,
        s: Tensor,
        guidance: Tensor,
        control_BCYX: Tensor,
        strength: Tensor,
    ) -> Tensor:
        """v (B, C, Y, X) of the flow network; guidance already times the embedding's scale;
        strength (B,), 0 for no control.
        """
        return self._run("step", [x_s, text_BLD, mask_BL, s, guidance, control_BCYX, strength])

    def picture(self, clean_BCYX: Tensor) -> Tensor:
        """Latents at unit scale -> (B, 3, H, W) in about [-1, 1], H and W divided by `pixels_a_side`."""
        return self._run("picture", [clean_BCYX])

    def trial_ms(self) -> float:
        """Milliseconds of one small picture through all three graphs, the best of three after a first.
        Raises: what OpenVINO raises.
        """
        shape = self.latent_shape(1, TRIAL_PX, TRIAL_PX)
        side = TRIAL_PX // self.pixels_a_side
        latent, one = torch.zeros(shape), torch.ones(1)
        text, mask = torch.zeros(1, 4, self.facts.text_channels), torch.ones(1, 4, dtype=torch.int64)
        best_s = math.inf
        for _ in range(4):
            begin_s = time.perf_counter()
            self.page(torch.zeros(1, 3, side, side))
            self.step(latent, text, mask, one, one, latent, one)
            self.picture(latent)
            best_s = min(best_s, time.perf_counter() - begin_s)
        return 1000 * best_s

    def _run(self, name: str, inputs: list[Tensor]) -> Tensor:
        """The result is a copy: the graph writes its next one into the same memory."""
        graph = self._compiled[name]
        arrays = [
            np.ascontiguousarray(tensor) for tensor in inputs[: len(graph.inputs)]
        ]  # without a branch the last two are not asked for
        return torch.from_numpy(graph(arrays)[0].copy())


def _found(
    model: SanaSprintControlNetPipeline | CachedModel, cache: Path | None
) -> tuple[Mapping[str, openvino.Model], ModelFacts]:
    """Graphs by name, and the facts. What makes graphs is only imported where they have to be made."""
    if isinstance(model, CachedModel):
        return model.graphs, model.facts
    from sprint_live.engine.openvino.graphs import graphs

    return graphs(model, cache), facts_of(model)
