"""The text encoder without transformers says what the one with it says."""

from __future__ import annotations

import pytest
import torch

from sprint_live.errors import WeightsError
from sprint_live.models.bert import Int8Bert
from support.small_model import make_tiny_pipeline

PROMPTS = ("a cat", "", "  A RED cat, dog;\n in a house!", "caf\u00e9 \u732b \U0001f600", "cat " * 90, "x" * 300)


@pytest.mark.parametrize("prompt", PROMPTS)
def test_embeddings_and_masks_are_the_pipelines(tiny_model_folder, prompt):
    pipeline = make_tiny_pipeline()
    wanted, wanted_mask = pipeline.encode_as_trained(prompt)
    got, got_mask = Int8Bert(tiny_model_folder, pipeline.config.max_sequence_length)(prompt)
    assert torch.equal(got_mask, wanted_mask) and got.dtype == torch.float32
    torch.testing.assert_close(got, wanted, rtol=1e-5, atol=1e-5)


def test_a_folder_without_a_text_encoder_is_refused(tmp_path):
    with pytest.raises(WeightsError, match="no readable text encoder.*fix: "):
        Int8Bert(tmp_path, 64)
