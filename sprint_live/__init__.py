"""Sprint Live: draw, and a SANA-Sprint picture follows every stroke.

The public names are loaded on first use (PEP 562), so that `import sprint_live` and
`sprint-live --help` cost milliseconds and `sprint_live.live` never pulls in torch.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sprint_live.api.frame import Frame
    from sprint_live.engine.engine import Engine
    from sprint_live.engine.loading.load import load_engine
    from sprint_live.errors import SprintLiveError
    from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

__version__ = "0.1.0"

_HOME_OF = {
    "SanaSprintControlNetPipeline": "sprint_live.pipeline.sana_sprint",
    "load_engine": "sprint_live.engine.loading.load",
    "Engine": "sprint_live.engine.engine",
    "Frame": "sprint_live.api.frame",
    "SprintLiveError": "sprint_live.errors",
}

__all__ = ["Engine", "Frame", "SanaSprintControlNetPipeline", "SprintLiveError", "load_engine"]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
