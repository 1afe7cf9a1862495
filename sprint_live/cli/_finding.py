"""One thing `sprint-live doctor` looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """state: ok, note (works without it) or missing (must be fixed)."""

    what: str
    state: str
    found: str
    fix: str = ""


def from_error(what: str, error: Exception) -> Finding:
    """A refusal as a finding: its message says what is wrong and how to fix it."""
    problem, _, fix = " ".join(str(error).split()).partition("; fix: ")
    return Finding(what, "missing", problem, fix)
