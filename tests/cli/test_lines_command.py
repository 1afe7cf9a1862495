"""`sprint-live lines`: a PNG of lines, one clear line for every mistake, and timings with all that they depend on."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sprint_live.cli import main
from sprint_live.engine.detect import detect_lines, detector_choices

PHOTO = Path(__file__).parents[1] / "maps" / "photos" / "chelsea.jpg"


def run(capsys, *argv: object) -> tuple[int, str, str]:
    code = main(["lines", *map(str, argv)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_it_writes_the_lines_of_the_photo(capsys, tmp_path) -> None:
    out = tmp_path / "lines.png"
    code, stdout, _ = run(capsys, PHOTO, "--out", out, "--size", 128, "--thickness", 4, "--invert")
    assert code == 0 and stdout == f"{out}: 128x85 by hed_scribble\n"
    assert np.array_equal(np.asarray(Image.open(out)), detect_lines(PHOTO, size=128, thickness=4, invert=True))


@pytest.mark.parametrize(
    ("extra", "named"),
    [
        (["--detector", "nonsense"], "hed_scribble"),
        (["--thickness", "99"], "thickness"),
        (["--size", "9"], "size"),
        (["--out", "lines.jpg"], ".png"),
        (["--out", "no/such/folder/lines.png"], "mkdir"),
        (["--bench", "b.json", "--runs", "0"], "--runs"),
    ],
)
def test_mistakes_are_one_line_and_code_2(capsys, monkeypatch, tmp_path, extra: list[str], named: str) -> None:
    monkeypatch.chdir(tmp_path)
    code, stdout, stderr = run(capsys, PHOTO, "--out", "lines.png", *extra)
    assert code == 2 and not stdout
    seen = stderr.split("\r")[-1]  # what is left on the screen when the progress bar has wiped itself away
    assert named in seen and seen.startswith("sprint-live lines: ") and len(seen.splitlines()) == 1
    assert not any(tmp_path.iterdir())


def test_a_missing_photo_is_named(capsys, tmp_path) -> None:
    code, _, stderr = run(capsys, tmp_path / "nowhere.png", "--out", tmp_path / "lines.png")
    assert code == 2 and "nowhere.png" in stderr and not any(tmp_path.iterdir())


def test_the_bench_names_what_its_numbers_depend_on(capsys, monkeypatch, tmp_path) -> None:
    report_file = tmp_path / "hed.json"
    monkeypatch.setattr(sys, "argv", ["sprint-live", "lines", "chelsea.jpg"])
    code, stdout, _ = run(capsys, PHOTO, "--out", tmp_path / "o.png", "--size", 64, "--bench", report_file, "--runs", 2)
    report = json.loads(report_file.read_text())
    assert code == 0 and str(report_file) in stdout
    assert (
        set(report["lines_ms"]) == set(report["cpu_ms"]) == set(report["ratio_to_baseline"]) == set(detector_choices())
    )
    assert report["ratio_to_baseline"]["canny"] == 1 and report["runs"] == 2 and "64x43" in report["what"]
    assert (
        report["hardware"]["cpu"]
        and report["versions"]["torch"]
        and report["command"] == "sprint-live lines chelsea.jpg"
    )
