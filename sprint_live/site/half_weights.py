"""Halves the weights of an ONNX model: float32 initializers that float16 holds exactly, with a Cast behind each.

sprint-tiny's weights are float16 on the disk, so nothing is lost; the arithmetic stays float32. ONNX Runtime folds the
casts when it opens the model.

Knows: ONNX models.  Must not know: what they compute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import onnx

LEAST_NUMBERS = 256
"""Smaller tensors stay as they are: a Cast costs as many bytes as it saves."""


def halve_weights(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy whose large float32 initializers are float16 where that is lossless.

    Raises:
        ImportError: onnx is not installed (extra [site]).
    """
    import onnx
    from onnx import numpy_helper

    halved = onnx.ModelProto()
    halved.CopyFrom(model)
    casts = []
    for tensor in halved.graph.initializer:
        if tensor.data_type != onnx.TensorProto.FLOAT:
            continue
        numbers = numpy_helper.to_array(tensor)
        with np.errstate(over="ignore"):
            half = numbers.astype(np.float16)
        if numbers.size < LEAST_NUMBERS or not np.array_equal(half.astype(np.float32), numbers):
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(half, f"{name}.half"))
        casts.append(
            onnx.helper.make_node("Cast", [f"{name}.half"], [name], name=f"{name}.cast", to=onnx.TensorProto.FLOAT)
        )
    nodes = [*casts, *halved.graph.node]
    del halved.graph.node[:]
    halved.graph.node.extend(nodes)
    return halved
