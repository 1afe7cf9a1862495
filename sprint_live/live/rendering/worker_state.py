"""How far the worker's engine is.

Knows: the words.  Must not know: who turns them, who reads them.
"""

from __future__ import annotations

from enum import StrEnum


class WorkerState(StrEnum):
    """`/readyz` shows the value. FAILED: the model could not be loaded, which is tried again;
    the worker's `failure` says why.
    """

    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"
