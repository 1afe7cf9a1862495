"""Benchmark files: measured numbers with everything they depend on.

Knows: the machine, the checkout.  Must not know: what was measured.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
import shlex
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from sprint_live.errors import OutputError
from sprint_live.machine import load_average, num_cores, peak_resident_bytes, processor_facts

VERSIONS = (
    "torch",
    "diffusers",
    "transformers",
    "gradio",
    "numpy",
    "opencv-python-headless",
    "pillow",
    "openvino",
    "onnxruntime",
    "uvicorn",
    "starlette",
    "websockets",
)


def circumstances(device: object) -> dict[str, object]:
    """Hardware, versions, commit, command and date; device: a torch.device."""
    import torch

    on_gpu = device.type == "cuda"
    return {
        "hardware": {
            "cpu": processor_facts()[0],
            "cores": num_cores(),
            "threads": torch.get_num_threads(),
            "omp_wait_policy": os.environ.get("OMP_WAIT_POLICY"),
            "capability": torch.backends.cpu.get_cpu_capability(),
            "device": torch.cuda.get_device_name(device) if on_gpu else device.type,
            "device_memory_mib": round(torch.cuda.get_device_properties(device).total_memory / 2**20)
            if on_gpu
            else None,
            "load_average": load_average(),
        },
        "versions": {
            "python": platform.python_version(),
            "cuda": torch.version.cuda,
            **{name: _version(name) for name in VERSIONS},
        },
        "commit": _commit(),
        "command": shlex.join(["sprint-live", *sys.argv[1:]]),
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    }


def peak_rss_mib() -> float:
    """Largest resident memory this process ever had."""
    return peak_resident_bytes() / 2**20


def cpu_report(what: str, measured: dict[str, object], out: Path) -> dict[str, object]:
    """Write what was measured without an engine's device, with all that it depends on; gives it.

    Raises:
        OutputError: no space, no permission.
    """
    import torch

    report = {"what": what, **measured, **circumstances(torch.device("cpu"))}
    write_report(report, out)
    return report


def write_report(report: dict[str, object], out: Path) -> None:
    """Write a measurement as JSON, making its folder.

    Raises:
        OutputError: no space, no permission.
    """
    write_text(json.dumps(report, indent=1) + "\n", out)


def write_text(text: str, out: Path) -> None:
    """Write a file, making its folder. Raises: OutputError."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"cannot write {out}: {error.strerror or error}; fix: choose another --out") from error


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _commit() -> str | None:
    here = Path(__file__).parent
    try:
        head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=here, capture_output=True, text=True, check=True).stdout
        dirty = subprocess.run(["git", "status", "--porcelain"], cwd=here, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return head.strip() + ("-dirty" if dirty.stdout.strip() else "")
