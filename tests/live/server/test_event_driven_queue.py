"""An idle server does not look whether there is something to do, and a call does not wait for the next look."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import gradio as gr
import pytest
from gradio.queueing import EventQueue, Queue

from sprint_live.live.server import event_driven_queue
from sprint_live.live.server.page import build_page

IDLE_S = 0.4


def counted(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """One entry for every look of the loop at what is queued."""
    looks, length = [], Queue.__len__

    def look(queue: Queue) -> int:
        looks.append(None)
        return length(queue)

    monkeypatch.setattr(Queue, "__len__", look)
    return looks


async def idle(queue: Queue, then: Callable[[], None] = lambda: None) -> None:
    queue.start()
    await asyncio.sleep(IDLE_S)
    then()
    queue.stopped = True
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def test_an_idle_queue_does_not_look(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = counted(monkeypatch)
    asyncio.run(idle(build_page()._queue))
    assert len(looks) <= 4  # the first of the loop, and the one that says how long to sleep


def test_the_count_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    with gr.Blocks() as page:
        gr.HTML("")
    looks = counted(monkeypatch)
    asyncio.run(idle(page.queue()._queue))
    assert len(looks) > 20


def test_a_call_wakes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_driven_queue, "LOOK_EVERY_S", 3600.0)  # no look of its own can be what takes the call
    queue, taken = build_page()._queue, asyncio.Event()
    queue.event_queue_per_concurrency_id["calls"] = calls = EventQueue("calls", 1)

    async def push(_: Queue, call: object) -> None:
        calls.queue.append(call)

    def get_events() -> None:
        calls.queue.clear()
        taken.set()

    monkeypatch.setattr(Queue, "push", push)
    monkeypatch.setattr(queue, "get_events", get_events)

    async def call_twice() -> None:
        queue.start()
        for _ in range(2):
            await asyncio.sleep(0.05)
            taken.clear()
            await queue.push("a call")
            await asyncio.wait_for(taken.wait(), 10)
        await idle(queue)

    asyncio.run(call_twice())


def test_a_queue_that_is_cancelled_ends_as_gradios_does() -> None:
    queue = build_page()._queue
    tasks_left = []

    async def cancelled() -> None:
        queue.start()
        await asyncio.sleep(0.05)
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        tasks_left.extend(asyncio.all_tasks() - {asyncio.current_task()})

    asyncio.run(cancelled())
    assert queue.stopped  # Gradio's own last step
    assert not tasks_left


def test_a_closed_queue_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_driven_queue, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(event_driven_queue, "PROGRESS_EVERY_S", 0.05)
    queue = build_page()._queue

    async def closed() -> None:
        queue.start()
        await asyncio.sleep(0)
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        queue.stopped = True
        _, running = await asyncio.wait(tasks, timeout=10)
        assert not running

    asyncio.run(closed())
