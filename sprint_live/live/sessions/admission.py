"""Admission: the newest state of a session becomes a job if an engine is available and the checks allow the prompt.

    offer(client) -> scheduler ... take -> may_be_drawn(client, job) -> the engine

Knows: client records, the scheduler, the owner's checks.  Must not know: the engine's calls, messages to people.
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

__all__ = ["Admission"]


class Admission:
    """Decides which drawings may be drawn.

    on_answer: called with a client and the refusal ("" if there is none) once the checks have answered for its prompt.
    """

    def __init__(self, scheduler: Scheduler, worker: Worker, on_answer: Callable[[Client, CodedText], None]) -> None:
        self._scheduler, self._worker, self._on_answer = scheduler, worker, on_answer
        self.has_engine: Callable[[bytes], bool] = lambda session_id: True

    def offer(self, client: Client) -> None:
        """Queue the newest state of a client that is connected and may use the engine."""
        session = client.session
        if client.connection is not None:
            if not session.request().blank and not self.has_engine(session.session_id):
                client.waits_for_engine = True
                return
            pen_down = session.journal.pen_down
            has_preview = self._worker.model is not None and self._worker.model.has_preview
            self._scheduler.offer(
                client.slot, session.request(has_preview=has_preview), session.op_seq, pen_down=pen_down
            )

    def may_be_drawn(self, client: Client, job: Job) -> bool:
        """True if the owner's checks allow the prompt of a job.

        If they have not answered yet, they start; see `on_answer`.

        Raises: CheckRefused with the sentence for the person.
        """
        prompt = usable_prompt(job.request.settings.prompt)
        refused = self._worker.moderator.known(prompt)
        if refused is None:
            client.prompt_check = asyncio.create_task(self._ask(client, prompt))
        elif refused:
            raise CheckRefused(refused)
        return refused == ""

    def drop(self, client: Client) -> None:
        """The person has left."""
        client.prompt_check, client.waits_for_engine = None, False
        self._scheduler.drop(client.slot)

    async def _ask(self, client: Client, prompt: str) -> None:
        refused = await self._worker.moderator.prompt(prompt)
        if client.prompt_check is asyncio.current_task():  # the same words still, and the person is here
            client.prompt_check = None
            self._on_answer(client, refused)
