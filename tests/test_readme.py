"""What the README promises: two commands of one line each, true numbers, code that runs,
the same dependencies everywhere.
"""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()


def _blocks(language: str) -> list[str]:
    return [
        block.strip() for block in re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)
    ]


def test_the_first_two_sh_blocks_are_one_command_line_each():
    start, test = _blocks("sh")
    assert "\n" not in start and start.endswith("sprint-live --port 7860")
    assert "\n" not in test and test.endswith("-m pytest")


def test_the_detector_in_the_readme_keeps_the_contract(tmp_path):
    source = next(block for block in _blocks("python") if "def detect" in block)
    file = tmp_path / "laplacian.py"
    file.write_text(source)
    spec = importlib.util.spec_from_file_location("laplacian", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    picture = np.full((64, 64, 3), 255, np.uint8)
    assert not module.detect(picture).any()
    picture[20:40, 20:40] = (200, 30, 30)
    edges = module.detect(picture)
    assert edges.dtype == np.uint8 and edges.shape == (64, 64) and 0 < (edges == 255).sum() < 400


def test_requirements_of_a_space_are_the_dependencies_of_the_project_and_openvino():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["openvino"]]
    listed = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if line and line[0] != "#"]
    assert listed == wanted


def test_the_space_runs_the_gradio_that_is_tested():
    pins = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line)
    assert re.search(r"^sdk_version: (.+)$", README, flags=re.MULTILINE)[1] == pins["gradio"]


def test_every_number_of_the_speed_table_comes_from_its_benchmark_file():
    table = README.split("<!-- bench -->")[1].split("<!-- /bench -->")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in table.strip().splitlines()
        if line.startswith("|")
    ][2:]
    assert rows
    for row in rows:
        if not row[-1]:
            assert row[-2] == "not measured yet"
            continue
        file, path = re.search(r"\((assets/bench/[^)]+)\)", row[-1])[1], re.search(r"`([^`]+)`", row[-1])[1]
        value = json.loads((ROOT / file).read_text())
        for key in path.split("/"):
            value = value[key]
        numbers = [float(n) for n in re.findall(r"\d+(?:\.\d+)?", row[-2])]
        expected = [value["median"], value["p95"]] if isinstance(value, dict) else [value]
        assert numbers == [round(e, 1) if e < 100 else round(e) for e in expected], row
