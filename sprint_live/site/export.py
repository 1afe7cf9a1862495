"""Makes, halves and checks the four graphs of a model for `sprint-live export onnx` and `sprint-live site`.

Knows: the model's folder, the graphs.  Must not know: where they are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sprint_live.errors import WeightsError
from sprint_live.models.zoo import find_model
from sprint_live.site.half_weights import halve_weights
from sprint_live.site.winograd import with_winograd

if TYPE_CHECKING:
    from sprint_live.site.graphs import CheckedGraph

PACKAGES = ("onnx", "onnxscript", "onnxruntime")


def checked_graphs(model_name: str, *, winograd: bool = False) -> Iterator[tuple[str, CheckedGraph]]:
    """(name, graph) of text, page, step and picture, one after another: each takes up to a minute.

    winograd: 3x3 convolutions as matrix products, which a browser runs faster and a native runtime does not.

    Raises:
        WeightsError: a package of the extra [site] is missing, or a file of the model.
        EngineError: a graph differs from torch.
    """
    require_packages()
    from sprint_live.site.graphs import checked, export, recipes  # isort: skip  # torch and diffusers take seconds
    from sprint_live.pipeline.sana_sprint import SanaSprintControlNetPipeline

    folder = find_model(model_name).folder
    assert folder is not None, "an embedded model has a folder"
    pipeline = SanaSprintControlNetPipeline.from_pretrained(folder)
    for name, recipe in recipes(pipeline, folder).items():
        model = export(recipe)
        if winograd:
            smallest = {key: tensor.numpy() for key, tensor in recipe.example(1, 1, 2).items()}
            model = with_winograd(model, smallest)
        yield name, checked(recipe, halve_weights(model), name=name)


def require_packages() -> None:
    """Raises WeightsError where a package of the extra [site] is missing."""
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        raise WeightsError(f"{', '.join(missing)} not installed; fix: pip install 'sprint-live[site]'")
