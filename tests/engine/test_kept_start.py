"""The second start of a model reads kept graphs: the same bytes without diffusers, and none of it after any change."""

from __future__ import annotations

import dataclasses
import importlib.util
import shutil
import subprocess
import sys

import huggingface_hub
import numpy as np
import pytest

from sprint_live.engine.loading import components, load
from sprint_live.engine.openvino import choose, kept_precision, networks
from sprint_live.errors import WeightsError
from sprint_live.models import choice
from sprint_live.models.sums import record_weights
from sprint_live.models.zoo import find_model
from support.paths import ROOT

if importlib.util.find_spec("openvino") is None:
    pytest.skip("needs the extra [openvino]", allow_module_level=True)

PAGE_U8 = np.full((256, 256), 255, np.uint8)
PAGE_U8[100:110, 40:200] = 0


@pytest.fixture(scope="module")
def first_start(tiny_model_folder, tmp_path_factory):
    """(a model folder, the home of a user who has started it once)."""
    place = tmp_path_factory.mktemp("first")
    folder = shutil.copytree(tiny_model_folder, place / "model")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(huggingface_hub.constants, "HF_HOME", str(place / "home"))
        _start(patch, folder)
    return folder, place / "home"


@pytest.fixture
def started(first_start, tmp_path, monkeypatch):
    """Copies of both that a test may change, with how often components were read from now on."""
    folder = shutil.copytree(first_start[0], tmp_path / "model")
    home = shutil.copytree(first_start[1], tmp_path / "home")
    monkeypatch.setattr(huggingface_hub.constants, "HF_HOME", str(home))
    reads, read = [], components.read_pipeline
    monkeypatch.setattr(components, "read_pipeline", lambda *given, **named: reads.append(1) or read(*given, **named))
    return folder, home, reads


def _start(patch, folder, native=("float32",), **options):
    like = dataclasses.replace(find_model("sprint-tiny"), guidance_counts=True)
    entry = dataclasses.replace(like, folder=folder, sizes=(256,), shapes=(), default_size=256)
    chosen = dataclasses.replace(choice.choose("sprint-tiny"), entry=entry)
    patch.setattr(choose, "native_precisions", lambda: native)  # bfloat16 or not is a matter of milliseconds otherwise
    patch.setattr(load, "choose", lambda model: chosen)
    patch.setattr(load, "obtain", lambda *_, **__: folder)
    return load.load_engine("sprint-tiny", "cpu", **options)


def _drawn(engine):
    return engine.draw(PAGE_U8, "A red  cat in a house", seed=4, size=256).jpeg


def test_the_kept_start_draws_the_same_bytes_and_reads_no_component(started, monkeypatch):
    folder, _, reads = started
    kept = _start(monkeypatch, folder)
    assert not reads and kept.has_branch and kept.has_guidance and "openvino" in kept.switched_on
    whole = _start(monkeypatch, folder, also=("openvino",))
    assert reads == [1] and _drawn(kept) == _drawn(whole)
    assert "SanaTransformer2DModel" in kept.explain() and kept.pipeline is kept.pipeline and len(reads) == 2


@pytest.mark.parametrize("options", [{"without": ("openvino",)}, {"without": ("prompt-cache",)}])
def test_whoever_asks_for_other_switches_gets_them(started, monkeypatch, options):
    folder, _, reads = started
    engine = _start(monkeypatch, folder, **options)
    assert reads == [1] and not set(options["without"]) & engine.switched_on


def test_other_weights_are_read_anew(started, monkeypatch):
    folder, _, reads = started
    (folder / "scheduler" / "scheduler_config.json").open("a").write("\n")
    with pytest.raises(WeightsError, match="scheduler_config"):
        _start(monkeypatch, folder)
    record_weights(folder)
    _start(monkeypatch, folder)
    assert reads == [1]
    _start(monkeypatch, folder)
    assert reads == [1], "kept again"


