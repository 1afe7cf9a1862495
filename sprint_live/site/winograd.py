"""3x3 convolutions of an ONNX model as Winograd's F(4x4, 3x3): a quarter of the multiplications.

Every tile of 4x4 outputs is made of 6x6 inputs: Y = A^T [(G w G^T) * (B^T x B^T)] A, summed over the channels as 36
matrix products. The weights stay as they are in the file; ONNX Runtime transforms them once, when it opens the model. A
browser gains what native runtimes have inside.

Source: Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", arXiv 1509.09308.

Knows: ONNX models.  Must not know: what they compute, where they run.
Legend: C channels, T tiles.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import onnx

SIDE = 4
"""Output rows and columns of a tile."""
LEAST_CHANNELS = 64
"""With fewer input channels the transforms cost as much as the products save."""

_INPUT = [
    [4, 0, -5, 0, 1, 0],
    [0, -4, -4, 1, 1, 0],
    [0, 4, -4, -1, 1, 0],
    [0, -2, -1, 2, 1, 0],
    [0, 2, -1, -2, 1, 0],
    [0, 4, 0, -5, 0, 1],
]
_WEIGHT = [
    [1 / 4, 0, 0],
    [-1 / 6, -1 / 6, -1 / 6],
    [-1 / 6, 1 / 6, -1 / 6],
    [1 / 24, 1 / 12, 1 / 6],
    [1 / 24, -1 / 12, 1 / 6],
    [0, 0, 1],
]
_OUTPUT = [[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]]
# A tile's 36 pixels as they come: its own 4x4 cell, then the edges of the cells to the right, below, and below right.
_CELLS = ((4, 4, 0, 0), (4, 2, 0, 4), (2, 4, 4, 0), (2, 2, 4, 4))
_ORDER = [6 * (y + top) + x + left for rows, columns, top, left in _CELLS for y in range(rows) for x in range(columns)]


def with_winograd(model: onnx.ModelProto, example: Mapping[str, np.ndarray]) -> onnx.ModelProto:
    """A copy in which matrix products stand for the 3x3 convolutions of LEAST_CHANNELS inputs or more,
    stride 1, padding 1.

    example: inputs of the smallest size; a picture's other sizes are whole multiples of it. Results differ by rounding.

    Raises:
        ImportError: onnx or onnxruntime is not installed (extra [site]).
    """
    import onnx

    rewritten = onnx.ModelProto()
    rewritten.CopyFrom(model)
    graph = rewritten.graph
    shapes = {tensor.name: list(tensor.dims) for tensor in graph.initializer}
    chosen = [node for node in graph.node if _fits(node, shapes)]
    if not chosen:
        return rewritten
    sizes = _sizes(model, [node.input[0] for node in chosen], example)
    writer = _Writer()
    for node in graph.node:
        if _fits(node, shapes):
            whole = all(side % SIDE == 0 for side in sizes[node.input[0]])
            _convolve(writer, node, shapes[node.input[1]], whole=whole)
        else:
            writer.nodes.append(node)
    nodes = list(writer.nodes)
    del graph.node[:]
    graph.node.extend(nodes)
    graph.initializer.extend(onnx.numpy_helper.from_array(array, name) for name, array in writer.constants.items())
    return rewritten


def _fits(node: onnx.NodeProto, shapes: Mapping[str, list[int]]) -> bool:
    shape = shapes.get(node.input[1], []) if node.op_type == "Conv" else []
    if shape[2:] != [3, 3] or shape[1] < LEAST_CHANNELS:
        return False
    given = {one.name: one.i if one.name == "group" else list(one.ints) for one in node.attribute}
    usual = {"group": 1, "strides": [1, 1], "dilations": [1, 1], "pads": [1, 1, 1, 1]}
    return given.get("pads") == usual["pads"] and all(given.get(name, value) == value for name, value in usual.items())


def _sizes(model: onnx.ModelProto, names: list[str], example: Mapping[str, np.ndarray]) -> dict[str, tuple[int, ...]]:
    """(rows, columns) of these inner tensors when the model runs on the example."""
    import onnx
    import onnxruntime

    probe = onnx.ModelProto()
    probe.CopyFrom(model)
    wanted = list(dict.fromkeys(names))
    probe.graph.output.extend(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in wanted)
    session = onnxruntime.InferenceSession(probe.SerializeToString(), providers=["CPUExecutionProvider"])
    found = session.run(wanted, dict(example))
    return {name: np.asarray(array).shape[2:] for name, array in zip(wanted, found, strict=True)}


class _Writer:
    """Nodes in their order and the constants that they share."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, np.ndarray] = {
            "winograd.input": np.kron(_INPUT, _INPUT)[:, _ORDER].astype(np.float32),
            "winograd.weight": np.kron(_WEIGHT, _WEIGHT).astype(np.float32),
            "winograd.output": np.kron(_OUTPUT, _OUTPUT).astype(np.float32),
        }

    def whole(self, *numbers: int) -> str:
        """The name of a constant vector of whole numbers."""
        name = "winograd." + "_".join(map(str, numbers))
        self.constants[name] = np.array(numbers, np.int64)
        return name

    def node(self, kind: str, inputs: list[str], output: str, **attributes: int) -> str:
        import onnx

        node = onnx.helper.make_node(kind, inputs, [output], name=output)
        node.attribute.extend(onnx.helper.make_attribute(key, value) for key, value in attributes.items())
        self.nodes.append(node)
        return output


