"""Every switch alone: how much time it saves, and how much it changes the picture.

Knows: the engine and its switches.  Must not know: files.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

import numpy as np
import torch

from sprint_live.bench.autoencoders import PROMPT, psnr_db
from sprint_live.bench.clock import spread, timed
from sprint_live.bench.pages import edited_pages, new_pages
from sprint_live.engine.autoencoder.preview import PreviewDecoder
from sprint_live.engine.engine import Engine
from sprint_live.engine.switch_table import switch_names
from sprint_live.errors import SprintLiveError

NUM_PAGES = 4
ON_EDITS = ("incremental-encode",)  # it does nothing for a new page
ON_PREVIEWS = ("preview-decoder",)


def measure_switches(
    engine: Engine,
    *,
    runs: int,
    warm_up: int,
    names: Collection[str],
    preview: PreviewDecoder | None,
    advance: Callable[[], Any],
) -> dict[str, Any]:
    """By switch: milliseconds of a picture with and without it, in turn; how many times faster; PSNR between the two.

    engine: as it is by default here. preview: its preview decoder. A switch that cannot be turned has `off`: why; one
    that fails has `error`.
    """
    found: dict[str, Any] = {}
    for name in switch_names():
        if name not in names:
            continue
        is_on = name in engine.switched_on
        other = Engine(
            engine.pipeline,
            engine.model,
            preview=preview,
            without=[name] if is_on else [],
            also=[] if is_on else [name],
        )
        if not is_on and name not in other.switched_on:
            found[name] = {"off": other.why_switch(name)}
        else:
            with_it, without_it = (engine, other) if is_on else (other, engine)
            try:
                found[name] = {"default": is_on, **_pair(name, with_it, without_it, runs, warm_up)}
            except SprintLiveError as error:
                found[name] = {"default": is_on, "error": " ".join(str(error).split())[:300]}
        del other
        if engine.device.type == "cuda":
            torch.cuda.empty_cache()
        advance()
    return found


def _pair(name: str, with_it: Engine, without_it: Engine, runs: int, warm_up: int) -> dict[str, Any]:
    side = with_it.model.default_size
    elapsed: dict[str, list[float]] = {"with": [], "without": []}
    psnr = []
    for index, page_u8 in zip(range(warm_up + runs), _pages(name, side), strict=False):
        pictures = []
        for way, drawing in (("with", with_it), ("without", without_it)):
            frame, took = timed(
                lambda drawing=drawing, page_u8=page_u8: drawing.draw(
                    page_u8, PROMPT, size=side, client=name, preview=name in ON_PREVIEWS
                ),
                drawing.device,
            )
            pictures.append(frame.pixels_u8)
            if index >= warm_up:
                elapsed[way].append(took.wall_ms)
        psnr.append(psnr_db(*pictures) if pictures[0].shape == pictures[1].shape else 0.0)
    ms = {way: spread(values) for way, values in elapsed.items()}
    return {
        "ms": ms,
        "times_faster": round(ms["without"]["median"] / ms["with"]["median"], 3),
        "psnr_db": {"median": round(float(np.median(psnr)), 2), "lowest": round(min(psnr), 2)},
    }


def _pages(name: str, side: int) -> Iterator[np.ndarray]:
    if name in ON_EDITS:
        yield from edited_pages(side, side, side // 4)
    pages = new_pages(side, side, NUM_PAGES)
    while True:
        yield from pages
