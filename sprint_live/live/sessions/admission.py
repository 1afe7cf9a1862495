"""From a session's newest state to a job that may be drawn: it needs an engine for its person, and words that the checks allow.

    offer(session) -> scheduler ... take -> may_be_drawn(job) -> the engine

Knows: sessions, the line, the owner's checks.  Must not know: the engine's calls, what people are told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from sprint_live.errors import CheckRefused
from sprint_live.live.canvas.draw_request import usable_prompt
from sprint_live.live.rendering.worker import Worker
from sprint_live.live.sessions.registry import People
from sprint_live.live.sessions.scheduler import Job, Scheduler
from sprint_live.live.sessions.session import Session

__all__ = ["Wishes"]


class Wishes:
    """on_answer: called with a session whose prompt the checks have answered, and why it is refused ("" if it is not)."""

    def __init__(
        self, people: People, scheduler: Scheduler, worker: Worker, on_answer: Callable[[Session, str], None]
    ) -> None:
        self._people, self._scheduler, self._worker, self._on_answer = people, scheduler, worker, on_answer
        self.has_engine: Callable[[bytes], bool] = lambda session_id: True
        self._without_engine: set[bytes] = set()
        self._asking: dict[bytes, asyncio.Task] = {}
        """Sessions whose prompt is with the owner's checks."""

    def offer(self, session: Session) -> None:
        """Put a session's newest state in line, if its person is here and has an engine."""
        if session.session_id in self._people.connections:
            if not session.request().blank and not self.has_engine(session.session_id):
                self._without_engine.add(session.session_id)
                return
            pen_down = session.journal.pen_down
            has_preview = self._worker.model is not None and self._worker.model.has_preview
            self._scheduler.offer(
                session.session_id, session.request(has_preview=has_preview), session.op_seq, pen_down=pen_down
            )

    def may_be_drawn(self, job: Job) -> bool:
        """What the owner's checks say of a job's prompt. If nobody has asked yet, it is asked, and `on_answer` has the answer.

        Raises: CheckRefused with what the person should read.
        """
        session, prompt = self._people.sessions[job.session_id], usable_prompt(job.request.settings.prompt)
        refused = self._worker.safety.known(prompt)
        if refused is None:
            self._asking[job.session_id] = asyncio.create_task(self._ask(session, prompt))
        elif refused:
            raise CheckRefused(refused)
        return refused == ""

    def held_back(self, session_id: bytes) -> str:
        """Why a session's newest state is not in line, in words for its person; "" if it is."""
        if session_id in self._asking:
            return "checking the words"
        return "waiting for a GPU" if session_id in self._without_engine else ""

    def drop(self, session_id: bytes) -> None:
        """The person has left."""
        self._asking.pop(session_id, None)
        self._without_engine.discard(session_id)
        self._scheduler.drop(session_id)

    def engine_came(self, session_id: bytes) -> None:
        """A session that had no engine has one, or was told why not."""
        self._without_engine.discard(session_id)

    async def _ask(self, session: Session, prompt: str) -> None:
        refused = await self._worker.safety.prompt(prompt)
        if (
            self._asking.get(session.session_id) is asyncio.current_task()
        ):  # the same words still, and the person is here
            del self._asking[session.session_id]
            self._on_answer(session, refused)
