"""The cost of a live edit: the same drawing with one more stroke, compared with a new page.

Same prompt, same seed, one client: whatever the engine remembers is warm, and only a square of the page has changed.

Knows: the engine.  Must not know: files, the command line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sprint_live.bench.clock import spread, timed
from sprint_live.bench.drawing import NUM_PAGES, PROMPT
from sprint_live.bench.pages import edited_pages, new_pages
from sprint_live.engine.engine import Engine


def measure_edits(
    engine: Engine,
    *,
    size: int | tuple[int, int],
    steps: int,
    edit_px: int,
    runs: int,
    warm_up: int,
    advance: Callable[[], Any],
) -> dict[str, Any]:
    """Milliseconds by stage of a page whose square of `edit_px` changed (`edit_ms`), of a new page (`full_ms`), and of
    a page that is the last one again (`same_ms`), in turn.

    Raises:
        ArgumentError: an edit that is larger than the page.
    """
    height, width = size if isinstance(size, tuple) else (size, size)
    edited, fresh = edited_pages(height, width, edit_px), new_pages(height, width, NUM_PAGES)
    frames = {"edit_ms": [], "same_ms": [], "full_ms": []}
    for index in range(warm_up + runs):
        page_u8 = next(edited)
        for name, page, client in (
            ("edit_ms", page_u8, "edits"),
            ("same_ms", page_u8, "edits"),
            ("full_ms", fresh[index % NUM_PAGES], "fresh"),
        ):
            frame, _ = timed(
                lambda page=page, client=client: engine.draw(page, PROMPT, size=size, steps=steps, client=client),
                engine.device,
            )
            if index >= warm_up:
                frames[name].append(frame.timings_ms)
        advance()
    return {
        "edit_px": edit_px,
        **{name: {stage: spread(times[stage] for times in kept) for stage in kept[0]} for name, kept in frames.items()},
    }
