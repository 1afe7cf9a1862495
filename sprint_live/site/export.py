"""The four graphs of a model, made, halved and checked: what `sprint-live export onnx` and `sprint-live site` write.

Knows: the model's folder, the graphs.  Must not know: where they are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from sprint_live.errors import WeightsError
from sprint_live.models.zoo import find_model
from sprint_live.site.graphs import CheckedGraph, checked, export, recipes
from sprint_live.site.half_weights import halve_weights

PACKAGES = ("onnx", "onnxscript", "onnxruntime")


def checked_graphs(model_name: str) -> Iterator[tuple[str, CheckedGraph]]:
    """(name, graph) of text, page, step and picture, one after another: each takes up to a minute.

    Raises:
        WeightsError: a package of the extra [site] is missing, or a file of the model.
        EngineError: a graph differs from torch.
    """
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        raise WeightsError(f"{', '.join(missing)} not installed; fix: pip install 'sprint-live[site]'")
    from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

    folder = find_model(model_name).folder
    assert folder is not None, "an embedded model has a folder"
    pipeline = SanaSprintControlNetPipeline.from_pretrained(folder)
    for name, recipe in recipes(pipeline, folder).items():
        yield name, checked(recipe, halve_weights(export(recipe)), name=name)
