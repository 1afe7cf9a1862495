"""The engine's CUDA path, from a model's files to JPEGs, on a simulated GPU: every picture is the CPU's, nobody meets a stranger
or waits twice. Then faults are planted into every function that runs, and each is found."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from sprint_live.api.frame import Frame
from sprint_live.engine.loading.load import load_engine
from sprint_live.errors import EngineError
from support.gpu import SimulatedGpu, WrongDevice
from support.gpu.planting import FAULTS, Planted, engine_files, functions_in, planted
from support.gpu.walks import Folders, page, whole_walk, write_folders

EVERYTHING = {file: functions_in(file) for file in engine_files()}
# a picture waits three times: before "denoise" has a time, for its pixels, for the latent a pin is made of
STROKE_WAITS = Counter(
    {
        ("engine/stage_runner.py:Stages._finish", "synchronize"): 1,
        ("engine/autoencoder/decoder.py:PictureDecoder.decode", "download"): 1,
        ("engine/stage_runner.py:Stages.run", "download"): 1,
    }
)
WALK_WAITS: Counter[tuple[str, str]] = Counter()
NOT_ON_A_GPU: dict[str, set[str]] = {}

Walked = tuple[SimulatedGpu, Planted, list[Frame]]


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> Folders:
    return write_folders(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def walked(folders) -> Walked:
    """The whole walk; what is planted only notes which functions run."""
    with SimulatedGpu() as gpu, planted(EVERYTHING, []) as reached:
        return gpu, reached, whole_walk(folders, "cuda")


def test_every_picture_is_the_cpus_and_a_cuda_graph_is_replayed(walked: Walked, folders: Folders) -> None:
    gpu, _, there = walked
    for index, (one, other) in enumerate(zip(there, whole_walk(folders, "cpu"), strict=True)):
        assert one.pixels_u8.std() > 0 and np.abs(one.pixels_u8.astype(int) - other.pixels_u8).max() <= 2, index
    assert gpu.graphs and sum(graph.num_replays for graph in gpu.graphs) > len(gpu.graphs)


def test_nothing_is_complained_of(walked: Walked) -> None:
    assert not walked[0].complaints(WALK_WAITS)


def test_every_function_of_the_engine_is_walked_but_what_only_a_cpu_runs(walked: Walked) -> None:
    missed = {
        file: {name for name in names if f"{file}:{name}" not in walked[1].places} for file, names in EVERYTHING.items()
    }
    assert {file: names for file, names in missed.items() if names} == NOT_ON_A_GPU


def test_a_stroke_waits_for_the_gpu_three_times_and_no_more(folders: Folders) -> None:
    with SimulatedGpu() as gpu:
        engine = load_engine(folders.released, "cuda", controlnet=folders.branch)
        engine.draw(page(20), "a red cat", size=128)
        gpu.forget()
        engine.draw(page(20, 60), "a red cat", size=128)
    assert Counter(map(tuple, gpu.waits)) == STROKE_WAITS


def test_every_kind_of_fault_is_found_in_every_function_that_runs(walked: Walked, folders: Folders) -> None:
    faults = [fault for fault, _ in FAULTS.values()]
    with SimulatedGpu() as gpu, planted(EVERYTHING, faults, goes_on=True) as faulty:
        whole_walk(folders, "cuda")
    assert faulty.places == walked[1].places
    said = gpu.complaints(WALK_WAITS)
    missed = [
        (place, name)
        for place in sorted(faulty.places)
        for name, (_, what) in FAULTS.items()
        if not any(line.startswith(f"engine/{place}: {what}") for line in said)
    ]
    assert not missed


@pytest.mark.parametrize(
    "place",
    [
        "denoising/block.py:FastBlock._attend",
        "autoencoder/encoder.py:PageEncoder._scaled",
        "loading/components.py:_load",
    ],
)
def test_a_constant_on_the_cpu_ends_the_walk_where_it_is(folders: Folders, place: str) -> None:
    file, _, name = place.partition(":")
    constant = FAULTS["a constant on the CPU"][0]
    with (
        SimulatedGpu(),
        planted({file: [name]}, [constant]),
        pytest.raises((WrongDevice, EngineError)) as caught,
    ):
        load_engine(folders.released, "cuda", controlnet=folders.branch).draw(page(20), "a red cat", size=128)
    error = caught.value.__cause__ if isinstance(caught.value, EngineError) else caught.value
    assert isinstance(error, WrongDevice) and f"engine/{place}" in str(error)
