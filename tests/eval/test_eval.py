"""The whole judgment: an obedient and a deaf engine, the held-out drawings, and the command end to end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from sprint_live.cli import main
from sprint_live.errors import ArgumentError
from sprint_live.eval.colors import ASKED
from sprint_live.eval.drawings import prompt_from_name, read_drawings
from sprint_live.eval.edges import FIXED, THRESHOLDS
from sprint_live.eval.judge import Plan, judge, other_noun
from sprint_live.eval.report import METRICS, WANTED, summarize
from sprint_live.eval.sheet import contact_sheet, drawing_rows
from support.models.painter import RGB, SIDE, Painter, disc, disc_drawing

DRAWINGS = Path(__file__).resolve().parents[2] / "assets" / "drawings"
PLAN = Plan(num_seeds=3, num_prompt_seeds=2, size=SIDE, threshold=THRESHOLDS[2])


def obedient(prompt: str, seed: int) -> np.ndarray:
    """The disc in the color asked for (a gray one if none is), other nouns darker, seeds a little different."""
    word = next((word for word in ASKED if word in prompt.split()), None)
    rgb = RGB[word] if word else (90, 90, 90) if "ball" in prompt else (180, 180, 180)
    return disc(tuple(max(0, channel - 4 * seed) for channel in rgb))


def report_on(paint) -> tuple[dict, Painter, list]:
    engine, pictures = Painter(paint), []
    verdict = judge(engine, disc_drawing(), "house", PLAN, on_picture=lambda: pictures.append(1))
    assert len(engine.asked) == len(pictures) == PLAN.num_pictures == 3 + 2 * 10
    return summarize([verdict], PLAN), engine, [verdict]


def test_an_obedient_engine_gets_full_marks() -> None:
    report, engine, _ = report_on(obedient)
    means = {name: metric["mean"] for name, metric in report["metrics"].items()}
    diversity = means.pop("diversity")
    assert means == dict.fromkeys(means, 1.0) and set(report["metrics"]) == set(METRICS)
    assert all(report["metrics"][name]["met"] for name in WANTED)
    assert 0 < report["drawings"][0]["min_difference"] < diversity < 6
    assert report["colours"]["brown"] == {"obeyed": 1.0, "seen": {"brown": 2}}
    assert engine.asked[:3] == [("a ball", 0), ("a ball", 1), ("a ball", 2)]
    assert ("an orange ball", 1) in engine.asked and ("a house", 0) in engine.asked


def test_a_deaf_engine_gets_none() -> None:
    report, _, _ = report_on(lambda prompt, seed: disc(RGB["red"]))
    means = {name: metric["mean"] for name, metric in report["metrics"].items()}
    assert means["edge_recall"] == means["edge_precision"] == 1.0
    assert means["colour_obedience"] == 1 / 8 and not report["metrics"]["colour_obedience"]["met"]
    assert means["prompt_changes_picture"] == means["colour_change_followed"] == means["diversity"] == 0
    assert report["colours"]["blue"] == {"obeyed": 0.0, "seen": {"red": 2}}
    assert report["drawings"][0]["name"] == "ball" and report["drawings"][0]["noun_difference"] == 0


def test_one_seed_has_no_diversity() -> None:
    verdict = judge(Painter(obedient), disc_drawing(), "house", Plan(num_seeds=1, size=SIDE), on_picture=lambda: None)
    report = summarize([verdict], Plan(num_seeds=1, size=SIDE))
    assert "diversity" not in report["metrics"] and "edge_recall_chosen" not in report["metrics"]
    assert report["edge_curve"]["chosen_threshold"] is report["edge_curve"]["chosen_on"] is None
    json.dumps(report, allow_nan=False)


def test_faint_lines_are_found_only_at_low_thresholds_and_the_curve_says_so() -> None:
    report, _, _ = report_on(lambda prompt, seed: disc((233, 233, 233)))
    points = {point["threshold"]: point for point in report["edge_curve"]["points"]}
    assert list(points) == [round(threshold, 2) for threshold in THRESHOLDS] and FIXED in points
    assert points[33.0]["recall"] == points[33.0]["f"] == 1 and points[FIXED]["recall"] == points[FIXED]["f"] == 0
    metrics = report["metrics"]
    assert metrics["edge_recall"]["mean"] == 0 and metrics["edge_recall_chosen"]["mean"] == 1
    assert (
        metrics["edge_recall_chosen"]["met"]
        and not metrics["edge_recall"]["met"]
        and report["edge_curve"]["chosen_threshold"] == 33.0
    )


def test_the_sheet_shows_sketch_seeds_nouns_and_colors() -> None:
    _, _, verdicts = report_on(obedient)
    sheet_u8 = contact_sheet([drawing_rows([disc_drawing()], verdicts)])
    assert sheet_u8.shape == (28 + 152, 132 * (1 + 3 + 2 + 8), 3)
    centers = [tuple(sheet_u8[28 + 64, 132 * column + 64]) for column in range(14)]
    assert centers[0] == (235, 235, 235), "the inside of the sketch is shaded"
    assert [tuple(map(int, rgb)) for rgb in centers[6:]] == [RGB[word] for word in ASKED]
    assert sheet_u8[:28].min() < 128 and sheet_u8[28 + 128 : 28 + 148, 132 * 6 : 132 * 7].min() < 128, (
        "a heading and labels"
    )


def test_the_held_out_drawings_have_nouns_and_insides() -> None:
    folder = read_drawings(DRAWINGS, 256)
    drawings = folder.drawings
    assert not folder.skipped
    nouns = [drawing.noun for drawing in drawings]
    assert nouns == [
        "cat",
        "apple",
        "house",
        "fish",
        "tree",
        "star",
        "car",
        "flower",
        "mushroom",
        "boat",
        "smiling face",
        "bird",
    ]
    for drawing in drawings:
        assert drawing.ink.shape == drawing.inside.shape == (256, 256)
        assert 0.03 < drawing.inside.mean() < 0.5, drawing.name
    assert [other_noun(drawings, index) for index in (0, 11)] == ["apple", "cat"]
    assert other_noun(drawings[:1], 0) == "house" and other_noun(drawings[2:3], 0) == "cat"


@pytest.mark.parametrize("text", ["", "{}", "[]", '["cat.png"]', '[{"file": "cat.png"}]'])
def test_a_bad_index_is_refused(tmp_path, text: str) -> None:
    (tmp_path / "prompts.json").write_text(text)
    with pytest.raises(ArgumentError, match=r"prompts\.json"):
        read_drawings(tmp_path, 256)


def test_drawings_by_other_hands_need_no_index_and_bad_ones_are_named(tmp_path) -> None:
    page = Image.new("RGB", (300, 200), "white")
    ImageDraw.Draw(page).ellipse((60, 40, 200, 160), outline="black", width=5)
    page.save(tmp_path / "red_car-2.jpg")
    page.save(tmp_path / "the-old-house.WEBP", "webp")
    ImageOps.invert(page).save(tmp_path / "apple.png")
    uneven = np.tile(np.linspace(90, 220, 300).astype(np.uint8), (200, 1))
    Image.fromarray(np.minimum(uneven, np.asarray(page.convert("L")))).save(tmp_path / "photo.png")
    Image.new("L", (64, 64), 255).save(tmp_path / "blank.png")
    page.save(tmp_path / "0001.png")
    (tmp_path / "broken.png").write_bytes(b"not a picture")
    (tmp_path / "drawing.svg").write_text("<svg/>")
    folder = read_drawings(tmp_path, 256)
    assert [(drawing.name, drawing.prompt, drawing.noun) for drawing in folder.drawings] == [
        ("apple", "an apple", "apple"),
        ("red_car-2", "a red car", "car"),
        ("the-old-house", "the old house", "old house"),
    ]
    light_on_dark, dark_on_light = folder.drawings[0].ink, folder.drawings[1].ink
    assert (light_on_dark ^ dark_on_light).mean() < 0.003, "either polarity is one drawing"
    assert set(folder.skipped) == {"0001.png", "blank.png", "broken.png", "photo.png"}
    assert "without a line" in folder.skipped["blank.png"] and "sprint-live lines" in folder.skipped["photo.png"]
    assert "prompts.json" in folder.skipped["0001.png"]
    assert prompt_from_name("Owl") == "an owl" and prompt_from_name("12-3") == ""


@pytest.mark.parametrize(
    ("index", "named"),
    [
        ('[{"file": "blank.png", "prompt": "a cat"}]', "without a line"),
        ('[{"file": "no.png", "prompt": "a cat"}]', "no.png"),
    ],
)
def test_a_folder_without_a_usable_drawing_is_refused_and_says_why(tmp_path, index: str, named: str) -> None:
    (tmp_path / "prompts.json").write_text(index)
    Image.new("L", (64, 64), 255).save(tmp_path / "blank.png")
    with pytest.raises(ArgumentError, match=named):
        read_drawings(tmp_path, 256)


@pytest.fixture
def one_drawing(tmp_path):
    folder = tmp_path / "drawings"
    folder.mkdir()
    shutil.copy(DRAWINGS / "apple.png", folder)
    (folder / "prompts.json").write_text('[{"file": "apple.png", "prompt": "a green apple"}]')
    return folder


def test_the_command_end_to_end(capsys, tmp_path, one_drawing, tiny_model_folder) -> None:
    out = tmp_path / "deep" / "eval.json"
    words = ["eval", "--model", tiny_model_folder, "--drawings", one_drawing, "--out", out, "--size", 512, "--seeds", 1]
    assert main([*map(str, words), "--prompt-seeds", "1", "--collapse-seeds", "4", "--device", "cpu"]) == 0
    report = json.loads(out.read_text())
    captured = capsys.readouterr()
    assert "edge_recall" in captured.out and str(out) in captured.out and "11/11" in captured.err
    assert report["model"] == "sprint-random" and report["num_pictures"] == 11
    for name, metric in report["metrics"].items():
        assert 0 <= metric["low"] <= metric["mean"] <= metric["high"] <= 1, name
    assert {"hardware", "versions", "commit", "command", "date", "not_measured"} <= set(report)
    assert (
        report["collapse"]["collapsed"].endswith(" of 4")
        and f"collapsed: {report['collapse']['collapsed']}" in captured.out
    )
    assert report["parts"] is None and report["fidelity"] is None and report["skipped_drawings"] == {}
    assert [row["name"] for row in report["drawings"]] == ["apple"]
    assert Image.open(out.with_suffix(".png")).size == (132 * 12, 28 + 152 + 28 + 152)


def test_the_command_judges_parts_beside_the_drawings(capsys, tmp_path, one_drawing, tiny_model_folder) -> None:
    parts = one_drawing / "parts"
    parts.mkdir()
    shutil.copy(DRAWINGS / "parts" / "lamp.png", parts)
    entries = json.loads((DRAWINGS / "parts" / "parts.json").read_text())
    (parts / "parts.json").write_text(json.dumps([entry for entry in entries if entry["file"] == "lamp.png"]))
    out = tmp_path / "eval.json"
    words = ["eval", "--model", tiny_model_folder, "--drawings", one_drawing, "--out", out, "--size", 512, "--seeds", 1]
    assert (
        main([*map(str, words), "--prompt-seeds", "1", "--collapse-seeds", "0", "--device", "cpu", "--part-style", ""])
        == 0
    )
    report, printed = json.loads(out.read_text()), capsys.readouterr().out
    assert report["num_pictures"] == 11 and "2 pictures" in report["parts"]["what"] and report["parts"]["style"] == ""
    assert (
        report["parts"]["part_colors"]["num_values"] == 6 and report["parts"]["mottle"]["median"]["num_values"] == 2 * 3
    )
    assert report["mottle"]["p90"]["mean"] >= report["mottle"]["median"]["mean"] >= 0
    assert "part colors" in printed and "mottle, median" in printed and "mottle of parts" in printed
    assert Image.open(out.with_suffix(".png")).size == (132 * 12, 2 * (28 + 152))


@pytest.mark.parametrize(
    ("extra", "named"),
    [
        (["--seeds", "0"], "--seeds"),
        (["--prompt-seeds", "-1"], "--prompt-seeds"),
        (["--seeds", "x"], "--seeds"),
        (["--out", "eval.txt"], ".json"),
        (["--sheet", "eval.jpg"], ".png"),
        (["--model", "nonsense"], "nonsense"),
        (["--size", "100"], "size"),
        (["--steps", "9"], "steps"),
        (["--collapse-seeds", "2"], "--collapse-seeds"),
        (["--teacher", "run"], "--pairs"),
        (["--make-pairs"], "--pairs"),
        (["--teacher-steps", "0"], "--teacher-steps"),
        (["--drawings", "nowhere"], "nowhere"),
    ],
)
def test_wrong_arguments_are_one_line_and_code_2(
    capsys, monkeypatch, tmp_path, tiny_model_folder, extra, named: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code = main(["eval", "--model", str(tiny_model_folder), "--drawings", str(DRAWINGS), "--size", "256", *extra])
    captured = capsys.readouterr()
    assert code == 2 and not captured.out and not list(tmp_path.iterdir())
    assert len(captured.err.strip().splitlines()) == 1 and named in captured.err
