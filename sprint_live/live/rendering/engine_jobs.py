"""Jobs that wait for the engine's thread, and what becomes of them when there is no engine.

Knows: queues, futures, the error tree.  Must not know: engines, pictures, whose turn it is.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from sprint_live.coded_text import CodedText, coded
from sprint_live.errors import BusyError, DeviceLost
from sprint_live.live.rendering.drawing_engine import DrawingEngine

__all__ = ["Jobs", "new_jobs", "refuse_waiting", "wait_in_vain"]

Jobs = queue.SimpleQueue[tuple[Future[Any], Callable[[DrawingEngine], Any]] | None]
"""What is to be done with the engine, each with the future of what it gives; None: the thread should end."""


def new_jobs() -> Jobs:
    """No jobs yet."""
    return queue.SimpleQueue()


def wait_in_vain(jobs: Jobs, wait_s: float) -> bool:
    """Wait for `wait_s` and refuse all jobs. False if the thread should end."""
    end_s = time.monotonic() + wait_s
    while (left_s := end_s - time.monotonic()) > 0:
        try:
            job = jobs.get(timeout=left_s)
        except queue.Empty:
            break
        if job is None:
            return False
        job[0].set_exception(BusyError(coded("model.not_ready")))
    return True


def refuse_waiting(jobs: Jobs, why: CodedText) -> None:
    """Give the error of a lost engine to all jobs that wait for it."""
    ends = 0
    while not jobs.empty():
        job = jobs.get()
        if job is None:
            ends += 1
        elif job[0].set_running_or_notify_cancel():
            job[0].set_exception(DeviceLost(why))
    for _ in range(ends):
        jobs.put(None)
