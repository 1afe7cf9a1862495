"""An ONNX model as a small graph and its weights in files beside it, one for each number format:
what compresses alike lies together.

Knows: ONNX models.  Must not know: what they compute, how files travel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import onnx

LEAST_BYTES = 1024
ALIGNED_TO = 16
KEPT_BITS = 7
"""Of the ten bits of a float16's fraction: what a picture needs (three fewer: 55 dB or more, on three pictures)."""


def split_weights(model: onnx.ModelProto, name: str) -> tuple[bytes, dict[str, bytes]]:
    """The graph, and {file name: bytes} of its weights; files are `name`.f16, .i8 and so on, as the graph says.

    float16 weights are rounded to KEPT_BITS of their fraction, so that they compress.

    Raises:
        ImportError: onnx is not installed (extra [site]).
    """
    import onnx
    from onnx import numpy_helper

    graph = onnx.ModelProto()
    graph.CopyFrom(model)
    files: dict[str, bytearray] = {}
    for tensor in graph.graph.initializer:
        numbers = numpy_helper.to_array(tensor)
        if numbers.nbytes < LEAST_BYTES:
            continue
        if numbers.dtype == np.float16:
            numbers = rounded(numbers)
        path = f"{name}.{numbers.dtype.kind}{8 * numbers.itemsize}"
        file = files.setdefault(path, bytearray())
        file.extend(bytes(-len(file) % ALIGNED_TO))
        tensor.ClearField("raw_data")
        tensor.ClearField("float_data")
        tensor.data_location = onnx.TensorProto.EXTERNAL
        for key, value in (("location", path), ("offset", len(file)), ("length", numbers.nbytes)):
            tensor.external_data.add(key=key, value=str(value))
        file.extend(np.ascontiguousarray(numbers).tobytes())
    return graph.SerializeToString(), {path: bytes(file) for path, file in files.items()}


def rounded(half: np.ndarray, bits: int = KEPT_BITS) -> np.ndarray:
    """float16 numbers at the nearest with `bits` of their fraction."""
    dropped = 10 - bits
    whole = half.view(np.uint16).astype(np.uint32) + (1 << dropped >> 1)
    return (whole >> dropped << dropped).astype(np.uint16).view(np.float16)
