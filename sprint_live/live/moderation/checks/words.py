"""BlockedWords that the owner does not want drawn, from a text file: one word or phrase a line, # for a remark.
`--check words=FILE`

A word list stops what it names and nothing else. An owner who wants more puts a model behind the same interface.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from sprint_live.coded_text import NO_TEXT, CodedText, coded
from sprint_live.errors import ArgumentError, refusal

TITLE = "words of the owner's list"


def load(argument: str) -> BlockedWords:
    """Read the list. Raises: ArgumentError if the file is missing, cannot be read, or has no words."""
    try:
        lines = Path(argument).read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        got = f"--check words={argument} ({type(error).__name__})"
        raise ArgumentError(
            refusal(got=got, accepted="a UTF-8 text file, a word or phrase a line", fix="check the path")
        ) from error
    phrases = [plain(line.partition("#")[0]) for line in lines]
    return BlockedWords([phrase for phrase in phrases if phrase], argument)


class BlockedWords:
    """Matches whole words. Case, width, accents and punctuation do not matter."""

    def __init__(self, phrases: list[str], source: str) -> None:
        if not phrases:
            raise ArgumentError(
                refusal(got=f"{source} without a word", accepted="at least one", fix="write one a line")
            )
        self._any = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(phrases, key=len, reverse=True)))})(?!\w)")

    def prompt(self, text: str) -> CodedText:
        """The first word of the list that is in `text`, in a sentence; "" if none is."""
        found = self._any.search(plain(text))
        return coded("check.word", {"word": repr(found[0])}) if found else NO_TEXT


def plain(text: str) -> str:
    """Lower case, without accents, invisible characters and punctuation, single spaces."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(
        " " if unicodedata.category(char)[0] in "PSZC" and unicodedata.category(char) != "Cf" else char
        for char in apart
        if unicodedata.category(char) not in ("Mn", "Cf")
    )
    return " ".join(kept.split())
