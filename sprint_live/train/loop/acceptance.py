"""The requirements of a finished stage: figures, bounds and verdict, written to acceptance.json.

Knows: numbers and files.  Must not know: how a figure is measured (see `measures`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sprint_live.errors import ArgumentError

NAME = "acceptance.json"


@dataclass(frozen=True, kw_only=True)
class Bound:
    """The range a figure must lie in, ends included."""

    at_least: float = -math.inf
    at_most: float = math.inf

    def __post_init__(self) -> None:
        if not self.at_least <= self.at_most or (math.isinf(self.at_least) and math.isinf(self.at_most)):
            raise ArgumentError(
                f"got a bound from {self.at_least} to {self.at_most}; accepted: at_least, at_most or both, in this "
                "order"
            )

    def holds(self, figure: float) -> bool:
        """Whether the figure is in the range. False for NaN."""
        return self.at_least <= figure <= self.at_most

    def __str__(self) -> str:
        if math.isinf(self.at_least):
            return f"at most {self.at_most:g}"
        return f"at least {self.at_least:g}" + ("" if math.isinf(self.at_most) else f", at most {self.at_most:g}")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The verdict on one stage. lines: the same as text."""

    passed: bool
    lines: tuple[str, ...]


def accept(folder: Path, stage: str, figures: Mapping[str, float], bounds: Mapping[str, Bound]) -> Verdict:
    """Compare figures with bounds and write FOLDER/acceptance.json. A bound fails if its figure was not measured.

    A figure without a bound is written and has no effect on the verdict.
    """
    rows, lines = {}, []
    for name in [*bounds, *(name for name in figures if name not in bounds)]:
        figure, bound = figures.get(name), bounds.get(name)
        passed = None if bound is None else figure is not None and bound.holds(figure)
        rows[name] = {
            "figure": figure if figure is None or math.isfinite(figure) else str(figure),
            "bound": None if bound is None else str(bound),
            "passed": passed,
        }
        shown = "not measured" if figure is None else f"{figure:.4g}"
        lines.append(
            f"{stage}: {name} {shown}" + ("" if bound is None else f" ({bound}): {'passed' if passed else 'FAILED'}")
        )
    verdict = Verdict(passed=all(row["passed"] is not False for row in rows.values()), lines=tuple(lines))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_text(
        json.dumps({"stage": stage, "passed": verdict.passed, "figures": rows}, indent=1), encoding="utf-8"
    )
    return verdict
