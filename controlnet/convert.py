"""Read a control branch from published files: a released .pth or .safetensors,
or a diffusers SanaControlNetModel folder.

Nothing in them is executed: a .pth goes through torch.load(weights_only=True), the others through safetensors.
"""

from __future__ import annotations

import math
import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import torch
from diffusers.models.controlnets import SanaControlNetModel
from diffusers.models.transformers.sana_transformer import SanaTransformer2DModel
from safetensors.torch import load_file
from torch import Tensor

from controlnet import released_names
from controlnet.branch import BLOCK_SETTINGS, SanaSprintControlNet
from controlnet.errors import ArgumentError, WeightsError, refusal
from controlnet.graft import EMBEDDINGS

SELF_ATTENTION_HEAD_DIM = 32  # of every released SANA model
CROSS_ATTENTION_HEADS = {1152: 16, 2240: 20}  # by width: 600M and 1600M; no tensor tells
MAX_BLOCKS = 256
MAX_NAMES_SHOWN = 40


def read_released(
    path: Path, *, cross_attention_heads: int | None = None
) -> tuple[SanaTransformer2DModel, SanaSprintControlNet]:
    """The teacher and its branch (released topology, shared stem) from a released ControlNet file, in its precision.

    A .pth holds its tensors under "state_dict", a .safetensors holds nothing else.

    Sizes are read from the tensors. cross_attention_heads: needed for a width that was not released.

    Raises:
        WeightsError: no such file, more in it than tensors, a key missing or unexpected, a wrong shape.
        ArgumentError: the number of heads is not known, or does not divide the width.
    """
    released = _read_tensors(path)
    num_base, num_branch = (_count(path, released, pattern) for pattern in (r"blocks\.(\d+)\.", r"controlnet\.(\d+)\."))
    base_names, branch_names = released_names.transformer_names(num_base), released_names.branch_names(num_branch)
    _refuse_other_keys(path, released, {*base_names, *branch_names})
    if "pos_embed" in released and released["pos_embed"].any():
        warnings.warn(
            f"{path} holds a positional embedding; it is left out: the released 1024 px ControlNets do not read theirs",
            stacklevel=2,
        )
    if num_branch >= num_base:
        raise WeightsError(
            refusal(
                got=f"{path} with {num_branch} branch blocks", accepted=f"1..{num_base - 1}", fix="use another file"
            )
        )
    sizes = _sizes(path, released)
    block = {
        "num_attention_heads": sizes["width"] // SELF_ATTENTION_HEAD_DIM,
        "attention_head_dim": SELF_ATTENTION_HEAD_DIM,
        "num_cross_attention_heads": _heads(sizes["width"], cross_attention_heads),
        "cross_attention_head_dim": sizes["width"] // _heads(sizes["width"], cross_attention_heads),
        "cross_attention_dim": sizes["cross_attention_dim"],
        "mlp_ratio": sizes["mlp_ratio"],
        "qk_norm": None,
    }
    with torch.device("meta"):
        teacher = SanaTransformer2DModel(
            in_channels=sizes["in_channels"],
            out_channels=sizes["in_channels"],
            patch_size=sizes["patch_size"],
            caption_channels=sizes["caption_channels"],
            num_layers=num_base,
            **block,
        )
        branch = SanaSprintControlNet(num_layers=num_branch, **block)
    for model, names in ((teacher, base_names), (branch, branch_names)):
        try:
            model.load_state_dict(released_names.rename(released, names), assign=True)
        except (RuntimeError, ValueError) as error:
            raise WeightsError(
                f"{path} has tensors of other shapes than a SANA ControlNet of its size: {' '.join(str(error).split())}"
            ) from error
    return teacher.eval(), branch.eval()


def read_diffusers(folder: Path) -> SanaSprintControlNet:
    """The branch of a diffusers SanaControlNetModel folder: diffusers' topology, and its own stem without block 0.

    Time is that of SanaControlNetPipeline: 1000 s as a whole number.

    Raises:
        WeightsError: the folder is not such a model, or has a positional embedding.
    """
    try:
        theirs, report = SanaControlNetModel.from_pretrained(
            folder, local_files_only=True, use_safetensors=True, low_cpu_mem_usage=False, output_loading_info=True
        )
    except Exception as error:  # diffusers raises many kinds for a broken folder
        raise WeightsError(f"{folder} cannot be read as diffusers' SanaControlNetModel: {error}") from error
    wrong = {
        kind: list(report[kind]) for kind in ("missing_keys", "unexpected_keys", "mismatched_keys") if report.get(kind)
    }
    if wrong or theirs.config.interpolation_scale is not None:
        raise WeightsError(f"{folder} is no SanaControlNetModel we can use: {wrong or 'it has a positional embedding'}")
    settings = {name: theirs.config[name] for name in BLOCK_SETTINGS if name != "qk_norm"}
    with torch.device("meta"):
        branch = SanaSprintControlNet(
            num_layers=theirs.config.num_layers,
            **settings,
            qk_norm=None,
            topology="diffusers",
            stem="own",
            in_channels=theirs.config.in_channels,
            patch_size=theirs.config.patch_size,
            caption_channels=theirs.config.caption_channels,
        )
    branch.load_state_dict({_our_name(name): tensor for name, tensor in theirs.state_dict().items()}, assign=True)
    return branch.eval()


