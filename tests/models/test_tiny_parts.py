"""The parts only sprint-tiny has: the folded autoencoder and the int8 text encoder."""

from __future__ import annotations

import pytest
import torch
from transformers import BertConfig, BertModel

from sprint_live.models.autoencoder import SprintTinyAutoencoder
from sprint_live.models.text import Int8Embedding, Int8Linear, SprintTinyTextEncoder
from support.small_model import make_tiny_autoencoder, make_tiny_text


def test_latents_are_a_64th_of_the_picture_and_come_back_at_its_size():
    vae = make_tiny_autoencoder()
    assert vae.spatial_compression_ratio == 64
    with torch.no_grad():
        latent = vae.encode(torch.randn(2, 3, 128, 192)).latent
        assert latent.shape == (2, 32, 2, 3)
        assert vae.decode(latent).sample.shape == (2, 3, 128, 192)


def test_a_picture_that_does_not_fold_is_refused_with_the_multiple():
    with pytest.raises(ValueError, match="multiples of 64"):
        make_tiny_autoencoder().encode(torch.zeros(1, 3, 100, 128))


def test_the_encoder_sees_two_by_two_averages():
    vae = make_tiny_autoencoder()
    picture = torch.randn(1, 3, 64, 64)
    averaged = torch.nn.functional.interpolate(
        torch.nn.functional.avg_pool2d(picture, 2), scale_factor=2, mode="nearest"
    )
    with torch.no_grad():
        torch.testing.assert_close(vae.encode(picture).latent, vae.encode(averaged).latent, rtol=1e-5, atol=1e-6)
        assert not torch.allclose(vae.encode(picture).latent, vae.encode(picture.roll(1, 3)).latent, atol=1e-4)


def test_the_shipped_configuration_survives_saving(tmp_path):
    vae = SprintTinyAutoencoder(scaling_factor=1.25)
    vae.save_pretrained(tmp_path)
    again = SprintTinyAutoencoder.from_pretrained(tmp_path)
    assert again.config.scaling_factor == 1.25 and again.spatial_compression_ratio == 64
    x = torch.randn(1, 3, 64, 64)
    with torch.no_grad():
        assert torch.equal(vae.encode(x).latent, again.encode(x).latent)


def test_int8_rows_change_an_embedding_by_less_than_one_percent(tmp_path):
    torch.manual_seed(0)
    bert = BertModel(
        BertConfig(vocab_size=200, hidden_size=48, num_hidden_layers=2, num_attention_heads=4, intermediate_size=96),
        add_pooling_layer=False,
    ).eval()
    encoder = SprintTinyTextEncoder.from_bert(bert)
    ids, mask = torch.randint(0, 200, (3, 9)), torch.ones(3, 9, dtype=torch.long)
    with torch.no_grad():
        exact, rounded = bert(ids, mask).last_hidden_state, encoder(ids, mask).last_hidden_state
    assert 0 < (exact - rounded).norm() / exact.norm() < 0.02
    encoder.save_pretrained(tmp_path)
    again = SprintTinyTextEncoder.from_pretrained(tmp_path)
    with torch.no_grad():
        assert torch.equal(again(ids, mask).last_hidden_state, rounded)


def test_no_float_matrix_is_left_in_the_text_encoder():
    _, encoder = make_tiny_text()
    kinds = {type(module) for module in encoder.modules()}
    assert torch.nn.Linear not in kinds and {Int8Linear, Int8Embedding} <= kinds
    words = encoder.bert.embeddings.word_embeddings
    assert words.weight_i8.dtype == torch.int8 and words.weight_i8.abs().max() == 127


def test_padding_does_not_reach_the_words():
    tokenizer, encoder = make_tiny_text()
    short = tokenizer(["cat"], return_tensors="pt")
    padded = tokenizer(["cat"], padding="max_length", max_length=10, return_tensors="pt")
    with torch.no_grad():
        a = encoder(short.input_ids, short.attention_mask).last_hidden_state
        b = encoder(padded.input_ids, padded.attention_mask).last_hidden_state[:, : a.shape[1]]
    torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-5)
