"""The command: files it writes, tables, plots, comparisons, refusals."""

from __future__ import annotations

import json

import pytest

from sprint_live.bench import plots
from sprint_live.bench.compare import comparison, differences, read_report
from sprint_live.bench.slower import slower
from sprint_live.cli import bench, main
from sprint_live.errors import ArgumentError
from support.models.released_small import small_released


@pytest.fixture(scope="module")
def measured(tmp_path_factory, tiny_model_folder):
    """One small run of everything the bare command can add."""
    out = tmp_path_factory.mktemp("bench") / "deep" / "small.json"
    words = [
        "--runs",
        "2",
        "--warm-up",
        "0",
        "--size",
        "128",
        "--edit",
        "32",
        "--plan",
        "--model",
        str(tiny_model_folder),
        "--device",
        "cpu",
        "--out",
        str(out),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sprint_live.bench.rates.RUNS", 1)
        patch.setattr("sprint_live.engine.loading.load.describe_folder", _with_small_sizes())
        assert main(["bench", "picture", *words]) == 0
    return out


def _with_small_sizes():
    import dataclasses

    from sprint_live.engine.loading import load

    describe = load.describe_folder
    return lambda *args: dataclasses.replace(describe(*args), sizes=(64, 128), default_size=128)


def test_the_file_holds_what_the_numbers_depend_on(measured):
    report = json.loads(measured.read_text())
    assert {
        "hardware",
        "versions",
        "commit",
        "command",
        "date",
        "weights",
        "switches",
        "peak_rss_mib",
        "load_s",
    } <= set(report)
    assert report["edit"]["edit_px"] == 32 and report["weights"] == "as published"
    assert {"encode", "denoise", "decode"} == set(report["stages"]) and set(report["rates"]["gemm_gflop_s"]) == {
        "float32"
    }


def test_the_table_beside_it_shows_the_same_numbers(measured):
    report, text = json.loads(measured.read_text()), measured.with_suffix(".md").read_text()
    total = next(line for line in text.splitlines() if line.startswith("| total |"))
    shown = [float(cell) for cell in total.strip("| ").split("|")[1:5]]
    expected = report["engine_ms"]["total"]
    assert shown == pytest.approx(
        [expected["median"], expected["p95"], report["floor_ms"], expected["median"] / report["floor_ms"]], rel=1e-3
    )
    assert all(name in text for name in report["baselines"]) and "32x32 of the page changed" in text
    assert "A: plain composition" in text and len(report["plan"]) == 11 and "prompt-cache" in report["switches"]


def test_curves_and_memory_write_their_tables_and_plots(tmp_path, monkeypatch, tiny_model_folder):
    pytest.importorskip("matplotlib")
    monkeypatch.setattr("sprint_live.engine.loading.load.describe_folder", _with_small_sizes())
    monkeypatch.setattr("sprint_live.bench.curves.STEPS", (1,))
    monkeypatch.setattr("sprint_live.bench.curves.BATCHES", (1, 2))
    common = ["--model", str(tiny_model_folder), "--device", "cpu", "--plot"]
    assert (
        main(["bench", "curves", "--runs", "1", "--warm-up", "0", "--out", str(tmp_path / "curves.json"), *common]) == 0
    )
    assert main(["bench", "memory", "--frames", "40", "--out", str(tmp_path / "memory.json"), *common]) in (0, 1)
    for name in ("curves", "memory"):
        assert (tmp_path / f"{name}.png").read_bytes().startswith(b"\x89PNG")
        assert (tmp_path / f"{name}.md").read_text().startswith("# sprint-random: ")
    assert json.loads((tmp_path / "curves.json").read_text())["curves"]["batch"]["best_batch"] in (1, 2)
    assert "people in a call" in (tmp_path / "curves.md").read_text()


def test_the_drawing_is_plotted(measured, tmp_path):
    pytest.importorskip("matplotlib")
    plots.plot_drawing(json.loads(measured.read_text()), tmp_path / "new" / "a.png")
    assert (tmp_path / "new" / "a.png").stat().st_size > 5000


def test_a_plot_without_matplotlib_is_refused_before_anything_is_measured(monkeypatch, capsys):
    monkeypatch.setattr(plots, "find_spec", lambda name: None)
    assert main(["bench", "picture", "--plot", "--model", "sprint-tiny"]) == 2
    assert "pip install matplotlib, or drop --plot" in capsys.readouterr().err


def test_random_weights_say_so(monkeypatch, tmp_path):
    monkeypatch.setattr("sprint_live.models.zoo.find_model", lambda name: small_released())
    monkeypatch.setattr("sprint_live.bench.rates.RUNS", 1)
    out = tmp_path / "random.json"
    assert (
        main(
            [
                "bench",
                "picture",
                "--random-weights",
                "--model",
                "sana-sprint-0.6b",
                "--runs",
                "1",
                "--warm-up",
                "0",
                "--device",
                "cpu",
                "--out",
                str(out),
            ]
        )
        == 0
    )
    report = json.loads(out.read_text())
    assert (
        report["weights"] == "random; text by a random vector a word, no text encoder"
        and report["model"] == "sana-sprint-0.6b"
    )


def test_two_files_are_compared_number_by_number(measured, tmp_path, capsys):
    faster = json.loads(measured.read_text())
    faster["engine_ms"]["total"]["median"] /= 2
    (tmp_path / "b.json").write_text(json.dumps(faster))
    assert main(["bench", "compare", str(measured), str(tmp_path / "b.json")]) == 0
    rows = {
        line.split("|")[1].strip(" `"): line.split("|")[-2].strip()
        for line in capsys.readouterr().out.splitlines()
        if line.startswith("| `")
    }
    assert rows["engine_ms/total/median"] == "0.500" and rows["baseline_ms/median"] == "1.000"
    assert not any("runs" in name for name in rows)


def test_what_got_slower_by_more_than_its_spread_is_named(measured, tmp_path, capsys):
    old = {"engine_ms": {"decode": {"median": 10.0, "p95": 12.0}, "map": {"median": 5.0, "p95": 5.5}}}
    new = {"engine_ms": {"decode": {"median": 11.9, "p95": 12.0}, "map": {"median": 5.6, "p95": 5.6}}}
    assert slower(old, new) == ["`engine_ms/map`: 1.12 times, its spread allows 1.10"]
    assert slower(new, old) == slower(old, old) == []
    wide = {"engine_ms": {"map": {"median": 5.6, "p95": 7.0}}}
    assert slower(old, wide) == []  # the larger spread of the two
    unlike = {"hardware": {}, "versions": {}, "baseline_ms": {"median": 100.0, "p95": 100.0}}
    twice = {"baseline_ms": {"median": 200.0, "p95": 200.0}}
    slow_machine = {"engine_ms": {"decode": {"median": 20.0, "p95": 24.0}, "map": {"median": 11.2, "p95": 11.2}}}
    assert slower({**unlike, **old}, {**twice, **slow_machine}) == [
        "`engine_ms/map`: 1.12 times, its spread allows 1.10, relative to the plain pipeline of each file"
    ]
    worse = json.loads(measured.read_text())
    for one in worse["engine_ms"].values():
        one.update({name: 100 * value for name, value in one.items()})
    (tmp_path / "worse.json").write_text(json.dumps(worse))
    for second, said in (
        (measured, "Nothing got slower"),
        (tmp_path / "worse.json", "- `engine_ms/total`: 100.00 times"),
    ):
        assert main(["bench", "compare", str(measured), str(second)]) == 0
        assert said in capsys.readouterr().out


def test_another_machine_or_version_is_said_first(measured):
    report = read_report(measured)
    other = {
        **report,
        "hardware": {**report["hardware"], "cores": 64, "load_average": 99},
        "versions": {**report["versions"], "torch": "1.0"},
        "switches": ["prompt-cache"],
    }
    found = differences(report, other)
    assert [one.partition(":")[0] for one in found] == ["hardware cores", "versions torch", "switches differs"]
    assert comparison(report, other, ("a", "b")).startswith("**Not comparable as they are: hardware cores: ")
    assert comparison(report, report, ("a", "b")).startswith("| | a | b | ratio |")


def test_what_is_no_benchmark_file_is_refused(tmp_path, measured):
    for text in ("{}", "[]", "no json"):
        (tmp_path / "x.json").write_text(text)
        with pytest.raises(ArgumentError, match=r"x\.json"):
            read_report(tmp_path / "x.json")
    with pytest.raises(ArgumentError, match="in common"):
        comparison({**read_report(measured), "hardware": {}}, {"hardware": {}, "versions": {}}, ("a", "b"))


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nonsense"],
        ["curves", "--frames", "9"],
        ["picture", "--with-text-encoder"],
        ["picture", "--out", "b.png"],
        ["picture", "--size", "a"],
        ["picture", "--size", "1x2x3"],
        ["picture", "--runs", "0"],
        ["compare", "a.json"],
        ["picture", "--random-weights"],
        ["load"],
        ["load", "--people", "2", "--out", "b.png"],
        ["reconnect", "--people", "0"],
    ],
)
def test_wrong_words_are_refused(words, capsys):
    assert main(["bench", *words]) == 2 and len(capsys.readouterr().err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "now"),
    [
        (["--load", "50", "--seconds", "600"], "bench load --people N"),
        (["--load", "50", "--strokes", "2000"], "bench load --people N"),
        (["--returns", "500"], "bench reconnect --people N"),
        (["--curves", "--runs", "6"], "bench curves"),
        (["--frames", "10000"], "bench memory --frames N"),
        (["--compare", "a.json", "b.json"], "bench compare A.json B.json"),
        (["--runs", "24", "--edit", "256"], "bench picture --runs"),
        (["--model", "sprint-tiny"], "bench picture --model"),
        (["--without", "openvino"], "bench picture --without"),
        (["--plan", "picture"], "bench picture --plan"),
    ],
)
def test_the_old_spelling_names_the_new_one(words, now, capsys):
    assert main(["bench", *words]) == 2
    [line] = capsys.readouterr().err.strip().splitlines()
    assert f"fix: sprint-live {now}" in line


