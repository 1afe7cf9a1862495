"""The readable reference: `SanaSprintControlNetPipeline`, a diffusers pipeline.
It is imported on first use (diffusers is heavy).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

__all__ = ["SanaSprintControlNetPipeline"]


def __getattr__(name: str) -> object:
    if name == "SanaSprintControlNetPipeline":
        from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

        return SanaSprintControlNetPipeline
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
