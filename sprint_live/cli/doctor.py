"""`sprint-live doctor`: checks this machine and says how to fix problems."""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from importlib import metadata

from sprint_live.cli._doctor_model import examine
from sprint_live.cli._finding import Finding, from_error
from sprint_live.errors import OutputError

NAME = "doctor"
HELP = "check this machine: versions, device, weights, port, disk; say how to fix problems"

REQUIRED = ("torch", "diffusers", "transformers", "gradio", "opencv-python-headless", "numpy", "pillow")
REQUIRED += ("safetensors", "huggingface_hub", "uvicorn", "websockets", "tqdm")
MIN_FREE_DISK_MIB = 200
MIN_MEMORY_GIB = 4.0
CPU_FLAGS = ("avx2", "avx512f", "avx512_bf16", "avx512_vnni", "amx_bf16")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=7860, help="port to try (default: %(default)s)")
    parser.add_argument("--model", default="sprint-tiny", help="the model to check (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: argparse.Namespace) -> int:
    findings = []
    for finding in _examine(args.port, args.model):
        findings.append(finding)
        if not args.json:
            print(f"{finding.state:8}{finding.what:26}{finding.found}")
            if finding.fix:
                print(f"{'':8}{'':26}fix: {finding.fix}")
    healthy = all(finding.state != "missing" for finding in findings)
    if args.json:
        print(json.dumps({"healthy": healthy, "findings": [asdict(finding) for finding in findings]}))
    else:
        print("everything needed is here" if healthy else "something needed is missing: see the fixes above")
    return 0 if healthy else 1


def _examine(port: int, model: str) -> Iterator[Finding]:
    yield _python()
    yield from map(_package, REQUIRED)
    yield _processor()
    yield _memory()
    yield _device()
    yield from examine(model)
    yield _port(port)
    yield _disk()
    yield from _private_folders()
    yield _program("chromium", ("chromium", "chromium-browser", "google-chrome"), "browser tests need it")
    yield _program("node", ("node",), "JavaScript tests need it")


def _python() -> Finding:
    found = f"{platform.python_version()} at {sys.executable}"
    if sys.version_info >= (3, 11):  # noqa: UP036  # this command is for broken installs
        return Finding("python", "ok", found)
    return Finding("python", "missing", found, "use Python 3.11 or newer")


def _package(name: str) -> Finding:
    try:
        return Finding(name, "ok", metadata.version(name))
    except metadata.PackageNotFoundError:
        if name == "opencv-python-headless":
            return _any_opencv()
        return Finding(name, "missing", "not installed", f"pip install {name}, or pip install -e . again")


def _any_opencv() -> Finding:
    try:
        import cv2
    except ImportError as error:
        return Finding("opencv", "missing", str(error), "pip install opencv-python-headless")
    return Finding("opencv", "ok", cv2.__version__)


def _processor() -> Finding:
    from sprint_live.machine import num_cores, processor_facts

    name, has = processor_facts()
    flags = [flag for flag in CPU_FLAGS if flag in has]
    return Finding("processor", "ok", f"{name}, {num_cores()} cores, {' '.join(flags) or 'no vector flags read'}")


def _memory() -> Finding:
    from sprint_live.machine import memory_bytes

    gib = memory_bytes() / 2**30
    if gib >= MIN_MEMORY_GIB:
        return Finding("memory", "ok", f"{gib:.1f} GiB")
    return Finding("memory", "note", f"{gib:.1f} GiB", f"{MIN_MEMORY_GIB:g} GiB is comfortable; close other programs")


def _device() -> Finding:
    try:
        import torch

        from sprint_live.engine.loading.load import pick_device
        from sprint_live.engine.loading.placement import component_dtypes

        device = pick_device(None)
        name = torch.cuda.get_device_name(device) if device.type == "cuda" else device.type
        dtype = component_dtypes(device, bfloat16=False, autoencoder_float32=False)["transformer"]
        return Finding("device", "ok", f"{name}, {dtype}, {torch.get_num_threads()} threads")
    except Exception as error:  # noqa: BLE001  # a broken install fails in its own ways, and this command is for it
        return Finding("device", "missing", f"{type(error).__name__}: {error}", "install this project again")


def _port(port: int) -> Finding:
    from sprint_live.machine import take_port_alone

    try:
        with socket.socket() as probe:
            take_port_alone(probe)
            probe.bind(("127.0.0.1", port))
    except (OSError, OverflowError) as error:
        return Finding(
            f"port {port}", "missing", str(error), f"stop what listens there, or use --port {port % 60000 + 1}"
        )
    return Finding(f"port {port}", "ok", "free")


def _disk() -> Finding:
    free_mib = min(shutil.disk_usage(folder).free for folder in (tempfile.gettempdir(), ".")) / 2**20
    if free_mib >= MIN_FREE_DISK_MIB:
        return Finding("disk", "ok", f"{free_mib / 1024:.1f} GiB free")
    return Finding("disk", "missing", f"{free_mib:.0f} MiB free", f"free at least {MIN_FREE_DISK_MIB} MiB")


def _private_folders() -> Iterator[Finding]:
    """The folders a run writes into: made here if they are missing, and looked at."""
    from sprint_live.models.licenses import own_cache
    from sprint_live.private_folders import use_own_gradio_folder

    for what, folder in (
        ("own files", own_cache),
        ("own OpenVINO graphs", lambda: own_cache("openvino")),
        ("own compiled code", lambda: own_cache("compiled")),
        ("own files of a run", use_own_gradio_folder),
    ):
        try:
            yield Finding(what, "ok", str(folder()))
        except OutputError as error:
            yield from_error(what, error)


def _program(what: str, names: tuple[str, ...], why: str) -> Finding:
    for name in names:
        path = shutil.which(name)
        if path:
            return Finding(what, "ok", path)
    return Finding(what, "note", f"not found; {why}, drawing does not")
