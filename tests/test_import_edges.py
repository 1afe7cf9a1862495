"""Imports follow the direction of the data. This walks the syntax tree of every file and fails on any other edge."""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import sprint_live

ROOT = Path(__file__).resolve().parents[1]

# a layer -> the layers of this project it may import, besides itself
ALLOWED = {
    "errors": set(),
    "trigflow": {"errors"},
    "sampler": {"errors", "trigflow"},
    "hed": {"errors"},
    "maps": {"errors", "hed"},
    "controlnet": {"errors", "maps"},
    "models": {"errors"},
    "pipeline": {"errors", "trigflow", "sampler", "models", "controlnet"},
    "frame": set(),
    "pin": {"errors"},
    "engine": {"errors", "sampler", "models", "controlnet", "maps", "pipeline", "frame", "pin"},
    "train": {"errors", "trigflow", "sampler", "models", "controlnet", "hed", "maps", "pipeline"},
    "live": {"errors", "frame", "pin"},
    "cluster": {"errors", "live"},
    "eval": {"errors", "engine", "frame", "hed", "maps", "models"},
    "bench": {"errors", "engine", "frame", "models", "controlnet", "maps", "pipeline"},
    "cli": {
        "errors",
        "models",
        "controlnet",
        "maps",
        "engine",
        "frame",
        "live",
        "cluster",
        "train",
        "eval",
        "bench",
        "package",
    },
    "package": {"cli"},  # sprint_live itself: lazy names, and python -m sprint_live
}
# a layer -> other packages it must never load, however late
FORBIDDEN = {
    "errors": {"torch", "numpy", "cv2"},
    "trigflow": {"diffusers", "transformers", "numpy", "cv2"},
    "sampler": {"diffusers", "transformers", "numpy", "cv2"},
    "hed": {"diffusers", "transformers", "cv2", "gradio"},
    "maps": {"torch", "diffusers", "transformers", "PIL"},
    "frame": {"torch", "diffusers", "transformers", "cv2"},
    "pin": {"torch", "diffusers", "transformers"},
    "live": {"torch", "diffusers", "transformers", "safetensors", "ray"},
    "cluster": {"torch", "diffusers", "transformers", "safetensors", "gradio"},
    "engine": {"gradio", "fastapi", "starlette", "uvicorn", "websockets"},
    "pipeline": {"gradio", "fastapi", "starlette", "uvicorn", "websockets", "cv2"},
    "models": {"gradio", "cv2"},
    "controlnet": {"gradio", "cv2"},
    "train": {"gradio", "fastapi", "uvicorn"},
    "bench": {"gradio", "fastapi", "uvicorn", "websockets"},
    "eval": {"torch", "diffusers", "transformers", "gradio", "fastapi", "uvicorn"},
}
PIPELINE_FILES = (
    "pipeline",
    "pipeline_arguments",
    "pipeline_components",
    "pipeline_folder",
    "network",
    "prompt_encoding",
)


def layer_of(module: str) -> str | None:
    """The layer a module of this project lies in; None for other packages."""
    parts = module.split(".")
    if parts[0] == "controlnet":
        return {"maps": "maps", "hed_network": "hed"}.get(parts[1] if len(parts) > 1 else "", "controlnet")
    if parts[0] != "sprint_live":
        return None
    if len(parts) == 1 or parts[1] == "__main__":
        return "package"
    if parts[1:3] in (["engine", "frame"], ["engine", "job"]):  # what goes in and what comes out: values, no torch
        return "frame"
    if parts[1:3] == ["engine", "pin"]:
        return "pin"
    return "pipeline" if parts[1] in PIPELINE_FILES else parts[1]


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {
    module_name(path): path for top in ("sprint_live", "controlnet") for path in sorted((ROOT / top).rglob("*.py"))
}


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports, at any depth; `from package import name` counts as package.name where that is one."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; write the whole name"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in FILES else node.module


def wrong_edges(module: str, names: Iterator[str]) -> list[str]:
    here = layer_of(module)
    assert here in ALLOWED, f"{module} lies in no known layer: add it to ALLOWED with what it may import"
    wrong = []
    for name in names:
        there = layer_of(name)
        if there is None and name.split(".")[0] in FORBIDDEN.get(here, ()):
            wrong.append(f"{module} ({here}) imports {name}")
        elif there is not None and there != here and there not in ALLOWED[here]:
            wrong.append(f"{module} ({here}) imports {name} ({there})")
    return wrong


@pytest.mark.parametrize("module", FILES)
def test_imports_go_one_way(module: str) -> None:
    assert not wrong_edges(module, imported(FILES[module]))


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("sprint_live.live.session", "sprint_live.engine.engine"),
        ("sprint_live.live.worker", "torch"),
        ("sprint_live.live.server", "sprint_live.cluster.run"),
        ("sprint_live.live.scheduler", "ray.serve"),
        ("sprint_live.cluster.replica", "sprint_live.engine.load"),
        ("sprint_live.engine.pin", "torch"),
        ("sprint_live.engine.engine", "sprint_live.live.server"),
        ("sprint_live.pipeline", "sprint_live.engine.frame"),
        ("sprint_live.train.student", "sprint_live.engine.load"),
        ("controlnet.branch", "sprint_live.pipeline"),
        ("controlnet.maps.strokes", "torch.nn"),
        ("controlnet.maps.hed_soft", "torch"),
        ("controlnet.hed_network", "controlnet.branch"),
        ("controlnet.hed_network", "cv2"),
        ("sprint_live.models.zoo", "sprint_live.cli"),
        ("sprint_live.eval.colours", "sprint_live.train.data.colours"),
        ("sprint_live.eval.judge", "torch"),
        ("sprint_live.bench.drawing", "sprint_live.live.worker"),
        ("sprint_live.engine.engine", "sprint_live.bench.clock"),
    ],
)
def test_the_test_can_fail(module: str, name: str) -> None:
    assert wrong_edges(module, iter([name]))


def test_everything_public_imports() -> None:
    for name in sprint_live.__all__:
        assert getattr(sprint_live, name).__module__.startswith("sprint_live.")
    assert set(sprint_live.__all__) <= set(dir(sprint_live))
    with pytest.raises(AttributeError, match="nonsense"):
        _ = sprint_live.nonsense
    for package in ("controlnet", "sprint_live.errors", "sprint_live.live", "sprint_live.models.zoo"):
        module = importlib.import_module(package)
        assert all(hasattr(module, name) for name in getattr(module, "__all__", ()))


def test_only_learned_detectors_reach_a_network_and_only_inside_functions() -> None:
    for module, path in FILES.items():
        if layer_of(module) == "maps" and "controlnet.hed_network" in imported(path):
            assert module.startswith("controlnet.maps.hed_")
            top = ast.Module(
                [node for node in ast.parse(path.read_text()).body if not isinstance(node, ast.FunctionDef)], []
            )
            assert "hed_network" not in ast.unparse(top), module


def test_listing_and_loading_detectors_costs_no_torch() -> None:
    import subprocess

    script = "import sys, controlnet.maps as m; [m.load_detector(n) for n in m.detector_names()]; print('torch' in sys.modules, 'diffusers' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == ["False", "False"]


def test_importing_the_package_is_light() -> None:
    import subprocess

    script = "import sys, sprint_live, sprint_live.errors, sprint_live.engine.frame, sprint_live.engine.job, sprint_live.engine.pin, sprint_live.models.zoo; print('torch' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "False"
