"""A stand-in engine that a replica in another process can import."""

from __future__ import annotations

from support.standin import StandInEngine


def load_quick() -> StandInEngine:
    """20 ms a picture, and a code of the drawing in it."""
    return StandInEngine(0.02)
