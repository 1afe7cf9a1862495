"""The owner's checks of prompts and pictures: they run in their own threads, with a time limit, and answers are cached.

A prompt is checked once and the answer kept. Until it is there, nothing is drawn for the prompt, and the engine draws
for others. A picture is held until its answer is there. A refusal is a sentence; no picture is ever replaced by
another. A check that fails or takes too long refuses and says so.

Knows: checks, threads.  Must not know: sessions, engines, the wire.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from cachetools import LRUCache

from sprint_live.coded_text import NO_TEXT, CodedText, coded
from sprint_live.live.observability.error_report import place_of

__all__ = ["Moderator"]

log = logging.getLogger("sprint_live")

WITHIN_S = 5.0
REMEMBERED = 2048


class Moderator:
    """The checks of one server, used from its event loop. Without checks, everything is allowed at once."""

    def __init__(self, checks: Sequence[Any] = (), *, within_s: float = WITHIN_S) -> None:
        self._prompt = [check.prompt for check in checks if callable(getattr(check, "prompt", None))]
        self._picture = [check.picture for check in checks if callable(getattr(check, "picture", None))]
        self._within_s = within_s
        self._threads = {
            what: ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"check-{what}")
            for what in ("prompt", "picture")
        }
        self._answers: LRUCache[str, CodedText] = LRUCache(REMEMBERED)
        self._asked: dict[str, asyncio.Task[CodedText]] = {}

    def known(self, prompt: str) -> CodedText | None:
        """ "" if the prompt may be drawn, a sentence if not, None if it has not been checked yet."""
        return self._answers.get(prompt) if self._prompt else NO_TEXT

    async def prompt(self, prompt: str) -> CodedText:
        """As `known`, but runs the checks if needed. Requests with the same prompt share one answer."""
        answer = self.known(prompt)
        if answer is not None:
            return answer
        if prompt not in self._asked:
            self._asked[prompt] = asyncio.create_task(self._ask_about(prompt))
            self._asked[prompt].add_done_callback(lambda _: self._asked.pop(prompt, None))
        return await asyncio.shield(self._asked[prompt])

    async def picture(self, jpeg_of: Callable[[], bytes]) -> CodedText:
        """ "" if the picture may be shown, else a sentence.

        jpeg_of: called in the checks' thread, and only if there are some.
        """
        if not self._picture:
            return NO_TEXT

        def looks_at(look: Callable[[bytes], str]) -> Callable[[Callable[[], bytes]], str]:
            return lambda jpeg_of: look(jpeg_of())

        looks = [looks_at(look) for look in self._picture]
        return (await self._ask(looks, jpeg_of, what="picture"))[0]

    def close(self) -> None:
        """Stop all checks."""
        for thread in self._threads.values():
            thread.shutdown(wait=False, cancel_futures=True)

    async def _ask_about(self, prompt: str) -> CodedText:
        answer, lasts = await self._ask(self._prompt, prompt, what="prompt")
        if lasts:
            self._answers[prompt] = answer
        return answer

    async def _ask(self, checks: Sequence[Callable[[Any], str]], about: Any, *, what: str) -> tuple[CodedText, bool]:
        """The first refusal, and whether the answer may be kept."""
        ask = asyncio.get_running_loop().run_in_executor(self._threads[what], _first_refusal, checks, about)
        try:
            return await asyncio.wait_for(ask, self._within_s), True
        except TimeoutError:
            log.warning("check_slow", extra={"waited_s": self._within_s})
            return coded(f"check.{what}_slow"), False
        except Exception as error:  # noqa: BLE001  # whatever a check raises, it has not said yes
            log.error("check_failed", extra={"where": place_of(error)})
            return coded(f"check.{what}_failed"), False


def _first_refusal(checks: Sequence[Callable[[Any], str]], about: Any) -> CodedText:
    """The answer of the first check that refuses. The sentence of an owner's own check is shown as it is."""
    answer = next((answer for check in checks if (answer := check(about))), NO_TEXT)
    return answer if isinstance(answer, CodedText) else coded("check.refused", {"why": answer})
