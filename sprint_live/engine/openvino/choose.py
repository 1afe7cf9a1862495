"""Decides whether OpenVINO runs the networks of a loaded model, in which arithmetic, and what it replaces.

Knows: the pipeline, the model's entry, the switches.  Must not know: graphs, pixels, people.
"""

from __future__ import annotations

import importlib.util
import logging
import math
from typing import TYPE_CHECKING

from sprint_live.engine.hooks import HOOKED, is_hooked
from sprint_live.engine.openvino.cached_model import CachedModel
from sprint_live.engine.openvino.kept_precision import keep_times, kept_times
from sprint_live.engine.openvino.networks import OpenVinoNetworks, native_precisions
from sprint_live.engine.switch_table import PIXEL_SWITCHES
from sprint_live.engine.switches import Switches
from sprint_live.errors import EngineError, refusal
from sprint_live.models.zoo import ZooModel

if TYPE_CHECKING:
    from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

log = logging.getLogger("sprint_live")

REPLACED = (
    "fast-network",
    *PIXEL_SWITCHES,
    "preview-decoder",
)  # the full decoder is as quick there as the small one by torch


def choose_openvino(
    pipeline: SanaSprintControlNetPipeline | CachedModel, model: ZooModel, switches: Switches
) -> OpenVinoNetworks | None:
    """The networks as OpenVINO graphs, where they are on and there is nothing against them;
    the switches then say so.
    """
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
    networks = _tried(pipeline, switches)
    for name in REPLACED if networks is not None else ():
        if name in switches and name not in switches.asked:
            switches.refuse(name, "openvino runs the networks")
    return networks


def _tried(pipeline: SanaSprintControlNetPipeline | CachedModel, switches: Switches) -> OpenVinoNetworks | None:
    """What is chosen is run for a moment: a container or a virtual machine may do less than the CPU's flags say.

    bfloat16 has to run, and not slower than float32; OpenVINO has to run at all. What was asked for by name is not
    replaced. A kept model's times are kept, too, where they lie apart:
    the next start makes the faster one alone, and runs it.
    Raises: EngineError where something that was asked for by name does not run.
    """
    quick, quick_ms = None, math.inf
    kept = kept_times(pipeline.graphs_folder) if isinstance(pipeline, CachedModel) else None
    if kept is not None and kept[0] > kept[1] and "openvino-bfloat16" not in switches.asked:
        _refuse_slower(switches, *kept)
    if "openvino-bfloat16" in switches:
        try:
            quick = OpenVinoNetworks(pipeline, precision="bfloat16")
            quick_ms = quick.trial_ms()
        except Exception as error:  # noqa: BLE001  # OpenVINO raises RuntimeError, and what its converters raise
            _refuse_or_raise(switches, "openvino-bfloat16", error)
        else:
            if "openvino-bfloat16" in switches.asked or kept is not None:
                return quick
    try:
        plain = OpenVinoNetworks(pipeline, precision="float32")
        plain_ms = plain.trial_ms()
    except Exception as error:  # noqa: BLE001  # the same
        if "openvino-bfloat16" in switches:
            return quick
        _refuse_or_raise(switches, "openvino", error)
        return None
    if "openvino-bfloat16" in switches:
        if isinstance(pipeline, CachedModel):
            keep_times(pipeline.graphs_folder, quick_ms, plain_ms)
        if quick_ms <= plain_ms:
            return quick
        _refuse_slower(switches, quick_ms, plain_ms)
    return plain


def _refuse_slower(switches: Switches, quick_ms: float, plain_ms: float) -> None:
    if "openvino-bfloat16" in switches:
        switches.refuse("openvino-bfloat16", f"slower here: {quick_ms:.1f} ms for {plain_ms:.1f} in float32")


def _refuse_or_raise(switches: Switches, name: str, error: Exception) -> None:
    why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    if name in switches.asked:
        raise EngineError(
            refusal(got=f"{name}, which does not run here ({why})", accepted="what this CPU runs", fix="leave it out")
        ) from error
    log.warning("precision_refused", extra={"reason": f"{name} does not run here ({why})"})
    switches.refuse(name, f"it does not run here ({why})")


def why_not_openvino(
    pipeline: SanaSprintControlNetPipeline | CachedModel, model: ZooModel, *, asked: bool
) -> str | None:
    """Why a pipeline is not run by OpenVINO; None where it can be.
    asked: models that nobody compared may be run, too.
    """
    if not asked and not model.openvino:
        return f"{model.name} was not compared with and without it (--with openvino runs it all the same)"
    if pipeline.device.type != "cpu":
        return f"the model is on {pipeline.device.type}"
    if importlib.util.find_spec("openvino") is None:
        return 'openvino is not installed (pip install "sprint-live[openvino]")'
    return None if isinstance(pipeline, CachedModel) else _why_not_converted(pipeline)


def _why_not_converted(pipeline: SanaSprintControlNetPipeline) -> str | None:
    from sprint_live.engine.denoising.fast import why_not_fast  # it loads diffusers

    if is_hooked(pipeline.vae):
        return HOOKED.format(what="autoencoder")
    return why_not_fast(pipeline)
