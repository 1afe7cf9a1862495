"""Imports follow the direction of the data. This walks the syntax tree of every file and fails on any other edge."""

from __future__ import annotations

import ast
import graphlib
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

import sprint_live
from support.paths import ROOT

# a room -> the rooms of this project it may import, besides itself
ALLOWED = {
    "controlnet.errors": set(),
    "errors": {"controlnet.errors"},
    "machine": set(),
    "thinning": set(),
    "private_folders": {"errors"},
    "picture_metadata": set(),
    "picture_files": {"errors", "picture_metadata"},
    "api.draw_settings": {"errors"},  # numbers and their ranges, for the mathematics too
    "api": {"errors", "api.draw_settings"},
    "diffusion": {"errors", "api.draw_settings"},
    "hed": {"controlnet.errors"},
    "maps": {"controlnet.errors", "hed"},
    "controlnet": {"controlnet.errors", "maps"},
    "models": {"errors", "private_folders"},
    "pipeline": {"errors", "api.draw_settings", "diffusion", "models", "controlnet"},
    "engine.base": {"errors"},
    "engine.autoencoder": {"errors", "models", "pipeline", "engine.base"},
    "engine.denoising": {
        *("errors", "api.draw_settings", "diffusion", "models", "controlnet", "pipeline"),
        "engine.base",
    },
    "engine.openvino": {
        *("errors", "api.draw_settings", "diffusion", "models", "controlnet", "pipeline"),
        *("engine.base", "engine.autoencoder", "engine.denoising", "private_folders", "machine"),
    },
    "engine": {
        *("errors", "api", "api.draw_settings", "diffusion", "models", "controlnet", "maps", "pipeline"),
        *(
            "engine.base",
            "engine.autoencoder",
            "engine.denoising",
            "engine.openvino",
            "picture_files",
            "picture_metadata",
        ),
    },
    "engine.loading": {
        *("errors", "machine", "models", "pipeline", "engine.base", "engine.autoencoder", "engine.openvino", "engine"),
    },
    "train.data": {"errors", "maps", "picture_files"},
    "train.loop": {"errors"},
    "train.networks": {
        *("errors", "diffusion", "models", "controlnet", "pipeline"),
        *("train.data", "train.loop"),
    },
    "train.methods": {"errors", "diffusion", "models", "controlnet", "train.loop", "train.networks"},
    "train": {
        *("errors", "machine", "diffusion", "models", "controlnet", "pipeline"),
        *("train.data", "train.loop", "train.networks", "train.methods"),
    },
    "live.canvas": {"errors", "api", "api.draw_settings", "picture_files", "thinning"},
    "live.observability": {"errors"},
    "live.moderation": {"errors", "live.observability"},
    "live.wire": {"errors", "api", "api.draw_settings", "live.canvas"},
    "live.security": {"errors", "live.wire"},
    "live.rendering": {"errors", "api", "live.canvas", "live.wire", "live.moderation", "live.observability"},
    "live.sessions": {"errors", "api", "live.canvas", "live.wire", "live.rendering", "live.observability"},
    "live.transports": {"errors", "live.wire", "live.security", "live.sessions"},
    "live.server": {
        *("errors", "api", "api.draw_settings", "live.canvas", "live.wire", "live.security", "live.moderation"),
        *("live.observability", "live.rendering", "live.sessions", "live.transports", "private_folders"),
        "machine",
    },
    "live.loadtest": {
        *("errors", "api", "live.canvas", "live.wire", "live.security", "live.rendering", "live.sessions"),
        *("live.server", "machine"),
    },
    "live": {"live.server"},  # sprint_live.live itself: `serve`, loaded on first use
    "cluster": {
        *("errors", "live.security", "live.moderation", "live.observability"),
        *("live.rendering", "live.sessions", "live.server", "private_folders", "machine"),
    },
    "eval": {"errors", "api", "api.draw_settings", "engine", "hed", "maps", "thinning"},
    "suites": {"errors"},
    "site": {"errors", "models", "controlnet", "pipeline", "engine.openvino"},
    "bench": {
        *("errors", "machine", "api", "api.draw_settings", "models", "controlnet", "maps", "pipeline"),
        *("engine.base", "engine", "engine.autoencoder", "engine.loading"),
    },
    "cli": {
        *("errors", "api", "api.draw_settings", "models", "controlnet"),
        *("engine.base", "engine", "engine.loading"),
        *("live", "live.server", "live.loadtest", "cluster", "train", "train.data", "train.loop"),
        *("train.networks", "train.methods", "eval", "suites", "site", "bench", "package", "private_folders"),
        "machine",
    },
    "package": {"cli", "errors", "api", "pipeline", "engine", "engine.loading"},  # sprint_live itself: lazy names
}
ENGINE_BASE = ("cpu_features", "fp8", "hooks", "jpeg", "lru_cache", "switch_table", "switches")
"""Files at the engine's top that its rooms stand on; the other files there stand on the rooms."""
WEB_FRAMEWORKS = {"gradio", "fastapi", "starlette", "uvicorn", "websockets"}
# a room, or a whole floor -> other packages it must never load, however late
FORBIDDEN = {
    "controlnet.errors": {"torch", "numpy", "cv2"},
    "errors": {"torch", "numpy", "cv2"},
    "machine": {"torch", "numpy", "cv2", *WEB_FRAMEWORKS},
    "thinning": {"torch", "cv2", *WEB_FRAMEWORKS},
    "private_folders": {"torch", "numpy", "cv2", "gradio"},
    "picture_files": {"torch", "cv2", *WEB_FRAMEWORKS},
    "api": {"torch", "diffusers", "transformers"},
    "diffusion": {"diffusers", "transformers", "numpy", "cv2"},
    "hed": {"diffusers", "transformers", "cv2", "gradio"},
    "maps": {"torch", "diffusers", "transformers", "PIL"},
    "live": {"torch", "diffusers", "transformers", "safetensors", "ray"},
    "live.canvas": WEB_FRAMEWORKS,
    "live.wire": WEB_FRAMEWORKS,
    "live.rendering": WEB_FRAMEWORKS,
    "live.sessions": WEB_FRAMEWORKS,
    "live.moderation": WEB_FRAMEWORKS,
    "cluster": {"torch", "diffusers", "transformers", "safetensors", "gradio"},
    "engine": WEB_FRAMEWORKS,
    "pipeline": {*WEB_FRAMEWORKS, "cv2"},
    "models": {"gradio", "cv2"},
    "controlnet": {"gradio", "cv2"},
    "train": {"gradio", "fastapi", "uvicorn"},
    "bench": {"gradio", "fastapi", "uvicorn", "websockets"},
    "suites": WEB_FRAMEWORKS,
    "site": {*WEB_FRAMEWORKS, "cv2"},
    "eval": {"torch", "diffusers", "transformers", "gradio", "fastapi", "uvicorn"},
}
MAX_FILES_A_FOLDER = 25


