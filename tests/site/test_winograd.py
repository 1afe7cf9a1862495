"""3x3 convolutions as matrix products: the same numbers, at sizes that tiles do not divide, and no plain one left."""

from __future__ import annotations

import numpy as np
import pytest

from sprint_live.site.winograd import LEAST_CHANNELS, with_winograd

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")


def _convolution(*, num_in: int = LEAST_CHANNELS, bias: bool = True, pads: int = 1, stride: int = 1):
    """A model of one 3x3 convolution to 8 channels, twice as large inside as its input, with random weights."""
    rng = np.random.default_rng(0)
    weights = [onnx.numpy_helper.from_array(rng.standard_normal((8, num_in, 3, 3), np.float32) / 24, "weight")]
    if bias:
        weights.append(onnx.numpy_helper.from_array(rng.standard_normal(8, np.float32), "bias"))
    names = ["x", *(tensor.name for tensor in weights)]
    node = onnx.helper.make_node("Conv", names, ["y"], pads=[pads] * 4, strides=[stride] * 2)
    ends = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in "xy"]
    ends[0] = onnx.helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [1, num_in, "rows", "columns"])
    graph = onnx.helper.make_graph([node], "convolution", ends[:1], ends[1:], weights)
    return onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 20)], ir_version=10)


def _run(model, x):
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x})[0]


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize(("least", "size"), [((1, 1), (5, 6)), ((1, 1), (1, 1)), ((1, 1), (16, 9)), ((4, 4), (8, 12))])
def test_the_numbers_are_the_convolutions(least, size, bias):
    model = _convolution(bias=bias)
    example = np.zeros((1, LEAST_CHANNELS, *least), np.float32)
    changed = with_winograd(model, {"x": example})
    assert "Conv" not in {node.op_type for node in changed.graph.node}
    x = np.random.default_rng(1).standard_normal((1, LEAST_CHANNELS, *size), np.float32)
    assert _run(changed, x) == pytest.approx(_run(model, x), abs=1e-4)


def test_whole_cells_need_no_cut():
    x = np.zeros((1, LEAST_CHANNELS, 4, 4), np.float32)
    cuts = [f"y.winograd.{name}" for name in ("cut", "unfolded")]
    names = [{node.name for node in with_winograd(_convolution(), {"x": one}).graph.node} for one in (x, x[..., :3])]
    assert [cuts[0] in found for found in names] == [False, True]


@pytest.mark.parametrize("other", [{"num_in": LEAST_CHANNELS // 2}, {"pads": 0}, {"stride": 2}])
def test_other_convolutions_stay(other):
    model = _convolution(**other)
    x = np.zeros((1, other.get("num_in", LEAST_CHANNELS), 4, 4), np.float32)
    assert with_winograd(model, {"x": x}).SerializeToString() == model.SerializeToString()
