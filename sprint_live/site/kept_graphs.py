"""The cached graphs of a site: exporting takes minutes, reading them a moment.

Knows: the user's cache, the model's checksums.  Must not know: the site.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from sprint_live.models.licenses import own_cache
from sprint_live.models.zoo import find_model
from sprint_live.site.export import PACKAGES, checked_graphs, require_packages

if TYPE_CHECKING:
    import onnx

NAMES = ("text", "page", "step", "picture")


def kept_graphs(model_name: str) -> dict[str, onnx.ModelProto]:
    """The checked graphs of a model by name, from the cache if they are there.

    Raises:
        WeightsError, EngineError: as `checked_graphs`.
        OutputError: the cache cannot be written.
    """
    require_packages()
    import onnx

    folder = own_cache("site") / f"graphs-{_key(model_name)}"
    paths = {name: folder / f"{name}.onnx" for name in NAMES}
    if not all(path.is_file() for path in paths.values()):
        folder.mkdir(exist_ok=True)
        for name, graph in checked_graphs(model_name, winograd=True):
            unfinished = paths[name].with_suffix(".part")
            unfinished.write_bytes(graph.model.SerializeToString())
            unfinished.replace(paths[name])
    return {name: onnx.load(path) for name, path in paths.items()}


def _key(model_name: str) -> str:
    """The cache key: of the weights, the tools and the code that made the graphs."""
    folder = find_model(model_name).folder
    assert folder is not None, "an embedded model has a folder"
    digest = hashlib.sha256((folder / "SHA256SUMS").read_bytes())
    for package in ("torch", "diffusers", *PACKAGES):
        digest.update(f"{package} {version(package)}".encode())
    for source in ("export.py", "graphs.py", "half_weights.py", "text_graph.py", "winograd.py"):
        digest.update((Path(__file__).parent / source).read_bytes())
    return digest.hexdigest()[:16]
