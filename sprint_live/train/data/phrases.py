"""Which words of a caption name which parts of the drawing.

Captions shuffle and join phrases and drop articles. So each phrase is put between two private-use characters while the
caption is made. `read_phrases` removes them and returns the position of each phrase.

Knows: text and part numbers.  Must not know: pages, pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

_PARTS, _THINGS, _END = 0xE000, 0xF000, 0xF8FF
_ARTICLES = ("a ", "an ")


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """Characters `start` to `end` of a caption name the parts `ids` of the page."""

    start: int
    end: int
    ids: tuple[int, ...]


def mark_part(text: str, first_id: int) -> str:
    """A part's phrase, marked behind its article: "a blue roof". first_id: its lowest part number."""
    article = next((article for article in _ARTICLES if text.startswith(article)), "")
    return f"{article}{chr(_PARTS + first_id)}{text.removeprefix(article)}{chr(_END)}"


def mark_thing(text: str, first_id: int) -> str:
    """A thing's own phrase, marked: "a red house". first_id: its lowest part number."""
    return f"{chr(_THINGS + first_id)}{text}{chr(_END)}"


def read_phrases(marked: str) -> tuple[str, dict[int, tuple[int, int]], dict[int, tuple[int, int]]]:
    """(the text without marks, first id -> characters of a part's phrase, first id -> characters of a thing's
    phrase).
    """
    text, parts, things = "", {}, {}
    begun: list[tuple[dict[int, tuple[int, int]], int, int]] = []
    for character in marked:
        code = ord(character)
        if code == _END:
            found, first_id, start = begun.pop()
            found[first_id] = (start, len(text))
        elif _PARTS <= code < _END:
            found, base = (parts, _PARTS) if code < _THINGS else (things, _THINGS)
            begun.append((found, code - base, len(text)))
        else:
            text += character
    return text, parts, things