def _convolve(writer: _Writer, conv: onnx.NodeProto, shape: list[int], *, whole: bool) -> None:
    """The nodes of one convolution. whole: rows and columns are multiples of SIDE at every size."""
    source, weight, *bias = conv.input
    target, prefix = conv.output[0], f"{conv.output[0]}.winograd."
    num_out, num_in = shape[:2]
    whole_numbers = writer.whole
    far = 2**31 - 1

    def make(kind: str, inputs: list[str], name: str, **attributes: int) -> str:
        return writer.node(kind, inputs, prefix + name, **attributes)

    size = make("Shape", [source], "size", start=2, end=4)
    rest = make("Mod", [make("Neg", [size], "negative"), whole_numbers(SIDE)], "rest")
    end = make("Add", [rest, whole_numbers(3, 3)], "end")
    pads = make("Concat", [whole_numbers(0, 0, 1, 1, 0, 0), end], "pads", axis=0)
    folded = make("SpaceToDepth", [make("Pad", [source, pads], "padded")], "folded", blocksize=SIDE)
    cells = make("Shape", [folded], "cells", start=2, end=4)
    split_shape = make("Concat", [whole_numbers(SIDE, SIDE * num_in), cells], "split_shape", axis=0)
    split = make(
        "Reshape", [folded, split_shape], "split"
    )  # (row in a cell, column in a cell and C, cells down, across)
    pieces = []
    for number, (rows, columns, top, left) in enumerate(_CELLS):
        down = (1, far) if top else (0, -1)
        across = (1, far) if left else (0, -1)
        begin = whole_numbers(0, 0, down[0], across[0])
        stop = whole_numbers(rows, columns * num_in, down[1], across[1])
        piece = make("Slice", [split, begin, stop, whole_numbers(0, 1, 2, 3)], f"piece{number}")
        pieces.append(make("Reshape", [piece, whole_numbers(rows * columns, -1)], f"flat{number}"))
    tiles = make("MatMul", ["winograd.input", make("Concat", pieces, "pixels", axis=0)], "seen")
    tiles = make("Reshape", [tiles, whole_numbers(36, num_in, -1)], "tiles")
    nine = make("Reshape", [weight, whole_numbers(-1, 9)], "nine")
    spread = make("Gemm", ["winograd.weight", nine], "spread", transB=1)
    spread = make("Reshape", [spread, whole_numbers(36, num_out, num_in)], "weights")
    summed = make("MatMul", [spread, tiles], "products")
    summed = make("Reshape", [summed, whole_numbers(36, -1)], "summed")
    drawn = make("MatMul", ["winograd.output", summed], "drawn")
    num_tiles = make("Sub", [cells, whole_numbers(1, 1)], "num_tiles")
    deep_shape = make("Concat", [whole_numbers(1, SIDE * SIDE * num_out), num_tiles], "deep_shape", axis=0)
    result = make("DepthToSpace", [make("Reshape", [drawn, deep_shape], "deep")], "unfolded", blocksize=SIDE)
    if not whole:
        result = make("Slice", [result, whole_numbers(0, 0), size, whole_numbers(2, 3)], "cut")
    if bias:
        column = make("Reshape", [bias[0], whole_numbers(1, -1, 1, 1)], "bias")
        result = make("Add", [result, column], "biased")
    writer.nodes[-1].output[0] = target
