"""The guide for an RTX 4090: its figures are the program's own, and each command is parsed whole, values included."""

from __future__ import annotations

import re
import shlex

import pytest

from sprint_live.cli import _parser, commands
from sprint_live.engine.switch_table import switch_names
from sprint_live.models.autoencoders import autoencoder_names, find_autoencoder
from sprint_live.models.fit import AS_PUBLISHED, Fit
from sprint_live.models.memory import peak_memory
from sprint_live.models.zoo import find_model
from sprint_live.train.recipes import RECIPES
from support.paths import ROOT

GUIDE = (ROOT / "assets" / "guides" / "rtx-4090.md").read_text("utf-8")
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
