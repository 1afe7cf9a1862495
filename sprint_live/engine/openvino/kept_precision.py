"""Which arithmetic an earlier start found faster on this very CPU, so that the next ones compile one set of graphs and
not two.

Knows: files, the CPU.  Must not know: graphs, switches.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import torch

from sprint_live.machine import num_cores, processor_facts

HELD_BACK_BY = ("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA", "OV_CPU_MAX_ISA")
"""What restricts oneDNN's instructions: a trial under one says nothing about another."""

CLEAR = 1.25
"""How many times as fast one has to be: what else the machine does moves a trial by less than that, seldom by more."""


def kept_times(graphs_folder: Path) -> tuple[float, float] | None:
    """Milliseconds of the trial in bfloat16 and in float32 that `keep_times` wrote here;
    None for none, or a damaged file.
    """
    try:
        quick_ms, plain_ms = map(float, json.loads(_file(graphs_folder).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return quick_ms, plain_ms


def keep_times(graphs_folder: Path, quick_ms: float, plain_ms: float) -> None:
    """Write both down for this CPU, its cores and threads, where one is `CLEAR` times as fast as the other.

    Else, and where the folder takes no file, the next start tries again.
    """
    if max(quick_ms, plain_ms) < CLEAR * min(quick_ms, plain_ms):
        return
    file = _file(graphs_folder)
    partial = file.with_suffix(f".{os.getpid()}.partial")
    try:
        partial.write_text(json.dumps([quick_ms, plain_ms]), encoding="utf-8")
        os.replace(partial, file)
    except OSError:
        return


def _file(graphs_folder: Path) -> Path:
    name, flags = processor_facts()
    about = [name, sorted(flags), num_cores(), torch.get_num_threads(), [os.environ.get(one) for one in HELD_BACK_BY]]
    return graphs_folder / f"trial-{hashlib.sha256(json.dumps(about).encode()).hexdigest()[:32]}.json"
