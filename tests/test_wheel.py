"""The wheel draws: built, installed away from the repository, and started there with nothing else of the project.

The environment is empty but for a line that lets it see the dependencies of the tests' own environment, so that nothing
is downloaded. That line adds a folder and does not run the .pth files in it, so the checkout is not seen.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.skipif(
    find_spec("pip") is None or find_spec("hatchling") is None,
    reason="needs pip and hatchling: pip install -e '.[test]'",
)
PHOTO = ROOT / "tests" / "maps" / "photos" / "chelsea.jpg"
PYPI_TAKES_BYTES = 100 * 10**6
DRAW = """
import sys
from PIL import Image
from sprint_live import load_engine

frame = load_engine("sprint-tiny").draw(Image.open("cat.png"), "a cat, comic", seed=1, size=512)
frame.image.save("from_python.png")
"""
WHERE = "import json, controlnet, sprint_live; print(json.dumps([controlnet.__file__, sprint_live.__file__]))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    _python("-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", out, ROOT, cwd=out)
    [built] = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """A virtual environment with the wheel; its folder of programs."""
    environment = tmp_path_factory.mktemp("environment")
    _python("-m", "venv", "--without-pip", environment, cwd=environment)
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    pip = ("-m", "pip", "--python", programs / "python", "install", "-q", "--no-deps", "--no-index", wheel)
    _python(*pip, cwd=environment)
    scheme = {"base": str(environment), "platbase": str(environment)}
    packages = Path(sysconfig.get_path("purelib", "venv", vars=scheme))
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return programs


@pytest.fixture
def elsewhere(tmp_path) -> Path:
    """A working folder with a drawing and a photo."""
    shutil.copy(ROOT / "assets" / "drawings" / "cat.png", tmp_path)
    shutil.copy(PHOTO, tmp_path / "photo.jpg")
    return tmp_path


def _python(*arguments: object, cwd: Path) -> str:
    return _run(sys.executable, *arguments, cwd=cwd)


def _run(*words: object, cwd: Path) -> str:
    """What a program prints, started without the tests' own paths and caches."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SPRINT_LIVE", "XDG"))}
    caches = {"XDG_CACHE_HOME": str(cwd / "cache"), "LOCALAPPDATA": str(cwd / "cache")}
    done = subprocess.run(
        list(map(str, words)), cwd=cwd, env={**kept, **caches}, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done.stdout


def _share_of_lines(picture: Path, drawing: Path) -> tuple[float, float]:
    """Of the drawing's ink, and of the page away from it: how much lies within 3 pixels of an edge of the picture."""
    picture_u8 = cv2.imread(str(picture), cv2.IMREAD_GRAYSCALE)
    assert picture_u8.shape == (512, 512)
    ink = np.asarray(Image.open(drawing).convert("L").resize((512, 512), Image.Resampling.BOX)) < 128
    edges_u8 = cv2.dilate(cv2.Canny(picture_u8, 60, 120), np.ones((7, 7), np.uint8))
    away = cv2.dilate(ink.astype(np.uint8), np.ones((41, 41), np.uint8)) == 0
    return float((edges_u8[ink] > 0).mean()), float((edges_u8[away] > 0).mean())


def test_the_wheel_has_the_models_and_fits_on_pypi(wheel):
    assert wheel.stat().st_size < PYPI_TAKES_BYTES
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        notices = [name for name in names if re.search(r"licenses/(LICENSE|NOTICE)$", name)]
        sums = archive.read("sprint_live/assets/sprint-tiny/SHA256SUMS").decode().split()[1::2]
    weights = {name for name in names if name.endswith(".safetensors")}
    tiny = {f"sprint_live/assets/sprint-tiny/{name}" for name in sums if name.endswith(".safetensors")}
    assert weights == {*tiny, "controlnet/assets/hed/hed.safetensors"} and len(tiny) >= 4
    assert len(notices) == 2
    top = {name.partition("/")[0] for name in names}
    assert {name for name in top if not name.endswith(".dist-info")} == {"sprint_live", "controlnet"}


def test_an_editable_install_copies_no_weights(tmp_path):
    """`pip install -e .` of the README points at the checkout; a copy of the weights in it would grow old."""
    build = "import sys; from hatchling.build import build_editable; print(build_editable(sys.argv[1]))"
    name = _python("-c", build, tmp_path, cwd=ROOT).strip()
    with zipfile.ZipFile(tmp_path / name) as archive:
        [path_file] = [name for name in archive.namelist() if name.endswith(".pth")]
        assert Path(archive.read(path_file).decode().strip()) == ROOT
        assert not any(name.startswith(("sprint_live/", "controlnet/")) for name in archive.namelist())


def test_an_installed_wheel_draws_from_python_and_with_the_console_script(installed, elsewhere):
    files = json.loads(_run(installed / "python", "-c", WHERE, cwd=elsewhere))
    assert all(Path(file).is_relative_to(installed.parent) for file in files), files
    _run(installed / "python", "-c", DRAW, cwd=elsewhere)
    command = ("draw", "cat.png", "--prompt", "a cat, comic", "--seed", 1, "--size", 512)
    _run(installed / "sprint-live", *command, "--out", "from_command.png", cwd=elsewhere)
    for name in ("from_python.png", "from_command.png"):
        on_lines, away = _share_of_lines(elsewhere / name, elsewhere / "cat.png")
        assert on_lines > 0.85 and away < 0.2, (name, on_lines, away)
    one, other = (np.asarray(Image.open(elsewhere / f"from_{way}.png"), int) for way in ("python", "command"))
    assert np.abs(one - other).mean() < 1  # the same picture; two processes may differ by rounding


def test_an_installed_wheel_finds_lines_with_the_learned_detector(installed, elsewhere):
    command = ("lines", "photo.jpg", "--detector", "hed_scribble", "--size", 256, "--out", "lines.png")
    _run(installed / "sprint-live", *command, cwd=elsewhere)
    lines_u8 = np.asarray(Image.open(elsewhere / "lines.png"))
    assert set(np.unique(lines_u8)) == {0, 255} and 0.02 < (lines_u8 == 255).mean() < 0.5
