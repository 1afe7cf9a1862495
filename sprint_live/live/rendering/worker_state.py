"""The states of the worker's engine.

Knows: the words.  Must not know: who sets and who reads them.
"""

from __future__ import annotations

from enum import StrEnum


class WorkerState(StrEnum):
    """`/readyz` shows the value.

    FAILED: the model could not be loaded and is tried again; the worker's `failure` says why.
    """

    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"