def room_of(module: str) -> str | None:
    """The room a module of this project lies in; None for other packages."""
    parts = module.split(".")
    if parts[0] == "controlnet":
        return {"maps": "maps", "hed_network": "hed", "errors": "controlnet.errors"}.get(
            parts[1] if len(parts) > 1 else "", "controlnet"
        )
    if parts[0] != "sprint_live":
        return None
    if len(parts) == 1 or parts[1] == "__main__":
        return "package"
    if parts[1] == "engine" and parts[2:] and parts[2] in ENGINE_BASE:
        return "engine.base"
    if parts[1] == "coded_text":
        return "errors"
    inner = ".".join(parts[1:3])
    return inner if inner in ALLOWED else parts[1]


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {
    module_name(path): path for top in ("sprint_live", "controlnet") for path in sorted((ROOT / top).rglob("*.py"))
}


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports, at any depth; `from package import name` counts as package.name where that is
    one.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; write the whole name"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in FILES else node.module


def wrong_edges(module: str, names: Iterator[str]) -> list[str]:
    here = room_of(module)
    assert here in ALLOWED, f"{module} lies in no known room: add it to ALLOWED with what it may import"
    forbidden = FORBIDDEN.get(here, set()) | FORBIDDEN.get(here.split(".")[0], set())
    wrong = []
    for name in names:
        there = room_of(name)
        if there is None and name.split(".")[0] in forbidden:
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
        ("sprint_live.live.sessions.session", "sprint_live.engine.engine"),
        ("sprint_live.live.rendering.worker", "torch"),
        ("sprint_live.live.server.server", "sprint_live.cluster.run"),
        ("sprint_live.live.sessions.scheduler", "ray.serve"),
        ("sprint_live.cluster.replica", "sprint_live.engine.loading.load"),
        ("sprint_live.api.pin", "torch"),
        ("sprint_live.engine.engine", "sprint_live.live.server.server"),
        ("sprint_live.pipeline.sana_sprint", "sprint_live.api.frame"),
        ("sprint_live.live.canvas.journal", "sprint_live.live.wire.messages"),
        ("sprint_live.live.wire.decoding", "sprint_live.live.sessions.session"),
        ("sprint_live.live.sessions.hub", "sprint_live.live.transports.websocket"),
        ("sprint_live.live.rendering.worker", "sprint_live.live.sessions.scheduler"),
        ("sprint_live.live.canvas.raster", "gradio"),
        ("sprint_live.engine.denoising.fast", "sprint_live.engine.engine"),
        ("sprint_live.engine.switches", "sprint_live.engine.explain"),
        ("sprint_live.train.loop.run", "sprint_live.train.networks.teacher"),
        ("sprint_live.train.networks.student", "sprint_live.engine.loading.load"),
        ("controlnet.branch", "sprint_live.pipeline.sana_sprint"),
        ("controlnet.graft", "sprint_live.errors"),
        ("controlnet.maps.strokes", "sprint_live.thinning"),
        ("controlnet.errors", "sprint_live.coded_text"),
        ("controlnet.maps.strokes", "torch.nn"),
        ("controlnet.maps.hed_soft", "torch"),
        ("controlnet.hed_network", "controlnet.branch"),
        ("controlnet.hed_network", "cv2"),
        ("sprint_live.models.zoo", "sprint_live.cli"),
        ("sprint_live.eval.colors", "sprint_live.train.data.colors"),
        ("sprint_live.eval.judge", "torch"),
        ("sprint_live.bench.drawing", "sprint_live.live.rendering.worker"),
        ("sprint_live.engine.engine", "sprint_live.bench.clock"),
    ],
)
def test_the_test_can_fail(module: str, name: str) -> None:
    assert wrong_edges(module, iter([name]))


