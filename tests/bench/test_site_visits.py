"""`sprint-live bench site`: what its numbers mean, its report and its plot; the visits are a stand-in's."""

from __future__ import annotations

import json

import pytest
from PIL import Image

from sprint_live.bench import site_visits
from sprint_live.cli import main
from sprint_live.errors import ArgumentError

VISIT = {"requests": 3, "megabytes": 2.0, "model_megabytes": 1.5, "ink_s": 0.5, "model_s": 2.0, "picture_s": 3.0}
STAGES = ("map", "encode", "denoise", "decode", "whole")


def test_the_models_parts_are_told_from_the_page():
    answers = [("/", 30_000), ("/model/0a.part", 1_500_000), ("/live-web/main.js", 470_000)]
    assert site_visits.traffic(answers) == {"requests": 3, "megabytes": 2.0, "model_megabytes": 1.5}
    assert site_visits.traffic([]) == {"requests": 0, "megabytes": 0.0, "model_megabytes": 0.0}


def test_without_a_chromium_the_command_says_so(monkeypatch):
    monkeypatch.setattr(site_visits, "find_chromium", lambda: None)
    with pytest.raises(ArgumentError, match="no Chromium on the PATH"):
        site_visits.measure_visits("http://127.0.0.1:1", list, runs=1)


def test_the_command_writes_a_report_and_its_plot(monkeypatch, tmp_path, capsys):
    def measured(address, answers, *, runs):
        assert address.startswith("http://127.0.0.1:") and answers() == [] and runs == 5
        ms = {stage: {"median": 10.0, "p90": 12.0} for stage in STAGES}
        sizes = [{"side": side, "ms": ms} for side in (512, 1024)]
        bench = {"threads": 2, "adapter": None, "runs": runs, "warmUp": 2, "sizes": sizes}
        return {"browser": "Chromium", "first_visit": VISIT, "second_visit": VISIT, "bench": bench}

    monkeypatch.setattr(site_visits, "measure_visits", measured)
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "manifest.json").write_text("{}")
    out = tmp_path / "site.json"
    assert main(["bench", "site", str(tmp_path), "--runs", "5", "--out", str(out)]) == 0
    report = json.loads(out.read_text())
    assert report["first_visit"] == VISIT and {"hardware", "versions", "commit", "command", "date"} <= set(report)
    assert "2.0 MB in 3 requests" in capsys.readouterr().out
    with Image.open(out.with_suffix(".png")) as plot:
        assert plot.width > 1000
