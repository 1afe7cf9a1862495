"""Admission: a session's newest state becomes a job if its person has an engine and the checks allow the prompt.

    offer(client) -> scheduler ... take -> may_be_drawn(client, job) -> the engine

Knows: client records, the line, the owner's checks.  Must not know: the engine's calls, what people are told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from sprint_live.api.prompt import usable_prompt
from sprint_live.coded_text import CodedText
from sprint_live.errors import CheckRefused
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.sessions.registry import Client
from sprint_live.live.sessions.scheduler import Job, Scheduler

__all__ = ["Wishes"]


class Wishes:
    """on_answer: called with a client once the checks have answered its prompt,
    and with the refusal ("" if there is none).
    """

    def __init__(self, scheduler: Scheduler, worker: Worker, on_answer: Callable[[Client, CodedText], None]) -> None:
        self._scheduler, self._worker, self._on_answer = scheduler, worker, on_answer
        self.has_engine: Callable[[bytes], bool] = lambda session_id: True

    def offer(self, client: Client) -> None:
        """Put a client's newest state in line, if its person is here and has an engine."""
        session = client.session
        if client.connection is not None:
            if not session.request().blank and not self.has_engine(session.session_id):
                client.without_engine = True
                return
            pen_down = session.journal.pen_down
            has_preview = self._worker.model is not None and self._worker.model.has_preview
            self._scheduler.offer(
                client.slot, session.request(has_preview=has_preview), session.op_seq, pen_down=pen_down
            )

    def may_be_drawn(self, client: Client, job: Job) -> bool:
        """The answer of the owner's checks for a job's prompt. Without an answer yet they run, and `on_answer` gets it.

        Raises: CheckRefused with what the person should read.
        """
        prompt = usable_prompt(job.request.settings.prompt)
        refused = self._worker.safety.known(prompt)
        if refused is None:
            client.asking = asyncio.create_task(self._ask(client, prompt))
        elif refused:
            raise CheckRefused(refused)
        return refused == ""

    def drop(self, client: Client) -> None:
        """The person has left."""
        client.asking, client.without_engine = None, False
        self._scheduler.drop(client.slot)

    async def _ask(self, client: Client, prompt: str) -> None:
        refused = await self._worker.safety.prompt(prompt)
        if client.asking is asyncio.current_task():  # the same words still, and the person is here
            client.asking = None
            self._on_answer(client, refused)
