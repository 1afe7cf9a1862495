"""Prompts: how many bytes are accepted, and which characters are used.

Knows: text.  Must not know: models, languages, the caller.
"""

from __future__ import annotations

from sprint_live.coded_text import coded
from sprint_live.errors import PromptError, PromptTooLong

__all__ = ["MAX_PROMPT_BYTES", "MAX_PROMPT_CHARS", "usable_prompt"]

MAX_PROMPT_BYTES = 8192
MAX_PROMPT_CHARS = 1000


def usable_prompt(prompt: str) -> str:
    """The part of a prompt that is used: control characters and lone surrogates blanked, at most 1000 characters.

    Raises:
        PromptError: not a string.
        PromptTooLong: over 8192 bytes.
    """
    if not isinstance(prompt, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without types
        raise PromptError(coded("prompt.not_text", {"type": type(prompt).__name__}))
    num_bytes = len(prompt.encode("utf-8", "surrogatepass")) if len(prompt) <= MAX_PROMPT_BYTES else len(prompt)
    if num_bytes > MAX_PROMPT_BYTES:
        given = {"bytes": num_bytes, "most": MAX_PROMPT_BYTES, "characters": MAX_PROMPT_CHARS}
        raise PromptTooLong(coded("prompt.too_long", given))
    readable = (" " if _is_inert(ord(char)) else char for char in prompt[:MAX_PROMPT_CHARS])
    return "".join(readable).strip()


def _is_inert(code: int) -> bool:
    return code < 32 or code == 127 or 0xD800 <= code <= 0xDFFF
