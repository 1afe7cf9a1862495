"""`sprint-live bench gpu` dry: every chunk on the CPU on small models, stopped and gone on with,
so that nothing is first seen on a GPU.
"""

from __future__ import annotations

import json

import pytest
import torch

from sprint_live.bench.autoencoders import is_harmless
from sprint_live.bench.gpu.chunks import Chunk, chunks
from sprint_live.bench.gpu.engines import Bench
from sprint_live.bench.gpu.run import go_on
from sprint_live.bench.gpu.small import small_released
from sprint_live.bench.gpu.summary import PAPER_MS, comparison, table
from sprint_live.cli import main
from sprint_live.cli.bench import gpu as gpu_command
from sprint_live.errors import ArgumentError, EngineError


@pytest.fixture(scope="module")
def dry_run(tmp_path_factory):
    """A whole dry run of one model; returns its folder. On one thread: for layers this small, several cost more time in
    waiting for each other than they save.
    """
    out, labels, threads = tmp_path_factory.mktemp("gpu"), dict(gpu_command.LABELS), torch.get_num_threads()
    gpu_command.LABELS.pop("1.6B")
    torch.set_num_threads(1)
    try:
        words = ["bench", "gpu", "--dry-run", "--out", str(out), "--runs", "1", "--size", "128", "--minutes", "600"]
        assert main(words) == 0
    finally:
        torch.set_num_threads(threads)
        gpu_command.LABELS.update(labels)
    return out


def test_every_chunk_runs(dry_run) -> None:
    report = json.loads((dry_run / "gpu.json").read_text())
    assert not report["left"] and {name: one["error"] for name, one in report["chunks"].items() if "error" in one} == {}
    assert set(report["chunks"]) == {
        *("device", "walk", "0.6B drawing", "0.6B memory", "0.6B plan", "0.6B autoencoders"),
        *("0.6B switches", "0.6B batches", "0.6B compile"),
    }
    assert {"hardware", "versions", "command", "date", "commit"} <= set(report)


def test_the_walk_is_as_on_the_cpu_and_names_every_switch(dry_run) -> None:
    walk = json.loads((dry_run / "gpu.json").read_text())["chunks"]["walk"]
    assert walk["close"], walk["paths"]
    from sprint_live.engine.switch_table import switch_names

    for name in set(switch_names()) - {"compile"}:
        assert any(f" {name}" in path for path in walk["paths"]), name
    assert "CUDA" in walk["paths"]["with cuda-graph"]["off"] or "cpu" in walk["paths"]["with cuda-graph"]["off"]


def test_each_switch_has_its_gain_and_its_error_or_the_reason(dry_run) -> None:
    switches = json.loads((dry_run / "gpu.json").read_text())["chunks"]["0.6B switches"]
    for name, one in switches.items():
        if name == "took_s":
            continue
        assert "off" in one or (one["times_faster"] > 0 and one["psnr_db"]["lowest"] > 0), name
    assert switches["fast-network"]["psnr_db"]["lowest"] > 45 and switches["tiny-encoder"]["default"] is False
    assert switches["preview-decoder"]["psnr_db"]["lowest"] < 45  # another decoder, another picture


def test_the_table_the_plot_and_the_comparison_are_made_of_it(dry_run, capsys) -> None:
    text = (dry_run / "gpu.md").read_text()
    for words in (
        "## 0.6B",
        "| decode |",
        "diffusers SanaControlNetPipeline",
        "| fused-norm |",
        "in a call",
        "the walk",
    ):
        assert words in text, words
    assert (dry_run / "gpu.png").stat().st_size > 10_000
    assert main(["bench", "gpu", "--out", str(dry_run), "--compare"]) == 0
    said = capsys.readouterr().out
    assert (
        f"the paper: {PAPER_MS:g} ms" in said and "predicted, RTX 4090 0.6B" in said and "A: plain composition" in said
    )


@pytest.mark.parametrize(
    ("branch_error", "lowest", "expected"),
    [(0.05, 45.0, True), (0.05, 39.9, False), (0.11, 45.0, False), (None, 99.0, None)],
)
def test_a_tiny_encoder_is_harmless_by_branch_and_picture_or_not_known(branch_error, lowest, expected) -> None:
    """Without a branch both pictures are equal, which says nothing of the encoder."""
    assert is_harmless({"branch_error": branch_error, "picture_psnr_db": {"lowest": lowest}}) is expected


def test_the_table_says_whether_the_tiny_encoder_is_harmless(dry_run) -> None:
    report = json.loads((dry_run / "gpu.json").read_text())
    assert "only released weights with their branch say" in table(report)
    for harmless, words in ((True, "Harmless: draw with `--with tiny-encoder`"), (False, "leave `tiny-encoder` off")):
        report["chunks"]["0.6B autoencoders"]["harmless"] = harmless
        assert words in table(report)


def test_the_released_weights_are_measured_with_the_branch_that_is_given(monkeypatch, tmp_path) -> None:
    asked = []
    monkeypatch.setattr("sprint_live.models.hub.downloaded", lambda source: tmp_path)
    monkeypatch.setattr("sprint_live.models.choice.must_ask", lambda choice: None)
    monkeypatch.setattr("sprint_live.load_engine", lambda name, device, **options: asked.append((name, options)))
    for load in gpu_command._released(torch.device("cpu"), tmp_path / "hed").values():
        load()
    assert asked == [
        ("sana-sprint-0.6b", {"controlnet": tmp_path / "hed", "offline": True}),
        ("sana-sprint-1.6b", {"controlnet": None, "offline": True}),
    ]


