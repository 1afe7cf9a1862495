"""The guide for an RTX 4090: its figures are the program's own, and each command is parsed whole, values included."""

from __future__ import annotations

import re
import shlex
import tomllib

import pytest

from sprint_live.cli import _parser, commands
from sprint_live.engine.switch_table import switch_names
from sprint_live.models.autoencoders import autoencoder_names, find_autoencoder
from sprint_live.models.fit import AS_PUBLISHED, LISTED, Fit
from sprint_live.models.memory import peak_memory
from sprint_live.models.zoo import find_model
from sprint_live.train.recipes import RECIPES
from support.paths import ROOT

GUIDE = (ROOT / "assets" / "guides" / "rtx-4090.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(?:sh|powershell)\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines()]
OURS = re.findall(r"^(?:\.venv[/\\]\w+[/\\])?sprint-live ?(.*)$", GUIDE, flags=re.MULTILINE)


@pytest.mark.parametrize("line", OURS)
def test_the_parser_takes_every_command_with_its_values(line: str) -> None:
    words = shlex.split(line)
    if not words or words[0].startswith("-"):
        words = ["serve", *words]
    args = _parser(commands()).parse_args(words)  # exits where a value is wrong
    if args.command == "train":
        assert args.recipe in RECIPES
    if getattr(args, "model", None) and args.command in ("draw", "doctor"):
        find_model(args.model)
    if getattr(args, "tiny_autoencoder", None):
        assert str(args.tiny_autoencoder) in autoencoder_names()


OF_THE_SYSTEM = {  # no test can run these
    *("wsl --install -d Ubuntu-24.04", "wsl --update", "sudo ubuntu-drivers install nvidia:580"),
    *("sudo apt update", "sudo apt install -y python3-venv python3-dev build-essential"),
    *("sudo snap install astral-uv --classic", "uv venv --seed --python 3.12 .venv"),
    *("winget install Python.Python.3.11", "winget install Microsoft.VCRedist.2015+.x64"),
    "Set-ExecutionPolicy -Scope CurrentUser RemoteSigned",
    *(". .venv/bin/activate", ".venv\\Scripts\\activate"),
    *("python3 -m venv .venv", "py -3.11 -m venv .venv"),
}
INSTALLS = [line.partition("pip install ")[2] for line in LINES if "pip install " in line]
DOWNLOADS = [line.partition("hf download ")[2] for line in LINES if line.startswith("hf download ")]
DRIVER_OF = {"cu130": "580"}  # what NVIDIA's release notes of CUDA 13 name


def test_each_line_is_checked_here_or_is_the_systems() -> None:
    rest = {line for line in LINES if "pip install " not in line and not line.startswith("hf download ")}
    assert {line for line in rest if not re.match(r"(\.venv[/\\]\w+[/\\])?sprint-live\b", line)} == OF_THE_SYSTEM


@pytest.mark.parametrize("line", INSTALLS)
def test_pip_takes_every_install_and_what_it_names_is_there(line: str) -> None:
    commands = pytest.importorskip("pip._internal.commands")
    options, packages = commands.create_command("install").parse_args(shlex.split(line))
    assert all((ROOT / file).is_file() for file in options.constraints)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for editable in options.editables:
        assert set(re.findall(r"[\w-]+", editable)) <= project["optional-dependencies"].keys()
    pinned = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    for package in packages:
        assert any(pin == package or pin.startswith(f"{package}==") for pin in pinned), package


def test_torch_is_built_for_the_cuda_that_the_driver_has() -> None:
    """One index in the guide and in the container, where this torch has one, and the driver it needs."""
    files = ("assets/guides/serving.md", "Dockerfile", "compose.yaml")
    texts = (GUIDE, *((ROOT / file).read_text("utf-8") for file in files))
    [cuda] = {found for text in texts for found in re.findall(r"whl/(cu\d+)", text)}
    assert f"| driver | {DRIVER_OF[cuda]} or newer" in GUIDE and f"nvidia:{DRIVER_OF[cuda]}" in GUIDE
    assert f"CUDA {cuda[2:4]}.{cuda[4:]}" in GUIDE


@pytest.mark.parametrize("line", DOWNLOADS)
def test_hf_takes_every_download(line: str) -> None:
    from huggingface_hub.cli.hf import app

    download = app.get_command(app.make_context("hf", ["download"], resilient_parsing=True), "download")
    values = download.materialize().make_context("download", shlex.split(line)).params  # it is imported when it is used
    assert values["local_dir"] and values["repo_id"].startswith("Efficient-Large-Model/Sana_")


def test_the_whole_way_is_there_in_order() -> None:
    """Nothing is missing between the box and the first picture."""
    steps = (
        *("nvidia-smi", "-m venv", "pip install -c", "sprint-live doctor", "sprint-live bench gpu", "sprint-live draw"),
        *("sprint-live convert", "--controlnet hed-branch"),
    )
    places = [GUIDE.index(step) for step in steps]
    assert places == sorted(places) and len(OURS) >= 10
    for system in ("Windows", "WSL 2", "Ubuntu"):
        assert f"**{system}**" in GUIDE


def test_every_switch_that_is_named_is_one() -> None:
    named = set(re.findall(r"--with ([a-z0-9-]+)", GUIDE))
    assert named >= {"tiny-encoder", "cuda-graph", "fp8-linear", "fp8-decoder"} and named <= set(switch_names())


FITS = {
    "as published": AS_PUBLISHED,
    "`--offload-text`": Fit(offload_text=True),
    "`--quantize-text nf4`": Fit(quantize_text="nf4"),
    "`--quantize-text nf4 --tile`": Fit(quantize_text="nf4", tile=True),
    "`--quantize-text nf4 --quantize-transformer nf4 --tile`": Fit(
        quantize_text="nf4", quantize_transformer="nf4", tile=True
    ),
}


def test_the_memory_of_each_card_is_the_tables_and_fits_it() -> None:
    rows = re.findall(r"^\| (\d+) GB \([^|]*\| ([^|]*) \| ([^|]*) \|$", GUIDE, flags=re.MULTILINE)
    assert [int(card) for card, *_ in rows] == [6, 8, 10, 12, 16, 24]
    checked = 0
    for card, *cells in rows:
        for model, cell in zip(("sana-sprint-0.6b", "sana-sprint-1.6b"), cells, strict=True):
            for words, gib in re.findall(r"((?:`--[^`]*`)|as published): (\d+\.\d)", cell):
                if words not in FITS:
                    continue
                found = peak_memory(find_model(model).parts, FITS[words]).bytes / 2**30
                assert round(found, 1) == float(gib) and found < int(card), (card, model, words)
                checked += 1
    assert checked >= 9
    assert set(FITS.values()) <= set(LISTED)  # each of which tests/engine/gpu/test_memory_table.py walks


def test_what_the_tiny_autoencoders_take_besides_is_their_rows() -> None:
    parts = find_model("sana-sprint-0.6b").parts
    alone = peak_memory(parts, AS_PUBLISHED).bytes
    more = {}
    for name in autoencoder_names():
        entry = find_autoencoder(name)
        halves = [half for half in (entry.encoder, entry.decoder) if half is not None]
        more[name] = (peak_memory(parts, AS_PUBLISHED, tiny=halves).bytes - alone) / 2**30
    assert f"TAESANA takes {more['taesana']:.2f} GiB more, DC-AE-Lite {more['dc-ae-lite']:.1f}." in GUIDE


def _place(folder):
    import torch

    from sprint_live.train.workspace import Workplace

    paths = dict.fromkeys(("work", "node_modules", "text_encoder", "drawings"), folder)
    return Workplace(**paths, max_minutes=1.0, device=torch.device("cpu"))


def test_the_figures_of_training_are_the_dry_runs(tmp_path) -> None:
    from sprint_live.train.dry_run import planned_network
    from sprint_live.train.memory_estimate import student_memory, teacher_memory

    recipe = RECIPES["sana-sprint-0.6b-controlnet"]
    network = planned_network(recipe, _place(tmp_path))
    shape = {"latent_side": 32, "text_tokens": recipe.released.text_tokens, "recompute": True}
    for memory in (teacher_memory(network, **shape, train_base=False), student_memory(network, **shape)):
        four, one = (f"{memory.total(batch) / 2**30:.1f}" for batch in (4, 1))
        assert f"{four} ({one}) GiB" in GUIDE
    for phase in (recipe.teacher[-1], recipe.student[-1]):
        assert f"| {phase.loop.num_updates:,} |" in GUIDE


def test_the_size_of_taesana_is_its_files() -> None:
    num_bytes = sum(file.about_bytes for file in find_autoencoder("taesana").files)
    assert f"{num_bytes / 1e6:.0f} MB, MIT license" in GUIDE
