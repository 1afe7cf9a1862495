"""A released model's configuration with random weights: its shapes, nothing left at zero, finite,
the same every time.
"""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from sprint_live.bench import random_weights
from sprint_live.bench.pages import new_pages
from sprint_live.bench.random_text import RandomTextEncoder, RandomTokenizer
from sprint_live.bench.random_weights import random_engine, randomize_zeros
from sprint_live.errors import ArgumentError, EngineError, OutOfMemory
from sprint_live.models.zoo import find_model
from sprint_live.pipeline.prompt_encoding import encode_prompts
from support.models.released_small import small_released

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def engine():
    return random_engine(small_released(), CPU)


def test_the_shapes_are_the_published_ones(engine):
    pipeline, configs = engine.pipeline, small_released().configs
    assert {name: pipeline.transformer.config[name] for name in configs["transformer"]} == dict(configs["transformer"])
    assert pipeline.vae.spatial_compression_ratio == 32 and pipeline.vae.config.latent_channels == 32
    assert pipeline.controlnet.config.num_layers == 7 and not pipeline.controlnet.training
    text_BLD, mask_BL = pipeline.encode_as_trained("a cat")
    assert text_BLD.shape == (1, 300, 48) and mask_BL.sum() == 4  # begin, two words, end
    assert not any(
        parameter.requires_grad
        for name in ("transformer", "vae", "controlnet")
        for parameter in getattr(pipeline, name).parameters()
    )


def test_a_drawing_is_finite_and_the_lines_count(engine):
    page, other = new_pages(256, 256, 2)
    first, again, moved = (engine.draw(one, "a cat", size=256) for one in (page, page, other))
    assert first.pixels_u8.std() > 1 and np.isfinite(first.latent_CYX).all()
    assert np.array_equal(first.pixels_u8, again.pixels_u8) and not np.array_equal(first.pixels_u8, moved.pixels_u8)
    assert not np.array_equal(first.latent_CYX, engine.draw(page, "a dog", size=256).latent_CYX)


def test_the_same_seed_gives_the_same_weights_and_the_callers_random_numbers_stay(engine):
    torch.manual_seed(7)
    expected = torch.rand(3)
    torch.manual_seed(7)
    again = random_engine(small_released(), CPU)
    assert torch.equal(torch.rand(3), expected)
    assert all(
        torch.equal(one, other)
        for one, other in zip(
            engine.pipeline.transformer.parameters(), again.pipeline.transformer.parameters(), strict=True
        )
    )


def test_what_starts_at_zero_is_made_random(engine):
    for module in (engine.pipeline.controlnet, engine.pipeline.transformer, engine.pipeline.vae):
        assert all(bool(weight.any()) for weight in module.parameters() if weight.dim() > 1)
    zero, other = nn.Linear(400, 4), nn.Linear(3, 3)
    nn.init.zeros_(zero.weight)
    before = other.weight.clone()
    assert randomize_zeros(nn.ModuleList([zero, other])) == 1
    assert 0.002 < float(zero.weight.detach().std()) < 0.01 and torch.equal(other.weight, before)


def test_more_sizes_than_the_model_was_made_for_can_be_measured(engine):
    assert {256, 512, 1024, 1536} <= set(engine.model.sizes) and (320, 192) in engine.model.shapes


def test_a_model_with_weights_of_its_own_is_refused():
    with pytest.raises(ArgumentError, match="sprint-tiny.*drop it"):
        random_engine(find_model("sprint-tiny"), CPU)


def test_what_does_not_fit_is_refused_before_it_is_made(monkeypatch):
    monkeypatch.setattr(random_weights, "free_bytes", lambda device: 1 << 30)
    with pytest.raises(OutOfMemory, match=r"1.0 GiB of free memory.*sana-sprint-1.6b"):
        random_engine(find_model("sana-sprint-1.6b"), CPU)


def test_the_real_text_encoder_can_be_random_too(monkeypatch):
    entry = small_released()
    small = {
        "vocab_size": 8192,
        "hidden_size": 48,
        "intermediate_size": 64,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "num_key_value_heads": 1,
        "head_dim": 24,
    }
    entry.configs["text_encoder"].update(small)
    pipeline = random_engine(entry, CPU, with_text_encoder=True).pipeline
    assert type(pipeline.text_encoder).__name__ == "Gemma2Model" and pipeline.config.use_instruction
    assert torch.isfinite(pipeline.encode_as_trained("a cat")[0]).all()


def test_random_text_depends_on_the_words_and_keeps_to_the_length():
    encoder = RandomTextEncoder(8)

    def encode(text):
        return encode_prompts(RandomTokenizer(), encoder, [text], max_sequence_length=6, instruction=("read", "this "))

    (cat, mask), (dog, _), (long, long_mask) = (
        encode("a cat"),
        encode("a dog"),
        encode("one two three four five six seven"),
    )
    assert cat.shape == (1, 6, 8) and mask.tolist() == [[1, 1, 1, 1, 0, 0]]
    assert not torch.equal(cat, dog) and torch.equal(cat[:, :2], dog[:, :2])
    assert long.shape == cat.shape and long_mask.all()


def test_a_model_that_gives_no_numbers_is_not_measured(engine):
    from sprint_live.bench.work import count_work

    weight = (
        engine.pipeline.vae.decoder.conv_out.weight
        if hasattr(engine.pipeline.vae.decoder, "conv_out")
        else next(engine.pipeline.vae.decoder.parameters())
    )
    kept = weight.detach().clone()
    weight.fill_(float("nan"))
    try:
        with pytest.raises(EngineError, match="not finite"):
            count_work(engine.pipeline, prompt="a cat", page_pm1=torch.zeros(1, 3, 256, 256), steps=1)
    finally:
        weight.copy_(kept)
