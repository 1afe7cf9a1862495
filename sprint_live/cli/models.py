"""`sprint-live models`: lists the models with their licenses and memory."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sprint_live.models.autoencoders import NamedAutoencoder
    from sprint_live.models.zoo import ZooModel

NAME = "models"
HELP = "list the models and tiny autoencoders: sizes, styles, license, memory, whether their weights are downloaded"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object per line")


# assets/bench/graft.json: 48 held-out scenes, sprint-tiny's own teacher and student; 30 updates bring 0.65
_BRANCH = (
    "none is published; --controlnet takes a converted teacher's branch (a graft: on sprint-tiny it kept 0.64 of a "
    "sketch's lines, its own branch 0.66)"
)


def run(args: argparse.Namespace) -> int:
    from sprint_live.models.autoencoders import autoencoder_names, find_autoencoder
    from sprint_live.models.zoo import find_model, model_names

    entries = [_entry(find_model(name)) for name in model_names()]
    for entry in entries:
        if args.json:
            print(json.dumps(entry))
            continue
        print(f"{entry['name']}  {entry['title']}")
        print(f"  weights  {_whereabouts(entry)}")
        print(f"  sizes    {', '.join(map(str, entry['sizes']))} px{_other_shapes(entry)}")
        print(f"  styles   {', '.join(entry['styles'])}")
        print(f"  license  {entry['licence']}")
        for term in entry["terms"]:
            print(f"           {term['url']}")
        if entry["hub"] is not None:
            print(f"  branch   {_BRANCH}")
        for fit, gib in entry["memory_gib"].items():
            print(f"  memory   {gib:5.1f} GiB  {fit}")
    for tiny in map(_tiny_entry, map(find_autoencoder, autoencoder_names())):
        if args.json:
            print(json.dumps(tiny))
            continue
        print(f"--tiny-autoencoder {tiny['name']}  {tiny['title']}")
        print(f"  is       {tiny['what']}")
        print(f"  weights  {'here: ' + tiny['folder'] if tiny['here'] else 'downloaded at first use'}")
        print(f"  license  {tiny['licence']}")
        print(f"           {tiny['url']}")
        print(f"  memory   {tiny['more_gib']:5.2f} GiB more than the model alone")
    if not args.json:
        print(
            "memory: on a CUDA card for one 1024x1024 picture with a control branch, computed from the "
            "configurations, not measured yet"
        )
    return 0


def _entry(model: ZooModel) -> dict[str, Any]:
    from sprint_live.models.fit import LISTED
    from sprint_live.models.hub import downloaded
    from sprint_live.models.hub_lock import read_lock
    from sprint_live.models.licenses import is_acknowledged
    from sprint_live.models.memory import peak_memory, published_bytes

    if model.hub is None:
        assert model.folder is not None, "a model is in a folder or on the hub"
        folder, lock = model.folder, None
        num_bytes = sum(path.stat().st_size for path in folder.rglob("*.safetensors"))
    else:
        folder, lock = downloaded(model.hub), read_lock(model.hub)
        num_bytes = sum(file.bytes for file in lock.files.values()) if lock else published_bytes(model.parts)
    return {
        "name": model.name,
        "kind": "model",
        "title": model.title,
        "here": folder is not None and (folder / "model_index.json").is_file(),
        "folder": str(folder) if folder else None,
        "hub": model.hub.repo_id if model.hub else None,
        "revision": lock.revision if lock else model.hub.revision if model.hub else None,
        "bytes": num_bytes,
        "sizes": model.sizes,
        "shapes": model.shapes,
        "styles": list(model.styles),
        "licence": model.license,
        "terms": [{"name": term.name, "url": term.url, "meaning": term.meaning} for term in model.terms],
        "acknowledged": is_acknowledged(model.title, model.terms),
        "memory_gib": {fit.words: round(peak_memory(model.parts, fit).bytes / 2**30, 2) for fit in LISTED}
        if model.parts
        else {},
    }


def _tiny_entry(tiny: NamedAutoencoder) -> dict[str, Any]:
    from sprint_live.models.fit import AS_PUBLISHED
    from sprint_live.models.memory import peak_memory
    from sprint_live.models.tiny_choice import cached_folder
    from sprint_live.models.zoo import find_model

    folder = cached_folder(tiny)
    parts, halves = find_model("sana-sprint-0.6b").parts, [half for half in (tiny.encoder, tiny.decoder) if half]
    more = peak_memory(parts, AS_PUBLISHED, tiny=halves).bytes - peak_memory(parts, AS_PUBLISHED).bytes
    return {
        "name": tiny.name,
        "kind": "tiny autoencoder",
        "title": tiny.title,
        "what": tiny.what,
        "here": folder is not None,
        "folder": str(folder) if folder else None,
        "licence": tiny.terms[0].name,
        "url": tiny.terms[0].url,
        "gflop": tiny.gflop,
        "more_gib": round(more / 2**30, 2),
    }


def _whereabouts(entry: dict[str, Any]) -> str:
    gigabytes = f"{entry['bytes'] / 1e9:.2g} GB"
    if entry["hub"] is None:
        return f"{gigabytes} in {entry['folder']}" if entry["here"] else f"missing: {entry['folder']}"
    if entry["here"]:
        return f"{gigabytes} in {entry['folder']}, commit {entry['revision'][:12]}"
    asked = "" if entry["acknowledged"] else "; its terms are shown first"
    return f"not here: about {gigabytes} from {entry['hub']} on the hub at first use{asked}"


def _other_shapes(entry: dict[str, Any]) -> str:
    if not entry["shapes"]:
        return ""
    (high, low), (tall, narrow) = entry["shapes"][0], entry["shapes"][-1]
    return f" square; {len(entry['shapes'])} shapes from {low}x{high} to {narrow}x{tall}"
