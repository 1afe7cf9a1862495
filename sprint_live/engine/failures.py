"""What a failure of the model becomes: an exception of this project, with a code that the page translates."""

from __future__ import annotations

import torch

from sprint_live.coded_text import coded
from sprint_live.errors import DeviceLost, EngineError, OutOfMemory, SprintLiveError

__all__ = ["typed_failure"]

CPU_OUT_OF_MEMORY = "can't allocate memory"  # torch has no class of its own for it
MAX_CHARS = 450


def typed_failure(error: Exception, height_width: tuple[int, int]) -> SprintLiveError:
    """The error to raise for a failure of the model, with `error` as its cause; one of ours comes back as it is.

    height_width: pixels of the picture that was being drawn, for the message.
    Returns: OutOfMemory if the device or the machine has no memory left (torch's unused memory is then given back),
    DeviceLost if only a new process can use the device again, EngineError for anything else.
    """
    if isinstance(error, SprintLiveError):
        return error
    if isinstance(error, torch.OutOfMemoryError) or CPU_OUT_OF_MEMORY in str(error):
        torch.cuda.empty_cache()
        size = "x".join(map(str, height_width[::-1]))
        typed: SprintLiveError = OutOfMemory(coded("engine.out_of_memory", {"size": size}))
    elif isinstance(error, torch.AcceleratorError):  # "illegal memory access" and the like: the context is poisoned
        typed = DeviceLost(coded("engine.device_failed", {"why": str(error)[:MAX_CHARS]}))
    else:
        typed = EngineError(coded("engine.failed", {"why": f"{type(error).__name__}: {error}"[:MAX_CHARS]}))
    typed.__cause__ = error
    return typed
