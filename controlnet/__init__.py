"""The control branch of SANA-Sprint, the one forward pass that joins it to a base, and the map detectors.

The public names are loaded on first use (PEP 562): `import controlnet.maps` then costs neither torch nor diffusers.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from controlnet.attention import plain_attention
    from controlnet.branch import SanaSprintControlNet
    from controlnet.forward import controlled_forward

_HOME_OF = {
    "SanaSprintControlNet": "controlnet.branch",
    "controlled_forward": "controlnet.forward",
    "plain_attention": "controlnet.attention",
}

__all__ = ["SanaSprintControlNet", "controlled_forward", "plain_attention"]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
