"""`sprint-live convert FILE.pth --out DIR`: a published SANA control branch, or TAESANA's two files,
as Sprint Live loads them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sprint_live.errors import ArgumentError, OutputError, refusal

NAME = "convert"
TAESANA_NAMES = ("taesana_encoder.pth", "taesana_decoder.pth")
HELP = (
    "turn a released SANA ControlNet (.pth or .safetensors, or a diffusers folder) into a branch for --controlnet, or "
    "TAESANA's files into a folder for --tiny-autoencoder"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source",
        type=Path,
        metavar="FILE",
        help="a released ControlNet .pth or .safetensors, a diffusers SanaControlNetModel folder, or a folder with "
        "taesana_encoder.pth and taesana_decoder.pth",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write: empty or new")
    parser.add_argument(
        "--stem",
        choices=("own", "shared"),
        default="own",
        help="own: the branch keeps its teacher's embeddings and block 0, for use on a Sprint model; shared: the "
        "branch alone, to be trained on (default: %(default)s)",
    )
    parser.add_argument(
        "--cross-attention-heads",
        type=int,
        default=None,
        metavar="N",
        help="for a width that was not released: the tensors do not contain this number",
    )


def run(args: argparse.Namespace) -> int:
    _check_out(args.out)
    encoder, decoder = (args.source / name for name in TAESANA_NAMES)
    if encoder.is_file() or decoder.is_file():
        return _convert_taesana(encoder, decoder, args.out)
    from controlnet.convert import read_diffusers, read_released
    from controlnet.graft import graft
    from sprint_live.models.sums import record_weights

    if args.source.is_dir():
        if args.stem == "shared":
            raise ArgumentError(
                refusal(got="--stem shared for a diffusers folder", accepted="own", fix="leave --stem out")
            )
        branch = read_diffusers(args.source)
    else:
        teacher, branch = read_released(args.source, cross_attention_heads=args.cross_attention_heads)
        branch = branch if args.stem == "shared" else graft(teacher, branch)
    try:
        branch.save_pretrained(args.out)
        record_weights(args.out)
    except OSError as error:
        raise OutputError(
            f"cannot write {args.out}: {error.strerror or error}; fix: free space or choose another --out"
        ) from error
    precision = str(branch.dtype).removeprefix("torch.")
    print(
        f"{args.out}: {branch.config['topology']} topology, {branch.config['stem']} stem, {len(branch.blocks)} blocks "
        f"of width {branch.width}, {branch.num_parameters() / 1e6:.1f} M parameters in {precision}"
    )
    return 0


def _convert_taesana(encoder: Path, decoder: Path, out: Path) -> int:
    from sprint_live.models.taesana_files import write_taesana

    write_taesana(encoder, decoder, out)
    print(f"{out}: TAESANA's encoder and decoder; use it with --tiny-autoencoder {out}")
    return 0


def _check_out(out: Path) -> None:
    """Refuse a folder that holds something before a file of gigabytes is read."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ArgumentError(
            refusal(got=f"--out {out}, which is not empty", accepted="a new or an empty folder", fix="choose another")
        )
