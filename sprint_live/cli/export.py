"""`sprint-live export onnx OUT`: the networks of sprint-tiny as ONNX graphs, each compared with torch."""

from __future__ import annotations

import argparse
from pathlib import Path

from sprint_live.errors import ArgumentError, OutputError, refusal

NAME = "export"
HELP = "write the networks of sprint-tiny as ONNX graphs (float16 weights), each checked against torch"
MODEL = "sprint-tiny"  # the one model with a text encoder of its own


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("format", choices=("onnx",), help="the format to write: onnx")
    parser.add_argument("out", type=Path, metavar="OUT", help="folder to write: empty or new")


def run(args: argparse.Namespace) -> int:
    if args.out.exists() and (not args.out.is_dir() or any(args.out.iterdir())):
        raise ArgumentError(
            refusal(got=f"{args.out}, which is not empty", accepted="a new or an empty folder", fix="choose another")
        )
    from sprint_live.site.export import checked_graphs

    total = 0
    try:
        args.out.mkdir(parents=True, exist_ok=True)
        for name, graph in checked_graphs(MODEL):
            data = graph.model.SerializeToString()
            (args.out / f"{name}.onnx").write_bytes(data)
            total += len(data)
            print(f"{name}.onnx: {len(data) / 1e6:.1f} MB, at most {graph.max_error:.1e} from torch", flush=True)
    except OSError as error:
        raise OutputError(
            f"cannot write {args.out}: {error.strerror or error}; fix: free space or choose another folder"
        ) from error
    print(f"{args.out}: {total / 1e6:.1f} MB")
    return 0
