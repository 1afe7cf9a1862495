"""Whether OpenVINO runs the networks of a loaded model, in which arithmetic, and what it takes the place of.

Knows: the pipeline, the model's entry, the switches.  Must not know: graphs, pixels, people.
"""

from __future__ import annotations

import importlib.util

from sprint_live.engine.autoencoder.pixel_switches import PIXEL_SWITCHES
from sprint_live.engine.openvino.networks import OpenVinoNetworks, native_precisions
from sprint_live.engine.switches import Switches
from sprint_live.models.zoo import ZooModel
from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

REPLACED = (
    "fast-network",
    *PIXEL_SWITCHES,
    "preview-decoder",
)  # the full decoder is as quick there as the small one by torch


def choose_openvino(
    pipeline: SanaSprintControlNetPipeline, model: ZooModel, switches: Switches
) -> OpenVinoNetworks | None:
    """The networks as OpenVINO graphs, where they are on and there is nothing against them; the switches then say so."""
    refused = why_not_openvino(pipeline, model, asked="openvino" in switches.asked) if "openvino" in switches else None
    if refused is not None:
        switches.refuse("openvino", refused)
    if "openvino" not in switches:
        return None
    if (
        "openvino-bfloat16" in switches
        and "bfloat16" not in native_precisions()
        and "openvino-bfloat16" not in switches.asked
    ):
        switches.refuse("openvino-bfloat16", "this CPU does not multiply bfloat16")
    for name in REPLACED:
        if name in switches and name not in switches.asked:
            switches.refuse(name, "openvino runs the networks")
    return OpenVinoNetworks(pipeline, precision="bfloat16" if "openvino-bfloat16" in switches else "float32")


def why_not_openvino(pipeline: SanaSprintControlNetPipeline, model: ZooModel, *, asked: bool) -> str | None:
    """Why a pipeline is not run by OpenVINO; None where it can be. asked: models that nobody compared may be run, too."""
    if not asked and not model.openvino:
        return f"{model.name} was not compared with and without it (--with openvino runs it all the same)"
    if pipeline.device.type != "cpu":
        return f"the model is on {pipeline.device.type}"
    if importlib.util.find_spec("openvino") is None:
        return "openvino is not installed (pip install 'sprint-live[openvino]')"
    return None
