"""Builds the static folder: the canvas page, the model, the runtime, and the files of an app that opens offline.

Knows: the page's files, packed files.  Must not know: networks, servers.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from importlib.metadata import files as package_files
from pathlib import Path

from sprint_live.errors import ArgumentError, OutputError, WeightsError, refusal
from sprint_live.models.zoo import ZooModel, find_model
from sprint_live.site.kept_graphs import kept_graphs
from sprint_live.site.packing import pack
from sprint_live.site.runtime_package import SCRIPT, TERMS, THREADS, WASM, runtime_files
from sprint_live.site.split_weights import split_weights

MODEL = "sprint-tiny"
STATIC = Path(__file__).parent / "static"
WEB = Path(__file__).parents[1] / "web"
ROOT = Path(__file__).parents[2]
PLANES = {"f16": 2}
NOT_OF_THE_SITE = ("page.html", "package.json")
SPACE_HEAD = """\
---
title: Sprint Live in your browser
emoji: ✏️
colorFrom: indigo
colorTo: pink
sdk: static
app_file: index.html
license: apache-2.0
custom_headers:
  cross-origin-embedder-policy: require-corp
  cross-origin-opener-policy: same-origin
  cross-origin-resource-policy: cross-origin
---
"""


@dataclass(frozen=True, kw_only=True)
class Site:
    """The result. model_bytes: size of the model and runtime as sent; page_bytes: size of all other files."""

    model_bytes: int
    page_bytes: int
    num_files: int


def build_site(out: Path) -> Site:
    """Write the site into an empty or new folder.

    Raises:
        ArgumentError: the folder holds something.
        OutputError: it cannot be written.
        DownloadError: the runtime could not be fetched.
        WeightsError, EngineError: the model could not be exported.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ArgumentError(
            refusal(got=f"{out}, which is not empty", accepted="a new or an empty folder", fix="choose another")
        )
    runtime = runtime_files()
    graphs = kept_graphs(MODEL)
    try:
        shutil.copytree(WEB, out / "live-web", ignore=shutil.ignore_patterns(*NOT_OF_THE_SITE), dirs_exist_ok=True)
        for folder in ("ort", "model"):
            (out / folder).mkdir()
        for name in (SCRIPT, THREADS):
            (out / "ort" / name).write_bytes(runtime[name])
        files: dict[str, tuple[bytes, int]] = {"ort.wasm": (runtime[WASM], 1), "vocabulary": (_vocabulary(), 1)}
        for name, model in graphs.items():
            graph, weights = split_weights(model, name)
            files[f"{name}.onnx"] = graph, 1
            files |= {path: (data, PLANES.get(path.rpartition(".")[2], 1)) for path, data in weights.items()}
        packed = {name: pack(data, out / "model", planes=planes) for name, (data, planes) in files.items()}
        manifest = {"model": _facts(), "files": {name: file.entry for name, file in packed.items()}}
        (out / "model" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        _write_page(out)
    except OSError as error:
        raise OutputError(
            f"cannot write {out}: {error.strerror or error}; fix: free space or choose another folder"
        ) from error
    every = [path for path in out.rglob("*") if path.is_file()]
    return Site(
        model_bytes=sum(file.wire_bytes for file in packed.values()),
        page_bytes=sum(path.stat().st_size for path in every if path.suffix != ".part"),
        num_files=len(every),
    )


def _write_page(out: Path) -> None:
    """index.html around the canvas page, its scripts, the app's description, licenses,
    and the list of what works offline.
    """
    page = (WEB / "page.html").read_text("utf-8").replace("TRANSPORT", "local", 1)
    page = page.replace('href="licenses"', 'href="licenses.txt"')
    index = (STATIC / "index.html").read_text("utf-8").replace("<!-- page -->", page, 1)
    (out / "index.html").write_text(index, encoding="utf-8")
    for name in ("start.js", "local.css", "manifest.webmanifest"):
        shutil.copy(STATIC / name, out / name)
    shutil.copytree(STATIC / "icons", out / "icons")
    shutil.copy(WEB / "icon.svg", out / "icon.svg")
    (out / "licenses.txt").write_text(_licenses(find_model(MODEL)), encoding="utf-8")
    (out / "README.md").write_text(SPACE_HEAD + (STATIC / "README.md").read_text("utf-8"), encoding="utf-8")
    offline = sorted(
        path.relative_to(out).as_posix()
        for path in out.rglob("*")
        if path.is_file() and path.suffix not in (".part", ".md") and path.name != "preview.jpg"
    )
    digest = hashlib.sha256(b"".join((out / name).read_bytes() for name in offline)).hexdigest()[:16]
    worker = (STATIC / "service-worker.js").read_text("utf-8")
    worker = worker.replace("'VERSION'", json.dumps(digest), 1).replace("['FILES']", json.dumps(["./", *offline]), 1)
    (out / "service-worker.js").write_text(worker, encoding="utf-8")


def _facts() -> dict[str, object]:
    """What the page and its engine need to know of the model."""
    model = find_model(MODEL)
    assert model.folder is not None, "an embedded model has a folder"

    def config(part: str) -> dict[str, object]:
        return json.loads((model.folder / part / "config.json").read_text("utf-8"))  # pyright: ignore[reportOptionalOperand]

    transformer = config("transformer")
    squares = [(side, side) for side in (model.default_size, *model.sizes)]
    sizes = list(dict.fromkeys([*squares, *((width, height) for height, width in model.shapes)]))
    return {
        "channels": transformer["in_channels"],
        "textWidth": transformer["caption_channels"],
        "guidanceScale": transformer["guidance_embeds_scale"],
        "ratio": 64,
        "lineGrowth": model.line_growth_px,
        "coloredPages": model.colored_pages,
        "maxTokens": json.loads((model.folder / "model_index.json").read_text("utf-8"))["max_sequence_length"],
        "styles": dict(model.styles),
        "described": {
            "name": model.name,
            "title": model.title,
            "styles": list(model.styles),
            "sizes": sizes,
            "license": model.license,
            "hasBranch": True,
            "hasPreview": True,
            "hasGuidance": bool(transformer["guidance_embeds"]) and model.guidance_counts,
            "hasColors": model.colored_pages,
            "refines": model.refines,
            "detectors": [],
        },
    }


def _vocabulary() -> bytes:
    """One word a line, its number is its id."""
    folder = find_model(MODEL).folder
    assert folder is not None, "an embedded model has a folder"
    words = json.loads((folder / "tokenizer" / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    if sorted(words.values()) != list(range(len(words))):
        raise WeightsError(f"{folder}/tokenizer has gaps in its ids; fix: restore the file")
    return "\n".join(sorted(words, key=words.__getitem__)).encode()


def _licenses(model: ZooModel) -> str:
    return (
        f"The model\n---------\n{model.title}\n\n{model.license}\n\nThe runtime\n-----------\n{TERMS}\nSprint Live\n"
        f"-----------\n{_notice()}"
    )


def _notice() -> str:
    here = ROOT / "NOTICE"
    if here.is_file():
        return here.read_text("utf-8")
    found = [file for file in package_files("sprint-live") or () if file.name == "NOTICE"]
    return found[0].read_text("utf-8") if found else "Apache-2.0"
