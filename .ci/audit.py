#!/usr/bin/env python3
"""Known vulnerabilities of the pinned dependencies, and the license of each.

With pip-audit installed and its database reachable, a known vulnerability ends this with 1. Where the database cannot
be reached that is said, and the list of versions and licenses is what is left to look at by hand.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WITHIN_S = 300


def pinned() -> list[tuple[str, str]]:
    """(name, version) of every line of constraints.txt."""
    lines = [
        line.partition("#")[0].partition(";")[0].strip()
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    ]
    return [tuple(part.strip() for part in line.split("==")) for line in lines if "==" in line]


def license_of(name: str) -> str:
    """What the installed package says of its license, in one line."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return "(not installed here)"
    classifiers = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or [] if line.startswith("License ::")
    ]
    stated = (
        told.get("License-Expression") or ", ".join(classifiers) or (told.get("License") or "").strip().splitlines()[:1]
    )
    return str(stated[0] if isinstance(stated, list) and stated else stated or "(says nothing)")


def audited() -> int | None:
    """pip-audit's exit code: 0 nothing known, 1 something is; None if it could not ask."""
    if importlib.util.find_spec("pip_audit") is None:
        return None
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "-r",
        str(ROOT / "constraints.txt"),
        "--no-deps",
        "--disable-pip",
        "--progress-spinner",
        "off",
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=WITHIN_S, check=False)
    except subprocess.TimeoutExpired:
        return None
    print(done.stdout)
    return done.returncode if "vulnerabilit" in (done.stdout + done.stderr).lower() else None


def main() -> int:
    """Print the findings; 0 without any, 1 with some."""
    code = audited()
    if code is None:
        print(
            "No vulnerability database could be asked (pip-audit is missing or cannot reach it). The pinned packages "
            "and their licenses:"
        )
    for name, version in pinned():
        print(f"{name:<32} {version:<16} {license_of(name)}")
    return code or 0


if __name__ == "__main__":
    sys.exit(main())
