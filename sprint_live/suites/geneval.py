"""GenEval's rules on found objects, and its score: the mean of six task rates.

Detection is Mask2Former's work (Swin-S, COCO), confidence 0.3, 0.9 for counting, at most 16 boxes a class; colors are
CLIP's on masked crops. Both are handed in; the rules are here.

Source: GenEval arXiv 2310.11513 and its repository's evaluation protocol.
Knows: boxes, names.  Must not know: pictures, detectors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sprint_live.errors import InputError, refusal

TASKS = {
    "single_object": 80,
    "two_object": 99,
    "counting": 80,
    "colors": 94,
    "position": 100,
    "color_attr": 100,
}
"""Task -> its prompts; 553 in all."""
SAMPLES = 4
CONFIDENCE, COUNTING_CONFIDENCE = 0.3, 0.9
MAX_BOXES = 16
MARGIN = 0.1


@dataclass(frozen=True, kw_only=True)
class Found:
    """One object. box: (left, top, right, bottom) in pixels.
    color: what the classifier called it, None if it was not asked.
    """

    box: tuple[float, float, float, float]
    confidence: float
    color: str | None = None


def counted(found: Mapping[str, Sequence[Found]], tag: str) -> dict[str, list[Found]]:
    """class -> its boxes above the task's confidence, the surest first, at most `MAX_BOXES`."""
    least = COUNTING_CONFIDENCE if tag == "counting" else CONFIDENCE
    return {
        name: sorted((one for one in boxes if one.confidence > least), key=lambda one: -one.confidence)[:MAX_BOXES]
        for name, boxes in found.items()
    }


def positions(one: Found, other: Found) -> set[str]:
    """Where `one` lies seen from `other`: some of left of, right of, above, below.

    The offset of the centers, less a tenth of both boxes' sides, must point there by over half the offset's length.
    """
    sides = [[box[2] - box[0], box[3] - box[1]] for box in (one.box, other.box)]
    offset = [(one.box[axis] + one.box[axis + 2] - other.box[axis] - other.box[axis + 2]) / 2 for axis in (0, 1)]
    reduced = []
    for axis in (0, 1):
        slack = MARGIN * (sides[0][axis] + sides[1][axis])
        size = max(0.0, abs(offset[axis]) - slack)
        reduced.append(size if offset[axis] > 0 else -size)
    if max(map(abs, reduced)) < 1e-3:
        return set()
    length = (offset[0] ** 2 + offset[1] ** 2) ** 0.5
    x, y = reduced[0] / length, reduced[1] / length
    named = {"left of": x < -0.5, "right of": x > 0.5, "above": y < -0.5, "below": y > 0.5}
    return {name for name, holds in named.items() if holds}


def is_correct(found: Mapping[str, Sequence[Found]], wanted: Mapping) -> bool:
    """Whether a picture has what its metadata line asks for.

    wanted: {"tag", "include": [{"class", "count", "color"?, "position"?: [relation, index]}], "exclude"?: [{"class",
    "count"}]}. As published: `count` of a class or more, the color must hold for `count` of its boxes,
    the relation for every pair.
    """
    boxes = counted(found, wanted["tag"])
    matched: list[list[Found] | None] = []
    for asked in wanted.get("include", ()):
        candidates = list(boxes.get(asked["class"], ()))[: asked["count"]]
        if len(candidates) < asked["count"]:
            return False
        if "color" in asked and sum(one.color == asked["color"] for one in candidates) < asked["count"]:
            return False
        if "position" in asked:
            relation, index = asked["position"]
            target = matched[index]
            if target is None or not all(relation in positions(one, other) for one in candidates for other in target):
                return False
        matched.append(candidates)
    return all(len(boxes.get(asked["class"], ())) < asked["count"] for asked in wanted.get("exclude", ()))


def score(verdicts: Sequence[tuple[str, bool]]) -> dict[str, float]:
    """{task: rate, "overall": mean of the six rates} of (task, correct) of all 2,212 pictures.

    Raises:
        InputError: a task has more or fewer pictures than 4 a prompt.
    """
    rates = {}
    for task, prompts in TASKS.items():
        mine = [correct for tag, correct in verdicts if tag == task]
        if len(mine) != SAMPLES * prompts:
            raise InputError(
                refusal(got=f"{len(mine)} pictures of {task}", accepted=f"{SAMPLES * prompts}", fix="judge all of them")
            )
        rates[task] = sum(mine) / len(mine)
    return {**rates, "overall": sum(rates.values()) / len(rates)}
