"""The plan for speed, row by row: what each optimization was predicted to bring on GPUs,
and what it brings on this machine.

Predictions are cumulative milliseconds of one 1024x1024 picture, modeled from counts before anything was built. Rows
are measured in turn on engines that share one model's weights and differ in their switches.

Knows: the engine, its switches.  Must not know: files, the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sprint_live.bench.baselines import PLAIN, baselines
from sprint_live.bench.clock import spread, timed
from sprint_live.bench.drawing import NUM_PAGES, PROMPT
from sprint_live.bench.pages import edited_pages, new_pages
from sprint_live.engine.engine import Engine
from sprint_live.engine.switch_table import switch_names

EDIT_PX = 256
COLUMNS = ("H200 0.6B", "H200 1.6B", "RTX 4090 0.6B", "RTX 4090 1.6B")
ON_GPU = ("cuda-graph", "nvjpeg", "fp8-linear", "fp8-decoder")
"""Off by default until they have run on a GPU: measuring them there is what this is for."""
THERE_TEXT_MILLIONS, THERE_ENCODE_SHARE = 2614, 0.35  # Gemma-2-2B; of the FLOP of a picture by the 0.6B model


@dataclass(frozen=True, slots=True)
class Row:
    """predicted_ms: by COLUMNS, cumulative; None: no prediction. switches: what this row adds. on_cpu: why it is
    otherwise there.

    kind: "new" page, an "edit" of it, or an edit as "preview".
    """

    name: str
    predicted_ms: tuple[float | None, ...]
    on_cpu: str
    switches: tuple[str, ...] = ()
    kind: str = "new"


ROWS = (
    Row("A: plain composition", (144, 138, 340, 364), "the start"),
    Row(
        "B: prompt cached",
        (125, 118, 316, 339),
        "the text encoder has {text:.0f} M parameters here, {there_text} M there",
        ("prompt-cache",),
    ),
    Row(
        "C: resize, uint8, JPEG on the device",
        (101, 94, 292, 315),
        "nothing crosses a bus on a CPU: only the rounding is left",
        ("quick-pixels", "nvjpeg"),
    ),
    Row(
        "D: autoencoder channels_last, fused norms",
        (68, 62, 153, 176),
        "no unfused traffic to memory where activations stay in the cache",
        ("channels-last", "fused-norm", "packed-conv"),
    ),
    Row(
        "E: one graph, fused transformer",
        (48, 54, 145, 163),
        "no kernels to launch: only fewer copies and packed weights",
        ("fast-network", "fused-qkv", "packed-weights", "cuda-graph", "compile"),
    ),
    Row(
        "F: exact folds and caches",
        (44, 49, 134, 151),
        "the transformer is a larger part of a small model",
        ("valid-tokens", "prompt-kv", "adaln-cache", "block0-cache", "folded-text", "upsample-fold", "shortcut-fold"),
    ),
    Row(
        f"G: incremental encode, an edit of {EDIT_PX} px",
        (32, 37, 97, 114),
        "encoding is {encode:.0%} of a picture's FLOP here, {there_encode:.0%} there",
        ("incremental-encode",),
        "edit",
    ),
    Row(
        "H: tuned convolutions",
        (25, 31, None, None),
        "OpenVINO's, where it is installed; it encodes the whole page again",
        ("openvino",),
        "edit",
    ),
    Row(
        "I: fp8 / int8 decoder",
        (20, 26, 55, 72),
        "bfloat16 in all networks instead of 8 bits in one",
        ("bfloat16", "openvino-bfloat16", "fp8-linear", "fp8-decoder"),
        "edit",
    ),
    Row(
        "all that is on by default here, the same edit", (None,) * 4, "with what this machine has besides", kind="edit"
    ),
    Row(
        "the same as a preview",
        (13, 18, 35, 52),
        "a decoder distilled for this model, not the public tiny one (--tiny-autoencoder taesana)",
        kind="preview",
    ),
)


def measure_plan(
    engine: Engine, *, runs: int, warm_up: int, encode_share: float, advance: Callable[[], Any]
) -> list[dict[str, Any]]:
    """The rows with their predictions and, where they can be measured here, their milliseconds: new pages with one
    prompt and one seed, or edits.

    encode_share: of a picture's FLOP, of the model that is measured. advance: called after each round.
    """
    side = engine.model.default_size
    fresh = new_pages(side, side, NUM_PAGES)
    plain = baselines(engine.pipeline, prompt=PROMPT, size=(side, side), steps=1)[PLAIN]
    ways: dict[str, Callable[[int], Any]] = {ROWS[0].name: lambda index: plain.draw(fresh[index % NUM_PAGES], 0)}
    added: dict[str, list[str]] = {}
    wanted: set[str] = set()
    for row in ROWS[1:]:
        wanted |= set(row.switches)
        drawing = _variant(engine, wanted) if row.switches else engine
        added[row.name] = [name for name in row.switches if name in drawing.switched_on]
        if added[row.name] or (not row.switches and (row.kind != "preview" or engine.has_preview)):
            ways[row.name] = _way(drawing, row, fresh)
    elapsed: dict[str, list[float]] = {name: [] for name in ways}
    for index in range(warm_up + runs):
        for name, draw in ways.items():
            _, took = timed(lambda draw=draw, index=index: draw(index), engine.device)
            if index >= warm_up:
                elapsed[name].append(took.wall_ms)
        advance()
    facts = {
        "text": sum(tensor.numel() for tensor in engine.pipeline.text_encoder.state_dict().values()) / 1e6,
        "there_text": THERE_TEXT_MILLIONS,
        "encode": encode_share,
        "there_encode": THERE_ENCODE_SHARE,
    }
    on_cpu = engine.device.type == "cpu"
    return [
        {
            "row": row.name,
            "switches": added.get(row.name, []),
            "predicted_ms": dict(zip(COLUMNS, row.predicted_ms, strict=True)),
            "ms": spread(elapsed[row.name]) if row.name in elapsed else None,
            "why": row.on_cpu.format(**facts) if on_cpu else "",
        }
        for row in ROWS
    ]


def _variant(engine: Engine, wanted: Collection[str]) -> Engine:
    """The same weights with these switches, as far as they are on here, and no others;
    on a GPU also those that wait to be measured.
    """
    also = [name for name in ON_GPU if name in wanted] if engine.device.type == "cuda" else []
    without = [name for name in switch_names() if name not in wanted]
    return Engine(engine.pipeline, engine.model, without=without, also=also)


def _way(engine: Engine, row: Row, fresh: Sequence[np.ndarray]) -> Callable[[int], Any]:
    side = engine.model.default_size
    if row.kind == "new":
        return lambda index: engine.draw(fresh[index % NUM_PAGES], PROMPT, size=side, client=row.name)
    edits = edited_pages(side, side, min(EDIT_PX, side))  # its own: each page is the one before with a stroke more
    return lambda _: engine.draw(next(edits), PROMPT, size=side, client=row.name, preview=row.kind == "preview")
