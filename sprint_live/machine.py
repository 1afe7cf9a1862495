"""What differs between Linux, macOS and Windows: the processor, memory, open files, a server's port, a browser's name.

Only this file uses features that one of the three systems lacks (tests/test_portable.py checks the others).
Knows: the system, psutil.  Must not know: torch, the app.
"""

from __future__ import annotations

import os
import platform
import shutil
import socket
import sys
from pathlib import Path

import psutil

__all__ = [
    "available_memory_bytes",
    "find_chromium",
    "load_average",
    "memory_bytes",
    "num_cores",
    "num_open_files",
    "peak_resident_bytes",
    "peak_resident_since",
    "processor_facts",
    "resident_bytes",
    "restart_peak_resident",
    "take_port_alone",
]

CPUINFO = Path("/proc/cpuinfo")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def processor_facts() -> tuple[str, frozenset[str]]:
    """The processor's name, and its flags as Linux calls them; no flags on other systems."""
    lines = CPUINFO.read_text("utf-8", errors="replace").splitlines() if CPUINFO.is_file() else []
    facts = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    name = facts.get("model name") or platform.processor() or platform.machine()
    return name, frozenset(facts.get("flags", "").split())


def num_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):  # Linux alone
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def load_average() -> float:
    """Processes that wanted a core in the last minute; 0.0 for the first five seconds on Windows,
    where psutil counts them.
    """
    return round(psutil.getloadavg()[0], 2)


def memory_bytes() -> int:
    """Memory of this machine."""
    return psutil.virtual_memory().total


def available_memory_bytes() -> int:
    """Memory that programs can still take without swapping."""
    return psutil.virtual_memory().available


def resident_bytes() -> int:
    """Memory that this process holds now."""
    return psutil.Process().memory_info().rss


def peak_resident_bytes() -> int:
    """The most memory that this process ever held."""
    if sys.platform == "win32":
        return psutil.Process().memory_info().peak_wset
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def restart_peak_resident() -> bool:
    """Forget the peak so far, for `peak_resident_since`; False on systems that cannot (Linux alone can)."""
    try:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    except OSError:
        return False
    return True


def peak_resident_since() -> int:
    """The most memory that this process held since `restart_peak_resident` returned True."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def num_open_files() -> int:
    """Open files and sockets of this process; on Windows its handles."""
    process = psutil.Process()
    return process.num_handles() if sys.platform == "win32" else process.num_fds()


def take_port_alone(bound: socket.socket) -> None:
    """Let `bind` take a port that a program has just left, and never one that a program listens on.

    SO_REUSEADDR means that on POSIX; on Windows it lets two programs share a port, and another option forbids it.
    """
    if sys.platform == "win32":
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)


def find_chromium() -> str | None:
    """SPRINT_LIVE_CHROMIUM, or a Chromium or Chrome on the PATH; None if there is neither."""
    return os.environ.get("SPRINT_LIVE_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
