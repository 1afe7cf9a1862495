"""Word binding: which words belong together is learned from captions; a trained transformer reads the new tokens."""

from __future__ import annotations

import itertools
import math
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from torch import nn
from transformers import AutoTokenizer, BertConfig, BertModel

from sprint_live.cli import main
from sprint_live.errors import InputError, WeightsError
from sprint_live.models.sums import sha256
from sprint_live.models.text import SprintTinyTextEncoder
from sprint_live.train.data import shards
from sprint_live.train.data.phrases import Phrase
from sprint_live.train.networks import caption_refit, word_binding
from sprint_live.train.networks.export import keep_text_encoder, save_text_encoder
from sprint_live.train.networks.word_binding import (
    BindingOptions,
    Told,
    bind_words,
    binding_losses,
    first_layers,
    told_captions,
    with_random_words,
)
from support.paths import ROOT
from support.small_model import make_tiny_bert_folder

SHIPPED = ROOT / "assets" / "sprint-tiny"
COLORS, NOUNS = ("red", "blue", "green", "white"), ("house", "roof", "door", "cat", "hat", "tree")


@pytest.fixture(scope="module")
def tokenizer():
    return AutoTokenizer.from_pretrained(SHIPPED / "tokenizer")


def told(*phrases: str, joined: str = " with ") -> Told:
    text, spans = "", []
    for phrase in phrases:
        text += (joined if text else "") + "a "
        spans.append(Phrase(start=len(text), end=len(text) + len(phrase), ids=(1,)))
        text += phrase
    return text, tuple(spans)


def captions() -> list[Told]:
    pairs = [f"{color} {noun}" for color in COLORS for noun in NOUNS]
    return [told(one, other) for one, other in itertools.permutations(pairs, 2)]


@pytest.fixture(scope="module")
def bert(tokenizer) -> BertModel:
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=3,
        num_attention_heads=4,
        intermediate_size=64,
        initializer_range=0.1,
    )
    return BertModel(config, add_pooling_layer=False).eval()


class Fixed(nn.Module):
    """An encoder that says the same of every caption."""

    def __init__(self, hidden_LD: torch.Tensor, vectors_VD: torch.Tensor) -> None:
        super().__init__()
        self.hidden_LD = hidden_LD
        self.embeddings = SimpleNamespace(word_embeddings=SimpleNamespace(weight=vectors_VD))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> SimpleNamespace:
        return SimpleNamespace(last_hidden_state=self.hidden_LD.expand(len(input_ids), -1, -1))


def losses_of(hidden_LD: torch.Tensor, before_LD: torch.Tensor) -> dict[str, float]:
    """Of one caption of the words 0 1 2 3 4, whose phrases are 0 1 and 2 3, by readers that change nothing."""
    vectors_VD = torch.eye(5)
    binding = word_binding._Binding(5)
    for reader in (binding.words, binding.query, binding.key):
        nn.init.eye_(reader.weight)
        nn.init.zeros_(reader.bias)
    tokens = word_binding._Tokens(
        ids_BL=torch.arange(5)[None],
        mask_BL=torch.tensor([[1, 1, 1, 1, 0]]),
        phrase_BL=torch.tensor([[7, 7, 8, 8, -1]]),
    )
    taught, before = Fixed(hidden_LD, vectors_VD), Fixed(before_LD, vectors_VD)
    return {name: loss.item() for name, loss in binding_losses(taught, before, binding, tokens).items()}


def test_the_losses_are_those_of_their_equations() -> None:
    told_LD = torch.eye(5)[[1, 0, 3, 2, 4]]  # every token says the other one of its phrase
    silent_LD = torch.eye(5)  # every token says itself
    told, silent = losses_of(told_LD, silent_LD), losses_of(silent_LD, silent_LD)
    others = math.log(1 + 3 * math.exp(-12))  # four words are in the phrases
    assert told["words"] == pytest.approx(others, abs=1e-4)
    assert silent["words"] == pytest.approx(12 + others, abs=1e-3)
    same, apart = math.log(1 + math.exp(-1 / 8)), math.log(2)  # q k is 1 with itself, 0 with all others
    assert silent["pairs"] == pytest.approx((4 * same + 12 * apart) / 16, abs=1e-4)
    assert silent["keep"] == 0 and told["keep"] == pytest.approx(2 / 5)  # the fifth token is padding