def test_no_room_stands_on_itself() -> None:
    above = {room: below - {"package"} for room, below in ALLOWED.items()}  # sprint_live.cli reads the version
    list(graphlib.TopologicalSorter(above).static_order())  # raises CycleError


def test_no_file_of_controlnet_imports_sprint_live() -> None:
    assert not {
        f"{module} imports {name}"
        for module, path in FILES.items()
        for name in imported(path)
        if module.split(".")[0] == "controlnet" and name.split(".")[0] == "sprint_live"
    }


def test_no_module_imports_itself_by_way_of_others() -> None:
    at_import = {module: {name for name in top_level_imports(path) if name in FILES} for module, path in FILES.items()}
    list(graphlib.TopologicalSorter(at_import).static_order())


def top_level_imports(path: Path) -> Iterator[str]:
    """What a file imports as soon as it is imported: not in functions, not for type checkers."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in FILES else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_no_folder_is_a_heap() -> None:
    for top in ("sprint_live", "controlnet", "tests"):
        for folder in [ROOT / top, *(ROOT / top).rglob("*/")]:
            name = folder.relative_to(ROOT).as_posix()
            num_files = sum(path.is_file() and path.suffix != ".pyc" for path in folder.iterdir())
            assert num_files <= MAX_FILES_A_FOLDER, f"{name} has {num_files} files"


def test_everything_public_imports() -> None:
    for name in sprint_live.__all__:
        assert getattr(sprint_live, name).__module__.startswith(("sprint_live.", "controlnet.errors"))
    assert set(sprint_live.__all__) <= set(dir(sprint_live))
    with pytest.raises(AttributeError, match="nonsense"):
        _ = sprint_live.nonsense
    for package in (
        "controlnet",
        "controlnet.errors",
        "sprint_live.errors",
        "sprint_live.live",
        "sprint_live.models.zoo",
    ):
        module = importlib.import_module(package)
        assert all(hasattr(module, name) for name in getattr(module, "__all__", ()))


def test_only_learned_detectors_reach_a_network_and_only_inside_functions() -> None:
    for module, path in FILES.items():
        if room_of(module) == "maps" and "controlnet.hed_network" in imported(path):
            assert module.startswith("controlnet.maps.hed_")
            top = ast.Module(
                [node for node in ast.parse(path.read_text()).body if not isinstance(node, ast.FunctionDef)], []
            )
            assert "hed_network" not in ast.unparse(top), module
