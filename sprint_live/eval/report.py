"""From the verdicts on all drawings to one dictionary for JSON:
means with intervals, then every drawing's own numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from sprint_live.eval.colors import ASKED
from sprint_live.eval.differences import VISIBLE
from sprint_live.eval.edges import FIXED, THRESHOLDS, TOLERANCE, f_score
from sprint_live.eval.intervals import LEVEL, NUM_RESAMPLES, interval
from sprint_live.eval.judge import Plan, Verdict
from sprint_live.eval.mottle import summarize_mottle

# what this project asks of a model that ships
WANTED = {
    "edge_recall": 0.85,
    "edge_precision": 0.6,
    "colour_obedience": 0.9,
    "prompt_changes_picture": 0.9,
    "noun_changes_picture": 0.9,
}
METRICS = {
    "edge_recall": f"share of the sketch's lines with an edge of the picture within {TOLERANCE:.0%} of the side",
    "edge_precision": f"share of the picture's edges with a line of the sketch within {TOLERANCE:.0%} of the side",
    "edge_recall_chosen": "the same, edges read at the threshold that reads real pictures best",
    "edge_precision_chosen": "the same, edges read at that threshold",
    "colour_obedience": "share of pictures of 'a {color} {noun}' where most of the object has that color",
    "prompt_changes_picture": (
        f"share of pairs (other noun, other color; same sketch and seed) that differ by {VISIBLE:g} CIELAB or more "
        "inside the outline"
    ),
    "noun_changes_picture": "the same, of pairs with another noun only",
    "colour_change_followed": (
        "share of color pairs where the new color's share of the object grew by 0.1 or more and beats the old one's"
    ),
    "diversity": "mean CIELAB difference inside the outline between two seeds",
}
NOT_MEASURED = "whether the object is the noun asked for (look at the contact sheet)"


def summarize(verdicts: list[Verdict], plan: Plan) -> dict[str, object]:
    """Everything of the result that is not a circumstance of the machine."""
    groups = {
        "edge_recall": [verdict.recall for verdict in verdicts],
        "edge_precision": [verdict.precision for verdict in verdicts],
        "colour_obedience": [[entry["obeyed"] for entry in verdict.colors] for verdict in verdicts],
        "prompt_changes_picture": [[change["changed"] for change in verdict.changes] for verdict in verdicts],
        "noun_changes_picture": [_of(verdict, "noun", "changed") for verdict in verdicts],
        "colour_change_followed": [_of(verdict, "colour", "followed") for verdict in verdicts],
    }
    if plan.threshold is not None:
        groups["edge_recall_chosen"] = [[recall for recall, _ in verdict.chosen] for verdict in verdicts]
        groups["edge_precision_chosen"] = [[precision for _, precision in verdict.chosen] for verdict in verdicts]
    if plan.num_seeds > 1:
        groups["diversity"] = [verdict.seed_differences for verdict in verdicts]
    metrics = {name: {**interval(values), "what": METRICS[name]} for name, values in groups.items()}
    for name in metrics:
        wanted = WANTED.get(name.removesuffix("_chosen"))
        if wanted is not None:
            metrics[name] |= {"wanted": wanted, "met": metrics[name]["mean"] >= wanted}
    return {
        "metrics": metrics,
        "mottle": summarize_mottle([verdict.mottles for verdict in verdicts]),
        "edge_curve": _edge_curve(verdicts, plan),
        "colours": {word: _color_row(verdicts, word) for word in ASKED},
        "drawings": [_drawing_row(verdict) for verdict in verdicts],
        "intervals": (
            f"bootstrap {LEVEL:.0%}, {NUM_RESAMPLES} resamples of drawings, then of pictures within each, seed 0"
        ),
        "not_measured": NOT_MEASURED,
    }


def _of(verdict: Verdict, kind: str, answer: str) -> list[bool]:
    return [change[answer] for change in verdict.changes if change["kind"] == kind]


def _edge_curve(verdicts: list[Verdict], plan: Plan) -> dict[str, object]:
    """Mean recall and precision at every threshold, each drawing counting once."""
    points = np.array([np.mean(verdict.curves, axis=0) for verdict in verdicts]).mean(axis=0)
    return {
        "what": (
            "Canny's high threshold (low is 0.45 of it); tolerance and metrics as above; an edge may match several "
            "line pixels"
        ),
        "fixed_threshold": FIXED,
        "chosen_threshold": plan.threshold,
        "chosen_on": None
        if plan.threshold is None
        else "real held-out pictures against their own contours, best F; no generated picture was looked at",
        "points": [
            {
                "threshold": round(threshold, 2),
                "recall": round(recall, 4),
                "precision": round(precision, 4),
                "f": round(f_score(recall, precision), 4),
            }
            for threshold, (recall, precision) in zip(THRESHOLDS, points.tolist(), strict=True)
        ],
    }


def _color_row(verdicts: list[Verdict], word: str) -> dict[str, object]:
    entries = [entry for verdict in verdicts for entry in verdict.colors if entry["asked"] == word]
    return {
        "obeyed": _mean([entry["obeyed"] for entry in entries]),
        "seen": dict(Counter(entry["seen"] for entry in entries).most_common()),
    }


def _drawing_row(verdict: Verdict) -> dict[str, object]:
    return {
        "name": verdict.name,
        "prompt": verdict.prompt,
        "edge_recall": _mean(verdict.recall),
        "edge_precision": _mean(verdict.precision),
        "colour_obedience": _mean([entry["obeyed"] for entry in verdict.colors]),
        "prompt_changes_picture": _mean([change["changed"] for change in verdict.changes]),
        "noun_difference": _mean([change["difference"] for change in verdict.changes if change["kind"] == "noun"]),
        "colour_change_followed": _mean(_of(verdict, "colour", "followed")),
        "diversity": _mean(verdict.seed_differences),
        "min_difference": round(min(verdict.seed_differences), 4) if verdict.seed_differences else None,
    }


def _mean(values: Sequence[float]) -> float | None:
    return round(float(np.mean(values)), 4) if values else None