def test_the_first_layers_are_taught_and_the_word_vectors_are_not(bert: BertModel, tokenizer) -> None:
    options = BindingOptions(num_layers=2, num_updates=20, batch_size=8, learning_rate=5e-3)
    taught, before = bind_words(bert, tokenizer, captions(), options), first_layers(bert, 2)
    vectors = taught.embeddings.word_embeddings.weight
    assert torch.equal(vectors, bert.embeddings.word_embeddings.weight) and taught.config.num_hidden_layers == 2
    changed = {
        name for name, weight in before.state_dict().items() if not torch.equal(weight, taught.state_dict()[name])
    }
    assert {"encoder.layer.0.attention.self.query.weight", "encoder.layer.1.output.dense.weight"} <= changed
    text = tokenizer("a red house", return_tensors="pt")
    inputs = {name: text[name] for name in ("input_ids", "attention_mask")}
    with torch.no_grad():
        shallow = bert(**inputs, output_hidden_states=True).hidden_states[2]
        torch.testing.assert_close(before(**inputs).last_hidden_state, shallow)


def test_the_last_word_of_every_phrase_may_be_any_word() -> None:
    one = told("red house", "light blue roof")
    text, phrases = with_random_words(one, ["giraffe"], np.random.default_rng(0))
    assert text == "a red giraffe with a light blue giraffe"
    assert [text[phrase.start : phrase.end] for phrase in phrases] == ["red giraffe", "light blue giraffe"]
    nested = (one[0], (*one[1], Phrase(start=0, end=20, ids=(2,))))
    assert with_random_words(nested, ["giraffe"], np.random.default_rng(0)) == nested


def test_captions_without_phrases_are_refused(tmp_path: Path) -> None:
    blank_u8 = np.zeros((32, 32, 3), np.uint8)
    photo = shards.Pair(picture_u8=blank_u8, sketch_u8=blank_u8[..., 0], caption="a photo", origin="test")

    class Maker:
        def pairs(self, shard: str):
            yield photo

    shards._start_worker(Maker(), tmp_path)
    shards._write_shard("scenes-00000")
    with pytest.raises(InputError, match="build it anew"):
        told_captions(tmp_path)


def test_the_exported_encoder_is_the_taught_one(tmp_path: Path) -> None:
    source = make_tiny_bert_folder(tmp_path / "bert")
    whole, bound = tmp_path / "whole", tmp_path / "bound"
    save_text_encoder(source, whole, None, ())
    save_text_encoder(source, bound, BindingOptions(num_layers=1, num_updates=2, batch_size=4), captions())
    name = "text_encoder/model.safetensors"
    before, after = (load_file(folder / name) for folder in (whole, bound))
    assert set(before) == set(after) and any(not torch.equal(before[key], after[key]) for key in before)
    keep_text_encoder(bound, tmp_path / "model")
    assert (tmp_path / "model" / name).read_bytes() == (bound / name).read_bytes()
    with pytest.raises(WeightsError, match="has no text_encoder"):
        keep_text_encoder(tmp_path, tmp_path / "model")


# -- reading the new tokens --------------------------------------------------------------------------------------------


def test_a_matrix_reads_the_new_tokens_as_the_old_ones() -> None:
    torch.manual_seed(0)
    old_ND, turn_DD, matrix = torch.randn(200, 8) + 2, torch.linalg.qr(torch.randn(8, 8)).Q, nn.Linear(8, 3)
    new_ND = old_ND @ turn_DD * 3 - 1
    wanted_NO = matrix(old_ND)
    map_DD, offset_D, explained = caption_refit.linear_map(new_ND, old_ND)
    caption_refit.read_into(matrix, map_DD, offset_D)
    torch.testing.assert_close(matrix(new_ND), wanted_NO, atol=1e-3, rtol=1e-3)
    assert explained == pytest.approx(1, abs=1e-4)
    assert caption_refit.linear_map(torch.randn(200, 8), old_ND)[2] < 0.2


def test_a_model_with_its_own_encoder_again_is_the_same_model(tmp_path: Path) -> None:
    same = SprintTinyTextEncoder.from_pretrained(SHIPPED / "text_encoder").eval()
    words = [text for text, _ in captions()[:120]] + ["a cat made of clay on a beach", "two owls, as a comic"]
    explained = caption_refit.change_text_encoder(SHIPPED, same, words, tmp_path / "model", max_tokens=24)
    assert explained > 0.999
    name = "transformer/diffusion_pytorch_model.safetensors"
    assert f"{sha256(tmp_path / 'model' / name)}  {name}" in (tmp_path / "model/SHA256SUMS").read_text("utf-8")
    before, after = (load_file(folder / name) for folder in (SHIPPED, tmp_path / "model"))
    assert {tensor.dtype for tensor in after.values()} == {torch.float16}  # as exported, half the bytes
    changed = {key for key in before if not torch.equal(before[key], after[key])}
    assert changed == {f"caption_projection.linear_1.{key}" for key in ("weight", "bias")}


def test_binding_without_its_folders_names_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "bind-words", str(tmp_path / "new")]) != 0
    assert "--start-model and --data" in capsys.readouterr().err
    arguments = ["--start-model", str(tmp_path), "--data", str(tmp_path)]
    assert main(["train", "bind-words", str(tmp_path / "new"), *arguments]) != 0
    assert "holds no scenes-*.tar" in capsys.readouterr().err
