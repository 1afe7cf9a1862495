"""Gradio's queue without polling: it sleeps until a call comes, while Gradio's own looks a thousand times a second.

Calls are still handled by Gradio. Its loop runs step by step; where it would look again although nothing is queued, it
is held until the next `push`.

Knows: Gradio's queue.  Must not know: what the calls do.
"""

from __future__ import annotations

import asyncio
import contextlib
import types
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any

import gradio as gr
from gradio.queueing import Queue

__all__ = ["EventDrivenQueue", "use_event_driven_queue"]

LOOK_EVERY_S = 1.0
"""A queue that was closed says so to nobody; this is how late it ends."""
PROGRESS_EVERY_S = 0.5
"""How often Gradio looks for progress to report while nothing runs. No call of ours reports any."""


def use_event_driven_queue(page: gr.Blocks) -> gr.Blocks:
    """Let the queue of a page sleep.

    Call it before the queue starts; Gradio makes the queue and takes no class for it.
    """
    page._queue.__class__ = EventDrivenQueue
    return page


class EventDrivenQueue(Queue):
    """As Gradio's, but it uses no CPU while the queue is empty."""

    @property
    def sleep_when_free(self) -> float:
        """Seconds between two looks: Gradio's while something is queued, none else, which `_held` takes for a sign."""
        return vars(self)["sleep_when_free"] if len(self) else 0

    @property
    def progress_update_sleep_when_free(self) -> float:
        """Seconds between two looks for progress: Gradio's while something runs."""
        return vars(self)["progress_update_sleep_when_free"] if any(self.active_jobs) else PROGRESS_EVERY_S

    def start(self) -> None:
        """As Gradio's."""
        self._pushed = asyncio.Event()
        super().start()

    async def push(self, *args: Any, **kwargs: Any) -> Any:  # Gradio's own signature
        """As Gradio's, and the loop wakes."""
        try:
            return await super().push(*args, **kwargs)
        finally:
            self._pushed.set()

    async def start_processing(self) -> None:
        """As Gradio's."""
        await _held(super().start_processing(), self._until_pushed)

    async def _until_pushed(self) -> None:
        self._pushed.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._pushed.wait(), LOOK_EVERY_S)


@types.coroutine
def _held(work: Coroutine[Any, Any, None], rest: Callable[[], Awaitable[None]]) -> Generator[Any, Any, None]:
    """Run `work`; where it gives way but waits for nothing (asyncio.sleep(0)), `rest` comes before its next step."""
    error: BaseException | None = None
    with contextlib.closing(work):
        while True:
            try:
                waits_for = work.send(None) if error is None else work.throw(error)
            except StopIteration:
                return
            error = None
            try:
                if waits_for is None:
                    yield from rest().__await__()
                else:
                    yield waits_for
            except BaseException as raised:  # noqa: BLE001  # a cancellation, too, is for `work` to hear
                error = raised
