"""`sprint-live data`: dataset folders for `sprint-live train`, composed from emoji or made of your own pictures."""

from __future__ import annotations

import argparse
from pathlib import Path

NAME = "data"
HELP = "build or check a dataset folder: pictures, captions and control maps in shards"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    build = commands.add_parser("build", help="write the missing shards, a manifest and a contact sheet")
    build.add_argument(
        "--out",
        type=Path,
        default=Path("runs/sprint-tiny/data"),
        help="dataset folder, resumable (default: %(default)s)",
    )
    source = build.add_mutually_exclusive_group()
    source.add_argument(
        "--node-modules",
        type=Path,
        default=Path("runs/node_modules"),
        help="compose scenes from the npm packages of emoji in this folder (default: %(default)s)",
    )
    source.add_argument("--images", type=Path, help="your pictures: a folder with NAME.txt or NAME.json beside each")
    source.add_argument(
        "--webdataset", type=Path, nargs="+", metavar="TAR", help="your pictures: uncompressed WebDataset tars"
    )
    source.add_argument(
        "--dataset",
        type=Path,
        help="your pictures: a folder of the Hugging Face datasets library, or of .parquet files",
    )
    build.add_argument(
        "--detector",
        action="append",
        metavar="NAME",
        help="detector for the control maps of your pictures; may be repeated (default: canny)",
    )
    build.add_argument("--size", type=int, help="side in pixels (default: 512 for scenes, 1024 for your pictures)")
    build.add_argument("--scenes", type=int, default=20_500, help="how many scenes to compose (default: %(default)s)")
    build.add_argument(
        "--mix",
        default="even",
        help="which scenes to compose: even, parts (common things whose parts' colors are said), or named "
        "(sixty of them, drawn large) (default: %(default)s)",
    )
    build.add_argument("--per-shard", type=int, default=500, help="samples per shard (default: %(default)s)")
    build.add_argument("--license", "--licence", default="not stated", help="of your pictures, for the manifest")
    build.add_argument("--seed", type=int, default=0)
    build.add_argument("--workers", type=int, default=2, help="processes (default: %(default)s)")
    check = commands.add_parser("check", help="compare the shards with the manifest")
    check.add_argument("folder", type=Path, help="a dataset folder")


def run(args: argparse.Namespace) -> int:
    if args.action == "check":
        return _check(args.folder)
    from sprint_live.errors import ArgumentError, refusal

    if args.scenes < 1 or args.per_shard < 1 or args.workers < 1:
        raise ArgumentError(
            refusal(
                got=f"--scenes {args.scenes} --per-shard {args.per_shard} --workers {args.workers}",
                accepted="1 or more",
                fix="raise them",
            )
        )
    manifest = _build_pictures(args) if args.images or args.webdataset or args.dataset else _build_scenes(args)
    _report(manifest)
    return 0


def _build_scenes(args: argparse.Namespace) -> Path:
    from sprint_live.train.data.compose import SceneOptions, build_scenes

    return build_scenes(
        SceneOptions(
            node_modules=args.node_modules,
            out=args.out,
            num_scenes=args.scenes,
            scenes_per_shard=args.per_shard,
            side_px=args.size or 512,
            seed=args.seed,
            mix=args.mix,
            num_workers=args.workers,
        )
    )


def _build_pictures(args: argparse.Namespace) -> Path:
    from sprint_live.train.data.collect import PictureOptions, build_pictures
    from sprint_live.train.data.sources import DatasetSource, FolderSource, TarSource

    options = PictureOptions(
        out=args.out,
        detectors=tuple(args.detector or ("canny",)),
        side_px=args.size or 1024,
        pictures_per_shard=args.per_shard,
        seed=args.seed,
        num_workers=args.workers,
        license=args.license,
    )
    source = (
        FolderSource(args.images)
        if args.images
        else TarSource(args.webdataset)
        if args.webdataset
        else DatasetSource(args.dataset)
    )
    return build_pictures(source, options)


def _report(manifest: Path) -> None:
    import json

    content = json.loads(manifest.read_text("utf-8"))
    print(f"{manifest.parent}: {content['num_samples']} samples in {len(content['sha256'])} shards; see contact.png")
    if content["num_left_out"]:
        print(f"{content['num_left_out']} left out, all named in manifest.json:")
        for entry in content["left_out"][:10]:
            print(f"  {entry['name']}: {entry['reason']}")


def _check(folder: Path) -> int:
    from sprint_live.train.data.manifest import check

    wrong = check(folder)
    for line in wrong:
        print(line)
    print(
        f"{folder}: "
        + (f"{len(wrong)} shards differ from the manifest; remove them and build again" if wrong else "as built")
    )
    return 1 if wrong else 0