@pytest.mark.parametrize("damage", ["picture.bin", "step.xml", "starts"])
def test_damaged_files_in_the_cache_are_made_again(started, monkeypatch, damage):
    folder, home, reads = started
    (file,) = home.rglob("starts/*.json" if damage == "starts" else damage)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    engine = _start(monkeypatch, folder)
    assert reads == [1] and _drawn(engine)
    _start(monkeypatch, folder)
    assert reads == [1], "whole again"


def test_compiled_graphs_are_kept_and_a_damaged_one_is_compiled_again(started, monkeypatch):
    folder, home, reads = started
    drawn = _drawn(_start(monkeypatch, folder))
    compiled = sorted(home.rglob("*.blob"))
    assert len(compiled) == 3 and _drawn(_start(monkeypatch, folder)) == drawn
    for file in compiled:
        file.chmod(0o600)
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert _drawn(_start(monkeypatch, folder)) == drawn and not reads


@pytest.mark.parametrize(("quick_ms", "chosen"), [(1.0, "bfloat16"), (3.0, "float32")])
def test_the_faster_arithmetic_is_kept_and_only_that_is_compiled(started, monkeypatch, quick_ms, chosen):
    folder, home, reads = started
    made = []

    class Networks(networks.OpenVinoNetworks):
        def __init__(self, model, *, precision):
            super().__init__(model, precision="float32")  # bfloat16 needs a CPU that has it
            self.precision = precision
            made.append(precision)

        def trial_ms(self):
            return quick_ms if self.precision == "bfloat16" else 2.0

    monkeypatch.setattr(choose, "OpenVinoNetworks", Networks)
    both = ["float32", "bfloat16"]

    def start():
        made.clear()
        engine = _start(monkeypatch, folder, native=both)
        assert not reads and ("openvino-bfloat16" in engine.switched_on) == (chosen == "bfloat16")
        return engine

    start()
    assert sorted(made) == sorted(both)
    start()
    assert made == [chosen]
    monkeypatch.setenv("ONEDNN_MAX_CPU_ISA", "AVX2")
    start()
    assert sorted(made) == sorted(both), "another CPU is another trial"
    monkeypatch.delenv("ONEDNN_MAX_CPU_ISA")
    for file in home.rglob("trial-*.json"):
        file.write_text("[1")
    start()
    assert sorted(made) == sorted(both), "a damaged file counts for nothing"


def test_a_trial_without_a_clear_winner_is_not_kept(tmp_path):
    kept_precision.keep_times(tmp_path, 10.0, 12.0)
    assert kept_precision.kept_times(tmp_path) is None and not list(tmp_path.iterdir())
    kept_precision.keep_times(tmp_path, 10.0, 13.0)
    assert kept_precision.kept_times(tmp_path) == (10.0, 13.0)


def test_kept_times_do_not_make_bfloat16_run_where_it_fails(started, monkeypatch):
    folder, home, _ = started
    _start(monkeypatch, folder)
    (graphs,) = {file.parent for file in home.rglob("step.xml")}
    kept_precision.keep_times(graphs, 1.0, 2.0)

    class Networks(networks.OpenVinoNetworks):
        def __init__(self, model, *, precision):
            if precision == "bfloat16":
                raise RuntimeError("no such instruction")
            super().__init__(model, precision=precision)

    monkeypatch.setattr(choose, "OpenVinoNetworks", Networks)
    engine = _start(monkeypatch, folder, native=["float32", "bfloat16"])
    assert "openvino-bfloat16" not in engine.switched_on and _drawn(engine)


def test_what_a_kept_start_imports():
    script = (
        "import sys, sprint_live.engine.loading.load, sprint_live.engine.openvino.stages, sprint_live.models.bert\n"
    )
    script += (
        "print([name for name in ('diffusers', 'transformers', 'sympy', 'gradio', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout.strip() == "[]"
