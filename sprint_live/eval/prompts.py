"""Finds and replaces the noun of a prompt: "an orange fish on a blue background" -> "fish" -> "a red fish".

Meant for prompts of one object, as in assets/drawings/prompts.json.
"""

from __future__ import annotations

import re

from sprint_live.errors import PromptError, refusal
from sprint_live.eval.colors import WORDS

ARTICLES = ("a", "an", "the")
SHADES = ("light", "dark", "bright", "pale", "deep")
STYLES = ("3d", "flat", "cartoon", "noto", "plain")
_COLORS = (*WORDS, "grey")
_BACKGROUND = re.compile(
    r"\b(on|against|with|in front of)\s+(\S+\s+){0,3}?background\b.*"
    rf"|\b((a|an|the)\s+)?(({'|'.join(SHADES)})\s+)?(({'|'.join(_COLORS)})\s+)?background\b.*"
)


def noun_of(prompt: str) -> str:
    """What a prompt draws, without articles, colors, background and style; other adjectives stay.

    A color that is all there is ("an orange") is the noun.

    Raises:
        PromptError: nothing is left.
    """
    for part in prompt.lower().split(","):
        words = _BACKGROUND.sub("", part).split()
        kept = [word for word in words if word not in (*ARTICLES, *_COLORS, *SHADES)]
        kept = kept or [word for word in words if word in _COLORS][-1:]
        if kept and " ".join(kept) not in STYLES:
            return " ".join(kept)
    raise PromptError(refusal(got=f"prompt {prompt!r}", accepted="words that name an object", fix="write: a red apple"))


def phrase(noun: str, color: str = "") -> str:
    """ "a cat", "an orange cat"."""
    words = f"{color} {noun}".strip()
    return f"{'an' if words[:1] in 'aeiou' else 'a'} {words}"