def test_what_can_be_measured_is_a_file_of_the_folder(capsys):
    assert main(["bench", "--help"]) == 0
    shown = capsys.readouterr().out
    assert list(bench.subjects()) == ["picture", "compare", "curves", "gpu", "load", "memory", "reconnect", "site"]
    assert all(module.HELP and name in shown for name, module in bench.subjects().items())
    assert "--curves" not in shown and "--runs" not in shown


def test_a_size_may_be_a_shape(monkeypatch, tmp_path, tiny_model_folder):
    import dataclasses

    from sprint_live.engine.loading import load

    describe = load.describe_folder
    monkeypatch.setattr("sprint_live.bench.rates.RUNS", 1)
    monkeypatch.setattr(
        load,
        "describe_folder",
        lambda *args: dataclasses.replace(
            describe(*args), sizes=(128,), default_size=128, shapes=((64, 192), (128, 128))
        ),
    )
    out = tmp_path / "wide.json"
    assert (
        main(
            [
                "bench",
                "picture",
                "--size",
                "64x192",
                "--runs",
                "1",
                "--warm-up",
                "0",
                "--model",
                str(tiny_model_folder),
                "--device",
                "cpu",
                "--out",
                str(out),
            ]
        )
        == 0
    )
    assert json.loads(out.read_text())["what"].startswith("engine.draw, 64x192, 1 step(s)")
