"""A report of an engine's switches and times, for people.

Knows: the pipeline's components, the switches, a frame.  Must not know: how anything is computed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from sprint_live.api.frame import Frame
from sprint_live.engine.switches import Switches

if TYPE_CHECKING:
    from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

COMPONENTS = ("text_encoder", "vae", "transformer", "controlnet")


def explain(pipeline: SanaSprintControlNetPipeline, switches: Switches, last: Frame | None) -> str:
    """Device and number formats, every switch with its reason, and the stages of the last picture in milliseconds."""
    lines = [f"device: {_device(pipeline.device)}", "components:"]
    for name in COMPONENTS:
        module = getattr(pipeline, name)
        if module is None:
            lines.append(f"  {name:14} none")
        else:
            millions = sum(parameter.numel() for parameter in module.parameters()) / 1e6
            lines.append(
                f"  {name:14} {type(module).__name__}, {module.dtype}".replace("torch.", "")
                + f", {millions:.1f} M parameters"
            )
    lines += ["switches:", *switches.lines()]
    if last is None:
        lines.append("last picture: none yet")
    else:
        lines.append(
            "last picture: " + ", ".join(f"{stage} {value:.1f} ms" for stage, value in last.timings_ms.items())
        )
    return "\n".join(lines)


def _device(device: torch.device) -> str:
    if device.type == "cuda":
        return f"{device}, {torch.cuda.get_device_name(device)}"
    return (
        f"{device}, {torch.get_num_threads()} threads, {torch.backends.cpu.get_cpu_capability()}"
        if device.type == "cpu"
        else str(device)
    )
