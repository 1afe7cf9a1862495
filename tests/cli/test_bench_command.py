"""`sprint-live bench`: its file holds everything the numbers depend on."""

from __future__ import annotations

import json

import pytest

from sprint_live.cli import main
from support.command_line import run


def test_bench_writes_everything_the_numbers_depend_on(capsys, monkeypatch, tmp_path, tiny_model_folder) -> None:
    out = tmp_path / "deep" / "bench.json"
    code, stdout, _ = run(
        capsys,
        "bench",
        "picture",
        "--runs",
        3,
        "--warm-up",
        1,
        "--size",
        256,
        "--model",
        tiny_model_folder,
        "--out",
        out,
        "--device",
        "cpu",
    )
    report = json.loads(out.read_text())
    assert code == 0 and str(out) in stdout
    total = report["engine_ms"]["total"]
    assert 0 < total["min"] <= total["median"] <= total["p95"] <= total["max"]
    assert report["baseline_ms"]["median"] > 0 and report["gflop_per_frame"] > 0 and report["peak_rss_mib"] > 50
    assert {"hardware", "versions", "commit", "command", "date"} <= set(report)


def test_bench_live_adds_what_the_canvas_measures(monkeypatch, tmp_path, tiny_model_folder) -> None:
    live_bench = pytest.importorskip("sprint_live.live.loadtest.pen_to_picture")
    monkeypatch.setattr(live_bench, "measure_overhead", lambda: {"overhead_ms": 30})
    out = tmp_path / "bench.json"
    words = [
        "bench",
        "picture",
        "--runs",
        "1",
        "--warm-up",
        "0",
        "--size",
        "256",
        "--model",
        str(tiny_model_folder),
        "--out",
        str(out),
    ]
    assert main([*words, "--live"]) == 0
    assert json.loads(out.read_text())["live"] == {"overhead_ms": 30}
