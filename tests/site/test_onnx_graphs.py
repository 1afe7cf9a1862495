"""Every network as an ONNX graph: the numbers are torch's, at any size, and stay so in half the bytes."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from sprint_live.errors import EngineError
from sprint_live.site.graphs import checked, export, recipes
from sprint_live.site.half_weights import halve_weights
from support.small_model import make_tiny_pipeline, make_tiny_text

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")
pytest.importorskip("onnxscript")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Recipes and ONNX models by name, of a small random model whose weights float16 holds."""
    folder = tmp_path_factory.mktemp("model")
    make_tiny_text()[1].save_pretrained(folder / "text_encoder")
    pipeline = make_tiny_pipeline()
    for module in (pipeline.vae, pipeline.transformer, pipeline.controlnet):
        for weight in module.parameters():
            weight.data = weight.data.half().float()
    block = pipeline.transformer.transformer_blocks[1].attn1
    block.norm_q.weight.data.zero_()  # queries without any positive number: 0 / 0 without the guard
    found = recipes(pipeline, folder)
    return {name: (recipe, export(recipe)) for name, recipe in found.items()}


@pytest.mark.parametrize("name", ["text", "page", "step", "picture"])
def test_a_graph_answers_as_torch_does(made, name):
    recipe, model = made[name]
    assert checked(recipe, model, name=name).max_error <= 1e-4


def test_every_number_of_a_step_counts_by_itself(made):
    """s, guidance and strength were once one input: the exporter had merged equal tensors."""
    recipe, model = made["step"]
    session = onnxruntime.InferenceSession(model.SerializeToString())
    torch.manual_seed(1)
    inputs = {name: tensor.numpy() for name, tensor in recipe.example(4, 4, 7).items()}
    before = session.run(None, inputs)[0]
    for name in ("s", "guidance", "strength"):
        changed = session.run(None, {**inputs, name: inputs[name] + np.float32(0.5)})[0]
        assert np.abs(changed - before).max() > 1e-4, name


def test_half_the_bytes_are_the_same_numbers(made):
    recipe, model = made["step"]
    halved = halve_weights(model)
    assert halved.ByteSize() < 0.75 * model.ByteSize()
    assert checked(recipe, halved, name="step").max_error == checked(recipe, model, name="step").max_error


def test_a_weight_that_half_cannot_hold_stays_as_it_is(made):
    _, model = made["step"]
    tensor = max(model.graph.initializer, key=lambda one: len(one.raw_data))
    exact = onnx.numpy_helper.to_array(tensor) + np.float32(1e-6)
    changed = onnx.ModelProto()
    changed.CopyFrom(model)
    next(one for one in changed.graph.initializer if one.name == tensor.name).CopyFrom(
        onnx.numpy_helper.from_array(exact, tensor.name)
    )
    kept = {one.name: one for one in halve_weights(changed).graph.initializer}[tensor.name]
    assert np.array_equal(onnx.numpy_helper.to_array(kept), exact)


def test_a_graph_that_differs_is_refused(made):
    recipe, model = made["picture"]
    wrong = onnx.ModelProto()
    wrong.CopyFrom(model)
    tensor = max(wrong.graph.initializer, key=lambda one: len(one.raw_data))
    tensor.CopyFrom(onnx.numpy_helper.from_array(onnx.numpy_helper.to_array(tensor) * np.float32(1.5), tensor.name))
    with pytest.raises(EngineError, match="differs from torch by"):
        checked(recipe, wrong, name="picture")