class Counted:
    """Chunks that only note that they ran."""

    def __init__(self, monkeypatch, expected_s: float = 10) -> None:
        self.ran: list[str] = []
        found = [Chunk(name=name, measure=self._note(name), expected_s=expected_s) for name in ("a", "b", "c")]
        monkeypatch.setattr("sprint_live.bench.gpu.run.chunks", lambda bench: found)

    def _note(self, name: str):
        def note(bench):
            self.ran.append(name)
            if name == "b":
                raise EngineError("b is broken")
            return {"value": 1}

        return note


def bench() -> Bench:
    return Bench(
        device=torch.device("cpu"),
        models={"0.6B": small_released()},
        released={},
        runs=1,
        warm_up=0,
        side=None,
        tiny=None,
        results={},
        advance=lambda: None,
    )


def test_it_stops_before_its_minutes_are_over_and_goes_on(monkeypatch, tmp_path) -> None:
    counted = Counted(monkeypatch, expected_s=40)
    assert go_on(bench(), tmp_path, minutes=1, say=print, plots=False) == []  # each took no time at all
    assert counted.ran == ["a", "b", "c"]
    (tmp_path / "chunks" / "c.json").unlink()
    assert go_on(bench(), tmp_path, minutes=0.5, say=print, plots=False) == ["c"]  # 40 s do not fit into 30
    assert json.loads((tmp_path / "gpu.json").read_text())["left"] == ["c"]
    assert go_on(bench(), tmp_path, minutes=1, say=print, plots=False) == [] and counted.ran == ["a", "b", "c", "c"]


def test_a_chunk_that_fails_costs_only_itself(monkeypatch, tmp_path) -> None:
    Counted(monkeypatch)
    go_on(bench(), tmp_path, minutes=1, say=print, plots=False)
    report = json.loads((tmp_path / "gpu.json").read_text())
    assert report["chunks"]["b"]["error"] == "EngineError: b is broken" and report["chunks"]["c"]["value"] == 1
    assert "**failed: b: EngineError: b is broken**" in (tmp_path / "gpu.md").read_text()


def test_a_damaged_chunk_is_measured_again(monkeypatch, tmp_path) -> None:
    counted = Counted(monkeypatch)
    go_on(bench(), tmp_path, minutes=1, say=print, plots=False)
    (tmp_path / "chunks" / "a.json").write_text('{"value":')
    go_on(bench(), tmp_path, minutes=1, say=print, plots=False)
    assert counted.ran == ["a", "b", "c", "a"]


def test_chunks_of_another_device_are_not_mixed_in(monkeypatch, tmp_path) -> None:
    Counted(monkeypatch)
    go_on(bench(), tmp_path, minutes=1, say=print, plots=False)
    path = tmp_path / "chunks" / "a.json"
    one = json.loads(path.read_text())
    one["hardware"]["device"] = "NVIDIA GeForce RTX 4090"
    path.write_text(json.dumps(one))
    with pytest.raises(ArgumentError, match="measured on NVIDIA GeForce RTX 4090; accepted: a folder of cpu"):
        go_on(bench(), tmp_path, minutes=1, say=print, plots=False)


def test_an_unknown_chunk_is_refused_with_those_there_are(tmp_path) -> None:
    with pytest.raises(ArgumentError, match="chunk 'drawing'; accepted: device, walk, 0.6B drawing"):
        go_on(bench(), tmp_path, minutes=1, only=["drawing"], say=print)


def test_the_whole_of_an_h100_takes_less_than_three_runs_of_nine_minutes() -> None:
    whole = bench()
    whole.models = dict.fromkeys(gpu_command.LABELS, small_released())
    assert sum(chunk.expected_s for chunk in chunks(whole)) < 3 * 9 * 60
    assert max(chunk.expected_s for chunk in chunks(whole)) < 9 * 60


def test_without_a_gpu_the_command_says_what_to_do(tmp_path, capsys) -> None:
    if torch.cuda.is_available():
        return
    assert main(["bench", "gpu", "--out", str(tmp_path)]) == 2
    assert (
        "no CUDA device for torch" in (said := capsys.readouterr().err) and "--dry-run" in said and "nvidia-smi" in said
    )
    assert main(["bench", "gpu", "--out", str(tmp_path), "--compare"]) == 2
    assert "without --compare first" in capsys.readouterr().err


def test_a_report_of_nothing_is_still_a_table() -> None:
    empty = {
        "chunks": {},
        "left": ["device"],
        "weights": {"0.6B": "random"},
        "hardware": {"device": "cpu"},
        "command": "x",
        "date": "now",
        "commit": None,
    }
    assert "not measured yet: device" in table(empty) and "nothing to compare yet" in comparison(empty)


def test_released_weights_are_measured_where_they_are() -> None:
    found = bench()
    found.released = {"0.6B released": lambda: None}
    names = [chunk.name for chunk in chunks(found)]
    assert "0.6B released drawing" in names and names.index("0.6B drawing") < names.index("0.6B released drawing")
