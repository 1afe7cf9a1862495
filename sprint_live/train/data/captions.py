"""Captions of pages, in many wordings. A caption is always true; often it says only a part of what is drawn.

Knows: what can be said of a page.  Must not know: pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sprint_live.train.data.color_words import ALSO
from sprint_live.train.data.page import Named, Page, Placed
from sprint_live.train.data.phrases import Phrase, mark_part, mark_thing, read_phrases

_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
_PLURALS = {
    "leaf": "leaves",
    "foot": "feet",
    "tooth": "teeth",
    "person": "people",
    "mouse": "mice",
    "sheep": "sheep",
    "fish": "fish",
    "child": "children",
}
_SINGLE = (  # names that are never counted: several areas may be one of them
    *(
        "leaves",
        "hair",
        "trousers",
        "glasses",
        "scissors",
        "water",
        "grass",
        "sand",
        "snow",
        "cherries",
        "body",
        "wool",
    ),
    *("scarf", "icing", "pants", "shorts", "straw", "spines", "skin", "peel", "branches"),
)
_STYLE_SAID = 0.35  # of comic captions; words without a material mean comic


@dataclass(frozen=True, kw_only=True)
class Caption:
    """The text, and which of its words name which parts of the page. A part without a phrase belongs to the phrase of
    its thing.
    """

    text: str
    phrases: tuple[Phrase, ...]


def caption(page: Page, *, material: str, words: str, place: str, rng: np.random.Generator) -> Caption:
    """One caption.

    Args:
        page: what is drawn.
        material: its name; a caption that names no material means "comic".
        words: words for the material ("made of clay").
        place: words for the place, "" to leave it out.
    """
    adjective = words if material != "comic" and " " not in words and rng.random() < 0.3 else ""
    text = things(page, adjective, rng)
    tail = []
    if material != "comic" and not adjective:
        tail.append(_material_phrase(words, rng))
    elif material == "comic" and rng.random() < _STYLE_SAID:
        tail.append(words)
    if place:
        tail.insert(0 if tail and rng.random() < 0.5 else len(tail), place)
    if tail and rng.random() < 0.12:
        return _read(", ".join([tail[0], text, *tail[1:]]), page)
    joined = text
    for part in tail:
        joined += (" " if part == place and rng.random() < 0.6 else ", ") + part
    return _read(joined, page)


def _read(marked: str, page: Page) -> Caption:
    text, of_parts, of_things = read_phrases(marked)
    phrases = []
    for thing in page.placed:
        unnamed = set(thing.ids)
        for named in thing.named:
            if named.ids[0] in of_parts:
                start, end = of_parts[named.ids[0]]
                phrases.append(Phrase(start=start, end=end, ids=named.ids))
                unnamed -= set(named.ids)
        if thing.ids[0] in of_things and unnamed:
            start, end = of_things[thing.ids[0]]
            phrases.append(Phrase(start=start, end=end, ids=tuple(sorted(unnamed))))
    return Caption(text=text, phrases=tuple(phrases))


def things(page: Page, adjective: str, rng: np.random.Generator) -> str:
    """ "a blue cat beside a house with a red roof" with marked phrases. adjective: the material before the first noun,
    or "".
    """
    placed = page.placed
    nouns = [thing.kind.nouns[0] for thing in placed] if placed else list(page.phrases)
    silent = not any(named.said for thing in placed for named in thing.named)
    if len(nouns) > 1 and len(set(nouns)) == 1 and silent:
        return " ".join(word for word in (_NUMBERS[len(nouns)], adjective, plural(nouns[0])) if word)
    if placed:
        phrases = [thing_phrase(thing, adjective if index == 0 else "", rng) for index, thing in enumerate(placed)]
        return _joined(phrases, [thing.center_xy[0] for thing in placed], rng)
    heads = [
        " ".join(word for word in (adjective if index == 0 else "", phrase) if word)
        for index, phrase in enumerate(page.phrases)
    ]
    return _joined([f"{article(head)} {head}" if rng.random() > 0.08 else head for head in heads], None, rng)


def thing_phrase(thing: Placed, adjective: str, rng: np.random.Generator) -> str:
    """ "a red house with a blue roof and two yellow windows": all that must be said, and sometimes what is optional."""
    told = [named for named in thing.named if named.said or rng.random() < 0.06]
    body = next((named for named in told if named.body), None)
    rest = [named for named in told if named is not body]
    rng.shuffle(rest)
    silent = [named for named in thing.named if named not in told and not named.body and rng.random() < 0.05]
    head = " ".join(word for word in (_color(body.color, rng) if body else "", adjective, thing.noun) if word)
    if thing.says and rng.random() < 0.4:
        head = f"{thing.says[0]} {head}" if " " not in thing.says[0] else head
    phrase = mark_thing(f"{article(head)} {head}" if rng.random() > 0.08 else head, thing.ids[0])
    parts = [part_phrase(named, rng) for named in rest] + [part_phrase(named, rng, color=False) for named in silent]
    if not parts:
        return phrase
    draw = rng.random()
    if draw < 0.75:
        return f"{phrase} with {_listed(parts)}"
    if draw < 0.9:
        return f"{phrase}, {', '.join(part.removeprefix('a ').removeprefix('an ') for part in parts)}"
    return f"{phrase} that has {_listed(parts)}"


def part_phrase(named: Named, rng: np.random.Generator, *, color: bool = True) -> str:
    """ "a blue roof", "two yellow windows", "red hair", marked."""
    shade = _color(named.color, rng) if color else ""
    if named.name in _SINGLE:
        words = f"{shade} {named.name}".strip()
    elif named.count > 1:
        number = _NUMBERS.get(named.count, "") if rng.random() < 0.6 else ""
        words = " ".join(word for word in (number, shade, plural(named.name)) if word)
    else:
        words = f"{shade} {named.name}".strip()
        words = f"{article(words)} {words}"
    return mark_part(words, named.ids[0])


def plural(noun: str) -> str:
    """The plural of a noun or of the last word of several."""
    *before, last = noun.split()
    if last in _PLURALS:
        last = _PLURALS[last]
    elif last.endswith(("s", "x", "ch", "sh")):
        last = last if last in _SINGLE else f"{last}es"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        last = f"{last[:-1]}ies"
    elif last not in _SINGLE:
        last = f"{last}s"
    return " ".join([*before, last])


def article(words: str) -> str:
    """ "an" before a vowel."""
    return "an" if words[:1] in "aeio" or (words[:1] == "u" and not words.startswith("uni")) else "a"


def _color(word: str, rng: np.random.Generator) -> str:
    if word.endswith(" skin"):
        return word.removesuffix(" skin") if rng.random() < 0.5 else word
    return str(rng.choice(ALSO[word])) if word in ALSO and rng.random() < 0.12 else word


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _joined(phrases: Sequence[str], lefts: Sequence[float] | None, rng: np.random.Generator) -> str:
    """Several things in one phrase. lefts: which thing stands left of which."""
    if len(phrases) == 1:
        return phrases[0]
    if len(phrases) == 2 and rng.random() < 0.5:
        return f"{phrases[0]} {'beside' if rng.random() < 0.7 else 'next to'} {phrases[1]}"
    if len(phrases) == 2 and lefts is not None and rng.random() < 0.3:
        order = (0, 1) if lefts[0] < lefts[1] else (1, 0)
        return f"{phrases[order[0]]} to the left of {phrases[order[1]]}"
    return _listed(phrases)


def _material_phrase(words: str, rng: np.random.Generator) -> str:
    if " " in words:
        return words
    return str(rng.choice((f"made of {words}", words, f"{words} style", f"in {words}")))
