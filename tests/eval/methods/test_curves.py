"""Means over seeds, tables and curves of compared methods; the encoder that nobody trained."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from sprint_live.errors import ArgumentError
from sprint_live.eval.distances import Ruler, kernel_distance, pair_terms
from sprint_live.eval.methods.curves import LEADING, Spread, markdown, plot, rows, spread, told_apart
from sprint_live.eval.methods.random_features import NUM_FEATURES, random_features


def _record(method: str, seed: int, minutes: float, value: float, **changes) -> dict:
    figure = {"value": value, "low": value - 0.5, "high": value + 0.5}
    return {
        "method": method,
        "seed": seed,
        "minutes": minutes,
        "updates": 100 * minutes,
        "seconds": 60 * minutes,
        "samples_a_second": 8.0,
        "peak_memory_bytes": 2**20 * (300 + seed),
        LEADING: figure,
        "edge_recall": {"mean": 0.25, "low": 0.2, "high": 0.3},
        "collapsed_seeds": 0.125,
        **changes,
    }


RECORDS = [
    *(_record("twinflow", seed, minutes, 4.0 + seed) for minutes in (2.0, 1.0) for seed in range(3)),
    *(_record("scm", seed, minutes, 24.0 + seed) for minutes in (1.0, 2.0) for seed in range(3)),
    *(_record("tbcm", seed, 1.0, 4.5 + seed) for seed in range(3)),
]


def test_the_interval_over_seeds_is_students_t():
    found = spread([{"value": 4.0, "low": 0, "high": 9}, {"mean": 5.0, "low": 0, "high": 9}, 6.0])
    assert (found.value, found.high - 5, 5 - found.low) == pytest.approx((5, 4.303 / 3**0.5, 4.303 / 3**0.5))
    assert spread([{"value": 4.0, "low": 3.0, "high": 6.0}]) == Spread(value=4.0, low=3.0, high=6.0)
    assert spread([1.0, 3.0]).high == pytest.approx(2 + 12.706)
    with pytest.raises(ArgumentError, match="11 seeds"):
        spread([1.0] * 11)


def test_a_row_holds_one_method_at_one_mark_and_the_table_says_what_is_told_apart():
    table = rows(RECORDS)
    assert [(row.method, row.minutes) for row in table] == [
        ("twinflow", 1), ("twinflow", 2), ("scm", 1), ("scm", 2), ("tbcm", 1)
    ]  # fmt: skip
    first = table[0]
    assert (first.seeds, first.updates, first.peak_memory_bytes) == (3, 100, 302 * 2**20)
    assert first.figures[LEADING].value == 5 and first.figures["edge_recall"].value == 0.25
    assert told_apart(table) == (2, 3), "at one minute, the last mark of all: scm from both others"
    text = markdown(table)
    assert text.index("| twinflow | 3 | 5 (2.52 to 7.48) |") < text.index("| tbcm |") < text.index("| scm |")
    assert text.count("### After") == 2 and "2 of 3 pairs" in text and "too short" not in text
    assert "| 100 | 8 | 302 |" in text and "| - |" in text, "a figure that no run has"
    close = rows([record for record in RECORDS if record["method"] != "scm"])
    assert told_apart(close) == (0, 1) and "0 of 1 pairs" in markdown(close) and "too short" in markdown(close)


def test_the_curves_are_drawn_against_minutes_and_against_updates(tmp_path, monkeypatch):
    drawn = []
    monkeypatch.setattr("matplotlib.figure.Figure.savefig", lambda self, path, dpi: drawn.append(self))
    plot(rows(RECORDS), {LEADING: {"value": 1.5}}, tmp_path / "a.png")
    panels = drawn[0].axes
    assert [panel.get_xlabel() for panel in panels] == ["minutes"] * 3 + ["updates"] * 3
    by_minutes, by_updates = panels[0].lines, panels[3].lines
    assert [line.get_label() for line in by_minutes] == ["twinflow", "scm", "tbcm", "teacher"]
    assert by_minutes[0].get_xdata().tolist() == [1, 2] and by_updates[0].get_xdata().tolist() == [100, 200]
    assert by_minutes[1].get_ydata().tolist() == [25, 25] and by_minutes[3].get_ydata()[0] == 1.5


def test_random_features_are_the_same_every_time_and_order_what_is_worse():
    rng = np.random.default_rng(0)
    smooth = [cv2.GaussianBlur(rng.integers(0, 256, (40, 40, 3), np.uint8), (9, 9), 2) for _ in range(40)]
    real = random_features(np.stack(smooth))
    assert real.shape == (40, NUM_FEATURES) and np.array_equal(real, random_features(np.stack(smooth)))
    assert not np.array_equal(real[0], random_features(np.stack(smooth[:1])[..., ::-1])[0]), "colors count"
    other = random_features(
        np.stack([cv2.GaussianBlur(rng.integers(0, 256, (40, 40, 3), np.uint8), (9, 9), 2) for _ in range(40)])
    )
    ruler = Ruler.of(real)

    def distance(found: np.ndarray) -> float:
        return kernel_distance(pair_terms(ruler.unit(real), ruler.unit(found)))

    worse = [
        distance(random_features(np.stack([np.uint8(np.clip(one + rng.normal(0, sigma, one.shape), 0, 255))
                                           for one in smooth])))
        for sigma in (3, 12, 40)
    ]  # fmt: skip
    assert abs(distance(other)) < 0.3 * worse[0] < worse[0] < worse[1] < worse[2]