def _our_name(name: str) -> str:
    if name.startswith(EMBEDDINGS):
        return f"own_stem.{name}"
    for theirs, ours in (
        ("transformer_blocks.", "blocks."),
        ("controlnet_blocks.", "after_proj."),
        ("input_block.", "before_proj."),
    ):
        if name.startswith(theirs):
            return ours + name.removeprefix(theirs)
    return name


def _read_tensors(path: Path) -> dict[str, Tensor]:
    if not path.is_file():
        raise WeightsError(refusal(got=f"no file {path}", accepted="a released ControlNet file", fix="check the path"))
    if path.suffix == ".safetensors":
        try:
            return load_file(path)
        except Exception as error:  # safetensors raises its own kind
            raise WeightsError(f"{path} cannot be read as safetensors ({error}); fix: download it again") from error
    try:
        file = torch.load(path, map_location="cpu", weights_only=True, mmap=zipfile.is_zipfile(path))
    except Exception as error:  # pickle, zipfile and torch each raise their own
        raise WeightsError(
            f"{path} cannot be read as tensors alone ({type(error).__name__}: {' '.join(str(error).split())[:200]}); "
            "fix: download it again; a file that needs code to run is never loaded"
        ) from error
    state = file.get("state_dict") if isinstance(file, Mapping) else None
    if not isinstance(state, Mapping) or not all(isinstance(tensor, Tensor) for tensor in state.values()):
        found = ", ".join(map(str, list(file)[:8])) if isinstance(file, Mapping) else type(file).__name__
        raise WeightsError(
            refusal(
                got=f"{path} holding {found}", accepted='tensors under "state_dict"', fix="use the released checkpoint"
            )
        )
    return dict(state)


def _count(path: Path, released: Iterable[str], pattern: str) -> int:
    indices = [int(found[1]) for key in released if (found := re.match(pattern, key))]
    count = max(indices, default=0) + 1
    if count > MAX_BLOCKS:
        raise WeightsError(
            refusal(got=f"{path} with block {count - 1}", accepted=f"up to {MAX_BLOCKS} blocks", fix="use another file")
        )
    return count


def _refuse_other_keys(path: Path, released: Iterable[str], expected: set[str]) -> None:
    found = set(released)
    problems = {"missing": expected - found, "unexpected": found - expected - set(released_names.NOT_WEIGHTS)}
    if any(problems.values()):
        listed = "; ".join(f"{len(keys)} {kind}: {_listed(keys)}" for kind, keys in problems.items() if keys)
        raise WeightsError(f"{path} is not a released SANA ControlNet: {listed}")


def _listed(keys: set[str]) -> str:
    shown = sorted(keys)[:MAX_NAMES_SHOWN]
    return ", ".join(shown) + (f" and {len(keys) - len(shown)} more" if len(keys) > len(shown) else "")


def _sizes(path: Path, released: Mapping[str, Tensor]) -> dict[str, int | float]:
    patches, captions = released["x_embedder.proj.weight"], released["y_embedder.y_proj.fc1.weight"]
    keys, expanded = (
        released["blocks.0.cross_attn.kv_linear.weight"],
        released["blocks.0.mlp.inverted_conv.conv.weight"],
    )
    if patches.ndim != 4 or captions.ndim != 2 or keys.ndim != 2 or expanded.ndim != 4:
        raise WeightsError(
            f"{path}: x_embedder, y_embedder or block 0 has tensors of another rank than SANA's; fix: use the "
            "released checkpoint"
        )
    width = patches.shape[0]
    return {
        "width": width,
        "in_channels": patches.shape[1],
        "patch_size": patches.shape[2],
        "caption_channels": captions.shape[1],
        "cross_attention_dim": keys.shape[1],
        "mlp_ratio": _ratio(expanded.shape[0] // 2, width),
    }


def _ratio(hidden: int, width: int) -> float:
    """The ratio r with int(r * width) == hidden: floating-point division may fall just below it."""
    ratio = hidden / width
    return ratio if int(ratio * width) == hidden else math.nextafter(ratio, math.inf)


def _heads(width: int, asked: int | None) -> int:
    heads = CROSS_ATTENTION_HEADS.get(width, 0) if asked is None else asked
    if heads < 1 or width % heads or width % SELF_ATTENTION_HEAD_DIM:
        raise ArgumentError(
            refusal(
                got=f"a checkpoint of width {width} with {asked or 'an unknown number of'} cross-attention heads, "
                "which no tensor tells",
                accepted=f"widths {', '.join(map(str, CROSS_ATTENTION_HEADS))}, or a multiple of "
                f"{SELF_ATTENTION_HEAD_DIM} with a divisor of it",
                fix="pass --cross-attention-heads (cross_attention_heads in Python)",
            )
        )
    return heads
