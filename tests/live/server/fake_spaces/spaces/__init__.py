"""What the `spaces` package does on ZeroGPU, as far as an app can see it: on the path of the app under test only.

Writes a line of JSON to $FAKE_SPACES_LOG for everything it is asked: decorated, launched, leased (for whom), released.
"""

from __future__ import annotations

import inspect
import json
import os
import pickle
import sys
import time
from functools import wraps

import gradio as gr
from gradio.context import LocalContext

assert "torch" not in sys.modules, "spaces must be imported before torch"
launched = False


def note(**what) -> None:
    with open(os.environ["FAKE_SPACES_LOG"], "a") as file:
        file.write(json.dumps({"at_s": time.monotonic(), **what}) + "\n")


def GPU(task=None, *, duration=None, size=None):
    if task is None:
        return lambda function: GPU(function, duration=duration, size=size)
    if inspect.iscoroutinefunction(task) or inspect.isasyncgenfunction(task):
        raise NotImplementedError("async def")
    assert not launched, "decorate before the launch"
    note(did="decorated", name=task.__name__, duration=duration, generator=inspect.isgeneratorfunction(task))

    @wraps(task)
    def leased(*args):
        request = LocalContext.request.get(None)
        visitor = request.headers.get("x-ip-token") if request else None
        if visitor == "used-up":
            raise gr.Error("You have exceeded your GPU quota", print_exception=False)
        note(did="leased", visitor=visitor, queued=LocalContext.event_id.get(None) is not None)
        try:
            for value in task(*pickle.loads(pickle.dumps(args))):  # another process in truth
                yield pickle.loads(pickle.dumps(value))
        finally:
            note(did="released", visitor=visitor)

    return leased


real_launch = gr.Blocks.launch


def launch(*args, **kwargs):
    global launched
    launched = True
    note(did="launched", torch="torch" in sys.modules)
    return real_launch(*args, **kwargs)


gr.Blocks.launch = launch


def gradio_auto_wrap(task):
    """Gradio hands every event over; the real package leaves it alone unless SPACES_GRADIO_AUTO_WRAP is set."""
    return task
