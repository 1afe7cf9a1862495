"""A fault in any function of the engine that holds a tensor of the GPU is seen by the walk."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch

from sprint_live.bench.random_weights import random_engine
from sprint_live.engine.cpu_features import cpu_has_bfloat16
from sprint_live.engine.detect import detect_lines
from sprint_live.engine.loading.load import load_engine
from sprint_live.engine.switch_table import switch_names
from sprint_live.models.fit import Fit
from support.gpu import SimulatedGpu
from support.gpu.folders import write_folders
from support.gpu.planting import Planted, planted_everywhere
from support.models.released_small import small_released
from support.paths import ROOT

CUDA = torch.device("cuda:0")
ENGINE = ROOT / "sprint_live" / "engine"
OPENVINO = ("graph_files", "graphs", "cached_model", "kept_precision", "networks", "stages")
# no function of these is called: a fault there cannot be met
NEVER_WITH_A_GPU = {*(f"openvino/{name}.py" for name in OPENVINO), "denoising/text_folding.py", "failures.py"}
WAITS = {  # all that are allowed, and what each is for
    ("engine/stage_runner.py:_finish", "synchronize"): "before a stage's time is taken",
    ("engine/autoencoder/decoder.py:decode", "download"): "a picture's pixels",
    ("engine/stage_runner.py:<listcomp>", "download"): "the latent that a pin is made of",
    ("engine/denoising/stem.py:_read", "download"): "the length of a new caption, which decides shapes",
    ("engine/loading/placement.py:send_away", "download"): "an offloaded text encoder goes back, at a new caption",
    ("controlnet/branch.py:from_transformer", "download"): "while the walk builds a random branch",
    ("bench/random_weights.py:<listcomp>", "_local_scalar_dense"): "while the walk makes random weights",
}
HOLDS_NO_NUMBER = {  # openvino/ besides, which draws on a CPU
    **dict.fromkeys(("engine.py", "checked_job.py"), "passes on what others hold"),
    "failures.py": "words for what failed",
    **dict.fromkeys(("switch_table.py", "switches.py", "cpu_features.py", "stopwatch.py"), "names and times"),
    **dict.fromkeys(("denoising/choose.py",), "decides which class draws"),
    **dict.fromkeys(("control_pages.py", "detect.py", "sketch.py", "jpeg.py"), "pixels in uint8 on the CPU"),
    "denoising/text_folding.py": "the switch folded-text, which is on on a CPU alone",
    "loading/checksums.py": "reads files",
    "loading/load.py": "passes a pipeline on",
}


def page(x: int) -> np.ndarray:
    page_u8 = np.full((256, 256), 255, np.uint8)
    cv2.circle(page_u8, (x, 100), 50, 0, 4)
    return page_u8


def strokes(*, with_tiny: bool, also: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> None:
    """Build an engine and draw two strokes, a preview and a picture from a painting."""
    engine = random_engine(small_released(), CUDA, with_tiny=with_tiny, also=also, without=without)
    for x in (100, 140):
        engine.draw(page(x), "a cat", size=256, client="one", preview=with_tiny and x == 140)
    engine.draw(page(100), "two red dogs", size=256, painting=np.dstack([page(140)] * 3), strength=0.5, steps=2)
    assert "cuda" in engine.explain()


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    folders = write_folders(tmp_path_factory.mktemp("models"))
    with SimulatedGpu() as gpu, planted_everywhere(gpu, ENGINE) as planted:
        strokes(with_tiny=True, also=("cuda-graph", "fp8-linear", "fp8-decoder"))
        strokes(with_tiny=False, without=("fast-network",))
        options = {"controlnet": folders.branch, "lora": folders.lora, "tiny_autoencoder": folders.taesana}
        cpu_has_bfloat16.cache_clear()  # another test may have asked
        assert switch_names() and cpu_has_bfloat16() in (True, False)
        detect_lines(page(100), "canny", size=64)
        load_engine(folders.released, "cuda", fit=Fit(offload_text=True), **options).draw(page(100), "a cat", size=128)
    return planted


def test_every_fault_in_every_function_is_seen(planted: Planted) -> None:
    assert not planted.missed


def test_a_wait_is_seen_in_every_file(planted: Planted) -> None:
    """Also in files whose functions hold no tensor."""
    files = {path.relative_to(ENGINE).as_posix() for path in ENGINE.rglob("*.py") if path.name != "__init__.py"}
    assert planted.files | planted.synchronized == files - NEVER_WITH_A_GPU
    assert files >= NEVER_WITH_A_GPU


def test_the_engine_waits_nowhere_else(planted: Planted) -> None:
    """A new wait anywhere is red: it is a fault, or a row of the table with its reason."""
    assert planted.waits == WAITS.keys()


def test_every_file_of_the_engine_was_asked_or_holds_no_number_of_the_gpu(planted: Planted) -> None:
    files = {path.relative_to(ENGINE).as_posix() for path in ENGINE.rglob("*.py") if path.name != "__init__.py"}
    on_the_gpu = {file for file in files if not file.startswith("openvino/")} - HOLDS_NO_NUMBER.keys()
    assert planted.files == on_the_gpu
    assert HOLDS_NO_NUMBER.keys() <= files
