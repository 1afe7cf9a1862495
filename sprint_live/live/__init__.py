"""The live canvas: strokes over a WebSocket in, pictures out. `serve` is imported on first use (gradio is heavy)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sprint_live.live.server.server import serve

__all__ = ["serve"]


def __getattr__(name: str) -> object:
    if name == "serve":
        from sprint_live.live.server.server import serve

        return serve
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
