"""What a run on a GPU measures, chunk by chunk. A chunk is a function of a `Bench` that returns a part of the report.

Knows: the engine, the other measurements.  Must not know: files of the run, the command line.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from sprint_live.api.draw_job import DrawJob
from sprint_live.bench.autoencoders import PROMPT, measure_autoencoders
from sprint_live.bench.clock import spread, timed
from sprint_live.bench.drawing import measure_drawing
from sprint_live.bench.gpu.each_switch import measure_switches
from sprint_live.bench.gpu.engines import Bench
from sprint_live.bench.gpu.walk import measure_walk
from sprint_live.bench.pages import new_pages
from sprint_live.bench.plan import THERE_ENCODE_SHARE, measure_plan
from sprint_live.bench.rates import measure_rates
from sprint_live.engine.switch_table import switch_names
from sprint_live.errors import SprintLiveError
from sprint_live.models.autoencoders import find_autoencoder
from sprint_live.models.fit import AS_PUBLISHED
from sprint_live.models.memory import CONTEXT_MIB, MIB, peak_memory

BATCHES = (1, 2, 4, 8)


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """measure: gives its part of the report. expected_s: on an H100, to know whether it still fits into the time."""

    name: str
    measure: Callable[[Bench], dict[str, Any]]
    expected_s: float


def chunks(bench: Bench) -> list[Chunk]:
    """All chunks in order: what matters most first."""
    found = [
        Chunk(name="device", measure=_device, expected_s=15),
        Chunk(name="walk", measure=lambda bench: measure_walk(bench.device, advance=bench.advance), expected_s=40),
    ]
    for label in (*bench.models, *bench.released):
        found += [
            Chunk(
                name=f"{label} {name}", measure=lambda bench, call=call, label=label: call(bench, label), expected_s=s
            )
            for name, call, s in (
                ("drawing", _drawing, 45),
                ("memory", _memory, 10),
                ("plan", _plan, 60),
                ("autoencoders", _autoencoders, 20),
                ("switches", _switches, 60),
                ("batches", _batches, 20),
            )
        ]
    first = next(iter(bench.models))
    return [*found, Chunk(name=f"{first} compile", measure=lambda bench: _compile(bench, first), expected_s=200)]


def _device(bench: Bench) -> dict[str, Any]:
    """What the device says of itself, and what it does at best."""
    device = bench.device
    rates = measure_rates(device, [torch.float32, torch.bfloat16])
    facts: dict[str, Any] = {"torch": torch.__version__, "system": platform.platform(), "rates": rates.as_json()}
    if device.type != "cuda":
        return {**facts, "name": platform.processor() or platform.machine()}
    properties = torch.cuda.get_device_properties(device)
    free, total = torch.cuda.mem_get_info(device)
    return {
        **facts,
        "name": properties.name,
        "capability": list(torch.cuda.get_device_capability(device)),
        "multiprocessors": properties.multi_processor_count,
        "memory_gib": round(total / 2**30, 2),
        "free_gib": round(free / 2**30, 2),
        "cuda": torch.version.cuda,
        "cudnn": torch.backends.cudnn.version(),
        "bfloat16": torch.cuda.is_bf16_supported(),
        "fp8": torch.cuda.get_device_capability(device) >= (8, 9),
        "tf32": {"products": torch.backends.cuda.matmul.allow_tf32, "convolutions": torch.backends.cudnn.allow_tf32},
    }


def _drawing(bench: Bench, label: str) -> dict[str, Any]:
    engine, _ = bench.engine(label)
    size = engine.model.default_size
    return {
        "switches": sorted(engine.switched_on),
        **measure_drawing(engine, size=size, steps=1, runs=bench.runs, warm_up=bench.warm_up, advance=bench.advance),
    }


def _plan(bench: Bench, label: str) -> dict[str, Any]:
    engine, _ = bench.engine(label)
    done = bench.results.get(f"{label} drawing")
    share = THERE_ENCODE_SHARE
    if done is not None and "error" not in done:
        encode = done["stages"]["encode"]
        share = (encode["conv_gflop"] + encode["gemm_gflop"]) / done["gflop_per_frame"]
    rows = measure_plan(engine, runs=bench.runs, warm_up=bench.warm_up, encode_share=share, advance=bench.advance)
    return {"rows": rows}


def _autoencoders(bench: Bench, label: str) -> dict[str, Any]:
    pipeline, entry, preview = bench.loaded(label)
    tiny = preview.control_encoder
    if tiny is None:
        return {"off": "the tiny autoencoder has no encoder of its own"}
    measured = measure_autoencoders(
        pipeline,
        tiny,
        side=entry.default_size,
        runs=bench.runs,
        warm_up=bench.warm_up,
        advance=bench.advance,
        num_pages=min(4, bench.runs),
        released=label in bench.released and bench.tiny is not None,
    )
    return {"tiny_weights": "random" if bench.tiny is None else bench.tiny.name, **measured}


def _switches(bench: Bench, label: str) -> dict[str, Any]:
    engine, preview = bench.engine(label)
    names = [name for name in switch_names() if name != "compile"]
    runs, warm_up = max(1, bench.runs // 4), max(1, bench.warm_up // 4)
    return measure_switches(engine, runs=runs, warm_up=warm_up, names=names, preview=preview, advance=bench.advance)


def _compile(bench: Bench, label: str) -> dict[str, Any]:
    engine, preview = bench.engine(label)
    return measure_switches(
        engine, runs=bench.runs, warm_up=bench.warm_up, names=["compile"], preview=preview, advance=bench.advance
    )


def _batches(bench: Bench, label: str) -> dict[str, Any]:
    """Milliseconds of a call for several people, and pictures a second."""
    engine, _ = bench.engine(label)
    side = engine.model.default_size
    pages = new_pages(side, side, max(BATCHES))
    points = []
    for count in BATCHES:
        call = [DrawJob(sketch=page_u8, prompt=PROMPT, size=side) for page_u8 in pages[:count]]
        took_ms, failed = [], None
        for index in range(1 + max(1, bench.runs // 8)):
            frames, took = timed(lambda call=call: engine.draw_many(call), engine.device)
            failed = next((frame for frame in frames if isinstance(frame, SprintLiveError)), None)
            if failed is not None:
                break
            if index:
                took_ms.append(took.wall_ms)
        if failed is not None:
            points.append({"batch": count, "error": str(failed)[:200]})
            break
        ms = spread(took_ms)
        points.append({"batch": count, "ms": ms, "pictures_a_second": round(1000 * count / ms["median"], 2)})
        bench.advance()
    return {"points": points}


def _memory(bench: Bench, label: str) -> dict[str, Any]:
    """The most memory torch held while a picture was drawn, beside what the table counts for these weights."""
    engine, _ = bench.engine(label)
    side = engine.model.default_size
    counted = None
    if engine.model.parts:
        tiny = find_autoencoder("taesana")
        halves = [half for half in (tiny.encoder, tiny.decoder) if half is not None]
        text = engine.model.parts["text_encoder"].weights_bytes() if label not in bench.released else 0
        peak = peak_memory(engine.model.parts, AS_PUBLISHED, tiny=halves)
        counted = round((peak.picture_bytes - text) / MIB - CONTEXT_MIB)
    if bench.device.type != "cuda":
        return {"counted_mib": counted, "measured_mib": None}
    torch.cuda.reset_peak_memory_stats(bench.device)
    for page_u8 in new_pages(side, side, 2):
        engine.draw(page_u8, PROMPT, size=side)
    measured = round(torch.cuda.max_memory_allocated(bench.device) / MIB)
    reserved = round(torch.cuda.max_memory_reserved(bench.device) / MIB)
    return {
        "counted_mib": counted,
        "measured_mib": measured,
        "reserved_mib": reserved,
        "ratio": round(measured / counted, 3) if counted else None,
    }
